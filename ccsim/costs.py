"""
What it costs to run the sites of a scenario, in numbers.

Only values and their meaning. Prices are exact fractions of the text in the file; what is not given is None and costs
nothing. Amounts per month count by the share of the month that is counted (``plan.Months.share``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from fractions import Fraction

    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.signedinteger[Any]]
    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Exchange:
    """What one unit of a currency is worth."""

    rate: Fraction
    """In units of the reporting currency."""
    spread: Fraction
    """Changing money costs this share of every amount that the client pays in the currency."""


@dataclass(frozen=True)
class Price:
    """An amount in units of a currency: of what, says the field that has it."""

    amount: Fraction
    currency: str


@dataclass(frozen=True)
class Added:
    """A share of the wage, added for paid time in these spans, merged and ascending. [ticks]"""

    share: Fraction
    begins: Ints
    ends: Ints


@dataclass(frozen=True)
class Seniority:
    """A spell is paid at ``factor[k]`` x wage if its agent has been there ``after[k]`` days when it begins."""

    after: Floats
    """[K] ascending. [days]"""
    factor: tuple[Fraction, ...]
    """[K]"""


@dataclass(frozen=True)
class PoolCosts:
    """What the agents of a pool earn, and how many there are."""

    wage: Price | None
    """Per paid hour."""
    seniority: Seniority | None
    """None: all earn the wage."""
    roster: tuple[int, ...]
    """
    [M] named agents: seats of the shifts of the month, of those on standby and on call; of a pool staffed by numbers
    the largest number.
    """
    is_replaced: bool
    """People leave and are hired in the simulation."""
    is_trained: bool
    """Training of those who are hired is simulated: its hours are among the paid ones."""


@dataclass(frozen=True)
class Training:
    """Of each person hired."""

    hours: Fraction
    """Paid at the wage."""
    material: Price | None


@dataclass(frozen=True)
class Support:
    """People without contacts of their own: one hour of theirs for every ``span`` paid hours of agents."""

    item: Literal["supervisors", "quality", "workforce"]
    span: Fraction
    wage: Price


@dataclass(frozen=True)
class SiteCosts:
    """What a site costs whoever runs it."""

    overtime: Fraction
    """Multiplies the wage of overtime."""
    premiums: tuple[Added, ...]
    """They may overlap, and add."""
    holiday_pay: Added | None
    benefits: Fraction | None
    """Share of all wages."""
    seat: Price | None
    """Per month and agent scheduled, when most are at once."""
    equipment: Price | None
    """Per month and named agent."""
    licences: Price | None
    """Per month and named agent or, ``licences_per`` concurrent, agent present when most are at once."""
    licences_per: Literal["agent", "concurrent"]
    minute: Price | None
    """Of telephone talk."""
    line: Price | None
    """Per month and telephone line."""
    support: tuple[Support, ...]
    recruiting: Price | None
    """Of each person hired."""
    training: Training | None
    turnover: Fraction | None
    """Share of named agents replaced in a year of 365.25 days, where the simulation replaces nobody."""
    index: tuple[Fraction, ...]
    """[M] amounts of the month / amounts as written."""
    not_counted: tuple[str, ...]
    """Keys of the file that might cost something, and are not given."""


@dataclass(frozen=True)
class Costs:
    """Own costs of all sites."""

    pools: tuple[PoolCosts, ...]
    """[P]"""
    sites: tuple[SiteCosts, ...]
    """[S]"""
    date: Ints
    """[M + 1] first local date of each month, and the date after the last one, in the reporting zone. [ordinal]"""
