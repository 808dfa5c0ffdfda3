"""One replication of one scenario, from the first instant to the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.engine.arrivals import Entrance, arrivals
from ccsim.engine.center import Center, stretches
from ccsim.engine.checks import check
from ccsim.engine.clock import HOURS_CHANGE, INSTANT_IS_OVER, Alarm, Clock, Timetable
from ccsim.engine.flexibility import CallIn, EarlyLeave
from ccsim.engine.floor import Floor
from ccsim.engine.outages import Darkness
from ccsim.engine.record import Record
from ccsim.engine.shifts import Roster, comings, goings
from ccsim.log import Log, Why

if TYPE_CHECKING:
    from collections.abc import Callable

    from simpy import Event

    from ccsim.engine.agents import Pool
    from ccsim.engine.contacts import Contact
    from ccsim.plan import Plan
    from ccsim.workload import Workload


def simulate(plan: Plan, workload: Workload) -> Log:
    """
    Let the center work: who was served by whom and when.

    Parameters
    ----------
    plan
        The scenario in numbers.
    workload
        One replication's chance, drawn for this plan.

    Returns
    -------
    Log
        What happened until every visit of the counted period was over, or until the end of the run-on.

    Raises
    ------
    SimulationError
        If Plan and Workload cannot be played, as when a contact type is routed to a pool that does not handle it.
    """
    check(plan, workload)
    return Simulation(plan, workload).run()


class Simulation:
    """The center with everything that is going to happen in it."""

    def __init__(self, plan: Plan, workload: Workload) -> None:
        self.plan = plan
        self.clock = clock = Clock()
        self.record = record = Record(plan, workload)
        self.center = center = Center(plan, workload)
        self.floor = floor = Floor(clock, record)
        self.entrance = Entrance(clock, floor, record)
        rates = plan.pools.rate if workload.rates is None else workload.rates.rate
        self.roster = Roster(clock, floor, record, center.agents, workload.spells, rates.tolist())
        floor.when_due = self.roster.agent_is_due
        floor.when_over = self.contact_is_over
        self.roster.pool_wakes_or_sleeps = self.pool_wakes_or_sleeps
        self.roster.pool_starts_again = self.pool_starts_again
        if plan.flexibility is not None:
            spells, flexibility = workload.spells, plan.flexibility
            floor.when_waiting = CallIn(clock, self.roster, center, spells, flexibility).somebody_waits
            floor.when_idle = EarlyLeave(clock, self.roster, plan, spells, flexibility).is_idle
        if workload.outages is not None:
            Darkness(clock, floor, self.roster, center, workload.outages)
        self.counted = counted_rows(plan, workload)
        self.is_over = False

        Timetable(clock, comings(workload.spells), self.roster.spell_begins)
        Timetable(clock, goings(workload.spells), self.roster.falls_due)
        Timetable(clock, iter(self.hours()), self.hours_change)
        Timetable(clock, arrivals(workload.visits, center.types), self.entrance.contact_arrives)

    def run(self) -> Log:
        """Let one event happen after another until it is over."""
        self.when_instant_is_over(self.counted_period_is_over, self.plan.counted_to)
        self.when_instant_is_over(self.stop, self.plan.run_end)
        step = self.clock.env.step
        while not self.is_over:
            step()
        stopped = self.clock.now
        self.cut(stopped)
        return self.record.log(stopped)

    # Hours.

    def hours(self) -> list[tuple[int, int, tuple[bool, int]]]:
        """Windows that begin and types that close on those who wait: (instant, priority, (is it a window, its row))."""
        windows, types = self.plan.windows, self.plan.types
        rows = []
        for window in range(len(self.center.windows)):
            for begins, _ in stretches(windows.offset, windows.begins, windows.ends, window):
                rows.append((max(begins, 0), HOURS_CHANGE + window, (True, window)))
        for type in range(len(self.center.types)):
            if types.at_close_disconnect[type]:
                for _, closes in stretches(types.opening_offset, types.opening_from, types.opening_to, type):
                    if closes < self.plan.run_end:
                        rows.append((closes, HOURS_CHANGE + len(self.center.windows) + type, (False, type)))
        return sorted(rows)

    def hours_change(self, what: tuple[bool, int], now: int) -> None:
        is_window, row = what
        if is_window:
            window = self.center.windows[row]
            self.entrance.conditions_change(self.center.types_with(lambda step: step.window is window), now)
        else:
            self.entrance.closes(self.center.types[row], now)

    def pool_wakes_or_sleeps(self, pool: Pool, now: int) -> None:
        self.entrance.conditions_change(
            self.center.types_with(lambda step: step.awake is pool or step.asleep is pool), now
        )

    def pool_starts_again(self, pool: Pool, now: int) -> None:
        self.entrance.conditions_change(self.center.types_of(pool), now)

    # The end (rule 10).

    def when_instant_is_over(self, callback: Callable[[Event], None], at: int) -> None:
        """Ring when everything else of the instant has happened."""
        self.clock.set(Alarm(), (callback,), at - self.clock.now, INSTANT_IS_OVER)

    def stop(self, _: Event) -> None:
        self.is_over = True

    def counted_period_is_over(self, _: Event) -> None:
        """From now on the simulation waits only for the counted contacts that are not yet over."""
        self.floor.awaited = {contact.row for contact in self.contacts_open() if contact.row in self.counted}
        self.is_over = not self.floor.awaited

    def contact_is_over(self, contact: Contact, now: int) -> None:
        self.floor.awaited.discard(contact.row)
        if not self.floor.awaited:
            self.when_instant_is_over(self.stop, now)

    def contacts_open(self) -> list[Contact]:
        """All contacts that wait, are in hand, or are kept."""
        waiting = [contact for type in self.center.types for contact in type.queue]
        in_hand = [contact for agent in self.center.agents for contact in agent.open]
        return waiting + in_hand + [agent.kept for agent in self.center.agents if agent.kept is not None]

    def cut(self, stopped: int) -> None:
        """Stretches of work, breaks and spells that are on end with the simulation."""
        for agent in self.center.agents:
            if agent.spell >= 0:
                for contact in list(agent.open):
                    self.floor.close(contact, agent, Why.CUT, stopped)
                self.roster.spell_ends(agent, stopped)


def counted_rows(plan: Plan, workload: Workload) -> range:
    """Rows of the visits that arrive in the counted period."""
    arrived = workload.visits.arrived
    return range(int(arrived.searchsorted(plan.counted_from)), int(arrived.searchsorted(plan.counted_to)))
