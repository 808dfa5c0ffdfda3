"""What must hold of Plan and Workload, lest the simulation hang or lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.errors import SimulationError
from ccsim.plan import SpellKind

if TYPE_CHECKING:
    from ccsim.plan import Flexibility, Plan
    from ccsim.workload import Outages, Spells, Workload


def check(plan: Plan, workload: Workload) -> None:
    """Raise ``SimulationError`` with the first thing that cannot be played."""
    _check_period(plan)
    _check_routing(plan)
    _check_mechanisms(plan, workload)
    _check_visits(plan, workload)
    _check_journeys(plan, workload)
    _check_spells(workload.spells)
    _check_rates(plan, workload)
    if workload.outages is not None:
        _check_outages(workload.outages)
    if plan.flexibility is not None:
        _check_calls(plan.flexibility)


def _check_period(plan: Plan) -> None:
    if not 0 <= plan.counted_from <= plan.counted_to <= plan.run_end:
        message = (
            f"counted period {plan.counted_from} to {plan.counted_to} must lie within 0 to {plan.run_end}, the run"
        )
        raise SimulationError(message)


def _check_routing(plan: Plan) -> None:
    routing, pools = plan.routing, plan.pools
    types = np.repeat(np.arange(len(plan.types.name)), np.diff(routing.offset))
    for type, pool in zip(types.tolist(), routing.pool.tolist(), strict=True):
        if (pools.rate[pool, type, : pools.concurrency[pool]] < 1).any() or pools.priority[pool, type] < 0:
            message = f"{plan.types.name[type]} is routed to pool {pools.name[pool]}, which does not handle it"
            raise SimulationError(message)


def _check_mechanisms(plan: Plan, workload: Workload) -> None:
    """What the plan has is drawn, and nothing else."""
    for what, planned, drawn in (
        ("moves", plan.moves, workload.journeys),
        ("dialing", plan.dialing, workload.dialed),
    ):
        if (planned is None) != (drawn is None):
            missing = "workload has no draws for them" if drawn is None else "plan does not have them"
            raise SimulationError(f"{what}: the {missing}; it was drawn for another plan")


def _check_visits(plan: Plan, workload: Workload) -> None:
    visits, journeys = workload.visits, workload.journeys
    if (np.diff(visits.arrived[: None if journeys is None else journeys.first]) < 0).any():
        raise SimulationError("visits must be ordered by arrival")
    if (visits.work < 1).any() or (visits.wrap_up < 0).any():
        row = int(np.flatnonzero((visits.work < 1) | (visits.wrap_up < 0))[0])
        raise SimulationError(
            f"visit {row} has work {visits.work[row]} and wrap-up {visits.wrap_up[row]}; they must be > 0 and >= 0"
        )
    if len(visits.type) and not 0 <= visits.type.min() <= visits.type.max() < len(plan.types.name):
        raise SimulationError("visits name contact types that the plan does not have")
    if workload.dialed is not None and plan.dialing is not None:
        called = plan.dialing.is_campaign | (plan.dialing.offer_over >= 0)
        if (workload.dialed.work[called[visits.type]] < 1).any():
            raise SimulationError("dialing must take time")


def _check_journeys(plan: Plan, workload: Workload) -> None:
    """A visit follows one of the type that its move comes from, as the next of its customer."""
    journeys, moves, type = workload.journeys, plan.moves, workload.visits.type
    if journeys is None or moves is None:
        return
    before = np.repeat(np.arange(len(type)), np.diff(journeys.next_offset))
    further = journeys.next_row - journeys.first
    attempt = np.concatenate([np.zeros(journeys.first, np.int64), journeys.attempt])
    customer = np.concatenate([np.arange(journeys.first), journeys.customer])
    wrong = (
        (moves.from_type[journeys.move[further]] != type[before])
        | (moves.to_type[journeys.move[further]] != type[journeys.next_row])
        | (attempt[journeys.next_row] != attempt[before] + 1)
        | (customer[journeys.next_row] != customer[before])
    )
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise SimulationError(f"visit {journeys.next_row[row]} cannot follow visit {before[row]}")


def _check_rates(plan: Plan, workload: Workload) -> None:
    """Whoever is on duty handles what its pool handles."""
    spells, rate = workload.spells, plan.pools.rate
    rates = rate if workload.rates is None else workload.rates.rate
    if len(spells.agent) and not 0 <= spells.rate_row.min() <= spells.rate_row.max() < len(rates):
        raise SimulationError(f"spells name rates that are not among the {len(rates)} given")
    pool, row = np.divmod(np.unique(plan.agents.pool[spells.agent] * len(rates) + spells.rate_row), len(rates))
    wrong = (rate[pool] > 0) & (rates[row] < 1)
    if wrong.any():
        first, type, _ = np.argwhere(wrong)[0].tolist()
        handled = f"{plan.types.name[type]}, which pool {plan.pools.name[pool[first]]} handles"
        raise SimulationError(f"an agent at the rates of row {row[first]} cannot do {handled}")


def _check_spells(spells: Spells) -> None:
    if (spells.ends <= spells.begins).any():
        row = int(np.flatnonzero(spells.ends <= spells.begins)[0])
        raise SimulationError(
            f"spell {row} ends at {spells.ends[row]}, which must be > its begin at {spells.begins[row]}"
        )
    if (np.diff(spells.begins) < 0).any() or (len(spells.begins) and spells.begins[0] < 0):
        raise SimulationError("spells must be ordered by begin, and none may begin before the simulation")
    order = np.lexsort((spells.begins, spells.agent))
    same = np.diff(spells.agent[order]) == 0
    # Where spells touch something must change: an agent who was absent yesterday comes at midnight, or works at other
    # rates from then on, or is out of training or nesting. Who is called in works one stretch of a spell on call, so
    # these may touch.
    gap = spells.begins[order][1:] - spells.ends[order][:-1]
    on_call = spells.kind[order] == SpellKind.ON_CALL
    alike = (np.diff(spells.absent[order].astype(np.int8)) == 0) & (np.diff(spells.rate_row[order]) == 0)
    alike &= ~(on_call[1:] & on_call[:-1])
    if spells.tenure is not None:
        tenure = spells.tenure[order]
        alike &= tenure[1:] == tenure[:-1]
    wrong = same & ((gap < 0) | ((gap == 0) & alike))
    if wrong.any():
        agent = int(spells.agent[order][1:][wrong][0])
        raise SimulationError(f"agent {agent} has spells that touch or overlap; they should be one")
    if (spells.late < 0).any():
        raise SimulationError("agents may come late, never early")
    if (spells.block_length <= 0).any():
        raise SimulationError("breaks, activities and off-phone blocks must have a length > 0")


def _check_outages(outages: Outages) -> None:
    if (outages.ends <= outages.begins).any() or (outages.back < 0).any():
        raise SimulationError("an outage must end after its begin, and agents come back after its end")
    if (np.diff(outages.begins) < 0).any() or (outages.begins < 0).any():
        raise SimulationError("outages must be ordered by begin, and none may begin before the simulation")


def _check_calls(flexibility: Flexibility) -> None:
    used = flexibility.call_when_waiting >= 0
    lead, stays, pause = (
        column[used] for column in (flexibility.call_lead, flexibility.call_stays, flexibility.call_pause)
    )
    if (lead < 0).any() or (stays <= 0).any() or (pause < 0).any():
        raise SimulationError("who is called in must stay for a time > 0; the time to come and the pause must be >= 0")
