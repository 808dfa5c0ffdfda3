"""Places where agents work, who runs them, and what an hour there costs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ccsim.model.base import Days, Factor, Frozen, Money, Name, Share, WallTime, Zone
from ccsim.model.demand import Holidays


class Premium(Frozen):
    """Added to the wage for paid time between two local hours (an end at or before the begin is tomorrow), on the given days (of the begin)."""

    from_: WallTime = Field(alias="from")
    to: WallTime
    add: Share
    days: Days = (0, 1, 2, 3, 4, 5, 6)


class Site(Frozen):
    stream: Name | None = None
    location: Literal["in-house", "onshore", "nearshore", "offshore"]
    country: str
    """ISO 3166 code, as in US."""
    subdivision: str | None = None
    timezone: Zone
    provider: Name = "in-house"
    wage: Money | None = None
    night: Premium | None = None
    premiums: tuple[Premium, ...] = ()
    overtime: Annotated[Factor, Field(ge=1)] = 1.5
    pays_absence: bool = True
    holidays: Holidays | None = None
    """On these local dates no shift starts."""
