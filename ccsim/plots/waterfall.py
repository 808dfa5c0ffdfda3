"""From one number to another, step by step: what each step takes or adds."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from ccsim.plots.style import COLORS, COVERED, GAP, INK, QUIET, axes, dress, percent_axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

HEIGHT = 0.32
"""Of one row. [inches]"""
ROOM = 0.06
"""Left free beside the bars for their numbers, as a part of the axis."""


@dataclass(frozen=True)
class Fall:
    """One row: a step from ``before`` to ``after``, or a level of its own where ``before`` is NaN."""

    label: str
    before: float
    after: float
    low: float
    high: float
    """Interval of ``after``, given ``before``; NaN = none."""


def waterfall(falls: Sequence[Fall], title: str = "", *, labels: bool = True, ax: Axes | None = None) -> Axes:
    """
    Shares from top to bottom: levels as full bars, steps as what they add (to the right) or take (to the left).

    Parameters
    ----------
    labels
        Whether the names of the rows stand beside them.
    ax
        Where to draw; a new figure if not given.
    """
    ax = axes(ax, width=7.5, height=0.9 + HEIGHT * len(falls))
    edges = [end for fall in falls for end in (fall.before, fall.after, fall.low, fall.high) if not isnan(end)]
    lowest, highest = min(edges, default=0.0), max(edges, default=1.0)
    room = max(highest - lowest, 0.02) * 2 * ROOM
    left = max(0.0, lowest - 2 * room)
    for row, fall in enumerate(falls):
        is_level = isnan(fall.before)
        begin, end = (left, fall.after) if is_level else (fall.before, fall.after)
        shade = COLORS[0] if is_level else COVERED if end >= begin else GAP
        ax.barh(row, end - begin, left=begin, height=0.62, color=shade, alpha=0.9 if is_level else 1.0)
        if fall.low < fall.high:
            reach = [[max(end - fall.low, 0.0)], [max(fall.high - end, 0.0)]]
            ax.errorbar(end, row, xerr=reach, color=INK, capsize=2, linewidth=0.9)
        if row + 1 < len(falls):
            ax.plot([end, end], [row, row + 1], color=QUIET, linewidth=0.7, linestyle=(0, (2, 2)))
        known = [edge for edge in (begin, end, fall.high) if not isnan(edge)]
        told = f"{100 * end:.1f} %" if is_level else signed(100 * (end - begin))
        ax.annotate(told, (max(known), row), (4, 0), textcoords="offset points", va="center", fontsize=7.5, color=INK)
    ax.set_yticks(range(len(falls)), [fall.label for fall in falls] if labels else [""] * len(falls))
    ax.set_ylim(len(falls) - 0.4, -0.6)
    ax.set_xlim(left, highest + 3 * room)
    percent_axis(ax.xaxis)
    dress(ax, title, grid="x")
    return ax


def signed(points: float) -> str:
    """With one decimal; nothing has no sign."""
    text = f"{points:+.1f}"
    return "0.0" if float(text) == 0 else text
