"""Who is asked first, who after a wait, and under which condition."""

from __future__ import annotations

from typing import Literal

from ccsim.model.base import Frozen, Name, Seconds
from ccsim.model.hours import WeeklyHours


class When(Frozen):
    """All given conditions must hold. ``awake``/``asleep``: some/no agent of that pool is on shift."""

    hours: WeeklyHours | None = None
    awake: Name | None = None
    asleep: Name | None = None


class Rank(Frozen):
    """A set of pools asked together. Short forms: ``newark-care``, ``[newark-care, manila-care]``, ``{pool: manila-care, after: 15 s}``."""

    pools: tuple[Name, ...]
    after: Seconds = 0.0
    when: When | None = None


class Route(Frozen):
    """Short form: the list of ranks. ``choose``: default longest idle, for chat least loaded."""

    ranks: tuple[Rank, ...]
    choose: Literal["longest idle", "least loaded", "most loaded", "random", "in order"] | None = None
