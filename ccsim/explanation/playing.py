"""The unit of work: one replication of one scenario in all of its worlds. Only sums travel home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccsim.errors import SimulationError
from ccsim.explanation.steps import EVERYTHING
from ccsim.explanation.worlds import Worlds, worlds_needed
from ccsim.measures.tally import Ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ccsim.explanation.worlds import World
    from ccsim.plan import Plan


@dataclass(frozen=True)
class Played:
    """Contacts in target and offered in one replication of a scenario, in each of its worlds."""

    worlds: Mapping[World, Ratio]
    """[T]"""
    floor: Ratio
    """[T, I] where everything is real."""


def one_replication(plans: Sequence[Plan], seed: int, number: int) -> Played:
    """Every world of one scenario on one chance; numbers go round the scenarios, replication by replication."""
    plan, replication = plans[number % len(plans)], number // len(plans) + 1
    try:
        worlds = Worlds(plan)
        played = {world: worlds.play(world, seed, replication) for world in worlds_needed(worlds.told_apart)}
    except Exception as problem:
        told = f"{type(problem).__name__}: {problem}"
        raise SimulationError(
            f"scenario {plan.scenario}, replication {replication}, seed {seed} failed: {told}"
        ) from problem
    period = {world: Ratio(*(side.sum(axis=1) for side in level)) for world, level in played.items()}
    return Played(period, played[EVERYTHING])
