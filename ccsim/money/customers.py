"""What it costs the client that customers give up, or leave for good."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.log import Outcome
from ccsim.measures.contacts import Counted
from ccsim.measures.experience import End, Experience
from ccsim.money.ledger import CLIENT
from ccsim.money.own import write
from ccsim.money.pay import counted as exactly
from ccsim.money.site import Charge

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ccsim.costs import Price
    from ccsim.log import Log
    from ccsim.money.ledger import Writer
    from ccsim.money.pay import Fractions
    from ccsim.plan import Ints, Plan, Rows
    from ccsim.strings import Churn, Strings

ITEMS = ("abandonment", "churn (expected)")
"""All items of customers."""


def lost_customers(plan: Plan, strings: Strings, log: Log, writer: Writer) -> None:
    """A line of each item for every contact type, in the order of the file."""
    if strings.abandoned is None and strings.churn is None:
        return
    counted = Counted(plan, log)
    if strings.abandoned is not None:
        write_by_type(plan, "abandonment", strings.abandoned, given_up(plan, log, counted), writer)
    if strings.churn is not None:
        met = Experience.of(plan, log, counted)
        write_by_type(plan, "churn (expected)", strings.churn.value, leaving(plan, strings.churn, met), writer)


def write_by_type(plan: Plan, item: str, price: Price, customers: Fractions, writer: Writer) -> None:
    """``customers``: [T, M]"""
    for type_ in plan.names.types:
        number = customers[type_]
        write(plan, CLIENT, Charge(item, plan.types.name[type_], price.currency, number, number * price.amount), writer)


def given_up(plan: Plan, log: Log, counted: Counted) -> Fractions:
    """[T, M] contacts abandoned or balked, by customers who do not come again after it."""
    lost = np.isin(counted.outcome, (Outcome.ABANDONED, Outcome.BALKED))
    if log.journeys is not None:
        lost &= log.journeys.next[counted.rows] < 0
    return exact_table(by_type(plan, counted.type[lost], counted.arrived[lost]))


def leaving(plan: Plan, churn: Churn, met: Experience) -> Fractions:
    """[T, M] expected number of customers who leave for good, by type and month of their first visit."""
    pools = (*churn.pools, Fraction(1))
    chance = {End.RESOLVED: Fraction(0), End.UNRESOLVED: churn.unresolved, End.UNANSWERED: churn.unanswered}
    pool = met.pool % len(pools)  # Nobody is the last one.
    number = by_type(plan, met.type, met.arrived, met.end, pool, (met.wait > churn.after).astype(np.int8))
    expected = exact_table(number[:, :, 0, 0, 0] * 0)
    for end, row, waited in np.argwhere(number.sum(axis=(0, 1)) > 0).tolist():
        probability = min(Fraction(1), (chance[End(end)] + churn.waited * waited) * pools[row])
        expected = expected + exact_table(number[:, :, end, row, waited]) * probability
    return expected


def by_type(plan: Plan, type_: Rows, arrived: Ints, *further: Rows | Ints) -> NDArray[Any]:
    """[T, M, ...] how many, by type, month of arrival and further codes: end, pool, long wait."""
    month = np.searchsorted(plan.months.edges, arrived, side="right") - 1
    shape = (len(plan.types.name), len(plan.months.name), len(End), len(plan.pools.name) + 1, 2)[: 2 + len(further)]
    number = np.zeros(shape, np.int64)
    np.add.at(number, (type_, month, *further), 1)
    return number


def exact_table(numbers: Ints) -> Fractions:
    """Whole numbers as fractions, in the same shape."""
    return exactly(numbers.ravel()).reshape(numbers.shape)
