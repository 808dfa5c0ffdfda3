"""
Who may come again or go on: every further visit that could take place, with all its draws (rule 13).

A further visit is known by its customer, its attempt and its move, so its draws are the same whatever came before, and
it may follow several visits, of which one takes place. Visits grow attempt by attempt; those of one attempt and move
are a layer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.chance.arrivals import BACKLOG
from ccsim.chance.contacts import drawn, durations
from ccsim.chance.possible import Layer
from ccsim.log import Outcome
from ccsim.plan import TICKS_PER_SECOND, Cause
from ccsim.workload import Journeys

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

    from ccsim.chance.contacts import Columns
    from ccsim.chance.possible import Possible
    from ccsim.chance.streams import Streams
    from ccsim.plan import Floats, Ints, Plan, Rows

DECISIVE = ("arrived", "patience", "balks", "resolution", "reached_at")
"""Columns that decide on what may follow a visit."""
OWN = {"customer": np.int32, "attempt": np.int8, "move": np.int32, "uniform": np.float64, "delay": np.int64}
"""Columns that only further visits have."""


def with_further_visits(streams: Streams, first: Columns, possible: Possible) -> tuple[Columns, Journeys]:
    """
    The columns of all visits, first ones and then possible further ones, and how they follow one another.

    Takes the columns out of ``first``, so that no more than one is held twice.
    """
    growth = Growth(streams, first, possible)
    for type_ in range(len(possible.plan.types.name)):
        growth.from_first_visits(type_)
    return growth.joined()


@dataclass(frozen=True)
class Growth:
    """Possible further visits as they are found. Rows of theirs count on from those of the first visits."""

    streams: Streams
    first: Columns
    possible: Possible
    layers: list[Columns] = field(default_factory=list)
    before: list[Rows] = field(default_factory=list)
    """Rows of visits, and in ``after`` a row that may follow each."""
    after: list[Rows] = field(default_factory=list)

    def from_first_visits(self, type_: int) -> None:
        """All further visits of the customers whose first visit is of this type."""
        moves, rows = self.possible.moves, np.flatnonzero(self.first["type"] == type_).astype(np.int32)
        if len(rows) == 0 or not np.any(moves.from_type == type_):
            return
        decisive = {name: self.first[name][rows] for name in DECISIVE if name in self.first}
        layers = [Layer(type_, rows, rows, decisive)]
        for attempt in range(1, moves.at_most + 1):
            followed = [self.follow(type_, layers, move, attempt) for move in range(len(moves.from_type))]
            layers = [layer for layer in followed if layer is not None]

    def follow(self, type_: int, layers: list[Layer], move: int, attempt: int) -> Layer | None:
        """The visits to which a move may lead from those of the attempt before; None if there are none."""
        plan, moves = self.possible.plan, self.possible.moves
        mine = [layer for layer in layers if layer.type == moves.from_type[move]]
        able = [(layer, np.flatnonzero(self.possible.after(layer, move))) for layer in mine]
        is_able = np.zeros(len(self.first["type"]), np.bool_)
        for layer, rows in able:
            is_able[layer.customer[rows]] = True
        customer = np.flatnonzero(is_able).astype(np.int32)
        key = key_of(plan, type_, move, attempt)
        date, n = identity(self.first["number"][customer])
        uniform = self.streams.picked("comes", key, date, n)
        comes = np.flatnonzero(uniform < self.possible.largest(move, attempt))
        if len(comes) == 0:
            return None
        customer, date, n = customer[comes], date[comes], n[comes]

        def uniforms(purpose: str) -> Floats:
            return self.streams.picked(purpose, key, date, n)

        to_type, law = int(moves.to_type[move]), moves.delay_law[move]
        none = np.zeros(len(customer), np.int64)
        columns = drawn(plan, to_type, uniforms, *levels(plan, type_, self.first["arrived"][customer]))
        columns |= {
            "type": np.full(len(customer), to_type, np.int32),
            "number": self.first["number"][customer],
            "arrived": none - 1,
            "due": none - 1,
            "customer": customer,
            "attempt": np.full(len(customer), attempt, np.int8),
            "move": np.full(len(customer), move, np.int32),
            "uniform": uniform[comes],
            "delay": none if law is None else durations(law, uniforms, "delay", 1.0, TICKS_PER_SECOND),
        }
        row = np.arange(self.next_row, self.next_row + len(customer), dtype=np.int32)
        self.layers.append(columns)
        for layer, rows in able:
            place = np.minimum(np.searchsorted(customer, layer.customer[rows]), len(customer) - 1)
            goes_on = customer[place] == layer.customer[rows]
            self.before.append(layer.row[rows[goes_on]])
            self.after.append(row[place[goes_on]])
        decisive = {name: columns[name] for name in DECISIVE if name in columns and name != "arrived"}
        return Layer(to_type, row, customer, decisive)

    @property
    def next_row(self) -> int:
        """All first visits, and further ones found so far."""
        return len(self.first["type"]) + sum(len(layer["type"]) for layer in self.layers)

    def joined(self) -> tuple[Columns, Journeys]:
        """Further visits in the order of (customer, attempt, move) behind the first ones."""
        first = len(self.first["type"])
        own = {name: self.taken(name, dtype) for name, dtype in OWN.items()}
        order = np.lexsort((own["move"], own["attempt"], own["customer"]))
        own = {name: own.pop(name)[order] for name in OWN}
        columns = {}
        for name in list(self.first):
            column = self.first.pop(name)
            columns[name] = np.concatenate([column, self.taken(name, column.dtype)[order]])
        resolution = columns.pop("resolution")
        next_offset, next_row = self.successors(order, len(columns["type"]))
        return columns, Journeys(
            first=first,
            resolution=resolution if self.possible.somebody_leaves_it_unresolved else np.empty(0),
            next_offset=next_offset,
            next_row=next_row,
            **own,
        )

    def successors(self, order: Ints, visits: int) -> tuple[Rows, Rows]:
        """Which visits may follow each (CSR), once the further ones stand in this order behind the first."""
        first = visits - len(order)
        place = np.empty(len(order), np.int32)
        place[order] = np.arange(first, visits)
        before, after = pour(self.before), place[pour(self.after) - first]
        is_further = before >= first
        before[is_further] = place[before[is_further] - first]
        by_row = np.lexsort((after, before))
        return np.cumsum(np.bincount(before + 1, minlength=visits + 1), dtype=np.int32), after[by_row]

    def taken(self, name: str, dtype: DTypeLike) -> NDArray[Any]:
        """A column of all layers, taken out of them."""
        return np.concatenate([np.empty(0, dtype), *(layer.pop(name) for layer in self.layers)])


def pour(parts: list[Rows]) -> Rows:
    """One array of all parts, whose list is emptied: there may be millions of rows."""
    whole = np.concatenate([np.empty(0, np.int32), *parts])
    parts.clear()
    return whole


def key_of(plan: Plan, type_: int, move: int, attempt: int) -> str:
    """
    Key of the streams of a layer: type of the customers' first visit, attempt, and the move by what it is, never by
    its row.
    """
    moves, stream = plan.moves, plan.types.stream
    assert moves is not None
    cause, which = Cause(moves.cause[move]), ""
    if cause == Cause.RETRIAL:
        which = Outcome(moves.outcome[move]).name
    elif cause == Cause.TRANSFER:
        which = stream[moves.to_type[move]]
    return "\n".join([stream[type_], str(attempt), cause.name, stream[moves.from_type[move]], which])


def identity(number: Ints) -> tuple[Ints, Ints]:
    """Local date of a first visit, and the customer's place among those of the date (``Visits.number``)."""
    is_backlog = number < 0
    return np.where(is_backlog, BACKLOG, number >> 24), np.where(is_backlog, -1 - number, number & ((1 << 24) - 1))


def levels(plan: Plan, type_: int, arrived: Ints) -> tuple[Floats, Floats]:
    """Levels of work and patience where these first visits of a type arrived; 1 for opening backlog."""
    forecast, known = plan.forecast, arrived >= 0
    own = slice(*forecast.piece_offset[type_ : type_ + 2])
    piece = own.start + np.maximum(np.searchsorted(forecast.piece_from[own], arrived[known], side="right") - 1, 0)
    handle, patience = np.ones(len(arrived)), np.ones(len(arrived))
    handle[known], patience[known] = forecast.piece_handle_level[piece], forecast.piece_patience_level[piece]
    return handle, patience
