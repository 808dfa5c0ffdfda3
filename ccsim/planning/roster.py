"""Who is on duty when: lines, agents, their shifts; or a number of heads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.clock import ticks
from ccsim.plan import Agents, Shrinkage
from ccsim.planning.heads import heads_of, heads_table
from ccsim.planning.rows import by_stream, ints, key
from ccsim.planning.shifts import shift_table, spells_of

if TYPE_CHECKING:
    from ccsim import plan
    from ccsim.model import pool as model
    from ccsim.planning.heads import HeadSteps
    from ccsim.planning.horizon import Horizon
    from ccsim.planning.rows import Rows
    from ccsim.planning.shifts import SpellRows

STAFFING = "staffing"
"""Name of the one line of a pool that is staffed by a number."""


@dataclass(frozen=True)
class Roster:
    agents: plan.Agents
    shifts: plan.Shifts
    heads: plan.Heads
    shrinkage: plan.Shrinkage


@dataclass(frozen=True)
class Line:
    """Agents of one pool on one pattern."""

    pool: int
    name: str
    seats: int
    shrinkage: model.Shrinkage


def roster(rows: Rows, span: Horizon) -> Roster:
    """Everybody of the scenario: lines in the order (pool, stream key of the shift), seats within them."""
    lines: list[Line] = []
    spells: list[SpellRows] = []
    heads: list[HeadSteps | None] = []
    first_agent = 0
    for row, (name, pool) in enumerate(rows.pools.items()):
        site = rows.sites[pool.site]
        stream = key(name, pool)
        numbers = None if pool.staffing is None else heads_of(name, pool.staffing, site, span)
        heads.append(numbers)
        if numbers is not None:
            lines.append(Line(row, f"{stream}/{STAFFING}", int(max(numbers.number, default=0)), pool.shrinkage))
            first_agent += lines[-1].seats
        for shift_name, shift in by_stream(pool.shifts or {}).items():
            lines.append(Line(row, f"{stream}/{key(shift_name, shift)}", shift.agents, pool.shrinkage))
            spells.append(spells_of(shift, site, first_agent, span))
            first_agent += shift.agents
    return Roster(_agents(lines), shift_table(spells), heads_table(heads), _shrinkage(lines))


def _agents(lines: list[Line]) -> Agents:
    seats = [line.seats for line in lines]
    return Agents(
        pool=np.repeat(ints(line.pool for line in lines), seats),
        line=np.repeat(np.arange(len(lines), dtype=np.int64), seats),
        seat=np.concatenate([np.empty(0, np.int64), *(np.arange(count, dtype=np.int64) for count in seats)]),
        line_name=tuple(line.name for line in lines),
    )


def _shrinkage(lines: list[Line]) -> Shrinkage:
    written = [line.shrinkage for line in lines]
    return Shrinkage(
        absence=np.array([one.absence for one in written], dtype=np.float64),
        other=np.array([_of_present(one) for one in written], dtype=np.float64),
        block=ints(ticks(one.block) for one in written),
        as_heads=np.array([one.as_ == "heads" for one in written], dtype=np.bool_),
    )


def _of_present(shrinkage: model.Shrinkage) -> float:
    """Other shrinkage as a share of what absence leaves (rule 9)."""
    return shrinkage.other / (1 - shrinkage.absence) if shrinkage.of == "paid" else shrinkage.other
