"""Time on duty as planned, before chance: shifts as they stand, numbers of agents made into stretches (rule 8)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ccsim.chance.streams import Streams
    from ccsim.plan import Bools, Floats, Ints, Plan


@dataclass(frozen=True)
class Blocks:
    """Time away from contacts, in the columns of ``workload.Spells``; ``row`` is the stretch it belongs to."""

    row: Ints
    due: Ints
    length: Ints
    paid: Bools
    kind: Ints

    @classmethod
    def none(cls) -> Blocks:
        nothing = np.empty(0, np.int64)
        return cls(nothing, nothing, nothing, np.empty(0, np.bool_), nothing)

    def and_(self, other: Blocks) -> Blocks:
        return Blocks(*(np.concatenate([getattr(self, f.name), getattr(other, f.name)]) for f in fields(self)))

    def where(self, chosen: Bools | Ints) -> Blocks:
        return Blocks(*(getattr(self, f.name)[chosen] for f in fields(self)))

    def of(self, stretches: Ints) -> Blocks:
        """Those of these stretches, each of which may be named more than once; they are numbered anew."""
        order = np.argsort(self.row, kind="stable")
        first, end = np.searchsorted(self.row[order], [stretches, stretches + 1])
        row = np.repeat(np.arange(len(stretches)), end - first)
        block = order[np.arange(len(row)) - np.repeat(np.cumsum(end - first) - end, end - first)]
        return Blocks(row, self.due[block], self.length[block], self.paid[block], self.kind[block])


@dataclass(frozen=True)
class Stretches:
    """Planned time on duty, one row per agent and stretch of a local date, ordered by (agent, begins)."""

    agent: Ints
    line: Ints
    seat: Ints
    begins: Ints
    ends: Ints
    date: Ints
    """Local date of the start."""
    part: Ints
    """Stretches of one agent and date, counted from 0."""
    absent: Bools
    """Nobody comes."""
    blocks: Blocks
    """Breaks and activities."""

    def of(self, rows: Ints) -> Stretches:
        """These stretches, numbered anew, with their blocks."""
        columns = {f.name: getattr(self, f.name)[rows] for f in fields(self) if f.name != "blocks"}
        return Stretches(**columns, blocks=self.blocks.of(rows))

    def and_(self, other: Stretches) -> Stretches:
        """Both, in order."""
        whole = Stretches(
            **{
                f.name: np.concatenate([getattr(self, f.name), getattr(other, f.name)])
                for f in fields(self)
                if f.name != "blocks"
            },
            blocks=self.blocks.and_(replace(other.blocks, row=other.blocks.row + len(self.agent))),
        )
        return whole.of(np.lexsort((whole.begins, whole.agent)))


def stretches(plan: Plan, streams: Streams) -> Stretches:
    """Planned stretches of all agents, of shifts and of numbers."""
    shifts = plan.shifts
    agent, begins, ends, date = np.hstack(
        [
            np.array([shifts.agent, shifts.begins, shifts.ends, shifts.date]).reshape(4, -1),
            *(heads(plan, streams, pool) for pool in range(len(plan.pools.name))),
        ]
    )
    order = np.lexsort((begins, agent))
    position = np.argsort(order)
    shift = np.repeat(np.arange(len(shifts.agent)), np.diff(shifts.block_offset))
    agent, begins, ends, date = agent[order], begins[order], ends[order], date[order]
    row = np.arange(len(agent))
    first = np.ones(len(agent), np.bool_)
    first[1:] = (agent[1:] != agent[:-1]) | (date[1:] != date[:-1])
    return Stretches(
        agent=agent,
        line=plan.agents.line[agent],
        seat=plan.agents.seat[agent],
        begins=begins,
        ends=ends,
        date=date,
        absent=np.zeros(len(agent), np.bool_),
        part=row - np.maximum.accumulate(np.where(first, row, 0)),
        blocks=Blocks(position[shift], shifts.block_due, shifts.block_length, shifts.block_paid, shifts.block_kind),
    )


def heads(plan: Plan, streams: Streams, pool: int) -> Ints:
    """
    Stretches of a pool staffed by numbers, in rows agent, begins, ends, date; cut at each local midnight.

    Where leavers are pooled agent k is on duty while the number is above k. Where they are named, a drop takes the
    agents with the lowest uniforms of that date, and a rise calls the lowest seats that are free.
    """
    own = slice(*plan.heads.offset[pool : pool + 2])
    begins, number, date = plan.heads.begins[own], plan.heads.number[own], plan.heads.date[own]
    agents = np.flatnonzero(plan.agents.pool == pool)
    if len(begins) == 0 or len(agents) == 0:
        return np.empty((4, 0), np.int64)
    changes = np.ones(len(begins), np.bool_)
    changes[1:] = (number[1:] != number[:-1]) | (date[1:] != date[:-1])
    begins, number, date = begins[changes], number[changes], date[changes]
    if plan.pools.pooled_leavers[pool]:
        on_duty = np.arange(len(agents))[:, None] < number
    else:
        on_duty = named(streams, plan.agents.line_name[plan.agents.line[agents[0]]], number, date, len(agents))
    new_day = np.concatenate([[True], date[1:] != date[:-1]])
    before = np.hstack([np.zeros((len(agents), 1), np.bool_), on_duty[:, :-1]])
    after = np.hstack([on_duty[:, 1:], np.zeros((len(agents), 1), np.bool_)])
    who, first = np.nonzero(on_duty & (new_day | ~before))
    _, last = np.nonzero(on_duty & (np.append(new_day[1:], True) | ~after))
    return np.array([agents[who], begins[first], np.append(begins, plan.run_end)[last + 1], date[first]])


def named(streams: Streams, line: str, number: Ints, date: Ints, agents: int) -> Bools:
    """Who is on duty in each row of a number of agents [agents, rows], where the leavers are picked by drawn rank."""
    on_duty = np.zeros((agents, len(number)), np.bool_)
    now = np.zeros(agents, np.bool_)
    for row, wanted in enumerate(number.tolist()):
        surplus = int(now.sum()) - wanted
        if surplus > 0:
            rank = streams.uniforms("leaver", line, int(date[row]), agents)
            present = np.flatnonzero(now)
            now[present[np.argsort(rank[present])[:surplus]]] = False
        else:
            now[np.flatnonzero(~now)[:-surplus]] = True
        on_duty[:, row] = now
    return on_duty


def by_seat(streams: Streams, purpose: str, plan: Plan, planned: Stretches, rows: Ints) -> Floats:
    """A uniform for each of these stretches: seat k of a line on a date has the k-th of their stream (rule 3)."""
    line, date, seat = planned.line[rows], planned.date[rows], planned.seat[rows]
    order = np.lexsort((seat, date, line))
    uniforms = np.empty(len(rows))
    cuts = np.flatnonzero(np.diff(line[order]) | np.diff(date[order])) + 1
    for group in np.split(order, cuts) if len(order) else []:
        key, seats = plan.agents.line_name[line[group[0]]], seat[group]
        uniforms[group] = streams.uniforms(purpose, key, int(date[group[0]]), int(seats[-1]) + 1)[seats]
    return uniforms
