"""What the forecast expects in each planning interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from ccsim.plan import Floats, Plan


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


def _per_interval(plan: Plan, type_: int, amounts: Floats) -> Floats:
    """Share out a type's amounts, spread evenly within their pieces, over its open time in the planning intervals."""
    forecast, types, edges = plan.forecast, plan.types, plan.promises.edges
    rows = slice(forecast.piece_offset[type_], forecast.piece_offset[type_ + 1])
    begins, ends = forecast.piece_from[rows], forecast.piece_to[rows]
    if len(begins) == 0:
        return np.zeros(len(edges) - 1)
    reached = np.cumsum(amounts[rows])
    knots = np.column_stack([begins, ends]).ravel()
    sums = np.column_stack([reached - amounts[rows], reached]).ravel()

    hours = slice(types.opening_offset[type_], types.opening_offset[type_ + 1])
    opens, closes = types.opening_from[hours], types.opening_to[hours]
    cuts = np.unique(np.clip(np.concatenate([edges, opens, closes]), edges[0], edges[-1]))
    is_open = np.searchsorted(opens, cuts[:-1], side="right") > np.searchsorted(closes, cuts[:-1], side="right")
    while_open = np.diff(np.interp(cuts, knots, sums)) * is_open
    return np.add.reduceat(while_open, np.searchsorted(cuts, edges[:-1]))
