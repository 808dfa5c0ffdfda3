"""Contacts arrive, wait, lose patience; types open and close (rule 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.engine.clock import ARRIVAL, PATIENCE_ENDS, Alarm
from ccsim.engine.contacts import Contact, ContactType, join_queue
from ccsim.log import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simpy import Event

    from ccsim.engine.clock import Clock
    from ccsim.engine.floor import Floor
    from ccsim.engine.record import Record
    from ccsim.workload import Visits

    Arrival = tuple[Contact, int, bool]

_BLOCK = 1 << 16


def arrivals(visits: Visits, types: list[ContactType]) -> Iterator[tuple[int, int, Arrival]]:
    """
    Rows of the Workload, in blocks: (instant, priority, (contact, patience, balks)).

    Opening backlog, which arrived before the simulation began, comes at its start.
    """
    for first in range(0, len(visits.type), _BLOCK):
        block = slice(first, first + _BLOCK)
        columns = (visits.type, visits.arrived, visits.work, visits.wrap_up, visits.due, visits.patience, visits.balks)
        lists = [column[block].tolist() for column in columns]
        for row, (type, arrived, work, wrap_up, due, patience, balks) in enumerate(zip(*lists, strict=True), first):
            contact = Contact(row, types[type], arrived, work, wrap_up, due)
            yield max(arrived, 0), ARRIVAL + row, (contact, patience, balks)


class Entrance:
    """What a contact meets before and while it waits."""

    def __init__(self, clock: Clock, floor: Floor, record: Record) -> None:
        self.clock = clock
        self.floor = floor
        self.record = record
        self.rings = (self.patience_ends,)

    def contact_arrives(self, arrival: Arrival, now: int) -> None:
        """Closed, no line free, an agent takes it, too many wait, balks, waits: tested in this order."""
        contact, patience, balks = arrival
        type = contact.type
        if contact.arrived < 0:  # opening backlog has been let in long ago
            self.let_in(contact)
            if not self.floor.contact_looks_for_agent(contact, now):
                self.wait(contact, -1, now)
        elif not type.opening.is_open(now):
            self.record.unserved(contact.row, Outcome.CLOSED, now)
        elif type.lines is not None and type.lines.held >= type.lines.limit:
            self.record.unserved(contact.row, Outcome.BLOCKED, now)
        elif self.floor.contact_looks_for_agent(contact, now):
            self.let_in(contact)
        elif 0 <= type.max_waiting <= len(type.queue):
            self.record.unserved(contact.row, Outcome.BLOCKED, now)
        elif balks and not type.is_deferred:
            self.record.unserved(contact.row, Outcome.BALKED, now)
        else:
            self.let_in(contact)
            self.wait(contact, -1 if type.is_deferred else patience, now)

    @staticmethod
    def let_in(contact: Contact) -> None:
        """The contact holds a line, if its type has lines, until the customer leaves."""
        if contact.type.lines is not None:
            contact.type.lines.held += 1

    def wait(self, contact: Contact, patience: int, now: int) -> None:
        join_queue(contact)
        self.floor.set_timer(contact, now)
        if patience >= 0:
            self.clock.set(Alarm(contact), self.rings, now + patience, PATIENCE_ENDS + contact.row)

    def patience_ends(self, event: Event) -> None:
        assert isinstance(event, Alarm)
        contact: Contact = event.owner
        if contact.waits:
            self.floor.give_up(contact, Outcome.ABANDONED, self.clock.now)

    def closes(self, type: ContactType, now: int) -> None:
        """Closing time of a type that does not serve those who still wait; who is in service is served."""
        for contact in list(type.queue):
            self.floor.give_up(contact, Outcome.DISCONNECTED, now)

    def conditions_change(self, types: Iterable[ContactType], now: int) -> None:
        """A window opens, a pool wakes or falls asleep: waiting contacts of the types concerned look for agents."""
        waiting = sorted((contact for type in types for contact in type.queue), key=lambda contact: contact.row)
        in_vain: set[ContactType] = set()
        for contact in waiting:
            # Where one looks in vain, later ones of its type, which may turn to no more pools, would too.
            if contact.waits and contact.type not in in_vain and not self.floor.contact_looks_for_agent(contact, now):
                in_vain.add(contact.type)
