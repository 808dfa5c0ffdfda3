"""What one scenario costs the client in a month like those that were simulated, and what comes once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.business_case.groups import END, PER_MONTH, SPREAD
from ccsim.money.ledger import CLIENT, MARKET, minor_units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccsim.money.ledger import Line
    from ccsim.plan import Floats, Ints, Plan

    Amounts = dict["Kind", Floats]
    """[R] of each kind of line. [reporting currency]"""

MONTHS_PER_DAY = Fraction(12 * 4, 1461)
"""A month is a twelfth of 365.25 days."""


class When(IntEnum):
    """In which months of its phases a line is paid."""

    MONTHLY = 0
    BEGIN = 1
    """Once, in the first month of the first phase that has it."""
    END = 2
    """Once, in the last month of the last phase that has it."""


class Kind(NamedTuple):
    """What lines of the client have in common, whatever their month."""

    when: When
    payee: str
    contract: str
    item: str
    about: str
    currency: str


@dataclass(frozen=True)
class Running:
    """One scenario over R replications."""

    amounts: Amounts
    """Of one month, or of once."""


def running(plan: Plan, lines: Sequence[Line], amount: Ints) -> Running:
    """
    Means of the counted months, and whole amounts of what comes once.

    What is paid by the calendar month is divided by the months that are counted (their shares added up), all else by
    the counted days in months of 365.25 / 12 days.

    Parameters
    ----------
    lines
        [L] of the books.
    amount
        [R, L] minor units of the reporting currency.
    """
    unit = minor_units(plan.currency)
    once = dict(comes_once(plan))
    found: Amounts = {}
    for column, line in enumerate(lines):
        at = Kind(When.MONTHLY, line.payee, line.contract, line.item, line.about, line.currency)
        if line.payer == CLIENT and (line.item, line.about) not in once:
            found[at] = found.get(at, np.zeros(len(amount))) + amount[:, column] / unit
    for (_, about), one in once.items():
        spread = Kind(When.MONTHLY, MARKET, "", SPREAD, about, one.currency)
        if spread in found:
            found[spread] = found[spread] - float(one.counted * one.spread)
    monthly = {kind: counted / float(months(plan, kind.item)) for kind, counted in found.items()}
    return Running(monthly | whole(once, len(amount)))


class Once(NamedTuple):
    """What a line that comes once costs in all, and how much of that is counted. [reporting currency]"""

    when: When
    currency: str
    counted: Fraction
    whole: Fraction
    spread: Fraction
    """Share of it that changing the money costs on top."""


def comes_once(plan: Plan) -> Iterator[tuple[tuple[str, str], Once]]:
    """By item and provider."""
    for one in () if plan.strings is None else plan.strings.providers:
        for planned in one.planned:
            if planned.whole is not None:
                worth = plan.exchange[planned.price.currency]
                price = planned.price.amount * worth.rate
                counted, in_all = (price * quantity for quantity in (sum(planned.quantity), planned.whole))
                when = When.END if planned.item in END else When.BEGIN
                at = planned.item, one.provider
                yield at, Once(when, planned.price.currency, counted, in_all, worth.spread)


def whole(once: dict[tuple[str, str], Once], replications: int) -> Amounts:
    """What comes once, and the spread on it."""
    found: Amounts = {}
    for (item, about), one in once.items():
        for name, amount in ((item, one.whole), (SPREAD, one.whole * one.spread)):
            if amount:
                at = Kind(one.when, MARKET, "", name, about, one.currency)
                found[at] = found.get(at, np.zeros(replications)) + float(amount)
    return found


def months(plan: Plan, item: str) -> Fraction:
    """How many months are counted."""
    return sum(plan.months.share, Fraction(0)) if item in PER_MONTH else counted_days(plan) * MONTHS_PER_DAY


def counted_days(plan: Plan) -> int:
    """Local dates of the counted period."""
    return int(plan.promises.interval_day[-1]) + 1
