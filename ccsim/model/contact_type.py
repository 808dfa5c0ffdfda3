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

Channel = Literal["phone", "chat", "email", "back-office", "outbound"]
LIVE, DEFERRED = ("phone", "chat"), ("email", "back-office")
CHANNELS_OF: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("patience", "balk", "short_call", "at_close"), LIVE),
    **dict.fromkeys(("talk_time", "wrap_up", "retrial"), (*LIVE, "outbound")),
    **dict.fromkeys(("at_shift_end", "hand_over", "interrupted", "resume_overhead", "opening_backlog"), DEFERRED),
    **dict.fromkeys(("service_level", "max_waiting", "self_service"), (*LIVE, *DEFERRED)),
    "callback": ("phone",),
    "campaign": ("outbound",),
}
"""Keys that not all channels have."""
OUTCOMES: dict[str, tuple[str, ...]] = {
    "phone": ("abandoned", "balked", "blocked", "closed", "disconnected", "unreached"),
    "chat": ("abandoned", "balked", "blocked", "closed", "disconnected"),
    "outbound": ("blocked", "disconnected", "unreached"),
}
"""What can become of a contact that is not answered."""


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
    channel: Channel
    description: Text = ""
    stream: Name | None = None
    language: str | None = None
    demand: Demand
    handle_time: Law | None = None
    """
    Either ``handle_time`` or ``talk_time`` with ``wrap_up``; the work of outbound contacts from the moment in which the
    right party answers.
    """
    talk_time: Law | None = None
    wrap_up: Law | None = None
    patience: Patience | None = None
    """Required for phone and chat, and for them only; ``endless``: nobody abandons."""
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
        return self.channel in DEFERRED

    @property
    def default_priority(self) -> int:
        """In pools that name none: who waits on the line goes first."""
        return int(self.channel in LIVE)

    @model_validator(mode="after")
    def _fits_the_channel(self) -> Self:
        wrong = [*self._work(), *self._of_another_channel(), *self._needed(), *self._target(), *self._returns()]
        if wrong:
            raise slips(*wrong)
        return self

    def _needed(self) -> list[Slip]:
        if self.channel in LIVE and self.patience is None:
            example = "write for example {exponential: 4 min}, or endless if nobody abandons"
            return [Slip((), f"patience is missing; {example}", True)]
        if self.channel == "outbound" and self.campaign is None:
            example = "write for example {preview_time: {deterministic: 30 s}, right_party: 30%}"
            return [Slip((), f"campaign is missing; {example}", True)]
        return []

    def _returns(self) -> list[Slip]:
        if self.retrial is None or self.channel not in OUTCOMES:
            return []
        wrong = [
            Slip(
                ("retrial", outcome),
                f"no {self.channel} contact ends {outcome}; it may end {quantities.all_of(OUTCOMES[self.channel])}",
                True,
            )
            for outcome in self.retrial.model_fields_set - {*OUTCOMES[self.channel]}
        ]
        if self.channel == "phone" and self.callback is None and self.retrial.unreached is not None:
            wrong.append(Slip(("retrial", "unreached"), "nobody is called back here; it needs callback", True))
        return wrong

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
        wrong = [
            Slip((key,), f"{key} is for {quantities.all_of(channels)}, not for {self.channel}", True)
            for key, channels in CHANNELS_OF.items()
            if key in self.model_fields_set and self.channel not in channels
        ]
        if self.self_service is not None and self.demand.is_recorded:
            sentence = "self_service does not go with recorded contacts: they are those that it left to agents"
            wrong.append(Slip(("self_service",), sentence, True))
        return wrong

    def _target(self) -> list[Slip]:
        target = self.service_level
        if target is None or self.channel == "outbound":
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
