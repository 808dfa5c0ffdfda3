"""
How much an amount varies between replications, and what explains it.

Everything is over replications, with jackknife intervals, as means are.
"""

from __future__ import annotations

from itertools import combinations
from math import exp, factorial, nan
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from ccsim.analysis.estimates import CONFIDENCE, FEWEST, NOTHING, ROUNDING, Number

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccsim.plan import Floats

FEWEST_TO_EXPLAIN = 10
"""Replications below which a regression on three causes says nothing."""


def deviation(values: Floats, confidence: float = CONFIDENCE) -> Number:
    """
    Standard deviation of [R] values; jackknife of its logarithm. What is alike in all replications has no interval.
    """
    if len(values) < FEWEST:
        return NOTHING
    found = spread(values)
    without = without_each(spread, values)
    if found <= ROUNDING * np.abs(values).max():
        return Number(0.0, nan, nan)
    if without.min() <= 0:
        return Number(found, nan, nan)
    half = half_width(np.log(without), confidence)
    return Number(found, found * exp(-half), found * exp(half))


def deviation_difference(a: Floats, b: Floats, confidence: float = CONFIDENCE) -> Number:
    """Standard deviation of ``b`` less that of ``a``, paired by replication; plain jackknife."""
    if len(a) < FEWEST:
        return NOTHING
    found = spread(b) - spread(a)
    half = half_width(without_each(spread, b) - without_each(spread, a), confidence)
    return Number(found, found - half, found + half)


def explained(values: Floats, causes: Floats, confidence: float = CONFIDENCE) -> list[Number]:
    """
    Shares of the variance of [R] values that a linear regression on [R, K] causes gives to each of them.

    A share is what the cause adds to the explained variance, averaged over all orders in which causes may be added, so
    that causes that come together share alike and nothing depends on an order. Explained variance is the adjusted one:
    a cause that explains nothing gets nothing on average, hence at times a little less than nothing. Shares add up to
    the adjusted R squared of all causes. Intervals are jackknives, cut to what is possible.

    References
    ----------
    Lindeman, Merenda and Gold, Introduction to Bivariate and Multivariate Analysis (1980), section 4.2; Groemping,
    Journal of Statistical Software 17 (2006).
    """
    count = causes.shape[1]
    if len(values) < FEWEST_TO_EXPLAIN or spread(values) <= ROUNDING * np.abs(values).max():
        return [NOTHING] * count
    together = np.column_stack([values, causes])
    found = shares(together)
    without = without_each(shares, together)
    halves = [half_width(without[:, cause], confidence) for cause in range(count)]
    return [
        Number(float(one), max(float(one) - half, 0.0), min(float(one) + half, 1.0))
        for one, half in zip(found, halves, strict=True)
    ]


def shares(together: Floats) -> Floats:
    """[K] what each cause (columns after the first) adds to the explained variance of the first, over all orders."""
    values, causes = together[:, 0], together[:, 1:]
    count = causes.shape[1]
    known = {some: adjusted(values, causes[:, some]) for size in range(count + 1) for some in subsets(count, size)}
    result = np.zeros(count)
    for some, value in known.items():
        for cause in set(range(count)) - set(some):
            orders = factorial(len(some)) * factorial(count - len(some) - 1) / factorial(count)
            result[cause] += orders * (known[tuple(sorted((*some, cause)))] - value)
    return result


def subsets(count: int, size: int) -> list[tuple[int, ...]]:
    return list(combinations(range(count), size))


def adjusted(values: Floats, causes: Floats) -> float:
    """Adjusted R squared of a linear regression; causes that do not vary count as none, such values need none."""
    centered = causes - causes.mean(axis=0)
    size = centered.std(axis=0)
    varies = size > ROUNDING * np.abs(causes).max(axis=0, initial=0.0)
    if not varies.any() or spread(values) <= ROUNDING * np.abs(values).max():
        return 0.0
    rest = values - values.mean()
    columns = centered[:, varies] / size[varies]
    slopes, _, rank, _ = np.linalg.lstsq(columns, rest, rcond=None)
    left = ((rest - columns @ slopes) ** 2).sum() / (len(values) - 1 - rank)
    return float(1 - left / ((rest**2).sum() / (len(values) - 1)))


def spread(values: Floats) -> float:
    return float(values.std(ddof=1))


def without_each(what: Callable[[Floats], float | Floats], values: Floats) -> Floats:
    """[R, ...] the same of all replications but one."""
    return np.array([what(np.delete(values, row, axis=0)) for row in range(len(values))])


def half_width(without: Floats, confidence: float) -> float:
    """Of the jackknife interval, from the values without each replication."""
    n = len(without)
    error = np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    return float(stdtrit(n - 1, 1 - (1 - confidence) / 2) * error)
