"""Who may take what (rule 7): steps and their conditions, the choice among agents, the choice among contacts."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from ccsim.engine.clock import NEVER
from ccsim.plan import AgentChoice, ContactChoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ccsim.engine.agents import Agent, Pool
    from ccsim.engine.contacts import Contact, ContactType
    from ccsim.plan import Floats

    ChooseAgent = Callable[[Sequence[Pool], Contact, int], Agent | None]
    ChooseContact = Callable[[Contact, Contact, int], Contact]
    """Which of two goes first."""

_NUMBER = attrgetter("number")


class Window:
    """Stretches [begins, ends) of time, ascending; asked in the order of time."""

    __slots__ = ("begins", "coming", "ends")

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self.coming = iter([*stretches, (NEVER, NEVER)])
        self.begins, self.ends = next(self.coming)

    def is_open(self, now: int) -> bool:
        while now >= self.ends:
            self.begins, self.ends = next(self.coming)
        return self.begins <= now


class Step:
    """A pool that may take contacts of a type: from a wait ``after`` on, while the conditions hold."""

    __slots__ = ("after", "asleep", "awake", "is_plain", "keep_free", "pool", "window")

    def __init__(
        self, pool: Pool, after: int, window: Window | None, awake: Pool | None, asleep: Pool | None, keep_free: int
    ) -> None:
        self.pool = pool
        self.after = after
        self.window = window
        self.awake = awake
        self.asleep = asleep
        self.keep_free = keep_free
        self.is_plain = after <= 0 and window is None and awake is None and asleep is None and keep_free == 0
        """It holds always."""

    def holds_for(self, contact: Contact, now: int) -> bool:
        """Whether wait and conditions are fulfilled, the reserve left aside."""
        return now - contact.arrived >= self.after and self.is_in_force(now)

    def is_in_force(self, now: int) -> bool:
        """Whether the conditions are fulfilled."""
        return (
            (self.window is None or self.window.is_open(now))
            and (self.awake is None or self.awake.on_shift > 0)
            and (self.asleep is None or self.asleep.on_shift == 0)
        )


class Rank:
    """Steps that are asked together, as one set of pools."""

    def __init__(self, steps: list[Step]) -> None:
        self.steps = steps
        self.pools = tuple(dict.fromkeys(step.pool for step in steps))
        self.is_plain = all(step.is_plain for step in steps)

    def pools_for(self, contact: Contact, now: int) -> Sequence[Pool]:
        """Pools that may take the contact now, in the order of the list."""
        if self.is_plain:
            return self.pools
        return tuple(
            dict.fromkeys(
                step.pool
                for step in self.steps
                if step.holds_for(contact, now)
                and (step.keep_free == 0 or step.pool.has_more_idle_than(step.keep_free, now))
            )
        )

    def interruptible_for(self, contact: Contact, now: int) -> Iterator[Agent]:
        """Agents on deferred work whom the contact may interrupt; a step with a reserve interrupts nobody."""
        pools = dict.fromkeys(step.pool for step in self.steps if step.keep_free == 0 and step.holds_for(contact, now))
        for pool in pools:
            if not pool.overdue:
                yield from (agent for agent in pool.on_deferred_work if now < agent.until)


class Offer:
    """What one contact type offers to the agents of one pool."""

    __slots__ = ("is_plain", "queue", "steps", "type")

    def __init__(self, type: ContactType, steps: list[Step]) -> None:
        self.type = type
        self.queue = type.queue
        self.steps = steps
        self.is_plain = any(step.is_plain for step in steps)

    def first_open_to(self, agent: Agent, now: int) -> Contact | None:
        """
        The first of the queue whom the agent may take: its head, which has waited longest, or nobody. Where older
        clocks are kept, those behind it may have waited longer in this queue.
        """
        candidates = self.queue if self.type.keeps_clocks else (self.queue[0],)
        return next((contact for contact in candidates if self.is_open_to(agent, contact, now)), None)

    def is_open_to(self, agent: Agent, contact: Contact, now: int) -> bool:
        """An agent with nothing open counts as idle itself where a reserve is kept."""
        itself = 0 if agent.open else 1
        return any(
            step.holds_for(contact, now)
            and (step.keep_free == 0 or step.pool.has_more_idle_than(step.keep_free, now, also=itself))
            for step in self.steps
        )


Menu = list[list[Offer]]
"""Offers by priority, highest first."""


def next_contact(menu: Menu, agent: Agent, now: int) -> Contact | None:
    """The waiting contact that an agent with room takes next: within a type the first that it may take."""
    for offers in menu:
        first = None
        for offer in offers:
            queue = offer.queue
            if queue:
                contact = queue[0] if offer.is_plain else offer.first_open_to(agent, now)
                if contact is not None:
                    first = contact if first is None else agent.pool.choose_contact(first, contact, now)
        if first is not None:
            return first
    return None


def longest_waiting(one: Contact, other: Contact, now: int) -> Contact:
    return one if one.place < other.place else other


def due_first(one: Contact, other: Contact, now: int) -> Contact:
    """
    Contacts without a target come last. Heads of queues are compared: in its queue who keeps an older clock may stand
    before one who is due earlier.
    """
    return min(one, other, key=lambda contact: (contact.due if contact.due >= 0 else NEVER, contact.place))


def weighted(one: Contact, other: Contact, now: int) -> Contact:
    """The wait counts from an older clock if the contact keeps one."""
    return max(one, other, key=lambda contact: (contact.type.weight * (now - contact.stands_since), -contact.place))


def longest_queue(one: Contact, other: Contact, now: int) -> Contact:
    """All who wait count, also those whom the agent may not yet take."""
    return max(one, other, key=lambda contact: (len(contact.type.queue), -contact.place))


CONTACT_CHOICES: dict[ContactChoice, ChooseContact] = {
    ContactChoice.LONGEST_WAITING: longest_waiting,
    ContactChoice.DUE_FIRST: due_first,
    ContactChoice.WEIGHTED: weighted,
    ContactChoice.LONGEST_QUEUE: longest_queue,
}


def standing_ready(pool: Pool, load: int, type: ContactType) -> Sequence[Agent]:
    """Agents with ``load`` contacts open who may have room for one of the type, longest at that load first."""
    if load == 0:
        return pool.ready[0]
    if load >= pool.concurrency or pool.overdue or not type.is_urgent or (type.is_call and not pool.mixes_calls):
        return ()
    return pool.ready[load]


def longest_idle(pools: Sequence[Pool], contact: Contact, now: int) -> Agent | None:
    """The agent of the whole rank who has been idle longest: the rule where others have no room."""
    best = None
    for pool in pools:
        for agent in pool.ready[0]:
            if now < agent.until:
                if best is None or agent.standing < best.standing:
                    best = agent
                break
    return best


def by_load(loads: range) -> ChooseAgent:
    """In the order of ``loads``, the agent of the whole rank who has been at that load longest."""

    def longest_at_load(pools: Sequence[Pool], contact: Contact, now: int) -> Agent | None:
        type = contact.type
        for load in loads:
            best = None
            for pool in pools:
                for agent in standing_ready(pool, load, type):
                    if now < agent.until and not (agent.on_call and type.is_call):
                        if best is None or agent.standing < best.standing:
                            best = agent
                        break
            if best is not None:
                return best
        return None

    return longest_at_load


def in_order(pools: Sequence[Pool], contact: Contact, now: int) -> Agent | None:
    """The first pool of the list with an agent who has room, the lowest number there."""
    for pool in pools:
        agents = with_room((pool,), contact, now)
        if agents:
            return min(agents, key=_NUMBER)
    return None


def by_lot(uniforms: Floats) -> ChooseAgent:
    """Among all agents with room in the rank, by number: the one on whom the contact's own uniform falls."""

    def at_random(pools: Sequence[Pool], contact: Contact, now: int) -> Agent | None:
        agents = sorted(with_room(pools, contact, now), key=_NUMBER)
        return agents[int(uniforms[contact.row] * len(agents))] if agents else None

    return at_random


def with_room(pools: Sequence[Pool], contact: Contact, now: int) -> list[Agent]:
    """All agents of the pools with room for the contact."""
    type = contact.type
    return [
        agent
        for pool in pools
        for load in range(pool.concurrency)
        for agent in standing_ready(pool, load, type)
        if now < agent.until and not (agent.on_call and type.is_call)
    ]


def agent_choice(type: ContactType, choice: AgentChoice, uniforms: Floats) -> ChooseAgent:
    """
    The rule by which contacts of the type choose among agents.

    The longest idle is the least loaded: idle agents first, then those with chats, fewest first.
    """
    if choice == AgentChoice.RANDOM:
        return by_lot(uniforms)
    if choice == AgentChoice.IN_ORDER:
        return in_order
    pools = [pool for rank in type.ranks for pool in rank.pools]
    beside_others = [pool.concurrency for pool in pools if type.is_chat or (type.is_call and pool.mixes_calls)]
    if not beside_others:
        return longest_idle
    loads = range(max(beside_others))
    return by_load(loads[::-1] if choice == AgentChoice.MOST_LOADED else loads)
