"""
What a provider promised: the service-level terms of a contract in numbers.

Only values and their meaning. Shares, targets and credits are exact fractions; targets on times are in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction

    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

Belongs = Literal["answered by", "offered to"]
Clock = Literal["from arrival", "from offer"]


class Measure(StrEnum):
    """What is judged; in the words of the file."""

    SERVICE_LEVEL = "service_level"
    """Share answered within the threshold, by a formula; live types."""
    RESPONSE = "response"
    """Share completed within the threshold; deferred types."""
    ABANDONMENT = "abandonment"
    """Share lost; live types. Less is better."""
    SPEED_OF_ANSWER = "speed_of_answer"
    """Mean wait of the answered; live types. Less is better. [s]"""


class Judged(StrEnum):
    """What the result of a month is."""

    POOLED = "pooled"
    """The value of all its contacts together."""
    AVERAGED = "averaged"
    """The unweighted mean of the values of its periods."""
    EACH = "each"
    """The share of its periods that meet the target."""


@dataclass(frozen=True)
class Step:
    """A share of the month's fees for every result beyond a value."""

    beyond: Fraction
    credit: Fraction


@dataclass(frozen=True)
class Line:
    """A share of the month's fees for every unit (1 = 100 points, or 1 s) by which the result lies beyond a value."""

    beyond: Fraction
    per_unit: Fraction
    cap: Fraction | None
    """Of the month's fees."""


Schedule = Line | tuple[Step, ...]
"""Steps go away from the target, their credits grow; the last one that is passed counts."""


@dataclass(frozen=True, eq=False)
class Term:
    """One service-level term; contacts of its types that arrive in its hours are judged."""

    name: str
    measure: Measure
    types: tuple[int, ...]
    """Rows of ``Types``, pooled."""
    threshold: Ints
    """[T] what "within" means for each type; -1 = not needed. [ticks]"""
    formula: Ints
    """[T] ``plan.Formula``"""
    business_offset: Ints
    business_from: Ints
    business_to: Ints
    """Hours in which the threshold runs (CSR by T, deferred types); empty = calendar time. [ticks]"""
    hours_from: Ints
    hours_to: Ints
    """Arrivals that count, within the counted period: merged and ascending. [ticks]"""
    edges: Ints
    """[K + 1] of the periods, which cover the counted period. [ticks]"""
    month: Ints
    """[K] month in which each period is judged, ascending."""
    judged: Judged
    """POOLED where the periods are months."""
    target: Fraction
    """Of the measure, in each period or in the month."""
    goal: Fraction
    """Of the month's result: the target, or the share of periods that must meet it."""
    less_is_better: bool
    """Of the measure, hence of target and value of a period."""
    penalty: Schedule | None
    """None: only what floor and weight say."""
    floor: Fraction | None
    """Results beyond it cost the whole weight, as those beyond the goal do if there is neither penalty nor bonus."""
    weight: Fraction
    """Share of the amount at risk that this term may cost."""
    bonus: Schedule | None
    belongs: Belongs
    clock: Clock

    @property
    def sinks(self) -> bool:
        """Whether smaller results of a month are better: not where periods are counted that met the target."""
        return self.less_is_better and self.judged != Judged.EACH

    @property
    def may_cost(self) -> bool:
        """Whether it has penalties at all; a term with a bonus alone has none."""
        return self.penalty is not None or self.floor is not None or self.bonus is None
