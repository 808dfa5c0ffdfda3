"""Where contacts and agents meet: a contact looks for an agent, an agent looks for a contact, and work is done."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from ccsim.engine.clock import NEVER, WAITED_LONG_ENOUGH, Alarm
from ccsim.engine.contacts import Contact, hang_up, join_queue, leave_queue
from ccsim.engine.dialing import Called
from ccsim.engine.record import pack
from ccsim.engine.routing import next_contact
from ccsim.engine.transfers import Hold, Transfers
from ccsim.log import Outcome, Why

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccsim.engine.agents import Agent, Pool
    from ccsim.engine.clock import Clock
    from ccsim.engine.contacts import ContactType
    from ccsim.engine.journeys import Journeys
    from ccsim.engine.record import Record


class Floor:
    """The dispatcher. Agents come to it and leave it by the rules of ``shifts``."""

    def __init__(self, clock: Clock, record: Record) -> None:
        self.clock = clock
        self.schedule = clock.schedule
        self.record = record
        self.segments = record.segments
        self.rings = (self.work_ends,)
        self.when_due: Callable[[Agent, int], None]
        """What an agent does who is free of contacts and whose break or end may be due."""
        self.when_over: Callable[[Contact, int], None]
        """Told of each contact that is over while some are awaited."""
        self.when_waiting: Callable[[ContactType, int], None]
        """Told that a contact has joined its queue, where that may call agents in."""
        self.when_idle: Callable[[Agent, int], None]
        """Told that an agent is idle who might go home."""
        self.awaited: set[int] = set()
        """Rows of the contacts for whose end the simulation waits, once the counted period is over."""
        self.journeys: Journeys | None = None
        self.transfers = Transfers(self, record)
        self.holds = self.transfers.holds
        self.following: deque[Contact | Agent] = deque()
        """
        Contacts passed on, then agents who passed them on or held: they look for one another at the end of the event.
        """
        self.contact_arrives: Callable[[Contact, int], None]
        """Lets in a contact that was passed on, or one of a customer who comes again."""

    # A contact looks for an agent.

    def contact_looks_for_agent(self, contact: Contact, now: int) -> bool:
        """Rank by rank among agents with room; if there is none anywhere, rank by rank among those it may interrupt."""
        type = contact.type
        choose = type.choose_agent
        for rank in type.ranks:
            agent = choose(rank.pools if rank.is_plain else rank.pools_for(contact, now), contact, now)
            if agent is not None:
                agent.step_aside()
                self.start(contact, agent, now)
                if agent.pool.concurrency > 1 and agent.menu() is not None:
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
                    self.looks_again(work, now)
                return True
        return False

    # An agent looks for a contact.

    def agent_looks_for_contact(self, agent: Agent, now: int) -> None:
        """
        An agent who comes on duty, comes back, or has one contact less looks for work, unless it is to go.

        It takes what waits, as long as there is room; then, with nothing open, the kept work; else it stands ready.
        """
        if agent.place is not None:
            agent.step_aside()
        if now >= agent.until or agent.pool.overdue:
            self.agent_takes_nothing(agent, now)
            return
        while (menu := agent.menu()) is not None:
            contact = next_contact(menu, agent, now)
            if contact is not None:
                self.start(contact, agent, now)
                if agent.pool.concurrency == 1:
                    break
            elif agent.kept is not None and not agent.open:
                work, agent.kept = agent.kept, None
                work.left += work.type.resume_work
                self.start(work, agent, now)
            else:
                agent.stand_ready()
                if agent.is_willing and not agent.open:
                    self.when_idle(agent, now)
                break

    def agent_takes_nothing(self, agent: Agent, now: int) -> None:
        """Its end or break is due, or an end in its pool waits: free of contacts it goes, else it finishes them."""
        if not agent.open:
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
        type = contact.type
        if contact.waits:
            leave_queue(contact)
            if type.calling is not None:
                type.calling.has_its_turn(contact, now)
        if agent.open:
            agent.settle(now)
            agent.open.append(contact)
            delay = agent.next_completion()
        else:
            agent.settled = now
            agent.open.append(contact)
            delay = -(-contact.left // agent.rates[type.number][0])
        agent.since = contact.since = now
        if type.is_deferred:
            agent.on_deferred = True
            if agent.pool.is_interruptible:
                agent.pool.on_deferred_work.append(agent)
        elif type.is_call:
            agent.on_call = True
        self.set_alarm(agent, now, delay)
        if self.holds:
            self.transfers.nobody_holds_for(contact, now)

    def set_alarm(self, agent: Agent, now: int, delay: int) -> None:
        """Wake the agent when the first of its open contacts will be done."""
        agent.next_end = end = now + delay
        if end < agent.rings_at:
            if agent.rings_at != NEVER:  # the alarm is set for later and cannot be moved: leave it, take another
                agent.alarm = Alarm(agent)
            agent.rings_at = end
            alarm, schedule = agent.alarm, self.schedule  # what an attribute holds is called faster by a local name
            alarm.callbacks = self.rings
            schedule(alarm, agent.priority, delay)

    def work_ends(self, alarm: Alarm) -> None:
        """One or more of an agent's contacts come to the end of talk, of wrap-up or of handling."""
        agent: Agent = alarm.owner
        if alarm is not agent.alarm:
            return
        now = agent.rings_at
        agent.rings_at = NEVER
        if now != agent.next_end:  # what was to end now has been slowed down, interrupted or paused
            if agent.open:
                self.set_alarm(agent, now, agent.next_end - now)
        elif len(agent.open) == 1 and not agent.open[0].wrap_up:
            self.done(agent.open[0], agent, now)
            if self.following:
                self.looks_later(agent, now)
            else:
                self.agent_looks_for_contact(agent, now)
        else:
            self.some_work_ends(agent, now)

    def some_work_ends(self, agent: Agent, now: int) -> None:
        """Of several open contacts, or of talk with wrap-up to follow."""
        agent.settle(now)
        load = len(agent.open)
        for contact in [contact for contact in agent.open if contact.left <= 0]:
            if contact.wrap_up:
                self.more_follows(contact, agent, now)
            else:
                self.done(contact, agent, now)
        if self.following:
            self.looks_later(agent, now)
            return
        if agent.open:
            self.set_alarm(agent, now, agent.next_completion())
        if len(agent.open) < load:
            self.agent_looks_for_contact(agent, now)

    def more_follows(self, contact: Contact, agent: Agent, now: int) -> None:
        """After dialing, holding or talk."""
        if isinstance(contact, Called) and not contact.is_reached:
            contact.calling.dialed(contact, agent, now)
        elif isinstance(contact, Hold):
            self.transfers.turns_cold(contact, agent, now)
        else:
            self.customer_leaves(contact, agent, now)

    def customer_leaves(self, contact: Contact, agent: Agent, now: int) -> None:
        """Talk is over: customer and line are free, agent and slot are not."""
        hang_up(contact)
        if self.journeys is not None and self.journeys.talk_is_over(contact, agent, now):
            return
        self.record.left[contact.row] = now
        contact.has_left = True
        contact.left, contact.wrap_up = contact.wrap_up, 0

    def done(self, contact: Contact, agent: Agent, now: int) -> None:
        """All work on the contact is done."""
        if contact.has_left:
            self.close(contact, agent, Why.WRAPPED_UP, now)
        else:
            hang_up(contact)
            if self.journeys is not None and self.journeys.talk_is_over(contact, agent, now):
                return
            self.close(contact, agent, Why.DONE, now)
        if self.awaited:
            self.when_over(contact, now)

    def is_over(self, contact: Contact, now: int) -> None:
        """Nothing more will happen to the contact."""
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
        self.segments += pack(contact.row, agent.number, agent.spell, contact.since, now, why)

    def put_down(self, agent: Agent, why: Why, now: int) -> Contact:
        """The agent stops the deferred work that it has in hand, without having finished it."""
        agent.settle(now)
        agent.next_end = NEVER
        work = agent.open[0]
        self.close(work, agent, why, now)
        return work

    # Waiting.

    def return_to_queue(self, work: Contact, now: int) -> None:
        """Work goes back to the place of its original arrival, for anyone. It has yet to look for an agent."""
        join_queue(work)
        self.set_timer(work, now)

    def set_timer(self, contact: Contact, now: int) -> None:
        """Wake a waiting contact at the end of the next ``after`` of its steps."""
        after = contact.type.next_after(now - contact.arrived)
        if after is not None:
            delay = contact.arrived + after - now
            self.clock.set(Alarm(contact), (self.waited_long_enough,), delay, WAITED_LONG_ENOUGH + contact.row)

    def waited_long_enough(self, alarm: Alarm) -> None:
        """A further pool may take the contact now."""
        contact: Contact = alarm.owner
        if contact.waits:
            now = self.clock.now
            if not self.contact_looks_for_agent(contact, now):
                self.set_timer(contact, now)

    def looks_again(self, contact: Contact, now: int) -> None:
        """A contact that is back in its queue looks for an agent, unless one has taken it already."""
        if contact.waits and not self.contact_looks_for_agent(contact, now) and contact.type.calls_in:
            self.when_waiting(contact.type, now)

    def give_up(self, contact: Contact, outcome: Outcome, now: int) -> None:
        """A waiting contact leaves without an answer."""
        leave_queue(contact)
        self.lose(contact, outcome, now)

    def lose(self, contact: Contact, outcome: Outcome, now: int) -> None:
        """A contact ends without an answer, or before what was begun is done."""
        hang_up(contact)
        self.unanswered(contact, outcome, now)

    def unanswered(self, contact: Contact, outcome: Outcome, now: int) -> None:
        """The customer has left, or is turned away, without an answer."""
        self.record.unserved(contact.row, outcome, now)
        if self.holds:
            self.transfers.nobody_holds_for(contact, now)
        if self.journeys is not None:
            self.journeys.unanswered(contact, outcome, now)
        self.is_over(contact, now)

    # After the event: contacts passed on look for agents, agents who held or passed on look for contacts.

    def looks_later(self, agent: Agent, now: int) -> None:
        """What the agent still has open goes on; it looks for a contact once those passed on have looked for agents."""
        self.rest_goes_on(agent, now)
        agent.step_aside()
        if agent not in self.following:
            self.following.append(agent)

    def rest_goes_on(self, agent: Agent, now: int) -> None:
        """What the agent has open once something else is over."""
        if agent.open:
            self.set_alarm(agent, now, agent.next_completion())
        else:
            agent.next_end = NEVER

    def those_who_follow(self, now: int) -> None:
        """One after another, in the order in which they were passed on or free."""
        while self.following:
            who = self.following.popleft()
            if isinstance(who, Contact):
                self.contact_arrives(who, now)
            else:
                self.agent_looks_for_contact(who, now)
