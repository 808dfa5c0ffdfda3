"""Pools staffed by a number of agents."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ccsim.errors import ConfigError
from ccsim.model.table import IntervalTable
from tests.small_center import HOUR, POOL, SITE, in_hours, planned

if TYPE_CHECKING:
    from ccsim.plan import Plan


def staffed(staffing: Any, **parts: Any) -> Plan:
    """One pool with this staffing."""
    return planned(pools={"care": {"site": "here", "handles": {"calls": {}}, "staffing": staffing}}, **parts)


def number_at(found: Plan, hour: float) -> int:
    """Agents at an hour of the simulation."""
    row = np.searchsorted(found.heads.begins, hour * HOUR, side="right") - 1
    return int(found.heads.number[row])


def table(start: str, hours: int, agents: list[int], **keys: Any) -> dict[str, Any]:
    """A staffing table in UTC with rows of this many hours."""
    begin = np.datetime64(start)
    starts = tuple(str(begin + np.timedelta64(hours * row, "h")) for row in range(len(agents)))
    rows = tuple(range(2, len(agents) + 2))
    return {"table": IntervalTable("heads.csv", rows, starts, tuple(map(float, agents)), **keys)}


def test_a_number_starts_anew_at_every_local_midnight() -> None:
    """Absence is drawn per agent and local date."""
    found = staffed(3, sites={"here": {**SITE, "timezone": "Asia/Kolkata"}})
    assert in_hours(found.heads.begins)[:3] == [0, 18.5, 42.5]
    assert set(found.heads.number.tolist()) == {3}
    assert found.heads.date[:2].tolist() == [date(2026, 6, 1).toordinal(), date(2026, 6, 2).toordinal()]
    assert len(found.agents.pool) == 3
    assert not len(found.shifts.agent)


def test_weekly_numbers_follow_the_wall_clock() -> None:
    """A number beyond midnight belongs to the weekday of its begin; nobody where nothing is said."""
    found = staffed({"mon-tue": {"08:00-16:00": 10, "16:00-20:00": 6}, "sun": {"22:00-06:00": 2}})
    assert [number_at(found, hour) for hour in (0, 6, 8, 16, 20, 24, 32, 48, 6 * 24 + 23, 7 * 24 + 5)] == [
        2,
        0,
        10,
        6,
        0,
        0,
        10,
        0,
        2,
        2,
    ]
    assert len(found.agents.pool) == 10


def test_a_repeated_hour_is_staffed_twice_and_a_skipped_one_not_at_all() -> None:
    """01:00-02:00 in New York on 1 November, 02:00-03:00 on 8 March, in hours of the simulation."""
    new_york = {"sites": {"here": {**SITE, "timezone": "America/New_York"}}}
    for start, hour, lasts in (("2026-11-01", "01:00-02:00", 2), ("2026-03-08", "02:00-03:00", 0)):
        calendar = {"start": start, "days": 1, "timezone": "America/New_York", "run_on": "0 s"}
        found = staffed({"sun": {hour: 1}}, calendar=calendar, **new_york)
        ends = np.append(found.heads.begins[1:], found.run_end)
        assert ((ends - found.heads.begins) @ found.heads.number) / HOUR == lasts


def test_holidays_of_the_site_take_away_what_begins_on_them() -> None:
    """All day of a constant number; of weekly ones the night before goes on into the holiday."""
    site = {"here": {**SITE, "holidays": {"dates": ["2026-06-02"]}}}
    constant = staffed(3, sites=site)
    assert [number_at(constant, hour) for hour in (23, 24, 47, 48)] == [3, 0, 0, 3]
    nights = staffed({"daily": {"22:00-06:00": 3}}, sites=site)
    assert [number_at(nights, hour) for hour in (23, 29, 30, 47, 71)] == [3, 3, 0, 0, 3]


def test_a_table_holds_from_row_to_row() -> None:
    """Eight-hour rows over the counted week."""
    found = staffed(table("2026-06-01T00:00", 8, [1, 5, 3] * 7))
    assert [number_at(found, hour) for hour in (0, 7, 8, 16, 24, 32)] == [1, 1, 5, 3, 1, 5]


def test_a_table_goes_on_week_by_week_before_and_after_its_rows() -> None:
    """Whoever is still waiting after the counted week is served by the same roster; a longer warm-up has it too."""
    agents = list(range(1, 22))
    calendar = {"start": "2026-06-01", "days": 7, "timezone": "UTC", "warm_up": "8 days", "run_on": "8 days"}
    found = staffed(table("2026-06-01T00:00", 8, agents), calendar=calendar)
    first = 8 * 24
    for hour in range(0, 23 * 24, 8):
        assert number_at(found, hour) == agents[(hour - first) // 8 % 21]


def test_a_table_of_ten_days_goes_on_with_its_first_and_its_last_week() -> None:
    """By weekday: the 11th day is like the 4th, the day before the 1st like the 7th."""
    calendar = {"start": "2026-06-01", "days": 10, "timezone": "UTC", "warm_up": "8 days", "run_on": "8 days"}
    found = staffed(table("2026-06-01T00:00", 24, list(range(1, 11))), calendar=calendar)
    days = [number_at(found, 24 * day) for day in range(26)]
    assert days == [7, *range(1, 8), *range(1, 11), *range(4, 11), 4]
    assert len(found.agents.pool) == 10


def test_a_short_table_goes_on_day_by_day() -> None:
    """A table of one day, before and after it."""
    calendar = {"start": "2026-06-01", "days": 1, "timezone": "UTC", "warm_up": "1 day"}
    found = staffed(table("2026-06-01T00:00", 12, [1, 2]), calendar=calendar)
    assert [number_at(found, hour) for hour in range(0, 96, 12)] == [1, 2] * 4


def test_missing_zero_means_nobody_beyond_the_table() -> None:
    """Said by the planner."""
    found = staffed(table("2026-06-01T08:00", 8, [4], zero_where_missing=True))
    assert [number_at(found, hour) for hour in (0, 8, 24 + 8, 24 * 7 + 8)] == [0, 4, 0, 0]


def test_a_table_must_cover_the_counted_period() -> None:
    """The error says what is missing."""
    with pytest.raises(ConfigError, match=r"heads\.csv has no rows for 2026-06-03 00:00 to 2026-06-08 00:00 \(UTC\)"):
        staffed(table("2026-06-01T00:00", 24, [1, 1]))


def test_pools_of_both_kinds_stand_side_by_side() -> None:
    """No heads for a pool with shifts."""
    found = planned(pools={"a": POOL, "b": {"site": "here", "handles": {"calls": {}}, "staffing": 1}})
    assert found.heads.offset.tolist() == [0, 0, 9]
    assert found.agents.pool.tolist() == [0, 0, 1]
