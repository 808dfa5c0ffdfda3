"""Forecasts, recorded contacts, opening backlog (rule 2)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ccsim.errors import ConfigError
from ccsim.model.table import IntervalTable, TimesTable
from ccsim.plan import DemandKind
from tests.small_center import DAY, EMAIL, HOUR, PHONE, SITE, in_hours, planned, with_demand

if TYPE_CHECKING:
    from ccsim.plan import Forecast, Plan

MONDAY = date(2026, 6, 1).toordinal()
NEW_YORK = "America/New_York"
SPRING = {"start": "2026-03-08", "days": 1, "timezone": NEW_YORK, "run_on": "0 s"}
AUTUMN = {"start": "2026-11-01", "days": 1, "timezone": NEW_YORK, "run_on": "0 s"}
HOURS = [1.0] * 24


def expected(found: Plan, low: float = 0, high: float = 1e9) -> float:
    """Expected contacts of pieces that begin between two hours of the simulation."""
    begins = found.forecast.piece_from / HOUR
    return float(found.forecast.piece_contacts[(begins >= low) & (begins < high)].sum())


def table(starts: list[str], contacts: list[float], **columns: Any) -> IntervalTable:
    """An interval table as it was read."""
    return IntervalTable("calls.csv", tuple(range(2, len(starts) + 2)), tuple(starts), tuple(contacts), **columns)


def hourly(day: str, contacts: list[float], **columns: Any) -> IntervalTable:
    """One row per hour from midnight of a day on."""
    starts = [str(np.datetime64(day, "h") + hour) for hour in range(len(contacts))]
    return table([f"{start}:00:00" for start in starts], contacts, **columns)


def test_pieces_are_ascending_and_lie_within_their_days() -> None:
    """Of every type, in the zone of its customers."""
    kinds = {
        "calls": {**PHONE, "demand": {"rate": "10 per hour", "timezone": "Asia/Kolkata"}},
        "mails": {**EMAIL, "demand": {"weekly": {"profile": {"daily": HOURS}, "volume": "1680 per week"}}},
    }
    pools = {"care": {"site": "here", "handles": {"calls": {}, "mails": {}}, "staffing": 1}}
    forecast = planned(contact_types=kinds, pools=pools).forecast
    assert (forecast.piece_from >= forecast.day_from[forecast.piece_day]).all()
    assert (forecast.piece_to <= forecast.day_to[forecast.piece_day]).all()
    for row in range(2):
        mine = slice(*forecast.piece_offset[row : row + 2])
        assert (np.diff(forecast.piece_from[mine]) > 0).all()
        days = slice(*forecast.day_offset[row : row + 2])
        assert set(forecast.piece_day[mine].tolist()) == set(range(days.start, days.stop))


def test_a_constant_rate_is_a_piece_a_day() -> None:
    """Days of Kolkata begin at 18:30 UTC; the first and the last are cut to the simulation."""
    forecast = planned(contact_types=with_demand({"rate": "10 per hour", "timezone": "Asia/Kolkata"})).forecast
    assert in_hours(forecast.piece_from)[:3] == [0, 18.5, 42.5]
    assert forecast.piece_contacts[:2].tolist() == pytest.approx([185, 240])
    assert forecast.day_date[:2].tolist() == [MONDAY, MONDAY + 1]
    assert forecast.day_to[-1] == 9 * DAY
    assert forecast.kind.tolist() == [DemandKind.POISSON]


def test_a_weekly_profile_divides_the_weekly_volume() -> None:
    """Weights 1 on weekdays, 3 on Saturday, none on Sunday: 5 x 24 + 3 x 24 = 192 parts of 960 contacts."""
    profile = {"mon-fri": HOURS, "sat": [3.0] * 24, "sun": 0}
    found = planned(contact_types=with_demand({"weekly": {"profile": profile, "volume": "960 per week"}}))
    assert expected(found, 0, 7 * 24) == pytest.approx(960)
    assert expected(found, 0, 1) == pytest.approx(5)
    assert expected(found, 5 * 24, 5 * 24 + 1) == pytest.approx(15)
    assert expected(found, 6 * 24, 7 * 24) == 0


@pytest.mark.parametrize(("calendar", "hours"), [(SPRING, 23), (AUTUMN, 25)])
def test_a_profile_is_not_renormalized_at_a_clock_change(calendar: dict[str, Any], hours: int) -> None:
    """A repeated hour counts twice, a skipped one not at all."""
    weekly = {"profile": {"daily": [1.0] * 48}, "volume": "1680 per week"}
    found = planned(calendar=calendar, contact_types=with_demand({"weekly": weekly}))
    assert expected(found) == pytest.approx(10 * hours)


def test_volume_by_week_is_named_by_its_monday() -> None:
    """The counted week and the one after it, into which the run-on reaches."""
    weekly = {"profile": {"daily": HOURS}, "volume_by_week": {"2026-06-01": 1680.0, "2026-06-08": 3360.0}}
    found = planned(contact_types=with_demand({"weekly": weekly}))
    assert expected(found, 0, 24) == pytest.approx(240)
    assert expected(found, 7 * 24, 8 * 24) == pytest.approx(480)


def test_volume_by_date_is_divided_by_the_weights_of_its_day() -> None:
    """Half of the day's weight lies in its last hour."""
    weekly = {
        "profile": {"daily": [*[1.0] * 23, 23.0]},
        "volume_by_date": {f"2026-06-0{day}": 100.0 * day for day in range(1, 8)},
    }
    found = planned(contact_types=with_demand({"weekly": weekly}))
    assert [expected(found, 24 * day, 24 * day + 24) for day in range(9)] == pytest.approx(
        [100, 200, 300, 400, 500, 600, 700, 0, 0]
    )
    assert expected(found, 23, 24) == pytest.approx(50)


