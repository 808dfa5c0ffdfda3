"""
Which bid is best by the criteria of a file: points between fixed anchors, what must be reached, and how sure that is.

A criterion is measured over all replications, and points are those of the estimate, not means of the replications' own
points: a criterion that is a tail or a deviation has no value in a single replication, and a share of few contacts is
not what is promised. Intervals of points are jackknives over replications of the whole rule; all bids have the same
replications, so differences are paired.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.estimates import Number
from ccsim.analysis.scoring import ALL, score
from ccsim.analysis.variance import half_width
from ccsim.measures.catalog import CATALOG
from ccsim.results.measured import found

if TYPE_CHECKING:
    from ccsim.model.selection import Measured, Requirement, Selection
    from ccsim.plan import Floats
    from ccsim.results.measured import Found
    from ccsim.results.record import Record, Sums


@dataclass(frozen=True)
class Bid:
    """A candidate with its criteria, [K] scores from 0 to 1, and the same without each replication, [R, K]."""

    scenario: str
    unit: dict[str, str]
    """Of each criterion and requirement, by its measure."""
    criteria: list[Found]
    scores: Floats
    without: Floats
    requirements: list[Found]
    qualifies: bool

    @property
    def is_scored(self) -> bool:
        return bool(np.isfinite(self.scores).all())

    @property
    def is_sure(self) -> bool:
        """Whether there are replications enough for an interval of its points."""
        return all(one.is_enough for one in self.criteria)


@dataclass(frozen=True)
class Contest:
    """All candidates, as a file asks."""

    asked: Selection
    bids: list[Bid]
    confidence: float

    @classmethod
    def of(cls, record: Record) -> Contest | None:
        """None where nothing is asked, or nothing was run."""
        if record.selection is None or not record.replications:
            return None
        chosen = record.selection.among(name for name in record.plans if name not in record.what_ifs)
        bids = [bid(record.sums[name], record.selection, record.confidence) for name in chosen]
        return cls(record.selection, bids, record.confidence) if bids else None

    @property
    def weights(self) -> Floats:
        return np.array([float(weight) for weight in self.asked.weights])

    @property
    def ranked(self) -> list[Bid]:
        """Those that may be chosen, the first one first; of equal ones that of the file."""
        able = [one for one in self.bids if one.qualifies and one.is_scored]
        return sorted(able, key=lambda one: -self.points(one).mean)

    def points(self, one: Bid) -> Number:
        """In all, with the interval."""
        total = float(ALL * one.scores @ self.weights)
        if not one.is_sure or isnan(total):
            return Number(total, nan, nan)
        half = half_width(ALL * one.without @ self.weights, self.confidence)
        return Number(total, max(total - half, 0.0), min(total + half, ALL))

    def lead(self, one: Bid, other: Bid, confidence: float) -> Number:
        """Points of one less those of the other, paired."""
        gap = float(ALL * (one.scores - other.scores) @ self.weights)
        if not (one.is_sure and other.is_sure):
            return Number(gap, nan, nan)
        half = half_width(ALL * (one.without - other.without) @ self.weights, confidence)
        return Number(gap, gap - half, gap + half)


def bid(sums: Sums, asked: Selection, confidence: float) -> Bid:
    criteria = [found(sums, one, confidence) for one in asked.criteria.values()]
    requirements = [found(sums, one, confidence) for one in asked.requirements.values()]
    best, worst = np.array([one.anchors for one in asked.criteria.values()]).T
    measured = (*asked.criteria.values(), *asked.requirements.values())
    return Bid(
        sums.plan.scenario,
        {one.measure: unit(sums, one) for one in measured},
        criteria,
        score(np.array([one.number.mean for one in criteria]), best, worst),
        score(np.stack([one.without for one in criteria], axis=1), best, worst),
        requirements,
        all(reaches(one, wanted) for one, wanted in zip(requirements, asked.requirements.values(), strict=True)),
    )


def unit(sums: Sums, measured: Measured) -> str:
    """A currency by its name."""
    known = CATALOG[measured.measure].unit
    return sums.plan.currency if known == "currency" else known


def reaches(one: Found, wanted: Requirement) -> bool:
    """Whether the estimate is on the right side; what has no value is not."""
    beyond = one.number.mean <= wanted.limit if wanted.less_is_better else one.number.mean >= wanted.limit
    return bool(beyond)
