"""
Write the demand tables of the experiments. They are synthetic: no call in them was ever made.

    python experiments/demand/make.py

``shop_phone.csv`` is a forecast of calls to a shop, per half-hour of the weekdays from 30 March to 15 May 2026, with
the mean handle time of that half-hour: busiest at ten, busier on Mondays, a little less after a promotion ends in
mid-April, and slower calls in the evening, when the questions that the website could not answer come in.
"""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
FIRST, DAYS = datetime(2026, 3, 30), 47
PROMOTION_ENDS = datetime(2026, 4, 18)
CALLS_A_DAY = 860
WEEKDAY = (1.18, 1.02, 0.96, 0.94, 0.90)
HOURLY = (5.2, 8.4, 10.2, 9.8, 9.0, 9.2, 9.4, 9.0, 8.2, 7.2, 6.2, 5.2)
"""Weights of the hours from 08:00 to 20:00."""


def main() -> None:
    """Write every table beside this file."""
    write("shop_phone.csv", ("interval_start", "offered", "handle_time_s"), shop_phone())


def shop_phone() -> list[tuple[str, str, str]]:
    """Half-hours in which the shop is open: local start, calls expected, mean handle time [s]."""
    rows = []
    for day in (FIRST + timedelta(days=n) for n in range(DAYS)):
        if day.weekday() >= len(WEEKDAY):
            continue
        calls = CALLS_A_DAY * WEEKDAY[day.weekday()] * (1.06 if day < PROMOTION_ENDS else 1.0)
        for half_hour in range(2 * len(HOURLY)):
            start = day.replace(hour=8) + timedelta(minutes=30 * half_hour)
            offered = calls * weight(half_hour) / sum(weight(k) for k in range(2 * len(HOURLY)))
            handle_time = 290 + 30 * half_hour / (2 * len(HOURLY))
            rows.append((start.isoformat(timespec="minutes"), f"{offered:.2f}", f"{handle_time:.0f}"))
    return rows


def weight(half_hour: int) -> float:
    """Weight of a half-hour: between the two hours whose middles it lies between."""
    hour, second = divmod(half_hour, 2)
    neighbor = min(max(hour + (1 if second else -1), 0), len(HOURLY) - 1)
    return 0.75 * HOURLY[hour] + 0.25 * HOURLY[neighbor]


def write(name: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write one table with a header."""
    with (HERE / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


if __name__ == "__main__":
    main()
