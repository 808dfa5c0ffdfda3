"""Forecasts and recorded contacts: pieces of constant rate, days, and what chance does to them (rule 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.clock import SECOND, ticks
from ccsim.plan import DemandKind, Forecast
from ccsim.planning.hours import are_holidays
from ccsim.planning.laws import canonical
from ccsim.planning.pieces import Days, Pieces
from ccsim.planning.profile import weekly_pieces
from ccsim.planning.rows import ints, joined, key, offsets
from ccsim.planning.tables import moments, rates, records, require_cover

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccsim.calendar.clock import WallClock
    from ccsim.model.contact_type import ContactType
    from ccsim.model.demand import Demand, Variation
    from ccsim.model.table import IntervalTable
    from ccsim.plan import Floats, Ints
    from ccsim.planning.horizon import Horizon
    from ccsim.planning.rows import Rows
    from ccsim.planning.tables import TablePieces

MONTHS = 12


@dataclass(frozen=True)
class TypeForecast:
    """Demand of one type; ``period`` of forecast error and piece's ``day`` per row of ``days`` and ``pieces``."""

    kind: DemandKind
    days: Days
    period: Ints
    pieces: Pieces
    day: Ints
    times: Ints
    backlog: Ints


def forecast(rows: Rows, span: Horizon) -> Forecast:
    """
    Demand of all types over the whole simulation.

    A table, or volumes by week or date, must cover the counted period; what of the warm-up and the run-on they do not
    cover has no demand.
    """
    found = [_of_type(name, kind, span) for name, kind in rows.types.items()]
    demands = [kind.demand for kind in rows.types.values()]
    streams = [key(name, kind) for name, kind in rows.types.items()]
    day_offset = offsets(one.days.date for one in found)
    pieces = [one.pieces for one in found]
    return Forecast(
        kind=ints(one.kind for one in found),
        day_offset=day_offset,
        day_date=joined([one.days.date for one in found]),
        day_from=joined([one.days.begins for one in found]),
        day_to=joined([one.days.ends for one in found]),
        day_period=joined([one.period for one in found]),
        piece_offset=offsets(one.begins for one in pieces),
        piece_from=joined([one.begins for one in pieces]),
        piece_to=joined([one.ends for one in pieces]),
        piece_contacts=np.concatenate([one.contacts for one in pieces]),
        piece_handle_level=np.concatenate([one.handle_level for one in pieces]),
        piece_patience_level=np.concatenate([one.patience_level for one in pieces]),
        piece_day=joined([one.day + first for one, first in zip(found, day_offset, strict=False)]),
        day_cv=np.array([_cv(one.day_factor) for one in demands]),
        day_group=tuple(_group(one.day_factor, stream) for one, stream in zip(demands, streams, strict=True)),
        error_cv=np.array([_cv(one.forecast_error) for one in demands]),
        error_group=tuple(_group(one.forecast_error, stream) for one, stream in zip(demands, streams, strict=True)),
        time_offset=offsets(one.times for one in found),
        times=joined([one.times for one in found]),
        backlog_offset=offsets(one.backlog for one in found),
        backlog_age=joined([one.backlog for one in found]),
    )


def _cv(variation: Variation | None) -> float:
    return 0.0 if variation is None else variation.cv


def _group(variation: Variation | None, stream: str) -> str:
    """The key under which a factor is drawn: shared, or the type's own."""
    return stream if variation is None else variation.shared_as or stream


def _of_type(name: str, kind: ContactType, span: Horizon) -> TypeForecast:
    demand = kind.demand
    clock = span.clock(demand.timezone)
    days = Days.of(clock, span.run_end)
    times = _recorded_times(demand, clock, span)
    pieces = _pieces(name, kind, clock, days, times, span)
    if demand.recorded_counts is None:
        pieces = pieces.cut(days.begins)
    day = days.row(pieces.begins)
    if demand.holidays is not None:
        pieces = pieces.times(np.where(are_holidays(days.date, demand.holidays), demand.holidays.demand, 1.0)[day])
    wanted = pieces.contacts > 0
    return TypeForecast(
        kind=_kind(demand),
        days=days,
        period=_periods(demand, days.date),
        pieces=pieces.where(wanted),
        day=day[wanted],
        times=times,
        backlog=_backlog(kind),
    )


def _kind(demand: Demand) -> DemandKind:
    if demand.recorded_counts is not None:
        return DemandKind.COUNTS
    return DemandKind.POISSON if demand.recorded_times is None else DemandKind.TIMES


