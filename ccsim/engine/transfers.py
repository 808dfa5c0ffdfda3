"""Contacts that are passed on from one agent to the next: cold, or warm, with the first one on hold (rule 13)."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from ccsim.engine.contacts import Contact, ContactType
from ccsim.log import Why

if TYPE_CHECKING:
    from ccsim.engine.agents import Agent
    from ccsim.engine.floor import Floor
    from ccsim.engine.journeys import Move
    from ccsim.engine.record import Record
    from ccsim.plan import Ints


class Hold(Contact):
    """
    What an agent has open in place of a contact that it has passed on, until the next agent answers. Its work is the
    time that it may last at most.
    """

    __slots__ = ("contact", "passed_on")

    def __init__(self, contact: Contact, passed_on: Contact, type: ContactType, limit: int, now: int) -> None:
        super().__init__(contact.row, type, contact.arrived, work=limit, wrap_up=1, due=-1, patience=-1, balks=False)
        # Never without wrap-up: only when the hold ends it is known what follows.
        self.contact = contact
        self.passed_on = passed_on
        self.has_left = True
        self.since = now


def with_rate_of_holding(rate: Ints) -> Ints:
    """Rates [R, T, K] with a type more, on hold: time itself passes, however many contacts are open."""
    return np.concatenate([rate, np.ones_like(rate[:, :1])], axis=1)


class Transfers:
    """Who holds for whom."""

    def __init__(self, floor: Floor, record: Record) -> None:
        self.floor = floor
        self.record = record
        self.held_types: dict[ContactType, ContactType] = {}
        self.holds: dict[int, tuple[Agent, Hold]] = {}
        """By the row of the visit that the agent holds for."""

    def pass_on(self, contact: Contact, agent: Agent, passed_on: Contact, move: Move, now: int) -> None:
        """
        Talk is over. The contact arrives anew once this event is done with the agent, who holds, wraps up or is free.

        Nobody holds where one of the two is not live, nor at the end of a shift.
        """
        floor = self.floor
        agent.settle(now)
        self.record.left[contact.row] = now
        contact.has_left = True
        contact.left, contact.wrap_up = contact.wrap_up, 0
        live = not (contact.type.is_deferred or passed_on.type.is_deferred)
        if move.warm and live and now < agent.end:
            self.record.stretch(contact, agent, Why.TRANSFERRED, now)
            hold = Hold(contact, passed_on, self.on_hold(contact.type), move.hold_limit, now)
            agent.open[agent.open.index(contact)] = hold
            self.holds[passed_on.row] = agent, hold
        elif contact.left:
            self.record.stretch(contact, agent, Why.TRANSFERRED, now)
            contact.since = now
        else:
            floor.close(contact, agent, Why.TRANSFERRED, now)
            floor.is_over(contact, now)
        floor.following.append(passed_on)

    def on_hold(self, type: ContactType) -> ContactType:
        """A contact type as it counts while on hold: in hand as before, at the rates of the type added to all."""
        if type not in self.held_types:
            self.held_types[type] = held = copy(type)
            held.number = len(self.record.plan.types.name)
        return self.held_types[type]

    # A hold ends.

    def nobody_holds_for(self, contact: Contact, now: int) -> None:
        """The contact is answered, or lost: who holds for it is free, and looks for a contact."""
        held = self.holds.get(contact.row)
        if held is not None:
            agent, hold = held
            agent.settle(now)
            self.hold_ends(hold, agent, now)
            self.floor.looks_later(agent, now)

    def turns_cold(self, hold: Hold, agent: Agent, now: int) -> None:
        """The limit is reached."""
        self.hold_ends(hold, agent, now)

    def lets_go(self, agent: Agent, now: int) -> None:
        """The agent is to go: it holds no longer. With what else it has in hand it stands where it belongs."""
        for hold in [contact for contact in agent.open if isinstance(contact, Hold)]:
            agent.settle(now)
            self.hold_ends(hold, agent, now)
            self.floor.rest_goes_on(agent, now)
            agent.step_aside()
            if agent.open and agent.menu() is not None:
                agent.stand_ready()

    def hold_ends(self, hold: Hold, agent: Agent, now: int) -> None:
        """Wrap-up follows, or nothing."""
        del self.holds[hold.passed_on.row]
        contact = hold.contact
        if contact.left:
            self.record.stretch(hold, agent, Why.HOLDING, now)
            contact.since = now
            agent.open[agent.open.index(hold)] = contact
        else:
            self.floor.close(hold, agent, Why.HOLDING, now)
            self.floor.is_over(contact, now)
