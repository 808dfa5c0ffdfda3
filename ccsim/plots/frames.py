"""What plots read from the frames of Results."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, NamedTuple, cast
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from ccsim.results import Results


SPLIT: WeakKeyDictionary[Results, Mapping[tuple[str, ...], pd.DataFrame]] = WeakKeyDictionary()


def scenarios_of(results: Results) -> list[str]:
    """Scenarios in the order of the file."""
    return list(results.scenarios)


class Point(NamedTuple):
    """An estimate to draw: of a contact type, pool or site, or of the whole center (name empty)."""

    scenario: str
    name: str
    mean: float
    low: float
    high: float

    @property
    def bar(self) -> list[list[float]] | None:
        """Distances to the interval as ``errorbar`` wants them; None where there is no interval."""
        return None if isnan(self.low) else [[self.mean - self.low], [self.high - self.mean]]


def points(results: Results, scope: str, measure: str) -> list[Point]:
    """Estimates of one measure that have a value, in the order of the file."""
    summary = results.summary()
    rows = summary[(summary["scope"] == scope) & (summary["measure"] == measure) & summary["mean"].notna()]
    return [Point(*row) for row in rows[list(Point._fields)].itertuples(index=False)]


def cost_measure(results: Results) -> str:
    """What scenarios are compared by: all that the client pays, or labor where no books are kept."""
    return "total_cost" if points(results, "total", "total_cost") else "labor_cost"


def names_of(found: Iterable[Point]) -> list[str]:
    """Names of types, pools or sites, each once."""
    return list(dict.fromkeys(point.name for point in found))


def unit_of(results: Results, measure: str) -> str:
    """Unit of a measure as in ``summary()``, a currency by its name."""
    summary = results.summary()
    unit = str(summary.loc[summary["measure"] == measure, "unit"].iloc[0])
    return results.currency if unit == "currency" else unit


def target_share(results: Results, contact_type: str) -> float | None:
    """Target share of a contact type; None if it has none or if scenarios disagree."""
    targets = results.targets()
    shares = targets.loc[targets["contact_type"] == contact_type, "share"].unique()
    return float(shares[0]) if len(shares) == 1 else None


def sites_of(results: Results) -> list[str]:
    """Sites at which some scenario has a pool, in the order of the file."""
    centers = results.experiment["scenarios"].values()
    used = {pool["site"] for center in centers for pool in center["pools"].values()}
    return list(dict.fromkeys(site for center in centers for site in center["sites"] if site in used))


def pools_at(results: Results, scenario: str, site: str) -> list[str]:
    """Pools of a scenario that stand at a site."""
    pools = results.experiment["scenarios"][scenario]["pools"]
    return [name for name, pool in pools.items() if pool["site"] == site]


def zone_of_site(results: Results, site: str) -> str:
    """IANA zone of a site."""
    centers = results.experiment["scenarios"].values()
    return str(next(center["sites"][site]["timezone"] for center in centers if site in center["sites"]))


def zone_of_type(results: Results, contact_type: str) -> str:
    """IANA zone of the customers of a contact type; that of the calendar if the file gives none."""
    centers = results.experiment["scenarios"].values()
    types = (center["contact_types"][contact_type] for center in centers if contact_type in center["contact_types"])
    return str(next(types)["demand"]["timezone"] or results.timezone)


def week_rows(results: Results, name: str, measure: str) -> pd.DataFrame:
    """Rows of ``weeks()`` of one measure of a contact type or pool."""
    rows = results.weeks()
    return rows[(rows["name"] == name) & (rows["measure"] == measure)]


def interval_rows(results: Results, scenario: str, scope: str, names: Sequence[str], measure: str) -> pd.DataFrame:
    """Rows of ``intervals()`` of one measure."""
    import pandas as pd

    found = by_key(results)
    keys = [(scenario, scope, name, measure) for name in names]
    return pd.concat([found[key] for key in keys if key in found] or [next(iter(found.values())).iloc[:0]])


def by_key(results: Results) -> Mapping[tuple[str, ...], pd.DataFrame]:
    """``intervals()`` by scenario, scope, name and measure, split once for all plots of a run."""
    if results not in SPLIT:
        groups = results.intervals().groupby(["scenario", "scope", "name", "measure"], sort=False)
        SPLIT[results] = {cast("tuple[str, ...]", key): rows for key, rows in groups}
    return SPLIT[results]


def folded(
    results: Results,
    scenario: str,
    scope: str,
    names: Sequence[str],
    measure: str,
    zone: str,
    *,
    step: float,
    weight: str | None = None,
) -> pd.Series[float]:
    """
    A measure by time of the week, all weeks folded into one on a local wall clock.

    Values of several names at one instant add; those of several weeks, and of the planning intervals within one step,
    are averaged, by ``weight`` (another measure of the same intervals) if given. The index is hours since local Monday
    00:00.

    Parameters
    ----------
    step
        Length of one value, at least a planning interval. [h]
    """
    import numpy as np

    rows = interval_rows(results, scenario, scope, names, measure)
    values = rows.groupby("interval_start_utc")["mean"].sum(min_count=1)
    weights = values.notna().astype(float)
    if weight is not None:
        other = interval_rows(results, scenario, scope, names, weight).groupby("interval_start_utc")["mean"].sum()
        weights = weights * other.reindex(values.index).fillna(0.0)
    local = cast("pd.DatetimeIndex", values.index).tz_convert(zone)
    hours = np.asarray(local.day_of_week * 24 + local.hour + local.minute / 60)
    hours = np.floor(hours / step) * step
    sums, total = (values * weights).groupby(hours).sum(), weights.groupby(hours).sum()
    return (sums / total.where(total > 0)).dropna()


def interval_hours(results: Results) -> float:
    """Length of a planning interval. [h]"""
    seconds: float = results.experiment["calendar"]["interval"]
    return seconds / 3600
