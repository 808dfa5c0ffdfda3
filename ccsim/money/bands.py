"""Rates that change with the number of units: each unit costs the rate of its own band."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccsim.contracts import Band


def split(bands: Sequence[Band], units: Fraction, share: Fraction) -> Iterator[Fraction]:
    """How many of the units of a month lie in each band; of a part of the month bands are that part of theirs."""
    below = Fraction(0)
    for band in bands:
        reached = units if band.up_to is None else min(units, band.up_to * share)
        yield max(Fraction(0), reached - below)
        below = max(below, reached)


def cost(bands: Sequence[Band], units: Fraction, share: Fraction) -> Fraction:
    """What all units of a month cost."""
    amounts = (band.rate * number for band, number in zip(bands, split(bands, units, share), strict=True))
    return sum(amounts, Fraction(0))
