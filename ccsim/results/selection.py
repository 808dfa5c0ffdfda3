"""Frames of a selection: points of bids, what they must reach, how they differ, and what hangs on the weights."""

from __future__ import annotations

from itertools import combinations
from math import nan
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.comparisons import simultaneous, verdict
from ccsim.analysis.estimates import NOTHING, Number, estimate
from ccsim.analysis.scoring import ALL, score, stays_first
from ccsim.analysis.targets import MET, MISSED, UNDECIDED
from ccsim.model.selection import IN_ALL
from ccsim.results.columns import frame
from ccsim.results.contest import Contest

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ccsim.model.selection import Measured, Requirement
    from ccsim.results.contest import Bid
    from ccsim.results.measured import Found
    from ccsim.results.record import Record


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
