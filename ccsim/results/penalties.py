"""
What missing service-level terms may cost: each term and all terms of a contract together, from books to frames.

A month's penalty is what the invoices say less what later months earn back of it; bonuses stand apart. Replications are
the chance that the client and the provider have: how often a month is missed, and how much that costs in the usual, the
bad and the worst of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.estimates import estimate, ratio
from ccsim.analysis.quantiles import quantile
from ccsim.money.ledger import MARKET, minor_units
from ccsim.money.scores import WHOLE_MONTH, Score
from ccsim.results.columns import frame
from ccsim.results.terms import Kept, is_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ccsim.contracts import Contract
    from ccsim.plan import Bools, Floats, Ints
    from ccsim.results.record import Record, Sums
    from ccsim.terms import Term

ALL_TERMS, WHOLE_PERIOD, WORST = "", "all", "worst"
PENALTY, EARN_BACK, BONUS = "penalty", "earn-back", "bonus"
BAD, WORSE = 0.9, 0.95
TENTH = 0.1


@dataclass(frozen=True)
class Lost:
    """What months [M] of R replications cost under one term, or under all terms of a contract. [R, M] each"""

    missed: Bools
    judged: Bools
    """Whether anything was judged; missed months are."""
    numerator: Floats
    denominator: Floats
    """Of the result; 0 / 0 of all terms together."""
    penalty: Ints
    bonus: Ints
    relieved: Ints
    """Minor units of the contract's currency, all 0 or more. Penalty: less what is earned back of it."""

    def of_months(self, rows: Ints) -> Lost:
        """Some months: the same in all replications [K], or of each replication its own [R, K]."""
        pick = np.broadcast_to(rows, (len(self.missed), rows.shape[-1]))
        return Lost(*(np.take_along_axis(getattr(self, name), pick, axis=1) for name in self.__dataclass_fields__))

    def worst(self, *, sinks: bool) -> Ints:
        """[R, 1] the month of each replication that costs most; of several the one with the worst result or bonus."""
        value = ratio(self.numerator, self.denominator)
        badness = np.where(np.isnan(value), -np.inf, value if sinks else -value)
        keys = zip(-self.bonus, badness, self.penalty, strict=True)
        return np.array([[np.lexsort(of_replication)[-1]] for of_replication in keys])


def penalties(record: Record) -> pd.DataFrame:
    """Each term and each contract: the counted period, its months, and the worst month of each replication."""
    return frame(
        "penalties",
        [
            (sums.plan.scenario, contract.name, ALL_TERMS if term is None else term.name, *row)
            for sums in record.sums.values()
            for contract, term, lost in losses(sums)
            for row in rows_of(sums, contract, term, lost, record.confidence)
        ],
    )


def losses(sums: Sums) -> Iterator[tuple[Contract, Term | None, Lost]]:
    """The terms of each contract one by one, then (None) all of them together."""
    if sums.books is None or not sums.books.scores or sums.plan.contracts is None:
        return
    for contract in sums.plan.contracts.all:
        terms = [lost(sums, contract, term) for term in contract.terms]
        yield from zip([contract] * len(terms), contract.terms, terms, strict=True)
        if terms:
            yield contract, None, together(terms)


def lost(sums: Sums, contract: Contract, term: Term) -> Lost:
    """One term."""
    assert sums.books is not None
    scores, months = sums.books.scores, range(len(sums.plan.months.name))
    row_of = {key: row for row, key in enumerate(scores[0].keys)}
    kept = Kept.of(scores, [row_of[Score(contract.name, term.name, month, WHOLE_MONTH)] for month in months])
    penalty, back, bonus = (invoiced(sums, contract, term, item) for item in (PENALTY, EARN_BACK, BONUS))
    # A penalty is given back so many months later, and then it never was one.
    back = np.hstack([back[:, contract.earn_back :], np.zeros_like(back[:, : contract.earn_back])])
    return Lost(kept.met == 0, kept.met >= 0, kept.numerator, kept.denominator, -penalty - back, bonus, kept.relieved)


def invoiced(sums: Sums, contract: Contract, term: Term, item: str) -> Ints:
    """[R, M] lines of one item of a term, 0 where there is none. [minor units]"""
    assert sums.books is not None
    found = np.zeros((len(sums.books.invoiced), len(sums.plan.months.name)), np.int64)
    for column, line in enumerate(sums.books.lines):
        if (line.contract, line.item, line.about) == (contract.name, item, term.name) and line.payee != MARKET:
            found[:, line.month] += sums.books.invoiced[:, column]
    return found


