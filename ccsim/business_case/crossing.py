"""Where a number lies at which a case costs what the baseline does, found by looking at more and more of its values."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.comparisons import difference
from ccsim.analysis.estimates import NOTHING, Number

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccsim.plan import Floats

FINENESS = 200
"""A break-even is looked for until it is known to one part in so many of the range."""


def paired(a: Floats, b: Floats, confidence: float) -> Number:
    """Mean of b - a over paired replications; alike in all of them, it is certain."""
    ones = np.ones((len(a), 1))
    return difference("plain", (a[:, None], ones), (b[:, None], ones), confidence).alone


def crossing(more: Callable[[float], Floats], low: float, high: float, confidence: float) -> Number:
    """
    The number between ``low`` and ``high`` at which a difference is nothing on average, and its interval.

    The interval holds the numbers around it at which the paired interval of the difference holds 0: its ends are where
    that interval's own bounds are 0. An end that is not between the two numbers is not known (NaN). Without a change of
    sign between the two there is no value: nothing is said of what lies beyond them.

    A simulated difference is a step-like and noisy function of the number, with the same chance at every number; where
    it crosses 0 more than once, one of the crossings is found.

    Parameters
    ----------
    more
        [R] the difference at a number, on the same R replications each time.

    References
    ----------
    Brent, Algorithms for Minimization without Derivatives (1973), chapter 4, as in ``scipy.optimize.brentq``.
    """
    from scipy.optimize import brentq

    first, last = sorted((low, high))
    tolerance = (last - first) / FINENESS

    @cache
    def at(number: float) -> Number:
        found = more(number)
        return paired(np.zeros_like(found), found, confidence)

    def side(end: float) -> float:
        """Where the bound that is the last to keep the sign of an end gives it up, between the end and the middle."""
        sign = np.sign(at(end).mean)

        def bound(number: float) -> float:
            return float(sign * (at(number).high if sign < 0 else at(number).low))

        if not bound(end) > 0:
            return float("nan")
        return middle if bound(middle) >= 0 else float(brentq(bound, end, middle, xtol=tolerance))

    signs = np.sign([at(first).mean, at(last).mean])
    if signs[0] == signs[1]:
        return NOTHING
    middle = float(brentq(lambda number: at(number).mean, first, last, xtol=tolerance))
    return Number(middle, side(first), side(last))
