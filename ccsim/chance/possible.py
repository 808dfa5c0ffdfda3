"""
What could happen to a visit, whatever the agents do: a bound on which further visits may take place (rule 13).

It never rules out what could happen, so it decides only how many rows a Workload has, not what the engine makes of
them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.log import Outcome
from ccsim.plan import Cause

if TYPE_CHECKING:
    from ccsim.chance.contacts import Columns
    from ccsim.plan import Bools, Moves, Plan, Rows
    from ccsim.workload import Outages, Rates


@dataclass(frozen=True)
class Layer:
    """Visits of one type, by customers of one type who first came with another or the same, ascending."""

    type: int
    row: Rows
    customer: Rows
    """Row of the customer's first visit."""
    columns: Columns
    """What decides on what may follow; ``arrived`` only of first visits."""


@dataclass(frozen=True)
class Possible:
    """What could happen in a replication, at most."""

    plan: Plan
    rates: Rates | None = None
    outages: Outages | None = None

    @property
    def moves(self) -> Moves:
        assert self.plan.moves is not None
        return self.plan.moves

    def largest(self, move: int, attempt: int) -> float:
        """The largest probability with which a move leads to a visit of this attempt."""
        if self.moves.cause[move] == Cause.TRANSFER:
            transfers = self.moves.transfers if self.rates is None else self.rates.transfers
            return float(transfers[:, move].max(initial=0.0))
        return float(self.moves.probability[move, attempt - 1])

    def least_resolved(self, type_: int) -> float:
        """The smallest probability with which any agent resolves a contact of a type."""
        resolves = (self.moves.resolves if self.rates is None else self.rates.resolves)[:, type_]
        return float(np.fmin.reduce(resolves, initial=1.0))

    @property
    def somebody_leaves_it_unresolved(self) -> bool:
        return any(self.least_resolved(type_) < 1 for type_ in range(len(self.plan.types.name)))

    def after(self, layer: Layer, move: int) -> Bools:
        """After which of these visits the move could come."""
        if self.moves.cause[move] == Cause.RETRIAL:
            return self.ends_so(layer, Outcome(self.moves.outcome[move]))
        if self.moves.cause[move] == Cause.RECONTACT:
            return np.asarray(layer.columns["resolution"] >= self.least_resolved(layer.type))
        return np.ones(len(layer.row), np.bool_)

    def ends_so(self, layer: Layer, outcome: Outcome) -> Bools:
        """Which of these visits could have this outcome."""
        types, type_ = self.plan.types, layer.type
        if outcome == Outcome.ABANDONED:
            return np.asarray(layer.columns["patience"] >= 0)
        if outcome == Outcome.BALKED:
            return np.asarray(layer.columns["balks"])
        if outcome == Outcome.CLOSED:
            return self.comes_to_closed_doors(layer)
        if outcome == Outcome.UNREACHED:
            called = self.plan.dialing is not None and self.plan.dialing.dial_law[type_] is not None
            return np.asarray(layer.columns["reached_at"] == 0) if called else np.zeros(len(layer.row), np.bool_)
        is_out = self.outages is not None and len(self.outages.begins) > 0
        if outcome == Outcome.BLOCKED:
            could = is_out or types.max_waiting[type_] >= 0 or types.line_group[type_] >= 0
        else:
            could = is_out or types.at_close_disconnect[type_]
        return np.full(len(layer.row), could)

    def comes_to_closed_doors(self, layer: Layer) -> Bools:
        """Of further visits nobody knows beforehand when they come."""
        types = self.plan.types
        opening = slice(*types.opening_offset[layer.type : layer.type + 2])
        opens, closes = types.opening_from[opening], types.opening_to[opening]
        if "arrived" in layer.columns:
            at = layer.columns["arrived"]
            before = [np.searchsorted(edges, at, side="right") for edges in (opens, closes)]
            return np.asarray((before[0] == before[1]) & (at >= 0))
        never = len(opens) == 1 and opens[0] <= 0 and closes[0] >= self.plan.run_end
        return np.full(len(layer.row), not never)
