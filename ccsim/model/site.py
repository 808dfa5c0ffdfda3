"""Places where agents work, who runs them, and what an hour there costs."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from ccsim.model.base import Days, ExactFactor, ExactLevel, Frozen, Money, Name, Text, WallTime, Zone
from ccsim.model.cost import Costs
from ccsim.model.hours import Country, Holidays


class Premium(Frozen):
    """
    Added to the wage for paid time between two local hours (an end at or before the begin is tomorrow), on the given
    days (of the begin).
    """

    from_: WallTime = Field(alias="from")
    to: WallTime
    add: ExactLevel
    days: Days = (0, 1, 2, 3, 4, 5, 6)


class Site(Frozen):
    description: Text = ""
    stream: Name | None = None
    location: Literal["in-house", "onshore", "nearshore", "offshore"]
    country: Country
    subdivision: str | None = None
    timezone: Zone
    provider: Name = "in-house"
    wage: Money | None = None
    night: Premium | None = None
    premiums: tuple[Premium, ...] = ()
    overtime: Annotated[ExactFactor, Field(ge=1)] = Fraction(3, 2)
    pays_absence: bool = True
    clearances: tuple[Name, ...] = ()
    """Data classes that may be handled here."""
    holidays: Holidays | None = None
    """On these local dates no shift starts."""
    costs: Costs | None = None

    @property
    def all_premiums(self) -> tuple[Premium, ...]:
        return self.premiums if self.night is None else (self.night, *self.premiums)
