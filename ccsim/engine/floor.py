"""Where contacts and agents meet: a contact looks for an agent, an agent looks for a contact, and work is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.engine.clock import NEVER, WAITED_LONG_ENOUGH, Alarm
from ccsim.engine.contacts import join_queue, leave_queue
from ccsim.engine.routing import next_contact
from ccsim.log import Outcome, Why

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccsim.engine.agents import Agent, Pool
    from ccsim.engine.clock import Clock
    from ccsim.engine.contacts import Contact
    from ccsim.engine.record import Record


class Floor:
    """The dispatcher. Agents come to it and leave it by the rules of ``shifts``."""

    def __init__(self, clock: Clock, record: Record) -> None:
        self.clock = clock
        self.record = record
        self.rings = (self.work_ends,)
        self.when_due: Callable[[Agent, int], None]
        """What an agent does who is free of contacts and whose break or end may be due."""
        self.when_over: Callable[[Contact, int], None]
        """Told of each contact that is over, once somebody waits for the last (else None)."""
        self.awaited: set[int] = set()
        """Rows of the contacts for whose end the simulation waits, once the counted period is over."""

    # A contact looks for an agent.

    def contact_looks_for_agent(self, contact: Contact, now: int) -> bool:
        """Rank by rank among agents with room; if there is none anywhere, rank by rank among those it may interrupt."""
        type = contact.type
        for rank in type.ranks:
            agent = type.choose_agent(rank.pools if rank.is_plain else rank.pools_for(contact, now), contact, now)
            if agent is not None:
                agent.step_aside()
                self.start(contact, agent, now)
                if agent.menu() is not None:
                    agent.stand_ready()
                return True
        return type.may_interrupt and self.contact_interrupts(contact, now)

    def contact_interrupts(self, contact: Contact, now: int) -> bool:
        """In the first rank with any on deferred work: the agent whose stretch began last, then the lowest number."""
        for rank in contact.type.ranks:
            agents = list(rank.interruptible_for(contact, now))
            if agents:
                agent = max(agents, key=lambda agent: (agent.open[0].since, -agent.number))
                work = self.put_down(agent, Why.INTERRUPTED, now)
                returns = work.type.interrupted_returns
                if returns:
                    work.left += work.type.resume_work
                    self.return_to_queue(work, now)
                else:
                    agent.kept = work
                self.start(contact, agent, now)
                self.agent_looks_for_contact(agent, now)  # beside a chat there may be room for more
                if returns:
                    self.contact_looks_for_agent(work, now)
                return True
        return False

    # An agent looks for a contact.

    def agent_looks_for_contact(self, agent: Agent, now: int) -> None:
        """Take what waits, as long as there is room; then, with nothing open, the kept work; else stand ready."""
        if agent.place is not None:
            agent.step_aside()
        while (menu := agent.menu()) is not None:
            contact = next_contact(menu, agent, now)
            if contact is not None:
                self.start(contact, agent, now)
            elif agent.kept is not None and not agent.open:
                work, agent.kept = agent.kept, None
                work.left += work.type.resume_work
                self.start(work, agent, now)
            else:
                agent.stand_ready()
                break

    def agent_has_room(self, agent: Agent, now: int) -> None:
        """An agent who has come on duty, come back, or has one contact less looks for work, unless it is to go."""
        if now < agent.until and not agent.pool.overdue:
            self.agent_looks_for_contact(agent, now)
        elif not agent.open:
            self.when_due(agent, now)
        elif agent.menu() is not None:
            agent.stand_ready()

    def agents_look_for_contacts(self, pool: Pool, now: int) -> None:
        """Agents with room look for contacts, by number."""
        for agent in sorted((agent for ready in pool.ready for agent in ready), key=lambda agent: agent.number):
            if now < agent.until and agent.place is not None:
                self.agent_looks_for_contact(agent, now)

    # Work.

    def start(self, contact: Contact, agent: Agent, now: int) -> None:
        """The agent opens the contact; what else it has open goes on at the new rate."""
        if contact.waits:
            leave_queue(contact)
        if agent.open:
            agent.settle(now)
        else:
            agent.settled = now
        agent.open.append(contact)
        agent.since = contact.since = now
        type = contact.type
        if type.is_deferred:
            agent.on_deferred = True
            if agent.pool.is_interruptible:
                agent.pool.on_deferred_work.append(agent)
        elif type.is_call:
            agent.on_call = True
        self.set_alarm(agent, now)

    def set_alarm(self, agent: Agent, now: int) -> None:
        """Wake the agent when the first of its open contacts is done: ceil(left / rate) ticks from now (rule 1)."""
        open, rates = agent.open, agent.rates
        k = len(open) - 1
        if k == 0:
            delay = -(-open[0].left // rates[open[0].type.number][0])
        else:
            delay = min([-(-contact.left // rates[contact.type.number][k]) for contact in open])
        agent.next_end = now + delay
        if agent.next_end < agent.rings_at:
            if agent.rings_at != NEVER:  # the alarm is set for later and cannot be moved: leave it, take another
                agent.alarm = Alarm(agent)
            agent.rings_at = agent.next_end
            self.clock.set(agent.alarm, self.rings, delay, agent.priority)

    def work_ends(self, alarm: Alarm) -> None:
        """One or more of an agent's contacts come to the end of talk, of wrap-up or of handling."""
        agent: Agent = alarm.owner
        if alarm is not agent.alarm:
            return
        now, agent.rings_at = agent.rings_at, NEVER
        if not agent.open:
            return
        if now < agent.next_end:
            agent.rings_at = agent.next_end
            self.clock.set(alarm, self.rings, agent.next_end - now, agent.priority)
            return
        load = len(agent.open)
        if load == 1:
            self.phase_ends(agent.open[0], agent, now)
        else:
            agent.settle(now)
            for contact in [contact for contact in agent.open if contact.left <= 0]:
                self.phase_ends(contact, agent, now)
        if agent.open:
            self.set_alarm(agent, now)
        if len(agent.open) < load:
            if agent.place is not None:
                agent.step_aside()
            self.agent_has_room(agent, now)

    def phase_ends(self, contact: Contact, agent: Agent, now: int) -> None:
        """Talk is over, and customer and line are free, if not slot and agent; or all work on the contact is done."""
        if contact.type.lines is not None and not contact.has_left:
            contact.type.lines.held -= 1
        if contact.wrap_up:
            contact.has_left = True
            self.record.left[contact.row] = now
            contact.left, contact.wrap_up = contact.wrap_up, 0
            agent.settled = now
        else:
            self.close(contact, agent, Why.WRAPPED_UP if contact.has_left else Why.DONE, now)
            if self.awaited:
                self.when_over(contact, now)

    def close(self, contact: Contact, agent: Agent, why: Why, now: int) -> None:
        """The agent has the contact open no more."""
        agent.open.remove(contact)
        agent.since = now
        if contact.type.is_deferred:
            agent.on_deferred = False
            if agent.pool.is_interruptible:
                agent.pool.on_deferred_work.remove(agent)
        elif contact.type.is_call:
            agent.on_call = False
        self.record.segment(contact.row, agent.number, agent.spell, contact.since, now, why)

    def put_down(self, agent: Agent, why: Why, now: int) -> Contact:
        """The agent stops the deferred work that it has in hand, without having finished it."""
        agent.settle(now)
        work = agent.open[0]
        self.close(work, agent, why, now)
        return work

    # Waiting.

    def return_to_queue(self, work: Contact, now: int) -> None:
        """Deferred work goes back to the place of its original arrival, for anyone. It has yet to look for an agent."""
        join_queue(work)
        self.set_timer(work, now)

    def set_timer(self, contact: Contact, now: int) -> None:
        """Wake a waiting contact at the end of the next ``after`` of its steps."""
        after = contact.type.next_after(now - contact.arrived)
        if after is not None:
            contact.timer = Alarm(contact)
            delay = contact.arrived + after - now
            self.clock.set(contact.timer, (self.waited_long_enough,), delay, WAITED_LONG_ENOUGH + contact.row)

    def waited_long_enough(self, alarm: Alarm) -> None:
        """A further pool may take the contact now."""
        contact: Contact = alarm.owner
        if alarm is contact.timer and contact.waits:
            now = self.clock.now
            if not self.contact_looks_for_agent(contact, now):
                self.set_timer(contact, now)

    def give_up(self, contact: Contact, outcome: Outcome, now: int) -> None:
        """A waiting contact leaves without an answer."""
        leave_queue(contact)
        self.record.unserved(contact.row, outcome, now)
        if contact.type.lines is not None:
            contact.type.lines.held -= 1
        if self.awaited:
            self.when_over(contact, now)
