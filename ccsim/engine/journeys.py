"""What a customer does after a visit: go on to another type, come again, or be done with it (rule 13)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ccsim.business_hours import Hours
from ccsim.engine.clock import ARRIVAL, Alarm
from ccsim.engine.contacts import Contact
from ccsim.plan import Cause

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccsim.engine.agents import Agent
    from ccsim.engine.clock import Clock
    from ccsim.engine.contacts import ContactType
    from ccsim.engine.floor import Floor
    from ccsim.engine.trail import Trail
    from ccsim.log import Outcome
    from ccsim.plan import Ints, Moves, Plan
    from ccsim.workload import Workload


@dataclass(frozen=True)
class Move:
    """One row of ``plan.Moves``."""

    number: int
    to_type: int
    cause: int
    outcome: int
    probability: list[float]
    in_opening_hours: bool
    warm: bool
    hold_limit: int
    keeps_clock: bool


def all_moves(moves: Moves) -> list[Move]:
    columns = (
        moves.to_type, moves.cause, moves.outcome, moves.probability, moves.in_opening_hours, moves.warm,
        moves.hold_limit, moves.keeps_clock,
    )  # fmt: skip
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [Move(number, *row) for number, row in enumerate(rows)]


def hours_of_types(offset: Ints, begins: Ints, ends: Ints) -> list[Hours]:
    """Of each contact type, from rows of all types."""
    return [Hours(begins[first:last], ends[first:last]) for first, last in pairwise(offset.tolist())]


class Journeys:
    """
    Activates visits that may follow, by comparing their uniforms with what happened.

    A visit has at most one successor. Further visits arrive like any others, as events of class 5.
    """

    def __init__(
        self, clock: Clock, floor: Floor, trail: Trail, doors: list[ContactType], plan: Plan, workload: Workload
    ) -> None:
        self.clock = clock
        self.floor = floor
        self.trail = trail
        self.doors = doors
        self.plan = plan
        self.visits = workload.visits
        possible, moves = workload.journeys, plan.moves
        assert possible is not None
        assert moves is not None
        self.moves = all_moves(moves)
        self.first = possible.first
        # Memory views give Python's numbers one by one, faster than arrays and without a copy.
        self.customer = possible.customer.data
        self.attempt = possible.attempt.data
        self.move = possible.move.data
        self.uniform = possible.uniform.data
        self.delay = possible.delay.data
        self.resolution = possible.resolution.data
        self.next_offset = possible.next_offset.data
        self.next_row = possible.next_row.data
        rates = moves if workload.rates is None else workload.rates
        self.resolves = rates.resolves.tolist()
        self.transfers = rates.transfers.tolist()
        self.rate_row = workload.spells.rate_row.data
        types, promises = plan.types, plan.promises
        self.opening = hours_of_types(types.opening_offset, types.opening_from, types.opening_to)
        self.business = hours_of_types(promises.business_offset, promises.business_from, promises.business_to)
        self.threshold = promises.threshold.tolist()
        self.when_sure: Callable[[int], None]
        """Told of the row of each further visit that takes place, or will within the run."""
        self.pending: set[int] = set()
        """Rows of the visits that will come before the end of the run."""

    # What follows a visit.

    def talk_is_over(self, contact: Contact, agent: Agent, now: int) -> bool:
        """
        Whether the contact goes on to another type, by the first transfer whose uniform says so. If not, whether the
        matter is resolved, and if that is not, whether the customer will come again.
        """
        possible = self.possible_after(contact)
        rates = self.rate_row[agent.spell]
        for row, move in possible:
            if move.cause == Cause.TRANSFER and self.lies_below(row, self.transfers[rates][move.number]):
                self.goes_on(contact, agent, row, move, now)
                return True
        resolved = self.is_resolved(contact, rates)
        self.trail.resolved[contact.row] = resolved
        if not resolved:
            self.comes_again(contact, [(row, move) for row, move in possible if move.cause == Cause.RECONTACT], now)
        return False

    def is_resolved(self, contact: Contact, rates: int) -> bool:
        uniforms = self.resolution
        return not uniforms or uniforms[contact.row] < self.resolves[rates][contact.type.number]

    def unanswered(self, contact: Contact, outcome: Outcome, now: int) -> None:
        """A visit without an answer is over."""
        self.comes_again(
            contact, [(row, move) for row, move in self.possible_after(contact) if move.outcome == outcome], now
        )

    def possible_after(self, contact: Contact) -> list[tuple[int, Move]]:
        """Visits that may follow, and by which move, in the order of moves."""
        first, row = self.first, contact.row
        rows = self.next_row[self.next_offset[row] : self.next_offset[row + 1]]
        return [(row, self.moves[self.move[row - first]]) for row in rows]

    def lies_below(self, row: int, probability: float) -> bool:
        return self.uniform[row - self.first] < probability

    # Coming again.

    def comes_again(self, contact: Contact, possible: list[tuple[int, Move]], now: int) -> None:
        """By the first of the possible moves whose uniform says so."""
        attempt = self.attempt_of(contact.row)
        for row, move in possible:
            if self.lies_below(row, move.probability[attempt]):
                self.will_come(contact, row, move, now)
                return

    def will_come(self, contact: Contact, row: int, move: Move, now: int) -> None:
        """After its delay: too late for the run if that ends before, or if no opening hours are left in it."""
        delay = self.delay[row - self.first]
        comes = self.when_open(move.to_type, now, delay) if move.in_opening_hours else now + delay
        self.follows(contact, row, comes)
        if comes <= self.plan.run_end:
            self.pending.add(row)
            self.when_sure(row)
            self.clock.set(Alarm(row), (self.comes,), comes - now, ARRIVAL + row)

    def when_open(self, type: int, now: int, delay: int) -> int:
        """A tick after the run if it ends before that: its hours are not known further."""
        comes = self.opening[type].comes(now, delay)
        return self.plan.run_end + 1 if comes is None else comes

    def comes(self, alarm: Alarm) -> None:
        """A customer is back."""
        row: int = alarm.owner
        self.pending.remove(row)
        now = self.clock.now
        self.floor.contact_arrives(self.contact(row, now), now)

    # Going on.

    def goes_on(self, contact: Contact, agent: Agent, row: int, move: Move, now: int) -> None:
        """The contact is passed on: its next visit begins at this very instant."""
        self.follows(contact, row, now)
        self.when_sure(row)
        passed_on = self.contact(row, now)
        if move.keeps_clock:
            passed_on.stands_since = self.came(row)
        self.floor.transfers.pass_on(contact, agent, passed_on, move, now)

    def came(self, row: int) -> int:
        """When the customer came, before the transfers that led to this visit."""
        while row >= self.first and self.moves[self.move[row - self.first]].cause == Cause.TRANSFER:
            row = self.trail.before[row - self.first]
        return self.trail.arrived[row - self.first] if row >= self.first else int(self.visits.arrived[row])

    # Visits.

    def follows(self, contact: Contact, row: int, arrives: int) -> None:
        self.trail.before[row - self.first] = contact.row
        self.trail.arrived[row - self.first] = arrives

    def attempt_of(self, row: int) -> int:
        """How many visits of the customer came before."""
        return self.attempt[row - self.first] if row >= self.first else 0

    def customer_of(self, row: int) -> int:
        """Row of the customer's first visit."""
        return self.customer[row - self.first] if row >= self.first else row

    def contact(self, row: int, now: int) -> Contact:
        """A further visit that arrives now."""
        visits = self.visits
        type = int(visits.type[row])
        due = self.due(type, now)
        self.trail.due[row - self.first] = due
        return Contact(
            row,
            self.doors[type],
            now,
            int(visits.work[row]),
            int(visits.wrap_up[row]),
            due,
            int(visits.patience[row]),
            bool(visits.balks[row]),
        )

    def due(self, type: int, arrived: int) -> int:
        """Arrival plus threshold, in business hours where they count; -1 without a target."""
        threshold = self.threshold[type]
        return -1 if threshold < 0 else self.business[type].due(arrived, threshold)
