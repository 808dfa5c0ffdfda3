"""
Paired differences between scenarios on common random numbers, with simultaneous intervals.

Replication r is the same chance in every scenario, so differences are taken replication by replication: what
chance adds to both cancels. All intervals of one table hold together with the confidence stated (Bonferroni),
so that a sentence may be said of any of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from ccsim.analysis.estimates import (
    CONFIDENCE,
    FEWEST,
    ROUNDING,
    Estimates,
    Kind,
    Method,
    leave_one_out,
    ratio,
    standard_error,
    value,
)

if TYPE_CHECKING:
    from ccsim.plan import Bools, Floats

HIGHER, LOWER, SAME = "higher", "lower", "not distinguishable"


def simultaneous(count: int, confidence: float = CONFIDENCE) -> float:
    """Confidence of each of ``count`` intervals that hold together with ``confidence`` (Bonferroni)."""
    return 1 - (1 - confidence) / max(count, 1)


def difference(
    kind: Kind, a: tuple[Floats, Floats], b: tuple[Floats, Floats], confidence: float = CONFIDENCE
) -> Estimates:
    """
    Differences b - a of M measures of one kind, paired by replication.

    The interval is the plain jackknife of the difference of the ratios of sums; of ``order`` measures the t
    interval of the mean of the replications' differences. Replications in which one of the two has no value are
    left out of both. Differences alike in all replications are certain (a roster costs the same each time),
    except those of shares: they are bounded, so their interval allows for the share of replications that a
    sample of n alike ones may have missed.

    Parameters
    ----------
    a, b
        Numerator and denominator, [R, M] each, of the same measures in two scenarios.
    """
    present = (a[1] > 0) & (b[1] > 0) & np.isfinite(a[0]) & np.isfinite(b[0])
    sums_a, sums_b = of_present(kind, *a, present), of_present(kind, *b, present)
    mean_a, mean_b = mean_of(*sums_a), mean_of(*sums_b)
    size = ROUNDING * (np.abs(mean_a) + np.abs(mean_b))
    mean = np.where(np.abs(mean_b - mean_a) <= size, 0.0, mean_b - mean_a)
    mean[np.isnan(mean_a)] = np.nan
    n = present.sum(axis=0)
    low, high = np.full_like(mean, np.nan), np.full_like(mean, np.nan)
    method = np.where(n == 0, Method.NO_VALUE, np.where(n < FEWEST, Method.TOO_FEW, Method.PLAIN)).astype(np.int8)
    if kind == "exact":
        method[n > 0] = Method.EXACT
        return Estimates(mean, low, high, n, method)

    enough = n >= FEWEST
    error = np.full_like(mean, np.nan)
    without = leave_one_out(*sums_b, present) - leave_one_out(*sums_a, present)
    error[enough] = standard_error(without[:, enough], present[:, enough])
    half = stdtrit(np.maximum(n, FEWEST) - 1, 1 - (1 - confidence) / 2) * error
    same = enough & (error <= size)
    method[same] = Method.ALIKE
    low[enough], high[enough] = (mean - half)[enough], (mean + half)[enough]
    low[same] = high[same] = mean[same]
    if kind == "share":
        method[same] = Method.CLOPPER_PEARSON
        missed = 1 - (1 - confidence) ** (1 / n[same])
        low[same], high[same] = mean[same] * (1 - missed) - missed, mean[same] * (1 - missed) + missed
    return Estimates(mean, low, high, n, method)


def verdict(kind: Kind, mean: float, low: float, high: float) -> str:
    """Of b against a; without an interval nothing is distinguishable, unless there is no chance in the measure."""
    if kind == "exact":
        low = high = mean
    if low > 0:
        return HIGHER
    return LOWER if high < 0 else SAME


def of_present(kind: Kind, numerator: Floats, denominator: Floats, present: Bools) -> tuple[Floats, Floats]:
    """
    Numerator and denominator with zeros where the pair has no value; ``order`` measures count each replication once.
    """
    if kind == "order":
        numerator, denominator = value(numerator, denominator, present), present.astype(float)
    return np.where(present, numerator, 0.0), np.where(present, denominator, 0.0)


def mean_of(numerator: Floats, denominator: Floats) -> Floats:
    return ratio(numerator.sum(axis=0), denominator.sum(axis=0))
