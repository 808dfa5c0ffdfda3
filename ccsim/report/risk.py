"""Who bears the risk of a contract, and what other contracts for the same service would shift, as text."""

from __future__ import annotations

from math import isnan, nan
from typing import TYPE_CHECKING, Any, NamedTuple

from ccsim.report.numbers import MISSING, percent, signed, span, value
from ccsim.results.risk import INVOICE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccsim.results import Results

HEADINGS = ("mean", "deviation", "volume", "handle time", "unavailable", "rest")
NOTE = (
    "Deviation: standard deviation between replications, with its interval. Beside it the shares of the variance that "
    "come with contacts offered, with mean handle time, and with paid time in which agents were not available."
)


class Borne(NamedTuple):
    """An invoice or a margin and how it varies."""

    name: str
    mean: str
    deviation: str
    volume: str
    handle_time: str
    unavailable: str
    rest: str


def borne(results: Results) -> dict[str, list[Borne]]:
    """By scenario; empty without contracts."""
    found: dict[str, list[Borne]] = {}
    for row in results.risk().to_dict("records"):
        found.setdefault(str(row["scenario"]), []).append(one(row))
    return found


def one(row: Mapping[Any, Any]) -> Borne:
    interval = span(row["deviation_low"], row["deviation_high"], row["currency"])
    whose = row["contract"] if row["item"] == INVOICE else row["party"]
    return Borne(
        f"{whose}: {row['item']}",
        value(row["mean"], row["currency"]),
        value(row["deviation"], row["currency"]) + (f" ({interval})" if interval else ""),
        share(row, "volume"),
        share(row, "handle_time"),
        share(row, "unavailable"),
        share(row, "rest"),
    )


def share(row: Mapping[Any, Any], cause: str) -> str:
    """``70 % (30 to 100)``; what explains nothing may come out a little below it. The rest has no interval."""
    if isnan(row[cause]):
        return MISSING
    low, high = (100 * row.get(f"{cause}_{end}", nan) for end in ("low", "high"))
    return percent(max(row[cause], 0.0), 0) + (f" ({low:.0f} to {high:.0f})" if high > low else "")


def shifted(results: Results) -> list[str]:
    """What other contracts shift, each against the first scenario with the same service; not where they do nothing."""
    rows = results.shifts()
    first = rows[~rows["a"].isin(rows["b"]) & ((rows["low"] != rows["high"]) | (rows["mean"] != 0))]
    return [shift(row) for row in first.to_dict("records")]


def shift(row: Mapping[Any, Any]) -> str:
    """``by day instead of by month: acme's invoice -3,086 USD (-4,443 to -1,728), its deviation +1,145 (...)``"""
    mean, varies = (
        f"{signed(row[of], row['currency'])} {row['currency']}{limits(row[low], row[high], row['currency'])}"
        for of, low, high in (("mean", "low", "high"), ("deviation", "deviation_low", "deviation_high"))
    )
    return f"{row['b']} instead of {row['a']}: {row['item']} of {row['provider']} {mean}, its deviation {varies}."


def limits(low: float, high: float, unit: str) -> str:
    """The interval, if there is one that is more than a point."""
    return "" if isnan(low) or low == high else f" ({signed(low, unit)} to {signed(high, unit)})"
