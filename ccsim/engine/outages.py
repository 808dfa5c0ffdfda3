"""Sites and channels go dark (rule 14): work is cut off, agents are out, contacts that arrive are blocked."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from ccsim.engine.clock import BEHIND_AGENTS, CAPACITY_GOES, NEVER, Timetable
from ccsim.log import Outcome, Why

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.engine.agents import Agent
    from ccsim.engine.center import Center
    from ccsim.engine.clock import Clock
    from ccsim.engine.contacts import Contact
    from ccsim.engine.floor import Floor
    from ccsim.engine.shifts import Roster
    from ccsim.workload import Outages

_PLACE = attrgetter("place")


def beginnings(outages: Outages) -> Iterator[tuple[int, int, int]]:
    """Begins of outages: (instant, priority, outage)."""
    for row, begins in enumerate(outages.begins.tolist()):
        yield begins, CAPACITY_GOES + BEHIND_AGENTS + row, row


class Darkness:
    """
    What an outage does when it begins. Its end is known: agents come back by themselves, and a channel is dark only
    for who arrives before it.
    """

    def __init__(self, clock: Clock, floor: Floor, roster: Roster, center: Center, outages: Outages) -> None:
        self.floor = floor
        self.roster = roster
        self.center = center
        self.outages = outages
        Timetable(clock, beginnings(outages), self.falls)

    def falls(self, outage: int, now: int) -> None:
        """
        Agents go out, by number. When all are out pools fall asleep, and what was in hand looks for others, by place.
        """
        ends = int(self.outages.ends[outage])
        for type in self.center.types:
            if self.outages.types[outage, type.number]:
                type.dark_until = max(type.dark_until, ends)
                type.may_block = True
        pools = [pool for pool in self.center.pools if self.outages.pools[outage, pool.number]]
        awake = [pool for pool in pools if pool.on_shift]
        requeues = bool(self.outages.requeues[outage])
        cut_off: list[Contact] = []
        for agent in sorted((agent for pool in pools for agent in pool.agents), key=attrgetter("number")):
            agent.dark_until = max(agent.dark_until, ends + int(self.outages.back[outage, agent.number]))
            if agent.spell >= 0 and agent.back is None:
                cut_off += self.cut_off(agent, requeues, now)
                self.roster.site_goes_dark(agent, now)
        for pool in awake:
            if pool.on_shift == 0:
                self.roster.pool_wakes_or_sleeps(pool, now)
        for contact in sorted(cut_off, key=_PLACE):
            self.floor.looks_again(contact, now)

    def cut_off(self, agent: Agent, requeues: bool, now: int) -> list[Contact]:
        """
        Deferred work, customers who are just being dialed, and live contacts if the outage requeues them, are back in
        their queues; they are returned. Other customers are disconnected, and of those who had left already the wrap-up
        is dropped. Who holds for the next agent lets go.
        """
        self.floor.transfers.lets_go(agent, now)
        returned = [] if agent.kept is None else [agent.kept]
        agent.kept = None
        agent.settle(now)
        agent.next_end = NEVER
        for contact in list(agent.open):
            self.floor.close(contact, agent, Why.OUTAGE, now)
            if contact.type.is_deferred or not contact.is_reached or (requeues and not contact.has_left):
                contact.patience = -1
                returned.append(contact)
            elif contact.has_left:
                self.floor.is_over(contact, now)
            else:
                self.floor.lose(contact, Outcome.DISCONNECTED, now)
        for contact in returned:
            self.floor.return_to_queue(contact, now)
        return returned
