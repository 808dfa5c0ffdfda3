"""
How many replications: a fixed number, or looks at growing numbers until every declared service level is precise.

Each of the at most m looks spends 5 % / m, so that a met or missed read off any of them is wrong with at most 5 %.
(Deciding at a fixed 95 % at each of six looks would be wrong in about every fifth center that is exactly at target.)
"""

from __future__ import annotations

import numpy as np

from ccsim.analysis.estimates import CONFIDENCE, Estimates, Method

FIRST_LOOK = 10


def looks(at_most: int) -> tuple[int, ...]:
    """Replications at which to look: 10, 20, 40, 80, 160, and so on, ``at_most``."""
    numbers = []
    n = FIRST_LOOK
    while n < at_most:
        numbers.append(n)
        n *= 2
    return (*numbers, at_most)


def confidence_of_looks(count: int) -> float:
    """Confidence of the interval of each of ``count`` looks, which together spend 5 %."""
    return 1 - (1 - CONFIDENCE) / count


def is_precise(estimates: Estimates, precision: float) -> bool:
    """
    Whether the half-width of every interval is at most ``precision``; shares without any value are not waited for.
    """
    counts = estimates.method != Method.NO_VALUE
    half = (estimates.high - estimates.low)[counts] / 2
    return bool(np.all(half <= precision))
