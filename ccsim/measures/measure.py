"""From Plan and Log to the tally of one replication."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from ccsim.errors import SimulationError
from ccsim.measures import contacts, coverage, customers, erlang_beside, outages, queues
from ccsim.measures.calls import calls
from ccsim.measures.catalog import BOOKS, CATALOG
from ccsim.measures.experience import satisfaction
from ccsim.measures.planned import planned_levels
from ccsim.measures.queues import Queues
from ccsim.measures.staff import StaffTime, above_ceiling, hours_beside_the_roster, hours_per_pool, staff_intervals
from ccsim.measures.tally import CONTACT_TYPE, POOL, SCOPES, SITE, TOTAL, Key, Ratio, Tally
from ccsim.measures.values import added_up, as_ratio, over_period
from ccsim.money.wages import labor_cost

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ccsim.log import Log
    from ccsim.measures.catalog import Measure
    from ccsim.measures.contacts import Counted
    from ccsim.measures.level import Level
    from ccsim.plan import Floats, Plan

    Values = Mapping[str, Floats | Ratio]
    """By measure, for all rows of one scope: amounts (NaN = no value) or quotients, [rows] or [rows, I]."""

PER_ANSWERED, PER_RESOLUTION = "labor_cost_per_answered", "labor_cost_per_resolution"
PROMISED: WeakKeyDictionary[Plan, Values] = WeakKeyDictionary()
"""Kept as long as the Plan is, which is known by identity."""


def measure(plan: Plan, log: Log) -> Tally:
    """
    Every measure of the catalog, of every contact type, pool and site and of the whole center.

    Contacts belong to the planning interval in which they arrived. What is measured over time takes all contacts,
    counted or not, within the counted period.
    """
    if log.stopped < plan.counted_to:
        raise SimulationError(f"the log stops at tick {log.stopped}, the counted period ends at {plan.counted_to}")
    # One after another: in a long run each of these takes as much memory as the Log.
    agents, agents_by_interval, present = _agents(plan, log)
    to_come = queues.work_to_come(plan, log)
    lines, counted = Queues.of(plan, log), contacts.Counted(plan, log)
    handle_time, handled = contacts.handle_times(counted, log), customers.handled(counted, log)
    intervals = {
        CONTACT_TYPE: {
            **_type_intervals(plan, log, counted, lines, present),
            **handled[0],
            "handle_time_mean_s": handle_time[0],
        },
        POOL: agents_by_interval,
    }
    types = {**_types(plan, log, counted, lines, present, intervals[CONTACT_TYPE]), **to_come}
    pools = {
        **agents,
        **handled[1],
        "answered": contacts.answered_by_pool(counted),
        "handle_time_mean_s": handle_time[1],
    }
    sites = {name: added_up(pools[name], plan.pools.site, len(plan.sites.name)) for name in _measures(plan, SITE)}
    total = _total(plan, log, types, sites)
    return _tally(plan, {CONTACT_TYPE: types, POOL: pools, SITE: sites, TOTAL: total}, intervals)


def promised(plan: Plan) -> Values:
    """[T, I] what the Plan alone says, the same in all replications and worked out once: coverage and Erlang C."""
    if plan not in PROMISED:
        PROMISED[plan] = _promised(plan)
    return PROMISED[plan]


def _promised(plan: Plan) -> Values:
    simple = erlang_beside.simple_queues(plan)
    required = erlang_beside.required_agents(plan, simple)
    return {
        "coverage": coverage.open_with(plan, coverage.reach(plan, planned_levels(plan)), 1),
        "erlang_c_service_level": erlang_beside.service_level(plan, simple),
        "erlang_c_unstable_share": erlang_beside.unstable(simple),
        "erlang_c_agents": np.where(contacts.is_live(plan)[:, None], simple.agents, np.nan),
        "required_agents": required,
        "understaffed_hours_per_day": erlang_beside.understaffed(plan, required, simple),
    }


def _type_intervals(plan: Plan, log: Log, counted: Counted, lines: Queues, present: Sequence[Level]) -> Values:
    """[T, I] all that adds up over planning intervals."""
    deferred = contacts.is_deferred(plan)[:, None]
    enough = coverage.open_with(plan, present, plan.promises.minimum_agents)
    backlog = queues.means(plan, lines.open)
    return {
        **promised(plan),
        **contacts.counts(counted),
        **contacts.service_levels(counted),
        **contacts.waits(counted),
        **customers.customers(counted, log),
        **customers.causes(counted, log),
        **satisfaction(plan, log, counted),
        **calls(counted, log),
        "lost_in_outage": outages.lost(counted, log),
        "customers_lost_in_outage": outages.lost_customers(counted, log),
        "abandonment_rate": contacts.abandonment(counted),
        "queue_mean": queues.means(plan, lines.waiting),
        "backlog_mean": Ratio(backlog.numerator * deferred, backlog.denominator * deferred),
        "coverage_present": coverage.open_with(plan, present, 1),
        "few_agents_share": Ratio(enough.denominator - enough.numerator, enough.denominator),
    }


def _types(
    plan: Plan, log: Log, counted: Counted, lines: Queues, present: Sequence[Level], intervals: Values
) -> Values:
    """[T] of the counted period."""
    seconds = np.diff(plan.promises.edges)
    within_reach = np.array([level.total(plan.promises.edges) for level in present]) / seconds
    level, required = as_ratio(intervals["service_level"]), promised(plan)["required_agents"]
    assert isinstance(required, np.ndarray)
    deferred = contacts.is_deferred(plan)
    period = {name: over_period(value) for name, value in intervals.items()}
    return {
        **period,
        **contacts.wait_quantiles(counted),
        **contacts.targets_met(plan, as_ratio(intervals["service_level"])),
        **outages.outages(plan, log, lines.waiting, level, required, within_reach),
        **queues.growth(plan, lines.open, as_ratio(period["offered"]).numerator),
        "queue_max": queues.maxima(plan, lines.waiting),
        "backlog_max": np.where(deferred, queues.maxima(plan, lines.open), np.nan),
        "oldest_age_max_s": np.where(deferred, queues.oldest_age(plan, log), np.nan),
    }


def _agents(plan: Plan, log: Log) -> tuple[Values, Values, list[Level]]:
    """Agents' time, [P] of the counted period and [P, I], and of each type the agents present who may take it."""
    time, pools = StaffTime.of(plan, log), len(plan.pools.name)
    hours, intervals = hours_per_pool(plan, time), staff_intervals(plan, time)
    cost = labor_cost(plan, log, time)
    period: Values = {
        **hours,
        **hours_beside_the_roster(plan, log),
        "occupancy": Ratio(hours["handling_hours"], hours["available_hours"]),
        "above_ceiling_share": above_ceiling(plan, as_ratio(intervals["occupancy"])),
        "labor_cost": cost.total,
        "labor_cost_regular": cost.regular,
        "labor_cost_premium": cost.premium,
        "labor_cost_overtime": cost.overtime,
    }
    return period, intervals, coverage.reach(plan, time.present.levels(plan.agents.pool, pools))


