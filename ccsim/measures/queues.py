"""Contacts waiting and open, over time: all of them within the counted period, whether they count or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.log import Outcome
from ccsim.measures.contacts import is_deferred
from ccsim.measures.level import Level
from ccsim.measures.tally import Ratio, sums
from ccsim.plan import TICKS_PER_SECOND

if TYPE_CHECKING:
    from ccsim.log import Log
    from ccsim.plan import Floats, Ints, Plan

TICKS_PER_HOUR = 3600 * TICKS_PER_SECOND
TICKS_PER_WEEK = 7 * 24 * TICKS_PER_HOUR


@dataclass(frozen=True)
class Queues:
    """Of each type the contacts over time that wait for their first start, and those not yet over."""

    waiting: list[Level]
    open: list[Level]

    @classmethod
    def of(cls, plan: Plan, log: Log) -> Queues:
        visits, end = log.visits, over(plan, log)
        answered = np.where(visits.started >= 0, visits.started, end)
        of_type = [visits.type == t for t in range(len(plan.types.name))]
        return cls(
            waiting=[Level.count(visits.arrived[own], answered[own]) for own in of_type],
            open=[Level.count(visits.arrived[own], end[own]) for own in of_type],
        )


def over(plan: Plan, log: Log) -> Ints:
    """When each visit was over: all work done, or the customer gone; what is unfinished, after the counted period."""
    visits = log.visits
    unfinished = (visits.ended < 0) & np.isin(visits.outcome, (Outcome.OPEN, Outcome.ANSWERED))
    last = max(log.stopped, plan.counted_to) + 1
    return np.where(unfinished, last, np.maximum(visits.ended, visits.left))


def means(plan: Plan, levels: list[Level]) -> Ratio:
    """[T, I] number x time and time, of each planning interval. [s]"""
    edges = plan.promises.edges
    totals = np.array([level.total(edges) for level in levels]) / TICKS_PER_SECOND
    return Ratio(totals, np.broadcast_to(np.diff(edges) / TICKS_PER_SECOND, totals.shape))


def maxima(plan: Plan, levels: list[Level]) -> Floats:
    """[T] largest number at one instant of the counted period; who comes and goes at that very instant is not there."""
    return np.array([level.highest(plan.counted_from, plan.counted_to) for level in levels], dtype=float)


def growth(plan: Plan, levels: list[Level], offered: Floats) -> dict[str, Ratio]:
    """[T] contacts more at the end of the counted period than at its start, per week and per contact offered."""
    period = np.array([plan.counted_from, plan.counted_to])
    more = np.array([np.diff(level.at(period))[0] for level in levels], dtype=float)
    weeks = np.full(len(levels), (plan.counted_to - plan.counted_from) / TICKS_PER_WEEK)
    return {"backlog_growth": Ratio(more, weeks), "backlog_growth_share": Ratio(more, offered)}


def oldest_age(plan: Plan, log: Log) -> Floats:
    """[T] largest age in seconds that an open contact reached within the counted period."""
    visits, ended = log.visits, over(plan, log)
    seen = (visits.arrived < plan.counted_to) & (ended > plan.counted_from)
    age = (np.minimum(ended, plan.counted_to) - visits.arrived)[seen] / TICKS_PER_SECOND
    oldest = np.zeros(len(plan.types.name))
    np.maximum.at(oldest, visits.type[seen], age)
    return oldest


def work_to_come(plan: Plan, log: Log) -> dict[str, Floats]:
    """
    [T] hours of agents' time that the open contacts of deferred types still need: mean and maximum; NaN for live types.

    The time that they really took from then on, read from their segments. A contact that is never finished is taken to
    need the type's mean handle time less what it has had.
    """
    mean, most = np.full((2, len(plan.types.name)), np.nan)
    for t in np.flatnonzero(is_deferred(plan)):
        arrived, start, end = _pieces_of_work(plan, log, int(t))
        mean[t] = _mean_to_come(plan, arrived, start, end) / TICKS_PER_HOUR
        most[t] = _most_to_come(plan, arrived, start, end) / TICKS_PER_HOUR
    return {"backlog_hours_mean": mean, "backlog_hours_max": most}


def _pieces_of_work(plan: Plan, log: Log, type_: int) -> tuple[Ints, Ints, Ints]:
    """Of all work on contacts of a type: arrival of the contact, start and end; work never done lies at the end."""
    visits, segments = log.visits, log.segments
    own = visits.type[segments.visit] == type_
    visit, start, end = segments.visit[own], segments.start[own], segments.end[own]
    unfinished = np.flatnonzero(
        (visits.type == type_) & (visits.outcome == Outcome.OPEN) & (visits.arrived <= log.stopped)
    )
    done = sums(visit, end - start, len(visits.type))[unfinished].astype(np.int64)
    wrap_up = plan.types.wrap_law[type_]
    usual = plan.types.work_law[type_].mean + (wrap_up.mean if wrap_up else 0.0)
    left = np.maximum(round(usual * TICKS_PER_SECOND) - done, 0)
    last = np.full(len(unfinished), max(log.stopped, plan.counted_to))
    return (
        np.concatenate([visits.arrived[visit], visits.arrived[unfinished]]),
        np.concatenate([start, last]),
        np.concatenate([end, last + left]),
    )


def _mean_to_come(plan: Plan, arrived: Ints, start: Ints, end: Ints) -> float:
    """Each piece counts whole from arrival to its start, then less and less until its end."""
    begin, until = plan.counted_from, plan.counted_to
    ahead = np.clip(start, begin, until) - np.clip(arrived, begin, until)
    left_at_first = (end - np.clip(start, begin, until)).clip(0).astype(float)
    left_at_last = (end - np.clip(end, begin, until)).clip(0).astype(float)
    to_come = ahead * (end - start).astype(float) + (left_at_first**2 - left_at_last**2) / 2
    return float(to_come.sum() / (until - begin))


def _most_to_come(plan: Plan, arrived: Ints, start: Ints, end: Ints) -> int:
    """Work arrived less work done, at the start of the period and at each arrival: between them it only falls."""
    order = np.argsort(arrived)
    come = np.append(0, np.cumsum((end - start)[order]))
    inside = (arrived >= plan.counted_from) & (arrived < plan.counted_to)
    instants = np.append(arrived[inside], plan.counted_from)
    come_by_then = come[np.searchsorted(arrived[order], instants, side="right")]
    return int((come_by_then - Level.count(start, end).until(instants)).max())
