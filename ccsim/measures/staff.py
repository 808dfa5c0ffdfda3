"""Agents' time in the counted period; for every agent paid >= present >= available >= handling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.measures.level import Level, aligned
from ccsim.measures.tally import Ratio, sums
from ccsim.measures.timeline import AgentSpans, Timeline
from ccsim.plan import TICKS_PER_SECOND

if TYPE_CHECKING:
    from ccsim.log import Log, Segments
    from ccsim.plan import Bools, Floats, Plan

TICKS_PER_HOUR = 3600 * TICKS_PER_SECOND


@dataclass(frozen=True)
class StaffTime:
    """
    Every agent's time in the counted period.

    Unpaid breaks are taken out of all but ``handling``; those of agents at work as taken (a dropped one is worked and
    paid), those of absent agents as planned. ``overtime`` is work outside planned spells; it is present, and available
    outside breaks. ``paid`` is scheduled or worked time, without absences that the site does not pay.
    """

    scheduled: AgentSpans
    paid: AgentSpans
    present: AgentSpans
    available: AgentSpans
    handling: AgentSpans
    """With at least one contact in hand."""
    overtime: AgentSpans
    slot_ticks: Floats
    """[N] time in hand of all contacts of each agent."""

    @classmethod
    def of(cls, plan: Plan, log: Log) -> StaffTime:
        timeline, spells, shifts = Timeline.of(plan), log.spells, plan.shifts
        pays_absence = plan.sites.pays_absence[plan.pools.site[plan.agents.pool[spells.agent]]]
        breaker = np.repeat(spells.agent, np.diff(spells.block_offset))
        planned_breaker = np.repeat(shifts.agent, np.diff(shifts.block_offset))

        def planned(which: Bools) -> Level:
            return timeline.count(spells.agent[which], spells.planned_from[which], spells.planned_to[which])

        def taken(which: Bools) -> Level:
            return timeline.count(breaker[which], spells.block_from[which], spells.block_to[which])

        def breaks_by_plan(which: Bools) -> Level:
            due = shifts.block_due[which]
            return timeline.count(planned_breaker[which], due, due + shifts.block_length[which])

        worked = spells.begins >= 0
        took = (spells.block_from >= 0) & np.repeat(worked, np.diff(spells.block_offset))
        times, (due, absent, unpaid_absence, at_work, unpaid, away, break_by_plan) = aligned(
            planned(spells.agent >= 0),
            planned(spells.absent),
            planned(spells.absent & ~pays_absence),
            timeline.count(spells.agent[worked], spells.begins[worked], spells.ends[worked]),
            taken(took & ~spells.block_paid),
            taken(took),
            breaks_by_plan(~shifts.block_paid),
        )
        # Overtime may run into a shift from which the agent is absent: who works has only the breaks taken.
        on_unpaid_break = np.where(at_work > 0, unpaid, (absent > 0) & (break_by_plan > 0)) > 0
        present = (at_work > 0) & ~on_unpaid_break

        def when(holds: Bools) -> AgentSpans:
            return timeline.spans(Level.of(times, holds))

        in_hand, slots = _handling(log.segments, timeline)
        return cls(
            scheduled=when((due > 0) & ~on_unpaid_break),
            paid=when(((due > unpaid_absence) | (at_work > 0)) & ~on_unpaid_break),
            present=when(present),
            available=when(present & (away == 0)),
            handling=in_hand,
            overtime=when(present & (due == 0)),
            slot_ticks=slots,
        )


def _handling(segments: Segments, timeline: Timeline) -> tuple[AgentSpans, Floats]:
    """Time with a contact in hand, counted once, and counted for each contact."""
    begins, ends = timeline.place(segments.agent, segments.start), timeline.place(segments.agent, segments.end)
    slots = sums(segments.agent, ends - begins, timeline.agents)
    return timeline.spans(Level.count(begins, ends)), slots


HOURS = ("scheduled", "paid", "present", "available", "handling", "overtime")


def hours_per_agent(staff: StaffTime) -> dict[str, Floats]:
    """[N] ``scheduled_hours``, ``paid_hours``, ... of every agent."""
    agents = len(staff.slot_ticks)
    hours = {f"{name}_hours": getattr(staff, name).per_agent(agents) / TICKS_PER_HOUR for name in HOURS}
    return hours | {"slot_hours": staff.slot_ticks / TICKS_PER_HOUR}


def hours_per_pool(plan: Plan, staff: StaffTime) -> dict[str, Floats]:
    """[P] the same of every pool."""
    pools = len(plan.pools.name)
    return {name: sums(plan.agents.pool, hours, pools) for name, hours in hours_per_agent(staff).items()}


def staff_intervals(plan: Plan, staff: StaffTime) -> dict[str, Floats | Ratio]:
    """[P, I] agents scheduled and present, and occupancy, of each planning interval."""
    edges, pools = plan.promises.edges, len(plan.pools.name)

    def mean(spans: AgentSpans) -> Floats:
        levels = spans.levels(plan.agents.pool, pools)
        return np.array([level.total(edges) for level in levels]).reshape(pools, -1) / np.diff(edges)

    return {
        "agents_scheduled": mean(staff.scheduled),
        "agents_present": mean(staff.present),
        "occupancy": Ratio(mean(staff.handling), mean(staff.available)),
    }


def above_ceiling(plan: Plan, occupancy: Ratio) -> Ratio:
    """[P] share of available time in planning intervals with an occupancy [P, I] above the ceiling."""
    above = occupancy.numerator > plan.promises.occupancy_ceiling * occupancy.denominator
    return Ratio((occupancy.denominator * above).sum(axis=1), occupancy.denominator.sum(axis=1))
