"""Where between the two values of a key a case would cost what the baseline does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.estimates import NOTHING, Number
from ccsim.business_case.crossing import crossing
from ccsim.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccsim.plan import Floats
    from ccsim.sensitivities.design import Design, Range
    from ccsim.sensitivities.floor import Floor, Totals
    from ccsim.sensitivities.scale import Scale


class Verdict(StrEnum):
    """What came of looking for a break-even."""

    FOUND = "found"
    NONE = "none between"
    """Both ends are on one side."""
    NOT_SOUGHT = "not sought"
    """There is one, but what lies between the two values is no number."""


@dataclass(frozen=True)
class BreakEven:
    """In the unit of the key; an end of the interval that lies beyond the two values is NaN."""

    case: str
    name: str
    verdict: Verdict
    value: Number


def break_even(design: Design, played: Floor, range_: Range, case: str, confidence: float) -> BreakEven:
    """
    Look between the two values of a key for the one at which a case costs what the baseline does.

    Every number that is looked at is a version of the experiment of its own, on the same replications. Where the key
    takes whole numbers alone, what lies between two of them is a straight line.
    """
    low, high = (float(np.mean(more(totals, design, case))) for totals in played.totals(range_.ends))
    if np.sign(low) == np.sign(high):
        return BreakEven(case, range_.name, Verdict.NONE, NOTHING)
    scale = range_.scale
    if scale is not None:
        try:
            at = totals_between(design, played, range_, scale)
            found = crossing(lambda number: more(at(number), design, case), scale.low, scale.high, confidence)
            return BreakEven(case, range_.name, Verdict.FOUND, found)
        except ConfigError:
            pass  # a number between two that may stand there may not; nothing more can be said
    return BreakEven(case, range_.name, Verdict.NOT_SOUGHT, NOTHING)


def more(totals: Totals, design: Design, case: str) -> Floats:
    """[R] what a case costs beyond the baseline."""
    return totals[case] - totals[design.base.question.baseline]


def totals_between(design: Design, played: Floor, range_: Range, scale: Scale) -> Callable[[float], Totals]:
    """Totals of all cases at any number of the scale."""

    def at(number: float) -> Totals:
        return played.totals([design.at(range_.name, scale.written(number))])[0]

    def straight(number: float) -> Totals:
        below, above = at(floor(number)), at(ceil(number))
        part = number - floor(number)
        return {case: (1 - part) * below[case] + part * above[case] for case in below}

    return straight if is_whole(design, range_, scale) else at


def is_whole(design: Design, range_: Range, scale: Scale) -> bool:
    """Whether only whole numbers may stand under the key, as of agents."""
    if scale.low % 1 or scale.high % 1:
        return False
    try:
        design.at(range_.name, scale.written(min(scale.low, scale.high) + 0.5))
    except ConfigError:
        return True
    return False
