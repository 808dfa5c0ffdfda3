"""The gap between Erlang C and the floor, charged to its steps: points of service level with paired intervals."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.comparisons import difference
from ccsim.analysis.estimates import CONFIDENCE, Number, estimate
from ccsim.explanation.steps import BACKWARD, ERLANG_A, FORWARD, INTERVALS, SWITCHED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from ccsim.explanation.steps import Real, Step
    from ccsim.explanation.worlds import World
    from ccsim.measures.tally import Ratio
    from ccsim.plan import Floats


@dataclass(frozen=True)
class Charge:
    """What one step adds to the service level; negative where it takes from it."""

    step: Step
    level: float
    """Service level once this step is taken."""
    points: Number
    applies: bool = True
    """False where the step changes nothing for this contact type: the charge is exactly 0."""

    @property
    def is_real(self) -> bool:
        """Whether chance alone does not explain it; not known without an interval. Formulas have no chance in them."""
        low, high = self.points.low, self.points.high
        return self.points.mean != 0 and (self.step is ERLANG_A or low > 0 or high < 0)


@dataclass(frozen=True)
class Gap:
    """By how much Erlang C is off for one contact type of a scenario, and why."""

    scenario: str
    contact_type: str
    threshold: float
    """[s]"""
    erlang_c: float
    erlang_a: float
    unstable_share: float
    """Share of expected contacts in intervals in which Erlang C has no answer; they count as not in target."""
    floor: Number
    total: Number
    """The floor less Erlang C."""
    forward: tuple[Charge, ...]
    backward: tuple[Charge, ...]
    replications: int


def gap(
    names: tuple[str, str],
    type_: int,
    threshold: float,
    formulas: Mapping[str, float],
    played: Mapping[World, Sequence[Ratio]],
    told_apart: Callable[[Collection[Real]], World],
) -> Gap:
    """
    Charge the steps of one contact type.

    Parameters
    ----------
    names
        Scenario and contact type.
    formulas
        ``erlang_c``, ``erlang_a`` and ``unstable_share``.
    played
        Of each world contacts in target and contacts offered, [T], of every replication.
    """
    sums = {world: column(ratios, type_) for world, ratios in played.items()}
    worlds = {True: [told_apart(FORWARD[:k]) for k in range(len(FORWARD) + 1)]}
    worlds[False] = [told_apart(BACKWARD[:k]) for k in range(len(BACKWARD) + 1)]
    promised, with_patience = formulas["erlang_c"], formulas["erlang_a"]
    entrance = [
        Charge(ERLANG_A, with_patience, Number(with_patience - promised, nan, nan), with_patience != promised),
        Charge(INTERVALS, mean(sums[worlds[True][0]]), against(sums[worlds[True][0]], with_patience)),
    ]
    floor = sums[worlds[True][-1]]
    level = estimate("share", *floor, CONFIDENCE).alone
    total = against(floor, promised)
    if isnan(total.low):  # All replications alike: what is known of the level is known of the gap.
        total = Number(total.mean, level.low - promised, level.high - promised)
    return Gap(
        *names,
        threshold,
        promised,
        with_patience,
        formulas["unstable_share"],
        level,
        total,
        (*entrance, *charges(FORWARD, worlds[True], sums)),
        (*entrance, *charges(BACKWARD, worlds[False], sums)),
        len(floor[0]),
    )


def charges(
    order: tuple[Real, ...], worlds: list[World], sums: Mapping[World, tuple[Floats, Floats]]
) -> tuple[Charge, ...]:
    """One for each thing switched on, on the way through these worlds."""
    return tuple(
        Charge(SWITCHED[real], mean(sums[after]), change(sums[before], sums[after]), differ(sums[before], sums[after]))
        for real, before, after in zip(order, worlds, worlds[1:], strict=False)
    )


def differ(before: tuple[Floats, Floats], after: tuple[Floats, Floats]) -> bool:
    """Whether any replication of one world is another in the other one."""
    return not all(map(np.array_equal, before, after))


def column(ratios: Sequence[Ratio], type_: int) -> tuple[Floats, Floats]:
    """Numerator and denominator [R, 1] of one type."""
    return np.array([[one.numerator[type_]] for one in ratios]), np.array([[one.denominator[type_]] for one in ratios])


def mean(sums: tuple[Floats, Floats]) -> float:
    """Ratio of sums over replications, NaN if nobody was offered."""
    top, bottom = float(sums[0].sum()), float(sums[1].sum())
    return top / bottom if bottom else nan


def against(sums: tuple[Floats, Floats], constant: float) -> Number:
    """A simulated level less a number without chance."""
    mean, low, high = estimate("plain", *sums, CONFIDENCE).alone
    return Number(mean - constant, low - constant, high - constant)


def change(before: tuple[Floats, Floats], after: tuple[Floats, Floats]) -> Number:
    """The paired difference of two worlds on the same chance."""
    return difference("plain", before, after, CONFIDENCE).alone
