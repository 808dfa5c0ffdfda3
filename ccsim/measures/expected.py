"""What the forecast expects in each planning interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.calendar.spans import Spans

if TYPE_CHECKING:
    from ccsim.plan import Floats, Ints, Plan


class Expected(NamedTuple):
    """Contacts and the mean factor on their base work (1 where none is expected), [T, I]."""

    contacts: Floats
    handle_level: Floats


def expected(plan: Plan) -> Expected:
    """
    Contacts forecast for each type and planning interval while the type is open, chance not included.

    Whoever comes outside the opening hours is not offered. Rates are constant within a piece. First visits alone, as
    forecasts are: who comes again, or is passed on from another type, is not in them.
    """
    forecast, types = plan.forecast, range(len(plan.types.name))
    work = forecast.piece_contacts * forecast.piece_handle_level
    contacts = np.array([_per_interval(plan, type_, forecast.piece_contacts) for type_ in types])
    weighted = np.array([_per_interval(plan, type_, work) for type_ in types])
    return Expected(contacts, np.divide(weighted, contacts, out=np.ones_like(weighted), where=contacts > 0))


def contacts_in(plan: Plan, type_: int, edges: Ints, hours: Spans) -> Floats:
    """Contacts forecast for a type between neighboring edges, as above, that come in some hours: merged spans."""
    forecast, rows = plan.forecast, _pieces(plan, type_)
    return _shared_out(plan, type_, forecast.piece_contacts[rows], edges, _opening(plan, type_).and_(hours))


def _per_interval(plan: Plan, type_: int, amounts: Floats) -> Floats:
    """A type's amounts in its open time of the planning intervals."""
    return _shared_out(plan, type_, amounts[_pieces(plan, type_)], plan.promises.edges, _opening(plan, type_))


def _shared_out(plan: Plan, type_: int, amounts: Floats, edges: Ints, hours: Spans) -> Floats:
    """Share out amounts, spread evenly within the pieces of a type, over the hours between neighboring edges."""
    rows = _pieces(plan, type_)
    begins, ends = plan.forecast.piece_from[rows], plan.forecast.piece_to[rows]
    if len(begins) == 0:
        return np.zeros(len(edges) - 1)
    reached = np.cumsum(amounts)
    knots = np.column_stack([begins, ends]).ravel()
    sums = np.column_stack([reached - amounts, reached]).ravel()

    cuts = np.unique(np.clip(np.concatenate([edges, *hours]), edges[0], edges[-1]))
    holds = np.searchsorted(hours.begins, cuts[:-1], side="right") > np.searchsorted(
        hours.ends, cuts[:-1], side="right"
    )
    within = np.diff(np.interp(cuts, knots, sums)) * holds
    return np.add.reduceat(within, np.searchsorted(cuts, edges[:-1]))


def _pieces(plan: Plan, type_: int) -> slice:
    return slice(plan.forecast.piece_offset[type_], plan.forecast.piece_offset[type_ + 1])


def _opening(plan: Plan, type_: int) -> Spans:
    types = plan.types
    hours = slice(types.opening_offset[type_], types.opening_offset[type_ + 1])
    return Spans(types.opening_from[hours], types.opening_to[hours])
