"""Numbers between two that a planner wrote, in the same words and the same unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np

from ccsim.quantities import NUMBER, duration

DIGITS = 6
"""Significant ones of a number between."""


@dataclass(frozen=True)
class Scale:
    """Values of a key that differ in one number: ``before`` it and ``after`` it they are alike."""

    low: float
    high: float
    before: str
    after: str
    is_text: bool
    """Whether the values are texts; else bare numbers."""

    @classmethod
    def of(cls, low: Any, high: Any) -> Scale | None:
        """The scale on which both lie; None where they differ in more than a number, as two distributions do."""
        if is_number(low) and is_number(high):
            return cls(float(low), float(high), "", "", False)
        if not (isinstance(low, str) and isinstance(high, str)):
            return None
        first, second = pieces(low), pieces(high)
        if len(first) == len(second):
            other = [place for place, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
            if len(other) == 1 and other[0] % 2:
                at = other[0]
                return cls(float(first[at]), float(second[at]), "".join(first[:at]), "".join(first[at + 1 :]), True)
        try:
            return cls(duration(low), duration(high), "", " s", True)
        except ValueError:
            return None

    @property
    def unit(self) -> str:
        """What stands around the number; ``%``, ``USD per hour``, ``x``."""
        return f"{self.before}{self.after}".strip()

    def written(self, number: float) -> Any:
        """A number as a planner would write it under the key, to six significant digits."""
        short = float(f"{number:.{DIGITS}g}")
        if not self.is_text:
            return int(short) if short == int(short) else short
        return f"{self.before}{np.format_float_positional(short, trim='-')}{self.after}"

    def number(self, value: Any) -> float:
        """The number in a value of the key; NaN where the value is written in other words."""
        if not self.is_text:
            return float(value) if is_number(value) else nan
        match = re.fullmatch(rf"{re.escape(self.before)}({NUMBER}){re.escape(self.after)}", tidy(str(value)))
        return float(match[1]) if match else nan


def pieces(text: str) -> list[str]:
    """Text and numbers in turn."""
    return re.split(rf"({NUMBER})", tidy(text))


def tidy(text: str) -> str:
    """Without spaces that mean nothing."""
    return re.sub(r"\s+", " ", text.strip()).replace(" %", "%")


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
