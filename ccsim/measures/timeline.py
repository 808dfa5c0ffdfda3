"""All agents' counted periods laid end to end on one axis, so that one level tells every agent's time apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.errors import SimulationError
from ccsim.measures.level import LONGEST, Level
from ccsim.measures.tally import sums

if TYPE_CHECKING:
    from ccsim.plan import Floats, Ints, Plan, Rows


class AgentSpans(NamedTuple):
    """Stretches of agents' time in the counted period."""

    agent: Rows
    begins: Ints
    ends: Ints

    def and_(self, other: AgentSpans) -> AgentSpans:
        """The stretches of both; where they overlap, time counts twice."""
        return AgentSpans(*(np.concatenate(pair) for pair in zip(self, other, strict=True)))

    def per_agent(self, agents: int) -> Floats:
        """[N] total of each agent. [ticks; whole below 2**53]"""
        return sums(self.agent, self.ends - self.begins, agents)

    def levels(self, group: Ints, groups: int) -> list[Level]:
        """How many agents of each group over time; ``group`` is that of each agent."""
        of_span = group[self.agent]
        return [Level.count(self.begins[of_span == g], self.ends[of_span == g]) for g in range(groups)]


@dataclass(frozen=True)
class Timeline:
    """From ``begin`` to ``end`` once for every agent. [ticks]"""

    begin: int
    end: int
    agents: int

    @classmethod
    def of(cls, plan: Plan) -> Timeline:
        """The counted period of a Plan."""
        timeline = cls(plan.counted_from, plan.counted_to, len(plan.agents.pool))
        if timeline.agents * timeline.width >= LONGEST:
            raise SimulationError(
                f"{timeline.agents} agents over this many weeks are more than can be measured; split the counted period"
            )
        return timeline

    @property
    def width(self) -> int:
        # A free tick after each period keeps the end of one agent's time apart from the begin of the next agent's.
        return self.end - self.begin + 1

    def place(self, agent: Rows, times: Ints) -> Ints:
        """Where these times of these agents lie on the axis, cut to the period."""
        places = np.clip(times, self.begin, self.end)
        places += np.multiply(agent, self.width, dtype=np.int64)
        places -= self.begin
        return places

    def count(self, agent: Rows, begins: Ints, ends: Ints) -> Level:
        """How many of these spans hold at each place of the axis."""
        return Level.count(self.place(agent, begins), self.place(agent, ends))

    def spans(self, level: Level) -> AgentSpans:
        """Stretches in which the level is not 0, back on the clock."""
        begins, ends = level.spans()
        agent = begins // self.width
        shift = self.begin - agent * self.width
        return AgentSpans(agent.astype(np.int32), begins + shift, ends + shift)
