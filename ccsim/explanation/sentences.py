"""The gap in plain words, a few sentences for each contact type."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from ccsim.analysis.estimates import FEWEST
from ccsim.report.numbers import percent, points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccsim.analysis.estimates import Number
    from ccsim.explanation.decomposition import Charge, Gap

RIGHT = 0.02
"""Erlang C is right where its error is proved to be smaller than this. [share]"""
WORTH_SAYING = 0.005
"""A charge smaller than half a point is left to the table."""
TOO_FEW = "too few agents for the load, or none: counted as 0"
NOTHING = (
    "There is nothing to explain: no live contact type (phone, chat) has a service level and contacts, and of deferred "
    "work (email, back office) Erlang C says nothing."
)


def sentence(gap: Gap) -> str:
    """By how much Erlang C is off here, and why; or that it is right."""
    return f"{verdict(gap)}.{no_answer(gap)}{order_matters(gap)}"


def verdict(gap: Gap) -> str:
    """Formula and floor, and what lies between them."""
    if is_right(gap):
        return (
            f"Erlang C is right here: it promises {percent(gap.erlang_c)}, the floor gives {plus_minus(gap.floor, 1)}"
            f"{by_luck(gap)}"
        )
    promise = f"promises {percent(gap.erlang_c, 0)}" if gap.unstable_share < 1 else f"has no answer here ({TOO_FEW})"
    text = f"Erlang C {promise}; the floor gives {plus_minus(gap.floor)}"
    if gap.replications < FEWEST:
        return f"{text} in {times(gap.replications)}; {FEWEST} or more would tell what of it is chance"
    if gap.total.low <= 0 <= gap.total.high and gap.unstable_share < 1:
        return f"{text}, which {times(gap.replications)} cannot tell apart{by_luck(gap)}"
    down = gap.total.mean < 0
    main, other = (reasons(gap.forward, sign) for sign in ((-1, 1) if down else (1, -1)))
    unknown = f": no step alone is told apart from chance by {times(gap.replications)}" if gap.total.mean else ""
    why = f": {', '.join(main)}" if main else unknown
    back = f"; {'won back' if down else 'lost again'}: {', '.join(other)}" if other else ""
    return f"{text}{why}{back}"


def is_right(gap: Gap) -> bool:
    """Whether the error of Erlang C is proved to be small."""
    return gap.total.low > -RIGHT and gap.total.high < RIGHT


def by_luck(gap: Gap) -> str:
    """Errors that cancel are errors."""
    lost, won = reasons(gap.forward, -1, RIGHT), reasons(gap.forward, 1, RIGHT)
    return f", but by luck: {', '.join(lost)}; made up by {', '.join(won)}" if lost and won else ""


def no_answer(gap: Gap) -> str:
    """Where the formula is unstable, or nobody is there, for a part of the contacts."""
    if not 0 < gap.unstable_share < 1:
        return ""
    return f" For {percent(gap.unstable_share)} of the contacts Erlang C has no answer ({TOO_FEW})."


def order_matters(gap: Gap) -> str:
    """Steps that are charged otherwise in the reverse order; they work together."""
    reverse = {charge.step: charge for charge in gap.backward}
    shifting = [
        f"{charge.step.name} {points(charge.points.mean)} or {points(other.points.mean)}"
        for charge in gap.forward
        for other in [reverse[charge.step]]
        if abs(charge.points.mean - other.points.mean) >= RIGHT and (charge.is_real or other.is_real)
    ]
    return f" The order matters: first to last or last to first, {'; '.join(shifting)}." if shifting else ""


def reasons(charges: Sequence[Charge], sign: int, least: float = WORTH_SAYING) -> list[str]:
    """``9 points because ...``, ``5 because ...``: charges of this sign that chance does not explain, largest first."""
    chosen = sorted(
        (charge for charge in charges if charge.is_real and sign * charge.points.mean >= least),
        key=lambda charge: -abs(charge.points.mean),
    )
    return [f"{amount(charge, first=not row)} because {charge.step.reason}" for row, charge in enumerate(chosen)]


def amount(charge: Charge, *, first: bool) -> str:
    """``9 points``, ``1 point``, and after the first ``5``."""
    number = f"{abs(100 * charge.points.mean):.0f}" if abs(charge.points.mean) >= 0.015 else "1"
    return f"{number} point{'s' if number != '1' else ''}" if first else number


def times(replications: int) -> str:
    """``1 replication``, ``20 replications``"""
    return f"{replications} replication{'s' if replications != 1 else ''}"


def plus_minus(level: Number, digits: int = 0) -> str:
    """``71 % ± 2``; without an interval the mean alone."""
    text = percent(level.mean, digits)
    if isnan(level.low):
        return text
    half = 50 * (level.high - level.low)
    return f"{text} ± {half:.{digits if half >= 0.5 else 1}f}"
