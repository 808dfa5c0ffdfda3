"""What each number does to each case: the bars of a tornado."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.comparisons import simultaneous, verdict
from ccsim.business_case.crossing import paired
from ccsim.business_case.groups import DIFFERENCE, TOTAL

if TYPE_CHECKING:
    from ccsim.analysis.estimates import Number
    from ccsim.plan import Floats
    from ccsim.sensitivities.floor import Totals

OF_A_BAR = 3
"""Intervals: of its ends and of its swing."""


@dataclass(frozen=True)
class Bar:
    """What a case costs, in all or beyond the baseline, with either value of a key. [reporting currency, now]"""

    case: str
    outcome: str
    """``difference`` to the baseline, or ``total``."""
    name: str
    at_low: Number
    at_high: Number
    swing: Number
    """At high less at low, on the same replications."""

    @property
    def verdict(self) -> str:
        """Whether the case costs more with the high value than with the low one, or nobody can tell."""
        return verdict("plain", *self.swing)

    @property
    def is_unsure(self) -> bool:
        """Whether the interval of the swing holds 0; without an interval nobody says so."""
        return self.swing.low <= 0 <= self.swing.high


@dataclass(frozen=True)
class Now:
    """What a case costs, in all or beyond the baseline, with the file as it is."""

    case: str
    outcome: str
    value: Number


def outcomes_now(totals: Totals, baseline: str, confidence: float) -> list[Now]:
    """Of every case; intervals of one outcome hold together."""
    return [
        Now(case, outcome, mean(outcome_of(totals, outcome, case, baseline), simultaneous(len(cases), confidence)))
        for outcome, cases in cases_of(totals, baseline)
        for case in cases
    ]


def bars(name: str, low: Totals, high: Totals, baseline: str, planned: int, confidence: float) -> list[Bar]:
    """
    Of one sensitivity, for every case.

    Intervals of all bars of one outcome, of ``planned`` sensitivities, hold together, those of ends and of swings.
    """
    found = []
    for outcome, cases in cases_of(low, baseline):
        sure = simultaneous(OF_A_BAR * planned * len(cases), confidence)
        for case in cases:
            at_low, at_high = (outcome_of(totals, outcome, case, baseline) for totals in (low, high))
            swing = paired(at_low, at_high, sure)
            found.append(Bar(case, outcome, name, mean(at_low, sure), mean(at_high, sure), swing))
    return found


def cases_of(totals: Totals, baseline: str) -> list[tuple[str, list[str]]]:
    """Cases of each outcome: the baseline differs from nothing."""
    return [(DIFFERENCE, [case for case in totals if case != baseline]), (TOTAL, list(totals))]


def outcome_of(totals: Totals, outcome: str, case: str, baseline: str) -> Floats:
    """[R]"""
    return totals[case] - totals[baseline] if outcome == DIFFERENCE else totals[case]


def mean(amount: Floats, confidence: float) -> Number:
    """Over replications [R]; alike in all of them, it is certain."""
    return paired(np.zeros_like(amount), amount, confidence)
