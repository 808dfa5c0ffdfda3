"""What each case has cost until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.plots.money import short
from ccsim.plots.style import axes, color, dress, key

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.results import Results


def cumulative_cost(results: Results, *, ax: Axes | None = None) -> Axes:
    """
    Present value of all that each case pays until each month, with its interval as a band; lines cross at break-even.

    Parameters
    ----------
    ax
        Where to draw; a new figure, with a key to the cases, if not given.
    """
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    rows = results.ownership_months()
    alone, ax = ax is None, axes(ax, height=3.6)
    cases = list(dict.fromkeys(rows["case"]))
    for case in cases:
        own, tone = rows[rows["case"] == case], color(cases, case)
        ax.fill_between(own["month"], own["low"], own["high"], color=tone, alpha=0.18, linewidth=0)
        ax.plot(own["month"], own["mean"], color=tone, linewidth=1.7, label=case)
    ax.set_xlim(1, max(int(rows["month"].max()), 2))
    ax.set_ylim(bottom=min(0.0, float(rows["mean"].min())))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda amount, _: short(amount)))
    ax.set_xlabel("month", fontsize=8)
    ax.set_ylabel(results.currency, fontsize=8)
    dress(ax)
    if alone:
        key(ax)
    return ax
