"""
What a term is worth in each of its periods, and what that makes of a month.

Values are those of the measures, by the same formulas, of the visits that belong to the contract; only thresholds,
clocks, hours and periods are the term's own. Means and comparisons with targets are exact.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.business_hours import add_business
from ccsim.calendar.spans import Spans
from ccsim.log import Outcome
from ccsim.measures.contacts import abandonment, is_deferred, service_levels, waits
from ccsim.measures.expected import contacts_in
from ccsim.plan import Cause
from ccsim.terms import Judged, Measure

if TYPE_CHECKING:
    from ccsim.log import Log
    from ccsim.measures.contacts import Counted
    from ccsim.measures.tally import Ratio
    from ccsim.money.belonging import Claim
    from ccsim.plan import Bools, Floats, Ints, Plan
    from ccsim.terms import Term


class Value(NamedTuple):
    """
    Of one period: total / of, without a value where that is 0. Both are exact: counts of contacts, or seconds of whole
    ticks.
    """

    total: float
    of: float
    excused: bool

    def __bool__(self) -> bool:
        return self.of > 0

    @property
    def quotient(self) -> Fraction:
        return Fraction(self.total) / Fraction(self.of)


class Result(NamedTuple):
    """Of a month: as it happened, and what is held against the provider (None = nothing)."""

    total: Fraction
    of: Fraction
    held: Fraction | None
    excused: bool

    def is_met(self, term: Term) -> bool:
        return self.held is None or reaches(self.held, term.goal, less_is_better=term.sinks)


def reaches(value: Fraction, goal: Fraction, *, less_is_better: bool) -> bool:
    return value <= goal if less_is_better else value >= goal


def values(term: Term, log: Log, counted: Counted, claim: Claim, excused: Bools) -> list[Value]:
    """The values of a term in its periods, by the formulas of the measures, of the visits that are claimed."""
    which = claim.own & np.isin(counted.type, term.types) & within(counted.arrived, term.hours_from, term.hours_to)
    promises = replace(counted.plan.promises, edges=term.edges, threshold=term.threshold, formula=term.formula)
    judged, since = counted.only(which, promises), claim.since[which]
    judged.wait = np.maximum(judged.arrived + judged.wait - since, 0)
    due = due_times(term, judged, since)
    judged.in_time, judged.overdue = judged.left <= due, due < log.stopped
    found = measured(term.measure, judged)
    amounts = (column[list(term.types)].sum(axis=0).tolist() for column in found)
    return [Value(up, down, is_excused) for up, down, is_excused in zip(*amounts, excused.tolist(), strict=True)]


def measured(measure: Measure, judged: Counted) -> Ratio:
    """[T, K] of live and deferred types by the formulas of the measures."""
    if measure == Measure.ABANDONMENT:
        return abandonment(judged)
    if measure == Measure.SPEED_OF_ANSWER:
        return waits(judged)["speed_of_answer_s"]
    return service_levels(judged)["service_level"]


def due_times(term: Term, judged: Counted, since: Ints) -> Ints:
    """When deferred work is due by the term: its threshold after its clock began, in the hours that count."""
    due = since.copy()
    for type_ in np.flatnonzero(is_deferred(judged.plan)):
        of_type = judged.type == type_
        rows = slice(term.business_offset[type_], term.business_offset[type_ + 1])
        hours = term.business_from[rows], term.business_to[rows]
        due[of_type] = add_business(since[of_type], int(term.threshold[type_]), *hours)
    return due


def within(times: Ints, begins: Ints, ends: Ints) -> Bools:
    """Which of these times lie in ascending spans."""
    return np.searchsorted(begins, times, side="right") > np.searchsorted(ends, times, side="right")


def excused(term: Term, log: Log, counted: Counted, band: Fraction) -> Bools:
    """
    [K] periods in which more than (1 + band) x as many customers came as were forecast.

    Of all who come for the first time, in the hours of the term, whoever takes them: that is what a forecast speaks of.
    Who comes again, not having been served, excuses nobody.
    """
    plan = counted.plan
    comes = np.isin(counted.type, term.types) & (counted.outcome != Outcome.CLOSED)
    comes &= within(counted.arrived, term.hours_from, term.hours_to)
    if log.journeys is not None:
        comes &= log.journeys.cause[counted.rows] == Cause.FIRST
    period = np.searchsorted(term.edges, counted.arrived[comes], side="right") - 1
    came = np.bincount(period, minlength=len(term.month))
    # To a millionth of a contact: sums of a forecast's pieces are not exact, and a count may lie just at the limit.
    return came > np.round((1 + float(band)) * forecast(plan, term), 6)


def forecast(plan: Plan, term: Term) -> Floats:
    """[K] contacts forecast for the types of a term in its hours."""
    hours = Spans(term.hours_from, term.hours_to)
    found: Floats = np.sum([contacts_in(plan, type_, term.edges, hours) for type_ in term.types], axis=0)
    return found


def result(term: Term, periods: list[Value]) -> Result:
    """
    The result of a month from the values of its periods.

    Excused periods are left out where that is better for the provider; where all are excused, nothing is held against
    it. So relief never makes a result worse.
    """
    if term.judged == Judged.POOLED:
        (month,) = periods
        held = month.quotient if month and not month.excused else None
        return Result(Fraction(month.total), Fraction(month.of), held, month.excused)
    marks = [(mark(term, period), period.excused) for period in periods if period]
    every = [one for one, _ in marks]
    rest = [one for one, is_excused in marks if not is_excused]
    held = None
    if rest:
        held = (min if term.sinks else max)(Fraction(sum(part), len(part)) for part in (every, rest))
    total, of = sum(every, Fraction(0)), Fraction(len(every))
    return Result(total, of, held, excused=bool(every) and (held is None or held != total / of))


def mark(term: Term, period: Value) -> Fraction:
    """What a period contributes to the mean of a month: its value, or whether it meets the target."""
    if term.judged == Judged.AVERAGED:
        return period.quotient
    return Fraction(reaches(period.quotient, term.target, less_is_better=term.less_is_better))
