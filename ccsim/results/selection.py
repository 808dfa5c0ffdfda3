"""
Which bid is best by the criteria of a file: points between fixed anchors, what must be reached, and how sure that is.

A criterion is measured over all replications, and points are those of the estimate, not means of the replications' own
points: a criterion that is a tail or a deviation has no value in a single replication, and a share of few contacts is
not what is promised. Intervals of points are jackknives over replications of the whole rule; all bids have the same
replications, so differences are paired.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import isnan, nan
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.comparisons import simultaneous, verdict
from ccsim.analysis.estimates import FEWEST, NOTHING, ROUNDING, Number, estimate, leave_one_out, value
from ccsim.analysis.scoring import ALL, score, stays_first, worst_mean
from ccsim.analysis.targets import MET, MISSED, UNDECIDED
from ccsim.analysis.variance import deviation, half_width, spread, without_each
from ccsim.measures.catalog import CATALOG
from ccsim.measures.tally import CONTACT_TYPE, TOTAL, Key
from ccsim.model.selection import IN_ALL
from ccsim.results.columns import frame
from ccsim.results.unstable import has_no_value, unstable_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ccsim.model.selection import Measured, Requirement, Selection
    from ccsim.plan import Floats
    from ccsim.results.record import Record, Sums


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


def reaches(one: Found, wanted: Requirement) -> bool:
    """Whether the estimate is on the right side; what has no value is not."""
    beyond = one.number.mean <= wanted.limit if wanted.less_is_better else one.number.mean >= wanted.limit
    return bool(beyond)


def selection(record: Record) -> pd.DataFrame:
    """Points of each candidate by criterion and in all; empty where nothing is to be selected."""
    contest = Contest.of(record)
    return frame("selection", [] if contest is None else list(point_rows(contest)))


def point_rows(contest: Contest) -> Iterator[tuple[object, ...]]:
    ranks = {one.scenario: place for place, one in enumerate(contest.ranked, 1)}
    for one in contest.bids:
        for (name, criterion), measured in zip(contest.asked.criteria.items(), one.criteria, strict=True):
            best, worst = criterion.anchors
            ends = np.array([measured.number.mean, measured.number.low, measured.number.high])
            points = float(ALL * criterion.weight) * score(ends, np.array(best), np.array(worst))
            middle, low, high = float(points[0]), float(np.min(points[1:])), float(np.max(points[1:]))
            yield (
                one.scenario, name, float(criterion.weight), *words(one, criterion), best, worst, *measured.number,
                measured.n, middle, low, high, nan,
            )  # fmt: skip
        n = min(measured.n for measured in one.criteria)
        rank = ranks.get(one.scenario, nan)
        empty = ("", "", "", "points", ALL, 0.0, nan, nan, nan)
        yield (one.scenario, IN_ALL, 1.0, *empty, n, *contest.points(one), rank)


def words(one: Bid, measured: Measured) -> tuple[str, str, str, str]:
    """What is measured: measure, contact type, statistic and unit."""
    return measured.measure, measured.contact_type or "", measured.statistic.label, one.unit[measured.measure]


def requirements(record: Record) -> pd.DataFrame:
    """What each candidate must reach to be chosen, and whether it does; empty where nothing is required."""
    contest = Contest.of(record)
    return frame("selection_requirements", [] if contest is None else list(requirement_rows(contest)))


def requirement_rows(contest: Contest) -> Iterator[tuple[object, ...]]:
    for one in contest.bids:
        for (name, wanted), measured in zip(contest.asked.requirements.items(), one.requirements, strict=True):
            yield (
                one.scenario, name, *words(one, wanted), "at_most" if wanted.less_is_better else "at_least",
                wanted.limit, *measured.number, measured.n, judged(measured, wanted),
                *missing(measured, wanted, contest.confidence),
            )  # fmt: skip


def judged(measured: Found, wanted: Requirement) -> str:
    """Met or missed if the whole interval is on one side of the limit."""
    _, low, high = measured.number
    if wanted.less_is_better:
        low, high = -high, -low
    limit = -wanted.limit if wanted.less_is_better else wanted.limit
    if low >= limit:
        return MET
    return MISSED if high < limit else UNDECIDED


def missing(measured: Found, wanted: Requirement, confidence: float) -> Number:
    """Share of the replications whose own value is beyond the limit; a deviation is not of one replication."""
    each = measured.each[np.isfinite(measured.each)]
    if wanted.statistic.of == "deviation" or not len(each):
        return NOTHING
    beyond = (each > wanted.limit if wanted.less_is_better else each < wanted.limit).astype(float)[:, None]
    return estimate("share", beyond, np.ones_like(beyond), confidence).alone


def differences(record: Record) -> pd.DataFrame:
    """Points of each pair of candidates, paired by replication; all intervals hold together."""
    contest = Contest.of(record)
    pairs = [] if contest is None else list(combinations([one for one in contest.bids if one.is_scored], 2))
    confidence = simultaneous(len(pairs), record.confidence)
    rows: list[tuple[object, ...]] = []
    for a, b in pairs:
        assert contest is not None
        lead = contest.lead(b, a, confidence)
        rows.append((a.scenario, b.scenario, *lead, len(record.replications), verdict("plain", *lead)))
    return frame("selection_differences", rows)


def weights(record: Record) -> pd.DataFrame:
    """For which weight of each criterion the first candidate stays first, and what a point is worth."""
    contest = Contest.of(record)
    return frame("selection_weights", [] if contest is None else list(weight_rows(contest)))


def weight_rows(contest: Contest) -> Iterator[tuple[object, ...]]:
    ranked = contest.ranked
    scores = np.array([one.scores for one in ranked])
    for place, (name, criterion) in enumerate(contest.asked.criteria.items()):
        best, worst = criterion.anchors
        point = abs(best - worst) / float(ALL * criterion.weight)
        low, high, below, above = stays_first(scores, contest.weights, place) if ranked else (nan, nan, None, None)
        beyond = ("" if rival is None else ranked[rival].scenario for rival in (below, above))
        yield (name, float(criterion.weight), low, high, *beyond, point, contest.bids[0].unit[criterion.measure])
