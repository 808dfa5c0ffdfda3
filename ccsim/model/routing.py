"""Who is asked first, who after a wait, and under which condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from ccsim.model.base import Frozen, Name, Seconds, Share
from ccsim.model.hours import WeeklyHours


class When(Frozen):
    """All given conditions must hold. ``awake``/``asleep``: some/no agent of that pool is on shift."""

    hours: WeeklyHours | None = None
    awake: Name | None = None
    asleep: Name | None = None

    @model_validator(mode="after")
    def _some_condition(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("no condition is given; write hours, awake or asleep, or leave out when")
        return self


class Rank(Frozen):
    """
    A set of pools asked together. Short forms: ``newark-care``, ``[newark-care, manila-care]``, ``{pool: manila-care,
    after: 15 s}``.
    """

    written_keys = ("pool",)

    pools: Annotated[tuple[Name, ...], Field(min_length=1)]
    after: Seconds = 0.0
    when: When | None = None

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        if isinstance(written, str):
            return {"pools": (written,)}
        if isinstance(written, list | tuple):
            return {"pools": tuple(written)}
        fields = dict(super().spell_out(written))
        if "pool" in fields and "pools" in fields:
            raise ValueError("pool and pools are given; give one of them")
        if "pool" in fields:
            fields["pools"] = (fields.pop("pool"),)
        return fields


class Lane(Frozen):
    """Contacts allocated to some pools, with a queue of their own. Short form: the list of ranks."""

    share: Share | None = None
    ranks: Annotated[tuple[Rank, ...], Field(min_length=1)]


class Route(Frozen):
    """
    Short form: the list of ranks. ``choose``: default longest idle, for chat least loaded.

    Instead of ``ranks``, ``lanes`` allocate each contact when it arrives, for good: by drawn ``share``, or to the lane
    with the shortest expected wait (those waiting x mean handle time / agents on shift); with ``protect`` to the first
    lane unless its expected wait is longer than that.
    """

    short_forms = (
        "write the list of pools, first asked first, for example [newark-care, {pool: manila-care, after: 15 s}]"
    )

    ranks: tuple[Rank, ...] = ()
    lanes: dict[Name, Lane] = Field(default_factory=dict)
    allocate: Literal["share", "shortest wait"] = "share"
    protect: Seconds | None = None
    choose: Literal["longest idle", "least loaded", "most loaded", "random", "in order"] | None = None

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        if isinstance(written, str):
            return {"ranks": (written,)}
        if isinstance(written, list | tuple):
            return {"ranks": tuple(written)}
        fields = super().spell_out(written)
        if isinstance(fields, Mapping) and isinstance(fields.get("ranks"), str):
            return {**fields, "ranks": (fields["ranks"],)}
        return fields
