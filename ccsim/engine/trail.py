"""How customers went from visit to visit, and how they were called: the parts of the Log for these, in the making."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from ccsim.log import LoggedCalls, LoggedJourneys
from ccsim.plan import Cause

if TYPE_CHECKING:
    from ccsim.plan import Bools, Ints, Moves
    from ccsim.workload import Journeys, Visits


class Trail:
    """Further visits that are sure to come or came, and what was resolved."""

    def __init__(self, visits: Visits, possible: Journeys, moves: Moves) -> None:
        self.visits = visits
        self.possible = possible
        self.moves = moves
        further = len(visits.type) - possible.first
        self.before = array("q", [-1]) * further
        """Row of the visit before."""
        self.arrived = array("q", [-1]) * further
        self.due = array("q", [-1]) * further
        self.resolved = array("b", [-1]) * len(visits.type)

    def rows(self) -> Ints:
        """Rows of the Workload that the Log shows: all first visits, and those further ones that came or will."""
        first = self.possible.first
        return np.concatenate([np.arange(first), first + np.flatnonzero(_ints(self.arrived) >= 0)])

    def whole(self, of_first: Ints, of_further: array[int]) -> Ints:
        """A column of all visits, of which the Workload knows the beginning."""
        return np.concatenate([of_first[: self.possible.first], _ints(of_further)])

    def places(self, rows: Ints) -> Ints:
        """For each row of the Workload that is among these its row in the Log, else -1."""
        places = np.full(len(self.resolved), -1, np.int64)
        places[rows] = np.arange(len(rows))
        return places

    def logged(self) -> LoggedJourneys:
        first, possible, rows = self.possible.first, self.possible, self.rows()
        further = rows[first:] - first
        follows = np.full(len(rows), -1, np.int64)
        follows[self.places(rows)[_ints(self.before)[further]]] = np.arange(first, len(rows))
        return LoggedJourneys(
            row=rows,
            customer=np.concatenate([np.arange(first), possible.customer[further]]),
            attempt=np.concatenate([np.zeros(first, np.int64), possible.attempt[further]]),
            cause=np.concatenate([np.full(first, int(Cause.FIRST)), self.moves.cause[possible.move[further]]]),
            next=follows,
            resolved=_ints(self.resolved)[rows],
        )


class Calls:
    """Callbacks and campaigns, by row of the Workload."""

    def __init__(self, visits: int) -> None:
        self.expected, self.offered, self.answered = (array("q", [-1]) * visits for _ in range(3))
        self.accepted, self.attempts = (array("b", [-1]) * visits for _ in range(2))

    def answer(self, started: Ints, of_campaign: Bools, rows: Ints | slice) -> None:
        """Who is called is answered in the stretch in which it is reached, not when it is first dialed."""
        called = of_campaign | (_ints(self.accepted)[rows] == 1)
        started[called] = _ints(self.answered)[rows][called]

    def logged(self, rows: Ints | slice) -> LoggedCalls:
        return LoggedCalls(
            expected=_ints(self.expected)[rows],
            offered=_ints(self.offered)[rows],
            accepted=_ints(self.accepted)[rows],
            attempts=_ints(self.attempts)[rows],
        )


def _ints(values: array[int]) -> Ints:
    return np.array(values, dtype=np.int64)
