"""A site, a provider, a country or a channel goes dark (rule 14)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Discriminator as By
from pydantic import Field, Tag, model_validator

from ccsim.model.base import Frozen, Moment, Name, Rate, Seconds, Slip, Text, Zone, slips
from ccsim.model.contact_type import Channel
from ccsim.model.hours import Country
from ccsim.model.law import Law

PLACES = ("site", "provider", "country", "channel")
AGENTS_ONLY = ("live", "back_over")
Lasting = Annotated[
    Annotated[Seconds, Tag("time")] | Annotated[Law, Tag("law")],
    By(lambda written: "law" if isinstance(written, Mapping | Law) else "time"),
]


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
    channel: Channel | None = None
    from_: Moment | None = Field(default=None, alias="from")
    timezone: Zone | None = None
    """Of ``from``; that of the calendar if not given."""
    rate: Annotated[Rate, Field(gt=0)] | None = None
    """Outages begin at this rate while none of this row is on, for example ``2 per year``."""
    lasts: Lasting
    live: Literal["lost", "requeued"] = "lost"
    """What becomes of live contacts in hand: disconnected, or back to their place with the work left."""
    back_over: Seconds = 0.0
    """Agents come back one by one, at drawn times up to this after the end."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        wrong = [*self._place(), *self._time()]
        if wrong:
            raise slips(*wrong)
        return self

    def _place(self) -> list[Slip]:
        places = [key for key in PLACES if getattr(self, key) is not None]
        if len(places) != 1:
            given = f"{' and '.join(places)} are given" if places else "its place is missing"
            return [Slip((), f"{given}; write exactly one of {', '.join(PLACES)}", True)]
        if self.channel is None:
            return []
        return [
            Slip((key,), f"{key} is for outages of a site, provider or country; those of a channel stop no agent", True)
            for key in AGENTS_ONLY
            if key in self.model_fields_set
        ]

    def _time(self) -> list[Slip]:
        if (self.from_ is None) == (self.rate is None):
            return [Slip((), "write either from, for a known time, or rate, for outages at random", True)]
        if self.from_ is None:
            if self.timezone is not None:
                return [Slip(("timezone",), "timezone is for from; outages at random come at any hour", True)]
            if not isinstance(self.lasts, Law):
                example = "write for example {exponential: 4 h} or {deterministic: 4 h}"
                return [Slip(("lasts",), f"of outages at random it must say how it varies; {example}")]
        elif isinstance(self.lasts, Law):
            return [Slip(("lasts",), "an outage at a known time lasts a known time, for example 4 h")]
        elif not self.lasts:
            return [Slip(("lasts",), "it must last more than 0 s")]
        return []


Outages = Annotated[dict[Name, Outage], Field(default_factory=dict)]
