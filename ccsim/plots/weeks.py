"""Week by week: how a measure moves over the counted period, as a new provider ramps up or people leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.measures.catalog import CATALOG
from ccsim.plots.frames import scenarios_of, target_share, week_rows
from ccsim.plots.style import TARGET, axes, color, dress, key, percent_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.results import Results

MOST_DATES = 8
"""Dates that can be read below a panel."""
LEAST_SPAN = 0.2
"""Of an axis of shares: differences of a point or two must look as small as they are."""
MINUTE, LONG = 60.0, 120.0
"""From when on times are drawn in minutes. [s]"""
ROOM = 1.08
"""Above the largest number, as a factor."""


def week_by_week(results: Results, name: str, measure: str = "service_level", *, ax: Axes | None = None) -> Axes:
    """
    One measure of a contact type or pool in each week, one line per scenario with its 95 % interval as a band.

    A service level stands beside its target (dashed).

    Parameters
    ----------
    name
        Name of the contact type or pool.
    measure
        Name as in ``weeks()``.
    ax
        Where to draw; a new figure, with a key to the scenarios, if not given.

    Raises
    ------
    ValueError
        If ``weeks()`` has no such rows; runs of less than two weeks have none at all.
    """
    rows = week_rows(results, name, measure)
    if rows.empty:
        raise ValueError(f"weeks() has no measure {measure!r} of {name!r}")
    alone, ax = ax is None, axes(ax)
    scenarios = scenarios_of(results)
    dates = list(dict.fromkeys(results.weeks()["week_start_local"]))
    unit = CATALOG[measure].unit
    size = MINUTE if unit == "s" and rows["mean"].max() >= LONG else 1.0
    for scenario, own in rows.groupby("scenario", sort=False):
        tone = color(scenarios, str(scenario))
        at = [dates.index(date) for date in own["week_start_local"]]
        ax.fill_between(at, own["low"] / size, own["high"] / size, color=tone, alpha=0.18, linewidth=0)
        ax.plot(at, own["mean"] / size, color=tone, linewidth=1.5, marker="o", markersize=3, label=str(scenario))
    share = target_share(results, name) if measure == "service_level" else None
    if share is not None:
        ax.axhline(share, **TARGET)
    if unit == "share":
        share_axis(ax)
    else:
        ax.set_ylim(bottom=min(0.0, rows["mean"].min() / size), top=ax.get_ylim()[1] * ROOM)
    words = measure.removesuffix("_s").removesuffix("_mean").replace("_", " ")
    # Nobody is there day and night: without this a floor of 60 that is open by day would look like one of 20.
    spread = ", mean of all 168 hours"
    shown = {"share": "", "agents": spread}.get(unit, f" [{'min' if size == MINUTE else unit}]")
    dress(ax, f"{name}: {words}{shown}")
    date_axis(ax, dates)
    if alone:
        key(ax)
    return ax


def share_axis(ax: Axes) -> None:
    """Percents, over a span that does not make much of little."""
    low, high = ax.get_ylim()
    more = max(LEAST_SPAN - (high - low), 0.0) / 2
    ax.set_ylim(max(low - more, 0.0), min(high + more, 1.02))
    percent_axis(ax.yaxis)


def date_axis(ax: Axes, dates: list[str]) -> None:
    """Dates on which weeks begin, as many as can be read."""
    from datetime import date

    step = -(-len(dates) // MOST_DATES)
    days = [date.fromisoformat(text) for text in dates]
    ax.set_xlim(-0.5, len(dates) - 0.5)
    ax.set_xticks(range(0, len(dates), step), [f"{day.day} {day:%b}" for day in days[::step]])
