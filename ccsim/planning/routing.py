"""Routes struck to the pools of a scenario (rule 7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.clock import ticks
from ccsim.plan import Routing, Windows
from ccsim.planning import hours
from ccsim.planning.lanes import ONE_QUEUE, in_order
from ccsim.planning.rows import ints, joined, offsets

if TYPE_CHECKING:
    from ccsim.calendar.spans import Spans
    from ccsim.model.contact_type import ContactType
    from ccsim.model.experiment import Center
    from ccsim.model.routing import Rank, Route
    from ccsim.plan import Ints
    from ccsim.planning.horizon import Horizon
    from ccsim.planning.rows import Rows


@dataclass(frozen=True)
class Step:
    """One pool of one rank."""

    pool: int
    rank: int
    after: int
    window: int
    awake: int
    asleep: int
    keep_free: int
    lane: int = 0


def routing(center: Center, rows: Rows, priority: Ints, span: Horizon) -> tuple[Routing, Windows, list[list[str]]]:
    """
    The steps of every type, the windows in which they hold, and the names of each type's lanes that are left.

    ``priority`` is that of ``plan.Pools``.
    """
    windows: list[Spans] = []
    steps, lanes = [], []
    for row, (name, kind) in enumerate(rows.types.items()):
        queues = _queues(center.routing.get(name), row, rows, priority, span, windows)
        struck = [replace(step, lane=lane) for lane, queue in enumerate(queues.values()) for step in queue]
        struck = [replace(step, keep_free=_keep_free(step.pool, row, rows, priority)) for step in struck]
        steps.append(_while_dialed(struck, kind, span, windows))
        lanes.append(list(queues))
    flat = [step for group in steps for step in group]
    return (
        Routing(
            offset=offsets(steps),
            pool=ints(step.pool for step in flat),
            rank=ints(step.rank for step in flat),
            after=ints(step.after for step in flat),
            window=ints(step.window for step in flat),
            awake=ints(step.awake for step in flat),
            asleep=ints(step.asleep for step in flat),
            keep_free=ints(step.keep_free for step in flat),
            lane=ints(step.lane for step in flat),
        ),
        Windows(
            offset=offsets(window.begins for window in windows),
            begins=joined([window.begins for window in windows]),
            ends=joined([window.ends for window in windows]),
        ),
        lanes,
    )


def _queues(
    route: Route | None, row: int, rows: Rows, priority: Ints, span: Horizon, windows: list[Spans]
) -> dict[str, list[Step]]:
    """Steps by lane; lanes that the scenario leaves without a pool are taken out, but for a last one."""
    if route is None:
        return {ONE_QUEUE: _unlisted(row, priority)}
    if not route.lanes:
        return {ONE_QUEUE: _struck(route.ranks, rows, span, windows)}
    queues = {name: _struck(lane.ranks, rows, span, windows) for name, lane in in_order(route).items()}
    return {name: steps for name, steps in queues.items() if steps} or {ONE_QUEUE: []}


def _unlisted(row: int, priority: Ints) -> list[Step]:
    """Without a list: all pools that handle the type, as one set, at once."""
    return [Step(int(pool), 0, 0, -1, -1, -1, 0) for pool in np.flatnonzero(priority[:, row] >= 0)]


def _struck(ranks: tuple[Rank, ...], rows: Rows, span: Horizon, windows: list[Spans]) -> list[Step]:
    """
    The steps left of a list of ranks; ranks left without a pool are taken out.

    Where a pool was struck, the first rank left joins at once: it would else keep customers waiting for nobody.
    """
    left = [(rank, [pool for pool in rank.pools if pool in rows.pools]) for rank in ranks]
    was_struck = any(len(pools) < len(rank.pools) for rank, pools in left)
    steps: list[Step] = []
    number = 0
    for rank, pools in left:
        if not pools:
            continue
        after = 0 if was_struck and number == 0 else ticks(rank.after)
        steps += _rank(rank, pools, number, after, rows, span, windows)
        number += 1
    return steps


def _rank(
    rank: Rank, pools: list[str], number: int, after: int, rows: Rows, span: Horizon, windows: list[Spans]
) -> list[Step]:
    """The pools of one rank. A pool that the scenario does not have is never awake and always asleep."""
    when = rank.when
    if when is None:
        return [Step(rows.pool(pool), number, after, -1, -1, -1, 0) for pool in pools]
    if when.awake is not None and when.awake not in rows.pools:
        return []
    window = -1
    if when.hours is not None:
        window = _row(hours.windows(when.hours, span.clock(when.hours.timezone), 0, span.run_end), windows)
    awake = -1 if when.awake is None else rows.pool(when.awake)
    asleep = rows.pool(when.asleep) if when.asleep in rows.pools else -1
    return [Step(rows.pool(pool), number, after, window, awake, asleep, 0) for pool in pools]


def _while_dialed(steps: list[Step], kind: ContactType, span: Horizon, windows: list[Spans]) -> list[Step]:
    """Steps that hold only in the opening hours of an outbound type, in which its customers may be called."""
    if kind.channel != "outbound" or kind.opening_hours is None:
        return steps
    may_call = hours.windows(kind.opening_hours, span.clock(kind.opening_hours.timezone), 0, span.run_end)
    both = [may_call if step.window < 0 else may_call.and_(windows[step.window]) for step in steps]
    return [replace(step, window=_row(window, windows)) for step, window in zip(steps, both, strict=True)]


def _row(window: Spans, windows: list[Spans]) -> int:
    """The row of these times among the windows; equal ones share a row, so that they open as one event."""
    for row, known in enumerate(windows):
        if np.array_equal(known.begins, window.begins) and np.array_equal(known.ends, window.ends):
            return row
    windows.append(window)
    return len(windows) - 1


def _keep_free(pool: int, kind: int, rows: Rows, priority: Ints) -> int:
    reserve = list(rows.pools.values())[pool].keep_free
    return reserve.agents if reserve is not None and priority[pool, kind] < reserve.below_priority else 0
