"""
A service level as a promise that a test can hold.

Refuted only if the data all but exclude that the promise is kept (one-sided, 0.1 %); proved if they exclude, at
5 %, that it is missed by more than the smallest shortfall that matters (2 points); else undecided. A test that
is run every night thus cries wolf once in a thousand nights, and never passes for want of data.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccsim.analysis.estimates import FEWEST, estimate
from ccsim.analysis.targets import UNDECIDED, Share, projected, search

if TYPE_CHECKING:
    from ccsim.plan import Floats

PROVED, REFUTED = "proved", "refuted"
MOST_LOOKS = 3


@dataclass(frozen=True)
class Finding:
    """
    ``low``: one-sided lower bound at 1 - beta; ``high``: one-sided upper bound at 1 - alpha; NaN without an interval.
    """

    outcome: str
    mean: float
    low: float
    high: float
    n: int
    replications_needed: float
    """About as many would decide; NaN if decided, or beyond all reason."""


def examine(
    numerator: Floats,
    denominator: Floats,
    target: float,
    *,
    alpha: float = 0.001,
    beta: float = 0.05,
    shortfall: float = 0.02,
    looks: int = 1,
) -> Finding:
    """
    Whether the share ``numerator / denominator`` keeps the target.

    Parameters
    ----------
    numerator, denominator
        [R] of one share, as in ``estimates``.
    target
        Promised share. [0 to 1]
    alpha, beta
        Errors spent on refuting and on proving, over all looks together.
    shortfall
        The smallest shortfall that matters. [share]
    looks
        How often the question may be asked in all, each time with more replications; each look spends an equal
        part. At most 3.
    """
    if not 1 <= looks <= MOST_LOOKS:
        raise ValueError(f"looks={looks} must lie between 1 and {MOST_LOOKS}: more looks would find what they look for")
    sure, likely = 1 - alpha / looks, 1 - beta / looks
    upper, lower = (one_share(numerator, denominator, confidence) for confidence in (sure, likely))
    outcome = outcome_of(target, lower.low, upper.high, shortfall)
    return Finding(outcome, lower.mean, lower.low, upper.high, lower.n, needed(target, lower, upper, shortfall))


def one_share(numerator: Floats, denominator: Floats, confidence: float) -> Share:
    """One share with two bounds, each of which holds alone with ``confidence``."""
    return Share.of(estimate("share", numerator[:, None], denominator[:, None], confidence, sides=1), 0, confidence)


def outcome_of(target: float, low: float, high: float, shortfall: float) -> str:
    if high < target:
        return REFUTED
    return PROVED if low > target - shortfall else UNDECIDED


def needed(target: float, lower: Share, upper: Share, shortfall: float) -> float:
    """
    About how many replications would decide, if mean and spread stay; NaN if decided already or beyond all reason.
    """
    if outcome_of(target, lower.low, upper.high, shortfall) != UNDECIDED or lower.n == 0:
        return math.nan
    if lower.n < FEWEST:
        return FEWEST

    def decides(n: int) -> bool:
        low, high = projected(lower, n, sides=1).low, projected(upper, n, sides=1).high
        return outcome_of(target, low, high, shortfall) != UNDECIDED

    return search(decides, more_than=lower.n)
