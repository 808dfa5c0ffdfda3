"""What a bid is scored by: a measure over all replications by its statistic, and the same without each of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.estimates import FEWEST, NOTHING, ROUNDING, Number, estimate, leave_one_out, value
from ccsim.analysis.scoring import worst_mean
from ccsim.analysis.variance import deviation, half_width, spread, without_each
from ccsim.measures.catalog import CATALOG
from ccsim.measures.tally import CONTACT_TYPE, TOTAL, Key
from ccsim.results.unstable import has_no_value, unstable_types

if TYPE_CHECKING:
    from ccsim.model.selection import Measured
    from ccsim.plan import Floats
    from ccsim.results.record import Sums


@dataclass(frozen=True)
class Found:
    """A measure over R replications: its estimate, and the same without each replication."""

    number: Number
    without: Floats
    """[R]"""
    each: Floats
    """[R] the replications' own values, NaN where there is none."""
    is_enough: bool
    """Whether there are replications enough for an interval."""

    @property
    def n(self) -> int:
        return int(np.isfinite(self.each).sum())


def found(sums: Sums, measured: Measured, confidence: float) -> Found:
    """A measure by its statistic; without a value where there is none, or a backlog grows without end."""
    replications = len(sums.finished)
    scope, name = (TOTAL, "") if measured.contact_type is None else (CONTACT_TYPE, measured.contact_type)
    key, nothing = Key(scope, name, measured.measure), np.full(replications, nan)
    if key not in sums.keys or has_no_value(key, unstable_types(sums)):
        return Found(NOTHING, nothing, nothing, is_enough=False)
    numerator, denominator = sums.of(key)
    present = (denominator > 0) & np.isfinite(numerator)
    each = value(numerator, denominator, present)
    if not present.any():
        return Found(NOTHING, nothing, each, is_enough=False)
    if measured.statistic.of == "mean":
        number, others = of_mean(numerator[present], denominator[present], measured, confidence)
    elif measured.statistic.of == "deviation":
        number, others = of_deviation(each[present], confidence)
    else:
        number, others = of_tail(each[present], measured, confidence)
    without = np.full(replications, number.mean)
    without[present] = others
    return Found(number, without, each, is_enough=present.sum() >= least_replications(measured))


def least_replications(measured: Measured) -> float:
    """For an interval; a tail must hold as many as a mean."""
    share = measured.statistic.share
    return FEWEST if share is None else FEWEST / float(share) * (1 - ROUNDING)


def of_mean(numerator: Floats, denominator: Floats, measured: Measured, confidence: float) -> tuple[Number, Floats]:
    """Ratio of sums."""
    top, bottom = numerator[:, None], denominator[:, None]
    mean = estimate(CATALOG[measured.measure].kind, top, bottom, confidence)
    without = leave_one_out(top, bottom, np.ones_like(top, dtype=np.bool_))[:, 0]
    return mean.alone, without


def of_deviation(values: Floats, confidence: float) -> tuple[Number, Floats]:
    """Standard deviation; of few replications without an interval, of one without a value."""
    if len(values) < FEWEST:
        number = Number(spread(values), nan, nan) if len(values) > 1 else NOTHING
        return number, np.full(len(values), number.mean)
    return deviation(values, confidence), without_each(spread, values)


def of_tail(values: Floats, measured: Measured, confidence: float) -> tuple[Number, Floats]:
    """The mean of the worst share; its interval is a plain jackknife, within what is possible."""
    share = float(measured.statistic.share or 0)

    def tail(some: Floats) -> float:
        return worst_mean(some, share, highest=measured.less_is_better)

    mean = tail(values)
    if len(values) < least_replications(measured):
        return Number(mean, nan, nan), np.full(len(values), mean)
    without = without_each(tail, values)
    half, kind = half_width(without, confidence), CATALOG[measured.measure].kind
    least, most = (-np.inf if kind == "amount" else 0.0), (1.0 if kind == "share" else np.inf)
    return Number(mean, max(mean - half, least), min(mean + half, most)), without