@pytest.mark.parametrize(
    ("key", "volumes"), [("volume_by_week", {"2026-06-08": 5.0}), ("volume_by_date", {"2026-06-02": 5.0})]
)
def test_a_counted_date_without_volume_is_refused(key: str, volumes: dict[str, float]) -> None:
    """It would silently be a day without contacts."""
    demand = {"weekly": {"profile": {"daily": HOURS}, key: volumes}}
    with pytest.raises(ConfigError, match=rf"calls\.demand\.weekly\.{key}: no volume for 2026-06-01"):
        planned(contact_types=with_demand(demand))


def test_demand_that_starts_after_the_counted_period_needs_no_volume() -> None:
    """Nothing of it is counted."""
    weekly = {"profile": {"daily": HOURS}, "volume_by_week": {"2026-06-15": 5.0}}
    assert expected(planned(contact_types=with_demand({"weekly": weekly, "starts": "2026-06-08 00:00"}))) == 0


def test_rows_of_a_table_hold_for_their_interval() -> None:
    """And there is no demand before the first and after the last row."""
    calendar = {"start": "2026-06-01", "days": 1, "timezone": "UTC", "warm_up": "1 day"}
    found = planned(calendar=calendar, contact_types=with_demand({"table": hourly("2026-06-01", list(range(1, 25)))}))
    assert found.forecast.piece_contacts.tolist() == list(map(float, range(1, 25)))
    assert in_hours(found.forecast.piece_from) == list(range(24, 48))
    assert in_hours(found.forecast.piece_to) == list(range(25, 49))


def test_levels_are_means_over_that_of_the_law() -> None:
    """Handle time 5 min as written; of talk and wrap-up together; 1 in an empty interval."""
    calendar = {"start": "2026-06-01", "days": 1, "timezone": "UTC", "run_on": "0 s"}
    levels = {"handle_time_s": (300.0, 450.0, 0.0) * 8, "patience_s": (60.0, 30.0, 0.0) * 8}
    demand = {"table": hourly("2026-06-01", [1.0, 1.0, 1.0] * 8, **levels)}
    whole = planned(calendar=calendar, contact_types=with_demand(demand, patience={"exponential": "1 min"})).forecast
    assert whole.piece_handle_level[:3].tolist() == [1.0, 1.5, 1.0]
    assert whole.piece_patience_level[:3].tolist() == [1.0, 0.5, 1.0]
    split = {key: value for key, value in PHONE.items() if key != "handle_time"}
    split |= {"talk_time": {"exponential": "4 min"}, "wrap_up": {"exponential": "1 min"}, "demand": demand}
    forecast = planned(calendar=calendar, contact_types={"calls": split}).forecast
    assert forecast.piece_handle_level[:3].tolist() == [1.0, 1.5, 1.0]
    assert forecast.piece_patience_level[:3].tolist() == [1.0, 1.0, 1.0]