def together(terms: list[Lost]) -> Lost:
    """All terms of a contract: a month is missed if one of them is."""
    nothing = np.zeros(terms[0].missed.shape)
    return Lost(
        np.any([one.missed for one in terms], axis=0),
        np.any([one.judged for one in terms], axis=0),
        nothing,
        nothing,
        *(np.sum([getattr(one, name) for one in terms], axis=0) for name in ("penalty", "bonus", "relieved")),
    )


def rows_of(
    sums: Sums, contract: Contract, term: Term | None, lost: Lost, confidence: float
) -> Iterator[tuple[object, ...]]:
    months = sums.plan.months.name
    sinks = term is not None and term.sinks
    parts = {WHOLE_PERIOD: lost}
    parts |= {name: lost.of_months(np.array([month])) for month, name in enumerate(months)}
    parts |= {WORST: lost.of_months(lost.worst(sinks=sinks))}
    unit = "" if term is None else "s" if is_time(term) else "share"
    for name, part in parts.items():
        yield (
            name,
            *share(part.missed.sum(axis=1), part.judged.sum(axis=1), confidence)[:3],
            *share(part.missed.max(axis=1), part.judged.max(axis=1), confidence),
            unit, *result(part, sinks=sinks),
            contract.currency, *amounts(part, contract, confidence),
        )  # fmt: skip


def share(numerator: Ints | Bools, denominator: Ints | Bools, confidence: float) -> tuple[float, float, float, int]:
    """Mean, low, high and n."""
    found = estimate("share", numerator[:, None].astype(float), denominator[:, None].astype(float), confidence)
    return *found.alone, int(found.n[0])


def result(lost: Lost, *, sinks: bool) -> tuple[float, float]:
    """The ratio of sums, and the value that a tenth of the replications with a result do not better."""
    numerator, denominator = lost.numerator.sum(axis=1), lost.denominator.sum(axis=1)
    each = ratio(numerator, denominator)
    tenth = -quantile(-each, 1 - TENTH).value if not sinks else quantile(each, 1 - TENTH).value
    return float(ratio(numerator.sum(), denominator.sum())), tenth


def amounts(lost: Lost, contract: Contract, confidence: float) -> tuple[float, ...]:
    """Penalty: mean and quantiles, each with its interval, and the largest; then bonus, and what relief excuses."""
    unit = minor_units(contract.currency)
    each = lost.penalty.sum(axis=1).astype(float)
    median, bad, worse = (quantile(each, level, confidence) for level in (0.5, BAD, WORSE))
    relieved = mean(lost.relieved, unit, confidence) if contract.relief else (np.nan,) * 3
    quantiles = (amount / unit for amount in (median.value, *bad, *worse, float(each.max())))
    return (*mean(lost.penalty, unit, confidence), *quantiles, *mean(lost.bonus, unit, confidence), *relieved)


def mean(each: Ints, unit: int, confidence: float) -> tuple[float, float, float]:
    """Of all months together over replications, with its interval. [units of the currency]"""
    whole = each.sum(axis=1)[:, None].astype(float)
    found = estimate("amount", whole, np.ones_like(whole), confidence)
    low, mid, high = (float(end[0].round()) / unit for end in (found.low, found.mean, found.high))
    return mid, low, high


def billed(record: Record) -> pd.DataFrame:
    """What each contract came to in each replication, in the reporting currency; empty without contracts."""
    return frame(
        "billed",
        [
            (sums.plan.scenario, contract.name, contract.provider, replication, sums.plan.currency, *row)
            for sums in record.sums.values()
            if sums.plan.contracts is not None and sums.books is not None
            for contract in sums.plan.contracts.all
            for replication, row in zip(record.replications, bills(sums, contract.name).tolist(), strict=True)
        ],
    )


def bills(sums: Sums, contract: str) -> Floats:
    """[R, 3] invoice, penalty less earn-back (0 or more) and bonus. [units of the reporting currency]"""
    assert sums.books is not None
    own = {row: line for row, line in enumerate(sums.books.lines) if line.contract == contract and line.payee != MARKET}
    penalties, bonuses = (
        [row for row, line in own.items() if line.item in items] for items in ((PENALTY, EARN_BACK), (BONUS,))
    )
    columns = [sums.books.amount[:, rows].sum(axis=1) for rows in (list(own), penalties, bonuses)]
    found: Floats = np.column_stack(columns) * np.array([1, -1, 1]) / minor_units(sums.plan.currency)
    return found
