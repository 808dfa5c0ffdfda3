"""Who is asked first, who after a wait, and under which condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from ccsim.model.base import Frozen, Name, Seconds, Share, Slip, listed, slips
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

    short_forms = "write its pools, for example [newark-care, newark-night], or {share: 40%, ranks: [newark-care]}"

    share: Share | None = None
    ranks: Annotated[tuple[Rank, ...], Field(min_length=1)]

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        return _with_listed_ranks(written) if _is_list(written) else _with_listed_ranks(super().spell_out(written))


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
        return _with_listed_ranks(written) if _is_list(written) else _with_listed_ranks(super().spell_out(written))

    @property
    def every_rank(self) -> tuple[Rank, ...]:
        """Of all lanes, or of the one queue."""
        return self.ranks or tuple(rank for lane in self.lanes.values() for rank in lane.ranks)

    @model_validator(mode="after")
    def _one_queue_or_lanes(self) -> Self:
        wrong = self._allocated() if self.lanes else self._ranked()
        if wrong:
            raise slips(*wrong)
        return self

    def _ranked(self) -> list[Slip]:
        if not self.ranks:
            return [Slip((), f"ranks is missing; {self.short_forms}", True)]
        return [
            Slip((key,), f"{key} is for lanes; ranks are asked one after the other", True)
            for key in ("allocate", "protect")
            if key in self.model_fields_set
        ]

    def _allocated(self) -> list[Slip]:
        if self.ranks:
            return [Slip(("ranks",), "ranks does not go with lanes; write ranks within each lane", True)]
        shares = {name: lane.share for name, lane in self.lanes.items()}
        if self.allocate == "shortest wait":
            return [
                Slip(("lanes", name, "share"), "share does not go with allocate: shortest wait", True)
                for name, share in shares.items()
                if share is not None
            ]
        wrong = [
            Slip(("lanes", name), "share is missing; write for example share: 40%, or allocate: shortest wait", True)
            for name, share in shares.items()
            if share is None
        ]
        total = sum(share or 0.0 for share in shares.values())
        if not wrong and abs(total - 1) > 1e-6:
            wrong.append(Slip(("lanes",), f"the shares add to {total * 100:g} %; they must add to 100 %"))
        if self.protect is not None:
            wrong.append(Slip(("protect",), "protect goes with allocate: shortest wait", True))
        return wrong


def _is_list(written: Any) -> bool:
    return isinstance(written, str | list | tuple)


def _with_listed_ranks(written: Any) -> Any:
    """A single pool is a list of one, and a list is that of the ranks."""
    if isinstance(written, Mapping):
        return {**written, "ranks": listed(written["ranks"])} if "ranks" in written else written
    return {"ranks": listed(written)}
