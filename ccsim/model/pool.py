"""Interchangeable agents of one site: what they handle, and what keeps them from contacts."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ccsim.model.base import (
    Cv,
    Factor,
    Frozen,
    Money,
    Name,
    Seconds,
    Share,
    Slip,
    Text,
    listed,
    slip,
    slips,
)
from ccsim.model.cost import SeniorityStep
from ccsim.model.journey import Proficiency, Transfer
from ccsim.model.law import Law
from ccsim.model.shift import Shift
from ccsim.model.staffing import Staffing
from ccsim.model.workforce import Attrition, EarlyLeave, Hiring, Lateness, Learning, OnCall, ReplaceAbsent, Tenure

NAMED_AGENTS_ONLY = (
    "learning",
    "tenure",
    "attrition",
    "hiring",
    "lateness",
    "breaks_late",
    "replace_absent",
    "on_call",
    "early_leave",
    "seniority",
)


def _bare_number(written: Any) -> Any:
    if isinstance(written, str):
        raise ValueError(f"{written} is not a number; write working days without a unit, for example 3")
    return written


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
    transfer: Annotated[tuple[Transfer, ...], BeforeValidator(listed)] = ()
    """Where a handled contact goes on to; the probabilities add to at most 1."""

    @model_validator(mode="after")
    def _transfers_once(self) -> Self:
        total = math.fsum(transfer.probability for transfer in self.transfer)
        if total > 1 + 1e-9:
            raise slip(f"the probabilities add to {total * 100:g} %; they may add to at most 100 %", "transfer")
        names = [transfer.to for transfer in self.transfer]
        wrong = [
            Slip(("transfer", number, "to"), f"{name} is named twice; add the probabilities")
            for number, name in enumerate(names)
            if name in names[:number]
        ]
        if wrong:
            raise slips(*wrong)
        return self


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
    absence_lasts: Annotated[float, BeforeValidator(_bare_number), Field(ge=1, le=365)] = 1.0
    """Mean length of an absence, in working days of the seat."""
    other: PartialShare = 0.0
    block: Annotated[Seconds, Field(gt=0)] = 1800.0
    as_: Literal["blocks", "heads"] = Field(default="blocks", alias="as")
    of: Literal["present", "paid"] = "present"

    @model_validator(mode="after")
    def _leaves_somebody(self) -> Self:
        if self.of == "paid" and self.absence + self.other >= 1:
            raise ValueError("absence and other, as shares of paid time, add to 100 % or more")
        longest = self.absence_lasts / (1 + self.absence_lasts)
        if self.absence_lasts > 1 and self.absence > longest:
            raise slip(
                f"of absences that last {self.absence_lasts:g} days with at least a day of work between them, absence "
                f"is {longest * 100:.3g} % at most",
                "absence_lasts",
            )
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
    speed_spread: Annotated[Cv, Field(le=1)] = 0.0
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
    replace_absent: ReplaceAbsent = ReplaceAbsent()
    on_call: dict[Name, OnCall] = Field(default_factory=dict)
    early_leave: EarlyLeave | None = None
    wage: Money | None = None
    """That of the site if not given."""
    seniority: tuple[SeniorityStep, ...] = ()

    def proficiency_in(self, language: str | None) -> Proficiency:
        """Of a contact type; that of native speakers in languages which are not named, and for contacts without one."""
        return Proficiency() if language is None else self.proficiency.get(language, Proficiency())

    @property
    def resolves_all(self) -> bool:
        """Whether every contact that it handles is resolved."""
        learns = self.learning is not None and self.learning.resolves < 1
        spoken = any(proficiency.resolves < 1 for proficiency in self.proficiency.values())
        return not learns and not spoken and all(handles.resolves == 1 for handles in self.handles.values())

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        wrong = [*self._staffed_once(), *self._named_agents(), *self._working_lives(), *self._seniority()]
        if wrong:
            raise slips(*wrong)
        return self

    def _staffed_once(self) -> list[Slip]:
        if self.shifts is not None and self.staffing is not None:
            return [Slip(("staffing",), "staffing does not go with shifts; give one or the other", True)]
        if self.shifts is None and self.staffing is None:
            return [Slip((), "shifts is missing; write shifts, or staffing for a number of agents per time", True)]
        return []

    def _named_agents(self) -> list[Slip]:
        """What happens to people over time needs people, not numbers."""
        if self.staffing is None:
            return []
        wrong = [
            Slip((key,), f"{key} needs shifts, whose seats are people; staffing is only a number of agents", True)
            for key in NAMED_AGENTS_ONLY
            if key in self.model_fields_set
        ]
        if "absence_lasts" in self.shrinkage.model_fields_set:
            at = ("shrinkage", "absence_lasts")
            wrong.append(Slip(at, "absence_lasts needs shifts, whose seats are people, not staffing", True))
        return wrong

    def _working_lives(self) -> list[Slip]:
        by_tenure = self.attrition is not None and self.attrition.depends_on_tenure
        wrong = []
        if self.hiring is not None and self.attrition is None:
            wrong.append(Slip(("hiring",), "hiring replaces those who leave; it needs attrition", True))
        if "tenure" in self.model_fields_set and self.learning is None and not by_tenure and not self.seniority:
            what = "tenure matters to learning, to attrition by tenure and to seniority; it needs one"
            wrong.append(Slip(("tenure",), what, True))
        return wrong

    def _seniority(self) -> list[Slip]:
        after = [step.after for step in self.seniority]
        return [
            Slip(("seniority", later, "after"), "steps of seniority ascend by after")
            for later in range(1, len(after))
            if after[later] <= after[later - 1]
        ]
