"""
W2: one week of phone, chat and email at two pools, ccsim's engine against a tidy SimPy model of this one center.

Run it with ``python -m benchmarks.w2 [rounds]``. The Workload is drawn from an experiment file, as in any run, and both
play it; before anything is timed every contact must have the same agent and the same start in both. Printed: process
CPU time of alternating rounds and the median of their ratios (above 1: ccsim is faster). ccsim goes the way that
experiments go, ``simulate(plan, workload)``, and writes the full Log; the tidy model notes agent and start alone.

The center has about 89,000 contacts. A half-hour k of a day has a rate of peak x (0.3 + 0.7 sin^2(pi (k + 0.5) / 48)).
At shift end idle agents leave, busy ones finish what they have. Agents holding chats take nothing else. A chat goes to
the agent with most chats and still room (``most loaded``; ties: longest at that load).
"""

from __future__ import annotations

import math
import statistics
import sys
from collections import deque
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, Any

import numpy as np
import simpy

from ccsim import chance, config, planning
from ccsim.engine import simulate
from ccsim.plan import UNITS_PER_TICK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.plan import Plan
    from ccsim.workload import Spells, Visits, Workload

ROUNDS = 9
EXPERIMENT = """
title: W2
calendar: {{start: 2026-01-05, days: {days}, timezone: UTC, run_on: 1 day}}
contact_types:
  phone:
    channel: phone
    demand: {{weekly: {{profile: {{mon-sun: {phone}}}, volume: {phone_volume} per week}}, ends: {ends}}}
    handle_time: {{lognormal: {{mean: 300 s, cv: 1}}}}
    patience: {{exponential: 180 s}}
  chat:
    channel: chat
    demand: {{weekly: {{profile: {{mon-sun: {chat}}}, volume: {chat_volume} per week}}, ends: {ends}}}
    handle_time: {{lognormal: {{mean: 600 s, cv: 1}}}}
    patience: {{exponential: 300 s}}
  email:
    channel: email
    demand: {{weekly: {{profile: {{mon-sun: {email}}}, volume: {email_volume} per week}}, ends: {ends}}}
    handle_time: {{lognormal: {{mean: 400 s, cv: 1}}}}
    at_shift_end: finish
sites:
  here: {{location: in-house, country: US, timezone: UTC}}
  there: {{location: offshore, country: PH, timezone: UTC}}
pools:
  in-house:
    site: here
    handles: {{phone: {{priority: 3}}, chat: {{priority: 2}}, email: {{priority: 1}}}}
    chat: {{concurrency: 3, speed: [1, 1, 1]}}
    shifts: {{day: {{from: 08:00, to: 20:00, agents: 40}}}}
  offshore:
    site: there
    handles: {{phone: {{priority: 3}}, email: {{priority: 1}}}}
    shifts:
      early: {{from: 02:00, to: 10:00, agents: 30}}
      late: {{from: 10:00, to: 18:00, agents: 30}}
      night: {{from: 18:00, to: 02:00, agents: 30}}
routing:
  phone: [in-house, offshore]
  chat: {{ranks: [in-house], choose: most loaded}}
  email: [in-house, offshore]
scenarios:
  W2: {{pools: [in-house, offshore]}}
"""


def experiment(days: int = 7) -> str:
    """The text of the experiment file."""
    levels = [0.3 + 0.7 * math.sin(math.pi * (k + 0.5) / 48) ** 2 for k in range(48)]
    peaks = {"phone": 8, "chat": 4, "email": 3}
    """[contacts per minute]"""
    profiles = {name: [round(peak * 30 * level, 6) for level in levels] for name, peak in peaks.items()}
    profiles["chat"] = [weight if 16 <= k < 40 else 0 for k, weight in enumerate(profiles["chat"])]
    volumes = {f"{name}_volume": round(7 * sum(profile)) for name, profile in profiles.items()}
    return EXPERIMENT.format(days=days, ends=f"2026-01-{5 + days:02}T00:00", **profiles, **volumes)


def draw(days: int = 7, seed: int = 2) -> tuple[Plan, Workload]:
    """Plan and Workload of the experiment."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "w2.yaml"
        file.write_text(experiment(days), encoding="utf-8")
        plan = planning.plan(config.load(file), "W2")
    return plan, chance.draw(plan, seed, 0)


# The tidy model: a process per contact, who waits as SimPy's own examples do, for its turn or the end of its patience.


CHAT, EMAIL, PHONE = range(3)


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
        self.waiting: list[deque[simpy.Event]] = [deque(), deque(), deque()]  # by type
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
        if type == CHAT:
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
        places = reversed(self.room) if type == CHAT else (self.room[0], self.offshore)
        for place in places:
            if place:
                agent = place[0]
                self.leave_place(agent)
                if type == CHAT:
                    agent.chats += 1
                    self.take_place(agent)
                return agent
        return None

    def next_for(self, agent: Agent) -> None:
        """An agent who is free, or has a slot free, takes the first who waits: phone, then chat, then email."""
        if agent.on_duty:
            chat, email, phone = self.waiting
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

    def shift(self, agents: list[tuple[int, Agent]], begins: int, ends: int) -> Iterator[Any]:
        """Agents come and look for contacts by number; who finds none is idle in the drawn order."""
        yield self.env.timeout(begins)
        idle = []
        for order, agent in agents:
            agent.on_duty = True
            self.next_for(agent)
            if agent.place and not agent.chats:
                self.leave_place(agent)
                idle.append((order, agent.number, agent))
        for _, _, agent in sorted(idle):
            self.take_place(agent)
        yield self.env.timeout(ends - begins)
        for _, agent in agents:
            agent.on_duty = False
            self.leave_place(agent)


def tidy(visits: Visits, spells: Spells, end: int) -> tuple[list[int], list[int]]:
    """Agent and start of every contact, -1 if none."""
    env = simpy.Environment()
    center = TidyCenter(env, len(visits.type))
    groups: dict[tuple[int, int], list[tuple[int, Agent]]] = {}
    columns = (spells.agent, spells.begins, spells.ends, spells.order)
    for agent, begins, ends, order in zip(*(column.tolist() for column in columns), strict=True):
        groups.setdefault((begins, ends), []).append((order, center.agents[agent]))
    for (begins, ends), agents in groups.items():
        env.process(center.shift(agents, begins, ends))
    columns = (visits.type, visits.arrived, -(-visits.work // UNITS_PER_TICK), visits.patience)
    env.process(center.source(zip(range(len(visits.type)), *(c.tolist() for c in columns), strict=True)))
    env.run(until=end)
    return center.agent, center.started


# The comparison.


def differences(plan: Plan, workload: Workload) -> list[int]:
    """Rows of the contacts that have not the same agent and the same start in both."""
    log = simulate(plan, workload)
    agent, started = (np.array(column) for column in tidy(workload.visits, workload.spells, plan.run_end))
    return np.flatnonzero((log.visits.agent != agent) | (log.visits.started != started)).tolist()


def seconds(play: Any, *arguments: Any) -> float:
    """Process CPU time. [s]"""
    begin = process_time()
    play(*arguments)
    return process_time() - begin


def main(rounds: int = ROUNDS) -> None:
    plan, workload = draw()
    n = len(workload.visits.type)
    if differs := differences(plan, workload):
        raise SystemExit(f"{len(differs)} contacts differ in agent or start, first row {differs[0]}")
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