def _total(plan: Plan, log: Log, types: Values, sites: Values) -> Values:
    """[1] of the whole center."""
    own = {PER_ANSWERED, PER_RESOLUTION, "outage_hours"}
    parts = {name: types[name] if name in types else sites[name] for name in _measures(plan, TOTAL) if name not in own}
    rows = {name: len(as_ratio(value).numerator) for name, value in parts.items()}
    total = {name: added_up(value, np.zeros(rows[name], np.int64), 1) for name, value in parts.items()}
    cost, answered = as_ratio(total["labor_cost"]), as_ratio(total["answered"])
    total |= {
        PER_ANSWERED: Ratio(cost.numerator, cost.denominator * answered.numerator),
        "outage_hours": outages.outage_hours(plan, log),
    }
    if plan.moves is not None:
        resolved = as_ratio(types["resolution_rate"]).numerator.sum()
        total[PER_RESOLUTION] = Ratio(cost.numerator, cost.denominator * resolved)
    return total


def _measures(plan: Plan, scope: str) -> list[str]:
    """Names of the measures that have values for the counted period in this scope."""
    return [measure.name for measure in _known(plan) if scope in measure.scopes]


def _known(plan: Plan) -> list[Measure]:
    """Measures of the catalog, without those of money and of mechanisms that the scenario does not use."""
    measured = (m for m in CATALOG.values() if m.needs != BOOKS)
    return [m for m in measured if not m.needs or getattr(plan, m.needs) is not None]


def _tally(plan: Plan, period: Mapping[str, Values], intervals: Mapping[str, Values]) -> Tally:
    """What the catalog asks for, in its order."""
    names = {CONTACT_TYPE: plan.types.name, POOL: plan.pools.name, SITE: plan.sites.name, TOTAL: ("",)}
    asked = [(scope, name) for scope in SCOPES for name in _measures(plan, scope)]
    asked_by_interval = [(scope, m.name) for m in _known(plan) for scope in m.interval_scopes]
    values = [as_ratio(period[scope][name]) for scope, name in asked]
    by_interval = [as_ratio(intervals[scope][name]) for scope, name in asked_by_interval]
    return Tally(
        keys=tuple(Key(scope, row, name) for scope, name in asked for row in names[scope]),
        numerator=np.concatenate([value.numerator for value in values]),
        denominator=np.concatenate([value.denominator for value in values]),
        interval_keys=tuple(Key(scope, row, name) for scope, name in asked_by_interval for row in names[scope]),
        interval_numerator=np.concatenate([value.numerator for value in by_interval]),
        interval_denominator=np.concatenate([value.denominator for value in by_interval]),
    )
