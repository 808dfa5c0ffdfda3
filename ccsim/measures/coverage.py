"""Whether anybody is there: contact types against the agents who may take them, by plan and as it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.measures.level import Level, aligned
from ccsim.measures.planned import planned_levels
from ccsim.measures.tally import Ratio
from ccsim.plan import TICKS_PER_SECOND, Channel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccsim.plan import Bools, Floats, Ints, Plan


def reach(plan: Plan, on_duty: Sequence[Level]) -> list[Level]:
    """
    Of each type the agents who may take it, given those on duty in each pool.

    A pool counts while one of the type's routing steps to it holds: its window is open, and the pools that must be
    awake or asleep are (rule 7). The wait after which a step opens does not matter.
    """
    return [_reach_of_type(plan, on_duty, t) for t in range(len(plan.types.name))]


def _reach_of_type(plan: Plan, on_duty: Sequence[Level], type_: int) -> Level:
    routing = plan.routing
    steps = range(routing.offset[type_], routing.offset[type_ + 1])
    pools = {int(p) for s in steps for p in (routing.pool[s], routing.awake[s], routing.asleep[s]) if p >= 0}
    windows = {int(routing.window[s]) for s in steps if routing.window[s] >= 0}
    if not pools:
        return Level.count(np.empty(0, np.int64), np.empty(0, np.int64))
    times, numbers = aligned(*(on_duty[p] for p in pools), *(_window(plan, w) for w in windows))
    agents = dict(zip(pools, numbers, strict=False))
    is_open = dict(zip(windows, numbers[len(pools) :], strict=True))
    may_take: dict[int, Bools] = {}
    for step in steps:
        holds = np.ones(len(times), bool)
        if routing.window[step] >= 0:
            holds &= is_open[int(routing.window[step])] > 0
        if routing.awake[step] >= 0:
            holds &= agents[int(routing.awake[step])] > 0
        if routing.asleep[step] >= 0:
            holds &= agents[int(routing.asleep[step])] == 0
        pool = int(routing.pool[step])
        may_take[pool] = may_take[pool] | holds if pool in may_take else holds
    return Level.of(times, np.sum([agents[pool] * holds for pool, holds in may_take.items()], axis=0))


def _window(plan: Plan, window: int) -> Level:
    rows = slice(plan.windows.offset[window], plan.windows.offset[window + 1])
    return Level.count(plan.windows.begins[rows], plan.windows.ends[rows])


def opening(plan: Plan, type_: int) -> Level:
    """1 while a type is open within the counted period; never of campaigns: nobody waits to be answered."""
    if plan.types.channel[type_] == Channel.OUTBOUND:
        return Level.count(np.empty(0, np.int64), np.empty(0, np.int64))
    rows = slice(plan.types.opening_offset[type_], plan.types.opening_offset[type_ + 1])
    begins, ends = plan.types.opening_from[rows], plan.types.opening_to[rows]
    return Level.count(begins.clip(plan.counted_from, plan.counted_to), ends.clip(plan.counted_from, plan.counted_to))


def open_with(plan: Plan, reached: Sequence[Level], at_least: int) -> Ratio:
    """[T, I] seconds of open time with at least so many agents within reach, and of open time."""
    edges = plan.promises.edges
    staffed, open_ = [], []
    for type_, agents in enumerate(reached):
        is_open = opening(plan, type_)
        times, (number, opened) = aligned(agents, is_open)
        staffed.append(Level.of(times, (number >= at_least) & (opened > 0)).total(edges))
        open_.append(is_open.total(edges))
    return Ratio(np.array(staffed) / TICKS_PER_SECOND, np.array(open_) / TICKS_PER_SECOND)


@dataclass(frozen=True)
class Gap:
    """Open time of a contact type in which, by plan, no agent who may take it is on duty."""

    contact_type: str
    begins: int
    ends: int
    """[ticks]"""


def coverage_gaps(plan: Plan) -> list[Gap]:
    """All gaps in the counted period, by type and ascending."""
    gaps = []
    for type_, agents in enumerate(reach(plan, planned_levels(plan))):
        times, (number, opened) = aligned(agents, opening(plan, type_))
        begins, ends = Level.of(times, (number == 0) & (opened > 0)).spans()
        gaps += [
            Gap(plan.types.name[type_], begin, end) for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
        ]
    return gaps


def coverage_map(plan: Plan) -> Floats:
    """
    [T, 7, 24] share of open time covered by plan, by weekday (Monday = 0) and hour of the type's zone, or NaN.

    A planning interval belongs to the local hour in which it begins.
    """
    covered = open_with(plan, reach(plan, planned_levels(plan)), 1)
    hours = np.zeros((2, len(plan.types.name), 7 * 24))
    for type_, zone in enumerate(plan.promises.type_zone):
        hour = _hour_of_week(plan, int(zone))
        for by_hour, seconds in zip(hours, covered, strict=True):
            np.add.at(by_hour[type_], hour, seconds[type_])
    share: Floats = np.divide(hours[0], hours[1], out=np.full(hours[0].shape, np.nan), where=hours[1] > 0)
    return share.reshape(-1, 7, 24)


def _hour_of_week(plan: Plan, zone: int) -> Ints:
    """[I] local hour since Monday 00:00 in which each planning interval begins."""
    local = plan.epoch + plan.promises.edges[:-1] // TICKS_PER_SECOND + plan.promises.utc_offset[zone]
    # 1 January 1970 was a Thursday.
    hour: Ints = (local // 3600 + 3 * 24) % (7 * 24)
    return hour
