"""Who is on duty when: lines, agents, their shifts; or a number of heads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.clock import ticks
from ccsim.plan import Agents, Shrinkage, SpellKind
from ccsim.planning.flex import flexed
from ccsim.planning.heads import heads_of, heads_table
from ccsim.planning.rows import by_stream, ints, key
from ccsim.planning.shifts import shift_table, spells_of, windows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim import plan
    from ccsim.model.pool import Pool
    from ccsim.model.pool import Shrinkage as WrittenShrinkage
    from ccsim.model.shift import Shift
    from ccsim.model.site import Site
    from ccsim.model.workforce import OnCall
    from ccsim.planning.flex import Heads
    from ccsim.planning.heads import HeadSteps
    from ccsim.planning.horizon import Horizon
    from ccsim.planning.rows import Rows
    from ccsim.planning.shifts import SpellRows

STAFFING = "staffing"
"""Name of the one line of a pool that is staffed by a number."""


@dataclass(frozen=True)
class Line:
    """Agents of one pool on one pattern: a shift, a number, windows on call, or the shifts of those absent from one."""

    pool_row: int
    pool: Pool
    site: Site
    name: str
    seats: int
    kind: SpellKind = SpellKind.ON_DUTY
    shift: Shift | None = None
    """Of those who stand in the shift in which they do."""
    heads: Heads | None = None
    """Of a line with a flex band."""
    steps: HeadSteps | None = None
    """Of a line staffed by a number."""
    on_call: OnCall | None = None


@dataclass(frozen=True)
class Roster:
    lines: list[Line]
    agents: plan.Agents
    shifts: plan.Shifts
    heads: plan.Heads
    shrinkage: plan.Shrinkage
    on_call: list[SpellRows]
    """Windows in which agents of each line on call may be called in."""


def roster(rows: Rows, forecast: plan.Forecast, span: Horizon) -> Roster:
    """
    Everybody of the scenario: lines in the order (pool, stream key of the shift), seats within them.

    Those who stand in for a line follow it; lines on call stand last in their pool.
    """
    lines = [
        line
        for row, (name, pool) in enumerate(rows.pools.items())
        for line in _of_pool(row, key(name, pool), name, pool, rows, forecast, span)
    ]
    first = np.cumsum([0, *(line.seats for line in lines)]).tolist()
    spells: list[SpellRows] = []
    windows: list[SpellRows] = []
    for agent, line in zip(first, lines, strict=False):
        if line.shift is not None and line.kind == SpellKind.ON_DUTY:
            spells.append(spells_of(line.shift, line.site, agent, span, line.heads))
        elif line.on_call is not None:
            windows.append(windows_of(line.on_call, line.site, agent, span))
    steps = {line.pool_row: line.steps for line in lines}
    return Roster(
        lines=lines,
        agents=_agents(lines),
        shifts=shift_table(spells),
        heads=heads_table([steps.get(row) for row in range(len(rows.pools))]),
        shrinkage=_shrinkage(lines),
        on_call=windows,
    )


def _of_pool(
    row: int, stream: str, name: str, pool: Pool, rows: Rows, forecast: plan.Forecast, span: Horizon
) -> Iterator[Line]:
    site = rows.sites[pool.site]
    if pool.staffing is not None:
        steps = heads_of(name, pool.staffing, site, span)
        yield Line(row, pool, site, f"{stream}/{STAFFING}", int(max(steps.number, default=0)), steps=steps)
    for shift_name, shift in by_stream(pool.shifts or {}).items():
        heads = flexed(shift, rows, forecast, span)
        seats = shift.agents if heads is None else heads.most
        line = Line(row, pool, site, f"{stream}/{key(shift_name, shift)}", seats, shift=shift, heads=heads)
        yield line
        yield from _stand_ins(line)
    for call_name, on_call in by_stream(pool.on_call).items():
        called = f"{stream}/on call/{key(call_name, on_call)}"
        yield Line(row, pool, site, called, on_call.agents, SpellKind.ON_CALL, on_call=on_call)


def _stand_ins(line: Line) -> Iterator[Line]:
    """Who stands in for a line's absent; as many may come in overtime as can be absent."""
    instead = line.pool.replace_absent
    if instead.bench:
        seats = min(instead.bench, line.seats)
        yield replace(line, name=f"{line.name}/bench", seats=seats, kind=SpellKind.BENCH)
    elif instead.overtime:
        yield replace(line, name=f"{line.name}/overtime", kind=SpellKind.OVERTIME)


def _agents(lines: list[Line]) -> Agents:
    seats = [line.seats for line in lines]
    return Agents(
        pool=np.repeat(ints(line.pool_row for line in lines), seats),
        line=np.repeat(np.arange(len(lines), dtype=np.int64), seats),
        seat=np.concatenate([np.empty(0, np.int64), *(np.arange(count, dtype=np.int64) for count in seats)]),
        line_name=tuple(line.name for line in lines),
    )


def _shrinkage(lines: list[Line]) -> Shrinkage:
    """Who comes only if needed is never absent; who is called in has no off-phone blocks, since nobody knows when."""
    written = [line.pool.shrinkage for line in lines]
    regular = np.array([line.kind == SpellKind.ON_DUTY for line in lines], dtype=np.bool_)
    on_call = np.array([line.kind == SpellKind.ON_CALL for line in lines], dtype=np.bool_)
    return Shrinkage(
        absence=np.array([one.absence for one in written], dtype=np.float64) * regular,
        other=np.array([_of_present(one) for one in written], dtype=np.float64) * ~on_call,
        block=ints(ticks(one.block) for one in written),
        as_heads=np.array([one.as_ == "heads" for one in written], dtype=np.bool_),
    )


def _of_present(shrinkage: WrittenShrinkage) -> float:
    """Other shrinkage as a share of what absence leaves (rule 9)."""
    return shrinkage.other / (1 - shrinkage.absence) if shrinkage.of == "paid" else shrinkage.other
