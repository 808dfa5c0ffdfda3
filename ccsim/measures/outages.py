"""What outages do: customers lost, the worst queue, the way back into target, agents that were missing (rule 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.log import Outcome
from ccsim.measures.customers import Customers
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
    return counted.number(_is_lost(counted.plan, log)[counted.rows])


def lost_customers(counted: Counted, log: Log) -> Floats:
    """[T, I] customers of whom a visit ended so, and who were answered at no visit; contacts if all come but once."""
    if log.journeys is None:
        return lost(counted, log)
    own = Customers(counted, log, log.journeys)
    served = own.having(log.visits.outcome == Outcome.ANSWERED)
    return own.number(own.having(_is_lost(counted.plan, log)) & ~served)


def _is_lost(plan: Plan, log: Log) -> Bools:
    """Visits, of all rows, that ended unanswered while an outage was on."""
    begins, ends = _merged(*dark(plan, log))
    left = log.visits.left
    last = np.searchsorted(begins, left, side="right") - 1
    during = last >= 0
    during[during] = left[during] < ends[last[during]]
    return np.asarray(during & np.isin(log.visits.outcome, LOST))


def outages(
    plan: Plan, log: Log, waiting: Sequence[Level], level: Ratio, required: Floats, within_reach: Floats
) -> dict[str, Floats]:
    """
    [T] the worst of all outages of the counted period.

    ``outage_queue_max``: most contacts that wait at one instant of an outage. ``outage_recovery_hours``: from the end
    of an outage to the end of the last planning interval, not before it, that misses the target before one meets it; 0
    if the first one with a value meets it, so that closed hours do not count; the last one of all where none meets it;
    no value if no outage ends within the counted period. ``outage_headroom_agents``: most
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
        known = ~np.isnan(value[type_])
        from_, met = edges[:-1][known], value[type_, known] >= share[type_]
        back = [_back(from_, edges[1:][known], met, end) - end for end in ends.tolist()]
        hours[type_] = max(back) / TICKS_PER_HOUR
    return hours


def _back(begins: Ints, ends: Ints, met: Bools, over: int) -> int:
    """End of the last interval that misses the target before one meets it, of those that begin after an outage."""
    after = np.flatnonzero(begins >= over)
    good = np.flatnonzero(met[after])
    missed = after[: good[0]] if len(good) else after
    return int(ends[missed[-1]]) if len(missed) else over


def _merged(begins: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """The same time in disjoint stretches, ascending."""
    order = np.argsort(begins)
    begins, reach = begins[order], np.maximum.accumulate(ends[order]) if len(ends) else ends
    first = np.append(True, begins[1:] > reach[:-1])[: len(begins)]
    return begins[first], reach[np.append(np.flatnonzero(first)[1:] - 1, len(begins) - 1)[: first.sum()]]
