"""
W2: one week of phone, chat and email at two pools, ccsim's engine against a tidy SimPy model of this one center.

Run it with ``python -m benchmarks.w2 [rounds]``. Both play the same Workload; before anything is timed every contact must
have the same agent and the same start in both. Printed: process CPU time of alternating rounds and the median of their
ratios (above 1: ccsim is faster). ccsim goes the way that experiments go, ``simulate(plan, workload)``, and writes the
full Log; the tidy model, one process per contact with a dispatcher of its own, notes agent and start alone.

The center: about 89,000 contacts. Rate of half-hour k of a day: peak x (0.3 + 0.7 sin^2(pi (k + 0.5) / 48)). Phone: peak
8/min, lognormal mean 300 s and cv 1, patience Exp(180 s). Chat: 08-20 only, peak 4/min, mean 600 s, patience Exp(300 s),
up to three at once, side by side at full speed. Email: peak 3/min, mean 400 s. In-house: 40 agents 08-20, all channels;
offshore: three groups of 30 from 02, 10 and 18, 8 hours each, phone and email. Priority phone > chat > email; in-house
first, then offshore; longest idle first; agents holding chats take nothing else; at shift end idle agents leave, busy
ones finish what they have. A chat goes to the agent with most chats and still room (``most loaded``, longest at that load).
"""

from __future__ import annotations

import statistics
import sys
from collections import deque
from time import process_time
from typing import TYPE_CHECKING, Any

import numpy as np
import simpy

from ccsim.engine import simulate
from ccsim.plan import TICKS_PER_SECOND, UNITS_PER_TICK, AgentChoice
from ccsim.workload import Visits, Workload
from tests.builders import CHAT, EMAIL, PHONE, Center, Pool, Shift, Step, Type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.plan import Ints, Plan
    from ccsim.workload import Spells

HOUR, DAY, DAYS = 3600, 86_400, 7
ROUNDS = 9
CHATS = 1


# The center.


def shifts() -> list[Shift]:
    """Every day of the week and the day of the run-on; who began before it is on duty at its start."""
    rows = []
    for day in range(-1, DAYS + 1):
        groups = [
            ("in-house", range(40), 8, 12),
            *(("offshore", range(30 * g, 30 * g + 30), 2 + 8 * g, 8) for g in range(3)),
        ]
        for pool, agents, begins, hours in groups:
            begin, end = day * DAY + begins * HOUR, day * DAY + (begins + hours) * HOUR
            if end > 0:
                rows += [Shift(pool, agent, max(begin, 0), end) for agent in agents]
    return rows


def center() -> Center:
    finish = 10 * DAY
    return Center(
        types=[
            Type("phone", PHONE, priority=3),
            Type("chat", CHAT, priority=2, choose=AgentChoice.MOST_LOADED),
            Type("email", EMAIL, priority=1, finish_if_under=finish),
        ],
        pools=[
            Pool("in-house", agents=40, speed=(1.0, 1.0, 1.0)),
            Pool("offshore", agents=90, handles=("phone", "email")),
        ],
        routing={
            "phone": [Step("in-house"), Step("offshore", 1)],
            "chat": [Step("in-house")],
            "email": [Step("in-house"), Step("offshore", 1)],
        },
        contacts=[],
        shifts=shifts(),
        counted=(0, DAYS * DAY),
        run_end=(DAYS + 1) * DAY,
    )


def arrivals(random: np.random.Generator, peak: float, begins: int, ends: int) -> np.ndarray:
    """A week of a Poisson process, from ``begins`` to ``ends`` o'clock. [s]"""
    half_hours = np.arange(DAYS * 48)
    k = half_hours % 48
    expected = peak * 30 * (0.3 + 0.7 * np.sin(np.pi * (k + 0.5) / 48) ** 2) * ((begins <= k / 2) & (k / 2 < ends))
    counts = random.poisson(expected)
    return np.repeat(half_hours, counts) * 1800 + random.random(counts.sum()) * 1800


def visits(seed: int) -> Visits:
    """All contacts, by arrival."""
    random = np.random.default_rng(seed)
    sigma = np.log(2.0) ** 0.5
    columns = []
    for type, (peak, begins, ends, mean, patience) in enumerate(
        [(8, 0, 24, 300, 180), (4, 8, 20, 600, 300), (3, 0, 24, 400, None)]
    ):
        arrived = arrivals(random, peak, begins, ends)
        n = len(arrived)
        work = random.lognormal(np.log(mean) - sigma**2 / 2, sigma, n)
        wait = random.exponential(patience, n) * TICKS_PER_SECOND if patience else np.full(n, -1.0)
        columns.append(np.array([np.full(n, type), arrived * TICKS_PER_SECOND, work * TICKS_PER_SECOND + 1, wait]))
    type, arrived, work, patience = np.concatenate(columns, axis=1).astype(np.int64)
    order = np.lexsort((type, arrived))
    n = len(order)
    return Visits(
        type=type[order],
        number=np.arange(n),
        arrived=arrived[order],
        work=work[order] * UNITS_PER_TICK,
        wrap_up=np.zeros(n, dtype=np.int64),
        patience=patience[order],
        due=np.full(n, -1),
        balks=np.zeros(n, dtype=bool),
        choice=np.empty(0),
    )


# The tidy model: a process per contact, who waits as SimPy's own examples do, for its turn or the end of its patience.


class Agent:
    def __init__(self, number: int, slots: int) -> None:
        self.number = number
        self.slots = slots
        self.chats = 0
        self.on_duty = False
        self.place: list[Agent] | None = None


