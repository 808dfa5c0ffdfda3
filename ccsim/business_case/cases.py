"""What a business case asks: which scenario runs in which months, and what money of later months is worth today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from ccsim.plan import Floats


@dataclass(frozen=True)
class Phase:
    """Some months in which one scenario runs."""

    scenario: str
    months: int
    """1 or more."""


Case = tuple[Phase, ...]
"""Phases one after the other, from the first month on."""


@dataclass(frozen=True)
class BusinessCase:
    """Cases of equal length, compared with one of them."""

    months: int
    discount: Fraction
    """Of a year: money of a year later is worth 1 / (1 + discount)."""
    baseline: str
    cases: Mapping[str, Case]
    """By name, in the order of the file."""

    @property
    def present_value(self) -> Floats:
        """[months] of one unit that is paid in each month: 1 in the first, (1 + d)^(-m/12) m months later."""
        worth: Floats = (1.0 + float(self.discount)) ** (-np.arange(self.months) / 12.0)
        return worth

    def of(self, scenarios: Mapping[str, object]) -> BusinessCase | None:
        """Cases that only some scenarios are enough for; None without the baseline."""
        kept = {name: case for name, case in self.cases.items() if all(one.scenario in scenarios for one in case)}
        return BusinessCase(self.months, self.discount, self.baseline, kept) if self.baseline in kept else None
