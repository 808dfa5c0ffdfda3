"""Readings of the wall clock against ticks, across the clock changes of 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest

from ccsim.calendar.clock import DAY, SECOND, WallClock, reading, wall_clock, weekday
from ccsim.calendar.spans import Spans
from ccsim.calendar.zones import offsets
from ccsim.errors import ConfigError

HOUR = 3600 * SECOND
EPOCH = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
CHANGES = {
    "America/New_York": ("2026-03-08 02:00", "2026-11-01 01:00"),
    "Europe/London": ("2026-03-29 01:00", "2026-10-25 01:00"),
    "Australia/Sydney": ("2026-10-04 02:00", "2026-04-05 02:00"),
}
"""First skipped and first repeated reading of each zone in 2026; an hour each."""
FIXED = {"Asia/Manila": 8.0, "Asia/Kolkata": 5.5, "America/Bogota": -5.0, "Africa/Johannesburg": 2.0}


def clock(zone: str) -> WallClock:
    return wall_clock(zone, EPOCH, 2025, 2027)


def at(zone: str, wall: str) -> int:
    return int(clock(zone).at(reading(datetime.fromisoformat(wall))))


def hours(zone: str, begins: str, ends: str) -> float:
    return (at(zone, ends) - at(zone, begins)) / HOUR


@pytest.mark.parametrize(
    ("begins", "ends", "lasts"),
    [
        ("2026-03-07 22:00", "2026-03-08 06:00", 7),
        ("2026-03-08 22:00", "2026-03-09 06:00", 8),
        ("2026-10-31 22:00", "2026-11-01 06:00", 9),
    ],
)
def test_a_new_york_night_shift_follows_the_clock_change(begins: str, ends: str, lasts: int) -> None:
    """Rule 1: 22:00-06:00 lasts 7 h on 7 March 2026 and 9 h on 31 October 2026."""
    assert hours("America/New_York", begins, ends) == lasts


@pytest.mark.parametrize("zone", CHANGES)
def test_the_day_of_a_clock_change_has_23_or_25_hours(zone: str) -> None:
    """Midnight to midnight, in each zone that changes, on its own dates."""
    for wall, lasts in zip(CHANGES[zone], (23, 25), strict=True):
        day = datetime.fromisoformat(wall).date()
        begins, ends = clock(zone).midnight([day.toordinal(), day.toordinal() + 1])
        assert (ends - begins) / HOUR == lasts


@pytest.mark.parametrize("zone", FIXED)
def test_fixed_zones_never_change(zone: str) -> None:
    """One stretch of constant offset in three years, half hours included."""
    assert len(clock(zone).begins) == 1
    assert clock(zone).utc_offset([0, 200 * DAY]).tolist() == [FIXED[zone] * 3600] * 2


@pytest.mark.parametrize("zone", CHANGES)
def test_a_skipped_reading_takes_the_offset_from_before_the_change(zone: str) -> None:
    """Half past a skipped hour is an hour later on the clock, half an hour after the change."""
    skipped = CHANGES[zone][0].replace(":00", ":30")
    an_hour_later = (datetime.fromisoformat(skipped) + timedelta(hours=1)).isoformat()
    assert at(zone, skipped) == at(zone, an_hour_later)


@pytest.mark.parametrize("zone", CHANGES)
def test_a_repeated_reading_means_the_first_unless_said(zone: str) -> None:
    """And the second pass is an hour later."""
    repeated = reading(datetime.fromisoformat(CHANGES[zone][1]))
    first = clock(zone).at(repeated)
    again = clock(zone).at(repeated, np.array(True))
    assert again - first == HOUR
    assert clock(zone).reading(first) == clock(zone).reading(again) == repeated
    assert not clock(zone).is_repeat(first)
    assert clock(zone).is_repeat(again)


def test_again_means_nothing_where_a_reading_comes_once() -> None:
    """An ordinary reading, a skipped one, and one after the last known change."""
    new_york = clock("America/New_York")
    walls = ["2026-06-01 12:00", CHANGES["America/New_York"][0], "2027-12-31 12:00"]
    readings = [reading(datetime.fromisoformat(wall)) for wall in walls]
    assert (new_york.at(readings, np.array([True] * 3)) == new_york.at(readings)).all()


def test_known_instants_in_utc() -> None:
    """Against the published times of the changes in New York: 07:00 and 06:00 UTC."""
    changes = dict(offsets("America/New_York", 2026, 2026))
    assert changes == {
        int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()): -5 * 3600,
        int(datetime(2026, 3, 8, 7, tzinfo=UTC).timestamp()): -4 * 3600,
        int(datetime(2026, 11, 1, 6, tzinfo=UTC).timestamp()): -5 * 3600,
    }


def test_a_change_at_midnight_still_gives_every_date_a_begin() -> None:
    """Havana skips 00:00-01:00 on 8 March 2026: the date begins at 01:00, as the skipped hour would have."""
    havana = clock("America/Havana")
    begins = havana.midnight(date(2026, 3, 8).toordinal())
    assert havana.show(int(begins)) == "2026-03-08 01:00"
    assert havana.show(int(begins) - 60 * SECOND) == "2026-03-07 23:59"


def test_moments_with_an_offset_are_taken_by_it() -> None:
    """Whatever the zone of the clock; without one, the clock's own."""
    manila = clock("Asia/Manila")
    moment = datetime(2026, 3, 8, 12, tzinfo=timezone(timedelta(hours=-5)))
    assert manila.instant(moment) == manila.instant(datetime(2026, 3, 9, 1)) == at("UTC", "2026-03-08 17:00")


