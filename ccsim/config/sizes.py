"""How large an experiment is, told from its numbers alone; absurd ones are refused before anything is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.model.experiment import Limits, Precision
from ccsim.quantities import DAY, WEEK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.config.tree import Node
    from ccsim.errors import Problem
    from ccsim.model.demand import Demand
    from ccsim.model.experiment import Calendar, Center, Experiment
    from ccsim.model.pool import Pool

RUN_ON = 2 * DAY
"""Of an estimate: what the run-on adds beside the longest response target."""


def simulated_days(calendar: Calendar) -> float:
    """Days of warm-up, counted period and run-on, about."""
    return calendar.counted_days + (calendar.warm_up + (calendar.run_on or RUN_ON)) / DAY


def replications(experiment: Experiment) -> int:
    """The most replications that a run takes."""
    given = experiment.replications
    return given.at_most if isinstance(given, Precision) else given


def contacts(experiment: Experiment, center: Center) -> float:
    """Expected contacts of one replication of one scenario, about."""
    days = simulated_days(experiment.calendar)
    return sum(_contacts(contact_type.demand, days) for contact_type in center.contact_types.values())


def _contacts(demand: Demand, days: float) -> float:
    if demand.rate is not None:
        return demand.rate * DAY * days * demand.scale
    if demand.weekly is not None:
        weekly = demand.weekly
        if weekly.volume is not None:
            return weekly.volume * days * DAY / WEEK * demand.scale
        return sum((weekly.volume_by_week or weekly.volume_by_date or {}).values()) * demand.scale
    if demand.recorded_times is not None:
        return float(len(demand.recorded_times.times))
    table = demand.table or demand.recorded_counts
    return sum(table.values) * demand.scale if table else 0.0


def agent_days(experiment: Experiment, center: Center) -> float:
    """Agents x days of one replication of one scenario, at most."""
    return sum(_heads(pool) for pool in center.pools.values()) * simulated_days(experiment.calendar)


def _heads(pool: Pool) -> float:
    if pool.shifts is not None:
        return float(sum(shift.agents for shift in pool.shifts.values()))
    staffing = pool.staffing
    if staffing is None:
        return 0.0
    numbers = [staffing.always or 0, *(count.agents for count in staffing.weekly)]
    return float(max([*numbers, *(staffing.table.values if staffing.table else ())]))


def problems_with_size(experiment: Experiment, tree: Node) -> Iterator[Problem]:
    """What is larger than the limits of the experiment, with the way to raise them."""
    limits, times = experiment.limits, replications(experiment)
    totals = dict.fromkeys(Limits.model_fields, 0.0)
    for name, center in experiment.scenarios.items():
        once = contacts(experiment, center)
        if once > limits.contacts_per_replication:
            place = tree.value["scenarios"].value[name].key
            yield place.problem(
                _too_many("contacts_per_replication", f"{name} has", once, limits.contacts_per_replication)
            )
        totals["contacts"] += once * times
        totals["agent_days"] += agent_days(experiment, center) * times
    for key, total in totals.items():
        if total > getattr(limits, key):
            yield tree.place.problem(_too_many(key, "all replications and scenarios have", total, getattr(limits, key)))


def _too_many(key: str, who: str, number: float, limit: float) -> str:
    what = {"contacts_per_replication": "contacts in one replication", "agent_days": "agents x days"}.get(key, key)
    raised = f"limits: {{{key}: {number * 1.1:.2g}}}"
    return f"{who} about {number:.3g} {what}, more than {limit:.3g}; is a unit wrong? To raise the limit write {raised}"