def test_a_table_that_leaves_out_counted_time_is_refused() -> None:
    """At both ends; the message names file, times and zone."""
    rows = [f"2026-06-0{day}T00:00" for day in range(2, 7)]
    message = (
        r"demand: calls\.csv has no rows for 2026-06-01 00:00 to 2026-06-02 00:00 and "
        r"2026-06-07 00:00 to 2026-06-08 00:00 \(UTC\)"
    )
    with pytest.raises(ConfigError, match=message):
        planned(contact_types=with_demand({"table": table(rows, [1.0] * 5)}))


def test_a_table_may_leave_out_what_is_said_to_be_zero() -> None:
    """Or what lies outside the declared start and end of demand."""
    rows = [f"2026-06-0{day}T00:00" for day in range(2, 7)]
    missing = planned(contact_types=with_demand({"table": table(rows, [1.0] * 5, zero_where_missing=True)}))
    within = {"table": table(rows, [1.0] * 5), "starts": "2026-06-02 00:00", "ends": "2026-06-07 00:00"}
    assert expected(missing) == expected(planned(contact_types=with_demand(within))) == 5


def test_a_table_at_a_clock_change_counts_a_row_once_twice_or_not_at_all() -> None:
    """
    In New York on 8 March a row at 02:00 never holds; on 1 November one at 01:00 holds in both passes.

    A table that has the hour twice says what each pass brings.
    """
    spring = planned(calendar=SPRING, contact_types=with_demand({"table": hourly("2026-03-08", [1.0] * 24)}))
    assert expected(spring) == 23
    once = [5.0 if hour == 1 else 1.0 for hour in range(24)]
    autumn = planned(calendar=AUTUMN, contact_types=with_demand({"table": hourly("2026-11-01", once)}))
    assert expected(autumn) == 23 + 5 + 5
    starts = [f"2026-11-01T{hour:02d}:00" for hour in (0, 1, 1, *range(2, 24))]
    twice = table(starts, [1.0, 5.0, 7.0, *[1.0] * 22])
    found = planned(calendar=AUTUMN, contact_types=with_demand({"table": twice}))
    assert found.forecast.piece_contacts[:4].tolist() == [1, 5, 7, 1]


def test_rows_with_an_offset_are_instants() -> None:
    """In the zone of Kolkata they lie across local midnight and are cut there, contacts in proportion."""
    calendar = {"start": "2026-06-01", "days": 1, "timezone": "UTC", "run_on": "0 s"}
    starts = [f"2026-06-01T{hour:02d}:00+00:00" for hour in range(24)]
    demand = {"table": table(starts, [10.0] * 24), "timezone": "Asia/Kolkata"}
    forecast = planned(calendar=calendar, contact_types=with_demand(demand)).forecast
    assert in_hours(forecast.piece_from)[17:21] == [17, 18, 18.5, 19]
    assert forecast.piece_contacts[17:21].tolist() == pytest.approx([10, 5, 5, 10])
    assert forecast.piece_day[17:21].tolist() == [0, 0, 1, 1]


