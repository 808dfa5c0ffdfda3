"""The unit of work: one replication of all scenarios in all of their worlds. Only sums travel home."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from ccsim.engine import simulate
from ccsim.errors import naming
from ccsim.explanation.steps import EVERYTHING
from ccsim.explanation.worlds import Worlds, worlds_needed
from ccsim.measures.contacts import Counted, service_levels
from ccsim.measures.tally import Ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ccsim.explanation.worlds import World
    from ccsim.plan import Plan
    from ccsim.workload import Workload


@dataclass(frozen=True)
class Played:
    """Contacts in target and offered in one replication of a scenario, in each of its worlds."""

    worlds: Mapping[World, Ratio]
    """[T]"""
    floor: Ratio
    """[T, I] where everything is real."""


def one_replication(plans: Sequence[Plan], seed: int, replication: int) -> list[Played]:
    """
    One replication of every scenario, in their order, on the same chance; worlds that are equal are played once.

    Raises
    ------
    SimulationError
        Naming scenario, replication and seed, so that it can be done again.
    """
    known: dict[bytes, Ratio] = {}
    return [one_scenario(plan, seed, replication, known) for plan in plans]


def one_scenario(plan: Plan, seed: int, replication: int, known: dict[bytes, Ratio]) -> Played:
    with naming(plan.scenario, replication, seed):
        worlds = Worlds(plan)
        levels = {}
        for world in worlds_needed(worlds.told_apart):
            simpler, workload = worlds.world(world, seed, replication)
            name = fingerprint(simpler, workload)
            if name not in known:
                known[name] = level_offered(simpler, workload)
            levels[world] = known[name]
    period = {world: Ratio(*(side.sum(axis=1) for side in level)) for world, level in levels.items()}
    return Played(period, levels[EVERYTHING])


def level_offered(plan: Plan, workload: Workload) -> Ratio:
    """[T, I] contacts in target and contacts offered."""
    return service_levels(Counted(plan, simulate(plan, workload)))["service_level_offered"]


def fingerprint(plan: Plan, workload: Workload) -> bytes:
    """
    Equal for worlds in which the same will happen.

    Holds all of the Workload, and of the Plan all but names and what chance alone reads: it is in the Workload.
    """
    nobody: tuple[str, ...] = ()
    read = replace(plan, scenario="", pools=replace(plan.pools, name=nobody, stream=nobody))
    chance = {"forecast", "shifts", "heads", "shrinkage"}
    parts = [value for name, value in vars(read).items() if name not in chance]
    return blake2b(pickle.dumps((parts, workload))).digest()
