"""A backlog that grows without end has no mean wait (rule 10)."""

from __future__ import annotations

import numpy as np

from ccsim.analysis.stability import weekly_growth

R = 6
WEEKS = np.full((R, 2), 4.0)
ARRIVED = np.full((R, 2), 1000.0)


def sums(first, second):
    return np.column_stack([np.broadcast_to(np.asarray(column, float), R) for column in (first, second)])


def test_more_than_one_percent_open_is_unstable():
    growth = sums(20, 20)
    result = weekly_growth((sums(10, 11), ARRIVED), (growth, ARRIVED), (growth, WEEKS))
    assert np.isnan(result[0])
    assert result[1] == 5


def test_growth_surely_above_five_percent_is_unstable():
    """The whole 99 % interval must lie above 5 %; a backlog that merely happens to end high is stable."""
    surely, perhaps = 60 + np.array([1.0, -1, 2, 0, 1, -2]), 60 + np.array([30.0, -30, 60, 0, 30, -60])
    growth = sums(surely, perhaps)
    result = weekly_growth((sums(0, 0), ARRIVED), (growth, ARRIVED), (growth, WEEKS))
    assert result[0] == (60 + 1 / 6) / 4
    assert np.isnan(result[1])


def test_growth_without_any_chance_counts_as_it_is():
    growth = sums(60, 40)
    result = weekly_growth((sums(0, 0), ARRIVED), (growth, ARRIVED), (growth, WEEKS))
    assert result[0] == 15
    assert np.isnan(result[1])
