"""Points between anchors, tails and ranges of weights, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.analysis.scoring import score, stays_first, worst_mean


@pytest.mark.parametrize(
    ("best", "worst", "expected"), [(100.0, 200.0, [1, 1, 0.5, 0, 0]), (200.0, 100.0, [0, 0, 0.5, 1, 1])]
)
def test_points_lie_on_a_straight_line_between_anchors_and_are_cut_beyond(best, worst, expected):
    """Whichever way is up."""
    found = score(np.array([50.0, 100.0, 150.0, 200.0, 250.0]), np.array(best), np.array(worst))
    assert found.tolist() == expected


def test_what_has_no_value_has_no_points():
    assert np.isnan(score(np.array([np.nan]), np.array(1.0), np.array(2.0))).all()


VALUES = np.array([4.0, 1.0, 3.0, 2.0, 5.0])


@pytest.mark.parametrize(
    ("share", "highest", "expected"),
    [(0.2, True, 5.0), (0.4, True, 4.5), (0.5, True, (5 + 4 + 3 / 2) / 2.5), (0.4, False, 1.5), (0.999, True, 3.0)],
)
def test_the_worst_share_is_averaged_its_last_value_in_part(share, highest, expected):
    """Half of five values are two and a half."""
    assert worst_mean(VALUES, share, highest=highest) == pytest.approx(expected, abs=0.01)


def test_the_range_of_a_weight_ends_where_a_rival_is_level():
    """
    Cheap has 0.9 and 0.4, good 0.5 and 0.8: with weight t on the first, cheap leads if 0.9 t + 0.4 (1 - t) is more than
    0.5 t + 0.8 (1 - t), from t = 0.5 on. Bad is never first.
    """
    scores = np.array([[0.9, 0.4], [0.5, 0.8], [0.1, 0.1]])
    found = stays_first(scores, np.array([0.6, 0.4]), 0)
    assert found.low == pytest.approx(0.5)
    assert (found.high, found.below, found.above) == (1.0, 1, None)
    other = stays_first(scores, np.array([0.6, 0.4]), 1)
    assert other.high == pytest.approx(0.5)
    assert (other.low, other.below, other.above) == (0.0, None, 1)


def test_other_weights_keep_their_proportions():
    """
    Two thirds and one third of what the first criterion leaves: others come to 0.2 x 2/3 + 0.8 / 3 = 0.4 of the first
    bid, and 0.6 x 2/3 + 0.6 / 3 = 0.6 of the second; 1 t + 0.4 (1 - t) = 0.6 (1 - t) at t = 1/6.
    """
    scores = np.array([[1.0, 0.2, 0.8], [0.0, 0.6, 0.6]])
    found = stays_first(scores, np.array([0.4, 0.4, 0.2]), 0)
    assert found.low == pytest.approx(1 / 6)


def test_a_weight_that_is_all_there_is_cannot_change():
    found = stays_first(np.array([[1.0], [0.5]]), np.array([1.0]), 0)
    assert np.isnan([found.low, found.high]).all()


def relative(prices, quality):
    """The rule that many tenders use: points for price are 50 x the lowest price / price."""
    return 50 * min(prices) / np.array(prices) + np.array(quality)


def test_relative_points_let_a_bid_that_nobody_would_choose_decide_between_the_others():
    """
    Why anchors are fixed. At 100 and 120 with 40 and 47 points for quality the first bid wins, 90 to 88.7; a third one
    at 60 that has none turns that round, 70 to 72. Between anchors of 60 and 180 nothing of the kind happens.
    """
    assert np.argmax(relative([100, 120], [40, 47])) == 0
    assert np.argmax(relative([100, 120, 60], [40, 47, 0])) == 1

    def fixed(prices, quality):
        return 50 * score(np.array(prices, float), np.array(60.0), np.array(180.0)) + np.array(quality)

    assert fixed([100, 120, 60], [40, 47, 0])[:2].tolist() == fixed([100, 120], [40, 47]).tolist()
