"""
Tables that an experiment file names, read and checked by ``config``; frozen rows here. ``file`` and the row numbers
are for errors.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class IntervalTable:
    """
    Rows of an interval table, ascending in time, of one equal step in wall-clock time.

    ``starts`` are ISO 8601 texts, local wall clock or with offset. For a staffing table ``values`` are agents, for
    demand contacts offered; ``handle_time_s`` and ``patience_s`` are means in the interval, empty if the column is
    absent. ``rows`` are the row numbers in the file (the header is row 1).
    """

    file: str
    rows: tuple[int, ...]
    starts: tuple[str, ...]
    values: tuple[float, ...]
    handle_time_s: tuple[float, ...] = ()
    patience_s: tuple[float, ...] = ()
    zero_where_missing: bool = False
    """``missing: zero``: intervals without a row, before the first and after the last one too, are 0."""


@dataclass(frozen=True)
class TimesTable:
    """Recorded arrival times, one a row: ISO 8601, local wall clock or with offset."""

    file: str
    rows: tuple[int, ...]
    times: tuple[str, ...]


@dataclass(frozen=True)
class ProfileTable:
    """A weekly profile: relative weights of equal steps, for each weekday (Monday = 0) from local midnight."""

    file: str
    weights: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Sample:
    """Observed durations. [s]"""

    file: str
    seconds: tuple[float, ...]
