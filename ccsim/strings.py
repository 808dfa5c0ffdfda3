"""
What an outsourced center costs its client beside fees, in numbers: the strings of its providers, and its customers.

Only values and their meaning. Prices, shares and quantities are exact fractions of the text in the file; times are
ticks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from ccsim.costs import Price


@dataclass(frozen=True)
class Planned:
    """A cost that follows from the calendar alone, or is an expected value."""

    item: str
    price: Price
    """Of one unit."""
    quantity: tuple[Fraction, ...]
    """[M] units of each month, as far as it is counted."""
    whole: Fraction | None = None
    """Units in all of what comes once, whether all of it is counted or not; None = it comes every month."""


@dataclass(frozen=True)
class OfProvider:
    """What the client spends on one provider of the scenario, beside its fees."""

    provider: str
    planned: tuple[Planned, ...]
    governance: Fraction | None
    """Share of the provider's fees."""
    hedging: Fraction | None
    """Share of the provider's fees in other currencies than the reporting one."""


@dataclass(frozen=True)
class Churn:
    """
    Probability that a customer leaves: by what the customer got in the end, plus ``waited`` for a long wait, both x the
    factor of the pool that answered last; at most 1.
    """

    value: Price
    """Of one customer."""
    unanswered: Fraction
    unresolved: Fraction
    after: int
    """A total wait of more than this is long. [ticks]"""
    waited: Fraction
    pools: tuple[Fraction, ...]
    """[P]"""


@dataclass(frozen=True)
class Strings:
    """All that one scenario costs the client beside own costs and invoices."""

    providers: tuple[OfProvider, ...]
    """In the order of their names."""
    abandoned: Price | None
    """Of a contact given up for good."""
    churn: Churn | None


@dataclass(frozen=True)
class Satisfaction:
    """
    Satisfaction of a customer: by what the customer got in the end, less ``per_minute`` for each minute waited, x the
    factor of the pool that answered last; from 0 to 1.
    """

    resolved: float
    unresolved: float
    unanswered: float
    per_minute: float
    """Lost for each minute of the total wait, 0 or more."""
    pools: tuple[float, ...]
    """[P]"""
