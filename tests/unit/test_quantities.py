"""Quantities as planners write them."""

from datetime import date, datetime, time
from fractions import Fraction

import pytest

from ccsim import quantities as q


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("20 s", 20),
        ("20s", 20),
        ("6 min", 360),
        ("1.5 h", 5400),
        ("12 hours", 43_200),
        ("2 days", 172_800),
        ("1 week", 604_800),
        ("1 year", 31_557_600),
        ("1 h 30 min", 5400),
        ("0 s", 0),
        (".5 min", 30),
        ("1.2e2 s", 120),
    ],
)
def test_durations_are_seconds(written, seconds):
    assert q.duration(written) == seconds


@pytest.mark.parametrize(
    ("parse", "written", "sentence"),
    [
        (q.duration, 360, "360 has no unit; write for example 360 s or 360 min"),
        (q.duration, "360", "360 is not a duration"),
        (q.duration, "-5 min", "-5 min is negative"),
        (q.duration, "5 m", "m may mean minutes or months; write min"),
        (q.duration, "5 parsecs", "parsecs is not a unit of time"),
        (q.duration, "1,5 h", "has a comma; write a decimal point"),
        (q.duration, True, "true is not a duration"),
        (q.duration, "9" * 400 + " s", "too large"),
        (q.duration, "200 years", "is longer than 100 years"),
        (q.duration, "6 months", "months differ in length"),
        (q.duration, "9999 weeks", "longer than 100 years"),
        (q.share, 32, "32 is not a share; write 32% or 0.32"),
        (q.share, "120%", "must lie between 0% and 100%"),
        (q.share, "a lot", "a lot is not a share"),
        (q.cv, 32, "did you mean 32%"),
        (q.cv, "big", "big is not a coefficient of variation"),
        (q.cv, -1, "must lie between 0 and 10"),
        (q.factor, "12%", "12% is not a factor; write for example x1.12"),
        (q.factor, 0, "must be more than 0"),
        (q.level, "half", "half is not a level"),
        (q.wall_time, "25:00", "hours go from 00 to 23"),
        (q.wall_time, "8pm", "24-hour clock"),
        (q.wall_time, 8, "8 is not a time of day"),
        (q.stretch, "08:00", "08:00 is not a stretch of the day"),
        (q.days, "mon-fry", "mon-fry is not a day of the week.*did you mean fri"),
        (q.days, (), "no day is named"),
        (q.rate, 12, "12 has no time; write for example 12 per hour"),
        (q.rate, "12 hour", "12 hour is not a rate"),
        (q.rate, "12 per 0 s", "must be more than 0"),
        (q.weekly_volume, 5200, "5200 has no unit; write 5200 per week"),
        (q.money_per_hour, "320 PHP", "320 PHP is not a wage"),
        (q.money_per_hour, 320, "320 is not a wage"),
        (q.contacts_per_month, 4000, "4000 is not a number of contacts per month; write for example 4000 per month"),
        (q.contacts_per_month, "4000 per week", "4000 per week is not a number of contacts per month"),
        (q.money_per_month, "420 USD", "write amount, currency and month, for example 420 USD per month"),
        (q.money, "1800", "1800 is not an amount of money; write amount and currency, for example 1800 USD"),
        (q.money, "1,800 USD", "has a comma"),
        (q.money, "1e999999999 USD", "too large a number"),
        (q.money, "0e-999999999 USD", "too many digits"),
        (q.money, "1e16 USD", "too large a number"),
        (q.exact_share, "x1.2", "x1.2 is not a share"),
        (q.exact_factor, "12%", "12% is not a factor"),
        (q.exact_level, "half", "half is not a level"),
        (q.share_per_year, "3%", "3% is not a share per year; write for example 3% per year"),
        (q.zone, "Asia/Manilla", "did you mean Asia/Manila"),
        (q.zone, "manila", "did you mean Asia/Manila"),
        (q.zone, "../etc", "is not a time zone"),
        (q.points, "1 %", "1 % is not a number of points"),
        (q.points, "0 points", "more than 0"),
        (q.service_level, "80%", "80% is not a service level"),
        (q.service_level, "80 in 20 s", "80 is not a share"),
        (q.rotation, "4/2", "4/2 is not a rotation"),
        (q.day, "02.03.2026", "is not a date"),
        (q.moment, "2026-03-02T08:00Z", "has an offset"),
        (q.moment, "soon", "soon is not a date and time"),
    ],
)
def test_mistakes_are_told_with_what_to_write(parse, written, sentence):
    with pytest.raises(ValueError, match=sentence):
        parse(written)


