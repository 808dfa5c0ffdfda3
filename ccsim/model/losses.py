"""Customers who are not served as they wished: who leaves for good, and how satisfied the others are."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from ccsim import quantities
from ccsim.model.base import NUMBER, Amount, ExactFactor, ExactShare, Frozen, Name, Seconds, Slip, quantity, slips


def _points_lost(written: Any) -> Fraction:
    """A loss of points, exactly as written: ``-2 points`` is 0.02."""
    match = re.fullmatch(rf"-\s*({NUMBER})\s*(?:points?|pp)", written.strip()) if isinstance(written, str) else None
    if match is None:
        raise ValueError(f"{quantities.shown(written)} is not a loss of points; write for example -2 points")
    quantities.points(written.strip().removeprefix("-").strip())
    return quantities.exact_share(f"{match[1]}%")


PointsLost = Annotated[
    Fraction,
    *quantity(_points_lost, rf"^\s*-\s*{NUMBER}\s*(points?|pp)\s*$", "a loss of satisfaction", "-2 points"),
]
PoolFactors = dict[Name, ExactFactor]


class Waited(Frozen):
    """Who waits longer than ``after`` in all is more likely to leave, by ``add``."""

    after: Seconds
    add: ExactShare


class Churn(Frozen):
    """
    Expected customers who leave for good, by what each one got: ``value`` is that of one customer.

    ``unanswered``: of those who were never answered; ``unresolved``: of those answered whose matter stays open;
    ``pools``: factors on the probability of those whom a pool answered last.
    """

    value: Amount
    unanswered: ExactShare = Fraction(0)
    unresolved: ExactShare = Fraction(0)
    waited: Waited | None = None
    pools: PoolFactors = Field(default_factory=dict)

    @model_validator(mode="after")
    def _somebody_leaves(self) -> Self:
        if not {"unanswered", "unresolved", "waited"} & self.model_fields_set:
            raise ValueError("nobody leaves; write for example {value: 220 USD, unanswered: 2%, unresolved: 1.5%}")
        return self


class Satisfaction(Frozen):
    """
    Mean satisfaction as a function of what each customer met: ``start`` of those whose matter is resolved.

    ``unresolved``, ``unanswered``: in their place of the others; ``start`` if not given.
    """

    start: ExactShare
    per_minute_waited: PointsLost = Fraction(0)
    unanswered: ExactShare | None = None
    unresolved: ExactShare | None = None
    pools: PoolFactors = Field(default_factory=dict)

    @model_validator(mode="after")
    def _descends(self) -> Self:
        sentence = "it is more than start, the satisfaction of customers whose matter is resolved at once"
        levels = {"unresolved": self.unresolved, "unanswered": self.unanswered}
        found = [Slip((key,), sentence) for key, level in levels.items() if level is not None and level > self.start]
        if found:
            raise slips(*found)
        return self
