"""Numbers as people read them."""

from math import nan

import pytest

from ccsim.report import numbers


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.783, "78.3 %"), (1.0, "100 %"), (0.0, "0 %"), (0.99996, "99.9 %"), (0.00001, "0.1 %"), (-0.02, "-2.0 %")],
)
def test_only_all_is_100_percent_and_only_nothing_is_0(share, text):
    """A rounded 100 % would promise what did not happen."""
    assert numbers.percent(share) == text


def test_percent_without_decimals_never_reaches_100_by_rounding():
    assert numbers.percent(0.999, 0) == "99 %"


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (0.0, "0 s"),
        (4.24, "4.2 s"),
        (20.0, "20 s"),
        (90.0, "90 s"),
        (150.0, "2.5 min"),
        (7200.0, "2 h"),
        (54000, "15 h"),
    ],
)
def test_a_duration_is_told_in_the_unit_one_would_say(duration, text):
    assert numbers.seconds(duration) == text


def test_days_from_two_days_on():
    assert numbers.seconds(2 * 86400) == "2 days"
    assert numbers.seconds(47 * 3600) == "47 h"


def test_a_difference_of_shares_is_told_in_points_without_a_signed_zero():
    assert numbers.difference(0.0312, "share") == "+3.1"
    assert numbers.difference(-0.0001, "share") == "0.0"


def test_a_difference_of_money_keeps_sign_and_currency():
    assert numbers.difference(-39820.4, "USD") == "-39,820 USD"
    assert numbers.difference(0.5, "USD") == "+0.50 USD"


def test_differences_in_a_column_keep_one_unit():
    assert [numbers.signed(number, "s") for number in (-126.4, -4.06, 0.01, nan)] == ["-126", "-4.1", "0", "-"]


def test_an_interval_says_its_unit_once():
    assert numbers.span(0.775, 0.791, "share") == "77.5 to 79.1 %"
    assert numbers.span(227961, 228332, "USD") == "227,961 to 228,332 USD"
    assert numbers.span(100.0, 150.0, "s") == "100 s to 2.5 min"


def test_no_interval_is_told_where_there_is_none():
    assert numbers.span(nan, nan, "share") == ""


@pytest.mark.parametrize("unit", ["share", "s", "hours", "USD", "contacts"])
def test_a_missing_value_is_a_dash_in_every_unit(unit):
    assert numbers.value(nan, unit) == numbers.difference(nan, unit) == "-"
