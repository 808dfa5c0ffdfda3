"""
Each month of a service-level term as the provider reports it, next to what customers met of the same promise.

Customers: everybody who came, from arrival on, whoever served them (``ccsim.money.met``), by month and weekday of
arrival; local dates of the calendar's zone. Verdicts on weekdays hold together with the confidence of the run
(Bonferroni over all of the frame), so that a sentence may be said of any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.comparisons import simultaneous
from ccsim.analysis.estimates import estimate, ratio
from ccsim.analysis.targets import MET, MISSED, UNDECIDED
from ccsim.measures.contacts import JUDGED_FROM
from ccsim.measures.expected import expected
from ccsim.money.scores import WHOLE_MONTH, Score
from ccsim.plan import TICKS_PER_SECOND
from ccsim.results.columns import frame
from ccsim.results.terms import Kept, is_time
from ccsim.terms import Measure

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.plan import Bools, Floats, Ints, Plan
    from ccsim.results.record import Record, Sums
    from ccsim.terms import Term

ALL_DAYS = ""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY, DAYS_A_WEEK, THURSDAY = 86_400, 7, 3


@dataclass(frozen=True)
class Calendar:
    """Which month, date and week each planning interval [I] is in."""

    month: Ints
    date: Ints
    """Local, days since 1970."""
    week: Ints
    """From the begin of the counted period; -1 in a last week that is cut."""

    @classmethod
    def of(cls, plan: Plan) -> Calendar:
        promises = plan.promises
        starts = promises.edges[:-1]
        local = plan.epoch + starts // TICKS_PER_SECOND + promises.utc_offset[promises.reporting_zone]
        days = int(promises.interval_day[-1]) + 1
        whole = promises.interval_day < days // DAYS_A_WEEK * DAYS_A_WEEK
        return cls(
            np.searchsorted(plan.months.edges, starts, side="right") - 1,
            local // DAY,
            np.where(whole, promises.interval_day // DAYS_A_WEEK, -1),
        )

    @property
    def weekday(self) -> Ints:
        """0 is Monday; 1 January 1970 was a Thursday."""
        return (self.date + THURSDAY) % DAYS_A_WEEK

    def weeks_of(self, month: int) -> Bools:
        """Intervals of the whole weeks that end in a month: a week belongs there."""
        ends = {int(week): int(of) for week, of in zip(self.week, self.month, strict=True)}
        which: Bools = np.isin(self.week, [week for week, of in ends.items() if week >= 0 and of == month])
        return which


@dataclass(frozen=True)
class Card:
    """One month of one term over R replications."""

    sums: Sums
    contract: str
    term: Term
    month: int
    numerator: Floats
    denominator: Floats
    """[R, I] what customers met, by planning interval of the whole counted period."""
    judged: Bools
    """[I] intervals in which enough contacts are expected to be judged singly."""

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar.of(self.sums.plan)

    @cached_property
    def here(self) -> Bools:
        """[I] the month's intervals."""
        which: Bools = self.calendar.month == self.month
        return which

    @cached_property
    def parts(self) -> tuple[Floats, Floats]:
        """Sums of the month and of each of its weekdays. [R, 8]"""
        which = [self.here, *(self.here & (self.calendar.weekday == day) for day in range(DAYS_A_WEEK))]
        return (
            np.stack([self.numerator[:, part].sum(axis=1) for part in which], axis=1),
            np.stack([self.denominator[:, part].sum(axis=1) for part in which], axis=1),
        )

    @property
    def has_weekday(self) -> Bools:
        """[7] whether anybody came on it."""
        known: Bools = np.any(self.parts[1][:, 1:] > 0, axis=0)
        return known

    @property
    def kind(self) -> str:
        """Of what customers met."""
        return "positive" if self.term.measure == Measure.SPEED_OF_ANSWER else "share"

    def rows(self, confidence: float, together: float) -> list[tuple[object, ...]]:
        """The month, then its weekdays on which somebody came."""
        found = [self.row(ALL_DAYS, self.here, 0, confidence)]
        for day in np.flatnonzero(self.has_weekday).tolist():
            found.append(self.row(WEEKDAYS[day], self.here & (self.calendar.weekday == day), day + 1, together))
        return found

    def row(self, weekday: str, which: Bools, column: int, confidence: float) -> tuple[object, ...]:
        """The month or one weekday of it; what is reported is of the month alone."""
        nothing, (up, down) = (np.nan,) * 4, self.parts
        found = estimate(self.kind, up[:, [column]], down[:, [column]], confidence)
        mean, low, high = found.alone
        return (
            self.sums.plan.scenario, self.contract, self.term.name, self.sums.plan.months.name[self.month], weekday,
            "s" if is_time(self.term) else "share", float(self.term.goal),
            *(nothing if weekday else self.reported),
            "s" if self.kind == "positive" else "share", float(self.term.target), mean, low, high, int(found.n[0]),
            self.verdict(low, high),
            self.within(which & self.judged, np.arange(len(which))),
            self.within(which, self.calendar.date),
            np.nan if weekday else self.within(self.calendar.weeks_of(self.month), self.calendar.week),
            *self.worst_day(which),
        )  # fmt: skip

    @property
    def reported(self) -> tuple[float, float, float, float]:
        """
        The month's result as the contract has it, and the shares of replications in which it is met, missed, excused.
        """
        assert self.sums.books is not None
        scores = self.sums.books.scores
        row = scores[0].keys.index(Score(self.contract, self.term.name, self.month, WHOLE_MONTH))
        month = Kept.of(scores, [row])
        forgiven = (month.met == 1) & (month.excused == 1)
        known = (month.met >= 0).sum()
        return (
            month.value,
            float(ratio(((month.met == 1) & ~forgiven).sum(), known)),
            month.missed,
            float(ratio(forgiven.sum(), known)),
        )

    def verdict(self, low: float, high: float) -> str:
        """Whether customers surely met the target, or surely did not."""
        target = float(self.term.target)
        if self.term.less_is_better:
            low, high, target = -high, -low, -target
        if low >= target:
            return MET
        return MISSED if high < target else UNDECIDED

    def within(self, which: Bools, group: Ints) -> float:
        """Share of the groups of these intervals, over all replications, in which customers met the target."""
        values = self.values(which, group)
        known, target = np.isfinite(values), float(self.term.target)
        reached = np.less_equal(values, target) if self.term.less_is_better else np.greater_equal(values, target)
        return float(ratio((reached & known).sum(), known.sum()))

    def values(self, which: Bools, group: Ints) -> Floats:
        """[R, groups] each replication's own."""
        begins = np.flatnonzero(np.diff(group[which], prepend=-1))
        if not len(begins):
            return np.empty((len(self.numerator), 0))
        return ratio(*(np.add.reduceat(part[:, which], begins, axis=1) for part in (self.numerator, self.denominator)))

    def worst_day(self, which: Bools) -> tuple[str, float]:
        """The date that is worst over all replications together, and its value."""
        dates = self.calendar.date[which]
        up, down = (np.bincount(dates, part.sum(axis=0)[which]) for part in (self.numerator, self.denominator))
        dates = np.flatnonzero(down)
        if not len(dates):
            return "", np.nan
        values = up[dates] / down[dates]
        worst = int(values.argmax() if self.term.less_is_better else values.argmin())
        return str(np.datetime64(int(dates[worst]), "D")), float(values[worst])


def scorecard(record: Record) -> pd.DataFrame:
    """Every month of every term, then its weekdays; empty without terms."""
    cards = [card for sums in record.sums.values() for card in cards_of(sums)]
    together = simultaneous(int(sum(card.has_weekday.sum() for card in cards)), record.confidence)
    return frame("scorecard", [row for card in cards for row in card.rows(record.confidence, together)])


def cards_of(sums: Sums) -> list[Card]:
    """Months in which somebody came, term by term."""
    if sums.books is None or not sums.books.scores or sums.plan.contracts is None:
        return []
    terms = [(contract.name, term) for contract in sums.plan.contracts.all for term in contract.terms]
    forecast = expected(sums.plan).contacts
    found = []
    for row, (contract, term) in enumerate(terms):
        numerator, denominator = (
            np.stack([getattr(one.met_by_all, name)[row] for one in sums.books.scores]).astype(np.float64)
            for name in ("numerator", "denominator")
        )
        judged = forecast[list(term.types)].sum(axis=0) >= JUDGED_FROM
        cards = (
            Card(sums, contract, term, month, numerator, denominator, judged)
            for month in range(len(sums.plan.months.name))
        )
        found += [card for card in cards if card.has_weekday.any()]
    return found
