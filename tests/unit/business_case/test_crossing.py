"""Where a difference is nothing: on lines whose crossings are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import t

from ccsim.business_case.crossing import FINENESS, crossing

NOISE = np.array([-3.0, 1.0, 4.0, -2.0, 0.0, 0.0])
"""Of mean 0."""


@pytest.mark.parametrize("slope", [2.0, -2.0])
@pytest.mark.parametrize("ends", [(0.0, 20.0), (20.0, 0.0)], ids=["up", "down"])
def test_a_line_crosses_where_it_does_and_its_interval_where_its_bounds_do(slope, ends):
    """More = slope (x - 12) + noise has bounds half a t interval away, which cross half of it / slope to both sides."""
    half = t.ppf(0.975, 5) * NOISE.std(ddof=1) / math.sqrt(6)
    found = crossing(lambda x: slope * (x - 12.0) + NOISE, *ends, 0.95)

    assert found == pytest.approx((12.0, 12.0 - half / 2, 12.0 + half / 2), abs=20.0 / FINENESS)


def test_a_bound_that_does_not_cross_between_the_ends_is_not_known():
    """The interval reaches beyond the upper end: nothing is said of what lies there."""
    found = crossing(lambda x: x - 19.0 + NOISE, 0.0, 20.0, 0.95)

    assert found.mean == pytest.approx(19.0, abs=0.1)
    assert found.low < 19.0
    assert math.isnan(found.high)


def test_without_a_change_of_sign_there_is_no_value():
    """Not even where a straight line would cross just beyond."""
    assert all(math.isnan(one) for one in crossing(lambda x: x + 0.1 + NOISE, 0.0, 20.0, 0.95))
    assert all(math.isnan(one) for one in crossing(lambda x: 0 * NOISE, 0.0, 20.0, 0.95))


def test_what_is_alike_in_all_replications_is_certain():
    found = crossing(lambda x: np.full(5, x - 12.0), 0.0, 20.0, 0.95)

    assert found == pytest.approx((12.0, 12.0, 12.0), abs=0.1)


def test_a_step_is_found_to_a_part_of_the_range():
    """Simulated costs jump: nowhere is the difference exactly nothing."""
    looked_at = []

    def more(x):
        looked_at.append(x)
        return np.where(x < 7.3, -50.0, 80.0) + NOISE

    found = crossing(more, 0.0, 20.0, 0.95)

    assert found.mean == pytest.approx(7.3, abs=20 / FINENESS)
    assert len(looked_at) == len(set(looked_at)) < 30


def test_too_few_replications_have_a_value_and_no_interval():
    found = crossing(lambda x: np.array([x - 11.0, x - 13.0]), 0.0, 20.0, 0.95)

    assert found.mean == pytest.approx(12.0, abs=0.1)
    assert math.isnan(found.low)
    assert math.isnan(found.high)
