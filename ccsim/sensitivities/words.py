"""Values of keys, and amounts, as a reader sees them."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccsim.analysis.estimates import Number
    from ccsim.sensitivities.design import Range

DIGITS = 3
"""Significant ones of a break-even."""
BEYOND = {"low": "below", "high": "above"}


def written(value: Any) -> str:
    """A value of a key as it stands in the file."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {written(child)}" for key, child in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(written, value)) + "]"
    return str(value)


def now(range_: Range) -> str:
    """What stands in the file; several values where scenarios differ, nothing where it is a default."""
    return " or ".join(map(written, range_.now))


def at(range_: Range, number: float) -> str:
    """A number of the range as a planner would write it."""
    assert range_.scale is not None
    return written(range_.scale.written(float(f"{number:.{DIGITS}g}")))


def around(range_: Range, number: Number) -> str:
    """``275 PHP to 289 PHP``; an end that is not within the range is only known to lie beyond."""
    if isnan(number.low) and isnan(number.high):
        return "beyond both ends" if not isnan(number.mean) else ""
    assert range_.scale is not None
    first, last = sorted((range_.scale.low, range_.scale.high))
    low = at(range_, number.low) if not isnan(number.low) else f"below {at(range_, first)}"
    high = at(range_, number.high) if not isnan(number.high) else f"above {at(range_, last)}"
    return f"{low} to {high}"


def amount(number: float) -> str:
    """In whole units, signed."""
    return f"{round(number):,}"


def between(number: Number) -> str:
    """`` ± 6,128``, half of the interval, which lies evenly around its mean; empty without one worth saying."""
    half = (number.high - number.low) / 2
    return "" if isnan(half) or round(half) == 0 else f" ± {amount(half)}"


def size(number: float, currency: str) -> str:
    """``703,576 USD``"""
    return f"{amount(abs(number))} {currency}"
