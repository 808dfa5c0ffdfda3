"""Hours without anybody on duty, as people say them."""

from math import nan

import pandas as pd

from ccsim.report.gaps import Slot, stretches, told, week

HALF = 30


def slots(*gaps: tuple[int, int], weeks: int = 1, of: int = 1) -> list[Slot]:
    """A week of half-hours, always open, with gaps between these hours of the week."""
    return [
        Slot(begins, of, weeks if any(a * 60 <= begins < b * 60 for a, b in gaps) else 0)
        for begins in range(0, 7 * 24 * 60, HALF)
    ]


def words(found: list[Slot]) -> str:
    return told(stretches(found, HALF))


def test_the_same_hours_of_several_days_are_told_once():
    assert words(slots(*((24 * day + 2, 24 * day + 6) for day in range(5)))) == "mon-fri 02:00-06:00"


def test_two_days_are_joined_by_plus():
    assert words(slots((24 * 5 + 1, 24 * 5 + 2), (24 * 6 + 1, 24 * 6 + 2))) == "sat+sun 01:00-02:00"


def test_a_gap_over_midnight_is_one_gap():
    assert words(slots((22, 30))) == "mon 22:00-06:00"


def test_a_gap_over_the_end_of_the_week_is_one_gap():
    assert words(slots((0, 8), (24 * 4 + 20, 168))) == "fri 20:00 to mon 08:00"


def test_nobody_ever_is_told_as_always():
    assert words(slots((0, 168))) == "always"


def test_a_gap_of_some_weeks_says_of_how_many():
    assert words(slots((24 * 6 + 2, 24 * 6 + 3), weeks=1, of=4)) == "sun 02:00-03:00 (1 of 4 weeks)"


def test_no_gap_is_no_words():
    assert words(slots()) == ""


def test_a_week_is_folded_on_the_local_clock():
    """Clocks in New York change on 8 March 2026: 13:00 UTC is 08:00 before and 09:00 after."""
    starts = pd.to_datetime(["2026-03-02T13:00Z", "2026-03-09T13:00Z"], utc=True)
    found = week(pd.DataFrame({"interval_start_utc": starts, "mean": [0.0, 1.0]}), "America/New_York")
    assert found == [Slot(8 * 60, 1, 1), Slot(9 * 60, 1, 0)]


def test_an_hour_repeated_by_the_clock_is_one_week():
    """In New York on 1 November 2026 it is 01:30 twice; somebody is there the second time only."""
    starts = pd.to_datetime(["2026-11-01T05:30Z", "2026-11-01T06:30Z"], utc=True)
    found = week(pd.DataFrame({"interval_start_utc": starts, "mean": [0.0, 1.0]}), "America/New_York")
    assert found == [Slot((6 * 24 + 1) * 60 + 30, 1, 1)]


def test_closed_hours_are_neither_open_nor_a_gap():
    starts = pd.to_datetime(["2026-03-02T13:00Z"], utc=True)
    assert week(pd.DataFrame({"interval_start_utc": starts, "mean": [nan]}), "America/New_York") == []
