"""Measures over time: frames per planning interval and per week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.estimates import estimate
from ccsim.measures.catalog import CATALOG
from ccsim.measures.tally import CONTACT_TYPE, POOL, SITE, Key
from ccsim.plan import TICKS_PER_SECOND
from ccsim.results.columns import COLUMNS, frame
from ccsim.results.unstable import has_no_value, unstable_types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from ccsim.analysis.estimates import Estimates
    from ccsim.plan import Floats, Ints, Plan
    from ccsim.results.record import Record, Sums

FEWEST_WEEKS = 2


def intervals(record: Record) -> pd.DataFrame:
    """Measures per planning interval; those without a value in any interval of a scenario have no rows."""
    import pandas as pd

    parts = [part for sums in record.sums.values() for part in interval_parts(sums, record.confidence)]
    return pd.concat(parts, ignore_index=True) if parts else frame("intervals", [])


def interval_parts(sums: Sums, confidence: float) -> Iterator[pd.DataFrame]:
    """Rows of one scenario, a part for each measure of each contact type and pool."""
    import pandas as pd

    plan = sums.plan
    starts = plan.epoch + plan.promises.edges[:-1] // TICKS_PER_SECOND
    utc = pd.DatetimeIndex(starts.astype("datetime64[s]").astype("datetime64[us]")).tz_localize("UTC")
    local = [local_texts(starts, offset) for offset in plan.promises.utc_offset]
    for key, found in known(sums, sums.of_interval_key, confidence):
        columns = (
            plan.scenario, key.scope, key.name, utc, local[zone_of(plan, key)], key.measure,
            found.mean, found.low, found.high, found.n,
        )  # fmt: skip
        yield pd.DataFrame(dict(zip(COLUMNS["intervals"], columns, strict=True)))


def weeks(record: Record) -> pd.DataFrame:
    """
    Measures per week of the counted period, each from the sums of its planning intervals; whole weeks alone.

    Empty if there are fewer than two: the summary says it all.
    """
    import pandas as pd

    parts = [part for sums in record.sums.values() for part in week_parts(sums, record.confidence)]
    return pd.concat(parts, ignore_index=True) if parts else frame("weeks", [])


def week_parts(sums: Sums, confidence: float) -> Iterator[pd.DataFrame]:
    """As ``interval_parts``."""
    import pandas as pd

    starts = week_starts(sums.plan)
    if len(starts) < FEWEST_WEEKS:
        return
    for key, found in known(sums, sums.of_weeks, confidence):
        columns = (
            sums.plan.scenario,
            key.scope,
            key.name,
            starts,
            key.measure,
            found.mean,
            found.low,
            found.high,
            found.n,
        )
        yield pd.DataFrame(dict(zip(COLUMNS["weeks"], columns, strict=True)))


def known(
    sums: Sums, of_row: Callable[[int], tuple[Floats, Floats]], confidence: float
) -> Iterator[tuple[Key, Estimates]]:
    """Measures over time that have a value somewhere, with their estimates."""
    growing = unstable_types(sums)
    for row, key in enumerate(sums.interval_keys):
        if has_no_value(key, growing):
            continue
        found = estimate(CATALOG[key.measure].kind, *of_row(row), confidence)
        if (found.n > 0).any():
            yield key, found


def week_starts(plan: Plan) -> list[str]:
    """Local dates, in the zone of the calendar, on which the whole weeks of the counted period begin."""
    promises = plan.promises
    days = np.flatnonzero(np.diff(promises.interval_day, prepend=-1))
    local = plan.epoch + promises.edges[days] // TICKS_PER_SECOND + promises.utc_offset[promises.reporting_zone][days]
    return [str(date) for date in local[: len(days) // 7 * 7 : 7].astype("datetime64[s]").astype("datetime64[D]")]


def zone_of(plan: Plan, key: Key) -> int:
    """
    Row of ``Promises.utc_offset``: the customers' zone for contact types, the site's for pools, else the calendar's.
    """
    promises = plan.promises
    if key.scope == CONTACT_TYPE:
        return int(promises.type_zone[plan.types.name.index(key.name)])
    if key.scope == POOL:
        return int(promises.site_zone[plan.pools.site[plan.pools.name.index(key.name)]])
    if key.scope == SITE:
        return int(promises.site_zone[plan.sites.name.index(key.name)])
    return promises.reporting_zone


def local_texts(starts: Ints, offsets: Ints) -> list[str]:
    """ISO 8601 wall clock with its offset from UTC, as in ``2026-03-08T03:00:00-04:00``."""
    walls = np.datetime_as_string((starts + offsets).astype("datetime64[s]"))
    return [f"{wall}{offset_text(int(offset))}" for wall, offset in zip(walls, offsets, strict=True)]


def offset_text(offset: int) -> str:
    hours, rest = divmod(abs(offset), 3600)
    return f"{'-' if offset < 0 else '+'}{hours:02}:{rest // 60:02}"
