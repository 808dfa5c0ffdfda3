"""An agent is rarely a constant: people learn, leave, fall ill, are called in and sent home (rules 9, 14)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator as By
from pydantic import Field, Tag, model_validator

from ccsim.model.base import (
    Date,
    Days,
    Factor,
    Frozen,
    Heads,
    Name,
    Seconds,
    Share,
    Slip,
    WallTime,
    listed,
    slip,
    slips,
)
from ccsim.model.hours import seconds_between
from ccsim.model.law import Law

Monthly = Annotated[Share, Field(lt=1)]
"""Share that leaves within a month of 365.25 / 12 days."""


class Learning(Frozen):
    """
    After ``w`` whole weeks on the floor the handle time is 1 + (``handle_time`` - 1) x 0.5 ** (w / ``half_life``)
    times that of an experienced agent, and the resolution likewise.
    """

    handle_time: Annotated[Factor, Field(ge=1)]
    """Of a new agent."""
    resolves: Annotated[Factor, Field(le=1)] = 1.0
    half_life: Annotated[Seconds, Field(gt=0)]
    training: Seconds = 0.0
    """Weeks on the payroll before the floor, without contacts."""
    nesting: Seconds = 0.0
    """First weeks on the floor, of whose present time only ``nesting_share`` is for contacts."""
    nesting_share: Annotated[Share, Field(gt=0)] = 0.5

    @model_validator(mode="after")
    def _nests(self) -> Self:
        if not self.nesting and "nesting_share" in self.model_fields_set:
            raise slips(Slip((), "nesting is missing; write how long it lasts, for example nesting: 2 weeks", True))
        return self


class TenureBand(Frozen):
    """Attrition up to a tenure; the last band has no ``under``."""

    under: Seconds | None = None
    monthly: Monthly


class Attrition(Frozen):
    """Agents leave. Short form: ``5%`` a month; by tenure ``[{under: 13 weeks, monthly: 9%}, {monthly: 4%}]``."""

    short_forms = "write a monthly share, for example 5%, or bands of tenure"

    bands: Annotated[tuple[TenureBand, ...], Field(min_length=1)]

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        if isinstance(written, Mapping) and "bands" in written:
            return written
        bands = listed(written)
        return {"bands": tuple(band if isinstance(band, Mapping) else {"monthly": band} for band in bands)}

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        limits = [band.under for band in self.bands]
        if limits[-1] is not None:
            raise slip("the last band has no under: it is for all who stay longer", "bands", len(limits) - 1, "under")
        before = 0.0
        for number, under in enumerate(limits[:-1]):
            if under is None:
                example = "[{under: 13 weeks, monthly: 9%}, {monthly: 4%}]"
                raise slip(f"under is missing; all bands but the last have it: {example}", "bands", number)
            if under <= before:
                raise slip("bands ascend by under, which is more than 0", "bands", number, "under")
            before = under
        return self

    @property
    def depends_on_tenure(self) -> bool:
        return len(self.bands) > 1


class HiringClass(Frozen):
    starts: Date
    agents: Annotated[Heads, Field(ge=1)]


class Hiring(Frozen):
    """
    Who replaces the leavers: a class of ``class_size`` starts ``lead_time`` after so many seats are vacant, or the
    ``classes`` of a plan start on their dates and fill what is vacant then. Seats stay vacant until then.
    """

    lead_time: Seconds = 0.0
    class_size: Annotated[Heads, Field(ge=1)] = 1
    classes: tuple[HiringClass, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.classes and ({"lead_time", "class_size"} & self.model_fields_set):
            raise slip("classes does not go with lead_time and class_size; give one or the other", "classes")
        return self


class Lateness(Frozen):
    """``share`` of shifts begin late, ``by`` a drawn time."""

    share: Share
    by: Law


class ReplaceAbsent(Frozen):
    """
    Who takes over the shifts of the absent: standby agents, at most ``bench`` a date for each shift; or colleagues in
    ``overtime``, so large a share of these shifts. Short form: ``none``.
    """

    short_forms = "write none, {bench: 2} or {overtime: 30%}"

    bench: Heads = 0
    overtime: Share = 0.0

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        return {} if written == "none" else super().spell_out(written)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.bench and self.overtime:
            raise slips(Slip(("overtime",), "overtime does not go with bench; give one or the other", True))
        return self


class OnCall(Frozen):
    """
    Agents at home between ``from`` and ``to`` (local), called in one by one while more than ``when_waiting`` contacts
    that the pool may take are waiting; each comes ``lead_time`` later, works ``stays`` (not beyond ``to``) and is not
    called again in that time. Called at most once per ``pause``.
    """

    stream: Name | None = None
    days: Days = (0, 1, 2, 3, 4, 5, 6)
    from_: WallTime = Field(alias="from")
    to: WallTime
    agents: Annotated[Heads, Field(ge=1)]
    when_waiting: Annotated[int, Field(ge=0)]
    lead_time: Seconds
    stays: Annotated[Seconds, Field(gt=0)]
    pause: Seconds = 0.0
    """Between two calls to agents of this line."""

    @model_validator(mode="after")
    def _comes_in_time(self) -> Self:
        window = seconds_between(self.from_, self.to)
        if self.lead_time >= window:
            raise slip(
                f"who is called comes {self.lead_time / 3600:g} h later, but is on call for {window / 3600:g} h only",
                "lead_time",
            )
        return self


class EarlyLeave(Frozen):
    """
    An agent idle for ``after_idle`` while more than ``keep_idle`` others of the pool are idle may go home unpaid, if
    willing (a drawn ``share`` of shifts) and the shift has at least ``at_least_left`` to go.
    """

    after_idle: Annotated[Seconds, Field(gt=0)]
    keep_idle: Annotated[int, Field(ge=0)]
    share: Share = 1.0
    at_least_left: Seconds = 0.0


class Flex(Frozen):
    """
    Heads of a week follow the forecast of ``follows`` relative to the counted period's mean week, within plus or minus
    ``band``, rounded half up.
    """

    band: Annotated[Share, Field(gt=0)]
    follows: Annotated[tuple[Name, ...], Field(min_length=1)]


def _word_or_time(written: Any) -> str:
    return "word" if isinstance(written, str) and not any(map(str.isdecimal, written)) else "time"


Tenure = Annotated[
    Annotated[Literal["experienced", "new"], Tag("word")] | Annotated[Seconds, Tag("time")], By(_word_or_time)
]
"""``new``: training begins with the line's first day, or with the simulation."""
