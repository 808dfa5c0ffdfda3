"""Weekly patterns and statutory holidays."""

from __future__ import annotations

from datetime import date, time

import numpy as np
import pytest

from ccsim.calendar.clock import DAY, SECOND
from ccsim.calendar.public_holidays import statutory
from ccsim.calendar.weekly import length, on_weekday, together

HOUR = 3600 * SECOND


@pytest.mark.parametrize(
    ("begins", "ends", "hours"),
    [
        (time(8), time(16, 30), 8.5),
        (time(22), time(6), 8),
        (time(0), time(0), 24),
        (time(9), time(9), 24),
        (time(18), time(0), 6),
    ],
)
def test_an_end_at_or_before_the_begin_is_tomorrow(begins: time, ends: time, hours: float) -> None:
    """Rule 1; 00:00-00:00 is the whole day."""
    assert length(begins, ends) == hours * HOUR


def test_a_stretch_falls_on_its_weekday() -> None:
    """Two weeks have two Saturdays; a night belongs to the day of its begin."""
    monday = date(2026, 3, 2).toordinal()
    found = on_weekday(np.arange(monday, monday + 14), 5, time(22), time(6))
    assert (found.begins // DAY).tolist() == [monday + 5, monday + 12]
    assert (found.ends - found.begins).tolist() == [8 * HOUR] * 2


def test_no_stretches_are_no_spans() -> None:
    """A pool without hours is not open."""
    assert len(together([]).begins) == 0


def test_statutory_holidays_of_a_country_and_its_parts() -> None:
    """Independence Day 2026 is a Saturday, so the Friday before is a holiday too."""
    first, last = date(2026, 7, 1).toordinal(), date(2026, 7, 31).toordinal()
    found = {date.fromordinal(day) for day in statutory("US", None, first, last)}
    assert found == {date(2026, 7, 3), date(2026, 7, 4)}


def test_holidays_of_a_subdivision_add_to_the_country() -> None:
    """Epiphany is one in Bavaria, not in all of Germany."""
    january = date(2026, 1, 6).toordinal()
    assert not statutory("DE", None, january, january)
    assert statutory("DE", "BY", january, january) == {january}


def test_holidays_of_a_stretch_across_new_year() -> None:
    """Both years are looked at, dates outside are not told."""
    found = statutory("PH", None, date(2026, 12, 30).toordinal(), date(2027, 1, 1).toordinal())
    assert date(2026, 12, 30).toordinal() in found
    assert date(2027, 1, 1).toordinal() in found
    assert min(found) >= date(2026, 12, 30).toordinal()
