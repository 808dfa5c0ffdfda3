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
        timeline, spells = Timeline.of(plan), log.spells
        worked = spells.begins >= 0
        scheduled = timeline.count(spells.agent, spells.planned_from, spells.planned_to)
        unpaid_absence = spells.absent & ~plan.sites.pays_absence[plan.pools.site[plan.agents.pool[spells.agent]]]
        payable = timeline.count(
            spells.agent[~unpaid_absence], spells.planned_from[~unpaid_absence], spells.planned_to[~unpaid_absence]
        )
        at_work = timeline.count(spells.agent[worked], spells.begins[worked], spells.ends[worked])
        unpaid, off_phone = _breaks(plan, log, timeline)

        times, (due, pays, works, gone, away) = aligned(scheduled, payable, at_work, unpaid, off_phone)
        counts = gone == 0
        at_work_now = (works > 0) & counts

        def when(holds: Bools) -> AgentSpans:
            return timeline.spans(Level.of(times, holds.astype(np.int64)))

        in_hand, slots = _handling(log.segments, timeline)
        return cls(
            scheduled=when((due > 0) & counts),
            paid=when(((pays > 0) | (works > 0)) & counts),
            present=when(at_work_now),
            available=when(at_work_now & (away == 0)),
            handling=in_hand,
            overtime=when(at_work_now & (due == 0)),
            slot_ticks=slots,
        )


def _breaks(plan: Plan, log: Log, timeline: Timeline) -> tuple[Level, Level]:
    """Unpaid breaks (as taken; of absent agents as planned), and all time off the phone of agents at work."""
    spells, shifts = log.spells, plan.shifts
    taken = spells.block_from >= 0
    agent = np.repeat(spells.agent, np.diff(spells.block_offset))
    at_work = taken & ~np.repeat(spells.absent, np.diff(spells.block_offset))
    unpaid = at_work & ~spells.block_paid
    absent = timeline.count(
        spells.agent[spells.absent], spells.planned_from[spells.absent], spells.planned_to[spells.absent]
    )
    planned_agent = np.repeat(shifts.agent, np.diff(shifts.block_offset))
    missed = ~shifts.block_paid & (absent.at(timeline.place(planned_agent, shifts.block_due)) > 0)
    return (
        timeline.count(
            np.concatenate([agent[unpaid], planned_agent[missed]]),
            np.concatenate([spells.block_from[unpaid], shifts.block_due[missed]]),
            np.concatenate([spells.block_to[unpaid], (shifts.block_due + shifts.block_length)[missed]]),
        ),
        timeline.count(agent[at_work], spells.block_from[at_work], spells.block_to[at_work]),
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
