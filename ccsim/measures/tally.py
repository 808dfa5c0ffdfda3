"""A tally: the sums behind every measure of one scenario in one replication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from ccsim.plan import Floats, Ints, Rows

CONTACT_TYPE, POOL, SITE, TOTAL = SCOPES = ("contact_type", "pool", "site", "total")


class Key(NamedTuple):
    """What a number is about: a measure of a contact type, a pool, a site, or the whole center (name ``""``)."""

    scope: str
    name: str
    measure: str


@dataclass(frozen=True)
class Tally:
    """
    Numerator and denominator of every measure. The value is their quotient; denominator 0 is "no value".

    Sums instead of quotients, so that a ratio over replications is a ratio of sums. Counts, hours and costs have
    denominator 1. Keys depend on the Plan alone: tallies of replications of a scenario stack into arrays
    ``[replication, key]`` and ``[replication, key, interval]``.

    ``numerator`` and ``denominator`` are [M], in the order of ``keys``; ``interval_numerator`` and
    ``interval_denominator`` are [K, I], in the order of ``interval_keys`` and of the planning intervals of the Plan.
    All are finite. Units are those of the catalog.
    """

    keys: tuple[Key, ...]
    numerator: Floats
    denominator: Floats
    interval_keys: tuple[Key, ...]
    interval_numerator: Floats
    interval_denominator: Floats


class Ratio(NamedTuple):
    """Numerator and denominator of one measure for every row of a scope, [rows] or [rows, I]."""

    numerator: Floats
    denominator: Floats


def sums(row: Rows, amounts: Ints | Floats, rows: int) -> Floats:
    """[rows] sum of the amounts that belong to each row; exact for whole amounts while sums stay below 2**53."""
    return np.bincount(row, weights=amounts, minlength=rows).astype(np.float64)
