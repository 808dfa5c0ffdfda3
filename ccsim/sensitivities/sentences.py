"""The answer in plain words: whether a case stays what it is, what that depends on most, and what would turn it."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.estimates import FEWEST
from ccsim.business_case.groups import DIFFERENCE
from ccsim.quantities import all_of
from ccsim.sensitivities.looking import Verdict
from ccsim.sensitivities.words import around, at, between, now, size, written

if TYPE_CHECKING:
    from ccsim.analysis.estimates import Number
    from ccsim.sensitivities.bars import Bar
    from ccsim.sensitivities.design import Range
    from ccsim.sensitivities.found import Sensitivity

MOST = 3
"""Numbers on which most depends that are named."""


def sentences(found: Sensitivity) -> list[str]:
    """A paragraph for each case that is compared with the baseline, and what may not be meant."""
    cases = [" ".join(told(found, one.case, one.value)) for one in found.now if one.outcome == DIFFERENCE]
    return cases + [outside(range_) for range_ in found.ranges if is_outside(range_)]


def is_outside(range_: Range) -> bool:
    """Whether what stands in the file lies beyond both of its ends."""
    scale = range_.scale
    numbers = [] if scale is None else [scale.number(value) for value in range_.now]
    return scale is not None and any(
        number < min(scale.low, scale.high) or number > max(scale.low, scale.high) for number in numbers
    )


def outside(range_: Range) -> str:
    between = f"{written(range_.low)} and {written(range_.high)}"
    return f"{range_.name}: what stands in the file, {now(range_)}, does not lie between {between}; is that meant?"


def told(found: Sensitivity, case: str, value: Number) -> list[str]:
    bars = found.bars_of(case)
    if not bars:
        return [f"{case}: {as_it_is(found, value)}; no sensitivity was finished."]
    is_known = not value.low <= 0 <= value.high
    return [
        f"{case} {as_it_is(found, value)}.",
        *([stays(found, bars, value)] if is_known else []),
        *most(found, bars),
        *turned(found, case),
        *without_effect(found, bars),
    ]


def as_it_is(found: Sensitivity, value: Number) -> str:
    """What the case costs beyond the baseline with the file as it is."""
    which = "less" if value.mean < 0 else "more"
    text = f"costs {size(value.mean, found.currency)} {which} than {found.baseline} over {found.months} months"
    if isnan(value.low):
        return f"{text} (of fewer than {FEWEST} replications nobody knows how sure that is)"
    if value.low <= 0 <= value.high:
        return f"{text}, which {found.replications} replications cannot tell from nothing"
    half = between(value).strip()
    return f"{text} ({half} {found.currency})" if half else text


def stays(found: Sensitivity, bars: list[Bar], value: Number) -> str:
    """Whether either end of any number turns the sign."""
    what = "cheaper" if value.mean < 0 else "dearer"
    turning = [bar.name for bar in bars if turns(bar, value)]
    doubtful = [bar.name for bar in bars if bar.name not in turning and is_doubtful(bar)]
    but = f" but {all_of(turning)}" if turning else ""
    which = "" if len(bars) == len(found.ranges) else " that was finished"
    text = f"It stays {what} at both ends of every number{which}{but}"
    return f"{text}; at an end of {all_of(doubtful)} chance does not tell." if doubtful else f"{text}."


def turns(bar: Bar, value: Number) -> bool:
    """Whether the case is on the other side of the baseline at an end."""
    return any(np.sign(end.mean) != np.sign(value.mean) for end in (bar.at_low, bar.at_high))


def is_doubtful(bar: Bar) -> bool:
    """Whether the interval of an end holds 0."""
    return any(end.low <= 0 <= end.high for end in (bar.at_low, bar.at_high))


def most(found: Sensitivity, bars: list[Bar]) -> list[str]:
    """The numbers on which most depends."""
    chosen = [bar for bar in bars if not bar.is_unsure][:MOST]
    if not chosen:
        return []
    first, *others = chosen
    range_ = found.range(first.name)
    text = (
        f"Most depends on {first.name} (from {written(range_.low)} to {written(range_.high)} it costs "
        f"{size(first.swing.mean, found.currency)} {'more' if first.swing.mean > 0 else 'less'})"
    )
    return [", then on ".join([text, *(bar.name for bar in others)]) + "."]


def turned(found: Sensitivity, case: str) -> list[str]:
    """The values at which the case would cost what the baseline does."""
    known = [even for even in found.evens if even.case == case and even.verdict == Verdict.FOUND]
    if not known:
        return []
    each = []
    for even in known:
        range_ = found.range(even.name)
        interval = around(range_, even.value)
        further = "; ".join(filter(None, (interval, f"now {now(range_)}" if range_.now else "")))
        each.append(f"{even.name} {at(range_, even.value.mean)}" + (f" ({further})" if further else ""))
    return [f"It would cost what {found.baseline} does at {', at '.join(each)}."]


def without_effect(found: Sensitivity, bars: list[Bar]) -> list[str]:
    """Numbers that change nothing, and those whose effect chance hides."""
    idle = [bar.name for bar in bars if bar.swing == (0, 0, 0)]
    hidden = [bar.name for bar in bars if bar.is_unsure and bar.name not in idle]
    told = [f"Nothing changes with {all_of(idle)}."] if idle else []
    return told + ([f"Of {all_of(hidden)} no effect can be told."] if hidden else [])
