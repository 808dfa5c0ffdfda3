"""
Holding the simulation against exact answers: a case is the text of an experiment file and what theory says of it.

The whole family of cases has a false-alarm rate of 1 %: every claim is judged by an interval of confidence 1 - 1 % /
(claims of the family). The seed of a case is its name, fixed before it ever ran. A case that fails is run again with
four times the replications and another seed, and that second verdict stands.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim import chance, config, engine, measures, planning
from ccsim.analysis.estimates import estimate
from ccsim.measures import CATALOG
from ccsim.measures.tally import Key, Tally

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FAMILY_FALSE_ALARMS = 0.01
RESOLUTION = 0.3
"""
Widest half-width of an interval, as a part of the exact value (for shares, of the smaller side). Wider, a case could
hardly fail. ``scale`` times the replications must bring it down by the root of ``scale``.
"""


class Claim(NamedTuple):
    """
    A measure that theory knows: its key, in one planning interval if given, as a share of another count if ``over``
    is given.
    """

    name: str
    measure: str
    scope: str = "contact_type"
    over: str | None = None
    interval: int | None = None

    @property
    def is_share(self) -> bool:
        return self.over is not None or CATALOG[self.measure].kind == "share"


class Formula(NamedTuple):
    """What a function of ``ccsim.erlang`` says of some or all of the claims of a case."""

    name: str
    says: Callable[[], dict[Claim, float]]


@dataclass(frozen=True)
class Case:
    """``text`` is an experiment file without title, seed and replications; ``exact`` gives the value of each claim."""

    name: str
    text: str
    exact: Callable[[], dict[Claim, float]]
    replications: int = 40
    formula: Formula | None = None
    """The model of ccsim whose world this is; ``exact`` is computed in another way."""
    approximations: tuple[Formula, ...] = ()
    """Formulas that are known to be off."""
    long: bool = False
    """Left to the slow tests altogether, its exact value too."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "exact", cache(self.exact))

    def seed(self, run: int) -> int:
        return int.from_bytes(hashlib.sha256(f"{self.name}/{run}".encode()).digest()[:4], "big")


def disagreements(case: Case, folder: Path, family: int, scale: float = 1) -> list[str]:
    """
    Claims that the simulation refutes, each in a sentence; empty if it agrees. ``scale`` multiplies the replications.
    """
    return judge(case, folder, family, 1, scale) and judge(case, folder, family, 2, 4 * scale)


def judge(case: Case, folder: Path, family: int, run: int, scale: float) -> list[str]:
    tallies = simulate(case, folder, case.seed(run), round(scale * case.replications))
    resolution = RESOLUTION / math.sqrt(scale)
    refuted = []
    for claim, exact in case.exact().items():
        low, high = interval(claim, tallies, 1 - FAMILY_FALSE_ALARMS / family)
        room = min(exact, 1 - exact) if claim.is_share else exact
        if not (high - low) / 2 <= resolution * room:
            refuted.append(f"{case.name} {claim}: [{low:.5g}, {high:.5g}] is too wide to judge {exact:.5g}")
        elif not low <= exact <= high:
            refuted.append(f"{case.name} {claim}: theory {exact:.5g}, simulation [{low:.5g}, {high:.5g}], run {run}")
    return refuted


def simulate(case: Case, folder: Path, seed: int, replications: int) -> list[Tally]:
    file = folder / "case.yaml"
    file.write_text(f"title: {case.name}\nseed: {seed}\nreplications: {replications}\n{case.text}")
    experiment = config.load(file)
    (scenario,) = experiment.scenarios
    plan = planning.plan(experiment, scenario)
    return [
        measures.measure(plan, engine.simulate(plan, chance.draw(plan, seed, replication)))
        for replication in range(replications)
    ]


def interval(claim: Claim, tallies: list[Tally], confidence: float) -> tuple[float, float]:
    numerator, denominator = sums(claim, tallies)
    kind = "share" if claim.is_share else CATALOG[claim.measure].kind
    estimates = estimate(kind, numerator[:, None], denominator[:, None], confidence=confidence)
    return float(estimates.low[0]), float(estimates.high[0])


def sums(claim: Claim, tallies: list[Tally]) -> tuple[np.ndarray, np.ndarray]:
    key = Key(claim.scope, claim.name, claim.measure)
    if claim.interval is not None:
        row = tallies[0].interval_keys.index(key)
        return (
            np.array([tally.interval_numerator[row, claim.interval] for tally in tallies]),
            np.array([tally.interval_denominator[row, claim.interval] for tally in tallies]),
        )
    column = tallies[0].keys.index(key)
    numerator = np.array([tally.numerator[column] for tally in tallies])
    if claim.over is None:
        return numerator, np.array([tally.denominator[column] for tally in tallies])
    base = tallies[0].keys.index(Key(claim.scope, claim.name, claim.over))
    return numerator, np.array([tally.numerator[base] for tally in tallies])
