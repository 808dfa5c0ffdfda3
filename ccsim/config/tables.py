"""
Tables that an experiment names: demand and staffing per interval, recorded times, weekly profiles, observed
durations.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ccsim.calendar.zones import offsets
from ccsim.config.spreadsheets import Row, Unreadable, rows
from ccsim.config.tree import Place
from ccsim.errors import ConfigError, Problem
from ccsim.model.demand import profile
from ccsim.model.table import IntervalTable, ProfileTable, Sample, TimesTable
from ccsim.quantities import WEEKDAYS, days, suggest

if TYPE_CHECKING:
    from pathlib import Path

MOST_PROBLEMS = 5
"""Of one table: whoever sees five of a kind knows the sixth."""
LEVELS = ("handle_time_s", "patience_s")
EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True)
class Sheet:
    """A table as it was read: the names of its columns and its rows."""

    header: Row
    body: tuple[Row, ...]


@dataclass
class Reading:
    """The reading of one table: where problems with it are told, and what was found so far."""

    name: str
    """The file as the user knows it."""
    place: Place
    """Of the key that names the file."""
    problems: list[Problem]

    def wrong(self, message: str, row: int = 0, column: int = 0) -> None:
        """Tell of a problem at a row and column of the table, both counted from 1."""
        if len(self.problems) < MOST_PROBLEMS:
            place = Place(
                replace(self.place.source, name=self.name), row, max(column, 1) if row else 0, self.place.path
            )
            self.problems.append(place.problem(message))

    def stop(self) -> None:
        if self.problems:
            raise ConfigError(self.problems)


@lru_cache(maxsize=8)
def _sheet(path: Path, changed: int) -> Sheet:
    """The rows of a file, read once for all that name it; ``changed`` is the time of its last change. [ns]"""
    found = list(rows(path))
    if not found:
        raise Unreadable("the table is empty")
    return Sheet(found[0], tuple(found[1:]))


def sheet(path: Path, reading: Reading) -> Sheet:
    """The rows of a file, or ``ConfigError``."""
    try:
        changed = path.stat().st_mtime_ns if path.exists() else 0
        found = _sheet(path, changed)
    except Unreadable as error:
        if error.row:
            reading.wrong(str(error), error.row)
        else:
            reading.problems.append(reading.place.problem(f"{reading.name}: {error}"))
        raise ConfigError(reading.problems) from None
    if len(found.header.cells) == 1 and ";" in found.header.cells[0]:
        reading.wrong("columns are separated by semicolons; separate them by commas", found.header.number)
        reading.stop()
    for row in found.body:
        if any(row.cells[len(found.header.cells) :]):
            reading.wrong(
                "the row has more cells than the header; write numbers with a decimal point, not a comma",
                row.number,
                len(found.header.cells) + 1,
            )
    reading.stop()
    return found


def columns(
    found: Sheet, reading: Reading, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> dict[str, int]:
    """Positions of the columns by name; other columns are left alone unless they look like a misspelt one."""
    names = [name.casefold() for name in found.header.cells]
    for position, name in enumerate(names, start=1):
        if name and names.index(name) != position - 1:
            reading.wrong(f"two columns are named {name}", found.header.number, position)
        if name in required or name in optional:
            continue
        near = suggest(name, [other for other in (*required, *optional) if other not in names])
        if near:
            reading.wrong(f"unknown column {name}{near}", found.header.number, position)
    for name in required:
        if name not in names and not reading.problems:
            reading.wrong(f"the column {name} is missing; there are {', '.join(names)}", found.header.number)
    reading.stop()
    return {name: names.index(name) for name in (*required, *optional) if name in names}


def cell(row: Row, position: int) -> str:
    return row.cells[position] if position < len(row.cells) else ""


def number(row: Row, position: int, name: str, reading: Reading) -> float:
    """A number that is 0 or more."""
    text = cell(row, position)
    try:
        value = float(text)
    except ValueError:
        what = f"{text} is not a number" if text else "the cell is empty"
        reading.wrong(f"{name}: {what}; write a number with a decimal point, 0 for none", row.number, position + 1)
        return 0.0
    if not math.isfinite(value) or "_" in text:
        reading.wrong(f"{name}: {text} is not a number that can be used here", row.number, position + 1)
        return 0.0
    if value < 0:
        reading.wrong(f"{name}: {text} is negative", row.number, position + 1)
    return value


def interval_table(
    path: Path,
    reading: Reading,
    *,
    value: str,
    whole: bool,
    zone: str,
    zero_where_missing: bool,
    contact_type: str | None = None,
) -> IntervalTable:
    """
    A table with a row per interval: ``interval_start``, the column ``value``, and levels per interval for demand.

    Rows of other contact types are left out where the table has the column ``contact_type``. Agents and recorded
    contacts are ``whole`` numbers, expected contacts need not be.
    """
    found = sheet(path, reading)
    of_demand = contact_type is not None
    places = columns(found, reading, ("interval_start", value), (*LEVELS, "contact_type") if of_demand else ())
    body = _of_type(found.body, places, contact_type, reading)
    moments = [_moment(row, places["interval_start"], "interval_start", reading) for row in body]
    values = tuple(number(row, places[value], value, reading) for row in body)
    if whole:
        for row, count in zip(body, values, strict=True):
            if not count.is_integer():
                reading.wrong(f"{value}: {count:g} is not a whole number", row.number, places[value] + 1)
    levels = {name: _levels(body, places, name, values, reading) for name in LEVELS}
    reading.stop()
    _check_steps(body, moments, places["interval_start"], zone, zero_where_missing, reading)
    reading.stop()
    return IntervalTable(
        file=reading.name,
        rows=tuple(row.number for row in body),
        starts=tuple(moment.isoformat() for moment in moments),
        values=values,
        zero_where_missing=zero_where_missing,
        **levels,
    )


def times_table(path: Path, reading: Reading, *, contact_type: str) -> TimesTable:
    """Recorded arrival times in the column ``arrived``, ascending."""
    found = sheet(path, reading)
    places = columns(found, reading, ("arrived",), ("contact_type",))
    body = _of_type(found.body, places, contact_type, reading)
    moments = [_moment(row, places["arrived"], "arrived", reading) for row in body]
    reading.stop()
    _same_kind(body, moments, places["arrived"], reading)
    reading.stop()
    return TimesTable(reading.name, tuple(row.number for row in body), tuple(moment.isoformat() for moment in moments))


def profile_table(path: Path, reading: Reading) -> ProfileTable:
    """
    A weekly profile: a column per day or group of days (``mon-fri``, ``sat``), a row per hour, half-hour or quarter.
    """
    found = sheet(path, reading)
    weights: dict[str, list[float]] = {}
    for position, name in enumerate(found.header.cells):
        try:
            days(name)
        except ValueError:
            if position == 0 and name.casefold() in ("", "time", "from", "interval", "hour"):
                continue
            hint = suggest(name, (*WEEKDAYS, "mon-fri"))
            reading.wrong(
                f"{name} is not a day of the week{hint or '; name columns time, mon-fri, sat, sun'}",
                found.header.number,
                position + 1,
            )
            continue
        weights[name] = [number(row, position, name, reading) for row in found.body]
    reading.stop()
    written = {name: tuple(column) if any(column) else 0 for name, column in weights.items()}
    try:
        table: ProfileTable = profile(written)
        return replace(table, file=reading.name)
    except ValueError as error:
        reading.wrong(str(error), found.header.number)
        raise ConfigError(reading.problems) from None


def sample(path: Path, reading: Reading) -> Sample:
    """Observed durations in the column ``seconds``, all above 0."""
    found = sheet(path, reading)
    place = columns(found, reading, ("seconds",))["seconds"]
    values = [number(row, place, "seconds", reading) for row in found.body]
    for row, value in zip(found.body, values, strict=True):
        if value == 0:
            reading.wrong("seconds: a duration is more than 0", row.number, place + 1)
    if not values:
        reading.wrong("there are no rows below the header", found.header.number)
    reading.stop()
    return Sample(reading.name, tuple(values))


def _of_type(
    body: tuple[Row, ...], places: dict[str, int], contact_type: str | None, reading: Reading
) -> tuple[Row, ...]:
    """The rows of one contact type, all where the table does not tell types apart."""
    if "contact_type" in places:
        names = dict.fromkeys(cell(row, places["contact_type"]) for row in body)
        body = tuple(row for row in body if cell(row, places["contact_type"]) == contact_type)
        if not body:
            hint = suggest(str(contact_type), names) or f"; there are {', '.join(list(names)[:10]) or 'no rows'}"
            reading.wrong(f"no row is of the contact type {contact_type}{hint}", 1, places["contact_type"] + 1)
    elif not body:
        reading.wrong("there are no rows below the header", 1)
    reading.stop()
    return body


def _levels(
    body: tuple[Row, ...], places: dict[str, int], name: str, offered: tuple[float, ...], reading: Reading
) -> tuple[float, ...]:
    """Means per interval; where nothing is offered a cell may be empty or 0 and takes the value before it."""
    if name not in places:
        return ()
    found: list[float] = []
    for row, contacts in zip(body, offered, strict=True):
        text = cell(row, places[name])
        value = number(row, places[name], name, reading) if text or contacts else 0.0
        if value == 0 and contacts and text:
            reading.wrong(f"{name}: a duration is more than 0", row.number, places[name] + 1)
        found.append(value or (found[-1] if found else 0.0))
    first = next((value for value in found if value), 0.0)
    return tuple(value or first for value in found)


def _moment(row: Row, position: int, name: str, reading: Reading) -> datetime:
    text = cell(row, position)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        what = f"{text} is not a date and time" if text else "the cell is empty"
        reading.wrong(f"{name}: {what}; write for example 2026-03-02 08:00", row.number, position + 1)
        return EPOCH


def _same_kind(body: tuple[Row, ...], moments: list[datetime], position: int, reading: Reading) -> None:
    """All rows have an offset from UTC, or none has."""
    for row, moment in zip(body, moments, strict=True):
        if (moment.tzinfo is None) != (moments[0].tzinfo is None):
            reading.wrong(
                f"{moment} mixes times with and without offset; write all rows alike", row.number, position + 1
            )
            return


def _check_steps(
    body: tuple[Row, ...], moments: list[datetime], position: int, zone: str, zero_where_missing: bool, reading: Reading
) -> None:
    """
    Rows ascend by one equal step.

    Of local times, an hour missing or doubled by a clock change of the zone is neither a gap nor a repetition.
    """
    _same_kind(body, moments, position, reading)
    reading.stop()
    clock = [moment.replace(tzinfo=None) - (moment.utcoffset() or timedelta()) for moment in moments]
    ahead = [second - first for first, second in itertools.pairwise(clock)]
    step = min((difference for difference in ahead if difference > timedelta()), default=None)
    if step is None:
        if len(moments) < 2:
            reading.wrong(
                "one row does not tell how long an interval is; write at least two", body[0].number, position + 1
            )
        else:
            reading.wrong("the rows do not ascend in time", body[1].number, position + 1)
        return
    if step > timedelta(days=1) or timedelta(days=1) % step:
        reading.wrong(f"intervals of {step} do not divide a day into equal parts", body[1].number, position + 1)
        return
    local = moments[0].tzinfo is None
    for row, before, difference in zip(body[1:], clock[:-1], ahead, strict=True):
        if difference == step or (local and _clock_changed(before, step, difference - step, zone)):
            continue
        told = _broken_step(before, step, difference, zero_where_missing)
        if told:
            reading.wrong(f"interval_start: {told}", row.number, position + 1)


def _broken_step(before: datetime, step: timedelta, difference: timedelta, zero_where_missing: bool) -> str:
    if difference == timedelta():
        return f"{before} is given twice"
    if difference < timedelta():
        return f"{before + difference} stands after {before}; rows ascend in time"
    if difference % step:
        return f"{before + difference} does not follow {before} in steps of {step}"
    if zero_where_missing:
        return ""
    return f"the interval at {before + step} is missing; add it, or write missing: zero beside the file's name"


def _clock_changed(before: datetime, step: timedelta, jump: timedelta, zone: str) -> bool:
    """Whether the wall clock jumps by so much at the end of the interval that begins at ``before``."""
    return any(before < change <= before + step and jump == size for change, size in _clock_changes(zone, before.year))


@cache
def _clock_changes(zone: str, year: int) -> tuple[tuple[datetime, timedelta], ...]:
    """Clock changes of a zone around a year: wall clock before the change, and its jump."""
    stretches = offsets(zone, year - 1, year + 1)
    return tuple(
        (EPOCH + timedelta(seconds=begin + old), timedelta(seconds=new - old))
        for (_, old), (begin, new) in itertools.pairwise(stretches)
    )
