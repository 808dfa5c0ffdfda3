"""
Who may come again or go on: every further visit that could take place, with all its draws (rule 13).

A further visit is known by its customer, its attempt and its move, so its draws are the same whatever came before, and
it may follow several visits, of which one takes place. Visits grow attempt by attempt; those of one attempt and move
are a layer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ccsim.chance.arrivals import BACKLOG
from ccsim.chance.contacts import draws, durations
from ccsim.chance.possible import Layer
from ccsim.log import Outcome
from ccsim.plan import TICKS_PER_SECOND, Cause
from ccsim.workload import Journeys

if TYPE_CHECKING:
    from ccsim.chance.contacts import Columns, Draws, Uniforms
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

    The columns of ``first`` are taken, so that no more than one is held twice.
    """
    growth = Growth(streams, first, possible)
    for type_ in range(len(possible.plan.types.name)):
        growth.from_first_visits(type_)
    return growth.joined()


@dataclass(frozen=True)
class Further:
    """Visits of one attempt and move that may follow first visits of one type, known by their customers."""

    first_type: int
    attempt: int
    move: int
    customer: Rows
    """Row of the customer's first visit, ascending."""


@dataclass(frozen=True)
class Growth:
    """
    Possible further visits as they are found. Rows of theirs count on from those of the first visits.

    What decides on what may follow them is drawn at once and forgotten; all is drawn in the end, to where it stays.
    """

    streams: Streams
    columns: Columns
    """Of the first visits; in the end of all."""
    possible: Possible
    found: list[Further] = field(default_factory=list)
    before: list[Rows] = field(default_factory=list)
    """Rows of visits, and in ``after`` a row that may follow each."""
    after: list[Rows] = field(default_factory=list)

    def from_first_visits(self, type_: int) -> None:
        """All further visits of the customers whose first visit is of this type."""
        moves, rows = self.possible.moves, np.flatnonzero(self.columns["type"] == type_).astype(np.int32)
        if len(rows) == 0 or not np.any(moves.from_type == type_):
            return
        decisive = {name: self.columns[name][rows] for name in DECISIVE if name in self.columns}
        layers = [Layer(type_, rows, rows, decisive)]
        for attempt in range(1, moves.at_most + 1):
            followed = [self.follow(type_, layers, move, attempt) for move in range(len(moves.from_type))]
            layers = [layer for layer in followed if layer is not None]

    def follow(self, type_: int, layers: list[Layer], move: int, attempt: int) -> Layer | None:
        """The visits to which a move may lead from those of the attempt before; None if there are none."""
        moves = self.possible.moves
        mine = [layer for layer in layers if layer.type == moves.from_type[move]]
        able = [(layer, np.flatnonzero(self.possible.after(layer, move))) for layer in mine]
        is_able = np.zeros(len(self.columns["type"]), np.bool_)
        for layer, rows in able:
            is_able[layer.customer[rows]] = True
        could = Further(type_, attempt, move, np.flatnonzero(is_able).astype(np.int32))
        comes = self.uniforms(could)("comes") < self.possible.largest(move, attempt)
        if not comes.any():
            return None
        further = replace(could, customer=could.customer[comes])
        customer = further.customer
        row = np.arange(self.next_row, self.next_row + len(customer), dtype=np.int32)
        self.found.append(further)
        for layer, rows in able:
            place = np.minimum(np.searchsorted(customer, layer.customer[rows]), len(customer) - 1)
            goes_on = customer[place] == layer.customer[rows]
            self.before.append(layer.row[rows[goes_on]])
            self.after.append(row[place[goes_on]])
        columns = self.draws(further)
        decisive = {name: columns[name]() for name in DECISIVE if name in columns and name != "arrived"}
        return Layer(int(moves.to_type[move]), row, customer, decisive)

    @property
    def next_row(self) -> int:
        """All first visits, and further ones found so far."""
        return len(self.columns["type"]) + sum(len(further.customer) for further in self.found)

    def uniforms(self, further: Further) -> Uniforms:
        """For a purpose, one uniform for each of these visits."""
        key = key_of(self.possible.plan, further.first_type, further.move, further.attempt)
        date, n = identity(self.columns["number"][further.customer])
        return lambda purpose: self.streams.picked(purpose, key, date, n)

    def draws(self, further: Further) -> Draws:
        """All columns of these visits."""
        plan, customer, count = self.possible.plan, further.customer, len(further.customer)
        to_type, law = int(self.possible.moves.to_type[further.move]), self.possible.moves.delay_law[further.move]
        uniforms = self.uniforms(further)
        level = levels(plan, further.first_type, self.columns["arrived"][customer])
        return draws(plan, to_type, uniforms, *level) | {
            "type": lambda: np.full(count, to_type),
            "number": lambda: self.columns["number"][customer],
            "arrived": lambda: np.full(count, -1),
            "due": lambda: np.full(count, -1),
            "customer": lambda: customer,
            "attempt": lambda: np.full(count, further.attempt),
            "move": lambda: np.full(count, further.move),
            "uniform": lambda: uniforms("comes"),
            "delay": lambda: durations(law, uniforms, "delay", 1.0, TICKS_PER_SECOND) if law else np.zeros(count),
        }

    def joined(self) -> tuple[Columns, Journeys]:
        """Further visits in the order of (customer, attempt, move) behind the first ones."""
        first, visits = len(self.columns["type"]), self.next_row
        rows = self.rows_in_order(first)
        for name, column in self.columns.items():
            self.columns[name] = np.empty(visits, column.dtype)
            self.columns[name][:first] = column
        own = {name: np.empty(visits - first, dtype) for name, dtype in OWN.items()}
        begin = 0
        for further in self.found:
            here = rows[begin : begin + len(further.customer)]
            begin += len(here)
            for name, draw in self.draws(further).items():
                if name in own:
                    own[name][here - first] = draw()
                else:
                    self.columns[name][here] = draw()
        resolution = self.columns.pop("resolution")
        next_offset, next_row = self.successors(rows, first, visits)
        return self.columns, Journeys(
            first=first,
            resolution=resolution if self.possible.somebody_leaves_it_unresolved else np.empty(0),
            next_offset=next_offset,
            next_row=next_row,
            **own,
        )

    def rows_in_order(self, first: int) -> Rows:
        """Rows of the further visits in the order of (customer, attempt, move); they were found by attempt and move."""
        customer = np.concatenate([np.empty(0, np.int32), *(further.customer for further in self.found)])
        rows = np.empty_like(customer)
        rows[np.argsort(customer, kind="stable")] = np.arange(first, first + len(customer), dtype=np.int32)
        return rows

    def successors(self, rows: Rows, first: int, visits: int) -> tuple[Rows, Rows]:
        """Which visits may follow each (CSR), once the further ones, as they were found, stand in these rows."""
        before, after = pour(self.before), rows[pour(self.after) - first]
        is_further = before >= first
        before[is_further] = rows[before[is_further] - first]
        by_row = np.lexsort((after, before))
        return np.cumsum(np.bincount(before + 1, minlength=visits + 1), dtype=np.int32), after[by_row]


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
