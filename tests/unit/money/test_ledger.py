"""Lines are rounded once and add up; books are exact in every currency."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsim.money.ledger import CLIENT, Line, Writer, minor_units, rounded


def line(currency: str = "USD", item: str = "contacts") -> Line:
    return Line(payer=CLIENT, payee="acme", contract="care", item=item, about="calls", month=0, currency=currency)


@pytest.mark.parametrize(
    ("amount", "whole"),
    [
        (Fraction(1, 2), 1),
        (Fraction(-1, 2), -1),
        (Fraction(3, 2), 2),
        (Fraction(49, 100), 0),
        (Fraction(-149, 100), -1),
        (Fraction(10**30 * 2 + 1, 2), 10**30 + 1),
    ],
)
def test_halves_are_rounded_away_from_zero(amount, whole):
    assert rounded(amount) == whole


def test_a_line_is_rounded_once_in_its_currency_and_once_in_the_reporting_one():
    writer = Writer("USD")
    assert writer.line(line("PHP"), Fraction(7, 3), Fraction("100.10"), Fraction("0.0175")) == 23357  # 233.5666...
    ledger = writer.ledger()
    assert ledger.invoiced.tolist() == [23357]
    assert ledger.amount.tolist() == [409]  # 233.57 x 0.0175 = 4.087475


def test_yen_have_no_cents():
    writer = Writer("JPY")
    assert writer.line(line("JPY"), Fraction(3), Fraction("10.5"), Fraction(1)) == 32
    assert minor_units("JPY") == minor_units("RWF") == 1


def test_dinars_have_thousandths():
    """In Tunis and Amman an invoice has three digits."""
    writer = Writer("TND")
    assert writer.line(line("TND"), Fraction(3), Fraction("10.0505"), Fraction(1)) == 30152
    assert minor_units("TND") == minor_units("JOD") == 1000


@given(
    st.lists(st.tuples(st.fractions(0, 10**6, max_denominator=3600), st.decimals(-1000, 1000, places=4)), max_size=20)
)
def test_at_rate_one_the_books_say_what_is_invoiced(rows):
    writer = Writer("USD")
    for quantity, price in rows:
        writer.line(line("EUR"), quantity, Fraction(price), Fraction(1))
    ledger = writer.ledger()
    assert ledger.invoiced.tolist() == ledger.amount.tolist()
    assert sum(ledger.amount.tolist()) == sum(rounded(q * Fraction(p) * 100) for q, p in rows)
