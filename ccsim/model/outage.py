"""A site, a provider, a country or a channel goes dark (rule 14)."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ccsim.model.base import Frozen, Moment, Name, Rate, Seconds, Slip, Text, Zone, slips
from ccsim.model.hours import Country
from ccsim.model.law import Law


class Outage(Frozen):
    """
    Exactly one of ``site``, ``provider``, ``country`` (all their agents stop) and ``channel`` (its contacts are
    blocked); either ``from`` and ``lasts`` as a duration, or at random, ``rate`` and ``lasts`` as a distribution.
    """

    description: Text = ""
    stream: Name | None = None
    site: Name | None = None
    provider: Name | None = None
    country: Country | None = None
    channel: Literal["phone", "chat", "email", "back-office", "outbound"] | None = None
    from_: Moment | None = Field(default=None, alias="from")
    timezone: Zone | None = None
    """Of ``from``; that of the calendar if not given."""
    rate: Rate | None = None
    """Outages begin at this rate while none of this row is on, for example ``2 per year``."""
    lasts: Seconds | Law
    live: Literal["lost", "requeued"] = "lost"
    """What becomes of live contacts in hand: disconnected, or back to their place with the work left."""
    back_over: Seconds = 0.0
    """Agents come back one by one, at drawn times up to this after the end."""

    @model_validator(mode="after")
    def _one_place_one_way(self) -> Self:
        wrong = []
        places = [key for key in ("site", "provider", "country", "channel") if getattr(self, key) is not None]
        if len(places) != 1:
            given = " and ".join(places) or "no place"
            wrong.append(Slip((), f"{given} given; write exactly one of site, provider, country, channel"))
        if (self.from_ is None) == (self.rate is None):
            wrong.append(Slip((), "write either from, for a known time, or rate, for outages at random"))
        if wrong:
            raise slips(*wrong)
        return self


Outages = Annotated[dict[Name, Outage], Field(default_factory=dict)]
