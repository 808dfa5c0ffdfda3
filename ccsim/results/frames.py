"""From sums to the frames of Results; columns are those of docs/results.md."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.comparisons import difference, simultaneous, verdict
from ccsim.analysis.estimates import Estimates, Method, estimate, estimate_each
from ccsim.analysis.stability import weekly_growth
from ccsim.analysis.targets import Share, judge, replications_needed
from ccsim.measures.catalog import CATALOG
from ccsim.measures.tally import CONTACT_TYPE, POOL, SITE, TOTAL, Key
from ccsim.plan import TICKS_PER_SECOND, Formula
from ccsim.results.record import HOURS, shown_names

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.plan import Floats, Ints, Plan
    from ccsim.results.record import Record, Sums

COLUMNS = {
    "summary": ("scenario", "scope", "name", "measure", "unit", "mean", "low", "high", "n", "method"),
    "intervals": (
        "scenario", "scope", "name", "interval_start_utc", "interval_start_local", "measure", "mean", "low", "high", "n"
    ),
    "comparisons": ("measure", "contact_type", "a", "b", "mean", "low", "high", "n", "verdict"),
    "targets": (
        "scenario", "contact_type", "formula", "share", "threshold_s", "mean", "low", "high", "n", "verdict",
        "replications_needed",
    ),
    "agents": ("scenario", "pool", "line", "seat", *HOURS, "occupancy"),
    "replications": ("scenario", "replication", "scope", "name", "measure", "numerator", "denominator"),
}  # fmt: skip


def frame(table: str, rows: list[tuple[object, ...]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame.from_records(rows, columns=list(COLUMNS[table]))


def summary(record: Record) -> pd.DataFrame:
    """Every measure of the counted period."""
    return frame("summary", [row for sums in record.sums.values() for row in summary_rows(sums, record.confidence)])


def summary_rows(sums: Sums, confidence: float) -> list[tuple[object, ...]]:
    found = estimate_each([CATALOG[key.measure].kind for key in sums.keys], *sums.period, confidence)
    growing = unstable_types(sums)
    rows: list[tuple[object, ...]] = []
    for column, key in enumerate(sums.keys):
        numbers = found.mean[column], found.low[column], found.high[column]
        method = Method(found.method[column]).label
        if key.name in growing and has_no_value(key, growing):
            numbers, method = (math.nan,) * 3, f"no value, grows by {growing[key.name]:,.0f} per week"
        rows.append((sums.plan.scenario, *key, CATALOG[key.measure].unit, *numbers, found.n[column], method))
    return rows


def unstable_types(sums: Sums) -> dict[str, float]:
    """Contacts per week by which the backlog of each unstable contact type grows (rule 10)."""
    names = [key.name for key in sums.keys if (key.scope, key.measure) == (CONTACT_TYPE, "backlog_growth")]
    if not names:
        return {}

    def columns(measure: str) -> tuple[Floats, Floats]:
        pairs = [sums.of(Key(CONTACT_TYPE, name, measure)) for name in names]
        return np.column_stack([pair[0] for pair in pairs]), np.column_stack([pair[1] for pair in pairs])

    (left_open, _), (arrived, _) = columns("open"), columns("arrived")
    growth = weekly_growth((left_open, arrived), columns("backlog_growth_share"), columns("backlog_growth"))
    return {name: float(rate) for name, rate in zip(names, growth, strict=True) if not math.isnan(rate)}


def has_no_value(key: Key, growing: dict[str, float]) -> bool:
    """Whether this is a wait of an unstable contact type."""
    return key.scope == CONTACT_TYPE and key.name in growing and CATALOG[key.measure].of_waits


def intervals(record: Record) -> pd.DataFrame:
    """Measures per planning interval."""
    import pandas as pd

    parts = [part for sums in record.sums.values() for part in interval_parts(sums, record.confidence)]
    return pd.concat(parts, ignore_index=True) if parts else frame("intervals", [])


def interval_parts(sums: Sums, confidence: float) -> list[pd.DataFrame]:
    """Rows of one scenario, a part for each measure of each contact type and pool."""
    import pandas as pd

    plan = sums.plan
    starts = plan.epoch + plan.promises.edges[:-1] // TICKS_PER_SECOND
    utc = pd.DatetimeIndex(starts.astype("datetime64[s]").astype("datetime64[us]")).tz_localize("UTC")
    local = [local_texts(starts, offset) for offset in plan.promises.utc_offset]
    growing = unstable_types(sums)
    parts = []
    for row, key in enumerate(sums.interval_keys):
        found = estimate(CATALOG[key.measure].kind, *sums.of_interval_key(row), confidence)
        known = np.nan if has_no_value(key, growing) else 1.0
        columns = (
            plan.scenario, key.scope, key.name, utc, local[zone_of(plan, key)], key.measure,
            found.mean * known, found.low * known, found.high * known, found.n,
        )  # fmt: skip
        parts.append(pd.DataFrame(dict(zip(COLUMNS["intervals"], columns, strict=True))))
    return parts


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


def comparisons(record: Record) -> pd.DataFrame:
    """
    Paired differences of all pairs of scenarios, for each measure compared and each contact type (or the whole center).

    Measures that neither knows of a contact type (abandonment of emails) have no row. All intervals hold together.
    """
    asked = [
        (Key(scope, name, measure), a, b)
        for a, b in combinations(record.sums.values(), 2)
        for measure in record.compare
        for scope, name in compared(measure, a, b)
    ]
    pairs = [(key, a, b) for key, a, b in asked if (a.of(key)[1] > 0).any() and (b.of(key)[1] > 0).any()]
    confidence = simultaneous(len(pairs), record.confidence)
    return frame("comparisons", [comparison_row(key, a, b, confidence) for key, a, b in pairs])


def compared(measure: str, a: Sums, b: Sums) -> list[tuple[str, str]]:
    """Scope and name of what is compared: each contact type that both scenarios have, else the whole center."""
    if CONTACT_TYPE not in CATALOG[measure].scopes:
        return [(TOTAL, "")] if Key(TOTAL, "", measure) in a.keys and Key(TOTAL, "", measure) in b.keys else []
    names = shown_names(a.plan)[CONTACT_TYPE]
    keys = [Key(CONTACT_TYPE, name, measure) for name in names]
    return [(key.scope, key.name) for key in keys if key in a.keys and key in b.keys]


def comparison_row(key: Key, a: Sums, b: Sums, confidence: float) -> tuple[object, ...]:
    kind = CATALOG[key.measure].kind
    (top_a, bottom_a), (top_b, bottom_b) = a.of(key), b.of(key)
    found = difference(kind, (top_a[:, None], bottom_a[:, None]), (top_b[:, None], bottom_b[:, None]), confidence)
    mean, low, high = float(found.mean[0]), float(found.low[0]), float(found.high[0])
    if has_no_value(key, unstable_types(a) | unstable_types(b)):
        mean = low = high = math.nan
    said = verdict(kind, mean, low, high)
    return (key.measure, key.name, a.plan.scenario, b.plan.scenario, mean, low, high, int(found.n[0]), said)


def targets(record: Record) -> pd.DataFrame:
    """Declared service levels and what became of them."""
    rows = [row for sums in record.sums.values() for row in target_rows(sums, record.confidence)]
    return frame("targets", rows)


def target_rows(sums: Sums, confidence: float) -> list[tuple[object, ...]]:
    plan, promises = sums.plan, sums.plan.promises
    rows: list[tuple[object, ...]] = []
    for of_type in plan.names.types:
        key = Key(CONTACT_TYPE, plan.types.name[of_type], "service_level")
        if promises.threshold[of_type] < 0 or key not in sums.keys:
            continue
        found = Share.of(service_level(sums, key, confidence), 0, confidence)
        target = float(promises.share[of_type])
        rows.append((
            plan.scenario, key.name, Formula(promises.formula[of_type]).name.lower().replace("_", "-"),
            target, promises.threshold[of_type] / TICKS_PER_SECOND,
            found.mean, found.low, found.high, found.n, judge(target, found), replications_needed(target, found),
        ))  # fmt: skip
    return rows


def service_level(sums: Sums, key: Key, confidence: float) -> Estimates:
    numerator, denominator = sums.of(key)
    return estimate("share", numerator[:, None], denominator[:, None], confidence)


def agents(record: Record) -> pd.DataFrame:
    """Hours of every agent, means over replications."""
    import pandas as pd

    parts = [agent_part(sums) for sums in record.sums.values()]
    return pd.concat(parts, ignore_index=True) if parts else frame("agents", [])


def agent_part(sums: Sums) -> pd.DataFrame:
    import pandas as pd

    plan, crew = sums.plan, sums.plan.agents
    everyone = np.full((len(crew.pool), len(HOURS)), np.nan)
    if sums.finished:
        everyone = np.mean([one.agent_hours for one in sums.finished], axis=0)
    hours = dict(zip(HOURS, everyone.T, strict=True))
    available = hours["available_hours"]
    occupancy = np.divide(hours["handling_hours"], available, out=np.full(len(available), np.nan), where=available > 0)
    columns = {
        "scenario": plan.scenario,
        "pool": [plan.pools.name[pool] for pool in crew.pool],
        "line": [crew.line_name[line] for line in crew.line],
        "seat": crew.seat + 1,
        **hours,
        "occupancy": occupancy,
    }
    return pd.DataFrame(columns, columns=list(COLUMNS["agents"]))


def replications(record: Record) -> pd.DataFrame:
    """The sums behind every estimate of the counted period, one row for each replication and measure."""
    rows: list[tuple[object, ...]] = []
    for sums in record.sums.values():
        numerator, denominator = sums.period
        for r, replication in enumerate(record.replications):
            rows += [
                (sums.plan.scenario, replication, *key, float(numerator[r, column]), float(denominator[r, column]))
                for column, key in enumerate(sums.keys)
            ]
    return frame("replications", rows)


MAKERS = {
    "summary": summary,
    "intervals": intervals,
    "comparisons": comparisons,
    "targets": targets,
    "agents": agents,
    "replications": replications,
}
