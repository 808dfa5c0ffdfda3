"""Is a declared share met, missed, or not yet known; and about how many replications would tell."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit, stdtrit

from ccsim.analysis.estimates import CONFIDENCE, FEWEST, Estimates, Method, clopper_pearson

if TYPE_CHECKING:
    from collections.abc import Callable

MET, MISSED, UNDECIDED = "met", "missed", "undecided"
MOST = 1_000_000
"""Beyond this number of replications nobody is told to try."""


@dataclass(frozen=True)
class Share:
    """One estimated share: its mean, interval and replications, and the confidence of the interval."""

    mean: float
    low: float
    high: float
    n: int
    method: Method
    confidence: float = CONFIDENCE

    @classmethod
    def of(cls, estimates: Estimates, row: int, confidence: float = CONFIDENCE) -> Share:
        """Row of ``Estimates`` as plain numbers."""
        return cls(
            float(estimates.mean[row]),
            float(estimates.low[row]),
            float(estimates.high[row]),
            int(estimates.n[row]),
            Method(int(estimates.method[row])),
            confidence,
        )


def judge(target: float, share: Share) -> str:
    """Met if the whole interval lies at or above the target, missed if below it; without an interval undecided."""
    if share.low >= target:
        return MET
    return MISSED if share.high < target else UNDECIDED


def replications_needed(target: float, share: Share) -> float:
    """
    About how many replications would decide, if mean and spread stay what they are; NaN if decided or beyond
    all reason.

    The half-width on the logit scale falls with the square root of the replications. Rounded up to two digits:
    it is a guess.
    """
    if judge(target, share) != UNDECIDED or share.n == 0:
        return math.nan
    if share.n < FEWEST:
        return FEWEST
    return search(lambda n: judge(target, projected(share, n)) != UNDECIDED, more_than=share.n)


def projected(share: Share, n: int, sides: int = 2) -> Share:
    """The share as it would look after ``n`` replications, were mean and spread to stay."""
    if share.method is Method.CLOPPER_PEARSON:
        low, high = clopper_pearson(np.array([share.mean]), np.array([n]), share.confidence, 1 if sides == 1 else 2)
        return Share(share.mean, float(low[0]), float(high[0]), n, share.method, share.confidence)
    tail = 1 - (1 - share.confidence) / sides
    half_now = (logit(share.high) - logit(share.low)) / 2
    half = half_now * math.sqrt(share.n / n) * stdtrit(n - 1, tail) / stdtrit(share.n - 1, tail)
    center = logit(share.mean)
    return Share(share.mean, expit(center - half), expit(center + half), n, share.method, share.confidence)


def search(decides: Callable[[int], bool], more_than: int) -> float:
    """Smallest number of replications that decides, to two digits, rounded up; NaN beyond ``MOST``."""
    below, enough = more_than, max(more_than * 2, FEWEST)
    while not decides(enough):
        below, enough = enough, enough * 2
        if enough > MOST:
            return math.nan
    while enough - below > 1:
        middle = (below + enough) // 2
        below, enough = (below, middle) if decides(middle) else (middle, enough)
    return two_digits(enough)


def two_digits(number: int) -> float:
    """Rounded up to two significant digits; numbers below 100 as they are."""
    step = 10 ** max(len(str(number)) - 2, 0)
    return float(-(-number // step) * step)
