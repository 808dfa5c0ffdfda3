"""When, and at which wage, price or exchange rate, a case costs what the baseline does, on paired replications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.estimates import Estimates, estimate

if TYPE_CHECKING:
    from ccsim.plan import Floats, Ints

NEVER = 0


@dataclass(frozen=True)
class Month:
    """When a case has paid for itself."""

    share: Estimates
    """[1] of the replications that break even within the months."""
    median: float
    """Of those that do; NaN if none does."""
    earliest: float
    latest: float
    of_mean: float
    """Month in which the mean path breaks even; NaN if it does not."""


def break_even_month(more: Floats, confidence: float) -> Month:
    """``more`` [R, months] what the case costs beyond the baseline in each month, as it is worth today."""
    each = months_of(np.cumsum(more, axis=1))
    happened = each[each != NEVER]
    reached = (each != NEVER).astype(np.float64)[:, None]
    mean = int(months_of(np.cumsum(more, axis=1).mean(axis=0, keepdims=True))[0])
    low, middle, high = (
        (float(happened.min()), float(np.median(happened)), float(happened.max())) if len(happened) else (np.nan,) * 3
    )
    share = estimate("share", reached, np.ones_like(reached), confidence)
    return Month(share, middle, low, high, float(mean) if mean != NEVER else np.nan)


def months_of(cumulative: Floats) -> Ints:
    """
    [R] the month, counted from 1, from which on a path [R, months] stays at or below 0; ``NEVER`` if its end is above.

    A thousandth of a cent is none: paths that are equal differ by that from summation.
    """
    above = cumulative > 1e-5
    last_above = cumulative.shape[1] - np.argmax(above[:, ::-1], axis=1)
    first: Ints = np.where(above.any(axis=1), last_above + 1, 1)
    return np.where(above[:, -1], NEVER, first)


def break_even_value(more: Floats, proportional: Floats, now: float, confidence: float) -> Estimates:
    """
    [1] the number at which a case costs, on average, what the baseline does.

    Costs are linear in it. With p per unit of what it is now, and D the difference of today, D + (f - 1) p = 0 gives
    f = (p - D) / p: a ratio of paired means with its jackknife interval. No value where nothing is proportional to it,
    where chance decides in which direction it works, and where it would have to be negative.

    Parameters
    ----------
    more
        [R] what the case costs beyond the baseline.
    proportional
        [R] the part of that which is proportional to the number.
    now
        The number as it is.
    """
    sign = np.sign(proportional.mean())
    up = (sign * proportional)[:, None]
    if sign == 0 or (up <= 0).any():
        up = up * 0
    found = estimate("plain", sign * (proportional - more)[:, None] * now, up, confidence)
    if found.mean[0] < 0:
        return estimate("plain", up * 0, up * 0, confidence)
    return found
