"""Paired differences and their verdicts."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from ccsim.analysis.comparisons import difference, simultaneous, verdict


def column(*values):
    return np.array(values, dtype=float)[:, None]


ONES = np.ones((6, 1))
NIGHTS = column(10, 30, 20, 50, 40, 60)


def test_difference_of_counts_is_the_paired_t_interval():
    a, b = NIGHTS, NIGHTS + column(1, 2, 1, 3, 2, 1)
    result = difference("positive", (a, ONES), (b, ONES))
    exact = stats.ttest_rel(b[:, 0], a[:, 0]).confidence_interval(0.95)
    assert (result.low[0], result.high[0]) == pytest.approx((exact.low, exact.high))


def test_common_chance_cancels():
    """Two scenarios that rise and fall together differ clearly, though each alone is uncertain."""
    b = NIGHTS + column(1, 2, 1, 3, 2, 1)
    paired = difference("positive", (NIGHTS, ONES), (b, ONES))
    shuffled = difference("positive", (NIGHTS, ONES), (np.roll(b, 1, axis=0), ONES))
    assert paired.low[0] > 0 > shuffled.low[0]


def test_difference_of_a_scenario_with_itself_is_nothing():
    share = (column(8, 7, 9, 6, 10, 5), column(10, 10, 12, 10, 11, 9))
    result = difference("share", share, share)
    assert result.mean[0] == 0
    assert verdict("share", result.mean[0], result.low[0], result.high[0]) == "not distinguishable"


def test_difference_that_never_varies_is_certain_for_costs():
    """A roster without absence costs the same in every replication."""
    result = difference("positive", (ONES * 100.1, ONES), (ONES * 70.3, ONES))
    assert result.low[0] == result.high[0] == pytest.approx(-29.8)
    assert verdict("positive", result.mean[0], result.low[0], result.high[0]) == "lower"


def test_difference_of_shares_that_never_varies_allows_for_unseen_replications():
    """All against none in 6 replications: the truth may still differ by what 6 replications can miss."""
    result = difference("share", (ONES, ONES), (ONES * 0, ONES))
    assert result.mean[0] == -1
    assert result.low[0] == -1
    assert -1 < result.high[0] < 0.3


def test_replications_without_a_pair_are_left_out():
    a, b = (NIGHTS, ONES), (NIGHTS + column(1, 2, 1, 3, 2, 900), column(1, 1, 1, 1, 1, 0))
    result = difference("positive", a, b)
    assert result.n[0] == 5
    assert result.mean[0] == pytest.approx(1.8)


def test_order_measures_are_compared_replication_by_replication():
    a, b = (NIGHTS, ONES), (NIGHTS + column(1, 2, 1, 3, 2, 1), ONES)
    assert difference("order", a, b).mean[0] == pytest.approx(10 / 6)


def test_four_replications_tell_no_difference():
    result = difference("positive", (ONES[:4], ONES[:4]), (ONES[:4] * 2, ONES[:4]))
    assert np.isnan(result.low[0])
    assert verdict("positive", result.mean[0], result.low[0], result.high[0]) == "not distinguishable"


def test_measures_without_chance_differ_by_what_they_differ():
    result = difference("exact", (ONES * 0.9, ONES), (ONES, ONES))
    assert verdict("exact", result.mean[0], result.low[0], result.high[0]) == "higher"


def test_bonferroni_widens_with_the_number_of_comparisons():
    assert simultaneous(1) == pytest.approx(0.95)
    assert simultaneous(10) == pytest.approx(0.995)
