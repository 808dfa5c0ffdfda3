"""Quantiles over replications, each replication one value, with intervals that hold whatever the distribution is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.special import bdtr

from ccsim.analysis.estimates import CONFIDENCE, FEWEST

if TYPE_CHECKING:
    from ccsim.plan import Floats

ROUNDING = 1e-9


class Quantile(NamedTuple):
    """NaN where there is none: no values, or so few that no value of them lies surely below or above it."""

    value: float
    low: float
    high: float


def quantile(values: Floats, share: float, confidence: float = CONFIDENCE) -> Quantile:
    """
    The smallest value that at least this share of the replications does not exceed.

    Its interval goes from one of the ordered values to another one: the number of replications at or below the true
    quantile is binomial, so the l-th smallest value lies above it with a probability that only l, n and the share
    decide. Each end is wrong with at most half of the error, also where many values are alike. Of 20 replications none
    is surely above the 90 % quantile: the upper end of 95 % intervals takes 36, that of the 95 % quantile 72.

    Parameters
    ----------
    values
        [R], one for each replication; NaN has no value.
    share
        In (0, 1).

    References
    ----------
    David and Nagaraja, Order Statistics (3rd edition, 2003), section 7.1.
    """
    ordered = np.sort(values[np.isfinite(values)])
    n = len(ordered)
    if not n:
        return Quantile(math.nan, math.nan, math.nan)
    value = float(ordered[math.ceil(n * share - ROUNDING) - 1])
    if n < FEWEST:
        return Quantile(value, math.nan, math.nan)
    error = (1 - confidence) / 2
    # P(at most k of n replications at or below the quantile), k = 0 to n - 1.
    at_most = bdtr(np.arange(n), n, share)
    below, above = np.flatnonzero(at_most <= error), np.flatnonzero(1 - at_most <= error)
    low = float(ordered[below[-1]]) if len(below) else math.nan
    high = float(ordered[above[0]]) if len(above) else math.nan
    return Quantile(value, low, high)
