"""Whether anybody is there: contact types against the agents who may take them, by plan and as it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.measures.level import LONGEST, Level, aligned
from ccsim.measures.planned import planned_levels
from ccsim.measures.tally import Ratio
from ccsim.plan import TICKS_PER_SECOND, Channel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccsim.plan import Floats, Ints, Plan


ALWAYS = Level(np.array([-LONGEST]), np.array([1], np.int32))
NOBODY = Level(np.empty(0, np.int64), np.empty(0, np.int32))


def reach(plan: Plan, on_duty: Sequence[Level]) -> list[Level]:
    """
    Of each type the agents who may take it, given those on duty in each pool.

    A pool counts while one of the type's routing steps to it holds: its window is open, and the pools that must be
    awake or asleep are (rule 7). The wait after which a step opens does not matter.
    """
    return [_reach_of_type(plan, on_duty, t) for t in range(len(plan.types.name))]


def _reach_of_type(plan: Plan, on_duty: Sequence[Level], type_: int) -> Level:
    holds: dict[int, list[Level]] = {}
    for step in range(plan.routing.offset[type_], plan.routing.offset[type_ + 1]):
        holds.setdefault(int(plan.routing.pool[step]), []).append(in_force(plan, step, on_duty))
    may_take = [NOBODY]
    for pool, levels in holds.items():
        times, (agents, *held) = aligned(on_duty[pool], *levels)
        may_take.append(Level.of(times, agents * np.any(held, axis=0)))
    times, numbers = aligned(*may_take)
    return Level.of(times, np.sum(numbers, axis=0))


def in_force(plan: Plan, step: int, on_duty: Sequence[Level]) -> Level:
    """
    1 while the conditions of a routing step are fulfilled, given the agents on duty in each pool: its window is open,
    and the pools that must be awake or asleep are (rule 7).
    """
    routing = plan.routing
    window, awake, asleep = (int(column[step]) for column in (routing.window, routing.awake, routing.asleep))
    times, (always, opened, up, down) = aligned(
        ALWAYS,
        ALWAYS if window < 0 else _window(plan, window),
        ALWAYS if awake < 0 else on_duty[awake],
        NOBODY if asleep < 0 else on_duty[asleep],
    )
    return Level.of(times, (always > 0) & (opened > 0) & (up > 0) & (down == 0))


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
