"""When contacts arrive: Poisson around the forecast, or exactly as recorded."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import pytest
from scipy import stats

from ccsim.chance import draw
from ccsim.chance.arrivals import day_factors
from ccsim.chance.streams import Streams
from ccsim.plan import DemandKind
from tests.tiny_plan import DAY, FIRST_DATE, HOUR, TinyType, tiny_plan

FALSE_ALARMS = 1e-5
"""Of each statistical test here. The seed of a case is its name."""


def seed(case: str) -> int:
    return crc32(case.encode())


def test_counts_are_poisson():
    """Counts of 2,000 hours: mean by a normal test, dispersion by chi-square, both sides."""
    plan = tiny_plan((TinyType(per_day=24 * 5.0),), days=84)
    hours = np.bincount(draw(plan, seed("poisson"), 0).visits.arrived // HOUR, minlength=84 * 24)
    spread = np.sum((hours - hours.mean()) ** 2) / hours.mean()
    assert FALSE_ALARMS / 2 < stats.chi2.cdf(spread, len(hours) - 1) < 1 - FALSE_ALARMS / 2
    assert abs(stats.norm.ppf(FALSE_ALARMS / 2)) > abs(hours.sum() - 5 * len(hours)) / (5 * len(hours)) ** 0.5


def test_arrivals_follow_the_forecast_within_the_day():
    """Rates 1 : 3 with a hole between: conversely transformed, arrivals are uniform; the hole is empty."""
    plan = tiny_plan(
        (TinyType(per_day=500.0, pieces=((8.0, 10.0, 1.0), (12.0, 13.0, 3.0), (13.0, 14.0, 0.0))),), days=20
    )
    hour = draw(plan, seed("pieces"), 0).visits.arrived % DAY / HOUR
    share = np.interp(hour, [8.0, 10.0, 12.0, 13.0], [0.0, 0.25, 0.25, 1.0])
    assert stats.kstest(share, "uniform").pvalue > FALSE_ALARMS
    assert not np.any((hour > 10) & (hour < 12) | (hour > 13) | (hour < 8))


def test_gaps_are_exponential():
    """A Poisson process, not only Poisson counts."""
    arrived = draw(tiny_plan((TinyType(per_day=3000.0),), days=2), seed("gaps"), 0).visits.arrived
    assert stats.kstest(np.diff(arrived) / DAY * 3000.0, "expon").pvalue > FALSE_ALARMS


def test_a_day_factor_spreads_counts_beyond_poisson():
    """Variance of daily counts = mean + (mean cv)**2; a factor that is not applied would give the mean alone."""
    plan = tiny_plan((TinyType(per_day=400.0, day_cv=0.2),), days=700)
    daily = np.bincount(draw(plan, seed("day factor"), 0).visits.arrived // DAY, minlength=700)
    assert daily.var() == pytest.approx(400 + 80**2, rel=0.25)
    assert daily.mean() == pytest.approx(400, rel=0.05)


def test_actual_demand_is_so_many_times_the_forecast_which_stays():
    """The mean count of 500 days by a normal test; the forecast and the sequence of customers are the same."""
    usual, more = (tiny_plan((TinyType(per_day=200.0, actual=actual),), days=500) for actual in (1.0, 1.3))
    count = len(draw(more, seed("actual"), 0).visits.arrived)
    assert abs(stats.norm.ppf(FALSE_ALARMS / 2)) > abs(count - 130_000) / 130_000**0.5
    assert np.array_equal(usual.forecast.piece_contacts, more.forecast.piece_contacts)
    assert set(draw(usual, seed("actual"), 0).visits.number) < set(draw(more, seed("actual"), 0).visits.number)


def test_types_of_a_group_rise_together_and_others_do_not():
    types = (
        TinyType("a", day_cv=0.1, day_group="all"),
        TinyType("b", day_cv=0.3, day_group="all"),
        TinyType("c", day_cv=0.1, day_group="c"),
    )
    plan = tiny_plan(types, days=30)
    a, b, c = (day_factors(plan, Streams(3, 0), type_) for type_ in range(3))
    assert np.array_equal(np.argsort(a), np.argsort(b))
    assert b.std() > 2 * a.std()
    assert abs(np.corrcoef(a, c)[0, 1]) < 0.9


def test_a_forecast_error_is_one_for_its_period():
    factors = day_factors(tiny_plan((TinyType(error_cv=0.2),), days=21), Streams(3, 0), 0)
    assert [len(set(factors[week : week + 7])) for week in (0, 7, 14)] == [1, 1, 1]
    assert len(set(factors)) == 3


def test_recorded_counts_are_what_happened():
    """Exactly as many in each interval, uniform within it, in order."""
    pieces = ((8.0, 8.5, 40.0), (8.5, 9.0, 0.0), (9.0, 9.5, 160.0))
    plan = tiny_plan((TinyType(kind=DemandKind.COUNTS, per_day=200.0, pieces=pieces),), days=10)
    arrived = draw(plan, seed("counts"), 0).visits.arrived
    half_hours = np.bincount(arrived // (HOUR // 2), minlength=480).reshape(10, 48)
    assert np.all(half_hours[:, [16, 17, 18]] == [40, 0, 160])
    assert half_hours.sum() == 2000
    assert stats.kstest(arrived % (HOUR // 2) / (HOUR // 2), "uniform").pvalue > FALSE_ALARMS


def test_recorded_times_are_taken_as_they_are():
    times = (5, 7 * HOUR, 7 * HOUR, DAY + 3, 3 * DAY - 1)
    visits = draw(tiny_plan((TinyType(kind=DemandKind.TIMES, times=times),), days=3), 1, 0).visits
    assert visits.arrived.tolist() == list(times)
    dates = [FIRST_DATE, FIRST_DATE, FIRST_DATE, FIRST_DATE + 1, FIRST_DATE + 2]
    numbers = [(date << 24) + n for date, n in zip(dates, [0, 1, 2, 0, 0], strict=True)]
    assert visits.number.tolist() == numbers


def test_the_opening_backlog_has_waited_already():
    visits = draw(tiny_plan((TinyType(per_day=0.0, backlog=(HOUR, 3 * HOUR)),)), 1, 0).visits
    assert visits.arrived.tolist() == [-3 * HOUR, -HOUR]
    assert visits.number.tolist() == [-2, -1]


def test_a_type_without_demand_has_no_visits():
    assert len(draw(tiny_plan((TinyType(per_day=0.0),)), 1, 0).visits.type) == 0