def _pieces(name: str, kind: ContactType, clock: WallClock, days: Days, times: Ints, span: Horizon) -> Pieces:
    """Demand as it is written, within its start and end, scaled."""
    demand = kind.demand
    low = 0 if demand.starts is None else max(0, clock.instant(demand.starts))
    high = span.run_end if demand.ends is None else min(span.run_end, clock.instant(demand.ends))
    path = f"contact_types.{name}.demand"
    needed = max(low, span.counted_from), min(high, span.counted_to)
    if demand.recorded_counts is not None:
        written = _of_table(demand.recorded_counts, records, kind, clock, span, path, needed)
        return written.where((written.begins >= low) & (written.begins < high))
    if demand.recorded_times is not None:
        return _counted(times[(times >= low) & (times < high)], span)
    if demand.table is not None:
        written = _of_table(demand.table, rates, kind, clock, span, path, needed)
    elif demand.weekly is not None:
        written = weekly_pieces(demand.weekly, days.date, clock, span, path, needed)
    else:
        assert demand.rate is not None
        written = Pieces.of(days.begins, days.ends, demand.rate * (days.ends - days.begins) / SECOND)
    return written.clipped(low, high).times(demand.scale)


def _of_table(
    table: IntervalTable,
    place: Callable[[IntervalTable, WallClock, Horizon], TablePieces],
    kind: ContactType,
    clock: WallClock,
    span: Horizon,
    path: str,
    needed: tuple[int, int],
) -> Pieces:
    """The rows of a table as pieces; a level is the row's mean over that of the law as written."""
    placed = place(table, clock, span)
    require_cover(placed, table, path, clock, needed, span.file)
    contacts = np.array(table.values, dtype=np.float64)[placed.row] * placed.part
    pieces = Pieces.of(placed.spans.begins, placed.spans.ends, contacts)
    return Pieces(
        pieces.begins,
        pieces.ends,
        contacts,
        _levels(table.handle_time_s, _handle_mean(kind), placed.row),
        _levels(table.patience_s, _patience_mean(kind), placed.row),
    )


def _levels(means: tuple[float, ...], usual: float | None, row: Ints) -> Floats:
    """1 where the table says nothing: no column, no law to multiply, or an empty or zero cell."""
    if not means or not usual:
        return np.ones(len(row))
    written = np.array(means, dtype=np.float64)[row]
    return np.where(written > 0, written / usual, 1.0)


def _handle_mean(kind: ContactType) -> float:
    """Mean of talk and wrap-up together. [s]"""
    return sum(canonical(law).mean for law in (kind.handle_time, kind.talk_time, kind.wrap_up) if law is not None)


def _patience_mean(kind: ContactType) -> float | None:
    return None if kind.patience is None or kind.patience == "endless" else canonical(kind.patience).mean


def _recorded_times(demand: Demand, clock: WallClock, span: Horizon) -> Ints:
    """Arrivals within the simulation, ascending; others in the file are left out."""
    if demand.recorded_times is None:
        return ints(())
    times = np.sort(clock.instants(moments(demand.recorded_times.times)))
    return times[(times >= 0) & (times < span.run_end)]


def _counted(times: Ints, span: Horizon) -> Pieces:
    """Recorded arrivals counted per planning interval."""
    first = span.counted_from % span.interval - span.interval
    edges = np.arange(first, span.run_end + span.interval, span.interval, dtype=np.int64)
    counts = np.diff(np.searchsorted(times, edges))
    return Pieces.of(edges[:-1], edges[1:], counts).clipped(0, span.run_end)


def _periods(demand: Demand, dates: Ints) -> Ints:
    """Period of the forecast error of each local date: ISO week, month, or the whole horizon."""
    per = "horizon" if demand.forecast_error is None else demand.forecast_error.per
    if per == "week":
        return (dates - 1) // 7
    if per == "month":
        return ints(day.year * MONTHS + day.month - 1 for day in map(date.fromordinal, dates.tolist()))
    return np.zeros(len(dates), dtype=np.int64)


def _backlog(kind: ContactType) -> Ints:
    """Ages of the opening backlog, in the middles of equal parts of 0 to the oldest age, youngest first."""
    backlog = kind.opening_backlog
    if backlog is None:
        return ints(())
    oldest = ticks(backlog.oldest)
    return ints(oldest * (2 * contact + 1) // (2 * backlog.contacts) for contact in range(backlog.contacts))
