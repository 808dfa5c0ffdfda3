"""Contracts with providers: what each unit of their work is paid, and the clauses around it."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from ccsim import quantities
from ccsim.contracts import OF_CONTACTS, OF_HOURS, Per
from ccsim.model.base import (
    NUMBER,
    PERCENT,
    TIMES,
    Amount,
    Date,
    ExactFactor,
    ExactLevel,
    ExactShare,
    Frozen,
    Name,
    PerYear,
    Seconds,
    Slip,
    Text,
    quantity,
    slip,
    slips,
)
from ccsim.model.site import Premium
from ccsim.model.terms import Term, slips_of_terms
from ccsim.terms import Belongs, Clock

if TYPE_CHECKING:
    from collections.abc import Iterator

Form = Literal[
    "FTE-month",
    "scheduled hour",
    "productive hour",
    "talk minute",
    "handle minute",
    "contact",
    "resolution",
    "outcome",
    "month",
]
"""The words of ``contracts.Per``."""
FORMS_OF = {
    "types": OF_CONTACTS,
    "bands": OF_CONTACTS,
    "hours": (Per.FTE_MONTH,),
    "counts": (Per.PRODUCTIVE_HOUR,),
    "round_up": (Per.TALK_MINUTE, Per.HANDLE_MINUTE),
    "window": (Per.RESOLUTION,),
    "share": (Per.OUTCOME,),
}
"""Keys of a price that not all forms have."""
NEEDED = {"FTE-month": ("hours", "hours: 160 h"), "outcome": ("share", "share: 4%")}
MOST_PER_YEAR = Fraction(1)
"""A rise of prices of more than this each year is a mistake."""


def _volume(written: Any) -> Any:
    return None if written == "forecast" else quantities.contacts_per_month(written)


def _money_or_share(written: Any) -> Any:
    """``90%`` of something, or an amount each month."""
    if isinstance(written, str) and re.search(r"[A-Za-z]", written):
        return quantities.money_per_month(written)
    return quantities.exact_share(written)


def _money_or_factor(written: Any) -> Any:
    """``x1.15`` of something, or an amount."""
    if isinstance(written, str) and re.search(r"[A-Z]{3}", written):
        return quantities.money(written)
    return quantities.exact_factor(written)


def _months(written: Any) -> Any:
    """Number of months of ``2 months``."""
    match = re.fullmatch(r"\s*([0-9]{1,3})\s*months?\s*", written) if isinstance(written, str) else None
    if match is None:
        raise ValueError(f"{quantities.shown(written)} is not a number of months; write for example 2 months")
    return int(match[1])


AMOUNT = rf"^\s*{NUMBER}\s*[A-Za-z]{{3}}\s*$"
Volume = Annotated[
    Fraction | None,
    *quantity(_volume, rf"^\s*(forecast|{NUMBER}\s*(per|/)\s*month)\s*$", "contacts per month", "4000 per month"),
]
Minimum = Annotated[
    Fraction | quantities.Amount,
    *quantity(
        _money_or_share,
        rf"{PERCENT}|^\s*{NUMBER}\s*[A-Za-z]{{3}}\s*(per|/)\s*month\s*$",
        "a share of the charges at forecast volume, or an amount per month",
        "90%",
        {"type": "number", "minimum": 0, "maximum": 1},
    ),
]
ExcessPrice = Annotated[
    Fraction | quantities.Amount,
    *quantity(
        _money_or_factor,
        rf"{AMOUNT}|{TIMES}",
        "a rate, or a factor on the usual one",
        "x1.15",
        {"type": "number", "exclusiveMinimum": 0},
    ),
]
Months = Annotated[int, *quantity(_months, r"^\s*[0-9]{1,3}\s*months?\s*$", "a number of months", "2 months")]


class Band(Frozen):
    """The rate of the units of a month up to ``up_to`` of them, beyond those of the band before; the last has none."""

    up_to: Annotated[int, Field(gt=0)] | None = None
    rate: Amount


class Price(Frozen):
    """
    One price form. ``rate`` per unit, or ``bands``, in which each unit costs the rate of its own band.

    ``types`` are those of the contract if not given.
    """

    per: Form
    rate: Amount | None = None
    """Beside ``bands`` that of the first band."""
    types: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    bands: Annotated[tuple[Band, ...], Field(min_length=2)] | None = None
    hours: Annotated[Seconds, Field(gt=0)] | None = None
    """Scheduled hours of one FTE-month."""
    counts: Literal["available", "handling"] = "available"
    """Which time is productive: with or without waiting for contacts."""
    round_up: Seconds = 0.0
    """The time of each contact is rounded up to whole multiples of this; exact if not given."""
    window: Annotated[Seconds, Field(gt=0)] | None = None
    """
    A resolution is an answer after which the customer is not answered again for so long; if not given, an answer that
    resolves the matter.
    """
    share: ExactShare | None = None
    """Expected outcomes per answered contact."""

    @model_validator(mode="after")
    def _fits_its_form(self) -> Self:
        wrong = [
            Slip((key,), f"{key} goes with a price per {quantities.either(forms)}, not per {self.per}", True)
            for key, forms in FORMS_OF.items()
            if key in self.model_fields_set and self.per not in forms
        ]
        needed, example = NEEDED.get(self.per, ("", ""))
        if needed and getattr(self, needed) is None:
            wrong.append(Slip((), f"{needed} is missing; a price per {self.per} needs it, for example {example}", True))
        wrong.extend(self._rates())
        if wrong:
            raise slips(*wrong)
        return self

    def _rates(self) -> Iterator[Slip]:
        if self.bands is None:
            if self.rate is None:
                yield Slip((), "rate is missing; write what one unit costs, for example rate: 3.40 USD", True)
            return
        if self.rate is not None and self.rate != self.bands[0].rate:
            yield Slip(("rate",), "rate is not that of the first band; leave it out beside bands")
        *limited, last = self.bands
        if last.up_to is not None:
            sentence = "the last band has no up_to: it is for all further ones"
            yield Slip(("bands", len(limited), "up_to"), sentence, True)
        for number, band in enumerate(limited):
            if band.up_to is None:
                yield Slip(("bands", number), "up_to is missing; only the last band is for all further ones", True)
        for number, (one, other) in enumerate(pairwise(limited), start=1):
            if one.up_to is not None and other.up_to is not None and other.up_to <= one.up_to:
                sentence = f"bands ascend and do not overlap: {other.up_to} is no more than {one.up_to}"
                yield Slip(("bands", number, "up_to"), sentence)

    @property
    def rates(self) -> tuple[tuple[int | None, Fraction], ...]:
        """Up to how many units of a month which rate holds, ascending; the last one has no end."""
        if self.bands is not None:
            return tuple((band.up_to, band.rate.amount) for band in self.bands)
        assert self.rate is not None
        return ((None, self.rate.amount),)


class Baseline(Frozen):
    """
    Answered contacts of a month beyond ``volume`` x (1 + ``dead_band``) cost ``additional`` each, those missing below
    ``volume`` x (1 - ``dead_band``) are credited at ``reduced`` each.
    """

    volume: Volume
    """None is the forecast."""
    dead_band: ExactShare = Fraction(0)
    additional: Amount
    reduced: Amount


class ForecastBand(Frozen):
    """
    Contacts offered in a month beyond (1 + ``band``) x the forecast of their type cost ``excess`` each, if answered.
    """

    share: ExactShare | None = None
    """Of the forecast of its types that is forecast for this contract; needed where others handle them, too."""
    band: ExactShare | None = None
    excess: ExcessPrice | None = None

    @model_validator(mode="after")
    def _band_for_excess(self) -> Self:
        if self.excess is not None and self.band is None:
            raise slips(
                Slip((), "band is missing; write how far volume may exceed the forecast, as in band: 10%", True)
            )
        if not self.model_fields_set:
            raise ValueError("write share, or band, or band and excess")
        return self


class Premiums(Frozen):
    """Shares added: ``night`` and ``holiday`` to charges for time, ``languages`` to charges for contacts."""

    night: Premium | None = None
    """By the clock of the agents' site."""
    holiday: ExactLevel | None = None
    """On the site's ``holidays``."""
    languages: dict[str, ExactLevel] = Field(default_factory=dict)


