"""Means and intervals by hand, and against scipy.stats."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from ccsim.analysis.estimates import Method, clopper_pearson, estimate, estimate_each


def column(*values):
    return np.array(values, dtype=float)[:, None]


ONES = column(1, 1, 1, 1, 1)


def test_mean_is_the_ratio_of_sums_not_the_mean_of_ratios():
    """A day with ten times the contacts counts ten times."""
    result = estimate("share", column(10, 0, 10, 0, 10), column(100, 10, 100, 10, 100))
    assert result.mean[0] == pytest.approx(30 / 320)


def test_plain_interval_of_counts_is_the_t_interval():
    """With equal denominators the jackknife is the textbook's interval of a mean."""
    values = [3.0, 5.0, 4.0, 8.0, 1.0]
    result = estimate("plain", column(*values), ONES)
    low, high = stats.t.interval(0.95, 4, np.mean(values), stats.sem(values))
    assert (result.low[0], result.high[0]) == pytest.approx((low, high))
    assert result.method[0] == Method.PLAIN


def test_logit_interval_by_hand():
    """Leave one out, logit, spread, back: as one would with paper and pencil."""
    answered, offered = [8.0, 7, 9, 6, 10], [10.0, 10, 12, 10, 11]
    without = [(40 - a) / (53 - o) for a, o in zip(answered, offered, strict=True)]
    logits = [math.log(p / (1 - p)) for p in without]
    middle = sum(logits) / 5
    error = math.sqrt(4 / 5 * sum((x - middle) ** 2 for x in logits))
    center, half = math.log(40 / 13), stats.t.ppf(0.975, 4) * error

    result = estimate("share", column(*answered), column(*offered))

    assert result.mean[0] == pytest.approx(40 / 53)
    assert result.low[0] == pytest.approx(1 / (1 + math.exp(-(center - half))))
    assert result.high[0] == pytest.approx(1 / (1 + math.exp(-(center + half))))


def test_log_interval_is_positive_and_symmetric_in_factors():
    """A mean wait cannot be negative, however few replications."""
    result = estimate("positive", column(1, 200, 3, 2, 500), column(10, 20, 10, 10, 20))
    assert result.low[0] > 0
    assert result.mean[0] / result.low[0] == pytest.approx(result.high[0] / result.mean[0])


def test_order_measure_is_the_mean_of_replications():
    """The longest wait of a run is not the longest of all runs: each replication counts once."""
    result = estimate("order", column(10, 20, 30, 40, 50, 99), column(1, 1, 1, 1, 1, 0))
    low, high = stats.t.interval(0.95, 4, 30, stats.sem([10, 20, 30, 40, 50]))
    assert (result.mean[0], result.low[0], result.high[0]) == pytest.approx((30, low, high))
    assert result.n[0] == 5
    assert Method(result.method[0]).label == "mean of replications"


def test_interval_of_a_longest_wait_does_not_reach_below_zero():
    """A maximum that is 0 in most replications has a mean near 0, but no wait is negative."""
    result = estimate("order", column(0, 0, 0, 0, 9), ONES)
    assert result.low[0] == 0
    assert estimate("plain", column(0, 0, 0, 0, 9), ONES).low[0] < 0


@pytest.mark.parametrize("kind", ["share", "positive", "plain", "order"])
def test_four_replications_have_no_interval(kind):
    """Fewer than 5 replications: a mean, but nobody knows how sure."""
    result = estimate(kind, column(1, 2, 3, 2), column(4, 4, 4, 4))
    assert result.mean[0] == 0.5 if kind != "order" else result.mean[0] == pytest.approx(0.5)
    assert np.isnan([result.low[0], result.high[0]]).all()
    assert Method(result.method[0]).label == "fewer than 5 replications"


def test_replications_without_a_value_are_left_out_and_not_counted():
    """0/0 is no value: a night without calls says nothing about the service level."""
    with_gap = estimate("share", column(8, 0, 7, 9, 6, 10), column(10, 0, 10, 12, 10, 11))
    without = estimate("share", column(8, 7, 9, 6, 10), column(10, 10, 12, 10, 11))
    assert with_gap.n[0] == 5
    assert with_gap.low[0] == without.low[0]


def test_nothing_at_all_is_no_value():
    result = estimate("share", np.zeros((6, 1)), np.zeros((6, 1)))
    assert np.isnan(result.mean[0])
    assert result.n[0] == 0
    assert Method(result.method[0]).label == "no value"


