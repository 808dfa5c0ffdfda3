"""Demand, customers and their work in simpler worlds: tables of the Plan replaced, nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ccsim.explanation.steps import Real
from ccsim.measures.contacts import is_deferred
from ccsim.measures.erlang_beside import mean_work
from ccsim.plan import DemandKind, Law
from ccsim.planning.pieces import Pieces

if TYPE_CHECKING:
    from collections.abc import Collection

    from ccsim.plan import Floats, Forecast, Ints, Plan, Types

SAME_RATE = 1e-9
"""Relative difference of rates that summation alone may cause."""


def exponential(mean: float) -> Law:
    """Exponential law with this mean. [s]"""
    return Law("exponential", (mean,), mean, 1.0)


def is_endless(patience: Law | None) -> bool:
    """Whether nobody gives up."""
    return patience is None or not np.isfinite(patience.mean)


def simpler_types(plan: Plan, real: Collection[Real]) -> Types:
    """
    Contact types without what is not ``real``.

    Exponential laws go through the same uniforms as the laws they stand for: who is patient stays patient, who takes
    long takes long.
    """
    types, count = plan.types, len(plan.types.name)
    if Real.PATIENCE not in real:
        types = replace(
            types,
            patience_law=tuple(map(simplest, types.patience_law)),
            balk=np.zeros(count),
            max_waiting=np.full(count, -1),
            line_group=np.full(count, -1),
        )
    if Real.HANDLE_TIME not in real:
        types = replace(types, work_law=tuple(map(exponential, mean_work(plan).tolist())), wrap_law=(None,) * count)
    return types


def simplest(patience: Law | None) -> Law | None:
    """What Erlang A takes for a law of patience: exponential with the same mean, or endless."""
    return patience if patience is None or is_endless(patience) else exponential(patience.mean)


def simpler_forecast(plan: Plan, grid: Ints, real: Collection[Real], longer: Floats | None) -> Forecast:
    """
    Demand without what is not ``real``; deferred types stay away where blending is not.

    Parameters
    ----------
    grid
        Edges of all planning intervals from tick 0 to the end of the run, G + 1. [ticks]
    longer
        [T, G] multiplies the work of live contacts that arrive in an interval, where sharing is not real.
    """
    forecast, deferred = plan.forecast, is_deferred(plan)
    pieces, kind = [], forecast.kind.copy()
    for type_ in range(len(plan.types.name)):
        own = pieces_of(forecast, type_)
        if deferred[type_]:
            pieces.append(own if Real.BLENDING in real else own.times(0.0))
            if Real.BLENDING not in real:
                kind[type_] = DemandKind.POISSON
            continue
        if Real.RATE not in real:
            own, kind[type_] = averaged(own, edges_of(plan, grid, type_)), DemandKind.POISSON
        if longer is not None:
            # Recorded counts are whole numbers per piece, which a cut would tear apart.
            own = own if kind[type_] == DemandKind.COUNTS else own.cut(grid)
            interval = np.searchsorted(grid, own.begins, side="right") - 1
            own = own._replace(handle_level=own.handle_level * longer[type_, interval])
        pieces.append(own)
    forecast = with_pieces(replace(forecast, kind=kind), pieces)
    if Real.DAYS not in real:
        none = np.zeros_like(forecast.day_cv)
        forecast = replace(forecast, day_cv=none, error_cv=none, actual=none + 1)
    if Real.BLENDING not in real:
        nobody = np.zeros_like(forecast.backlog_offset)
        forecast = replace(forecast, backlog_offset=nobody, backlog_age=forecast.backlog_age[:0])
    return forecast


def comes_as_forecast(plan: Plan, types: list[int]) -> bool:
    """Whether every day of these types has on average the volume that is forecast for it."""
    forecast = plan.forecast
    varies = forecast.day_cv[types].any() or forecast.error_cv[types].any()
    return not varies and bool((forecast.actual[types] == 1).all())


def has_steady_rates(plan: Plan, grid: Ints) -> bool:
    """Whether live contacts come as Poisson processes whose rates and levels change only between intervals."""
    for type_ in np.flatnonzero(~is_deferred(plan)).tolist():
        edges, own = edges_of(plan, grid, type_), pieces_of(plan.forecast, type_)
        here, average = some(own.cut(edges)), some(averaged(own, edges))
        if plan.forecast.kind[type_] != DemandKind.POISSON or len(here.begins) != len(average.begins):
            return False
        if not all(np.allclose(a, b, rtol=SAME_RATE, atol=0.0) for a, b in zip(here, average, strict=True)):
            return False
    return True


def edges_of(plan: Plan, grid: Ints, type_: int) -> Ints:
    """Between which a rate is averaged: planning intervals, cut where the type opens or closes and at midnight."""
    types, days = plan.types, slice(*plan.forecast.day_offset[type_ : type_ + 2])
    hours = slice(*types.opening_offset[type_ : type_ + 2])
    opening = types.opening_from[hours], types.opening_to[hours]
    edges = np.concatenate([grid, *opening, plan.forecast.day_from[days], plan.forecast.day_to[days]])
    return np.unique(np.clip(edges, grid[0], grid[-1]))


def averaged(pieces: Pieces, edges: Ints) -> Pieces:
    """One piece between neighboring edges, with all contacts and mean levels of those that lie there."""
    begins, ends = edges[:-1], edges[1:]
    if len(pieces.begins) == 0:
        return pieces
    levels = np.array([np.ones(len(pieces.begins)), pieces.handle_level, pieces.patience_level])
    knots = np.column_stack([pieces.begins, pieces.ends]).ravel()
    contacts, handle, patience = (
        np.diff(np.interp(edges, knots, np.column_stack([reached - amounts, reached]).ravel()))
        for amounts in pieces.contacts * levels
        for reached in [np.cumsum(amounts)]
    )
    there = contacts > 0
    number = contacts[there]
    return Pieces(begins[there], ends[there], number, handle[there] / number, patience[there] / number)


def some(pieces: Pieces) -> Pieces:
    """Those that bring contacts."""
    return pieces.where(pieces.contacts > 0)


def pieces_of(forecast: Forecast, type_: int) -> Pieces:
    """The forecast of one type."""
    own = slice(*forecast.piece_offset[type_ : type_ + 2])
    return Pieces(
        forecast.piece_from[own],
        forecast.piece_to[own],
        forecast.piece_contacts[own],
        forecast.piece_handle_level[own],
        forecast.piece_patience_level[own],
    )


def with_pieces(forecast: Forecast, pieces: list[Pieces]) -> Forecast:
    """The forecast with these pieces of each type; each lies within one of the type's days."""
    starts = forecast.day_offset.tolist()
    days = [
        first + np.searchsorted(forecast.day_from[first:last], own.begins, side="right") - 1
        for first, last, own in zip(starts, starts[1:], pieces, strict=False)
    ]
    begins, ends, contacts, handle_level, patience_level = (
        np.concatenate(column) for column in zip(*pieces, strict=True)
    )
    return replace(
        forecast,
        piece_offset=np.cumsum([0, *(len(own.begins) for own in pieces)]),
        piece_from=begins,
        piece_to=ends,
        piece_contacts=contacts,
        piece_handle_level=handle_level,
        piece_patience_level=patience_level,
        piece_day=np.concatenate(days).astype(np.int64),
    )
