"""Strings of any outsourcing: what must hold whatever they cost, for whatever time, in whatever currency."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.costs import Exchange, Price
from ccsim.money.customers import lost_customers
from ccsim.money.ledger import Writer
from ccsim.money.strings import strings
from ccsim.planning.strings import Period
from ccsim.strings import Churn, OfProvider, Planned, Strings
from tests.small_losses import VISITS, log_of_losses, plan_of_losses, with_journeys

if TYPE_CHECKING:
    from ccsim.plan import Plan

PLAN, LOG = plan_of_losses(), with_journeys(log_of_losses())
shares = st.fractions(0, 1, max_denominator=1000)
prices = st.fractions(0, 100_000, max_denominator=100)
periods = st.lists(st.fractions(F(1, 31), 1, max_denominator=31), min_size=1, max_size=40)


def totals(plan: Plan, given: Strings) -> list[int]:
    """Cents of all lines, in the reporting currency."""
    writer = Writer("USD")
    strings(replace(plan, strings=given), LOG, [], writer)
    return writer.amount


@given(periods, st.integers(1, 60))
def test_what_is_spread_adds_up_to_the_whole_and_never_to_more(share: list[F], over: int) -> None:
    """A month has at most its part, and all months together as much as so many of them are counted."""
    parts = Period(tuple(share), ()).at_the_begin(over)
    assert parts == Period(tuple(share), ()).at_the_end(over)
    assert sum(parts) == min(F(1), sum(share) / over)
    assert all(0 <= part <= days / over for part, days in zip(parts, share, strict=True))


@given(periods)
def test_what_is_not_spread_is_paid_once(share: list[F]) -> None:
    period = Period(tuple(share), ())
    assert period.at_the_begin(None) == tuple(reversed(period.at_the_end(None)))
    assert sum(period.at_the_begin(None)) == period.at_the_begin(None)[0] == 1


@settings(max_examples=20)
@given(prices, shares, shares, prices)
def test_one_currency_is_as_good_as_another_that_is_worth_the_same(price: F, first: F, second: F, value: F) -> None:
    """At rate one and without a spread."""
    churn = Churn(Price(value, "USD"), first, second, 0, F(0), (F(1), F(1)))
    found = []
    for code in ("USD", "EUR"):
        plan = replace(PLAN, exchange={**PLAN.exchange, code: Exchange(F(1), F(0))})
        planned = (Planned("security", Price(price, code), (first, second)),)
        own = replace(churn, value=Price(value, code))
        found.append(totals(plan, Strings((OfProvider("acme", planned, None, None),), Price(value, code), own)))
    assert found[0] == found[1]


@given(shares, shares, shares, st.integers(0, 10**9), st.tuples(*[st.fractions(0, 5, max_denominator=100)] * 2))
def test_no_more_customers_leave_than_there_are_and_worse_service_never_keeps_more(
    unanswered: F, unresolved: F, waited: F, after: int, pools: tuple[F, F]
) -> None:
    """Of the ten who came, eight can have been lost, of whom one to mail; whoever is more likely to leave, leaves."""
    churn = Churn(Price(F(1), "USD"), unanswered, unresolved, after, waited, pools)
    worse = replace(churn, unanswered=min(F(1), unanswered * 2), unresolved=min(F(1), unresolved * 2), after=after // 2)
    leaving = []
    for declared in (churn, worse):
        writer = Writer("USD")
        lost_customers(PLAN, Strings((), None, declared), LOG, writer)
        leaving.append(sum(writer.quantity))
    assert 0 <= leaving[0] <= leaving[1] <= len(VISITS) - 3