def test_all_answered_in_every_replication_is_exact_clopper_pearson():
    """100 % in 20 replications is no proof of 100 %; only the lower bound can be wrong and carries all 5 %."""
    many = np.full((20, 1), 50.0)
    result = estimate("share", many, many)
    assert result.low[0] == pytest.approx(0.05 ** (1 / 20))
    assert result.high[0] == 1
    assert Method(result.method[0]).label == "Clopper-Pearson on replications"


def test_none_answered_mirrors_all_answered():
    result = estimate("share", np.zeros((20, 1)), np.full((20, 1), 50.0))
    assert (result.low[0], result.high[0]) == (0, pytest.approx(1 - 0.05 ** (1 / 20)))


def test_one_trial_per_replication_is_a_binomial():
    """Was the month on target? A replication of one month says yes or no, so the exact binomial interval holds."""
    met = column(1, 1, 0, 1, 1, 1, 0, 1, 1, 1)
    result = estimate("share", met, np.ones((10, 1)))
    exact = stats.binomtest(8, 10).proportion_ci(0.95, method="exact")
    assert (result.low[0], result.high[0]) == pytest.approx((exact.low, exact.high))


def test_share_alike_but_not_certain_is_not_a_point():
    """27 of 28 days in each of 20 replications: the interval must leave room for what 20 replications may miss."""
    result = estimate("share", np.full((20, 1), 27.0), np.full((20, 1), 28.0))
    assert result.low[0] < 0.85
    assert 27 / 28 < result.high[0] <= 1


def test_other_measures_alike_in_all_replications_have_no_interval():
    result = estimate("positive", ONES * 7, ONES)
    assert result.mean[0] == 7
    assert np.isnan(result.low[0])
    assert Method(result.method[0]).label == "all replications alike"


@pytest.mark.parametrize(("kind", "answered"), [("share", 9.0), ("positive", 0.0)])
def test_single_replication_that_differs_gives_a_wide_finite_interval(kind, answered):
    """Without it the ratio would be at the edge of its scale, where logit and logarithm are infinite."""
    numerator = np.full((10, 1), 10.0 if kind == "share" else 0.0)
    numerator[3] = answered if kind == "share" else 5.0
    result = estimate(kind, numerator, np.full((10, 1), 10.0))
    assert 0 < result.low[0] < result.mean[0] < result.high[0]
    assert np.isfinite(result.high[0])
    if kind == "share":
        assert result.high[0] < 1


def test_one_sided_bounds_lie_inside_the_two_sided_interval():
    answered, offered = column(8, 7, 9, 6, 10), column(10, 10, 12, 10, 11)
    two, one = estimate("share", answered, offered), estimate("share", answered, offered, sides=1)
    wider = estimate("share", answered, offered, confidence=0.90)
    assert two.low[0] < one.low[0] < one.mean[0] < one.high[0] < two.high[0]
    assert one.low[0] == pytest.approx(wider.low[0])


def test_kinds_side_by_side_equal_kinds_alone():
    """A table mixes kinds; each column must come out as if it stood alone."""
    rng = np.random.default_rng(3)
    numerator, denominator = rng.uniform(1, 9, (8, 4)), np.full((8, 4), 10.0)
    kinds = ["share", "order", "exact", "share"]
    together = estimate_each(kinds, numerator, denominator)
    for i, kind in enumerate(kinds):
        alone = estimate(kind, numerator[:, [i]], denominator[:, [i]])
        np.testing.assert_equal(
            [together.mean[i], together.low[i], together.high[i], together.method[i]],
            [alone.mean[0], alone.low[0], alone.high[0], alone.method[0]],
        )


def test_clopper_pearson_agrees_with_scipy():
    for successes in range(1, 12):
        exact = stats.binomtest(successes, 12).proportion_ci(0.99, method="exact")
        low, high = clopper_pearson(np.array([successes / 12]), np.array([12]), 0.99)
        assert (low[0], high[0]) == pytest.approx((exact.low, exact.high))


def test_amounts_that_may_be_negative_have_a_plain_interval():
    """Money of one column is only paid, that of the other one is also given back; zeros alone are alike."""
    paid = np.array([[100.0, -3.0, 0.0], [120.0, 4.0, 0.0], [90.0, 5.0, 0.0], [130.0, 2.0, 0.0], [110.0, 1.0, 0.0]])
    once = np.ones_like(paid)
    found, positive, plain = (estimate(kind, paid, once) for kind in ("amount", "positive", "plain"))
    assert list(found.method) == [Method.LOG, Method.PLAIN, Method.ALIKE]
    assert (found.low[0], found.high[0]) == (positive.low[0], positive.high[0])
    assert (found.low[1], found.high[1]) == (plain.low[1], plain.high[1])
    assert list(found.mean) == list(plain.mean)
