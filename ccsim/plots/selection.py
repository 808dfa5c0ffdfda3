"""Points of bids, criterion upon criterion."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from ccsim.model.selection import IN_ALL
from ccsim.plots.style import COLORS, INK, QUIET, axes, dress, key

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.results import Results

MOST = 100
PALE = 0.3
"""Opacity of bids that are out."""
READABLE = 4.0
"""Points from which on a number fits into its part of a bar."""


def bids(results: Results, *, ax: Axes | None = None) -> Axes:
    """
    A bar for each bid: the weighted points of its criteria side by side, the first bid on top; bids that are out pale.

    The mark at the end is the interval of all points.

    Parameters
    ----------
    ax
        Where to draw; a new figure, with a key to the criteria, if not given.
    """
    table = results.selection()
    totals = table[table["criterion"] == IN_ALL].sort_values(["rank", "points"], ascending=[True, False])
    names, criteria = list(totals["candidate"]), [one for one in dict.fromkeys(table["criterion"]) if one != IN_ALL]
    alone, ax = ax is None, axes(ax, height=1.0 + 0.45 * len(names))
    parts = table.set_index(["candidate", "criterion"])["points"].fillna(0.0)
    ends = dict.fromkeys(names, 0.0)
    for place, criterion in enumerate(criteria):
        for row, name in enumerate(names):
            width, is_out = parts[name, criterion], isnan(totals["rank"].iloc[row])
            tone = COLORS[place % len(COLORS)]
            label = criterion if row == 0 else None
            ax.barh(row, width, left=ends[name], color=tone, alpha=PALE if is_out else 1.0, height=0.62, label=label)
            if width >= READABLE:
                middle = ends[name] + width / 2
                ax.text(middle, row, f"{width:.0f}", ha="center", va="center", fontsize=8, color="white")
            ends[name] += width
    for row, total in enumerate(totals.to_dict("records")):
        low, high, points, end = total["points_low"], total["points_high"], total["points"], ends[total["candidate"]]
        if not isnan(low):
            ax.errorbar(points, row, xerr=[[points - low], [high - points]], color=INK, capsize=3, linewidth=1.1)
        told = "no points" if isnan(points) else f"{points:.1f}" + (", out" if isnan(total["rank"]) else "")
        ax.text(max(end, end if isnan(high) else high) + 1, row, told, va="center", fontsize=9, color=INK)
    ax.set_yticks(range(len(names)), names)
    ax.invert_yaxis()
    ax.set_xlim(0, MOST)
    ax.set_xlabel("points of 100", fontsize=8, color=QUIET)
    dress(ax, grid="x")
    if alone:
        key(ax)
    return ax
