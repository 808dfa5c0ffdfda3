"""Contact types whose backlog grows without end: their waits have no value, however many replications (rule 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.estimates import Method, estimate, ratio

if TYPE_CHECKING:
    from ccsim.plan import Floats

OPEN_SHARE = 0.01
GROWTH_SHARE = 0.05
CONFIDENCE = 0.99

Sums = tuple["Floats", "Floats"]
"""Numerator and denominator, [R, T] each."""


def weekly_growth(open_visits: Sums, growth_share: Sums, growth: Sums) -> Floats:
    """
    [T] contacts per week by which the backlog of each type grows; NaN where the type is stable.

    Unstable is a type of which more than 1 % of the counted visits end open, or whose backlog growth has a 99 %
    interval over replications above 5 % of the counted volume. With fewer than 5 replications only the first sign
    counts; growth alike in all replications counts as it is.

    Parameters
    ----------
    open_visits
        Counted visits that are open at the end of the run, over all counted visits.
    growth_share
        Growth of the backlog over the counted period, over the counted volume.
    growth
        The same growth, over the weeks of the counted period.
    """
    share = estimate("plain", *growth_share, CONFIDENCE)
    least = np.where(share.method == Method.ALIKE, share.mean, share.low)
    unstable = (ratio_of_sums(open_visits) > OPEN_SHARE) | (least > GROWTH_SHARE)
    return np.where(unstable, ratio_of_sums(growth), np.nan)


def ratio_of_sums(sums: Sums) -> Floats:
    numerator, denominator = sums
    return ratio(numerator.sum(axis=0), denominator.sum(axis=0))
