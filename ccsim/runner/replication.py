"""The unit of work: one replication of all scenarios. Only sums travel home, and logs that are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ccsim.chance import draw
from ccsim.engine import simulate
from ccsim.errors import naming
from ccsim.measures.measure import measure
from ccsim.measures.staff import StaffTime, hours_per_agent
from ccsim.money.books import books
from ccsim.money.unit_costs import with_costs
from ccsim.results.record import HOURS, Replication
from ccsim.results.traces import packed

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from ccsim.log import Log
    from ccsim.plan import Plan


def replicate(
    plans: Sequence[Plan], seed: int, logged: Container[int], replication: int, *, traced: bool = False
) -> list[Replication]:
    """
    One replication of every scenario, in their order, on the same chance; with its logs if it is among ``logged``, and
    with its traces if asked for.

    Raises
    ------
    SimulationError
        Naming scenario, replication and seed, so that it can be done again.
    """
    return [one_scenario(plan, seed, replication, replication in logged, traced) for plan in plans]


def one_scenario(plan: Plan, seed: int, replication: int, keep_log: bool, keep_trace: bool) -> Replication:
    with naming(plan.scenario, replication, seed):
        log = simulate(plan, draw(plan, seed, replication))
        counted = told(plan, log)
        return replace(counted, log=log if keep_log else None, trace=packed(log) if keep_trace else None)


def told(plan: Plan, log: Log) -> Replication:
    """What a Log says: measures, agents' hours, and the books if there are costs or contracts."""
    hours = hours_per_agent(StaffTime.of(plan, log))
    agent_hours = np.column_stack([hours[name] for name in HOURS])
    kept, tally = books(plan, log), measure(plan, log)
    if kept is not None:
        tally = with_costs(tally, kept.ledger, plan)
    return Replication.of(tally, agent_hours, kept)
