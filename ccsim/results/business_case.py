"""What each case costs over its months, and where it costs what the baseline does: from books to frames."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.comparisons import difference, simultaneous
from ccsim.analysis.estimates import estimate_each
from ccsim.business_case.break_even import break_even_month, break_even_value
from ccsim.business_case.groups import DIFFERENCE, TOTAL
from ccsim.business_case.levers import levers
from ccsim.business_case.running import running
from ccsim.business_case.total_cost import total_cost
from ccsim.money.ledger import minor_units
from ccsim.money.not_counted import all_work_is_paid
from ccsim.results.columns import frame
from ccsim.results.money import Paid, shown, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ccsim.business_case.cases import BusinessCase
    from ccsim.business_case.running import Running
    from ccsim.business_case.total_cost import Costs
    from ccsim.plan import Floats
    from ccsim.results.record import Record

PAID, PRESENT_VALUE = "paid", "present value"


@dataclass(frozen=True)
class Priced:
    """All cases of a run whose work is paid; without the baseline there are none."""

    record: Record
    question: BusinessCase

    @classmethod
    def of(cls, record: Record) -> Priced | None:
        """None where nothing is asked, or the baseline leaves work unpaid."""
        books = {name for name, sums in record.sums.items() if sums.books is not None and all_work_is_paid(sums.plan)}
        question = None if record.business_case is None else record.business_case.of(dict.fromkeys(books))
        return None if question is None else cls(record, question)

    @cached_property
    def scenarios(self) -> dict[str, Running]:
        wanted = {phase.scenario for case in self.question.cases.values() for phase in case}
        return {
            name: running(sums.plan, sums.books.lines, sums.books.amount)
            for name, sums in self.record.sums.items()
            if name in wanted and sums.books is not None
        }

    @cached_property
    def costs(self) -> dict[str, Costs]:
        """By case, the baseline among them."""
        return {name: total_cost(case, self.scenarios) for name, case in self.question.cases.items()}

    @property
    def others(self) -> list[str]:
        """Cases that are compared with the baseline."""
        return [name for name in self.costs if name != self.question.baseline]

    @property
    def currency(self) -> str:
        return next(iter(self.record.plans.values())).currency

    @property
    def bases(self) -> dict[str, Floats]:
        """[months] what one unit counts that is paid in each month."""
        return {PAID: np.ones(self.question.months), PRESENT_VALUE: self.question.present_value}

    def more(self, case: str) -> Floats:
        """[R, months] what a case costs beyond the baseline, as it is worth today."""
        beyond: Floats = self.costs[case].by_month() - self.costs[self.question.baseline].by_month()
        return beyond * self.question.present_value


def ownership(record: Record) -> pd.DataFrame:
    """Total cost of ownership of each case: by group of lines, in all, and beyond that of the baseline."""
    priced = Priced.of(record)
    return frame("ownership", [] if priced is None else list(ownership_rows(priced)))


def ownership_rows(priced: Priced) -> Iterator[tuple[object, ...]]:
    currency, confidence = priced.currency, priced.record.confidence
    unit = minor_units(currency)
    together_at = simultaneous(2 * len(priced.others), confidence)
    totals: dict[tuple[str, str], Paid] = {}
    for case, costs in priced.costs.items():
        for basis, worth in priced.bases.items():
            groups = {
                group: Paid.of((amount * unit).round().astype(np.int64))
                for group, amount in costs.by_group(worth).items()
            }
            groups[TOTAL] = totals[case, basis] = together(groups.values(), costs.replications)
            numbers = shown(list(groups.values()), [currency] * len(groups), confidence)
            for group, row in zip(groups, numbers, strict=True):
                yield (case, basis, group, currency, *row)
    for case in priced.others:
        for basis in priced.bases:
            a, b = totals[priced.question.baseline, basis], totals[case, basis]
            ones = np.ones((len(a.each), 1))
            found = difference("plain", (a.each[:, None] / unit, ones), (b.each[:, None] / unit, ones), together_at)
            ends = (round(float(end), 2) for end in (found.low[0], found.high[0]))
            yield (case, basis, DIFFERENCE, currency, (b.mean - a.mean) / unit, *ends, int(found.n[0]))


def ownership_months(record: Record) -> pd.DataFrame:
    """Month by month: what each case pays, and the sum of all until then as it is worth today."""
    priced = Priced.of(record)
    return frame("ownership_months", [] if priced is None else list(month_rows(priced)))


def month_rows(priced: Priced) -> Iterator[tuple[object, ...]]:
    for case, costs in priced.costs.items():
        paid = costs.by_month()
        until = np.cumsum(paid * priced.question.present_value, axis=1)
        found = estimate_each(["amount"] * until.shape[1], until, np.ones_like(until), priced.record.confidence)
        for month in range(until.shape[1]):
            numbers = (float(column[month]) for column in (found.mean, found.low, found.high))
            yield (
                case, month + 1, priced.currency, *(round(one, 2) for one in (float(paid[:, month].mean()), *numbers)),
                int(found.n[month]),
            )  # fmt: skip


def break_even_months(record: Record) -> pd.DataFrame:
    """From which month on each case has cost no more than the baseline."""
    priced = Priced.of(record)
    rows: list[tuple[object, ...]] = []
    for case in () if priced is None else priced.others:
        assert priced is not None
        found = break_even_month(priced.more(case), record.confidence)
        share = (float(column[0]) for column in (found.share.mean, found.share.low, found.share.high))
        rows.append((
            case, found.of_mean, *share, found.median, found.earliest, found.latest, int(found.share.n[0]),
        ))  # fmt: skip
    return frame("break_even_months", rows)


def break_even(record: Record) -> pd.DataFrame:
    """At which wage, price or exchange rate each case would cost what the baseline does."""
    priced = Priced.of(record)
    return frame("break_even", [] if priced is None else list(break_even_rows(priced)))


def break_even_rows(priced: Priced) -> Iterator[tuple[object, ...]]:
    """Only of numbers that have something to do with the difference; without a value where none would do."""
    worth = priced.question.present_value
    baseline = priced.costs[priced.question.baseline]
    for case in priced.others:
        costs = priced.costs[case]
        names = dict.fromkeys(entry.scenario for entry in (*baseline.entries, *costs.entries))
        for lever in levers(priced.record.plans[name] for name in names):
            mine, theirs = (lever.part(one, priced.scenarios, worth) for one in (costs, baseline))
            if not (np.any(mine) or np.any(theirs)):
                continue
            found = break_even_value(priced.more(case).sum(axis=1), mine - theirs, lever.now, priced.record.confidence)
            numbers = (float(column[0]) for column in (found.mean, found.low, found.high))
            yield (case, lever.of, lever.name, lever.unit, lever.now, *numbers, int(found.n[0]))
