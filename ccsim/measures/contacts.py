"""What became of the contacts that arrived in the counted period: counts, service levels, waits, handle times."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ccsim.log import Outcome
from ccsim.measures.expected import expected
from ccsim.measures.tally import Ratio, sums
from ccsim.plan import TICKS_PER_SECOND, Channel, Formula

if TYPE_CHECKING:
    from ccsim.log import Log
    from ccsim.plan import Bools, Floats, Ints, Plan, Promises, Rows

JUDGED_FROM = 10
"""Intervals with fewer expected contacts are not judged singly."""

COUNTS = {
    "answered": Outcome.ANSWERED,
    "abandoned": Outcome.ABANDONED,
    "balked": Outcome.BALKED,
    "blocked": Outcome.BLOCKED,
    "closed": Outcome.CLOSED,
    "disconnected": Outcome.DISCONNECTED,
    "unreached": Outcome.UNREACHED,
    "open": Outcome.OPEN,
}


def is_deferred(plan: Plan) -> Bools:
    """[T] email and back-office."""
    return np.isin(plan.types.channel, (Channel.EMAIL, Channel.BACK_OFFICE))


def is_live(plan: Plan) -> Bools:
    """[T] phone and chat, whose customers wait; neither email and back-office nor campaigns, which are called."""
    return np.isin(plan.types.channel, (Channel.PHONE, Channel.CHAT))


COLUMNS = (
    "rows", "type", "arrived", "outcome", "left", "pool", "is_done", "overdue", "in_time", "wait", "wait_known",
)  # fmt: skip


class Counted:
    """The counted visits of a Log, each in the cell of its type and planning interval of arrival."""

    def __init__(self, plan: Plan, log: Log) -> None:
        visits = log.visits
        self.plan = plan
        is_counted = (visits.arrived >= plan.counted_from) & (visits.arrived < plan.counted_to)
        self.rows = np.flatnonzero(is_counted).astype(np.int32)
        own = together(self.rows)
        self.type = visits.type[own]
        self.arrived = visits.arrived[own]
        self.outcome = visits.outcome[own]
        self.left = visits.left[own]
        self.pool = visits.pool[own]
        self.is_done = visits.ended[own] >= 0
        self.overdue = visits.due[own] < log.stopped
        self.in_time = self.left <= visits.due[own]
        self.wait, self.wait_known = waited(log, own)
        self._put_into_cells()

    def _put_into_cells(self) -> None:
        edges = self.plan.promises.edges
        self.shape = (len(self.plan.types.name), len(edges) - 1)
        interval = np.searchsorted(edges, self.arrived, side="right") - 1
        self.cell = (self.type * self.shape[1] + interval).astype(np.int32)

    def only(self, which: Bools, promises: Promises) -> Counted:
        """These visits alone, to be judged by other promises and in other intervals."""
        some = copy(self)
        some.plan = replace(self.plan, promises=promises)
        for column in COLUMNS:
            setattr(some, column, getattr(self, column)[which])
        some._put_into_cells()
        return some

    def number(self, which: Bools) -> Floats:
        """[T, I] how many of these visits."""
        return np.bincount(self.cell[which], minlength=self.shape[0] * self.shape[1]).reshape(self.shape).astype(float)

    def seconds(self, which: Bools, ticks: Ints) -> Floats:
        """[T, I] sum over these visits of a time."""
        total = sums(self.cell[which], ticks[which], self.shape[0] * self.shape[1])
        return total.reshape(self.shape) / TICKS_PER_SECOND


def together(rows: Rows) -> Rows | slice:
    """Rows that follow one another, as first visits do, as a slice, which copies no column."""
    if len(rows) and rows[-1] - rows[0] + 1 == len(rows):
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows


def waited(log: Log, rows: Rows | slice) -> tuple[Ints, Bools]:
    """
    Waits of these visits [ticks], and whether they are known.

    From arrival to the first start, or to the end for those who left unanswered; of who took a callback, to its offer.
    """
    visits = log.visits
    arrived, started, left = visits.arrived[rows], visits.started[rows], visits.left[rows]
    gone = np.isin(visits.outcome[rows], (Outcome.ABANDONED, Outcome.BALKED, Outcome.DISCONNECTED))
    wait, known = np.where(started >= 0, started, left) - arrived, (started >= 0) | gone
    if log.calls is not None:
        called_back = log.calls.accepted[rows] == 1
        wait = np.where(called_back, log.calls.offered[rows] - arrived, wait)
        known |= called_back
    return wait, known


def counts(counted: Counted) -> dict[str, Floats]:
    """Counts of contacts by outcome, [T, I]. Every contact ends in exactly one outcome (rule 12)."""
    deferred = is_deferred(counted.plan)[counted.type]
    still_open = counted.outcome == Outcome.OPEN
    number = {name: counted.number(counted.outcome == outcome) for name, outcome in COUNTS.items()}
    number["arrived"] = counted.number(np.ones(len(counted.type), bool))
    number["offered"] = number["arrived"] - number["blocked"] - number["closed"]
    number["open_overdue"] = counted.number(still_open & deferred & counted.overdue)
    number["open_not_due"] = counted.number(still_open & deferred & ~counted.overdue)
    return number


def service_levels(counted: Counted) -> dict[str, Ratio]:
    """
    Service levels by every formula, and by the type's own, [T, I] (world rules, "Measures").

    Live types: S_T = answered after a wait of at most the threshold. Deferred types: S_T = completed by the due time,
    and open contacts that are not yet due leave A. No value without a threshold.
    """
    promises, deferred = counted.plan.promises, is_deferred(counted.plan)
    offered = ~np.isin(counted.outcome, (Outcome.BLOCKED, Outcome.CLOSED))
    not_due = (counted.outcome == Outcome.OPEN) & deferred[counted.type] & ~counted.overdue
    answered = counted.outcome == Outcome.ANSWERED
    lost = np.isin(counted.outcome, (Outcome.ABANDONED, Outcome.BALKED))
    within = counted.wait <= promises.threshold[counted.type]
    in_target = answered & np.where(deferred[counted.type], counted.in_time, within)

    a, s, s_t = counted.number(offered & ~not_due), counted.number(answered), counted.number(in_target)
    l_t = counted.number(lost & within)
    l_short = counted.number(lost & (counted.wait <= promises.short_call[counted.type]))
    ratios = {
        Formula.OFFERED: (s_t, a),
        Formula.ANSWERED: (s_t, s),
        Formula.IGNORED: (s_t, a - l_t),
        Formula.POSITIVE: (s_t + l_t, a),
        Formula.SHORT_EXCLUDED: (s_t, a - l_short),
    }
    has_target = (promises.threshold >= 0)[:, None]
    has_value = {formula: has_target for formula in Formula}
    has_value[Formula.SHORT_EXCLUDED] = has_target & (promises.short_call >= 0)[:, None]
    levels = {
        formula: Ratio(up * has_value[formula], down * has_value[formula]) for formula, (up, down) in ratios.items()
    }
    own = (promises.formula[:, None] == np.array(list(Formula)))[:, :, None]
    return {
        "service_level": Ratio(
            np.sum(own * np.stack([levels[formula].numerator for formula in Formula], axis=1), axis=1),
            np.sum(own * np.stack([levels[formula].denominator for formula in Formula], axis=1), axis=1),
        )
    } | {f"service_level_{formula.name.lower()}": level for formula, level in levels.items()}


def targets_met(plan: Plan, level: Ratio) -> dict[str, Ratio]:
    """[T] share of the planning intervals, days and weeks with a service level in which it meets the target."""
    judged = expected(plan).contacts >= JUDGED_FROM
    return {
        "target_met_share_interval": _met(plan, Ratio(level.numerator * judged, level.denominator * judged)),
        "target_met_share_day": _met(plan, _grouped(level, plan.promises.interval_day)),
        "target_met_share_week": _met(plan, _grouped(level, plan.promises.interval_week)),
    }


def _grouped(level: Ratio, period: Ints) -> Ratio:
    """Sums over the intervals of each period, which is an ascending number per interval."""
    begins = np.flatnonzero(np.diff(period, prepend=-1))
    return Ratio(*(np.add.reduceat(amounts, begins, axis=1) for amounts in level))


def _met(plan: Plan, level: Ratio) -> Ratio:
    share = plan.promises.share[:, None]
    has_value = (level.denominator > 0) & ~np.isnan(share)
    met = np.divide(level.numerator, level.denominator, out=np.zeros_like(level.numerator), where=has_value) >= share
    return Ratio((met & has_value).sum(axis=1).astype(float), has_value.sum(axis=1).astype(float))


def abandonment(counted: Counted) -> Ratio:
    """L / A of live types, [T, I]."""
    live = is_live(counted.plan)[:, None]
    lost = counted.number(np.isin(counted.outcome, (Outcome.ABANDONED, Outcome.BALKED)))
    offered = counted.number(~np.isin(counted.outcome, (Outcome.BLOCKED, Outcome.CLOSED)))
    return Ratio(lost * live, offered * live)


def waits(counted: Counted) -> dict[str, Ratio]:
    """Mean waits and response times, [T, I]. A contact still open without a first start has no known wait."""
    answered = counted.outcome == Outcome.ANSWERED
    completed = answered & is_deferred(counted.plan)[counted.type]
    return {
        "wait_mean_s": Ratio(counted.seconds(counted.wait_known, counted.wait), counted.number(counted.wait_known)),
        "speed_of_answer_s": Ratio(counted.seconds(answered, counted.wait), counted.number(answered)),
        "response_mean_s": Ratio(counted.seconds(completed, counted.left - counted.arrived), counted.number(completed)),
    }


def wait_quantiles(counted: Counted) -> dict[str, Floats]:
    """[T] median, 90th percentile (smallest wait not exceeded by that share) and maximum of all known waits, or NaN."""
    shares = {"wait_p50_s": (1, 2), "wait_p90_s": (9, 10), "wait_max_s": (1, 1)}
    types = counted.shape[0]
    quantiles = {name: np.full(types, np.nan) for name in shares}
    for t in range(types):
        sample = np.sort(counted.wait[counted.wait_known & (counted.type == t)]) / TICKS_PER_SECOND
        for name, (up, down) in shares.items():
            if len(sample):
                # Whole numbers: 0.9 * 10 must be the 9th wait, not the 10th.
                quantiles[name][t] = sample[-(-len(sample) * up // down) - 1]
    return quantiles


def answered_by_pool(counted: Counted) -> Floats:
    """[P] answered contacts whose last agent was of each pool."""
    answered = counted.outcome == Outcome.ANSWERED
    return np.bincount(counted.pool[answered], minlength=len(counted.plan.pools.name)).astype(float)


def handle_times(counted: Counted, log: Log) -> tuple[Ratio, Ratio]:
    """
    Agents' time on answered contacts whose work has ended, per such contact: [T, I] and [P].

    Of a pool: the time that its agents spent / contacts whose last agent was of this pool.
    """
    plan, segments = counted.plan, log.segments
    done = (counted.outcome == Outcome.ANSWERED) & counted.is_done
    pools = len(plan.pools.name)
    of_visit = np.full(len(log.visits.type), -1, np.int32)
    of_visit[counted.rows[done]] = counted.cell[done]
    cell = of_visit[segments.visit]
    of_done = cell >= 0
    seconds = (segments.end - segments.start)[of_done] / TICKS_PER_SECOND
    by_type = sums(cell[of_done], seconds, counted.shape[0] * counted.shape[1])
    by_pool = sums(plan.agents.pool[segments.agent[of_done]], seconds, pools)
    return (
        Ratio(by_type.reshape(counted.shape), counted.number(done)),
        Ratio(by_pool, np.bincount(counted.pool[done], minlength=pools).astype(float)),
    )
