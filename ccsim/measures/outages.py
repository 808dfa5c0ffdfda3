"""What outages do: customers lost, the worst queue, the way back into target, agents that were missing (rule 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.log import Outcome
from ccsim.plan import TICKS_PER_SECOND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccsim.log import Log
    from ccsim.measures.contacts import Counted
    from ccsim.measures.level import Level
    from ccsim.measures.tally import Ratio
    from ccsim.plan import Bools, Floats, Ints, Plan

TICKS_PER_HOUR = 3600 * TICKS_PER_SECOND
LOST = (Outcome.ABANDONED, Outcome.BALKED, Outcome.BLOCKED, Outcome.DISCONNECTED, Outcome.UNREACHED)


def dark(plan: Plan, log: Log) -> tuple[Ints, Ints]:
    """Begins and ends of the outages of the counted period, clipped to it."""
    if log.outages is None:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    begins = log.outages.begins.clip(plan.counted_from, plan.counted_to)
    ends = log.outages.ends.clip(plan.counted_from, plan.counted_to)
    return begins[ends > begins], ends[ends > begins]


def outage_hours(plan: Plan, log: Log) -> Floats:
    """[1] hours of the counted period in which at least one outage was on."""
    begins, ends = _merged(*dark(plan, log))
    return np.array([float((ends - begins).sum()) / TICKS_PER_HOUR])


def lost(counted: Counted, log: Log) -> Floats:
    """[T, I] counted visits that ended unanswered while an outage was on."""
    begins, ends = _merged(*dark(counted.plan, log))
    last = np.searchsorted(begins, counted.left, side="right") - 1
    during = last >= 0
    during[during] = counted.left[during] < ends[last[during]]
    return counted.number(during & np.isin(counted.outcome, LOST))


def outages(
    plan: Plan, log: Log, waiting: Sequence[Level], level: Ratio, required: Floats, within_reach: Floats
) -> dict[str, Floats]:
    """
    [T] the worst of all outages of the counted period.

    ``outage_queue_max``: most contacts that wait at one instant of an outage. ``outage_recovery_hours``: from the end
    of an outage to the begin of the first planning interval, not before it, whose service level is at its target; where
    none is, to the end of the counted period; no value if no outage ends before that. ``outage_headroom_agents``: most
    agents that were missing to the number with which Erlang C meets the target, in a planning interval that an outage
    touches.

    Parameters
    ----------
    waiting
        Contacts that wait, by type.
    level
        [T, I] service level.
    required, within_reach
        [T, I] agents that Erlang C asks for, and those present who may take the type. NaN = no value.
    """
    types = len(plan.types.name)
    begins, ends = dark(plan, log)
    over = ends[ends < plan.counted_to]
    if not len(begins):
        none = np.full(types, np.nan)
        return dict.fromkeys(("outage_queue_max", "outage_recovery_hours", "outage_headroom_agents"), none)
    edges = plan.promises.edges
    touched = np.zeros(len(edges) - 1, bool)
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        touched |= (edges[:-1] < end) & (edges[1:] > begin)
    missing = np.where(touched & ~np.isnan(required), required - within_reach, -np.inf).max(axis=1)
    spans = list(zip(begins.tolist(), ends.tolist(), strict=True))
    return {
        "outage_queue_max": np.array([max(one.highest(*span) for span in spans) for one in waiting], dtype=float),
        "outage_recovery_hours": _recovery(plan, over, level),
        "outage_headroom_agents": np.where(np.isfinite(missing), np.maximum(missing, 0.0), np.nan),
    }


def _recovery(plan: Plan, ends: Ints, level: Ratio) -> Floats:
    """[T] hours after the ends of outages; NaN for types without a target, and without an end."""
    edges, share = plan.promises.edges, plan.promises.share[:, None]
    value = np.divide(
        level.numerator, level.denominator, out=np.full(level.numerator.shape, np.nan), where=level.denominator > 0
    )
    hours = np.full(len(share), np.nan)
    if not len(ends):
        return hours
    for type_ in np.flatnonzero(~np.isnan(plan.promises.share)):
        back = [_back(edges, value[type_] >= share[type_], end, plan.counted_to) - end for end in ends.tolist()]
        hours[type_] = max(back) / TICKS_PER_HOUR
    return hours


def _back(edges: Ints, met: Bools, end: int, last: int) -> int:
    """Begin of the first interval in target that begins at or after an instant. [ticks]"""
    good = np.flatnonzero(met & (edges[:-1] >= end))
    return int(edges[good[0]]) if len(good) else last


def _merged(begins: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """The same time in disjoint stretches, ascending."""
    order = np.argsort(begins)
    begins, reach = begins[order], np.maximum.accumulate(ends[order]) if len(ends) else ends
    first = np.append(True, begins[1:] > reach[:-1])[: len(begins)]
    return begins[first], reach[np.append(np.flatnonzero(first)[1:] - 1, len(begins) - 1)[: first.sum()]]
