"""The whole of a scenario in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.errors import ConfigError, Problem
from ccsim.plan import Plan
from ccsim.planning.attendance import attendance
from ccsim.planning.careers import careers
from ccsim.planning.contact_types import contact_types, lines
from ccsim.planning.contracts import contracts
from ccsim.planning.costs import costs
from ccsim.planning.demand import forecast
from ccsim.planning.dialing import dialing
from ccsim.planning.flexibility import flexibility
from ccsim.planning.horizon import horizon
from ccsim.planning.lanes import lanes, mean_work
from ccsim.planning.months import months
from ccsim.planning.moves import moves
from ccsim.planning.outages import outages
from ccsim.planning.pay import exchange, sites
from ccsim.planning.pools import pools
from ccsim.planning.promises import promises
from ccsim.planning.roster import roster
from ccsim.planning.routing import routing
from ccsim.planning.rows import Rows
from ccsim.planning.strings import satisfaction, strings
from ccsim.planning.visited import with_visited_types_only

if TYPE_CHECKING:
    from ccsim.model.experiment import Experiment


def plan(experiment: Experiment, scenario: str) -> Plan:
    """
    One scenario of an experiment in numbers, the same for all replications.

    Raises
    ------
    ConfigError
        If there is no such scenario, or if what only the calendar can tell is wrong: a table that does not cover the
        counted period, business hours that never come, a planning interval that does not fit a clock change.
    """
    if scenario not in experiment.scenarios:
        known = ", ".join(experiment.scenarios)
        raise ConfigError([Problem(experiment.file, 0, 0, "scenarios", f"there is no {scenario}; there are {known}")])
    center = with_visited_types_only(experiment.scenarios[scenario])
    rows = Rows.of(center)
    span = horizon(experiment.calendar, center, experiment.file)
    made_pools = pools(rows)
    made_types = contact_types(center, rows, span)
    made_routing, windows, lanes_left = routing(center, rows, made_pools.priority, span)
    work = mean_work(made_types, made_pools, made_routing)
    made_forecast = forecast(rows, span)
    made_roster = roster(rows, made_forecast, span)
    made_months = months(span)
    rates = exchange(experiment.currency)
    return Plan(
        scenario=scenario,
        epoch=span.epoch,
        counted_from=span.counted_from,
        counted_to=span.counted_to,
        run_end=span.run_end,
        currency=experiment.currency.report,
        types=made_types,
        lines=lines(rows),
        pools=made_pools,
        routing=made_routing,
        windows=windows,
        agents=made_roster.agents,
        shifts=made_roster.shifts,
        heads=made_roster.heads,
        shrinkage=made_roster.shrinkage,
        forecast=made_forecast,
        promises=promises(experiment, rows, span),
        months=made_months,
        sites=sites(rows, experiment.currency, span),
        names=rows.names(center),
        flexibility=flexibility(rows, made_roster),
        careers=careers(rows, made_roster, span),
        attendance=attendance(made_roster),
        outages=outages(center, rows, span),
        lanes=lanes(center, rows, lanes_left, work),
        moves=moves(center, rows),
        dialing=dialing(rows, work),
        costs=costs(rows, made_roster, made_months, span, is_asked=experiment.has_books),
        strings=strings(center, rows, made_months, span),
        satisfaction=satisfaction(center, rows),
        exchange=rates,
        contracts=contracts(center, rows, span, made_months, rates),
    )
