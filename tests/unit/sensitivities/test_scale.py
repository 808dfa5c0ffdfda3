"""Numbers between two values, written as a planner would write them."""

from __future__ import annotations

import math

import pytest

from ccsim.sensitivities.scale import Scale

SCALES = {
    ("60%", "80 %"): ("%", 70.0, "70%"),
    ("15 USD per hour", "27 USD per hour"): ("USD per hour", 21.5, "21.5 USD per hour"),
    ("20% per year", "45% per year"): ("% per year", 32.5, "32.5% per year"),
    ("x1.00", "x1.25"): ("x", 1.125, "x1.125"),
    ("80% in 20 s", "80% in 60 s"): ("80% in  s", 40.0, "80% in 40 s"),
    ("30 s", "2 min"): ("s", 75.0, "75 s"),
    (0.0155, 0.0195): ("", 0.0175, 0.0175),
    (2, 6): ("", 4.0, 4),
}


@pytest.mark.parametrize(("ends", "expected"), SCALES.items())
def test_what_lies_between_is_written_like_the_ends(ends, expected):
    unit, number, written = expected
    scale = Scale.of(*ends)

    assert scale.unit == unit
    assert scale.written(number) == written
    assert type(scale.written(number)) is type(written)
    assert scale.number(written) == number


@pytest.mark.parametrize(
    "ends",
    [("80% in 20 s", "70% in 30 s"), ({"exponential": "4 min"}, {"exponential": "7 min"}), (1, "x2"), (True, False)],
)
def test_values_that_differ_in_more_than_a_number_have_nothing_between(ends):
    assert Scale.of(*ends) is None


def test_a_number_is_written_to_six_digits_without_an_exponent():
    scale = Scale.of("1000000 USD", "3000000 USD")

    assert scale.written(2_123_456.7) == "2123460 USD"
    assert Scale.of(0.00001, 0.00003).written(0.0000123456789) == 0.0000123457


def test_a_value_in_other_words_has_no_number_on_the_scale():
    assert math.isnan(Scale.of("60%", "80%").number("0.7 of all"))
    assert math.isnan(Scale.of(1, 2).number("x1.5"))
