"""
Points of bids between fixed anchors, and for which weights the first one stays first.

What a bid is given depends on nothing but itself: anchors are written down before bids are known. Where points are
relative to the best of the bids, a bid that nobody would choose can decide between two others, and small differences
count as much as large ones.

References
----------
Bergman and Lundberg, Tender evaluation and supplier selection methods in public procurement, Journal of Purchasing and
Supply Management 19 (2013); Stilger, Siderius and van Raaij, A comparative study of formulas for choosing the
economically most advantageous tender, Journal of Public Procurement 17 (2017), on 38 formulas and their ranking
paradoxes; Monat, The benefits of global scaling in multi-criteria decision analysis, Judgment and Decision Making 4
(2009).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from ccsim.plan import Floats

ALL = 100.0
"""Points of a bid that is best in everything."""


def score(values: Floats, best: Floats, worst: Floats) -> Floats:
    """Share of the way from worst to best, cut at both ends: 0 to 1; NaN without a value."""
    way: Floats = np.clip((values - worst) / (best - worst), 0.0, 1.0)
    return way


def worst_mean(values: Floats, share: float, *, highest: bool) -> float:
    """
    Mean of the worst ``share`` of the values: the highest, or the lowest ones.

    The last of them counts in part where share x their number is no whole number: the tail of their own distribution
    (conditional value at risk, expected shortfall; Acerbi and Tasche, Journal of Banking and Finance 26, 2002).
    """
    ordered = np.sort(values)[::-1] if highest else np.sort(values)
    size = share * len(ordered)
    counted = np.clip(size - np.arange(len(ordered)), 0.0, 1.0)
    return float(ordered @ counted / size)


class Range(NamedTuple):
    """Weights of one criterion from ``low`` to ``high`` with which the first bid stays first; who is first beyond."""

    low: float
    high: float
    below: int | None
    above: int | None


def stays_first(scores: Floats, weights: Floats, criterion: int) -> Range:
    """
    For which weights of one criterion the first bid stays first, the others keeping their proportions to each other.

    Points are a straight line in the weight, so each rival overtakes at most once on its way from 0 to 1.

    Parameters
    ----------
    scores
        [C, K] of C bids by K criteria, each from 0 to 1.
    weights
        [K], which add up to 1.
    """
    rest = np.delete(weights, criterion)
    if not rest.sum() > 0:
        return Range(np.nan, np.nan, None, None)
    alone, others = scores[:, criterion], np.delete(scores, criterion, axis=1) @ (rest / rest.sum())
    first = int(np.argmax(scores @ weights))
    found = Range(0.0, 1.0, None, None)
    for rival in range(len(scores)):
        with_all, with_none = alone[first] - alone[rival], others[first] - others[rival]
        if with_none < 0 and (at := with_none / (with_none - with_all)) > found.low:
            found = found._replace(low=float(at), below=rival)
        if with_all < 0 and (at := with_none / (with_none - with_all)) < found.high:
            found = found._replace(high=float(at), above=rival)
    return found
