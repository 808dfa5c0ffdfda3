"""Contacts of one channel, topic and language: demand, work, patience, target, and the rules of their queue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, Tag, model_validator
from pydantic import Discriminator as By

from ccsim import quantities
from ccsim.model.base import Count, Frozen, Name, Seconds, Share, Slip, Text, slips
from ccsim.model.demand import Demand, OpeningBacklog
from ccsim.model.hours import WeeklyHours
from ccsim.model.journey import Callback, Campaign, Recontact, Retrials, SelfService
from ccsim.model.law import Law

LIVE_ONLY = ("patience", "balk", "short_call", "at_close", "talk_time", "wrap_up")
DEFERRED_ONLY = ("at_shift_end", "hand_over", "interrupted", "resume_overhead", "opening_backlog")


def _always_is_none(written: Any) -> Any:
    return None if written == "always" else written


class ServiceLevel(Frozen):
    """A target. Short form: ``80% in 20 s``, ``95% in 12 hours``. For deferred types on completion."""

    share: Annotated[Share, Field(gt=0)]
    within: Seconds
    formula: Literal["offered", "answered", "ignored", "positive", "short-excluded"] = "offered"
    hours: WeeklyHours | None = None
    """Business hours in which response time counts (deferred types); calendar time if not given."""

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        if isinstance(written, Mapping):
            return written
        share, within = quantities.service_level(written)
        return {"share": share, "within": f"{within} s"}


class FinishIfUnder(Frozen):
    finish_if_under: Seconds


AtShiftEnd = Annotated[
    Annotated[Literal["hand over", "finish"], Tag("word")] | Annotated[FinishIfUnder, Tag("map")],
    By(lambda written: "map" if isinstance(written, Mapping | FinishIfUnder) else "word"),
]
Patience = Annotated[
    Annotated[Law, Tag("law")] | Annotated[Literal["endless"], Tag("word")],
    By(lambda written: "word" if written == "endless" else "law"),
]
Hours = Annotated[WeeklyHours | None, BeforeValidator(_always_is_none)]


class ContactType(Frozen):
    channel: Literal["phone", "chat", "email", "back-office", "outbound"]
    description: Text = ""
    stream: Name | None = None
    language: str | None = None
    demand: Demand
    handle_time: Law | None = None
    """Either ``handle_time`` or ``talk_time`` with ``wrap_up``."""
    talk_time: Law | None = None
    wrap_up: Law | None = None
    patience: Patience | None = None
    """Required for live types; ``endless``: nobody abandons. Not allowed for deferred types."""
    balk: Share = 0.0
    service_level: ServiceLevel | None = None
    short_call: Seconds | None = None
    opening_hours: Hours = None
    """Always open if not given; ``always`` says so."""
    at_close: Literal["serve", "disconnect"] = "serve"
    max_waiting: Count | None = None
    weight: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    at_shift_end: AtShiftEnd = "hand over"
    hand_over: Seconds = 0.0
    interrupted: Literal["kept", "returned"] = "kept"
    resume_overhead: Seconds = 0.0
    opening_backlog: OpeningBacklog | None = None
    retrial: Retrials | None = None
    recontact: Recontact | None = None
    """Unresolved matters (``resolves`` of the pools) are never brought again if not given."""
    callback: Callback | None = None
    campaign: Campaign | None = None
    """Required for outbound types; their demand is the list, released when it says."""
    self_service: SelfService | None = None
    data: tuple[Name, ...] = ()
    """Data classes: only sites cleared for all of them may handle it."""

    @property
    def is_deferred(self) -> bool:
        return self.channel in ("email", "back-office")

    @model_validator(mode="after")
    def _fits_the_channel(self) -> Self:
        wrong = [*self._work(), *self._of_another_channel(), *self._target()]
        if not self.is_deferred and self.patience is None:
            wrong.append(
                Slip(
                    (),
                    "patience is missing; write for example {exponential: 4 min}, or endless if nobody abandons",
                    True,
                )
            )
        if wrong:
            raise slips(*wrong)
        return self

    def _work(self) -> list[Slip]:
        whole, talk, wrap = self.handle_time is not None, self.talk_time is not None, self.wrap_up is not None
        if whole and (talk or wrap):
            other = "talk_time" if talk else "wrap_up"
            return [
                Slip(
                    (other,), f"{other} does not go with handle_time; give handle_time, or talk_time and wrap_up", True
                )
            ]
        if wrap and not talk:
            return [Slip((), "talk_time is missing; wrap_up comes after it", True)]
        if not whole and not talk:
            either = "" if self.is_deferred else ", or talk_time and wrap_up"
            return [
                Slip(
                    (),
                    f"handle_time is missing; write for example {{lognormal: {{mean: 6 min, cv: 0.9}}}}{either}",
                    True,
                )
            ]
        return []

    def _of_another_channel(self) -> list[Slip]:
        keys, kind = (LIVE_ONLY, "phone and chat") if self.is_deferred else (DEFERRED_ONLY, "email and back-office")
        return [
            Slip((key,), f"{key} is for {kind}, not for {self.channel}", True)
            for key in keys
            if key in self.model_fields_set
        ]

    def _target(self) -> list[Slip]:
        target = self.service_level
        if target is None:
            return []
        if target.hours is not None and not self.is_deferred:
            return [
                Slip(
                    ("service_level", "hours"),
                    f"business hours are for email and back-office, not for {self.channel}",
                    True,
                )
            ]
        if target.formula == "short-excluded" and self.short_call is None:
            return [
                Slip(
                    ("service_level", "formula"),
                    "short_call is missing; short-excluded leaves out those who abandon within it",
                )
            ]
        if target.formula != "offered" and self.is_deferred:
            return [Slip(("service_level", "formula"), f"{self.channel} has no abandonment; the formula is offered")]
        return []
