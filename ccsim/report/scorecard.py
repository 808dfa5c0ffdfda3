"""What providers report month by month, next to what customers met; and where the one hides the other."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from ccsim.analysis.targets import MISSED
from ccsim.report.numbers import MISSING, percent, span, value
from ccsim.results.scorecard import ALL_DAYS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccsim.results import Results

MOSTLY = 0.5
"""A month is said to be met if it is so, or excused, in more than this share of the replications."""


class Month(NamedTuple):
    """One month of one term as text."""

    name: str
    reported: str
    met: str
    target: str
    customers: str
    intervals: str
    days: str
    weeks: str
    worst_day: str
    weekdays: list[str]
    """From Monday; a dash where nobody came."""


def months(results: Results) -> dict[str, list[Month]]:
    """By scenario; empty without terms."""
    found: dict[str, list[Month]] = {}
    for rows in by_month(results):
        found.setdefault(str(rows[0]["scenario"]), []).append(month(rows))
    return found


def by_month(results: Results) -> list[list[Mapping[Any, Any]]]:
    """Rows of each month of each term, that of all its days first."""
    rows = results.scorecard().to_dict("records")
    return [
        list(of)
        for _, of in groupby(rows, lambda row: [row[name] for name in ("scenario", "contract", "term", "month")])
    ]


def month(rows: list[Mapping[Any, Any]]) -> Month:
    whole, unit = rows[0], rows[0]["target_unit"]
    on = {row["weekday"]: value(row["customers"], unit) + (" !" if row["verdict"] == MISSED else "") for row in rows}
    excused = f", excused {percent(whole['excused'], 0)}" if whole["excused"] else ""
    return Month(
        f"{whole['contract']}: {whole['term']}, {whole['month']}",
        value(whole["reported"], whole["unit"]),
        percent(whole["met"], 0) + excused,
        value(whole["target"], unit),
        on[ALL_DAYS],
        percent(whole["intervals_within"], 0),
        percent(whole["days_within"], 0),
        percent(whole["weeks_within"], 0),
        f"{whole['worst_day']}: {value(whole['worst_day_value'], unit)}",
        [on.get(day, MISSING) for day in WEEKDAYS],
    )


def sentences(results: Results) -> list[str]:
    """One for each term of which a month is met while customers surely met less than its target on some weekday."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for rows in by_month(results):
        whole = rows[0]
        missed = [row for row in rows[1:] if row["verdict"] == MISSED]
        if missed and whole["met"] + whole["excused"] > MOSTLY:
            found.setdefault((whole["scenario"], whole["contract"], whole["term"]), []).append(hidden(whole, missed))
    several = len(results.scenarios) > 1
    return [
        f"{f'{scenario}: ' if several else ''}{contract} keeps {term} by the month, and the month hides days: "
        f"{'; '.join(told)}."
        for (scenario, contract, term), told in found.items()
    ]


def hidden(whole: Mapping[Any, Any], missed: list[Mapping[Any, Any]]) -> str:
    """``2026-06 is met in 100 % of replications, and customers met 67.0 % on Mondays (51.0 to 79.9 %), ...``"""
    unit = whole["target_unit"]
    met = percent(whole["met"] + whole["excused"], 0)
    days = ", ".join(
        f"{value(row['customers'], unit)} on {row['weekday']}s ({span(row['low'], row['high'], unit)})"
        for row in missed
    )
    side = "below" if whole["target"] > missed[0]["customers"] else "above"
    return (
        f"{whole['month']} is met in {met} of replications, and customers met {days}, "
        f"surely {side} {value(whole['target'], unit)}"
    )
