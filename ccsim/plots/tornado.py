"""What each number does to an outcome: bars around the outcome as it is, the largest on top."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

from ccsim.plots.money import short
from ccsim.plots.style import COLORS, INK, QUIET, axes, dress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

HEIGHT = 0.34
"""Of one row. [inches]"""
ROOM = 0.3
"""Left free on either side for the values at the ends of the bars, as a part of what the bars reach over."""
LONGEST = 22
"""Characters of a value beside a bar; longer ones are cut."""
LOW, HIGH = COLORS[0], COLORS[1]
UNSURE = "////"
OPAQUE = 0.85
PAPER = {"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 0.8}
"""Behind words that stand across lines."""


@dataclass(frozen=True)
class End:
    """The outcome with one value of a number."""

    value: str
    """As written."""
    outcome: float
    low: float
    high: float
    """Interval of the outcome; NaN = none."""


@dataclass(frozen=True)
class Swing:
    """One number with its two values."""

    label: str
    low: End
    high: End
    is_unsure: bool
    """Whether chance alone may part the outcomes at both ends."""


def tornado(swings: Sequence[Swing], base: float, title: str = "", *, unit: str = "", ax: Axes | None = None) -> Axes:
    """
    Bars from the outcome as it is (the line) to what it is with either value, with the intervals of both as whiskers.

    Blue with the low value, orange with the high one, each beside its end. A number of which no effect can be told is
    hatched and has an asterisk. Where the outcome may change its sign, a dashed line stands at 0.

    Parameters
    ----------
    swings
        From top to bottom.
    unit
        Of the outcome.
    ax
        Where to draw; a new figure if not given.
    """
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    alone, ax = ax is None, axes(ax, width=8.5, height=0.9 + HEIGHT * len(swings))
    for row, swing in enumerate(swings):
        both_sides = (swing.low.outcome - base) * (swing.high.outcome - base) < 0
        # The longer one first: where both ends lie on one side, the shorter one must not be hidden.
        for end, color in sorted(((swing.low, LOW), (swing.high, HIGH)), key=lambda one: -abs(one[0].outcome - base)):
            bar(ax, row, base, end, color, hatched=swing.is_unsure)
        for end in (swing.low, swing.high):
            tell(ax, row, base, end, swing, both_sides=both_sides)
    ax.axvline(base, color=INK, linewidth=1.1, label="as it is")
    reached = [edge for swing in swings for end in (swing.low, swing.high) for edge in edges(end)]
    first, last = min([base, *reached]), max([base, *reached])
    room = ROOM * max(last - first, 1.0)
    if first - room < 0 < last + room:
        ax.axvline(0, color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)), label="no difference")
    ax.set_xlim(first - room, last + room)
    ax.set_ylim(len(swings) - 0.4, -0.6)
    ax.set_yticks(range(len(swings)), [f"{swing.label}{' *' if swing.is_unsure else ''}" for swing in swings])
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda amount, _: short(amount, 0)))
    ax.set_xlabel(unit, fontsize=8)
    dress(ax, title, grid="x")
    ax.tick_params(axis="y", length=0)
    if alone:
        legend(ax)
    return ax


def legend(ax: Axes) -> None:
    """Which color is which value, and what the lines are, above the plot."""
    from matplotlib.patches import Patch

    lines, names = ax.get_legend_handles_labels()
    values = [Patch(color=LOW, alpha=OPAQUE), Patch(color=HIGH, alpha=OPAQUE)]
    ax.figure.legend(
        [*values, *lines],
        ["with the low value", "with the high value", *names],
        loc="outside upper right",
        ncols=4,
        frameon=False,
        fontsize=8,
    )


def edges(end: End) -> list[float]:
    """All that has to be seen of an end."""
    return [edge for edge in (end.outcome, end.low, end.high) if not isnan(edge)]


def bar(ax: Axes, row: int, base: float, end: End, color: str, *, hatched: bool) -> None:
    look = (
        {"facecolor": "white", "edgecolor": color, "hatch": UNSURE, "linewidth": 0.6} if hatched else {"color": color}
    )
    ax.barh(row, end.outcome - base, left=base, height=0.62, alpha=OPAQUE, **look)
    if end.low < end.high:
        reach = [[end.outcome - end.low], [end.high - end.outcome]]
        ax.errorbar(end.outcome, row, xerr=reach, color=INK, capsize=2, linewidth=0.9)


def tell(ax: Axes, row: int, base: float, end: End, swing: Swing, *, both_sides: bool) -> None:
    """The value beyond bars and whiskers on its side; of two on one side, the nearer one's stands on the other."""
    other = swing.high if end is swing.low else swing.low
    is_left = end.outcome < base or (end.outcome == base and other.outcome > base)
    is_nearer = not both_sides and abs(end.outcome - base) < abs(other.outcome - base)
    if is_nearer:
        is_left = other.outcome > base
    known = [base, *edges(swing.low), *edges(swing.high)]
    edge = min(known) if is_left else max(known)
    text = end.value if len(end.value) <= LONGEST else f"{end.value[: LONGEST - 3]}..."
    look: Any = {"va": "center", "fontsize": 7.5, "color": INK, "bbox": PAPER}
    away, side = (-4, "right") if is_left else (4, "left")
    ax.annotate(text, (edge, row), (away, 0), textcoords="offset points", ha=side, **look)
