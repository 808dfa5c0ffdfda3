"""How large an experiment is, told from its numbers alone; absurd ones are refused before anything is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.config.journeys import visits
from ccsim.quantities import DAY, WEEK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.config.tree import Node, Place
    from ccsim.errors import Problem
    from ccsim.model.contact_type import ContactType
    from ccsim.model.demand import Demand
    from ccsim.model.experiment import Calendar, Center, Experiment
    from ccsim.model.pool import Pool

RUN_ON = 2 * DAY
"""Of an estimate: what the run-on adds beside the longest response target."""


def simulated_days(calendar: Calendar) -> float:
    """Days of warm-up, counted period and run-on, about."""
    return calendar.counted_days + (calendar.warm_up + (calendar.run_on or RUN_ON)) / DAY


def contacts(experiment: Experiment, center: Center) -> float:
    """Expected visits of one replication of one scenario, about; further ones of a customer as many as there may be."""
    return sum(_by_type(experiment, center).values())


def _by_type(experiment: Experiment, center: Center) -> dict[str, float]:
    """Expected visits of the customers who first come to each contact type."""
    days, each = simulated_days(experiment.calendar), visits(center)
    return {name: _contacts(kind, days) * each[name] for name, kind in center.contact_types.items()}


def _contacts(kind: ContactType, days: float) -> float:
    """Customers who come to agents for the first time."""
    left = 1.0 - kind.self_service.share if kind.self_service is not None else 1.0
    return _demand(kind.demand, days) * left


def _demand(demand: Demand, days: float) -> float:
    scale = demand.scale * demand.actual
    if demand.rate is not None:
        return demand.rate * DAY * days * scale
    if demand.weekly is not None:
        weekly = demand.weekly
        if weekly.volume is not None:
            return weekly.volume * days * DAY / WEEK * scale
        return sum((weekly.volume_by_week or weekly.volume_by_date or {}).values()) * scale
    if demand.recorded_times is not None:
        return float(len(demand.recorded_times.times))
    table = demand.table or demand.recorded_counts
    return sum(table.values) * scale if table else 0.0


def agent_days(experiment: Experiment, center: Center) -> float:
    """Agents x days of one replication of one scenario, at most."""
    return sum(_heads(pool) for pool in center.pools.values()) * simulated_days(experiment.calendar)


def _heads(pool: Pool) -> float:
    if pool.shifts is not None:
        bench = pool.replace_absent.bench * len(pool.shifts)
        on_call = sum(line.agents for line in pool.on_call.values())
        return float(sum(shift.agents for shift in pool.shifts.values()) + bench + on_call)
    staffing = pool.staffing
    if staffing is None:
        return 0.0
    numbers = [staffing.always or 0, *(count.agents for count in staffing.weekly)]
    return float(max([*numbers, *(staffing.table.values if staffing.table else ())]))


def problems_with_size(experiment: Experiment, tree: Node) -> Iterator[Problem]:
    """What is larger than the limits of the experiment, with the way to raise them; one problem is enough."""
    limits, times = experiment.limits, experiment.most_replications
    once = {name: contacts(experiment, center) for name, center in experiment.scenarios.items()}
    if not once:
        return
    largest = max(once, key=lambda name: once[name])
    staff = sum(agent_days(experiment, center) for center in experiment.scenarios.values()) * times
    if once[largest] > limits.contacts_per_replication:
        place = _most_demand(experiment, largest, tree)
        yield place.problem(_too_many("contacts_per_replication", once[largest], limits.contacts_per_replication))
    elif sum(once.values()) * times > limits.contacts:
        place = _most_demand(experiment, largest, tree)
        yield place.problem(_too_many("contacts", sum(once.values()) * times, limits.contacts))
    if staff > limits.agent_days:
        yield (tree.get("calendar") or tree).key.problem(_too_many("agent_days", staff, limits.agent_days))


def _most_demand(experiment: Experiment, scenario: str, tree: Node) -> Place:
    """The demand of the contact type that has most of it."""
    found = _by_type(experiment, experiment.scenarios[scenario])
    name = max(found, key=lambda name: found[name])
    return (tree.get("scenarios", scenario, "contact_types", name, "demand") or tree).place


def _too_many(key: str, number: float, limit: float) -> str:
    what = {
        "contacts_per_replication": "contacts in one replication",
        "contacts": "contacts in all replications and scenarios",
        "agent_days": "agents x days in all replications and scenarios",
    }[key]
    return (
        f"about {number:.2g} {what} are more than {limit:.2g}; is a unit wrong? "
        f"To raise the limit write limits: {{{key}: {number * 1.1:.2g}}}"
    )
