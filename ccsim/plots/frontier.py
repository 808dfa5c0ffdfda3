"""Cost against service level, and which scenarios another one leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.plots.frames import Point, scenarios_of, target_share
from ccsim.plots.style import QUIET, TARGET, axes, color, dress, key, marker, percent_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.results import Results


def frontier(results: Results, contact_type: str = "", *, ax: Axes | None = None) -> Axes:
    """
    What the client pays in all against service level, a point for each scenario, both with their intervals.

    Dominated scenarios are hollow; the others are joined in the order of their cost. The dashed line is the target.

    Parameters
    ----------
    contact_type
        Name of the contact type; all contacts together if empty.
    ax
        Where to draw; a new figure if not given.
    """
    from matplotlib.ticker import EngFormatter

    alone, ax, scenarios = ax is None, axes(ax, width=5.5, height=3.6), scenarios_of(results)
    rows = results.frontier(contact_type)
    ahead = rows[rows["dominated_by"] == ""].sort_values("cost")
    ax.plot(ahead["cost"], ahead["service_level"], color=QUIET, linewidth=0.9, zorder=1)
    for row in rows.to_dict("records"):
        name = row["scenario"]
        cost = Point(name, contact_type, row["cost"], row["cost_low"], row["cost_high"])
        level = Point(name, contact_type, row["service_level"], row["low"], row["high"])
        ax.errorbar(
            cost.mean,
            level.mean,
            xerr=cost.bar,
            yerr=level.bar,
            fmt=marker(scenarios, name),
            color=color(scenarios, name),
            markerfacecolor="white" if row["dominated_by"] else None,
            capsize=2,
            markersize=6,
            linewidth=0.9,
            label=f"{name} (dominated)" if row["dominated_by"] else name,
        )
    share = target_share(results, contact_type)
    if share is not None:
        ax.axhline(share, **TARGET)
    ax.margins(0.12)
    percent_axis(ax.yaxis)
    ax.xaxis.set_major_formatter(EngFormatter(sep=""))
    ax.set_xlabel(f"total cost [{results.currency}]", fontsize=8)
    dress(ax, contact_type or "all contacts", grid="both")
    if alone:
        ax.set_ylabel("service level", fontsize=8)
        key(ax)
    return ax
