"""
The counted period as it went, on a local wall clock: for what happens once, as an outage, a campaign or a ramp does.

Folded into one week, an outage of one week of two would look half as deep.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from ccsim.measures.tally import CONTACT_TYPE, POOL
from ccsim.plots.clock import DAY, WEEK, Clock, days_of
from ccsim.plots.frames import interval_hours, interval_rows, pools_at, scenarios_of, target_share, zone_of_site
from ccsim.plots.style import FAINT, GAP, QUIET, axes, color, dress, key
from ccsim.plots.week import NIGHT, levels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.results import Results

MOST_NIGHTS = 14
"""Days whose nights can be told apart. [days]"""
MOST_DATES = 8
"""Dates that can be read below a panel."""
DAYS_APART = 3
"""Dates further apart are whole weeks apart. [days]"""


def happens_once(results: Results) -> bool:
    """
    Whether the counted period has several weeks that are meant to differ: an outage at a known time, demand that
    begins, ends or has a volume of its own by week or date, shift lines that begin or end, new agents who learn.
    """
    if days_of(results) <= WEEK:
        return False
    centers = results.experiment["scenarios"].values()
    return any(
        any(outage["from"] for outage in center["outages"].values())
        or any(demand_changes(kind["demand"]) for kind in center["contact_types"].values())
        or any(staff_changes(pool) for pool in center["pools"].values())
        for center in centers
    )


def demand_changes(demand: Any) -> bool:
    """Whether a demand begins, ends, or has volumes by week or date."""
    weekly = demand["weekly"] or {}
    return any(demand[at] for at in ("starts", "ends")) or any(weekly.get(f"volume_by_{by}") for by in ("week", "date"))


def staff_changes(pool: Any) -> bool:
    """Whether shift lines begin or end, or agents begin as new ones who learn."""
    lines = (pool["shifts"] or {}).values()
    begins = any(line[at] for line in lines for at in ("first_day", "last_day"))
    return begins or (pool["learning"] is not None and pool["tenure"] != "experienced")


def service_level_over_time(
    results: Results, contact_type: str, *, ax: Axes | None = None, timezone: str | None = None
) -> Axes:
    """
    Service level by hour of arrival over the counted period, one line per scenario, with the target.

    Of periods of more than four weeks by local day.

    Parameters
    ----------
    contact_type
        Name of the contact type.
    ax
        Where to draw; a new figure, with a key to the scenarios, if not given.
    timezone
        IANA zone of the wall clock; that of the experiment's calendar if not given.
    """
    alone, ax = ax is None, axes(ax)
    clock = Clock.of(results, timezone or results.timezone)
    found = {}
    for scenario in scenarios_of(results):
        level, offered = (
            series(results, scenario, CONTACT_TYPE, [contact_type], measure) for measure in ("service_level", "offered")
        )
        weights = offered.reindex(level.index).fillna(0.0) * level.notna()
        sums, total = (part.groupby(clock.steps(level.index)).sum() for part in (level * weights, weights))
        # Hours without contacts are holes in the line, not bridges.
        found[scenario] = (sums / total.where(total > 0)).reindex(clock.all_steps)
    levels(ax, found, clock.step, target_share(results, contact_type))
    dress(ax, f"{contact_type}: service level by {'day' if clock.step == DAY else 'hour'}")
    time_axis(ax, results, clock)
    if alone:
        key(ax)
    return ax


def staffing_over_time(results: Results, site: str, *, ax: Axes | None = None, timezone: str | None = None) -> Axes:
    """
    Agents of a site over the counted period: scheduled (thin) and present (thick), one color per scenario.

    Of periods of more than four weeks the most of each local day, without days on which nobody is scheduled.

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
    clock = Clock.of(results, timezone or zone_of_site(results, site), finest=interval_hours(results))
    scenarios = scenarios_of(results)
    for scenario in scenarios:
        pools = pools_at(results, scenario, site)
        scheduled, present = (
            series(results, scenario, POOL, pools, measure) for measure in ("agents_scheduled", "agents_present")
        )
        if scheduled.empty:
            continue
        steps = clock.steps(scheduled.index)
        planned = scheduled.groupby(steps).max()
        for found, width in ((scheduled, 0.8), (present, 1.8)):
            most = found.groupby(steps).max().where((planned > 0) | (clock.step < DAY))
            label = scenario if found is present else None
            ax.step(most.index, most, where="post", color=color(scenarios, scenario), linewidth=width, label=label)
    ax.set_ylim(bottom=0)
    of_days = ", most of each day" if clock.step == DAY else ""
    dress(ax, f"{site}: agents scheduled (thin) and present (thick){of_days}")
    time_axis(ax, results, clock)
    if alone:
        key(ax)
    return ax


def series(results: Results, scenario: str, scope: str, names: Sequence[str], measure: str) -> pd.Series[float]:
    """A measure by begin of planning interval, UTC; values of several names add."""
    rows = interval_rows(results, scenario, scope, names, measure)
    return cast("pd.Series[float]", rows.groupby("interval_start_utc")["mean"].sum(min_count=1))


def time_axis(ax: Axes, results: Results, clock: Clock) -> None:
    """Dates at local midnights, nights shaded as far as they can be told apart, outages in color."""
    midnights = clock.midnights
    ax.set_xlim(0, midnights[-1])
    every = -(-clock.days // MOST_DATES)
    every = every if every <= DAYS_APART else -(-every // WEEK) * WEEK
    names = [clock.origin.date() + timedelta(day) for day in range(0, clock.days, every)]
    ax.set_xticks(midnights[:-1:every], [f"{one:%a} {one.day} {one:%b}" for one in names], ha="left")
    shaded = []
    if clock.days <= MOST_NIGHTS + 1:
        shaded.append("nights 22:00-06:00 gray")
        for midnight in midnights[:-1]:
            for begins, ends in NIGHT:
                ax.axvspan(midnight + begins, midnight + ends, color=FAINT, alpha=0.45, linewidth=0, zorder=0)
    dark = sorted(set(outages(results, clock)))
    if dark:
        shaded.append("outages orange")
        for begin, end in dark:
            ax.axvspan(begin, end, color=GAP, alpha=0.12, linewidth=0, zorder=0)
    told = f" ({', '.join(shaded)})" if shaded else ""
    ax.set_xlabel(f"local time, {clock.origin.tzinfo}{told}", color=QUIET, fontsize=8)


def outages(results: Results, clock: Clock) -> Iterator[tuple[float, float]]:
    """Begins and ends of outages at known times, of any scenario. [h]"""
    for center in results.experiment["scenarios"].values():
        for outage in center["outages"].values():
            if outage["from"]:
                zone = ZoneInfo(outage["timezone"] or str(results.timezone))
                begins = clock.at(datetime.fromisoformat(outage["from"]).replace(tzinfo=zone))
                yield begins, begins + outage["lasts"] / 3600
