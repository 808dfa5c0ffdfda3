"""Agents come on duty, take breaks, and leave (rules 8 and 9)."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

from ccsim.engine.clock import CAPACITY_COMES, CAPACITY_GOES, NEVER, Alarm
from ccsim.log import Why
from ccsim.plan import SpellKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ccsim.engine.agents import Agent, Pool
    from ccsim.engine.clock import Clock
    from ccsim.engine.contacts import Contact
    from ccsim.engine.floor import Floor
    from ccsim.engine.record import Record
    from ccsim.workload import Spells

_END = -1
"""In place of a block: the end of the spell."""


def comings(spells: Spells) -> Iterator[tuple[int, int, int]]:
    """Begins of spells, of those who are late when they come: (instant, priority, spell)."""
    agents, comes = spells.agent.tolist(), (spells.begins + spells.late).tolist()
    return iter(sorted((comes[spell], CAPACITY_COMES + agents[spell], spell) for spell in expected(spells)))


def goings(spells: Spells) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Ends of spells and blocks as they fall due: (instant, priority, (spell, block or _END)), ends first."""
    agents, ends = spells.agent.tolist(), spells.ends.tolist()
    offsets, dues = spells.block_offset.tolist(), spells.block_due.tolist()
    rows = [(ends[spell], CAPACITY_GOES + agents[spell], (spell, _END)) for spell in expected(spells)]
    rows.extend(
        (dues[block], CAPACITY_GOES + agent, (spell, block))
        for spell, agent in enumerate(agents)
        for block in range(offsets[spell], offsets[spell + 1])
    )
    return iter(sorted(rows))


def expected(spells: Spells) -> list[int]:
    """Spells whose agents come unasked: not absent, not later than the end, not on call."""
    comes = ~spells.absent & (spells.begins + spells.late < spells.ends) & (spells.kind != SpellKind.ON_CALL)
    return np.flatnonzero(comes).tolist()


def following(spells: Spells) -> dict[int, int]:
    """Spells that begin when another one of their agent ends, from when on it works at other rates: the one before."""
    rows = np.array(expected(spells), dtype=np.int64)
    rows = rows[np.lexsort((spells.begins[rows], spells.agent[rows]))]
    before, after = rows[:-1], rows[1:]
    touches = (spells.agent[before] == spells.agent[after]) & (
        spells.ends[before] == (spells.begins + spells.late)[after]
    )
    return dict(zip(after[touches].tolist(), before[touches].tolist(), strict=True))


