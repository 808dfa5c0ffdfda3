"""
Books of one replication: lines of money that are each rounded once, so that every table adds up to the cent.

Quantities and prices are exact fractions. A line's amount is rounded, half away from zero, to whole minor units of its
currency; in the client's books it is converted from there, and rounded once more. Totals are sums of rounded lines.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

if TYPE_CHECKING:
    from ccsim.plan import Floats, Ints

CLIENT = "client"
MARKET = ""
"""Whoever is paid and no party to a contract: employees, landlords, carriers."""
WITHOUT_MINOR_UNIT = frozenset({
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF",
})  # fmt: skip
"""Currencies of ISO 4217 without a minor unit; a whole unit is the smallest amount."""
OF_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""Currencies of ISO 4217 with three digits; all others here have two."""


class Line(NamedTuple):
    """What a line of the books is for. Lines depend on the Plan alone, so books of replications stack."""

    payer: str
    """``client`` or a provider."""
    payee: str
    """A provider, or nobody in particular (``""``). Credits are negative amounts to the provider who gives them."""
    contract: str
    """Name, ``""`` for a party's own costs."""
    item: str
    about: str
    """Contact type, pool, site or provider; ``""`` for all."""
    month: int
    """Row of the Plan's months."""
    currency: str


@dataclass(frozen=True)
class Ledger:
    """Lines [L] with exact amounts; credits are negative."""

    lines: tuple[Line, ...]
    quantity: Floats
    """[L] hours, contacts, ...: for display; amounts do not depend on it."""
    invoiced: Ints
    """[L] minor units of the line's currency."""
    amount: Ints
    """[L] minor units of the reporting currency."""

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Home from another process."""
        self.__dict__.update(state, lines=once(state["lines"]))


@dataclass
class Writer:
    """Writes lines, in the order in which they come."""

    reporting: str
    lines: list[Line] = field(default_factory=list)
    quantity: list[float] = field(default_factory=list)
    invoiced: list[int] = field(default_factory=list)
    amount: list[int] = field(default_factory=list)

    def line(self, line: Line, quantity: Fraction, price: Fraction, exchange: Fraction) -> int:
        """
        ``quantity`` x ``price``, in the line's currency, of which one unit is worth ``exchange`` of the reporting one.

        Returns what is invoiced, in minor units of the line's currency.
        """
        return self.sum(line, quantity, quantity * price, exchange)

    def sum(self, line: Line, quantity: Fraction, amount: Fraction, exchange: Fraction) -> int:
        """The same for an amount that is no product."""
        invoiced = rounded(amount * minor_units(line.currency))
        in_reporting = Fraction(invoiced, minor_units(line.currency)) * exchange
        self.lines.append(line)
        self.quantity.append(float(quantity))
        self.invoiced.append(invoiced)
        self.amount.append(rounded(in_reporting * minor_units(self.reporting)))
        return invoiced

    def ledger(self) -> Ledger:
        """All lines written so far."""
        return Ledger(
            lines=once(tuple(self.lines)),
            quantity=np.array(self.quantity, dtype=np.float64),
            invoiced=np.array(self.invoiced, dtype=np.int64),
            amount=np.array(self.amount, dtype=np.int64),
        )


Keys = TypeVar("Keys", bound=tuple[Any, ...])


@lru_cache(maxsize=32)
def once(keys: Keys) -> Keys:
    """Equal keys as one object: those of all replications of a scenario are equal, and would fill the memory."""
    return keys


def minor_units(currency: str) -> int:
    """How many of the smallest amounts one unit of a currency has."""
    if currency in WITHOUT_MINOR_UNIT:
        return 1
    return 1000 if currency in OF_THOUSANDTHS else 100


def rounded(amount: Fraction) -> int:
    """To a whole number, halves away from zero."""
    whole = math.floor(abs(amount) + Fraction(1, 2))
    return whole if amount >= 0 else -whole
