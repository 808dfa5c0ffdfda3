"""
How often a target is met in single intervals, days or weeks.

The share of periods that meet it is a ratio like any other: numerator the periods that met it, denominator the
periods judged, in each replication, so that ``estimates.estimate`` treats replications as the clusters they
are.
"""

from __future__ import annotations

import math

from ccsim.analysis.estimates import CONFIDENCE


def fewest_replications(share: float, confidence: float = CONFIDENCE) -> int:
    """
    Replications without which "at least ``share`` of periods meet the target" cannot be proved, even if all of them do.

    All n of n have the exact lower bound (1 - confidence) ** (1 / n): 59 for 95 %.
    """
    if not 0 < share < 1:
        raise ValueError(f"share={share} must lie between 0 and 1; no number of replications proves 100 %")
    return math.ceil(math.log(1 - confidence) / math.log(share))


def proof_needs(share: float, period: str, n: int, confidence: float = CONFIDENCE) -> str:
    """A sentence for a table that cannot prove what its reader may hope for; empty if ``n`` replications could."""
    fewest = fewest_replications(share, confidence)
    if n >= fewest:
        return ""
    return (
        f"{share * 100:g} % of {period}s cannot be proved with {n} replications, "
        f"even if every {period} meets the target; at least {fewest} are needed."
    )
