"""Contacts arrive, wait, lose patience; types open and close (rule 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.engine.clock import ARRIVAL
from ccsim.engine.contacts import Contact, ContactType, join_queue
from ccsim.engine.patience import Patience
from ccsim.log import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccsim.engine.clock import Clock
    from ccsim.engine.floor import Floor
    from ccsim.workload import Visits

BLOCK = 1 << 16
"""Rows of the Workload that are turned into Python's numbers at a time."""


def arrivals(visits: Visits, number: int, types: list[ContactType]) -> Iterator[tuple[int, int, Contact]]:
    """
    First visits, so many rows of the Workload, in blocks: (instant, priority, contact).

    Opening backlog, which arrived before the simulation began, comes at its start.
    """
    for first in range(0, number, BLOCK):
        block = slice(first, min(first + BLOCK, number))
        columns = (visits.type, visits.arrived, visits.work, visits.wrap_up, visits.due, visits.patience, visits.balks)
        lists = [column[block].tolist() for column in columns]
        for row, (type, arrived, work, wrap_up, due, patience, balks) in enumerate(zip(*lists, strict=True), first):
            contact = Contact(row, types[type], arrived, work, wrap_up, due, patience, balks)
            yield arrived if arrived > 0 else 0, ARRIVAL + row, contact


class Entrance:
    """What a contact meets before and while it waits."""

    def __init__(self, clock: Clock, floor: Floor) -> None:
        self.floor = floor
        self.patience = Patience(clock, self.gives_up)

    def contact_arrives(self, contact: Contact, now: int) -> None:
        """At its type's door, which may have several queues behind it, or none but a list to be called."""
        if not contact.type.is_direct:
            contact = self.given_to_lane_or_list(contact, now)
        self.contact_enters(contact, now)

    def contact_enters(self, contact: Contact, now: int) -> None:
        """
        Closed, channel dark, no line free, an agent takes it, too many wait, takes a callback, balks, waits: tested in
        this order.
        """
        type = contact.type
        if contact.arrived < 0:  # opening backlog was let in long ago
            if not self.floor.contact_looks_for_agent(contact, now):
                self.wait(contact, now)
        elif not type.opening.begins <= now < type.opening.ends and not type.opening.is_open(now):
            self.floor.unanswered(contact, Outcome.CLOSED, now)
        elif type.may_block and type.is_blocked(now):
            self.floor.unanswered(contact, Outcome.BLOCKED, now)
        elif self.floor.contact_looks_for_agent(contact, now):
            if type.lines is not None and contact.holds_line:
                type.lines.held += 1
        elif type.max_waiting >= 0 and contact.holds_line and type.is_full():
            self.floor.unanswered(contact, Outcome.BLOCKED, now)
        elif type.calling is not None and type.calling.is_accepted(contact, now):
            pass
        elif contact.balks and not type.is_deferred:
            self.floor.unanswered(contact, Outcome.BALKED, now)
        else:
            if type.lines is not None and contact.holds_line:
                type.lines.held += 1
            self.wait(contact, now)

    def given_to_lane_or_list(self, contact: Contact, now: int) -> Contact:
        """A contact of a type with several lanes goes to one of them, one of a campaign is to be called."""
        if contact.type.allocate is not None:
            contact.type = contact.type.allocate(contact, now)
            self.floor.record.allocated(contact)
        calling = contact.type.calling
        return calling.listed(contact, now) if calling is not None and calling.is_campaign else contact

    def wait(self, contact: Contact, now: int) -> None:
        join_queue(contact)
        if contact.type.afters:
            self.floor.set_timer(contact, now)
        if contact.patience >= 0 and not contact.type.is_deferred:
            self.patience.runs(contact, now)
        if contact.type.calls_in:
            self.floor.when_waiting(contact.type, now)

    def gives_up(self, contact: Contact, now: int) -> None:
        self.floor.give_up(contact, Outcome.ABANDONED, now)
        self.floor.those_who_follow(now)

    def closes(self, type: ContactType, now: int) -> None:
        """
        Closing time of a type that does not serve those who still wait. Who is in service is served, who was promised
        a callback is called, and work whose customer has left already, with wrap-up to follow, is not lost.
        """
        waiting = [contact for lane in type.lanes for contact in lane.queue]
        for contact in [contact for contact in waiting if contact.holds_line and not contact.has_left]:
            self.floor.give_up(contact, Outcome.DISCONNECTED, now)

    def conditions_change(self, types: Iterable[ContactType], now: int) -> None:
        """
        A window opens, a pool wakes, falls asleep or starts again: waiting contacts of the types concerned look for
        agents, by place. Where one looks in vain, later ones of its type, who may turn to no more pools, would too; but
        where older clocks are kept these may have waited longer in their queue.
        """
        hopeful = {type: 0 for type in types if type.queue}
        """Types, and how many of the first in their queue have looked in vain."""
        while hopeful:
            type, vain = min(hopeful.items(), key=lambda pair: pair[0].queue[pair[1]].place)
            if not self.floor.contact_looks_for_agent(type.queue[vain], now):
                hopeful[type] = vain + 1 if type.keeps_clocks else len(type.queue)
            hopeful = {type: vain for type, vain in hopeful.items() if vain < len(type.queue)}
