"""Quantiles over replications and their intervals, by hand and by the binomial distribution."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import binom

from ccsim.analysis.quantiles import quantile

values = st.integers(1, 60).flatmap(lambda n: arrays(float, n, elements=st.sampled_from([0.0, 1.0, 2.5, 7.0, 100.0])))


def test_a_quantile_is_a_value_that_was_seen():
    """Of ten the fifth, the ninth, and for 95 % the last; nobody is between two replications."""
    ten = np.array([9.0, 1, 8, 2, 7, 3, 6, 4, 5, 30])
    assert [quantile(ten, share).value for share in (0.5, 0.9, 0.95)] == [5, 9, 30]


def test_the_median_of_ten_lies_between_the_second_and_the_ninth():
    """As in every table of the sign test: both ends together err with 2.1 %."""
    assert quantile(np.arange(1.0, 11), 0.5)[1:] == (2, 9)


@pytest.mark.parametrize(("share", "fewest"), [(0.9, 36), (0.95, 72)])
def test_few_replications_have_no_upper_end(share, fewest):
    """That none of 35 lies above the 90 % quantile happens with 2.503 %."""
    few, enough = (quantile(np.arange(float(n)), share) for n in (fewest - 1, fewest))
    assert math.isnan(few.high)
    assert enough.high == fewest - 1
    assert share ** (fewest - 1) > 0.025 >= share**fewest


def test_fewer_than_five_have_no_interval_and_none_no_value():
    assert quantile(np.array([3.0, 1, 2, np.nan]), 0.5)[0] == 2
    assert all(math.isnan(end) for end in quantile(np.array([3.0, 1, 2, 4]), 0.5)[1:])
    assert all(math.isnan(number) for number in quantile(np.array([np.nan]), 0.5))


@pytest.mark.parametrize("n", [5, 20, 60, 200])
@pytest.mark.parametrize("share", [0.5, 0.9, 0.95])
def test_each_end_errs_with_half_of_the_error_at_most(n, share):
    """The number of replications below the true quantile is binomial, and one step further would err more."""
    found = quantile(np.arange(float(n)), share)
    if not math.isnan(found.low):
        assert binom.cdf(found.low, n, share) <= 0.025 < binom.cdf(found.low + 1, n, share)
    if not math.isnan(found.high):
        assert binom.sf(found.high, n, share) <= 0.025 < binom.sf(found.high - 1, n, share)


@settings(max_examples=60)
@given(values)
def test_quantiles_are_in_order_and_within_their_intervals(sample):
    """Also where most replications cost nothing."""
    half, most, nearly_all = (quantile(sample, share) for share in (0.5, 0.9, 0.95))
    assert half.value <= most.value <= nearly_all.value <= sample.max()
    for found in (half, most, nearly_all):
        assert not found.low > found.value
        assert not found.high < found.value
