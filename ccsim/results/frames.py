"""From sums to the frames of Results; columns are those of docs/results.md."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.comparisons import difference, simultaneous, verdict
from ccsim.analysis.estimates import Estimates, Method, estimate, estimate_each
from ccsim.analysis.targets import Share, judge, replications_needed
from ccsim.measures.catalog import CATALOG
from ccsim.measures.tally import CONTACT_TYPE, TOTAL, Key
from ccsim.plan import TICKS_PER_SECOND, Formula
from ccsim.results import selection
from ccsim.results.business_case import break_even, break_even_months, ownership, ownership_months
from ccsim.results.columns import COLUMNS, frame
from ccsim.results.forecast_error import forecast_error
from ccsim.results.frontier import frontier
from ccsim.results.money import costs, invoices
from ccsim.results.over_time import intervals, weeks
from ccsim.results.penalties import billed, penalties
from ccsim.results.record import HOURS, shown_names
from ccsim.results.risk import risk, shifts
from ccsim.results.scorecard import scorecard
from ccsim.results.terms import terms
from ccsim.results.unstable import has_no_value, unstable_types

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.results.record import Record, Sums


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
    mean, low, high = found.alone
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
    "weeks": weeks,
    "comparisons": comparisons,
    "targets": targets,
    "agents": agents,
    "replications": replications,
    "costs": costs,
    "invoices": invoices,
    "terms": terms,
    "penalties": penalties,
    "forecast_error": forecast_error,
    "billed": billed,
    "ownership": ownership,
    "ownership_months": ownership_months,
    "break_even_months": break_even_months,
    "break_even": break_even,
    "frontier": frontier,
    "scorecard": scorecard,
    "risk": risk,
    "shifts": shifts,
    "selection": selection.selection,
    "selection_requirements": selection.requirements,
    "selection_differences": selection.differences,
    "selection_weights": selection.weights,
}
