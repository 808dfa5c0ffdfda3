"""Interval tables on the clock of a simulation (rules 1 and 2)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.calendar.clock import reading
from ccsim.calendar.spans import Spans
from ccsim.errors import ConfigError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccsim.calendar.clock import WallClock
    from ccsim.model.table import IntervalTable
    from ccsim.plan import Bools, Floats, Ints
    from ccsim.planning.horizon import Horizon


class TablePieces(NamedTuple):
    """Times within the simulation of which rows of a table speak, ascending."""

    spans: Spans
    row: Ints
    """Position in the table, from 0."""
    part: Floats
    """Length of the piece / length of an interval."""


def moments(texts: Sequence[str]) -> list[datetime]:
    """ISO 8601 texts, with offset or as local wall clock."""
    return [datetime.fromisoformat(text) for text in texts]


def rates(table: IntervalTable, clock: WallClock, span: Horizon) -> TablePieces:
    """
    When the rows of a table hold, read at the wall clock of each instant.

    A row of a repeated hour holds twice, unless the table has that hour twice; one of a skipped hour not at all. Rows
    with an offset hold for one interval from their instant on.
    """
    starts = moments(table.starts)
    if _have_offsets(starts):
        instants = clock.instants(starts)
        return _placed(instants, _step(instants, span), span)
    readings = _readings(starts)
    step = _step(readings, span)
    spans, row = clock.pieces(Spans(readings, readings + step), 0, span.run_end)
    repeat, again = clock.is_repeat(spans.begins), _again(readings)
    twice = np.isin(readings, readings[again])
    meant = np.where(repeat, again[row] | ~twice[row], ~again[row])
    spans, row = Spans(spans.begins[meant], spans.ends[meant]), row[meant]
    return TablePieces(spans, row, (spans.ends - spans.begins) / step)


def records(table: IntervalTable, clock: WallClock, span: Horizon) -> TablePieces:
    """
    When the intervals of recorded counts were: each row once, whole, if it began within the simulation.

    Starts are points in time: in a repeated hour the first is meant, unless the table has the hour twice.
    """
    starts = moments(table.starts)
    if _have_offsets(starts):
        instants = clock.instants(starts)
        return _placed(instants, _step(instants, span), span)
    readings = _readings(starts)
    return _placed(clock.at(readings, _again(readings)), _step(readings, span), span)


def require_cover(
    pieces: TablePieces, table: IntervalTable, path: str, clock: WallClock, needed: tuple[int, int], file: str
) -> None:
    """
    Refuse a table that begins after or ends before what it must cover: ``needed``, two ticks.

    Holes between rows are found where the table is read.
    """
    if table.zero_where_missing:
        return
    low, high = needed
    begins = int(pieces.spans.begins.min(initial=high))
    ends = int(pieces.spans.ends.max(initial=low))
    if begins <= low and ends >= high:
        return
    missing = [(low, begins)] * (begins > low) + [(ends, high)] * (low < ends < high)
    told = " and ".join(f"{clock.show(since)} to {clock.show(until)}" for since, until in missing)
    message = f"{table.file} has no rows for {told} ({clock.zone}); add them, or write missing: zero"
    raise ConfigError([Problem(file, 0, 0, path, message)])


def _placed(instants: Ints, step: int, span: Horizon) -> TablePieces:
    """Whole intervals from these instants on, of which some lie in the simulation."""
    row = np.flatnonzero((instants >= 0) & (instants < span.run_end))
    row = row[np.argsort(instants[row], kind="stable")]
    return TablePieces(Spans(instants[row], instants[row] + step), row, np.ones(len(row)))


def _have_offsets(starts: list[datetime]) -> bool:
    """All rows of a table have an offset, or none has."""
    return bool(starts) and starts[0].tzinfo is not None


def _readings(starts: list[datetime]) -> Ints:
    return np.array([reading(start) for start in starts], dtype=np.int64)


def _again(readings: Ints) -> Bools:
    """Rows of an hour's second pass: they show no more than a row before them did."""
    highest = np.maximum.accumulate(readings)
    again = np.zeros(len(readings), dtype=np.bool_)
    again[1:] = readings[1:] <= highest[:-1]
    return again


def _step(times: Ints, span: Horizon) -> int:
    """Length of an interval: the smallest distance of two rows; of a single row the planning interval."""
    distances = np.diff(np.unique(times))
    return int(distances.min()) if len(distances) else span.interval
