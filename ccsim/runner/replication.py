"""The unit of work: one replication of all scenarios. Only sums travel home, and logs that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.chance import draw
from ccsim.engine import simulate
from ccsim.errors import SimulationError
from ccsim.measures.measure import measure
from ccsim.measures.staff import StaffTime, hours_per_agent
from ccsim.money.books import books
from ccsim.money.unit_costs import with_costs
from ccsim.results.record import HOURS, Replication

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from ccsim.plan import Plan


def replicate(plans: Sequence[Plan], seed: int, logged: Container[int], replication: int) -> list[Replication]:
    """
    One replication of every scenario, in their order, on the same chance; with its logs if it is among ``logged``.

    Raises
    ------
    SimulationError
        Naming scenario, replication and seed, so that it can be done again.
    """
    return [one_scenario(plan, seed, replication, replication in logged) for plan in plans]


def one_scenario(plan: Plan, seed: int, replication: int, keep_log: bool) -> Replication:
    try:
        log = simulate(plan, draw(plan, seed, replication))
        hours = hours_per_agent(StaffTime.of(plan, log))
        agent_hours = np.column_stack([hours[name] for name in HOURS])
        kept, tally = books(plan, log), measure(plan, log)
        if kept is not None:
            tally = with_costs(tally, kept.ledger, plan.currency)
        return Replication.of(tally, agent_hours, log if keep_log else None, kept)
    except Exception as problem:
        told = f"{type(problem).__name__}: {problem}"
        raise SimulationError(
            f"scenario {plan.scenario}, replication {replication}, seed {seed} failed: {told}"
        ) from problem
