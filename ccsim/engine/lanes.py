"""Types whose contacts are allocated to several queues, and the expected wait in a queue (rules 7 and 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ccsim.plan import Allocation

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccsim.engine.contacts import Contact, ContactType
    from ccsim.plan import Ints, Lanes

    Allocate = Callable[[Contact, int], ContactType]


class Wait(NamedTuple):
    """An expected wait as a fraction of whole numbers: work that comes first, by the agents who do it."""

    work: int
    """[ticks]"""
    agents: int

    def is_longer_than(self, limit: int) -> bool:
        return self.work > limit * self.agents

    def is_shorter(self, other: Wait) -> bool:
        """Without agents a wait has no end; of two such neither is shorter."""
        return self.work * other.agents < other.work * self.agents

    @property
    def ticks(self) -> int:
        """Rounded down; -1 if it has no end."""
        return self.work // self.agents if self.agents else -1


def expected_wait(queue: ContactType, mean_work: int, now: int) -> Wait:
    """
    Of who joins the queue now: (waiting + 1) x mean handle time / agents on shift.

    Agents are those of the pools whose steps are in force, whatever their ``after`` and their reserve; breaks count.
    """
    pools = dict.fromkeys(step.pool for rank in queue.ranks for step in rank.steps if step.is_in_force(now))
    return Wait((len(queue.queue) + 1) * mean_work, sum(pool.on_shift for pool in pools))


def wait_of(contact: Contact, queue: ContactType, mean_work: int, now: int) -> Wait:
    """Expected wait of one who arrives now: none if an agent would take it at once."""
    return Wait(0, 1) if is_taken_at_once(contact, queue, now) else expected_wait(queue, mean_work, now)


def is_taken_at_once(contact: Contact, queue: ContactType, now: int) -> bool:
    """Whether an agent has room for the contact, or may be interrupted for it, in the steps of this queue."""
    room = any(queue.choose_agent(rank.pools_for(contact, now), contact, now) for rank in queue.ranks)
    return room or (queue.may_interrupt and any(any(rank.interruptible_for(contact, now)) for rank in queue.ranks))


def allocation(lanes: Lanes, type: int, queues: list[ContactType], drawn: Ints) -> Allocate:
    """The rule by which contacts of a type are given to its lanes."""
    if lanes.allocation[type] == Allocation.SHARE:
        return lambda contact, now: queues[int(drawn[contact.row])]
    return shortest_wait(queues, int(lanes.mean_work[type]), int(lanes.protect[type]))


def shortest_wait(queues: list[ContactType], mean_work: int, protect: int) -> Allocate:
    """The lane with the shortest expected wait, ties to the first; but the first while it is at most ``protect``."""

    def allocate(contact: Contact, now: int) -> ContactType:
        best, *others = queues
        shortest = wait_of(contact, best, mean_work, now)
        if not shortest.is_longer_than(protect):
            return best
        for queue in others:
            wait = wait_of(contact, queue, mean_work, now)
            if wait.is_shorter(shortest):
                best, shortest = queue, wait
        return best

    return allocate
