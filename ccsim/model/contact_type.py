"""Contacts of one channel, topic and language: demand, work, patience, target, and the rules of their queue."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ccsim.model.base import Count, Frozen, Name, Seconds, Share
from ccsim.model.demand import Demand, OpeningBacklog
from ccsim.model.hours import WeeklyHours
from ccsim.model.law import Law


class ServiceLevel(Frozen):
    """A target. Short form: ``80% in 20 s``, ``95% in 12 hours``. For deferred types on completion."""

    share: Share
    within: Seconds
    formula: Literal["offered", "answered", "ignored", "positive", "short-excluded"] = "offered"
    hours: WeeklyHours | None = None
    """Business hours in which response time counts (deferred types); calendar time if not given."""


class FinishIfUnder(Frozen):
    finish_if_under: Seconds


class ContactType(Frozen):
    channel: Literal["phone", "chat", "email", "back-office"]
    stream: Name | None = None
    language: str | None = None
    demand: Demand
    handle_time: Law | None = None
    """Either ``handle_time`` or ``talk_time`` with ``wrap_up``."""
    talk_time: Law | None = None
    wrap_up: Law | None = None
    patience: Law | Literal["endless"] | None = None
    """Required for live types; ``endless``: nobody abandons. Not allowed for deferred types."""
    balk: Share = 0.0
    service_level: ServiceLevel | None = None
    short_call: Seconds | None = None
    opening_hours: WeeklyHours | None = None
    """Always open if not given."""
    at_close: Literal["serve", "disconnect"] = "serve"
    max_waiting: Count | None = None
    weight: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    at_shift_end: Literal["hand over", "finish"] | FinishIfUnder = "hand over"
    hand_over: Seconds = 0.0
    interrupted: Literal["kept", "returned"] = "kept"
    resume_overhead: Seconds = 0.0
    opening_backlog: OpeningBacklog | None = None

    @property
    def is_deferred(self) -> bool:
        return self.channel in ("email", "back-office")
