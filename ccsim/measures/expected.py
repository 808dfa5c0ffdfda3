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
    """Contacts forecast for each type and planning interval, chance not included; rates are constant within a piece."""
    forecast = plan.forecast
    offset = forecast.piece_offset
    rows = [slice(offset[t], offset[t + 1]) for t in range(len(plan.types.name))]
    work = forecast.piece_contacts * forecast.piece_handle_level
    contacts = np.array([_per_interval(plan, row, forecast.piece_contacts) for row in rows])
    weighted = np.array([_per_interval(plan, row, work) for row in rows])
    return Expected(contacts, np.divide(weighted, contacts, out=np.ones_like(weighted), where=contacts > 0))


def _per_interval(plan: Plan, rows: slice, amounts: Floats) -> Floats:
    """Share out amounts, spread evenly within their pieces, over the planning intervals."""
    begins, ends = plan.forecast.piece_from[rows], plan.forecast.piece_to[rows]
    if len(begins) == 0:
        return np.zeros(len(plan.promises.edges) - 1)
    reached = np.cumsum(amounts[rows])
    knots = np.column_stack([begins, ends]).ravel()
    sums = np.column_stack([reached - amounts[rows], reached]).ravel()
    return np.diff(np.interp(plan.promises.edges, knots, sums))
