"""Columns of the frames of Results, those of docs/results.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.results.record import HOURS

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = {
    "summary": ("scenario", "scope", "name", "measure", "unit", "mean", "low", "high", "n", "method"),
    "intervals": (
        "scenario", "scope", "name", "interval_start_utc", "interval_start_local", "measure", "mean", "low", "high", "n"
    ),
    "weeks": ("scenario", "scope", "name", "week_start_local", "measure", "mean", "low", "high", "n"),
    "comparisons": ("measure", "contact_type", "a", "b", "mean", "low", "high", "n", "verdict"),
    "targets": (
        "scenario", "contact_type", "formula", "share", "threshold_s", "mean", "low", "high", "n", "verdict",
        "replications_needed",
    ),
    "agents": ("scenario", "pool", "line", "seat", *HOURS, "occupancy"),
    "costs": ("scenario", "payer", "payee", "contract", "item", "about", "currency", "mean", "low", "high", "n"),
    "invoices": (
        "scenario", "contract", "provider", "month", "item", "about", "currency", "quantity", "mean", "low", "high", "n"
    ),
    "terms": (
        "scenario", "contract", "term", "unit", "goal", "value", "missed", "low", "high", "n",
        "periods_missed", "excused", "currency", "credit", "credit_low", "credit_high", "credit_worst",
        "worst_month", "worst_month_missed", "worst_month_value",
    ),
    "penalties": (
        "scenario", "contract", "term", "month", "months_missed", "months_missed_low", "months_missed_high",
        "missed", "missed_low", "missed_high", "n", "unit", "value", "value_tenth",
        "currency", "penalty", "low", "high", "median", "p90", "p90_low", "p90_high", "p95", "p95_low", "p95_high",
        "largest", "bonus", "bonus_low", "bonus_high", "relieved", "relieved_low", "relieved_high",
    ),
    "forecast_error": (
        "scenario", "right", "contract", "term", "currency", "penalty", "penalty_right", "mean", "low", "high", "n",
        "verdict",
    ),
    "billed": ("scenario", "contract", "provider", "replication", "currency", "invoice", "penalty", "bonus"),
    "frontier": (
        "scenario", "contact_type", "cost", "cost_low", "cost_high", "service_level", "low", "high", "n", "dominated_by"
    ),
    "ownership": ("case", "basis", "group", "currency", "mean", "low", "high", "n"),
    "ownership_months": ("case", "month", "currency", "paid", "mean", "low", "high", "n"),
    "break_even_months": ("case", "of_mean", "share", "low", "high", "median", "earliest", "latest", "n"),
    "break_even": ("case", "of", "name", "unit", "now", "mean", "low", "high", "n"),
    "risk": (
        "scenario", "party", "contract", "item", "currency", "mean", "low", "high",
        "deviation", "deviation_low", "deviation_high", "n", "volume", "volume_low", "volume_high",
        "handle_time", "handle_time_low", "handle_time_high", "unavailable", "unavailable_low", "unavailable_high",
        "rest",
    ),
    "shifts": (
        "a", "b", "party", "provider", "item", "currency", "mean", "low", "high", "n", "verdict",
        "deviation", "deviation_low", "deviation_high", "deviation_verdict",
    ),
    "scorecard": (
        "scenario", "contract", "term", "month", "weekday", "unit", "goal", "reported", "met", "missed", "excused",
        "target_unit", "target", "customers", "low", "high", "n", "verdict",
        "intervals_within", "days_within", "weeks_within", "worst_day", "worst_day_value",
    ),
    "selection": (
        "candidate", "criterion", "weight", "measure", "contact_type", "statistic", "unit", "best", "worst",
        "mean", "low", "high", "n", "points", "points_low", "points_high", "rank",
    ),
    "selection_requirements": (
        "candidate", "requirement", "measure", "contact_type", "statistic", "unit", "limit", "at",
        "mean", "low", "high", "n", "verdict", "missed", "missed_low", "missed_high",
    ),
    "selection_differences": ("a", "b", "mean", "low", "high", "n", "verdict"),
    "selection_weights": ("criterion", "weight", "low", "high", "below", "above", "point", "unit"),
    "replications": ("scenario", "replication", "scope", "name", "measure", "numerator", "denominator"),
}  # fmt: skip


def frame(table: str, rows: list[tuple[object, ...]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame.from_records(rows, columns=list(COLUMNS[table]))
