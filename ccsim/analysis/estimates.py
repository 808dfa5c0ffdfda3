"""
Means over replications and how far they can be trusted (world rules, "How sure").

Everything here works on sums: ``numerator`` and ``denominator`` are arrays [R, M], one row per replication, one
column per measure. A mean is the ratio of sums over replications, its interval a jackknife over replications on
a scale on which the ratio is close to normal. Never on contacts: contacts of one day are correlated.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from math import nan
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from scipy.special import betaincinv, expit, logit, stdtrit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ccsim.plan import Bools, Floats

Kind = str
"""share, positive, amount, plain, order or exact; see ``estimate``."""

FEWEST = 5
"""Replications below which there is no interval and no verdict."""
CONFIDENCE = 0.95
ROUNDING = 1e-12
"""Relative difference that summation alone may cause."""


class Method(IntEnum):
    """How an interval was made, or why there is none."""

    NO_VALUE = 0
    TOO_FEW = 1
    LOGIT = 2
    LOG = 3
    PLAIN = 4
    ORDER = 5
    CLOPPER_PEARSON = 6
    ALIKE = 7
    EXACT = 8
    GROWS = 9

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Method.NO_VALUE: "no value",
    Method.TOO_FEW: "fewer than 5 replications",
    Method.LOGIT: "jackknife of the logit",
    Method.LOG: "jackknife of the logarithm",
    Method.PLAIN: "jackknife",
    Method.ORDER: "mean of replications",
    Method.CLOPPER_PEARSON: "Clopper-Pearson on replications",
    Method.ALIKE: "all replications alike",
    Method.EXACT: "exact",
    Method.GROWS: "unstable, no value",
}
BY_KIND = {"share": Method.LOGIT, "positive": Method.LOG, "plain": Method.PLAIN, "order": Method.ORDER}


class Number(NamedTuple):
    """An estimate and its interval, NaN where there is none."""

    mean: float
    low: float
    high: float


NOTHING = Number(nan, nan, nan)


@dataclass(frozen=True)
class Estimates:
    """Of M measures: mean, interval (NaN = none), replications that have a value, and ``Method``."""

    mean: Floats
    low: Floats
    high: Floats
    n: NDArray[np.int64]
    method: NDArray[np.int8]

    @property
    def alone(self) -> Number:
        """Of one measure, which is alone."""
        (mean,), (low,), (high,) = self.mean.tolist(), self.low.tolist(), self.high.tolist()
        return Number(mean, low, high)


def estimate(
    kind: Kind, numerator: Floats, denominator: Floats, confidence: float = CONFIDENCE, sides: Literal[1, 2] = 2
) -> Estimates:
    """
    Means and intervals of measures of one kind.

    ========== ======================================================================================
    kind       interval
    ========== ======================================================================================
    share      in [0, 1]: jackknife of the logit, transformed back
    positive   counts, hours, means of waits, money: jackknife of the logarithm, transformed back
    amount     money: as positive where it is negative in no replication, else as plain
    plain      may be negative: jackknife as it is
    order      percentile, maximum: t interval of the mean of the replications' values, not below 0 if none of them is
    exact      no chance in it: no interval
    ========== ======================================================================================

    Shares that are alike in all replications (0 %, 100 %, or any other value), and shares of which each
    replication is one trial (period = horizon), have the exact Clopper-Pearson interval on replications. At 0
    or 100 % only one of its bounds can be wrong, so that this one carries the whole error: 59 replications that
    all met a target prove 95 %. Other measures alike in all replications have no interval: what did not vary in
    the sample says nothing about how much it may.

    Where leaving one replication out gives 0 or 100 %, whose logit (logarithm of 0) is infinite, the standard
    error on that scale is the plain jackknife error times the slope of the scale at the mean (delta method); it
    is finite and wide.

    Parameters
    ----------
    numerator, denominator
        [R, M]. A denominator of 0, or a numerator that is NaN, means that this replication has no value; it is
        left out.
    confidence
        Of the interval; with ``sides=1`` of each bound alone.

    References
    ----------
    Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 11; Clopper and Pearson, Biometrika
    26 (1934).
    """
    if kind == "amount":
        kinds = np.where((numerator < 0).any(axis=0), "plain", "positive")
        return estimate_each(kinds.tolist(), numerator, denominator, confidence)
    present = (denominator > 0) & np.isfinite(numerator)
    if kind == "order":
        numerator, denominator = value(numerator, denominator, present), present.astype(float)
    numerator, denominator = np.where(present, numerator, 0.0), np.where(present, denominator, 0.0)
    n = present.sum(axis=0)
    mean = ratio(numerator.sum(axis=0), denominator.sum(axis=0))
    low, high = np.full_like(mean, np.nan), np.full_like(mean, np.nan)
    method = np.where(n == 0, Method.NO_VALUE, np.where(n < FEWEST, Method.TOO_FEW, Method.EXACT)).astype(np.int8)
    if kind == "exact":
        method[n > 0] = Method.EXACT
        return Estimates(mean, low, high, n, method)

    enough = n >= FEWEST
    same = enough & alike(numerator, denominator, present)
    trials = np.zeros_like(same)
    if kind == "share":
        trials = same | (enough & single_trials(numerator, denominator, present))
    usual = enough & ~same & ~trials
    method[same], method[trials], method[usual] = Method.ALIKE, Method.CLOPPER_PEARSON, BY_KIND[kind]

    low[trials], high[trials] = clopper_pearson(mean[trials], n[trials], confidence, sides)
    quantile = stdtrit(n[usual] - 1, 1 - (1 - confidence) / sides)
    low[usual], high[usual] = jackknife(
        kind, numerator[:, usual], denominator[:, usual], present[:, usual], mean[usual], quantile
    )
    if kind == "order":
        never_negative = usual & (numerator >= 0).all(axis=0)
        low[never_negative] = np.maximum(low[never_negative], 0.0)
    return Estimates(mean, low, high, n, method)


def estimate_each(
    kinds: Sequence[Kind], numerator: Floats, denominator: Floats, confidence: float = CONFIDENCE
) -> Estimates:
    """As ``estimate``, with a kind for each of the M columns."""
    count = len(kinds)
    empty = np.full(count, np.nan)
    result = Estimates(empty, empty.copy(), empty.copy(), np.zeros(count, np.int64), np.zeros(count, np.int8))
    of = np.array(kinds, dtype=object)
    for kind in dict.fromkeys(kinds):
        rows = of == kind
        part = estimate(kind, numerator[:, rows], denominator[:, rows], confidence)
        for field in ("mean", "low", "high", "n", "method"):
            getattr(result, field)[rows] = getattr(part, field)
    return result


def jackknife(
    kind: Kind, numerator: Floats, denominator: Floats, present: Bools, mean: Floats, quantile: Floats
) -> tuple[Floats, Floats]:
    """Low and high of means that vary between replications, on the scale of their kind."""
    without = leave_one_out(numerator, denominator, present)
    if kind == "share":
        center, error = logit(mean), scaled_error(logit, without, present, mean, 1 / (mean * (1 - mean)))
        return expit(center - quantile * error), expit(center + quantile * error)
    if kind == "positive":
        center, error = np.log(mean), scaled_error(np.log, without, present, mean, 1 / mean)
        return np.exp(center - quantile * error), np.exp(center + quantile * error)
    error = standard_error(without, present)
    return mean - quantile * error, mean + quantile * error


def scaled_error(scale: np.ufunc, without: Floats, present: Bools, mean: Floats, slope: Floats) -> Floats:
    """
    Jackknife standard error of ``scale(ratio)``; where a ratio without one replication is at the edge of the
    scale, by its slope.
    """
    inside = without > ROUNDING * mean
    if scale is logit:
        inside &= 1 - without > ROUNDING * (1 - mean)
    proper = (inside | ~present).all(axis=0)
    error = slope * standard_error(without, present)
    error[proper] = standard_error(scale(np.where(present, without, 0.5)[:, proper]), present[:, proper])
    return error


def leave_one_out(numerator: Floats, denominator: Floats, present: Bools) -> Floats:
    """[R, M] ratio of sums without replication r; where r has no value, NaN."""
    return np.where(present, ratio(numerator.sum(axis=0) - numerator, denominator.sum(axis=0) - denominator), np.nan)


def standard_error(without: Floats, present: Bools) -> Floats:
    """Jackknife standard error: sqrt((n - 1) / n * sum of squared deviations of the leave-one-out values)."""
    n = present.sum(axis=0)
    center = np.where(present, without, 0.0).sum(axis=0) / n
    squares = np.where(present, (without - center) ** 2, 0.0).sum(axis=0)
    error: Floats = np.sqrt((n - 1) / n * squares)
    return error


def clopper_pearson(
    mean: Floats, n: NDArray[np.int64], confidence: float, sides: Literal[1, 2] = 2
) -> tuple[Floats, Floats]:
    """
    Exact interval of a share of n trials; at 0 and 100 % its one bound that can be wrong carries the whole error.

    ``mean`` need not be a whole number of n-ths: a value in [0, 1] with this mean varies at most as much as a trial.
    """
    successes = mean * n
    low_error = np.where(mean >= 1, 1 - confidence, (1 - confidence) / sides)
    high_error = np.where(mean <= 0, 1 - confidence, (1 - confidence) / sides)
    low = np.where(mean > 0, betaincinv(np.maximum(successes, ROUNDING), n - successes + 1, low_error), 0.0)
    high = np.where(mean < 1, betaincinv(successes + 1, np.maximum(n - successes, ROUNDING), 1 - high_error), 1.0)
    return low, high


def alike(numerator: Floats, denominator: Floats, present: Bools) -> Bools:
    """[M] whether all replications that have a value have the same."""
    values = value(numerator, denominator, present)
    largest = np.where(present, values, -np.inf).max(axis=0, initial=-np.inf)
    smallest = np.where(present, values, np.inf).min(axis=0, initial=np.inf)
    same: Bools = largest - smallest <= ROUNDING * np.abs(largest)
    return same


def single_trials(numerator: Floats, denominator: Floats, present: Bools) -> Bools:
    """[M] whether each replication is one trial that succeeds or fails."""
    trial = (denominator == 1) & ((numerator == 0) | (numerator == 1))
    every: Bools = (trial | ~present).all(axis=0)
    return every


def value(numerator: Floats, denominator: Floats, present: Bools) -> Floats:
    """[R, M] each replication's own ratio, NaN where it has none."""
    return np.where(present, ratio(numerator, denominator), np.nan)


def ratio(numerator: Floats, denominator: Floats) -> Floats:
    """Elementwise; 0 / 0 is no value (NaN)."""
    result: Floats = np.full(np.shape(numerator), np.nan)
    np.divide(numerator, denominator, out=result, where=denominator > 0)
    return result
