"""How customers went from visit to visit, and how they were called: the parts of the Log for these, in the making."""

from __future__ import annotations

from array import array
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ccsim.log import LoggedCalls, LoggedJourneys
from ccsim.plan import Cause

if TYPE_CHECKING:
    from ccsim.plan import Bools, Ints, Moves, Rows
    from ccsim.workload import Journeys


class Trail:
    """Further visits that are sure to come or came, and what was resolved."""

    def __init__(self, possible: Journeys, moves: Moves) -> None:
        self.first = possible.first
        self.customer, self.attempt = possible.customer, possible.attempt
        self.cause = moves.cause.astype(np.int8)[possible.move]
        further = len(possible.move)
        self.before = array("i", [-1]) * further
        """Row of the visit before."""
        self.arrived, self.due = (array("q", [-1]) * further for _ in range(2))
        self.resolved = array("b", [-1]) * (possible.first + further)

    @cached_property
    def rows(self) -> Rows:
        """Rows of the Workload that the Log shows: all first visits, and those further ones that came or will."""
        first = self.first
        came = first + np.flatnonzero(np.asarray(self.arrived) >= 0)
        return np.concatenate([np.arange(first, dtype=np.int32), came.astype(np.int32)])

    def whole(self, of_first: Ints, of_further: array[int]) -> Ints:
        """A column of the visits shown, of which the Workload knows only the beginning."""
        return np.concatenate([of_first[: self.first], np.asarray(of_further)[self.rows[self.first :] - self.first]])

    def places(self) -> Rows:
        """For each row of the Workload its row in the Log, -1 if it is not shown."""
        places = np.full(len(self.resolved), -1, np.int32)
        places[self.rows] = np.arange(len(self.rows), dtype=np.int32)
        return places

    def logged(self) -> LoggedJourneys:
        first, rows = self.first, self.rows
        further = rows[first:] - first
        follows = np.full(len(rows), -1, np.int32)
        follows[self.places()[np.asarray(self.before)[further]]] = np.arange(first, len(rows), dtype=np.int32)
        return LoggedJourneys(
            row=rows,
            customer=np.concatenate([rows[:first], self.customer[further]]),
            attempt=np.concatenate([np.zeros(first, np.int8), self.attempt[further]]),
            cause=np.concatenate([np.full(first, Cause.FIRST, np.int8), self.cause[further]]),
            next=follows,
            resolved=np.asarray(self.resolved)[rows],
        )


class Calls:
    """Callbacks and campaigns, by row of the Workload."""

    def __init__(self, visits: int) -> None:
        self.expected, self.offered, self.answered = (array("q", [-1]) * visits for _ in range(3))
        self.accepted, self.attempts = (array("b", [-1]) * visits for _ in range(2))

    def answer(self, started: Ints, of_campaign: Bools, rows: Rows | slice) -> None:
        """Who is called is answered in the stretch in which it is reached, not when it is first dialed."""
        called = of_campaign | (np.asarray(self.accepted)[rows] == 1)
        started[called] = np.asarray(self.answered)[rows][called]

    def logged(self, rows: Rows | slice) -> LoggedCalls:
        return LoggedCalls(
            expected=np.asarray(self.expected)[rows],
            offered=np.asarray(self.offered)[rows],
            accepted=np.asarray(self.accepted)[rows],
            attempts=np.asarray(self.attempts)[rows],
        )
