"""Hours that follow the queue (rule 14): agents on call are called in, willing ones who are idle go home early."""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING

import numpy as np

from ccsim.engine.clock import BEHIND_AGENTS, TIMER, Alarm
from ccsim.plan import SpellKind

if TYPE_CHECKING:
    from ccsim.engine.agents import Agent
    from ccsim.engine.center import Center
    from ccsim.engine.clock import Clock
    from ccsim.engine.contacts import ContactType
    from ccsim.engine.shifts import Roster
    from ccsim.plan import Flexibility, Plan
    from ccsim.workload import Spells


class Line:
    """Agents at home who may be called in, one by one, while many contacts wait that their pool may take."""

    def __init__(self, number: int, types: list[ContactType], flexibility: Flexibility) -> None:
        self.number = number
        self.types = types
        self.when_waiting = int(flexibility.call_when_waiting[number])
        self.lead = int(flexibility.call_lead[number])
        self.stays = int(flexibility.call_stays[number])
        self.pause = int(flexibility.call_pause[number])
        self.rests_until = 0
        self.windows: list[tuple[int, int, Agent, int]] = []
        """(begin, end, agent, spell) yet to come, by begin."""
        self.coming = 0
        self.at_home: list[tuple[int, int, Agent, int]] = []
        """(agent's number, end, agent, spell) of windows that are on and whose agents have not been called."""

    def waiting(self) -> int:
        return sum(len(type.queue) for type in self.types)

    def next_spell(self, comes: int, now: int) -> tuple[int, int] | None:
        """Of the agents who could come then, the lowest number whose site is not dark now: (spell, end of window)."""
        while self.coming < len(self.windows) and self.windows[self.coming][0] <= comes:
            _, ends, agent, spell = self.windows[self.coming]
            insort(self.at_home, (agent.number, ends, agent, spell))
            self.coming += 1
        self.at_home = [row for row in self.at_home if comes < row[1]]
        for place, (_, ends, agent, spell) in enumerate(self.at_home):
            if agent.dark_until <= now:
                del self.at_home[place]
                return spell, ends
        return None


def lines_on_call(center: Center, spells: Spells, flexibility: Flexibility) -> list[Line]:
    """Lines with the windows of their agents, by number."""
    lines: dict[int, Line] = {}
    for spell in np.flatnonzero(spells.kind == SpellKind.ON_CALL).tolist():
        agent = center.agents[int(spells.agent[spell])]
        number = int(center.plan.agents.line[agent.number])
        if number not in lines:
            lines[number] = Line(number, center.types_of(agent.pool), flexibility)
        lines[number].windows.append((int(spells.begins[spell]), int(spells.ends[spell]), agent, spell))
    return [line for _, line in sorted(lines.items()) if line.when_waiting >= 0]


class CallIn:
    """Asks for help whenever a contact has to wait, and when the pause after a call is over."""

    def __init__(self, clock: Clock, roster: Roster, center: Center, spells: Spells, flexibility: Flexibility) -> None:
        self.clock = clock
        self.roster = roster
        self.lines: dict[ContactType, list[Line]] = {type: [] for type in center.types}
        for line in lines_on_call(center, spells, flexibility):
            for type in line.types:
                self.lines[type].append(line)
                type.calls_in = True

    def somebody_waits(self, type: ContactType, now: int) -> None:
        """A contact of the type waits: lines that may help are asked, by number."""
        for line in self.lines[type]:
            self.ask(line, now)

    def ask(self, line: Line, now: int) -> None:
        """Call the next agent in, if more wait than should and the line is not at rest."""
        if now < line.rests_until or line.waiting() <= line.when_waiting:
            return
        comes = now + line.lead
        found = line.next_spell(comes, now)
        if found is None:
            return
        spell, window_ends = found
        if line.pause:
            line.rests_until = now + line.pause
            self.clock.set(Alarm(line), (self.pause_is_over,), line.pause, TIMER + BEHIND_AGENTS + line.number)
        self.roster.is_called_in(spell, comes, min(window_ends, comes + line.stays), now)

    def pause_is_over(self, alarm: Alarm) -> None:
        self.ask(alarm.owner, self.clock.now)


class EarlyLeave:
    """Tests once in every stretch of idleness, when it has lasted long enough, whether a willing agent may go home."""

    def __init__(self, clock: Clock, roster: Roster, plan: Plan, spells: Spells, flexibility: Flexibility) -> None:
        self.clock = clock
        self.roster = roster
        allowed = (flexibility.leave_after_idle >= 0)[plan.agents.pool[spells.agent]]
        roster.is_willing = (spells.willing & allowed).tolist()
        self.after_idle = flexibility.leave_after_idle.tolist()
        self.keep_idle = flexibility.leave_keep_idle.tolist()
        self.at_least_left = flexibility.leave_at_least_left.tolist()

    def is_idle(self, agent: Agent, now: int) -> None:
        """A willing agent stands idle, perhaps not since now."""
        delay = agent.since + self.after_idle[agent.pool.number] - now
        if delay >= 0:
            agent.timer = Alarm(agent)
            self.clock.set(agent.timer, (self.may_go,), delay, TIMER + agent.number)

    def may_go(self, alarm: Alarm) -> None:
        agent: Agent = alarm.owner
        now, pool = self.clock.now, agent.pool
        idle = agent.place is pool.ready[0] and now < agent.until
        if alarm is not agent.timer or not idle or now - agent.since != self.after_idle[pool.number]:
            return
        enough = pool.has_more_idle_than(self.keep_idle[pool.number], now, also=-1)
        if enough and agent.end - now >= self.at_least_left[pool.number]:
            self.roster.goes_home_early(agent, now)
