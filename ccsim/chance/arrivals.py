"""When contacts arrive: day by day, so that contact n of a date is the same person at every volume (rules 2 and 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.chance.laws import factor
from ccsim.plan import DemandKind

if TYPE_CHECKING:
    from ccsim.chance.streams import Streams
    from ccsim.plan import Floats, Forecast, Ints, Plan

BACKLOG = 0
"""Stands for the date of the opening backlog; ordinals of dates begin at 1."""


@dataclass(frozen=True)
class Arrivals:
    """
    Contacts of one type, in the order of their numbers: ``count[i]`` of ``date[i]``, one date after the other,
    opening backlog first.
    """

    date: Ints
    count: Ints
    number: Ints
    arrived: Ints
    """[ticks; negative for opening backlog]"""
    handle_level: Floats
    patience_level: Floats


def arrivals(plan: Plan, streams: Streams, type_: int) -> Arrivals:
    """All contacts of a type that the Plan's days hold. Levels of the opening backlog are 1."""
    forecast = plan.forecast
    ages = forecast.backlog_age[slice(*forecast.backlog_offset[type_ : type_ + 2])]
    days = range(*forecast.day_offset[type_ : type_ + 2])
    volumes = day_factors(plan, streams, type_)
    by_day = [day(plan, streams, type_, row, volume) for row, volume in zip(days, volumes, strict=True)]
    numbers = [-1 - np.arange(len(ages))]
    numbers += [
        (int(forecast.day_date[row]) << 24) + np.arange(len(at)) for row, (at, _) in zip(days, by_day, strict=True)
    ]
    piece = np.concatenate([np.empty(0, np.int64), *(pieces for _, pieces in by_day)])
    ones = np.ones(len(ages))
    return Arrivals(
        date=np.concatenate([[BACKLOG], forecast.day_date[days.start : days.stop]]),
        count=np.array([len(rows) for rows in numbers]),
        number=np.concatenate(numbers),
        arrived=np.concatenate([-ages, *(at for at, _ in by_day)]),
        handle_level=np.concatenate([ones, forecast.piece_handle_level[piece]]),
        patience_level=np.concatenate([ones, forecast.piece_patience_level[piece]]),
    )


def day_factors(plan: Plan, streams: Streams, type_: int) -> Floats:
    """Factor on the forecast of each day of a type: actual demand x forecast error of its period x day factor."""
    forecast = plan.forecast
    days = slice(*forecast.day_offset[type_ : type_ + 2])
    factors = np.full(days.stop - days.start, forecast.actual[type_])
    for purpose, cv, group, periods in (
        ("forecast error", forecast.error_cv[type_], forecast.error_group[type_], forecast.day_period[days]),
        ("day factor", forecast.day_cv[type_], forecast.day_group[type_], forecast.day_date[days]),
    ):
        if cv > 0:
            # Days of one period read the same stream, and so the same factor.
            factors *= factor(cv, streams.by_date(purpose, group, periods.tolist(), [1] * len(periods)))
    return factors


def day(plan: Plan, streams: Streams, type_: int, row: int, volume: float) -> tuple[Ints, Ints]:
    """Arrivals of one day, ascending [ticks], and the piece of the forecast that each lies in."""
    forecast = plan.forecast
    key, date = plan.types.stream[type_], int(forecast.day_date[row])
    own = slice(*forecast.piece_offset[type_ : type_ + 2])
    first, last = own.start + np.searchsorted(forecast.piece_day[own], [row, row + 1])
    match forecast.kind[type_]:
        case DemandKind.TIMES:
            times = forecast.times[slice(*forecast.time_offset[type_ : type_ + 2])]
            at = times[slice(*np.searchsorted(times, [forecast.day_from[row], forecast.day_to[row]]))]
            return at, own.start + np.maximum(np.searchsorted(forecast.piece_from[own], at, side="right") - 1, 0)
        case DemandKind.COUNTS:
            piece = np.repeat(np.arange(first, last), np.rint(forecast.piece_contacts[first:last]).astype(np.int64))
            at = within(forecast, piece, streams.uniforms("arrival", key, date, len(piece)))
            return np.sort(at), piece
    # The day's cumulative rate, and where the unit-rate process stands in it.
    knots = np.concatenate([[0.0], np.cumsum(forecast.piece_contacts[first:last] * volume)])
    epochs = unit_rate_epochs(streams, key, date, float(knots[-1]))
    step = np.searchsorted(knots, epochs, side="right") - 1
    return within(forecast, first + step, (epochs - knots[step]) / (knots[step + 1] - knots[step])), first + step


def unit_rate_epochs(streams: Streams, key: str, date: int, expected: float) -> Floats:
    """Points of the unit-rate Poisson process of this type and date that lie below ``expected``."""
    size = int(expected + 6 * expected**0.5) + 16
    while True:
        epochs = np.cumsum(-np.log1p(-streams.uniforms("arrival", key, date, size)))
        if epochs[-1] >= expected:
            return np.asarray(epochs[: np.searchsorted(epochs, expected)])
        size *= 2


def within(forecast: Forecast, piece: Ints, share: Floats) -> Ints:
    """The tick at this share of each piece."""
    begins, ends = forecast.piece_from[piece], forecast.piece_to[piece]
    return np.minimum(begins + (share * (ends - begins)).astype(np.int64), ends - 1)
