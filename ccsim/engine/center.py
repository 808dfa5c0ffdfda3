"""The center as the engine needs it: types, pools, agents and who may take what, made from Plan and Workload."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ccsim.engine.agents import Agent, Pool
from ccsim.engine.contacts import ContactType, Lines
from ccsim.engine.lanes import allocation
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
        lanes = [self.lanes_of(t, lines) for t in range(len(plan.types.name))]
        self.doors = [queues[0] for queues in lanes]
        """By type: where its contacts arrive, to be given to a lane if it has several."""
        self.types = [queue for queues in lanes for queue in queues]
        """Every type, or each of its lanes."""
        for type in self.types:
            choice = AgentChoice(int(plan.types.agent_choice[type.number]))
            type.choose_agent = agent_choice(type, choice, workload.visits.choice)
            if plan.lanes is not None and len(type.lanes) > 1:
                type.allocate = allocation(plan.lanes, type.number, type.lanes, workload.visits.lane)
                type.is_direct = False
        for pool in self.pools:
            pool.choose_contact = CONTACT_CHOICES[ContactChoice(int(plan.pools.contact_choice[pool.number]))]
            pool.anything = self.menu(pool, lambda type: True)
            pool.live = self.menu(pool, lambda type: type.is_urgent)
            chats = self.menu(pool, lambda type: type.is_chat)
            pool.beside_chats, pool.beside_call = (pool.live, chats) if pool.mixes_calls else (chats, None)

    def lanes_of(self, t: int, lines: list[Lines]) -> list[ContactType]:
        """The queues of a type, one unless it has lanes, which share all but their steps."""
        plan, types = self.plan, self.plan.types
        group = int(types.line_group[t])
        opening = Window(stretches(types.opening_offset, types.opening_from, types.opening_to, t))
        number = 1 if plan.lanes is None else int(plan.lanes.offset[t + 1] - plan.lanes.offset[t])
        queues = [ContactType(plan, t, lines[group] if group >= 0 else None, opening) for _ in range(number)]
        for lane, queue in enumerate(queues):
            queue.lanes = queues
            queue.keeps_clocks = plan.moves is not None and bool(
                (plan.moves.keeps_clock & (plan.moves.to_type == t)).any()
            )
            self.lead(queue, self.steps_of(t, lane))
        return queues

    def lead(self, type: ContactType, ranked: list[tuple[int, Step]]) -> None:
        """Give a queue its steps."""
        type.ranks = [Rank([step for _, step in steps]) for _, steps in groupby(ranked, key=lambda pair: pair[0])]
        type.afters = sorted({step.after for _, step in ranked if step.after > 0})
        type.may_interrupt = type.is_urgent and any(step.pool.is_interruptible for _, step in ranked)

    def steps_of(self, t: int, lane: int) -> list[tuple[int, Step]]:
        """The steps of a type's lane with their ranks."""
        routing = self.plan.routing
        rows = range(int(routing.offset[t]), int(routing.offset[t + 1]))
        return [(int(routing.rank[row]), self.step(row)) for row in rows if routing.lane[row] == lane]

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
            steps = [step for rank in type.ranks for step in rank.steps if step.pool is pool]
            if steps and wanted(type):
                priority = int(self.plan.pools.priority[pool.number, type.number])
                by_priority.setdefault(priority, []).append(Offer(type, steps))
        return [by_priority[priority] for priority in sorted(by_priority, reverse=True)]

    def types_of(self, pool: Pool) -> list[ContactType]:
        """Types that may come to the pool."""
        return self.types_with(lambda step: step.pool is pool)

    def types_with(self, concerned: Callable[[Step], bool]) -> list[ContactType]:
        """Types that have a step so concerned."""
        return [type for type in self.types if any(concerned(step) for rank in type.ranks for step in rank.steps)]


def stretches(offset: Ints, begins: Ints, ends: Ints, row: int) -> Iterable[tuple[int, int]]:
    """The stretches of one row of a CSR."""
    rows = slice(int(offset[row]), int(offset[row + 1]))
    return zip(begins[rows].tolist(), ends[rows].tolist(), strict=True)