@pytest.mark.parametrize(
    ("written", "value"),
    [("80 %", 0.8), ("80%", 0.8), (0.8, 0.8), (1, 1.0), (0, 0.0), ("0.5%", 0.005)],
)
def test_shares_lie_between_0_and_1(written, value):
    assert q.share(written) == pytest.approx(value)


def test_factors_levels_and_variations():
    assert q.factor("x1.12") == q.factor(1.12) == 1.12
    assert q.level("40%") == q.level("x0.4") == q.level(0.4) == 0.4
    assert q.cv("8%") == q.cv(0.08) == 0.08
    assert q.cv(1.4) == 1.4


def test_money_is_read_as_written():
    """An amount goes into sums that add up to the cent: a tenth must be a tenth, which no binary number is."""
    assert q.money("0.1 usd") == q.Amount(Fraction(1, 10), "USD")
    assert q.money_per_month("420.05 USD / month") == q.Amount(Fraction(42_005, 100), "USD")
    assert q.money_per_hour("3.2e2 PHP/h") == q.Amount(Fraction(320), "PHP")
    assert q.exact_share("28.3%") == q.exact_share(0.283) == Fraction(283, 1000)
    assert q.exact_level("130 %") == q.exact_level("x1.3") == q.exact_level(1.3) == Fraction(13, 10)
    assert q.exact_factor("x1.08") == Fraction(27, 25)
    assert q.contacts_per_month("4000.5 / month") == Fraction(8001, 2)
    assert q.share_per_year("3% per year") == Fraction(3, 100)


def test_midnight_at_the_end_of_the_day_is_24_00():
    assert q.wall_time("24:00") == q.wall_time("00:00") == time(0)
    assert q.stretch("08:00-24:00") == (time(8), time(0))


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("sat, sun", (5, 6)),
        ("daily", tuple(range(7))),
        ("fri-mon", (0, 4, 5, 6)),
        (("mon", "wednesday"), (0, 2)),
        ("weekend", (5, 6)),
        ("Sun", (6,)),
    ],
)
def test_days_count_from_monday(written, days):
    assert q.days(written) == days


def test_rates_are_per_second_and_volumes_per_week():
    assert q.rate("12 per hour") == pytest.approx(12 / 3600)
    assert q.rate("10/min") == pytest.approx(1 / 6)
    assert q.rate("100 per 30 min") == pytest.approx(100 / 1800)
    assert q.rate("2 per year") == pytest.approx(2 / (365.25 * 86_400))
    assert q.weekly_volume("5200 per week") == pytest.approx(5200)


def test_the_rest_reads_as_written():
    assert q.money_per_hour("320 PHP per hour") == q.money_per_hour("320 php/h") == q.Amount(Fraction(320), "PHP")
    assert q.points("1 point") == 0.01
    assert q.service_level("80% in 20 s") == q.service_level("0.8 within 20 s") == (0.8, 20.0)
    assert q.rotation("4 on 2 off") == (4, 2)
    assert q.day("2026-03-02") == date(2026, 3, 2)
    assert q.moment("2026-03-02 08:00") == datetime(2026, 3, 2, 8)
    assert q.zone("Asia/Kolkata") == "Asia/Kolkata"


@pytest.mark.parametrize(("words", "told"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_lists_read_like_speech(words, told):
    assert q.all_of(words) == told
    assert q.either(words) == told.replace("and", "or")