class Ramp(Frozen):
    """How the time of new agents is billed: ``billed`` of it while they are nesting, and in training if that is."""

    billed: ExactShare = Fraction(1)
    training: Literal["billed", "not billed"] = "not billed"


class Indexation(Frozen):
    """Prices rise by ``share`` of ``rate`` at each anniversary of ``from``, the first of a month."""

    rate: PerYear
    from_: Date = Field(alias="from")
    share: ExactShare = Fraction(1)

    @model_validator(mode="after")
    def _from_the_first(self) -> Self:
        if self.from_.day != 1:
            raise slip(f"{self.from_} is not the first of a month; prices change from one invoice to the next", "from")
        if self.rate > MOST_PER_YEAR:
            raise slip("prices that more than double each year are hardly meant", "rate")
        return self


class ExchangeClause(Frozen):
    """All charges move by ``share`` of the movement of a rate beyond ``dead_band`` around ``baseline``."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    baseline: ExactFactor
    """What one unit of it was worth in the contract's currency."""
    dead_band: ExactShare = Fraction(0)
    share: ExactShare = Fraction(1)


class Contract(Frozen):
    """One contract with one provider."""

    description: Text = ""
    provider: Name
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    """Of all its amounts."""
    types: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    """All that its pools handle if not given."""
    sites: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    """All of the provider if not given."""
    price: Annotated[tuple[Price, ...], Field(min_length=1)]
    """One or more; each is charged."""
    baseline: Baseline | None = None
    minimum: Minimum | None = None
    """Of the charges for contacts and outcomes at forecast volume, or an amount per month of all charges."""
    forecast: ForecastBand | None = None
    premiums: Premiums = Premiums()
    ramp: Ramp = Ramp()
    indexation: Indexation | None = None
    exchange: ExchangeClause | None = None
    terms: tuple[Term, ...] = ()
    at_risk: ExactShare | None = None
    """Share of the month's fees, cap on all penalties of the month."""
    earn_back: Months = 0
    """A penalty is given back if its target is met in each of so many months after."""
    relief: bool = False
    """Periods with more volume than ``forecast.band`` allows are excused."""
    belongs: Belongs = "answered by"
    clock: Clock = "from offer"

    def has(self, *forms: str) -> bool:
        """Whether some price is of one of these forms."""
        return any(price.per in forms for price in self.price)

    @property
    def prices_time(self) -> bool:
        """Whether agents' time is paid, whatever they do in it."""
        return self.has(*OF_HOURS)

    @property
    def first_on_forecast(self) -> tuple[str, ...] | None:
        """Keys of the first clause that is about the forecast of contacts, if there is one."""
        if self.baseline is not None and self.baseline.volume is None:
            return "baseline", "volume"
        if isinstance(self.minimum, Fraction):
            return ("minimum",)
        return ("forecast", "excess") if self.forecast is not None and self.forecast.excess is not None else None

    def amounts(self) -> Iterator[tuple[tuple[str | int, ...], quantities.Amount]]:
        """All amounts of money with the keys that lead to them."""
        for number, price in enumerate(self.price):
            if price.rate is not None:
                yield ("price", number, "rate"), price.rate
            for place, band in enumerate(price.bands or ()):
                yield ("price", number, "bands", place, "rate"), band.rate
        if self.baseline is not None:
            yield ("baseline", "additional"), self.baseline.additional
            yield ("baseline", "reduced"), self.baseline.reduced
        for path, value in (
            (("minimum",), self.minimum),
            (("forecast", "excess"), self.forecast.excess if self.forecast is not None else None),
        ):
            if isinstance(value, quantities.Amount):
                yield path, value

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        band = self.forecast.band if self.forecast is not None else None
        wrong = [
            *self._one_currency(),
            *self._of_its_forms(),
            *slips_of_terms(self.terms, at_risk=self.at_risk, earn_back=self.earn_back, relief=self.relief, band=band),
        ]
        if wrong:
            raise slips(*wrong)
        return self

    def _one_currency(self) -> Iterator[Slip]:
        for path, amount in self.amounts():
            if amount.currency != self.currency:
                sentence = f"{amount.currency} is not the contract's currency; write the amount in {self.currency}"
                yield Slip(path, sentence)
        if self.exchange is not None and self.exchange.currency == self.currency:
            yield Slip(("exchange", "currency"), f"{self.currency} is the contract's own currency; name another one")

    def _of_its_forms(self) -> Iterator[Slip]:
        """Clauses that would have no price to work on."""
        if isinstance(self.minimum, Fraction) and not self.has("contact", "outcome"):
            sentence = "a share is of the price of contacts or outcomes at forecast volume, and neither is priced here"
            yield Slip(("minimum",), f"{sentence}; write an amount, for example 18000 {self.currency} per month")
        if self.forecast is not None and self.forecast.excess is not None and not self.has("contact"):
            yield Slip(("forecast", "excess"), "there is no price per contact that it could replace", True)
        if self.premiums.languages and not self.has(*OF_CONTACTS):
            yield Slip(("premiums", "languages"), "there is no price per contact or minute to which it adds", True)
        for key in ("night", "holiday"):
            if getattr(self.premiums, key) is not None and not self.prices_time:
                yield Slip(("premiums", key), f"there is no price per hour or FTE-month to which {key} adds", True)
        if "ramp" in self.model_fields_set and not self.prices_time:
            yield Slip(("ramp",), "there is no price per hour or FTE-month that a ramp could lower", True)
        if self.at_risk is not None and not any(amount.amount for _, amount in self.amounts()):
            yield Slip(("at_risk",), "all rates are 0, and a share of nothing is no risk; give it a fee", True)
        of_hours = [number for number, price in enumerate(self.price) if price.per in OF_HOURS]
        for number in of_hours[1:]:
            yield Slip(("price", number), "the agents' hours are priced twice; give one price for time", True)
        yield from self._contacts_once()

    def _contacts_once(self) -> Iterator[Slip]:
        """A contact type has one price of each form."""
        for number, price in enumerate(self.price):
            for other in self.price[:number]:
                if price.per in OF_HOURS or price.per != other.per:
                    continue
                both = [name for name in price.types or () if name in (other.types or (name,))]
                if both or price.types is None:
                    which = both[0] if both else "every type"
                    yield Slip(("price", number), f"{which} is priced per {price.per} already; name other types", True)
                    break
