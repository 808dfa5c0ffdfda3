"""Amounts and quotients of all rows of a scope, and how they add up over intervals and over rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.measures.tally import Ratio

if TYPE_CHECKING:
    from ccsim.plan import Floats, Ints


def over_period(value: Floats | Ratio) -> Floats | Ratio:
    """[rows] from [rows, I]: amounts are added, quotients are quotients of sums."""
    if isinstance(value, Ratio):
        return Ratio(value.numerator.sum(axis=1), value.denominator.sum(axis=1))
    total: Floats = value.sum(axis=1)
    return total


def added_up(value: Floats | Ratio, group: Ints, groups: int) -> Floats | Ratio:
    """[groups] from [rows]: as above. An amount has no value if one of its parts has none."""
    if isinstance(value, Ratio):
        return Ratio(*(np.bincount(group, weights=part, minlength=groups).astype(np.float64) for part in value))
    return np.bincount(group, weights=value, minlength=groups).astype(np.float64)


def as_ratio(value: Floats | Ratio) -> Ratio:
    """An amount as itself / 1, no value as 0 / 0."""
    if isinstance(value, Ratio):
        return value
    return Ratio(np.nan_to_num(value), (~np.isnan(value)).astype(np.float64))
