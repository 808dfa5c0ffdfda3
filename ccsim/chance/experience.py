"""What people can in each spell: speed of their own, learning by weeks on the floor, training and nesting (rule 9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from ccsim.plan import UNITS_PER_TICK, Channel
from ccsim.workload import Rates

if TYPE_CHECKING:
    from ccsim.chance.people import People
    from ccsim.chance.streams import Streams
    from ccsim.plan import Bools, Careers, Floats, Ints, Plan

WEEK = 7
"""[days]"""
LEARNED = (1 << 20) - 1
"""Weeks of who has nothing left to learn: 20,000 years."""


@dataclass(frozen=True)
class Experience:
    """Of the person who works each stretch."""

    row: Ints
    """Of ``People``."""
    line: Ints
    floor: Floats
    """On the floor before the stretch's date; negative in training, inf = experienced. [days]"""
    tenure: Floats
    """Since hiring; inf = experienced. [days]"""
    training: Bools
    nesting: Bools

    @classmethod
    def of(cls, careers: Careers, people: People, row: Ints, line: Ints, date: Ints) -> Experience:
        """Of the people in these rows on these dates."""
        tenure = people.tenure[row] + (date - people.hired[row])
        floor = tenure - careers.training[line]
        return cls(row, line, floor, tenure, floor < 0, (floor >= 0) & (floor < careers.nesting[line]))

    @property
    def stage(self) -> Ints:
        """2 in training, 1 nesting, else 0."""
        return 2 * self.training + self.nesting


def rates(plan: Plan, streams: Streams, people: People, known: Experience) -> tuple[Rates | None, Ints]:
    """
    Rates, resolution and transfers for every combination of pool, person and weeks that occurs, and the row of each
    stretch; without rates, where nobody differs, the row is that of the pool.
    """
    careers = plan.careers
    assert careers is not None
    pool = plan.agents.pool[people.agent[known.row]]
    learns = (careers.new_handle_time != 1) | (careers.new_resolves != 1)
    if not (learns.any() or careers.spread.any()):
        return None, pool
    weeks = np.clip(known.floor, 0.0, LEARNED * WEEK) // WEEK
    weeks = np.where(learns[known.line], weeks, LEARNED).astype(np.int64)
    # Where people are all alike the person is left out; a pool's learning is the same for all its lines.
    person = np.where(careers.spread[known.line] > 0, known.row + 1, 0)
    key = (pool * (len(people.agent) + 1) + person) * (LEARNED + 1) + weeks
    _, first, row = np.unique(key, return_index=True, return_inverse=True)
    line, pool = known.line[first], pool[first]
    left = 0.5 ** (weeks[first] / careers.half_life[line])
    slower = speed_factor(plan, streams, people)[known.row[first]] * (1 + (careers.new_handle_time[line] - 1) * left)
    if plan.moves is None:
        resolves = transfers = np.empty((0, 0))
    else:
        resolved = plan.moves.resolves[pool] * (1 + (careers.new_resolves[line] - 1) * left)[:, None]
        resolves, transfers = np.minimum(resolved, 1.0), plan.moves.transfers[pool]
    return Rates(units_per_tick(plan, pool, slower), resolves, transfers), row


def speed_factor(plan: Plan, streams: Streams, people: People) -> Floats:
    """How much longer than usual each person takes: lognormal with mean 1; its logarithm has variance ln(1 + cv^2)."""
    assert plan.careers is not None
    line, seat = plan.agents.line[people.agent], plan.agents.seat[people.agent]
    factor = np.ones(len(line))
    spread = plan.careers.spread[line]
    for line_, number in np.unique(np.stack([line, people.number])[:, spread > 0], axis=1).T.tolist():
        mine = np.flatnonzero((line == line_) & (people.number == number))
        uniforms = streams.uniforms("speed", plan.agents.line_name[line_], number, int(seat[mine].max()) + 1)
        variance = np.log1p(plan.careers.spread[line_] ** 2)
        factor[mine] = np.exp(ndtri(uniforms[seat[mine]]) * np.sqrt(variance) - variance / 2)
    return factor


def units_per_tick(plan: Plan, pool: Ints, slower: Floats) -> Ints:
    """
    [R, T, K] whole-number rates of people of these pools who take so many times as long as usual (rule 1); 0 where a
    pool does not handle a type or hold so many contacts.
    """
    pools = plan.pools
    alone = np.where(np.isnan(pools.speed), np.nan, 1.0)
    is_chat = (plan.types.channel == Channel.CHAT)[None, :, None]
    pace = np.where(is_chat, pools.speed[pool][:, None, :], alone[pool][:, None, :])
    exact = UNITS_PER_TICK * pace / (pools.factor[pool] * slower[:, None])[:, :, None]
    return np.where(np.isnan(exact), 0, np.maximum(1.0, np.rint(np.nan_to_num(exact)))).astype(np.int64)
