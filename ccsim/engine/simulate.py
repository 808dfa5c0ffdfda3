"""One replication of one scenario, from the first instant to the last."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from ccsim.engine.arrivals import Entrance, arrivals
from ccsim.engine.center import Center, stretches
from ccsim.engine.checks import check
from ccsim.engine.clock import HOURS_CHANGE, INSTANT_IS_OVER, Alarm, Clock, Timetable
from ccsim.engine.dialing import Calling
from ccsim.engine.flexibility import CallIn, EarlyLeave
from ccsim.engine.floor import Floor
from ccsim.engine.journeys import Journeys
from ccsim.engine.outages import Darkness
from ccsim.engine.record import Record
from ccsim.engine.shifts import Roster, comings, goings
from ccsim.engine.transfers import with_rate_of_holding
from ccsim.log import Log, Why

if TYPE_CHECKING:
    from collections.abc import Callable

    from simpy import Event

    from ccsim.engine.agents import Pool
    from ccsim.engine.contacts import Contact
    from ccsim.plan import Ints, Plan
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
    simulation, visits = Simulation(plan, workload), len(workload.visits.type)
    stopped, record = simulation.run(), simulation.record
    del simulation, workload
    if visits >= MANY:
        gc.collect()
    return record.log(stopped)


MANY = 1_000_000
"""
Visits from which on the center and its Workload, which refer to themselves in circles, are collected before the Log is
written: it needs their memory.
"""


class Simulation:
    """The center with everything that is going to happen in it."""

    def __init__(self, plan: Plan, workload: Workload) -> None:
        self.plan = plan
        self.clock = clock = Clock()
        self.record = record = Record(plan, workload)
        self.center = center = Center(plan, workload)
        self.floor = floor = Floor(clock, record)
        self.entrance = Entrance(clock, floor)
        floor.contact_arrives = self.entrance.contact_arrives
        rates = plan.pools.rate if workload.rates is None else workload.rates.rate
        if plan.moves is not None:
            rates = with_rate_of_holding(rates)
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
        self.callings: list[Calling] = []
        if plan.dialing is not None and workload.dialed is not None and record.calls is not None:
            for door in center.doors:
                if plan.dialing.is_campaign[door.number] or plan.dialing.offer_over[door.number] >= 0:
                    calling = Calling(clock, floor, record.calls, workload.dialed, plan, plan.dialing, door.number)
                    self.callings.append(calling)
                    for lane in door.lanes:
                        lane.calling = calling
                        lane.is_direct &= not calling.is_campaign
        first = len(workload.visits.type)
        if record.trail is not None and workload.journeys is not None and plan.moves is not None:
            floor.journeys = Journeys(clock, floor, record.trail, center.doors, plan, workload)
            floor.journeys.when_sure = self.visit_is_sure
            first = workload.journeys.first
        self.counted = counted_rows(plan, workload.visits.arrived[:first])
        self.is_over = False

        Timetable(clock, comings(workload.spells), self.roster.spell_begins)
        Timetable(clock, goings(workload.spells), self.roster.falls_due)
        Timetable(clock, iter(self.hours()), self.hours_change)
        all_direct = all(door.is_direct for door in center.doors)
        comes = self.entrance.contact_enters if all_direct else self.entrance.contact_arrives
        Timetable(clock, arrivals(workload.visits, first, center.doors), comes)

    def run(self) -> int:
        """Let one event happen after another until it is over, and say when that was."""
        self.when_instant_is_over(self.counted_period_is_over, self.plan.counted_to)
        self.when_instant_is_over(self.stop, self.plan.run_end)
        step = self.clock.env.step if self.floor.journeys is None else self.step_with_those_who_follow
        while not self.is_over:
            step()
        stopped = self.clock.now
        self.cut(stopped)
        return stopped

    def step_with_those_who_follow(self) -> None:
        """One event, and what it leaves to be done at its end."""
        self.clock.env.step()
        if self.floor.following:
            self.floor.those_who_follow(self.clock.now)

    # Hours.

    def hours(self) -> list[tuple[int, int, tuple[bool, int]]]:
        """Windows that begin and types that close on those who wait: (instant, priority, (is it a window, its row))."""
        windows, types = self.plan.windows, self.plan.types
        rows = []
        for window in range(len(self.center.windows)):
            for begins, _ in stretches(windows.offset, windows.begins, windows.ends, window):
                rows.append((max(begins, 0), HOURS_CHANGE + window, (True, window)))
        for type in range(len(self.center.doors)):
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
            self.entrance.closes(self.center.doors[row], now)

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
        """
        From now on the simulation waits only for counted visits that are not yet over, and for all visits of customers
        whose first one is counted.
        """
        self.floor.awaited = {contact.row for contact in self.contacts_open() if self.counts(contact)}
        if self.floor.journeys is not None:
            self.floor.awaited |= {row for row in self.floor.journeys.pending if self.is_of_counted_customer(row)}
        self.is_over = not self.floor.awaited

    def counts(self, contact: Contact) -> bool:
        return self.plan.counted_from <= contact.arrived < self.plan.counted_to or self.is_of_counted_customer(
            contact.row
        )

    def is_of_counted_customer(self, row: int) -> bool:
        journeys = self.floor.journeys
        return (row if journeys is None else journeys.customer_of(row)) in self.counted

    def visit_is_sure(self, row: int) -> None:
        """A further visit takes place or will: it is awaited as those before it are."""
        if self.floor.awaited and self.is_of_counted_customer(row):
            self.floor.awaited.add(row)

    def contact_is_over(self, contact: Contact, now: int) -> None:
        self.floor.awaited.discard(contact.row)
        if not self.floor.awaited:
            self.when_instant_is_over(self.stop, now)

    def contacts_open(self) -> list[Contact]:
        """All contacts that wait, are in hand, are kept, or are to be called later."""
        waiting = [contact for type in self.center.types for contact in type.queue]
        in_hand = [contact for agent in self.center.agents for contact in agent.open]
        kept = [agent.kept for agent in self.center.agents if agent.kept is not None]
        return [*waiting, *in_hand, *kept, *(contact for calling in self.callings for contact in calling.pending)]

    def cut(self, stopped: int) -> None:
        """Stretches of work, breaks and spells that are on end with the simulation."""
        for agent in self.center.agents:
            if agent.spell >= 0:
                for contact in list(agent.open):
                    self.floor.close(contact, agent, Why.CUT, stopped)
                self.roster.spell_ends(agent, stopped)


def counted_rows(plan: Plan, arrived: Ints) -> range:
    """Rows of the first visits that arrive in the counted period."""
    return range(int(arrived.searchsorted(plan.counted_from)), int(arrived.searchsorted(plan.counted_to)))
