"""Interchangeable agents of one site: what they handle, and what keeps them from contacts."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ccsim.model.base import (
    Cv,
    Factor,
    Frozen,
    Name,
    Seconds,
    Share,
    Slip,
    Text,
    slip,
    slips,
)
from ccsim.model.journey import Proficiency, Transfer, one_or_more
from ccsim.model.law import Law
from ccsim.model.shift import Shift
from ccsim.model.staffing import Staffing
from ccsim.model.workforce import Attrition, EarlyLeave, Hiring, Lateness, Learning, OnCall, ReplaceAbsent, Tenure

PartialShare = Annotated[Share, Field(lt=1)]


class Handles(Frozen):
    """
    How this pool handles a contact type. ``priority``: higher first; 1 for live and 0 for deferred types if not
    given.
    """

    handle_time: Factor = 1.0
    priority: Annotated[int, Field(ge=0, le=1000)] | None = None
    resolves: Share = 1.0
    """First-contact resolution: probability that a handled contact is resolved."""
    transfer: Annotated[tuple[Transfer, ...], BeforeValidator(one_or_more)] = ()
    """Where a handled contact goes on to; the probabilities add to at most 1."""


class Chat(Frozen):
    """
    ``speed[k - 1]`` is the speed of each chat with k open. With ``mix_calls`` a call may stand beside at most
    concurrency - 1 chats.
    """

    concurrency: Annotated[int, Field(ge=1, le=20)]
    speed: Annotated[tuple[Annotated[float, Field(ge=0.05, le=1)], ...], Field(max_length=20)]
    """At least ``concurrency`` values; further ones are not used."""
    mix_calls: bool = False

    @model_validator(mode="after")
    def _speed_for_every_load(self) -> Self:
        if len(self.speed) < self.concurrency:
            raise slip(
                f"{len(self.speed)} speeds are given for up to {self.concurrency} chats at once; give one for each",
                "speed",
            )
        return self


class Shrinkage(Frozen):
    """
    ``absence``: whole shifts, drawn per agent and date. ``other``: off-phone blocks at drawn places.

    ``of: present``: ``other`` is a share of what absence leaves; ``of: paid``: both are shares of paid time and add.
    ``as: heads``: other shrinkage takes whole agents away (the spreadsheet rule).
    """

    short_forms = "say how much is absence (whole shifts) and how much is other, for example {absence: 8%, other: 22%}"

    absence: PartialShare = 0.0
    absence_lasts: Annotated[float, Field(ge=1, le=365)] = 1.0
    """Mean length of an absence, in working days of the seat."""
    other: PartialShare = 0.0
    block: Annotated[Seconds, Field(gt=0)] = 1800.0
    as_: Literal["blocks", "heads"] = Field(default="blocks", alias="as")
    of: Literal["present", "paid"] = "present"

    @model_validator(mode="after")
    def _leaves_somebody(self) -> Self:
        if self.of == "paid" and self.absence + self.other >= 1:
            raise ValueError("absence and other, as shares of paid time, add to 100 % or more")
        return self


class KeepFree(Frozen):
    """
    Contacts of a priority below ``below_priority`` start only while more than ``agents`` agents of the pool are idle.
    """

    agents: Annotated[int, Field(ge=1, le=20_000)]
    below_priority: Annotated[int, Field(ge=1, le=1001)]


class Pool(Frozen):
    description: Text = ""
    site: Name
    stream: Name | None = None
    handles: Annotated[dict[Name, Handles], Field(min_length=1)]
    chat: Chat | None = None
    """One chat at a time if not given."""
    interruptible: bool = False
    choose: Literal["longest waiting", "due first", "weighted", "longest queue"] = "longest waiting"
    keep_free: KeepFree | None = None
    shifts: Annotated[dict[Name, Shift], Field(min_length=1)] | None = None
    staffing: Staffing | None = None
    """Exactly one of ``shifts`` and ``staffing``."""
    leavers: Literal["named", "pooled"] | None = None
    """
    At a shift end: the agents named by the shift, or idle ones first and then whoever is free next. Default: named
    for shifts, pooled for staffing.
    """
    shrinkage: Shrinkage = Shrinkage()
    proficiency: dict[str, Proficiency] = Field(default_factory=dict)
    """By language of the contact types."""
    speed_spread: Cv = 0.0
    """Agent to agent: coefficient of variation of a lognormal factor on handle time, mean 1."""
    learning: Learning | None = None
    tenure: Tenure = "experienced"
    """Of the agents when the simulation begins."""
    attrition: Attrition | None = None
    hiring: Hiring | None = None
    """Replacement on the spot by new agents if not given."""
    lateness: Lateness | None = None
    breaks_late: Law | None = None
    """Adherence: each break is taken so much later than due."""
    replace_absent: ReplaceAbsent = "none"
    on_call: dict[Name, OnCall] = Field(default_factory=dict)
    early_leave: EarlyLeave | None = None

    @model_validator(mode="after")
    def _staffed_once(self) -> Self:
        if self.shifts is not None and self.staffing is not None:
            raise slips(Slip(("staffing",), "staffing does not go with shifts; give one or the other", True))
        if self.shifts is None and self.staffing is None:
            raise slips(Slip((), "shifts is missing; write shifts, or staffing for a number of agents per time", True))
        return self
