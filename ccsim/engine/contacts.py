"""Contacts on their way through the center, and the queue of each contact type."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from operator import attrgetter
from typing import TYPE_CHECKING

from ccsim.plan import Channel

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccsim.engine.dialing import Calling
    from ccsim.engine.routing import ChooseAgent, Rank, Window
    from ccsim.plan import Plan

_PLACE = attrgetter("place")
_ROW_BITS = 32


class Contact:
    """A visit that is not yet over. Its row in the Workload is its number in ties."""

    __slots__ = (
        "arrived", "balks", "due", "has_left", "left", "patience", "place", "row", "since", "stands_since", "type",
        "waits", "wrap_up",
    )  # fmt: skip

    def __init__(
        self, row: int, type: ContactType, arrived: int, work: int, wrap_up: int, due: int, patience: int, balks: bool
    ) -> None:
        self.row = row
        self.type = type
        """Its type or, where that has several queues, its lane."""
        self.arrived = arrived
        """In this queue."""
        self.stands_since = arrived
        """From when its wait counts in the order of contacts: since a transfer that keeps the clock, earlier."""
        self.left = work
        """Base work left of talk or, once the customer has left, of wrap-up. [units]"""
        self.wrap_up = wrap_up
        """Base work that follows ``left``. [units]"""
        self.due = due
        self.patience = patience
        self.balks = balks
        self.has_left = False
        """The customer is gone, wrap-up goes on."""
        self.waits = False
        """It stands in its queue."""
        self.since = -1
        """Begin of the present stretch of work; -1 before the first."""

    holds_line: bool = True
    """While it waits or talks, if its type has lines."""
    is_reached: bool = True
    """The customer is there; else who takes the contact has yet to call."""

    place: int
    """Of one who has joined its queue: who goes first there, and between queues, by ``stands_since``, then by row."""


class Lines:
    """Telephone lines of one or more types: each waiting or talking contact holds one."""

    __slots__ = ("held", "limit")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.held = 0


class ContactType:
    """What the engine needs of a contact type, or of one of its lanes, and its queue, ordered by place."""

    def __init__(self, plan: Plan, number: int, lines: Lines | None, opening: Window) -> None:
        types = plan.types
        channel = Channel(int(types.channel[number]))
        self.number = number
        self.is_call = channel in (Channel.PHONE, Channel.OUTBOUND)
        self.is_chat = channel == Channel.CHAT
        self.is_deferred = channel.is_deferred
        self.is_urgent = channel in (Channel.PHONE, Channel.CHAT)
        """A customer waits: it goes before kept work, beside other contacts, and interrupts."""
        self.weight = int(types.weight[number])
        self.max_waiting = int(types.max_waiting[number])
        self.lines = lines
        self.opening = opening
        self.finish_if_under = int(types.finish_if_under[number])
        self.hand_over_work = int(types.hand_over_work[number])
        self.resume_work = int(types.resume_work[number])
        self.interrupted_returns = bool(types.interrupted_returns[number])
        self.queue: deque[Contact] = deque()
        self.ranks: list[Rank] = []
        self.choose_agent: ChooseAgent
        self.afters: list[int] = []
        """Waits, ascending, at whose end a contact looks for an agent."""
        self.dark_until = 0
        """Its channel is dark, so that who arrives is blocked, before this instant."""
        self.may_block = lines is not None
        """It has lines, or its channel has gone dark."""
        self.calls_in = False
        """Agents may be called in while its contacts wait."""
        self.may_interrupt = False
        """Live, and one of its pools lets agents be interrupted."""

        self.lanes: list[ContactType] = [self]
        """All queues of the type."""
        self.allocate: Callable[[Contact, int], ContactType] | None = None
        """Gives a contact that arrives to one of several lanes."""
        self.keeps_clocks = False
        """Contacts may stand before others who came earlier to this queue."""
        self.calling: Calling | None = None
        """How customers are called."""
        self.is_direct = True
        """Its contacts are neither allocated to lanes nor called by agents."""

    def is_blocked(self, now: int) -> bool:
        """Whether nobody gets through."""
        return now < self.dark_until or (self.lines is not None and self.lines.held >= self.lines.limit)

    def is_full(self) -> bool:
        """Whether as many wait as may; who is to be called is not in the waiting room."""
        return self.max_waiting <= sum(contact.holds_line for lane in self.lanes for contact in lane.queue)

    def next_after(self, waited: int) -> int | None:
        """The first of ``afters`` that lies ahead of a contact that has waited so long."""
        return next((after for after in self.afters if after > waited), None)


def hang_up(contact: Contact) -> None:
    """The customer leaves; the line, if its type has lines, is free."""
    if contact.type.lines is not None and contact.holds_line:
        contact.type.lines.held -= 1


def join_queue(contact: Contact) -> None:
    """Stand in the queue at the place of the original arrival."""
    queue = contact.type.queue
    contact.waits = True
    contact.place = place = (contact.stands_since << _ROW_BITS) | contact.row
    if not queue or queue[-1].place < place:
        queue.append(contact)
    else:
        queue.insert(bisect_left(queue, place, key=_PLACE), contact)


def leave_queue(contact: Contact) -> None:
    queue = contact.type.queue
    contact.waits = False
    if queue[0] is contact:
        queue.popleft()
    else:
        del queue[bisect_left(queue, contact.place, key=_PLACE)]