def test_many_moments_are_as_one_by_one() -> None:
    """With offsets, without, and none at all."""
    new_york = clock("America/New_York")
    local = [datetime(2026, 11, 1, hour, 30) for hour in (0, 1, 2)]
    aware = [moment.replace(tzinfo=UTC) for moment in local]
    for moments in (local, aware, []):
        assert new_york.instants(moments).tolist() == [new_york.instant(moment) for moment in moments]


def test_no_time_has_no_dates() -> None:
    """Not even the date of its begin."""
    assert len(clock("UTC").dates(DAY, DAY)) == 0


def test_a_zone_that_only_the_operating_system_knows_is_refused() -> None:
    """``localtime`` is another zone on every machine."""
    with pytest.raises(ConfigError, match="localtime is not a time zone of the package tzdata"):
        offsets("localtime", 2026, 2026)


def test_parts_of_a_second_go_to_the_nearest_tick() -> None:
    """With and without an offset."""
    utc = clock("UTC")
    assert utc.instant(datetime(2026, 1, 1, 0, 0, 0, 500_000)) == SECOND // 2
    assert utc.instant(datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC)) == 1


def test_a_reading_tells_its_date() -> None:
    """Whole days of a reading are the ordinal of its date, wherever that is."""
    midnight_utc = 60 * DAY
    assert clock("Asia/Kolkata").date(midnight_utc - 1) == clock("UTC").date(midnight_utc)
    assert date.fromordinal(int(clock("America/Bogota").date(midnight_utc))) == date(2026, 3, 1)
    assert weekday(np.array([date(2026, 3, 2).toordinal(), date(2026, 3, 8).toordinal()])).tolist() == [0, 6]


@pytest.mark.parametrize("zone", CHANGES)
@pytest.mark.parametrize(("change", "lasts"), [(0, 0), (1, 2)])
def test_a_window_counts_a_repeated_hour_twice_and_a_skipped_one_not_at_all(zone: str, change: int, lasts: int) -> None:
    """Exactly the hour of the change, on the day of the change."""
    begins = reading(datetime.fromisoformat(CHANGES[zone][change]))
    window = Spans(np.array([begins]), np.array([begins + HOUR]))
    assert clock(zone).windows(window, 0, 365 * DAY).measure == lasts * HOUR


def test_a_window_across_the_end_of_a_repeated_hour_comes_in_two_parts() -> None:
    """01:30-02:30 in New York on 1 November 2026 covers both passes: the first cut short, half an hour between them."""
    begins = reading(datetime(2026, 11, 1, 1, 30))
    found = clock("America/New_York").windows(Spans(np.array([begins]), np.array([begins + HOUR])), 0, 365 * DAY)
    first = at("America/New_York", "2026-11-01 01:30")
    assert found.begins.tolist() == [first, first + HOUR]
    assert found.ends.tolist() == [first + HOUR // 2, first + 2 * HOUR]


def test_pieces_say_whose_span_they_are_and_keep_to_the_asked_time() -> None:
    """In ascending order of time, clipped, the spans of the wall clock in any order."""
    utc = clock("UTC")
    base = reading(date(2026, 1, 1))
    spans = Spans(base + np.array([5, 0, 9]) * HOUR, base + np.array([7, 2, 20]) * HOUR)
    found, row = utc.pieces(spans, 1 * HOUR, 10 * HOUR)
    assert row.tolist() == [1, 0, 2]
    assert (found.begins // HOUR).tolist() == [1, 5, 9]
    assert (found.ends // HOUR).tolist() == [2, 7, 10]


def test_nothing_asked_nothing_found() -> None:
    """An empty time, and no spans at all."""
    utc = clock("UTC")
    nothing = Spans(np.empty(0, np.int64), np.empty(0, np.int64))
    always = Spans(np.array([0]), np.array([1 << 60]))
    assert len(utc.windows(always, 5, 5).begins) == 0
    assert len(utc.windows(nothing, 0, DAY).begins) == 0


def test_follow_the_sun_coverage_gaps_move_with_the_clock_change() -> None:
    """
    New York 09:00-21:00 and Manila 09:00-21:00: an hour is open in winter, none in summer.

    Manila works 01:00-13:00 UTC all year, New York 14:00-02:00 in winter and 13:00-01:00 in summer.
    """

    def worked(zone: str, day: date) -> Spans:
        dates = np.array([day.toordinal() - 1, day.toordinal(), day.toordinal() + 1]) * DAY
        low, high = clock("UTC").midnight([day.toordinal(), day.toordinal() + 1]).tolist()
        return clock(zone).windows(Spans(dates + 9 * HOUR, dates + 21 * HOUR), low, high)

    def covered(day: date) -> float:
        both = [worked("America/New_York", day), worked("Asia/Manila", day)]
        begins, ends = (np.concatenate([getattr(one, name) for one in both]) for name in ("begins", "ends"))
        return Spans(begins, ends).merged().measure / HOUR

    assert covered(date(2026, 3, 6)) == 23
    assert covered(date(2026, 3, 9)) == 24
