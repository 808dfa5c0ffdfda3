"""Deviations and what explains them, against what is known exactly."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ccsim.analysis.variance import adjusted, deviation, deviation_difference, explained

DICE = np.random.default_rng(20260301)


def test_shares_of_independent_causes_are_their_variances():
    """3 a + 2 b + noise of variance 1: nine, four and one fourteenths; sampling errors of 4,000 rows are below 2 %."""
    causes = DICE.normal(size=(4000, 2))
    values = 3 * causes[:, 0] + 2 * causes[:, 1] + DICE.normal(size=4000)
    shares = explained(values[:400], causes[:400])
    assert [share.low <= true <= share.high for share, true in zip(shares, (9 / 14, 4 / 14), strict=True)] == [True] * 2
    assert adjusted(values, causes) == pytest.approx(13 / 14, abs=0.02)


def test_shares_add_up_to_what_all_explain_together():
    causes = DICE.normal(size=(30, 3)) @ DICE.normal(size=(3, 3))
    values = causes @ [1.0, -2.0, 0.5] + DICE.normal(size=30)
    shares = explained(values, causes)
    assert sum(share.mean for share in shares) == pytest.approx(adjusted(values, causes), abs=1e-12)


def test_causes_that_are_the_same_share_alike():
    """And one that does not vary explains nothing, whatever its size."""
    volume = DICE.normal(size=20)
    shares = explained(5 * volume, np.column_stack([volume, 3 * volume + 7, np.full(20, 1e6)]))
    assert [share.mean for share in shares] == pytest.approx([0.5, 0.5, 0.0], abs=1e-9)


def test_what_explains_nothing_gets_nothing_on_average():
    """500 samples of 20: the mean of the adjusted R squared is 0, its standard error below 1 %."""
    found = [adjusted(DICE.normal(size=20), DICE.normal(size=(20, 3))) for _ in range(500)]
    assert abs(np.mean(found)) < 4 * np.std(found) / math.sqrt(500)


def test_the_interval_of_the_deviation_covers_it():
    """400 samples of 20 normal values: at least 90 % of the 95 % intervals hold the true one."""
    found = [deviation(DICE.normal(scale=2.0, size=20)) for _ in range(400)]
    assert np.mean([one.low <= 2 <= one.high for one in found]) > 0.9


def test_what_is_alike_in_all_replications_does_not_vary():
    """Four replications say nothing at all."""
    assert deviation(np.full(8, 0.1))[0] == 0
    assert math.isnan(deviation(np.full(8, 0.1)).low)
    assert math.isnan(deviation(np.arange(4.0)).mean)
    assert all(math.isnan(one.mean) for one in explained(np.full(20, 0.1), DICE.normal(size=(20, 3))))


def test_what_varies_in_one_replication_alone_is_not_explained():
    """Left out, it takes all of the variance along; nothing is divided by it."""
    penalty = np.zeros(20)
    penalty[7] = 97.21
    causes = np.random.default_rng(3).normal(100, 10, (20, 3))
    shares = explained(penalty, causes)
    assert all(0 <= share.low <= share.high <= 1 for share in shares)


def test_a_fixed_fee_varies_surely_less_than_a_price_per_contact():
    volume = DICE.normal(1000.0, 50.0, size=20)
    shift = deviation_difference(3 * volume, np.full(20, 3000.0))
    assert shift.mean == pytest.approx(-3 * volume.std(ddof=1))
    assert shift.low < shift.mean < shift.high < 0
