"""Customers whom agents call: callbacks that were offered to those who would wait, and campaigns (rule 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.business_hours import first_stretch
from ccsim.engine.clock import WAITED_LONG_ENOUGH, Alarm
from ccsim.engine.contacts import Contact
from ccsim.engine.lanes import Wait, expected_wait
from ccsim.log import Outcome, Why
from ccsim.plan import Predictor

if TYPE_CHECKING:
    from ccsim.engine.agents import Agent
    from ccsim.engine.clock import Clock
    from ccsim.engine.contacts import ContactType
    from ccsim.engine.floor import Floor
    from ccsim.engine.trail import Calls
    from ccsim.plan import Dialing, Plan
    from ccsim.workload import Dialed


class Called(Contact):
    """
    A customer to be called. Each stretch of work begins with dialing; talk follows once the customer is reached.

    It holds no line and has no patience.
    """

    __slots__ = ("attempts", "calling", "dial_work", "is_reached", "joined", "reached_at", "talk", "wrap_up_after_talk")
    holds_line = False

    def __init__(self, calling: Calling, contact: Contact, dial_work: int, reached_at: int, joined: int) -> None:
        super().__init__(
            contact.row,
            contact.type,
            contact.arrived,
            dial_work,
            contact.left,
            contact.due,
            patience=-1,
            balks=False,
        )
        self.stands_since = contact.stands_since
        self.calling = calling
        self.joined = joined
        """When it joins, or joined, its queue for the first time."""
        self.attempts = 0
        self.reached_at = reached_at
        """The attempt at which the customer answers; 0 = never."""
        self.is_reached = False
        self.dial_work = dial_work
        self.talk, self.wrap_up_after_talk = contact.left, contact.wrap_up

    def dialed(self) -> None:
        """One attempt is over: talk follows if the customer answers, else the next attempt."""
        self.attempts += 1
        self.is_reached = self.attempts == self.reached_at
        if self.is_reached:
            self.left, self.wrap_up = self.talk, self.wrap_up_after_talk
        else:
            self.left = self.dial_work


class Calling:
    """How customers of one type are called: who is offered a callback, and who is to be called at a later time."""

    def __init__(
        self, clock: Clock, floor: Floor, calls: Calls, drawn: Dialed, plan: Plan, dialing: Dialing, type: int
    ) -> None:
        self.clock = clock
        self.floor = floor
        self.calls = calls
        self.drawn = drawn
        hours = slice(*plan.types.opening_offset[type : type + 2])
        self.opening = plan.types.opening_from[hours], plan.types.opening_to[hours]
        self.is_campaign = bool(dialing.is_campaign[type])
        self.offer_over = int(dialing.offer_over[type])
        self.predictor = Predictor(int(dialing.predictor[type]))
        self.mean_work = int(dialing.mean_work[type])
        self.window_from, self.window_to = int(dialing.window_from[type]), int(dialing.window_to[type])
        self.attempts = int(dialing.attempts[type])
        self.retry_after = int(dialing.retry_after[type])
        self.last_wait = 0
        """In the queue, of the last one whose turn came. [ticks]"""
        self.pending: set[Called] = set()
        """Those who will join their queue later."""

    def listed(self, contact: Contact, joined: int) -> Called:
        """A contact that is to be called from when it joins its queue."""
        work, reached_at = self.drawn.work[contact.row], self.drawn.reached_at[contact.row]
        return Called(self, contact, int(work), int(reached_at), joined)

    # Callbacks.

    def is_accepted(self, contact: Contact, now: int) -> bool:
        """
        Whether a customer who would have to wait is offered a callback and accepts: it keeps its place. Who is called
        anyhow is not asked.
        """
        if self.is_campaign:
            return False
        row, wait = contact.row, self.expected_wait(contact.type, now)
        self.calls.expected[row] = wait.ticks
        if not wait.is_longer_than(self.offer_over):
            return False
        self.calls.offered[row] = now
        self.calls.accepted[row] = accepts = bool(self.drawn.accepts[row])
        if accepts:
            begins = self.window_begins(now)
            called = self.listed(contact, begins)
            if begins > now:
                self.joins_later(called, begins - now)
            else:
                self.stands_in_line(called, now)
            self.floor.transfers.nobody_holds_for(contact, now)
        return accepts

    def window_begins(self, now: int) -> int:
        """Of the window that is promised now; now, if there is none."""
        if self.window_to < 0:
            return now
        return int(first_stretch(now + self.window_from, self.window_to - self.window_from, *self.opening))

    def expected_wait(self, queue: ContactType, now: int) -> Wait:
        """Of who joins the queue now."""
        if self.predictor == Predictor.LAST_WAIT:
            return Wait(self.last_wait, 1)
        return expected_wait(queue, self.mean_work, now)

    def has_its_turn(self, contact: Contact, now: int) -> None:
        """Somebody who had to wait is taken from the queue for the first time: its wait is the last one known."""
        if contact.since < 0:
            self.last_wait = now - (contact.joined if isinstance(contact, Called) else contact.arrived)

    # Dialing.

    def dialed(self, contact: Called, agent: Agent, now: int) -> None:
        """The customer is reached, and talk begins; or not, and is called again later; or at no attempt at all."""
        contact.dialed()
        self.calls.attempts[contact.row] = contact.attempts
        if contact.is_reached:
            self.calls.answered[contact.row] = contact.since
            return
        self.floor.close(contact, agent, Why.DIALED, now)
        if contact.attempts < self.attempts:
            self.joins_later(contact, self.retry_after)
        else:
            self.floor.lose(contact, Outcome.UNREACHED, now)

    def joins_later(self, contact: Called, delay: int) -> None:
        self.pending.add(contact)
        self.clock.set(Alarm(contact), (self.joins,), delay, WAITED_LONG_ENOUGH + contact.row)

    def joins(self, alarm: Alarm) -> None:
        """The time has come: the contact stands at its original place, and looks for an agent."""
        contact: Called = alarm.owner
        self.pending.remove(contact)
        self.stands_in_line(contact, self.clock.now)

    def stands_in_line(self, contact: Called, now: int) -> None:
        self.floor.return_to_queue(contact, now)
        self.floor.looks_again(contact, now)
