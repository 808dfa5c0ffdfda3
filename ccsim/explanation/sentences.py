"""The gap in plain words, one sentence or two for each contact type."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from ccsim.report.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccsim.explanation.decomposition import Charge, Gap, Level

RIGHT = 0.02
"""Erlang C is right where its error is proved to be smaller than this. [share]"""
WORTH_SAYING = 0.005
"""A charge smaller than half a point is left to the table."""


def sentence(gap: Gap) -> str:
    """By how much Erlang C is off here, and why; or that it is right."""
    promise, floor = percent(gap.erlang_c, 0), plus_minus(gap.floor)
    if is_right(gap):
        text = (
            f"Erlang C is right here: it promises {percent(gap.erlang_c)}, the floor gives {plus_minus(gap.floor, 1)}"
        )
        return f"{text}{by_luck(gap)}.{unstable(gap)}"
    text = f"Erlang C promises {promise}; the floor gives {floor}"
    if gap.total.low <= 0 <= gap.total.high:
        return f"{text}, which {gap.replications} replications cannot tell apart.{unstable(gap)}"
    down = gap.total.mean < 0
    main, other = (reasons(gap.forward, sign) for sign in ((-1, 1) if down else (1, -1)))
    why = f": {', '.join(main)}" if main else ""
    back = f"; {'won back' if down else 'lost again'}: {', '.join(other)}" if other else ""
    return f"{text}{why}{back}.{unstable(gap)}"


def is_right(gap: Gap) -> bool:
    """Whether the error of Erlang C is proved to be small."""
    return gap.total.low > -RIGHT and gap.total.high < RIGHT


def by_luck(gap: Gap) -> str:
    """Errors that cancel are errors."""
    lost, won = reasons(gap.forward, -1, RIGHT), reasons(gap.forward, 1, RIGHT)
    return f", but by luck: {', '.join(lost)}; made up by {', '.join(won)}" if lost and won else ""


def unstable(gap: Gap) -> str:
    """Where Erlang C has no answer."""
    if not gap.unstable_share > 0:
        return ""
    return (
        f" For {percent(gap.unstable_share)} of the contacts it has no answer (load not below the agents), which counts"
        " as 0."
    )


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


def plus_minus(level: Level, digits: int = 0) -> str:
    """``71 % ± 2``; without an interval the mean alone."""
    text = percent(level.mean, digits)
    if isnan(level.low):
        return text
    half = 50 * (level.high - level.low)
    return f"{text} ± {half:.{digits if half >= 0.5 else 1}f}"
