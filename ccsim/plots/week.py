"""The week of a center on a local wall clock: service levels and agents, folded into one week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.measures.tally import CONTACT_TYPE, POOL
from ccsim.plots.frames import folded, interval_hours, pools_at, scenarios_of, target_share, zone_of_site
from ccsim.plots.style import FAINT, INK, QUIET, TARGET, axes, color, dress, key, percent_axis

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.results import Results

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEK = 168.0
"""[h]"""
HOUR = 1.0
"""Service levels are drawn by the hour: those of shorter intervals are too few contacts to be read. [h]"""
HALF = 0.5
"""Service levels that never fall below it are drawn from here."""
NIGHT = ((0, 6), (22, 24))
"""Local hours shaded as night."""


def service_level_over_week(
    results: Results, contact_type: str, *, ax: Axes | None = None, timezone: str | None = None
) -> Axes:
    """
    Service level by hour of the week of arrival, one line per scenario, with the target.

    Weeks are folded together, weighted by contacts offered.

    Parameters
    ----------
    contact_type
        Name of the contact type.
    ax
        Where to draw; a new figure, with a key to the scenarios, if not given.
    timezone
        IANA zone of the wall clock; that of the experiment's calendar if not given.
    """
    import numpy as np

    alone, ax = ax is None, axes(ax)
    zone = timezone or results.timezone
    step = max(HOUR, interval_hours(results))
    found = {}
    for scenario in scenarios_of(results):
        level = folded(
            results, scenario, CONTACT_TYPE, [contact_type], "service_level", zone, step=step, weight="offered"
        )
        # Hours without contacts are holes in the line, not bridges.
        found[scenario] = level.reindex(np.arange(0.0, WEEK, step))
    levels(ax, found, step, target_share(results, contact_type))
    dress(ax, f"{contact_type}: service level")
    week_axis(ax, zone)
    if alone:
        key(ax)
    return ax


def levels(ax: Axes, found: Mapping[str, pd.Series[float]], step: float, target: float | None) -> None:
    """
    Service levels of each scenario, with the target; not from 0 on where none falls low.

    Parameters
    ----------
    found
        By when each step of ``step`` hours begins. [h]
    """
    scenarios = list(found)
    for scenario, level in found.items():
        ax.plot(level.index + step / 2, level, color=color(scenarios, scenario), linewidth=1.3, label=scenario)
    if target is not None:
        ax.axhline(target, **TARGET)
    falls_low = any(bool((level < HALF).any()) for level in found.values())
    ax.set_ylim(0 if falls_low else HALF, 1.03)
    percent_axis(ax.yaxis)


def staffing_over_week(results: Results, site: str, *, ax: Axes | None = None, timezone: str | None = None) -> Axes:
    """
    Agents of a site by time of the week: scheduled (thin) and present (thick), one color per scenario.

    Parameters
    ----------
    site
        Name of the site.
    ax
        Where to draw; a new figure, with a key to the scenarios, if not given.
    timezone
        IANA zone of the wall clock; that of the site if not given.
    """
    alone, ax = ax is None, axes(ax)
    zone = timezone or zone_of_site(results, site)
    scenarios = scenarios_of(results)
    step = interval_hours(results)
    for scenario in scenarios:
        pools = pools_at(results, scenario, site)
        for measure, width in (("agents_scheduled", 0.8), ("agents_present", 1.8)):
            found = folded(results, scenario, POOL, pools, measure, zone, step=step)
            if len(found):
                label = scenario if measure == "agents_present" else None
                ax.step(
                    found.index, found, where="post", color=color(scenarios, scenario), linewidth=width, label=label
                )
    ax.set_ylim(bottom=0)
    dress(ax, f"{site}: agents scheduled (thin) and present (thick)")
    week_axis(ax, zone)
    if alone:
        key(ax)
    return ax


def week_axis(ax: Axes, zone: str) -> None:
    """Days of the week below, nights shaded, the zone named."""
    ax.set_xlim(0, WEEK)
    ax.set_xticks([24 * day for day in range(8)], [])
    ax.set_xticks([24 * day + 12 for day in range(7)], DAYS, minor=True)
    ax.tick_params(axis="x", which="minor", length=0, labelcolor=INK)
    ax.tick_params(axis="x", which="major", length=4, color=QUIET)
    for day in range(7):
        for begins, ends in NIGHT:
            ax.axvspan(24 * day + begins, 24 * day + ends, color=FAINT, alpha=0.45, linewidth=0, zorder=0)
    ax.set_xlabel(f"local time, {zone} (nights 22:00-06:00 shaded)", color=QUIET, fontsize=8)
