"""
The counted period as it went, on a local wall clock: for what happens once, as an outage, a campaign or a ramp does.

Folded into one week, an outage of one week of two would look half as deep.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from ccsim.measures.tally import CONTACT_TYPE, POOL
from ccsim.plots.frames import interval_hours, interval_rows, pools_at, scenarios_of, target_share, zone_of_site
from ccsim.plots.style import FAINT, GAP, INK, QUIET, axes, color, dress, key, percent_axis
from ccsim.plots.week import HALF, HOUR, NIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.results import Results

WEEK = 7
"""[days]"""
MOST_BY_HOUR = 28
"""Days whose hours can be told apart; of longer periods each day is one value. [days]"""
MOST_NIGHTS = 14
"""Days whose nights can be told apart. [days]"""
MOST_DATES = 8
"""Dates that can be read below a panel."""
DAYS_APART = 3
"""Dates further apart are whole weeks apart. [days]"""
DAY = 24.0
"""[h]"""


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


def days_of(results: Results) -> int:
    """Length of the counted period. [days]"""
    calendar = results.experiment["calendar"]
    return int(calendar["days"] or WEEK * calendar["weeks"])


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
    scenarios = scenarios_of(results)
    lowest = 1.0
    for scenario in scenarios:
        level, offered = (
            series(results, scenario, CONTACT_TYPE, [contact_type], measure) for measure in ("service_level", "offered")
        )
        weights = offered.reindex(level.index).fillna(0.0) * level.notna()
        sums, total = (part.groupby(clock.steps(level.index)).sum() for part in (level * weights, weights))
        # Hours without contacts are holes in the line, not bridges.
        found = (sums / total.where(total > 0)).reindex(clock.all_steps)
        ax.plot(found.index + clock.step / 2, found, color=color(scenarios, scenario), linewidth=1.2, label=scenario)
        lowest = min(lowest, found.min()) if found.notna().any() else lowest
    share = target_share(results, contact_type)
    if share is not None:
        ax.axhline(share, color=INK, linewidth=0.9, linestyle=(0, (4, 3)))
    ax.set_ylim(0 if lowest < HALF else HALF, 1.03)
    percent_axis(ax.yaxis)
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


class Clock(NamedTuple):
    """Hours since the local midnight on which the counted period begins, in steps of ``step``."""

    origin: datetime
    days: int
    step: float
    """[h]"""

    @classmethod
    def of(cls, results: Results, zone: str, finest: float = HOUR) -> Clock:
        """From the last local midnight before the counted period."""
        calendar = results.experiment["calendar"]
        first = datetime.combine(date.fromisoformat(calendar["start"]), datetime.min.time())
        begins = first.replace(tzinfo=ZoneInfo(str(results.timezone))).astimezone(ZoneInfo(zone))
        days = days_of(results) + (begins.time() != datetime.min.time())
        step = DAY if days_of(results) > MOST_BY_HOUR else max(finest, interval_hours(results))
        return cls(datetime.combine(begins.date(), datetime.min.time(), ZoneInfo(zone)), days, step)

    def at(self, instant: datetime) -> float:
        """Hours since the origin, as they passed."""
        return (instant.timestamp() - self.origin.timestamp()) / 3600

    def steps(self, instants: pd.Index) -> pd.Series[float]:
        """For each instant, when its step begins; of days the local midnight."""
        import pandas as pd

        local = cast("pd.DatetimeIndex", instants).tz_convert(self.origin.tzinfo)
        if self.step == DAY:
            begins = local.normalize()
            return pd.Series([self.at(one.to_pydatetime()) for one in begins], index=instants)
        hours = (local - pd.Timestamp(self.origin)).total_seconds() / 3600
        return pd.Series(hours // self.step * self.step, index=instants)

    @property
    def midnights(self) -> list[float]:
        """Of every day, and the last one's end."""
        first = self.origin.date()
        every = (datetime.combine(first + timedelta(day), datetime.min.time()) for day in range(self.days + 1))
        return [self.at(one.replace(tzinfo=self.origin.tzinfo)) for one in every]

    @property
    def all_steps(self) -> list[float]:
        """Begins of all steps."""
        if self.step == DAY:
            return self.midnights[:-1]
        return [number * self.step for number in range(round(self.midnights[-1] / self.step))]


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
