"""Forecasts and recorded contacts: pieces of constant rate, days, and what chance does to them (rule 2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
        actual=np.array([one.actual for one in demands]),
        time_offset=offsets(one.times for one in found),
        times=joined([one.times for one in found]),
        backlog_offset=offsets(one.backlog for one in found),
        backlog_age=joined([one.backlog for one in found]),
    )


def is_right(forecast: Forecast) -> bool:
    """Whether what comes is on average what is forecast, whatever the days bring."""
    return bool(np.all(forecast.actual == 1) and np.all(forecast.error_cv == 0))


def come_true(forecast: Forecast) -> Forecast:
    """The same forecast without its errors: what comes is what was forecast, but for the luck of the days."""
    return replace(
        forecast,
        actual=np.ones_like(forecast.actual),
        error_cv=np.zeros_like(forecast.error_cv),
        error_group=forecast.day_group,
        day_period=np.zeros_like(forecast.day_period),
    )


def _cv(variation: Variation | None) -> float:
    return 0.0 if variation is None else variation.cv


def _group(variation: Variation | None, stream: str) -> str:
    """The key under which a factor is drawn: shared, or the type's own."""
    return stream if variation is None else variation.shared_as or stream


@dataclass(frozen=True)
class Source:
    """Demand of one type as it is written, and where it lies in time."""

    name: str
    kind: ContactType
    clock: WallClock
    days: Days
    span: Horizon

    @property
    def demand(self) -> Demand:
        return self.kind.demand

    @property
    def path(self) -> str:
        return f"contact_types.{self.name}.demand"

    @property
    def low(self) -> int:
        """Demand starts: as declared, or with the simulation. [ticks]"""
        return 0 if self.demand.starts is None else max(0, self.clock.instant(self.demand.starts))

    @property
    def high(self) -> int:
        """Demand ends: as declared, or with the simulation. [ticks]"""
        end = self.span.run_end
        return end if self.demand.ends is None else min(end, self.clock.instant(self.demand.ends))

    @property
    def needed(self) -> tuple[int, int]:
        """What of the counted period must be spoken of. [ticks]"""
        return max(self.low, self.span.counted_from), min(self.high, self.span.counted_to)


def _of_type(name: str, kind: ContactType, span: Horizon) -> TypeForecast:
    demand = kind.demand
    clock = span.clock(demand.timezone)
    days = Days.of(clock, span.run_end)
    source = Source(name, kind, clock, days, span)
    times = _recorded_times(source)
    pieces = _pieces(source, times)
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


def _pieces(source: Source, times: Ints) -> Pieces:
    """Demand as it is written, within its start and end, scaled, less what self-service takes."""
    demand, days, low, high = source.demand, source.days, source.low, source.high
    if demand.recorded_times is not None:
        return _counted(times, source.span)
    if demand.recorded_counts is not None:
        counts = _of_table(demand.recorded_counts, records, source)
        return counts.where((counts.begins >= low) & (counts.begins < high))
    if demand.table is not None:
        written = _of_table(demand.table, rates, source)
    elif demand.weekly is not None:
        written = weekly_pieces(demand.weekly, days.date, source.clock, source.span, source.path, source.needed)
    else:
        assert demand.rate is not None
        written = Pieces.of(days.begins, days.ends, demand.rate * (days.ends - days.begins) / SECOND)
    left = 1.0 if source.kind.self_service is None else 1.0 - source.kind.self_service.share
    return written.clipped(low, high).times(demand.scale * left)


def _of_table(
    table: IntervalTable, place: Callable[[IntervalTable, WallClock, Horizon], TablePieces], source: Source
) -> Pieces:
    """The rows of a table as pieces; a level is the row's mean over that of the law as written."""
    placed = place(table, source.clock, source.span)
    require_cover(placed, table, source.path, source.clock, source.needed, source.span.file)
    return Pieces(
        placed.spans.begins,
        placed.spans.ends,
        np.array(table.values, dtype=np.float64)[placed.row] * placed.part,
        _levels(table.handle_time_s, _handle_mean(source.kind), placed.row),
        _levels(table.patience_s, _patience_mean(source.kind), placed.row),
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


def _recorded_times(source: Source) -> Ints:
    """Arrivals within the simulation and the declared demand, ascending; others in the file are left out."""
    recorded = source.demand.recorded_times
    if recorded is None:
        return ints(())
    times = np.sort(source.clock.instants(moments(recorded.times)))
    return times[(times >= source.low) & (times < source.high)]


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
    """Ages of the opening backlog, in equal steps up to the oldest one, youngest first."""
    backlog = kind.opening_backlog
    if backlog is None:
        return ints(())
    oldest = ticks(backlog.oldest)
    return ints(oldest * contact // backlog.contacts for contact in range(1, backlog.contacts + 1))
