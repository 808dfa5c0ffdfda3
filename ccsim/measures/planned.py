"""Agents by plan, before chance: on duty, and expected to be available."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.measures.level import Level, aligned
from ccsim.measures.tally import sums
from ccsim.measures.timeline import AgentSpans, Timeline

if TYPE_CHECKING:
    from ccsim.plan import Floats, Plan


def planned_levels(plan: Plan) -> list[Level]:
    """Of each pool the agents on duty by plan: absence, breaks and shrinkage not taken out."""
    shifts, pools = plan.shifts, range(len(plan.pools.name))
    of_shift = plan.agents.pool[shifts.agent]
    return [
        heads_level(plan, pool)
        if has_heads(plan, pool)
        else Level.count(shifts.begins[of_shift == pool], shifts.ends[of_shift == pool])
        for pool in pools
    ]


def has_heads(plan: Plan, pool: int) -> bool:
    """Whether a pool is staffed by numbers."""
    return bool(plan.heads.offset[pool] < plan.heads.offset[pool + 1])


def heads_level(plan: Plan, pool: int) -> Level:
    """The number of agents of a pool that is staffed by numbers."""
    rows = slice(plan.heads.offset[pool], plan.heads.offset[pool + 1])
    return Level.of(plan.heads.begins[rows], plan.heads.number[rows])


def expected_agents(plan: Plan) -> Floats:
    """
    [P, I] time average of planned agents on duty, less breaks and what absence and shrinkage take on average.

    Nobody is taken off for training, vacant seats and lateness, nor added who comes only if needed: that is how far a
    plan of heads is from the floor.

    Off-phone blocks are a share of present time, paid breaks included, but lie outside breaks: time at the desk loses
    that much more. Where shrinkage takes heads (``as_heads``) it takes the share as it stands.
    """
    agents, shrinkage, edges = plan.agents, plan.shrinkage, plan.promises.edges
    lines = len(agents.line_name)
    present, desk = planned_time(plan)
    per_line = [sums(agents.line, spans.per_agent(len(agents.line)), lines) for spans in (present, desk)]
    more = np.divide(per_line[0], per_line[1], out=np.ones(lines), where=per_line[1] > 0)
    other = np.where(shrinkage.as_heads, shrinkage.other, np.minimum(shrinkage.other * more, 1.0))

    at_desk = np.array([level.total(edges) for level in desk.levels(agents.line, lines)]).reshape(lines, -1)
    pool_of_line = np.zeros(lines, np.int64)
    pool_of_line[agents.line] = agents.pool
    for line in np.flatnonzero(np.diff(plan.heads.offset)[pool_of_line]):
        at_desk[line] = heads_level(plan, int(pool_of_line[line])).total(edges)
    available = ((1 - shrinkage.absence) * (1 - other))[:, None] * at_desk / np.diff(edges)
    expected = np.zeros((len(plan.pools.name), len(edges) - 1))
    np.add.at(expected, pool_of_line, available)
    return expected


def planned_time(plan: Plan) -> tuple[AgentSpans, AgentSpans]:
    """Shifts less unpaid breaks, and less all breaks and activities, within the counted period."""
    timeline, shifts = Timeline.of(plan), plan.shifts
    agent = np.repeat(shifts.agent, np.diff(shifts.block_offset))
    due, back, unpaid = shifts.block_due, shifts.block_due + shifts.block_length, ~shifts.block_paid
    times, (on_duty, away, gone) = aligned(
        timeline.count(shifts.agent, shifts.begins, shifts.ends),
        timeline.count(agent, due, back),
        timeline.count(agent[unpaid], due[unpaid], back[unpaid]),
    )
    return (
        timeline.spans(Level.of(times, (on_duty > 0) & (gone == 0))),
        timeline.spans(Level.of(times, (on_duty > 0) & (away == 0))),
    )
