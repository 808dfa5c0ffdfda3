"""The floor as a Markov chain while its number of agents is constant, and what happens to it when that changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from scipy.special import comb

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

Leavers = Literal["named", "pooled"]
"""Who leaves at a drop: agents drawn beforehand, or idle ones first and then whoever is free next."""


@dataclass(frozen=True)
class Floor:
    """
    States (leaving, contacts) of M/M/c+M with agents in overtime; state number = leaving x (most + 1) + contacts.

    ``leaving`` agents are busy past their end. ``contacts`` are those with the agents who stay, and those waiting.
    Where leavers are named, those who stay go on starting contacts; where they are pooled, nobody starts a contact
    until no more than ``agents`` are busy, and every contact that ends meanwhile sends an agent home.
    """

    agents: int
    leavers: Leavers
    most_leaving: int
    most: int
    handle_time: float
    patience: float

    @property
    def leaving(self) -> Ints:
        """Busy agents past their end, by state."""
        return np.repeat(np.arange(self.most_leaving + 1), self.most + 1)

    @property
    def contacts(self) -> Ints:
        """Contacts with those who stay, or waiting, by state."""
        return np.tile(np.arange(self.most + 1), self.most_leaving + 1)

    @property
    def waiting(self) -> Ints:
        """Contacts waiting, by state."""
        return np.maximum(self.contacts - self.agents, 0)

    @property
    def busy(self) -> Ints:
        """Agents busy, leavers among them, by state."""
        return np.minimum(self.contacts, self.agents) + self.leaving

    @property
    def has_room(self) -> Bools:
        """Whether a contact that comes is started at once, by state."""
        return self.contacts < self.agents

    def generator(self, arrival_rate: float, balk: float) -> Any:
        """Sparse generator: row of a state, rates to other states. Arrivals beyond ``most`` are lost."""
        blocked = (self.leaving > 0) & (self.leavers == "pooled")
        joins = arrival_rate * np.where(self.has_room, 1.0, 1.0 - balk) * (self.contacts < self.most)
        ends = np.where(blocked, 0.0, np.minimum(self.contacts, self.agents) / self.handle_time)
        leaves = np.where(blocked, self.busy, self.leaving) / self.handle_time
        return moves((joins, 1), (ends + self.waiting / self.patience, -1), (leaves, -(self.most + 1)))

    def forward(self, arrival_rate: float, balk: float) -> Any:
        """The generator transposed: what moves a distribution of states."""
        return self.generator(arrival_rate, balk).T.tocsr()

    def ahead(self) -> Any:
        """
        Generator of what stands before one waiting customer: no arrivals, an end where it is started; rows lose
        the rate at which the customer gives up.
        """
        from scipy.sparse import diags

        waits = diags((~self.has_room).astype(np.float64))
        return (waits @ self.generator(0.0, 0.0) - waits / self.patience).tocsr()

    def change(self, agents: int) -> list[tuple[Floats, Ints, Ints]]:
        """
        What becomes of each state when the number of agents changes: probability, leaving and contacts afterwards.

        Of named leavers, who are drawn without regard to what they do, the busy ones are hypergeometric.
        """
        sure = np.ones(len(self.contacts))
        if self.leavers == "pooled":
            leaving = np.maximum(self.busy - agents, 0)
            return [(sure, leaving, self.busy + self.waiting - leaving)]
        if agents >= self.agents:
            return [(sure, self.leaving, self.contacts)]
        working, going = np.minimum(self.contacts, self.agents), self.agents - agents
        idle = self.agents - working
        return [
            (
                comb(working, taken) * comb(idle, going - taken) / comb(self.agents, going),
                self.leaving + taken,
                np.maximum(self.contacts - taken, 0),
            )
            for taken in range(going + 1)
        ]

    def into(self, floor: Floor) -> Any:
        """Sparse matrix of the change to another floor: row of a state here, probabilities of the states there."""
        from scipy.sparse import coo_matrix

        parts = self.change(floor.agents)
        rows = np.tile(np.arange(len(self.contacts)), len(parts))
        columns = [
            np.minimum(leaving, floor.most_leaving) * (floor.most + 1) + np.minimum(contacts, floor.most)
            for _, leaving, contacts in parts
        ]
        entries = (np.concatenate([share for share, _, _ in parts]), (rows, np.concatenate(columns)))
        return coo_matrix(entries, shape=(len(self.contacts), len(floor.contacts))).tocsr()


def moves(*rates_and_shifts: tuple[Floats, int]) -> Any:
    """Sparse generator from rates by state, each with the distance to the number of the next state."""
    from scipy.sparse import diags

    size = len(rates_and_shifts[0][0])
    total: Any = diags(-sum(rates for rates, _ in rates_and_shifts))
    for rates, shift in rates_and_shifts:
        if abs(shift) < size:
            total = total + diags(rates[-shift:] if shift < 0 else rates[:-shift], shift, shape=(size, size))
    return total.tocsr()
