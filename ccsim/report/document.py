"""The answer as one JSON document, for programs; its shape is fixed by ``schema_version``."""

from __future__ import annotations

import json
from math import isfinite
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.results import Results

SCHEMA_VERSION = 1
GROUPS = {"contact_types": "contact_type", "pools": "pool", "sites": "site"}
NUMBERS = ("mean", "low", "high", "n")
COMPARISONS = ("measure", "contact_type", "a", "b", *NUMBERS, "verdict")
TARGETS = ("scenario", "contact_type", "formula", "share", "threshold_s", *NUMBERS, "verdict")


def document(results: Results) -> dict[str, Any]:
    """
    All estimates of a run as plain data.

    Every measure of the catalog stands for every contact type, pool and site and for the total; numbers that have no
    value are None, never NaN. Names, units and formulas of measures are those of the tables.
    """
    summary = results.summary()
    return {
        "schema_version": SCHEMA_VERSION,
        "title": results.title,
        "seed": results.seed,
        "replications": results.replications,
        "scenarios": {name: scenario(summary[summary["scenario"] == name]) for name in results.scenarios},
        "comparisons": records(results.comparisons(), COMPARISONS),
        "targets": records(results.targets(), TARGETS),
    }


def json_text(results: Results) -> str:
    """The document as text in ASCII, whatever the terminal's encoding; the same results always give the same text."""
    return json.dumps(document(results), indent=1, allow_nan=False)


def scenario(summary: pd.DataFrame) -> dict[str, Any]:
    """Measures of one scenario by contact type, pool, site, and in total."""
    found: dict[str, Any] = {}
    for group, scope in GROUPS.items():
        rows = summary[summary["scope"] == scope]
        found[group] = {name: measures(of) for name, of in rows.groupby("name", sort=False)}
    found["total"] = measures(summary[summary["scope"] == "total"])
    return found


def measures(rows: pd.DataFrame) -> dict[str, dict[str, float | None]]:
    """Every measure of the catalog; those that do not exist here have no value, of money and satisfaction no row."""
    from ccsim.measures.catalog import BOOKS, CATALOG, SATISFACTION

    known = {row["measure"]: row for row in records(rows, ("measure", *NUMBERS))}
    none = {"mean": None, "low": None, "high": None, "n": 0}
    names = [name for name, measure in CATALOG.items() if name in known or measure.needs not in (BOOKS, SATISFACTION)]
    return {name: {key: known.get(name, none)[key] for key in NUMBERS} for name in names}


def records(rows: pd.DataFrame, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """Rows as plain data."""
    return [dict(zip(columns, map(plain, row), strict=True)) for row in rows[list(columns)].itertuples(index=False)]


def plain(value: Any) -> Any:
    """A value that JSON knows: numpy's numbers as Python's, None for what is not finite."""
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and not isfinite(value) else value