class TidyCenter:
    """W2 and nothing else."""

    def __init__(self, env: simpy.Environment, contacts: int) -> None:
        self.env = env
        self.agents = [Agent(number, 3 if number < 40 else 1) for number in range(130)]
        self.room: list[list[Agent]] = [[], [], []]  # in-house, by open chats
        self.offshore: list[Agent] = []
        self.waiting: list[deque[simpy.Event]] = [deque(), deque(), deque()]
        self.agent = [-1] * contacts
        self.started = [-1] * contacts

    def source(self, rows: Iterator[tuple[int, ...]]) -> Iterator[Any]:
        for row, type, arrived, work, patience in rows:
            yield self.env.timeout(arrived - self.env.now)
            self.env.process(self.contact(row, type, work, patience))

    def contact(self, row: int, type: int, work: int, patience: int) -> Iterator[Any]:
        """A contact's life: ask for an agent, wait for it as long as patience lasts, be served, let it go."""
        turn = self.ask_for_agent(type)
        if patience < 0:
            yield turn
        else:
            yield turn | self.env.timeout(patience)
            if not turn.triggered:
                self.waiting[type].remove(turn)
                return
        agent = turn.value
        self.agent[row] = agent.number
        self.started[row] = self.env.now
        yield self.env.timeout(work)
        if type == CHATS:
            agent.chats -= 1
            self.leave_place(agent)
        self.next_for(agent)

    def ask_for_agent(self, type: int) -> simpy.Event:
        """The event of getting one: at once if somebody has room, else when the contact's turn comes."""
        turn = self.env.event()
        agent = self.free_agent(type)
        if agent is None:
            self.waiting[type].append(turn)
        else:
            turn.succeed(agent)
        return turn

    def free_agent(self, type: int) -> Agent | None:
        """In-house first, then offshore, longest idle; for a chat the one with most chats and room."""
        places = reversed(self.room) if type == CHATS else (self.room[0], self.offshore)
        for place in places:
            if place:
                agent = place[0]
                self.leave_place(agent)
                if type == CHATS:
                    agent.chats += 1
                    self.take_place(agent)
                return agent
        return None

    def next_for(self, agent: Agent) -> None:
        """An agent who is free, or has a slot free, takes the first who waits: phone, then chat, then email."""
        if agent.on_duty:
            phone, chat, email = self.waiting
            if phone and not agent.chats:
                phone.popleft().succeed(agent)
                return
            while chat and agent.chats < agent.slots > 1:
                chat.popleft().succeed(agent)
                agent.chats += 1
            if email and not agent.chats:
                email.popleft().succeed(agent)
                return
            self.take_place(agent)

    def take_place(self, agent: Agent) -> None:
        if agent.chats < agent.slots:
            agent.place = self.offshore if agent.slots == 1 else self.room[agent.chats]
            agent.place.append(agent)

    def leave_place(self, agent: Agent) -> None:
        if agent.place is not None:
            agent.place.remove(agent)
            agent.place = None

    def shift(self, agents: list[Agent], begins: int, ends: int) -> Iterator[Any]:
        yield self.env.timeout(begins)
        for agent in agents:
            agent.on_duty = True
            self.next_for(agent)
        yield self.env.timeout(ends - begins)
        for agent in agents:
            agent.on_duty = False
            self.leave_place(agent)


def tidy(visits: Visits, spells: Spells, end: int) -> tuple[list[int], list[int]]:
    """Agent and start of every contact, -1 if none."""
    env = simpy.Environment()
    center = TidyCenter(env, len(visits.type))
    groups: dict[tuple[int, int], list[Agent]] = {}
    for agent, begins, ends in zip(spells.agent.tolist(), spells.begins.tolist(), spells.ends.tolist(), strict=True):
        groups.setdefault((begins, ends), []).append(center.agents[agent])
    for (begins, ends), agents in groups.items():
        env.process(center.shift(agents, begins, ends))
    columns = (visits.type, visits.arrived, visits.work // UNITS_PER_TICK, visits.patience)
    env.process(center.source(zip(range(len(visits.type)), *(c.tolist() for c in columns), strict=True)))
    env.run(until=end)
    return center.agent, center.started


# The comparison.


def check_equal(plan: Plan, workload: Workload) -> None:
    """Every contact has the same agent and the same start."""
    log = simulate(plan, workload)
    agent, started = (np.array(column) for column in tidy(workload.visits, workload.spells, plan.run_end))
    differs = np.flatnonzero((log.visits.agent != agent) | (log.visits.started != started))
    if len(differs):
        row = differs[0]
        raise SystemExit(
            f"{len(differs)} contacts differ, first {row} of type {workload.visits.type[row]}: "
            f"agent {log.visits.agent[row]} and {agent[row]}, start {log.visits.started[row]} and {started[row]}"
        )


def seconds(play: Any, *arguments: Any) -> float:
    """Process CPU time. [s]"""
    begin = process_time()
    play(*arguments)
    return process_time() - begin


def main(rounds: int = ROUNDS) -> None:
    w2 = center()
    plan, workload = w2.plan, Workload(visits(seed=2), w2.workload.spells)
    n = len(workload.visits.type)
    check_equal(plan, workload)
    print(f"W2: {n:,} contacts, same agent and same start for every one of them")
    ratios = []
    for number in range(1, rounds + 1):
        slow = seconds(tidy, workload.visits, workload.spells, plan.run_end)
        fast = seconds(simulate, plan, workload)
        ratios.append(slow / fast)
        print(
            f"round {number}: tidy {slow:.2f} s, ccsim {fast:.2f} s, {n / fast:,.0f} contacts/s, ratio {ratios[-1]:.2f}"
        )
    print(f"median ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
