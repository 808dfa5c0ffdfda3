"""Business time added to arrivals."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.calendar.business import add_business

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