class Roster:
    """Who is on duty, until when, and whose break is next."""

    def __init__(
        self,
        clock: Clock,
        floor: Floor,
        record: Record,
        agents: list[Agent],
        spells: Spells,
        rates: list[list[list[int]]],
    ) -> None:
        self.clock = clock
        self.floor = floor
        self.record = record
        self.agents = agents
        self.rates = rates
        self.comes = (spells.begins + spells.late).tolist()
        self.ends = spells.ends.tolist()
        self.order = spells.order.tolist()
        self.rate_row = spells.rate_row.tolist()
        self.is_willing = [False] * len(spells.agent)
        """Per spell: its agent may go home early."""
        self.block_offset = spells.block_offset.tolist()
        self.block_due = spells.block_due.tolist()
        self.block_length = spells.block_length.tolist()
        self.block_over = (spells.block_due + spells.block_length).tolist()
        """When a block that is taken in time is over."""
        self.before = following(spells)
        self.who_ends: dict[int, Agent] = {}
        """Who leaves at the end planned for a spell: the agent who works it, until ends are traded."""
        self.pool_wakes_or_sleeps: Callable[[Pool, int], None]
        self.pool_starts_again: Callable[[Pool, int], None]

    # Coming.

    def spell_begins(self, spell: int, now: int) -> None:
        """
        An agent's spell begins.

        One who still finishes contacts of the spell before begins when they are done. Where leavers are pooled the
        person may, having traded ends, be on duty already: then somebody off duty comes instead, the lowest number,
        unless the spell before ends at this very instant, and with it the one that is on, or all are on duty.
        """
        agent = self.agents[self.record.spell_agent[spell]]
        pool = agent.pool
        slept = pool.on_shift == 0
        pool.on_shift += 1
        if pool.overdue:
            self.newcomer_relieves(pool, spell, now)
        elif agent.spell < 0:
            self.begin(agent, spell, now)
        elif (
            pool.pools_leavers
            and not self.ends_now(agent, self.before.get(spell), now)
            and (other := next((other for other in pool.agents if other.spell < 0), None)) is not None
        ):
            self.begin(other, spell, now)
        else:
            agent.late_spell = spell
            self.who_ends[spell] = agent
            pool.on_shift -= agent.back is not None  # who is out counts once it is back
        if slept and pool.on_shift:
            self.pool_wakes_or_sleeps(pool, now)

    def ends_now(self, agent: Agent, spell: int | None, now: int) -> bool:
        """
        The agent takes the end of this spell, if it is yet to come, for its own: the next spell follows. Who was to
        leave now stays, and if it is free already it looks for a contact, or takes a break that has been due.
        """
        if spell is None or spell not in self.who_ends:
            return False
        other = self.who_ends[spell]
        if other is not agent:
            self.trade_ends(agent, other)
            if not other.open and other.break_over is None and other.back is None:
                self.floor.agent_looks_for_contact(other, now)
        return True

    def begin(self, agent: Agent, spell: int, now: int) -> None:
        """Come on duty and look for a contact, or find the site dark."""
        agent.spell = agent.end_of = spell
        agent.order = self.order[spell]
        agent.is_willing = self.is_willing[spell]
        agent.rates = self.rates[self.rate_row[spell]]
        agent.block, agent.blocks_end = self.block_offset[spell], self.block_offset[spell + 1]
        self.blocks_pass(agent, self.comes[spell])
        # Whoever is called in at the last moment is due for what has fallen due at this very instant.
        agent.fallen_due = bisect_right(self.block_due, now, agent.block, agent.blocks_end) - 1
        agent.since = agent.settled = now
        self.who_ends[spell] = agent
        self.record.spell_agent[spell] = agent.number
        self.record.begins[spell] = now
        self.look_ahead(agent, self.ends[spell])
        if now < agent.dark_until:
            self.goes_out(agent, now)
        else:
            self.floor.agent_looks_for_contact(agent, now)

    def look_ahead(self, agent: Agent, end: int) -> None:
        """The agent takes work only until its end or its next block, whichever falls due first."""
        agent.end = end
        agent.due = self.block_due[agent.block] if agent.block < agent.blocks_end else NEVER
        agent.until = min(end, agent.due) if agent.back is None else 0

    def is_called_in(self, spell: int, begins: int, ends: int, now: int) -> None:
        """Of a spell on call this much is worked."""
        agent = self.record.spell_agent[spell]
        self.comes[spell] = self.record.planned_from[spell] = begins
        self.ends[spell] = self.record.planned_to[spell] = ends
        self.clock.set(Alarm(), (lambda _: self.falls_due((spell, _END), ends),), ends - now, CAPACITY_GOES + agent)
        if begins == now:
            self.spell_begins(spell, now)
        else:
            begin = (lambda _: self.spell_begins(spell, begins),)
            self.clock.set(Alarm(), begin, begins - now, CAPACITY_COMES + agent)

    # Going.

    def falls_due(self, what: tuple[int, int], now: int) -> None:
        """The end of a spell or one of its blocks is due."""
        spell, block = what
        if block == _END:
            self.end_falls_due(spell, now)
        else:
            self.block_falls_due(spell, block, now)

    def end_falls_due(self, spell: int, now: int) -> None:
        agent = self.who_ends.pop(spell, None)
        if agent is None:  # gone home early
            return
        self.floor.transfers.lets_go(agent, now)
        pool = agent.pool
        counts = agent.back is None
        if counts:
            pool.on_shift -= 1
        handed_over = None
        if agent.end_of != spell:
            self.passes_in_overtime(agent, spell, now)
        if agent.late_spell >= 0:
            self.goes_on(agent, now)
        elif pool.pools_leavers and agent.open:
            self.somebody_leaves(agent, now)
        else:
            handed_over = self.goes(agent, now)
        # Where a pool takes over from one that falls asleep, those who have waited longer come first.
        if counts and pool.on_shift == 0:
            self.pool_wakes_or_sleeps(pool, now)
        if handed_over is not None:
            self.floor.looks_again(handed_over, now)

    def goes_home_early(self, agent: Agent, now: int) -> None:
        """An idle agent leaves before its end, while others of the pool are idle: the pool does not fall asleep."""
        agent.step_aside()
        agent.pool.on_shift -= 1
        del self.who_ends[agent.end_of]
        self.record.sent_home[agent.spell] = True
        self.spell_ends(agent, now)

    def shift_ends(self, agent: Agent, now: int) -> None:
        """Hand over deferred work; leave, or finish in overtime what is in hand."""
        handed_over = self.goes(agent, now)
        if handed_over is not None:
            self.floor.looks_again(handed_over, now)

    def goes(self, agent: Agent, now: int) -> Contact | None:
        """Return deferred work, which has yet to look for a colleague; leave, or finish in overtime what is in hand."""
        agent.step_aside()
        work = self.work_to_hand_over(agent, now)
        if work is not None:
            work.left += work.type.hand_over_work
            self.floor.return_to_queue(work, now)
        if not agent.open:
            self.leave(agent, now)
        return work

    def passes_in_overtime(self, agent: Agent, spell: int, now: int) -> None:
        """
        A spell is over before it could begin, and with it the agent's day, unless another one follows. Where leavers
        are pooled the spell that the agent is in takes its end.
        """
        self.record.begins[spell] = self.record.ends[spell] = now
        if agent.late_spell == spell:
            agent.late_spell = -1
            if agent.pool.pools_leavers:
                self.record.planned_to[spell] = agent.end
                agent.end_of = spell
                self.look_ahead(agent, now)

    def goes_on(self, agent: Agent, now: int) -> None:
        """From one spell straight into the next, with what is kept; what is in hand is finished first, as it began."""
        if not agent.open:
            agent.step_aside()
            self.leave(agent, now)

    def work_to_hand_over(self, agent: Agent, now: int) -> Contact | None:
        """Deferred work that the agent keeps, or has in hand and is not to finish."""
        if agent.kept is not None:
            work, agent.kept = agent.kept, None
            return work
        if agent.on_deferred:
            agent.settle(now)
            work = agent.open[0]
            if work.left + work.wrap_up >= work.type.finish_if_under:
                return self.floor.put_down(agent, Why.HANDED_OVER, now)
        return None

    def leave(self, agent: Agent, now: int) -> None:
        """Go home, or begin the next spell if that is late already."""
        is_out = agent.back is not None
        self.spell_ends(agent, now)
        late, agent.late_spell = agent.late_spell, -1
        if late >= 0:
            agent.pool.on_shift += is_out
            self.begin(agent, late, now)

    def spell_ends(self, agent: Agent, now: int) -> None:
        """The spell, and with it a break that is still on."""
        if agent.break_over is not None:
            self.break_ends(agent, now)
        self.downtime_ends(agent, now)
        self.record.ends[agent.spell] = now
        self.record.planned_to[agent.spell] = agent.end
        agent.spell = -1
        agent.until = 0

    def agent_is_due(self, agent: Agent, now: int) -> None:
        """
        An agent free of contacts goes, if somebody is to leave or its own end or break fell due before.

        What falls due at this very instant comes as an event of its own, after those of class 1 and 2. Who is free of a
        hold only after that goes now.
        """
        if agent.late_spell >= 0 and agent.end < now:
            self.leave(agent, now)
        elif agent.pool.overdue:
            self.relieve(agent, now)
        elif agent.end < now:
            self.shift_ends(agent, now)
        elif now < agent.end and (agent.due < now or agent.fallen_due >= agent.block):
            self.take_break(agent, now)

    # Leavers pooled: planned ends are traded, so that the number on duty is kept.

    def somebody_leaves(self, busy: Agent, now: int) -> None:
        """In place of a busy agent the one who is idle shortest leaves; if nobody is idle, whoever is free next."""
        idle = busy.pool.ready[0]
        if not idle:
            busy.pool.overdue.append(busy)
            return
        leaver = idle[-1]
        self.trade_ends(busy, leaver)
        self.shift_ends(leaver, now)
        if now < busy.until and busy.place is not None:
            self.floor.agent_looks_for_contact(busy, now)

    def relieve(self, agent: Agent, now: int) -> None:
        """A free agent leaves: for itself if its own end is past, else for the one whose end is past longest."""
        pool = agent.pool
        if agent in pool.overdue:
            pool.overdue.remove(agent)
        else:
            self.trade_ends(pool.overdue.pop(0), agent)
        self.shift_ends(agent, now)
        self.end_no_longer_waits(pool, now)

    def newcomer_relieves(self, pool: Pool, spell: int, now: int) -> None:
        """Who comes while an end waits would leave at once: the one whose end is past longest stays on instead."""
        stays = pool.overdue.pop(0)
        self.record.begins[spell] = self.record.ends[spell] = now
        self.record.planned_to[spell] = stays.end
        self.who_ends[spell] = stays
        stays.end_of = spell
        self.look_ahead(stays, self.ends[spell])
        self.end_no_longer_waits(pool, now)

    def end_no_longer_waits(self, pool: Pool, now: int) -> None:
        """If no other does: agents with room look for contacts, then waiting contacts for agents to interrupt."""
        if not pool.overdue:
            self.floor.agents_look_for_contacts(pool, now)
            self.pool_starts_again(pool, now)

    def trade_ends(self, one: Agent, other: Agent) -> None:
        one.end_of, other.end_of = other.end_of, one.end_of
        end = one.end
        self.look_ahead(one, other.end)
        self.look_ahead(other, end)
        for agent in (one, other):
            if agent.end_of in self.who_ends:
                self.who_ends[agent.end_of] = agent

    # Breaks.

    def block_falls_due(self, spell: int, block: int, now: int) -> None:
        """Pause deferred work and go; with live contacts in hand, finish them first."""
        agent = self.agents[self.record.spell_agent[spell]]
        if agent.spell != spell or agent.break_over is not None or agent.back is not None or agent.end <= now:
            return
        agent.fallen_due = block
        agent.step_aside()
        if agent.on_deferred:
            agent.kept = self.floor.put_down(agent, Why.PAUSED, now)
        if not agent.open:
            if agent.pool.overdue:
                self.relieve(agent, now)
            else:
                self.take_break(agent, now)

    def blocks_pass(self, agent: Agent, at: int) -> None:
        """Of blocks that fell due while the agent could not take them, what is over at this instant is gone."""
        while agent.block < agent.blocks_end and self.block_due[agent.block] < at:
            rest = self.block_over[agent.block] - at
            if rest > 0:
                self.block_length[agent.block] = rest
                break
            agent.block += 1

    def take_break(self, agent: Agent, now: int) -> None:
        """At full length, unless the shift ends first."""
        self.record.block_from[agent.block] = now
        agent.break_over = Alarm(agent)
        length = self.block_length[agent.block]
        self.clock.set(agent.break_over, (self.comes_back,), length, CAPACITY_COMES + agent.number)

    def comes_back(self, alarm: Alarm) -> None:
        """A break is over, unless it was cut; the next one may be due already."""
        agent: Agent = alarm.owner
        if alarm is agent.break_over:
            now = self.clock.now
            self.break_ends(agent, now)
            agent.since = now
            if agent.back is None:
                self.floor.agent_looks_for_contact(agent, now)
            elif now < agent.dark_until:
                agent.down_since = now

    def break_ends(self, agent: Agent, now: int) -> None:
        self.record.block_to[agent.block] = now
        agent.break_over = None
        agent.block += 1
        self.look_ahead(agent, agent.end)

    # Out, while the site is dark.

    def site_goes_dark(self, agent: Agent, now: int) -> None:
        """With nothing in hand any more an agent on duty is out, or leaves if it was to leave."""
        if agent.end > now:
            self.goes_out(agent, now)
        else:
            if agent in agent.pool.overdue:
                agent.pool.overdue.remove(agent)
            self.leave(agent, now)

    def goes_out(self, agent: Agent, now: int) -> None:
        """On duty, take nothing until the site is back for this agent. A break goes on; who is not on one is down."""
        agent.step_aside()
        agent.until = 0
        agent.pool.on_shift -= 1
        if agent.break_over is None:
            agent.down_since = now
        agent.back = Alarm(agent)
        self.clock.set(agent.back, (self.site_is_back,), agent.dark_until - now, CAPACITY_COMES + agent.number)

    def site_is_back(self, alarm: Alarm) -> None:
        """For one agent, if its spell still runs, unless another outage lasts longer."""
        agent: Agent = alarm.owner
        if alarm is not agent.back:
            return
        now, pool = self.clock.now, agent.pool
        if now < agent.dark_until:
            self.clock.set(alarm, (self.site_is_back,), agent.dark_until - now, CAPACITY_COMES + agent.number)
            return
        if agent.down_since != NEVER:
            self.blocks_pass(agent, now)
        self.downtime_ends(agent, now)
        self.look_ahead(agent, agent.end)
        slept = pool.on_shift == 0
        pool.on_shift += 1 if agent.late_spell < 0 else 2
        if agent.break_over is None:
            agent.since = now
            self.floor.agent_looks_for_contact(agent, now)
        if slept:
            self.pool_wakes_or_sleeps(pool, now)

    def downtime_ends(self, agent: Agent, now: int) -> None:
        """The agent is out no more, back or gone."""
        if agent.down_since < now:
            self.record.downtime.append((agent.number, agent.spell, agent.down_since, now))
        agent.down_since = NEVER
        agent.back = None
