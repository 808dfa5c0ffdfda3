"""Business time added to arrivals."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.business_hours import Hours, add_business, first_stretch

BEGINS, ENDS = np.array([8, 32, 56]), np.array([18, 42, 66])
"""08-18 on three days, in hours."""


def due(arrived: int, duration: int) -> int:
    return int(add_business(np.array([arrived]), duration, BEGINS, ENDS)[0])


@pytest.mark.parametrize(
    ("arrived", "duration", "expected"),
    [
        (10, 4, 14),
        (3, 4, 12),
        (16, 4, 34),
        (18, 4, 36),
        (20, 4, 36),
        (10, 8, 18),
        (10, 18, 42),
        (10, 19, 57),
        (-50, 1, 9),
        (70, 0, 70),
        (20, 0, 20),
    ],
)
def test_business_time_passes_in_business_hours_only(arrived: int, duration: int, expected: int) -> None:
    """Within a day, from before it, over night; a time that is up at closing is due then, not next morning."""
    assert due(arrived, duration) == expected


def test_many_arrivals_at_once_agree_with_one_by_one() -> None:
    """The order of arrivals does not matter."""
    arrived = np.array([40, -3, 17, 8, 66 - 24])
    found = add_business(arrived, 5, BEGINS, ENDS)
    assert found.tolist() == [due(int(one), 5) for one in arrived]


def test_without_hours_calendar_time_counts() -> None:
    """An empty set of windows is how the Plan says so."""
    none = np.empty(0, np.int64)
    assert add_business(np.array([7]), 5, none, none).tolist() == [12]


def test_hours_that_end_too_soon_are_refused() -> None:
    """A wrong due time would be worse."""
    with pytest.raises(ValueError, match="hold 30 ticks, 31 are needed"):
        due(0, 31)
    with pytest.raises(ValueError, match="hold 30 ticks, 31 are needed"):
        Hours(BEGINS, ENDS).due(0, 31)


def test_one_arrival_asked_for_alone_is_due_when_it_is_among_many() -> None:
    """The engine asks so for customers who come again; every arrival and duration, windows or none."""
    none = np.empty(0, np.int64)
    arrived = np.arange(-5, 75)
    left = [int(np.clip(ENDS - np.maximum(BEGINS, at), 0, None).sum()) for at in arrived]
    for duration in range(31):
        fits = arrived[np.array(left) >= duration]
        alone = [Hours(BEGINS, ENDS).due(int(one), duration) for one in fits]
        assert alone == add_business(fits, duration, BEGINS, ENDS).tolist()
        assert Hours(none, none).due(7, duration) == 7 + duration


@pytest.mark.parametrize(
    ("since", "delay", "expected"),
    [(10, 4, 14), (10, 0, 10), (20, 0, 32), (16, 4, 34), (10, 8, 32), (-50, 0, 8), (18, 0, 32), (60, 5, 65)],
)
def test_who_comes_in_opening_hours_finds_the_doors_open(since: int, delay: int, expected: int) -> None:
    """At once if they are open; a delay that is up at closing time ends at the next opening."""
    assert Hours(BEGINS, ENDS).comes(since, delay) == expected


@pytest.mark.parametrize(("since", "delay"), [(60, 6), (66, 0), (100, 0), (0, 30)])
def test_nobody_comes_after_the_last_hours(since: int, delay: int) -> None:
    """The doors stay closed."""
    assert Hours(BEGINS, ENDS).comes(since, delay) is None


def test_nobody_comes_to_doors_that_never_open() -> None:
    """A type may have no opening hours within the run."""
    none = np.empty(0, np.int64)
    assert Hours(none, none).comes(0, 0) is None


@pytest.mark.parametrize(
    ("since", "lasts", "expected"),
    [(10, 4, 10), (14, 4, 14), (15, 4, 32), (20, 4, 32), (-5, 10, 8), (9, 10, 32), (60, 7, 60), (70, 1, 70)],
)
def test_what_takes_a_while_is_put_where_the_hours_are_long_enough(since: int, lasts: int, expected: int) -> None:
    """Within the day, on the next one, and after all known hours at the time that was meant."""
    assert first_stretch(np.array([since]), lasts, BEGINS, ENDS).tolist() == [expected]


def test_what_fits_nowhere_begins_with_the_hours() -> None:
    """The doors are never open for 11 hours; and without doors time is free."""
    none = np.empty(0, np.int64)
    assert first_stretch(np.array([10, 18, 30]), 11, BEGINS, ENDS).tolist() == [10, 32, 32]
    assert first_stretch(np.array([10]), 11, none, none).tolist() == [10]
