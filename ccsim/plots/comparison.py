"""Scenarios side by side: one measure, or what service costs."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from ccsim.plots.frames import cost_measure, names_of, points, scenarios_of, target_share, unit_of
from ccsim.plots.style import INK, TARGET, axes, color, dress, key, marker, percent_axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from ccsim.plots.frames import Point
    from ccsim.results import Results

MARGIN = 0.15
"""Beside what is drawn, as a share of its span."""
LEAST_SPAN = 0.05
"""Of an axis of costs, as a share of the highest: a difference of half a percent must look as small as it is."""


def compare_scenarios(results: Results, measure: str = "service_level", *, ax: Axes | None = None) -> Axes:
    """
    One measure in every scenario with its 95 % interval; by contact type where it has them, else of the whole center.

    Service levels stand beside their targets (upright marks).

    Parameters
    ----------
    measure
        Name as in ``summary()``.
    ax
        Where to draw; a new figure if not given.

    Raises
    ------
    ValueError
        If no contact type and no total has this measure.
    """
    scenarios = scenarios_of(results)
    found = points(results, "contact_type", measure) or points(results, "total", measure)
    if not found:
        raise ValueError(f"no contact type and no total has the measure {measure!r}")
    names = names_of(found)
    ax = axes(ax, height=1.0 + 0.28 * len(names) * len(scenarios))
    for row in found:
        place = names.index(row.name) + (scenarios.index(row.scenario) - (len(scenarios) - 1) / 2) * 0.8 / len(
            scenarios
        )
        label = row.scenario if row.name == names[0] else None
        shape = marker(scenarios, row.scenario)
        ax.errorbar(
            row.mean,
            place,
            xerr=row.bar,
            fmt=shape,
            color=color(scenarios, row.scenario),
            capsize=3,
            markersize=5,
            label=label,
        )
    if measure.startswith("service_level"):
        for place, name in enumerate(names):
            share = target_share(results, name)
            if share is not None:
                ax.plot([share, share], [place - 0.45, place + 0.45], color=INK, linewidth=1.2)
    ax.set_yticks(range(len(names)), [name or "whole center" for name in names])
    ax.set_ylim(len(names) - 0.5, -0.5)
    if unit_of(results, measure) == "share":
        percent_axis(ax.xaxis)
    dress(ax, measure.removesuffix("_s").replace("_", " "), grid="x")
    ax.legend(frameon=False, fontsize=8, loc="best")
    return ax


def cost_and_service(results: Results, contact_type: str, *, ax: Axes | None = None) -> Axes:
    """
    Cost against service level of a contact type, one point per scenario, both with 95 % intervals.

    Cost is all that the client pays, or that of labor where no books are kept. Up and to the left is better; the
    dashed line is the target.

    Parameters
    ----------
    contact_type
        Name of the contact type.
    ax
        Where to draw; a new figure if not given.
    """
    alone, ax, measure = ax is None, axes(ax, width=5.0, height=3.4), cost_measure(results)
    scenarios = scenarios_of(results)
    levels = {p.scenario: p for p in points(results, "contact_type", "service_level") if p.name == contact_type}
    costs = {p.scenario: p for p in points(results, "total", measure)}
    for scenario in scenarios:
        if scenario in levels and scenario in costs:
            level, cost = levels[scenario], costs[scenario]
            ax.errorbar(
                cost.mean,
                level.mean,
                xerr=cost.bar,
                yerr=level.bar,
                fmt=marker(scenarios, scenario),
                color=color(scenarios, scenario),
                capsize=3,
                markersize=6,
                label=scenario,
            )
    share = target_share(results, contact_type)
    if share is not None:
        ax.axhline(share, **TARGET)
    ax.margins(MARGIN)
    ax.set_ylim(top=min(ax.get_ylim()[1], 1.005))
    percent_axis(ax.yaxis)
    cost_axis(ax, list(costs.values()))
    ax.set_xlabel(f"{measure.replace('_', ' ')} [{unit_of(results, measure)}]", fontsize=8)
    dress(ax, contact_type, grid="both")
    if alone:
        ax.set_ylabel("service level", fontsize=8)
        key(ax)
    return ax


def cost_axis(ax: Axes, costs: Sequence[Point]) -> None:
    """The same for all contact types of a run, over a span that does not make much of little."""
    from matplotlib.ticker import EngFormatter, MaxNLocator

    ends = [end for cost in costs for end in (cost.mean, cost.low, cost.high) if not isnan(end)]
    low, high = min(ends), max(ends)
    more = max(MARGIN * (high - low), (LEAST_SPAN * max(map(abs, ends)) - (high - low)) / 2)
    if more > 0:
        ax.set_xlim(low - more, high + more)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=4))
    ax.xaxis.set_major_formatter(EngFormatter(sep=""))