def test_scale_holidays_start_and_end_multiply_and_cut() -> None:
    """Twice the rate, 30 % on Tuesday, from Monday noon to Wednesday 06:00; no contact comes back after the end."""
    demand = {
        "rate": "10 per hour",
        "scale": "x2",
        "holidays": {"dates": ["2026-06-02"], "demand": "30%"},
        "starts": "2026-06-01 12:00",
        "ends": "2026-06-03 06:00",
    }
    forecast = planned(contact_types=with_demand(demand)).forecast
    assert in_hours(forecast.piece_from) == [12, 24, 48]
    assert in_hours(forecast.piece_to) == [24, 48, 54]
    assert forecast.piece_contacts.tolist() == pytest.approx([240, 144, 120])


def test_a_holiday_is_a_date_of_the_customers() -> None:
    """US Independence Day, observed on 3 July, for customers in Manila's time zone begins at 16:00 UTC of the 2nd."""
    calendar = {"start": "2026-07-02", "days": 3, "timezone": "UTC", "run_on": "0 s"}
    demand = {"rate": "10 per hour", "timezone": "Asia/Manila", "holidays": {"country": "US"}}
    forecast = planned(calendar=calendar, contact_types=with_demand(demand)).forecast
    assert in_hours(forecast.piece_from) == [0, 64]
    assert in_hours(forecast.piece_to) == [16, 72]


def test_factors_of_chance_name_their_group_and_period() -> None:
    """Shared as one group, else the type's own stream; weeks are ISO weeks, months calendar months."""
    demand = {
        "rate": "10 per hour",
        "day_factor": {"cv": "8%", "shared_as": "weather"},
        "forecast_error": {"cv": "5%", "per": "month"},
    }
    calendar = {"start": "2026-06-29", "days": 7, "timezone": "UTC", "run_on": "0 s"}
    forecast = planned(calendar=calendar, contact_types=with_demand(demand, stream="old")).forecast
    assert (forecast.day_cv.tolist(), forecast.day_group) == ([0.08], ("weather",))
    assert (forecast.error_cv.tolist(), forecast.error_group) == ([0.05], ("old",))
    assert np.diff(forecast.day_period).tolist() == [0, 1, 0, 0, 0, 0]


def test_actual_demand_leaves_the_forecast_as_it_is() -> None:
    calendar = {"start": "2026-06-06", "days": 4, "timezone": "UTC", "run_on": "0 s"}
    surprised = with_demand({"rate": "10 per hour", "actual": "x1.15"})
    forecast = planned(calendar=calendar, contact_types=surprised).forecast
    assert forecast.actual.tolist() == [1.15]
    assert forecast.piece_contacts.sum() == pytest.approx(960)


def test_periods_of_forecast_error() -> None:
    """A week begins on Monday; a horizon is one period."""
    calendar = {"start": "2026-06-06", "days": 4, "timezone": "UTC", "run_on": "0 s"}

    def periods(per: str) -> list[int]:
        demand = {"rate": "10 per hour", "forecast_error": {"cv": "5%", "per": per}}
        return planned(calendar=calendar, contact_types=with_demand(demand)).forecast.day_period.tolist()

    assert np.diff(periods("week")).tolist() == [0, 1, 0]
    assert len(set(periods("horizon"))) == 1


def test_recorded_counts_stay_whole() -> None:
    """What happened: one piece a row, in the first pass of a repeated hour, at the offset before of a skipped one."""
    demand = {"recorded_counts": hourly("2026-11-01", [3.0] * 24)}
    forecast = planned(calendar=AUTUMN, contact_types=with_demand(demand)).forecast
    assert forecast.kind.tolist() == [DemandKind.COUNTS]
    assert forecast.piece_contacts.tolist() == [3.0] * 24
    assert in_hours(forecast.piece_from)[:4] == [0, 1, 3, 4]
    assert in_hours(forecast.piece_to)[:3] == [1, 2, 4]


def test_recorded_counts_of_both_passes() -> None:
    """A table that has the repeated hour twice fills the day."""
    starts = [f"2026-11-01T{hour:02d}:00" for hour in (0, 1, 1, *range(2, 24))]
    demand = {"recorded_counts": table(starts, list(map(float, range(1, 26))))}
    forecast = planned(calendar=AUTUMN, contact_types=with_demand(demand)).forecast
    assert in_hours(forecast.piece_from) == list(range(25))
    assert forecast.piece_contacts.tolist() == list(map(float, range(1, 26)))


