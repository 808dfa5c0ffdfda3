"""
What a provider is paid for, and how: the contracts of one scenario in numbers.

Only values and their meaning. Rates are exact fractions of the text in the file, per unit of the contract's currency;
times are ticks. Amounts given per month count by the share of the month that is counted (``plan.Months.share``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction

    from ccsim.costs import Added
    from ccsim.terms import Belongs, Clock, Term


class Per(StrEnum):
    """What a price is per; in the words of the file."""

    FTE_MONTH = "FTE-month"
    SCHEDULED_HOUR = "scheduled hour"
    PRODUCTIVE_HOUR = "productive hour"
    TALK_MINUTE = "talk minute"
    HANDLE_MINUTE = "handle minute"
    CONTACT = "contact"
    RESOLUTION = "resolution"
    OUTCOME = "outcome"
    MONTH = "month"


OF_HOURS = (Per.FTE_MONTH, Per.SCHEDULED_HOUR, Per.PRODUCTIVE_HOUR)
"""Paid for agents' time, whatever they do in it."""
OF_CONTACTS = (Per.TALK_MINUTE, Per.HANDLE_MINUTE, Per.CONTACT, Per.RESOLUTION, Per.OUTCOME)
"""Paid for what comes of contacts of certain types."""


@dataclass(frozen=True)
class Band:
    """The rate of the units of a month up to a number of them, beyond those of the band before."""

    up_to: Fraction | None
    """Units of a whole month; None = all further ones, which the last band has."""
    rate: Fraction


@dataclass(frozen=True)
class Price:
    """One price form: units of a month x rate, band by band."""

    per: Per
    types: tuple[int, ...]
    """Rows of ``Types``, ascending; empty for agents' time and for a month."""
    bands: tuple[Band, ...]
    """At least one, ascending."""
    hours: Fraction
    """Hours of one FTE-month; 0 for the other forms."""
    counts: Literal["available", "handling"]
    """Which time is productive."""
    round_up: int
    """Minutes of each contact are rounded up to whole multiples of this; 0 = exact. [ticks]"""
    window: int
    """
    Resolved is who does not come again within this; -1 = whose matter is resolved, whether they come again or not.
    [ticks]
    """
    share: Fraction
    """Expected outcomes per answered contact; 0 for the other forms."""


@dataclass(frozen=True)
class Baseline:
    """
    Additional and reduced resource charges: each answered contact above the band around a volume is charged, each below
    it is credited.
    """

    per_month: Fraction | None
    """Contacts of a whole month; None = those of the forecast."""
    dead_band: Fraction
    """Share of the baseline by which volume may differ on either side without a charge or credit."""
    additional: Fraction
    reduced: Fraction


@dataclass(frozen=True)
class Excess:
    """The price of contacts offered beyond the forecast's band; exactly one of the two is given."""

    rate: Fraction | None
    """Per contact."""
    factor: Fraction | None
    """Times the usual rate."""


@dataclass(frozen=True)
class HourPremium:
    """A share added to what agents' time at a site costs, in some hours."""

    item: Literal["night premium", "holiday premium"]
    site: int
    added: Added


@dataclass(frozen=True)
class Contract:
    """One contract with one provider, as far as it concerns the scenario."""

    name: str
    provider: str
    currency: str
    """Of all its amounts."""
    types: tuple[int, ...]
    sites: tuple[int, ...]
    pools: tuple[int, ...]
    """Rows of the Plan, ascending: pools of the scenario at these sites."""
    forecast_share: tuple[Fraction, ...]
    """[types of the contract] how much of the forecast of each is forecast for this contract."""
    prices: tuple[Price, ...]
    baseline: Baseline | None
    minimum_share: Fraction | None
    """Least share of the charges for contacts and outcomes at forecast volume."""
    minimum_amount: Fraction | None
    """Least charges of a whole month."""
    band: Fraction | None
    """Share by which offered volume may exceed the forecast before it is excess, or excused; None = no such limit."""
    excess: Excess | None
    """None: contacts beyond the band cost what the others do."""
    hour_premiums: tuple[HourPremium, ...]
    language_premiums: tuple[tuple[int, Fraction], ...]
    """(type, share added to charges for its contacts), ascending."""
    ramp: Fraction
    """Share of the time of agents who are nesting (and in training, if that is billed) that is billed."""
    bills_training: bool
    index: tuple[Fraction, ...]
    """[M] prices of the month / prices as signed."""
    exchange_factor: Fraction
    """1 + what the clause on exchange rates adds to all charges."""
    follows: str | None = None
    """Currency of that clause; None = there is none."""
    terms: tuple[Term, ...] = ()
    """Service-level terms."""
    at_risk: Fraction | None = None
    """Share of the month's fees, cap on all its penalties; None = no cap."""
    earn_back: int = 0
    """A penalty is given back if the target is met in so many months after; 0 = it stays."""
    relief: bool = False
    """Periods with more volume than ``band`` allows are excused."""
    belongs: Belongs = "answered by"
    """Whose visit it is, where it is counted who was offered to whom."""
    clock: Clock = "from offer"
    """Where its wait begins."""


@dataclass(frozen=True)
class Contracts:
    """All contracts of the scenario, in the order of their names."""

    all: tuple[Contract, ...]
