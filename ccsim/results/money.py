"""
What was paid, from books to frames: by line of the counted period, and by month as it is invoiced.

A mean over replications is rounded once, to the minor unit of its currency; totals are sums of the means that are
printed, so that every table adds up to the cent. Intervals of totals are those of the replications' own totals.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.analysis.estimates import estimate
from ccsim.money.ledger import CLIENT, MARKET, minor_units, rounded
from ccsim.results.columns import frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from ccsim.plan import Ints
    from ccsim.results.record import Record, Sums
    from ccsim.results.stacked import Stacked

TOTAL, MARGIN = "total", "margin"
"""Items of rows that sum up others: what a party pays; what a provider is paid less what it pays."""

QUANTITY_DIGITS = 4


class Paid(NamedTuple):
    """Money over replications: the mean that is printed in minor units, and [R] each replication's own."""

    mean: int
    each: Ints

    @classmethod
    def of(cls, each: Ints) -> Paid:
        """The mean is rounded once, halves away from zero."""
        return cls(rounded(Fraction(int(each.sum()), len(each))), each)


def together(parts: Iterable[Paid], replications: int) -> Paid:
    """A sum of what is printed."""
    parts = list(parts)
    return Paid(sum(part.mean for part in parts), sum((part.each for part in parts), np.zeros(replications, np.int64)))


def shown(paid: Sequence[Paid], currency: Sequence[str], confidence: float) -> list[tuple[object, ...]]:
    """Mean, low, high and n of each, in units of its currency with as many digits as it has."""
    if not paid:
        return []
    each = np.stack([one.each for one in paid], axis=1).astype(np.float64)
    found = estimate("amount", each, np.ones_like(each), confidence)
    units = [minor_units(code) for code in currency]
    ends = np.column_stack([found.low, found.high]).round() / np.array(units)[:, None]
    return [
        (one.mean / unit, float(low), float(high), int(n))
        for one, unit, (low, high), n in zip(paid, units, ends, found.n, strict=True)
    ]


def costs(record: Record) -> pd.DataFrame:
    """The counted period in the reporting currency: a row for each kind of line, then what each party pays in all."""
    return frame("costs", [row for sums in record.sums.values() for row in cost_rows(sums, record.confidence)])


def cost_rows(sums: Sums, confidence: float) -> list[tuple[object, ...]]:
    books, currency = sums.books, sums.plan.currency
    if books is None:
        return []
    paid = cost_lines(books)
    paid |= totals(paid, len(books.amount))
    numbers = shown(list(paid.values()), [currency] * len(paid), confidence)
    return [(sums.plan.scenario, *kind, currency, *row) for kind, row in zip(paid, numbers, strict=True)]


class Kind(NamedTuple):
    """What lines of all months have in common."""

    payer: str
    payee: str
    contract: str
    item: str
    about: str


def cost_lines(books: Stacked) -> dict[Kind, Paid]:
    """In the reporting currency."""
    columns: dict[Kind, list[int]] = {}
    for column, line in enumerate(books.lines):
        columns.setdefault(Kind(line.payer, line.payee, line.contract, line.item, line.about), []).append(column)
    return {kind: Paid.of(books.amount[:, of].sum(axis=1)) for kind, of in columns.items()}


def totals(paid: dict[Kind, Paid], replications: int) -> dict[Kind, Paid]:
    """
    What each party pays in all, the client first; and the margin of providers who are paid and whose costs are given.
    """
    payers = sorted({kind.payer for kind in paid}, key=lambda payer: (payer != CLIENT, payer))
    found = {
        Kind(payer, "", "", TOTAL, ""): together((paid[kind] for kind in paid if kind.payer == payer), replications)
        for payer in payers
    }
    for payer in payers:
        income = [paid[kind] for kind in paid if kind.payee == payer]
        if payer != CLIENT and income:
            spent = found[Kind(payer, "", "", TOTAL, "")]
            earned = together([*income, Paid(-spent.mean, -spent.each)], replications)
            found[Kind(payer, "", "", MARGIN, "")] = earned
    return found


def invoices(record: Record) -> pd.DataFrame:
    """Contracts month by month, in their currencies: each line of the invoice, then its total."""
    return frame("invoices", [row for sums in record.sums.values() for row in invoice_rows(sums, record.confidence)])


def invoice_rows(sums: Sums, confidence: float) -> list[tuple[object, ...]]:
    """Lines that are paid to a provider; what changing money costs the client besides is on no invoice."""
    books = sums.books
    if books is None:
        return []
    billed = {at: line for at, line in enumerate(books.lines) if line.contract and line.payee != MARKET}
    contracts = list(dict.fromkeys(line.contract for line in billed.values()))
    heads: list[tuple[object, ...]] = []
    paid: list[Paid] = []
    currencies: list[str] = []
    for contract in contracts:
        for month, name in enumerate(sums.plan.months.name):
            columns = [at for at, line in billed.items() if (line.contract, line.month) == (contract, month)]
            lines = [Paid.of(books.invoiced[:, at]) for at in columns]
            for at in columns:
                line, quantity = books.lines[at], round(float(books.quantity[:, at].mean()), QUANTITY_DIGITS)
                heads.append((contract, line.payee, name, line.item, line.about, line.currency, quantity))
            head = books.lines[columns[0]]
            heads.append((contract, head.payee, name, TOTAL, "", head.currency, math.nan))
            paid += [*lines, together(lines, len(books.invoiced))]
            currencies += [head.currency] * (len(lines) + 1)
    numbers = shown(paid, currencies, confidence)
    return [(sums.plan.scenario, *head, *row) for head, row in zip(heads, numbers, strict=True)]