def test_recorded_counts_are_not_cut_at_midnight() -> None:
    """A count cannot be halved: it belongs to the day of its begin."""
    calendar = {"start": "2026-06-01", "days": 1, "timezone": "UTC", "run_on": "0 s"}
    starts = [f"2026-06-01T{hour:02d}:00Z" for hour in range(24)]
    demand = {"recorded_counts": table(starts, [1.0] * 24), "timezone": "Asia/Kolkata"}
    forecast = planned(calendar=calendar, contact_types=with_demand(demand)).forecast
    assert in_hours(forecast.piece_from) == list(range(24))
    assert forecast.piece_day[18:20].tolist() == [0, 1]


def test_recorded_times_become_ticks() -> None:
    """Ascending, in or without an offset; those outside the simulation are left out; counted per planning interval."""
    times = ("2026-06-01T10:20:00", "2026-06-01T10:05:00.5", "2026-05-31T10:00:00", "2026-06-30T00:00:00")
    found = planned(contact_types=with_demand({"recorded_times": TimesTable("x.csv", (2, 3, 4, 5), times)}))
    assert in_hours(found.forecast.times) == [10 + 300.5 / 3600, 10 + 1 / 3]
    assert found.forecast.kind.tolist() == [DemandKind.TIMES]
    assert found.forecast.piece_contacts.tolist() == [2.0]
    assert in_hours(found.forecast.piece_from) == [10]
    assert in_hours(found.forecast.piece_to) == [10.5]


def test_recorded_contacts_outside_the_declared_demand_are_left_out() -> None:
    """Counts whose interval begins, and times that lie, before its start or at or after its end."""
    calendar = {"start": "2026-06-01", "days": 1, "timezone": "UTC", "run_on": "0 s"}
    within = {"starts": "2026-06-01 08:00", "ends": "2026-06-01 20:00"}
    counts = {"recorded_counts": hourly("2026-06-01", [1.0] * 24), **within}
    found = planned(calendar=calendar, contact_types=with_demand(counts)).forecast
    assert in_hours(found.piece_from) == list(range(8, 20))
    times = tuple(f"2026-06-01T{hour:02d}:00:00" for hour in range(24))
    demand = {"recorded_times": TimesTable("x.csv", tuple(range(2, 26)), times), **within}
    found = planned(calendar=calendar, contact_types=with_demand(demand)).forecast
    assert in_hours(found.times) == in_hours(found.piece_from) == list(range(8, 20))


def test_opening_backlog_is_spread_evenly_over_its_ages() -> None:
    """Four contacts, the oldest 8 hours old: 2, 4, 6 and 8 hours."""
    kinds = {"mails": {**EMAIL, "opening_backlog": {"contacts": 4, "oldest": "8 h"}}}
    pools = {"care": {"site": "here", "handles": {"mails": {}}, "staffing": 1}}
    forecast = planned(contact_types=kinds, pools=pools, sites={"here": SITE}).forecast
    assert in_hours(forecast.backlog_age) == [2, 4, 6, 8]
    assert forecast.backlog_offset.tolist() == [0, 4]


def test_counted_demand_does_not_depend_on_the_run_on() -> None:
    """Scenarios with different targets end at different times; contacts of a counted date must be the same in all."""
    weekly = {"weekly": {"profile": {"daily": list(map(float, range(24)))}, "volume": "1234 per week"}}

    def counted(run_on: str, demand: dict[str, Any]) -> Forecast:
        calendar = {"start": "2026-06-01", "days": 7, "timezone": NEW_YORK, "run_on": run_on}
        return planned(calendar=calendar, contact_types=with_demand(demand)).forecast

    for demand in (weekly, {"rate": "7 per hour"}):
        short, long = counted("1 h", demand), counted("77 h", demand)
        same = short.piece_to <= 7 * DAY
        assert np.array_equal(short.piece_contacts[same], long.piece_contacts[: same.sum()])
