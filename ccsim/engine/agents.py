"""Agents and their pools: who is on duty, what each has in hand, and who stands ready in which order."""

from __future__ import annotations

from bisect import insort
from operator import attrgetter
from typing import TYPE_CHECKING

from ccsim.engine.clock import NEVER, WORK_ENDS, Alarm

if TYPE_CHECKING:
    from ccsim.engine.contacts import Contact
    from ccsim.engine.routing import ChooseContact, Menu
    from ccsim.plan import Plan

_STANDING = attrgetter("standing")


class Pool:
    """Interchangeable agents of one site."""

    def __init__(self, plan: Plan, number: int) -> None:
        pools = plan.pools
        self.number = number
        self.concurrency = int(pools.concurrency[number])
        self.mixes_calls = bool(pools.mixes_calls[number])
        self.is_interruptible = bool(pools.interruptible[number])
        self.pools_leavers = bool(pools.pooled_leavers[number])
        self.agents: list[Agent] = []
        self.ready: list[list[Agent]] = [[] for _ in range(self.concurrency)]
        """By number of open contacts: agents with room for more, longest at that load first; ``ready[0]`` are idle."""
        self.on_deferred_work: list[Agent] = []
        """Those who may be interrupted; empty if the pool's agents may not."""
        self.overdue: list[Agent] = []
        """
        Busy agents whose shift's end is past and, leavers being pooled, waits for whoever is free next. Until then the
        pool starts no contact.
        """
        self.on_shift = 0
        """Spells that are on and whose agents have come; breaks count, agents whose site is dark do not."""
        self.anything: Menu = []
        self.live: Menu = []
        self.beside_chats: Menu | None = None
        self.beside_call: Menu | None = None
        """What there is room for; None if for nothing."""
        self.choose_contact: ChooseContact

    def has_more_idle_than(self, reserve: int, now: int, also: int = 0) -> bool:
        """Whether more agents than the reserve are idle and may take a contact, with ``also`` who just look for one."""
        idle = also
        for agent in self.ready[0]:
            if idle > reserve:
                break
            idle += now < agent.until
        return idle > reserve


class Agent:
    """A person: on duty while ``spell`` is a row of the Workload's spells (else -1)."""

    __slots__ = (
        "alarm", "back", "block", "blocks_end", "break_over", "dark_until", "down_since", "due", "end", "end_of",
        "fallen_due", "is_willing", "kept", "late_spell", "next_end", "number", "on_call", "on_deferred", "open",
        "order", "place", "pool", "priority", "rates", "rings_at", "settled", "since", "spell", "standing", "timer",
        "until",
    )  # fmt: skip

    def __init__(self, number: int, pool: Pool) -> None:
        self.number = number
        self.pool = pool
        self.priority = WORK_ENDS + number
        self.rates: list[list[int]] = []
        """``rates[type][k - 1]``: units of work per tick with k contacts open."""

        self.spell = -1
        self.order = 0
        self.end = 0
        """Planned end of the spell; ``end_of`` is the spell whose end that was before any trade."""
        self.end_of = -1
        self.late_spell = -1
        """Spell whose begin is past while the agent still finishes work of the one before."""
        self.block = self.blocks_end = 0
        """Row of the next block (break, activity, off-phone), and the row after the spell's last."""
        self.due = NEVER
        """When the next block is due."""
        self.until = 0
        """Only before this instant the agent takes work: the earlier of ``end`` and ``due``."""
        self.fallen_due = -1
        """Row of the last block whose time has come, taken or not."""
        self.break_over: Alarm | None = None
        """Set while on a break."""
        self.dark_until = 0
        """Its site is dark for it before this instant, whether on duty or not."""
        self.back: Alarm | None = None
        """Set while on duty and out: on a break that goes on in the dark, or down."""
        self.down_since = NEVER
        self.is_willing = False
        """May go home early in this spell."""
        self.timer: Alarm | None = None
        """Set for the end of the idleness after which that is tested."""

        self.open: list[Contact] = []
        self.on_call = False
        self.on_deferred = False
        self.kept: Contact | None = None
        """Interrupted or paused deferred work that waits for this agent."""
        self.settled = 0
        """Up to this instant the work done is taken off the contacts' ``left``."""
        self.since = 0
        """When the agent came to its present number of open contacts."""
        self.place: list[Agent] | None = None
        """The list of ``pool.ready`` in which the agent stands."""
        self.standing = (0, 0, 0)
        """Who goes first within a list of ``pool.ready``, and between lists of several pools."""
        self.next_end = NEVER
        self.alarm = Alarm(self)
        self.rings_at = NEVER
        """When ``alarm`` rings; it may ring too early, never too late for ``next_end``."""

    def settle(self, now: int) -> None:
        """Take the work done since the last change of rates off what is left."""
        ticks = now - self.settled
        if ticks:
            rates, k = self.rates, len(self.open) - 1
            for contact in self.open:
                contact.left -= rates[contact.type.number][k] * ticks
        self.settled = now

    def next_completion(self) -> int:
        """
        Ticks until the first of the open contacts is done: ceil(left / rate), at the present rates (rule 1); 0 if one
        is done at this instant, and another was opened before its turn.
        """
        rates, k, soonest = self.rates, len(self.open) - 1, NEVER
        for contact in self.open:
            ticks = -(-contact.left // rates[contact.type.number][k])
            if ticks < soonest:
                soonest = ticks
        return soonest if soonest > 0 else 0

    def menu(self) -> Menu | None:
        """What there is room for; None if for nothing."""
        pool = self.pool
        if not self.open:
            return pool.anything if self.kept is None else pool.live
        if len(self.open) == pool.concurrency or self.on_deferred:
            return None
        return pool.beside_call if self.on_call else pool.beside_chats

    def stand_ready(self) -> None:
        """Having room, stand among the pool's agents who have: ties at load 0 by the spell's order, then by number."""
        load = len(self.open)
        place = self.pool.ready[load]
        self.standing = (self.since, 0 if load else self.order, self.number)
        if place and place[-1].standing > self.standing:
            insort(place, self, key=_STANDING)
        else:
            place.append(self)
        self.place = place

    def step_aside(self) -> None:
        """Stand ready no more."""
        if self.place is not None:
            self.place.remove(self)
            self.place = None
