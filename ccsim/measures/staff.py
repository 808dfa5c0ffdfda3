"""Agents' time in the counted period; for every agent paid >= present >= available >= handling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.measures.level import Level, aligned
from ccsim.measures.tally import Ratio, sums
from ccsim.measures.timeline import AgentSpans, Timeline
from ccsim.plan import TICKS_PER_SECOND, SpellKind

if TYPE_CHECKING:
    from ccsim.log import Log, LoggedSpells, Segments
    from ccsim.plan import Bools, Floats, Ints, Plan, Rows

TICKS_PER_HOUR = 3600 * TICKS_PER_SECOND


@dataclass(frozen=True)
class StaffTime:
    """
    Every agent's time in the counted period.

    Unpaid breaks are taken out of all but ``handling``; those of agents at work as taken (a dropped one is worked and
    paid), those of absent agents, and of agents from when they went home early, as planned. ``scheduled`` is planned
    time, absence and lateness included, and that of who comes from the bench or is called in; ``overtime`` is work
    outside it, is present, and available outside breaks. ``paid`` is scheduled and overtime, without absences that the
    site does not pay and without what is left of the shift of who goes home early. While a site is out its agents are
    paid and not ``present``. An absence counts whole, even while its agent works on in overtime or, in a pool that is
    staffed by numbers, stands in for somebody else.
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
        present = spells.begins >= 0
        breaker, taken = _breaker(spells), _taken(spells)
        on_roster = _on_roster(spells)
        paid_to = np.where(spells.sent_home, spells.ends, spells.planned_to)
        nobody = np.empty(0, np.int64)
        down = (nobody,) * 3 if log.downtime is None else (log.downtime.agent, log.downtime.begins, log.downtime.ends)
        times, (planned, granted, at_work, gone, away, out) = aligned(
            timeline.count(spells.agent[on_roster], spells.planned_from[on_roster], spells.planned_to[on_roster]),
            timeline.count(spells.agent[on_roster], spells.planned_from[on_roster], paid_to[on_roster]),
            timeline.count(spells.agent[present], spells.begins[present], spells.ends[present]),
            timeline.count(*_unpaid_breaks(plan, spells, timeline)),
            timeline.count(breaker[taken], spells.block_from[taken], spells.block_to[taken]),
            timeline.count(*down),
        )

        def when(holds: Bools) -> AgentSpans:
            return timeline.spans(Level.of(times, holds & (gone == 0)))

        pays_absence = plan.sites.pays_absence[plan.pools.site[plan.agents.pool[spells.agent]]]
        in_hand, slots = _handling(log.segments, timeline)
        return cls(
            scheduled=when(planned > 0).and_(_absence(plan, log, spells.absent, timeline)),
            paid=when((granted > 0) | (at_work > 0)).and_(_absence(plan, log, spells.absent & pays_absence, timeline)),
            present=when((at_work > 0) & (out == 0)),
            available=when((at_work > 0) & (away == 0) & (out == 0)),
            handling=in_hand,
            overtime=when((at_work > 0) & (planned == 0)),
            slot_ticks=slots,
        )


def _on_roster(spells: LoggedSpells) -> Bools:
    """Planned and expected: not absent, which counts apart, not in overtime, and not on call without a call."""
    called = (spells.kind != SpellKind.ON_CALL) | (spells.begins >= 0)
    return np.asarray(called & (spells.kind != SpellKind.OVERTIME) & ~spells.absent)


def _breaker(spells: LoggedSpells) -> Rows:
    """Whose each block is."""
    return np.repeat(spells.agent, np.diff(spells.block_offset))


def _taken(spells: LoggedSpells) -> Bools:
    """Which blocks were taken, by agents at work."""
    at_work = np.repeat(spells.begins >= 0, np.diff(spells.block_offset))
    return np.asarray((spells.block_from >= 0) & at_work)


def _unpaid_breaks(plan: Plan, spells: LoggedSpells, timeline: Timeline) -> AgentSpans:
    """Those taken by agents at work, and those planned for the time after an agent went home early."""
    unpaid = _taken(spells) & ~spells.block_paid
    taken = AgentSpans(_breaker(spells)[unpaid], spells.block_from[unpaid], spells.block_to[unpaid])
    home = spells.sent_home
    if not home.any():
        return taken
    times, (left, due) = aligned(
        timeline.count(spells.agent[home], spells.ends[home], spells.planned_to[home]),
        timeline.count(*_planned_unpaid(plan)),
    )
    return taken.and_(timeline.spans(Level.of(times, (left > 0) & (due > 0))))


def _planned_unpaid(plan: Plan) -> AgentSpans:
    """Unpaid breaks as planned, of all shifts."""
    shifts = plan.shifts
    unpaid = ~shifts.block_paid
    due = shifts.block_due[unpaid]
    breaker = np.repeat(shifts.agent, np.diff(shifts.block_offset))[unpaid]
    return AgentSpans(breaker, due, due + shifts.block_length[unpaid])


def _absence(plan: Plan, log: Log, which: Bools, timeline: Timeline) -> AgentSpans:
    """Planned time of these spells, less the unpaid breaks that their agents would have had."""
    spells = log.spells
    times, (planned, gone) = aligned(
        timeline.count(spells.agent[which], spells.planned_from[which], spells.planned_to[which]),
        timeline.count(*_planned_unpaid(plan)),
    )
    return timeline.spans(Level.of(times, (planned > 0) & (gone == 0)))


def _handling(segments: Segments, timeline: Timeline) -> tuple[AgentSpans, Floats]:
    """Time with a contact in hand, counted once, and counted for each contact."""
    begins, ends = timeline.place(segments.agent, segments.start), timeline.place(segments.agent, segments.end)
    slots = sums(segments.agent, ends - begins, timeline.agents)
    return timeline.spans(Level.count(begins, ends)), slots


def hours_beside_the_roster(plan: Plan, log: Log) -> dict[str, Floats]:
    """[P] hours of the counted period: of agents called in, standing in, sent home, late, and down in an outage."""
    if plan.flexibility is None and plan.attendance is None and plan.outages is None:
        return {}
    timeline, spells = Timeline.of(plan), log.spells
    in_breaks = timeline.count(*_unpaid_breaks(plan, spells, timeline))

    def hours(agent: Rows, begins: Ints, ends: Ints) -> Floats:
        times, (there, gone) = aligned(timeline.count(agent, begins, ends), in_breaks)
        spans = timeline.spans(Level.of(times, (there > 0) & (gone == 0)))
        return sums(plan.agents.pool, spans.per_agent(timeline.agents), len(plan.pools.name)) / TICKS_PER_HOUR

    def of(which: Bools, begins: Ints, ends: Ints) -> Floats:
        return hours(spells.agent[which], begins[which], ends[which])

    came = spells.begins >= 0
    on_call, on_duty = spells.kind == SpellKind.ON_CALL, spells.kind == SpellKind.ON_DUTY
    stands_in = np.isin(spells.kind, (SpellKind.BENCH, SpellKind.OVERTIME))
    down = log.downtime
    return {
        "called_in_hours": of(came & on_call, spells.begins, spells.ends),
        "stand_in_hours": of(came & stands_in, spells.begins, spells.ends),
        "sent_home_hours": of(spells.sent_home, spells.ends, spells.planned_to),
        "late_hours": of(came & on_duty, spells.planned_from, spells.begins),
        "downtime_hours": np.zeros(len(plan.pools.name)) if down is None else hours(down.agent, down.begins, down.ends),
    }


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
