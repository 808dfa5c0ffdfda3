"""What the comparisons say, in plain English: which differences between scenarios are real."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING

from ccsim.analysis.comparisons import SAME, Comparison

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def sentences(comparisons: Sequence[Comparison], units: Mapping[str, str], currency: str = "") -> list[str]:
    """
    One sentence for each pair of scenarios, and one on how sure they are.

    Parameters
    ----------
    comparisons
        All rows of one table, whose intervals hold together; rows of a pair stand together.
    units
        Unit of each measure as in the catalog; shares are told in points.
    currency
        Name of the reporting currency.
    """
    told = [
        pair_sentence(a, b, list(rows), units, currency)
        for (a, b), rows in groupby(comparisons, key=lambda row: (row.a, row.b))
    ]
    return [*told, certainty(comparisons)] if told else []


def pair_sentence(a: str, b: str, rows: list[Comparison], units: Mapping[str, str], currency: str) -> str:
    real = [row for row in rows if row.verdict != SAME]
    alike = [row for row in rows if row.verdict == SAME and not math.isnan(row.low)]
    parts = []
    if real:
        parts.append("; ".join(told(row, units.get(row.measure, ""), currency) for row in real))
    if alike:
        parts.append("not distinguishable: " + ", ".join(subject(row) for row in alike))
    return f"{b} against {a}: {'; '.join(parts) or 'no difference can be judged'}."


def certainty(comparisons: Sequence[Comparison]) -> str:
    if all(math.isnan(row.low) for row in comparisons):
        return "Without intervals no difference can be called real: at least 5 replications are needed."
    return f"All {len(comparisons)} intervals hold together with 95 % confidence."


def told(row: Comparison, unit: str, currency: str) -> str:
    """As in ``service level of us-phone 4.2 points higher (3.1 to 5.3)``."""
    scale, unit = (100, "points") if unit == "share" else (1, currency if unit == "currency" else unit)
    nearest, farthest = sorted((abs(row.low) * scale, abs(row.high) * scale))
    interval = "" if math.isnan(row.low) else f" ({number(nearest)} to {number(farthest)})"
    return f"{subject(row)} {number(abs(row.mean) * scale)} {unit} {row.verdict}{interval}"


def subject(row: Comparison) -> str:
    name = row.measure.removesuffix("_s").replace("_", " ")
    return f"{name} of {row.contact_type}" if row.contact_type else name


def number(value: float) -> str:
    """Three digits are enough for people: 0.0123, 4.21, 1,230,000."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    digits = max(2 - math.floor(math.log10(abs(value))), 0)
    return f"{round(value, 2 - math.floor(math.log10(abs(value)))):,.{digits}f}"
