"""The center as the engine needs it: types, pools, agents and who may take what, made from Plan and Workload."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ccsim.engine.agents import Agent, Pool
from ccsim.engine.contacts import ContactType, Lines
from ccsim.engine.routing import CONTACT_CHOICES, Offer, Rank, Step, Window, agent_choice
from ccsim.plan import AgentChoice, ContactChoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ccsim.engine.routing import Menu
    from ccsim.plan import Ints, Plan
    from ccsim.workload import Workload


class Center:
    """Everything that stands in the center when the simulation begins, with nobody in it."""

    def __init__(self, plan: Plan, workload: Workload) -> None:
        self.plan = plan
        self.pools = [Pool(plan, p) for p in range(len(plan.pools.name))]
        self.agents = [Agent(number, self.pools[p]) for number, p in enumerate(plan.agents.pool.tolist())]
        for agent in self.agents:
            agent.pool.agents.append(agent)
        windows = plan.windows
        self.windows = [
            Window(stretches(windows.offset, windows.begins, windows.ends, w)) for w in range(len(windows.offset) - 1)
        ]
        lines = [Lines(limit) for limit in plan.lines.limit.tolist()]
        types = plan.types
        self.types = [
            ContactType(
                plan,
                t,
                lines[group] if group >= 0 else None,
                Window(stretches(types.opening_offset, types.opening_from, types.opening_to, t)),
            )
            for t, group in enumerate(types.line_group.tolist())
        ]
        self.steps = [self.steps_of(t) for t in range(len(self.types))]
        self.step_types: list[tuple[Step, ContactType]] = [
            (step, type) for type in self.types for _, step in self.steps[type.number]
        ]
        for type in self.types:
            ranked = self.steps[type.number]
            type.ranks = [Rank([step for _, step in steps]) for _, steps in groupby(ranked, key=lambda pair: pair[0])]
            type.afters = sorted({step.after for _, step in ranked if step.after > 0})
            type.may_interrupt = not type.is_deferred and any(step.pool.is_interruptible for _, step in ranked)
            choice = AgentChoice(int(types.agent_choice[type.number]))
            type.choose_agent = agent_choice(type, choice, workload.visits.choice)
        for pool in self.pools:
            pool.choose_contact = CONTACT_CHOICES[ContactChoice(int(plan.pools.contact_choice[pool.number]))]
            pool.anything = self.menu(pool, lambda type: True)
            pool.live = self.menu(pool, lambda type: not type.is_deferred)
            chats = self.menu(pool, lambda type: type.is_chat)
            pool.beside_chats, pool.beside_call = (pool.live, chats) if pool.mixes_calls else (chats, None)

    def steps_of(self, t: int) -> list[tuple[int, Step]]:
        """A type's steps with their ranks."""
        routing = self.plan.routing
        rows = range(int(routing.offset[t]), int(routing.offset[t + 1]))
        return [(int(routing.rank[row]), self.step(row)) for row in rows]

    def step(self, row: int) -> Step:
        routing = self.plan.routing
        window, awake, asleep = (int(column[row]) for column in (routing.window, routing.awake, routing.asleep))
        return Step(
            pool=self.pools[int(routing.pool[row])],
            after=int(routing.after[row]),
            window=self.windows[window] if window >= 0 else None,
            awake=self.pools[awake] if awake >= 0 else None,
            asleep=self.pools[asleep] if asleep >= 0 else None,
            keep_free=int(routing.keep_free[row]),
        )

    def menu(self, pool: Pool, wanted: Callable[[ContactType], bool]) -> Menu:
        """What the pool may take of the wanted types, highest priority first."""
        by_priority: dict[int, list[Offer]] = {}
        for type in self.types:
            steps = [step for _, step in self.steps[type.number] if step.pool is pool]
            if steps and wanted(type):
                priority = int(self.plan.pools.priority[pool.number, type.number])
                by_priority.setdefault(priority, []).append(Offer(type, steps))
        return [by_priority[priority] for priority in sorted(by_priority, reverse=True)]

    def types_of(self, pool: Pool) -> list[ContactType]:
        """Types that may come to the pool."""
        return self.types_with(lambda step: step.pool is pool)

    def types_with(self, concerned: Callable[[Step], bool]) -> list[ContactType]:
        """Types that have a step so concerned."""
        return list(dict.fromkeys(type for step, type in self.step_types if concerned(step)))


def stretches(offset: Ints, begins: Ints, ends: Ints, row: int) -> Iterable[tuple[int, int]]:
    """The stretches of one row of a CSR."""
    rows = slice(int(offset[row]), int(offset[row + 1]))
    return zip(begins[rows].tolist(), ends[rows].tolist(), strict=True)
