"""Interchangeable agents of one site: what they handle, when they work, and what keeps them from contacts."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal

from pydantic import Field

from ccsim.model.base import Count, Days, Factor, Frozen, Name, Seconds, Share, WallTime, Zone
from ccsim.model.table import IntervalTable


class Handles(Frozen):
    """How this pool handles a contact type. ``priority``: higher first; 1 for live and 0 for deferred types if not given."""

    handle_time: Factor = 1.0
    priority: Annotated[int, Field(ge=0, le=1000)] | None = None


class Chat(Frozen):
    """``speed[k - 1]`` is the speed of each chat with k open. With ``mix_calls`` a call may stand beside at most concurrency - 1 chats."""

    concurrency: Annotated[int, Field(ge=1, le=20)]
    speed: tuple[Annotated[float, Field(gt=0, le=1)], ...]
    mix_calls: bool = False


class Break(Frozen):
    """``between``: hours into the shift over which the beginnings of this break are spread evenly by seat."""

    between: tuple[Seconds, Seconds]
    length: Seconds
    paid: bool = False


class Activity(Break):
    """Meeting, training, coaching: a break for a share of the agents on some days, paid."""

    name: str = "activity"
    days: Days = (0, 1, 2, 3, 4, 5, 6)
    share: Share = 1.0
    paid: bool = True


class Rotation(Frozen):
    """Seats work ``on`` days, then rest ``off`` days, staggered evenly. Short form: ``4 on 2 off``. Replaces the days of the shift."""

    on: Annotated[int, Field(ge=1, le=60)]
    off: Annotated[int, Field(ge=1, le=60)]


class Stint(Frozen):
    from_: WallTime = Field(alias="from")
    to: WallTime


class Shift(Frozen):
    """Local wall clock of the site; an end at or before the start is the next day. Either ``from``/``to`` or ``parts`` (split shift)."""

    stream: Name | None = None
    days: Days = (0, 1, 2, 3, 4, 5, 6)
    from_: WallTime | None = Field(default=None, alias="from")
    to: WallTime | None = None
    parts: tuple[Stint, ...] = ()
    """Breaks and activities count from the begin of the first part."""
    agents: Annotated[int, Field(ge=0, le=20_000)]
    breaks: tuple[Break, ...] = ()
    activities: tuple[Activity, ...] = ()
    rotation: Rotation | None = None
    first_day: date | None = None
    last_day: date | None = None


class HeadCount(Frozen):
    """``agents`` from ``begins`` to ``ends`` on one weekday; an end at or before the begin is tomorrow."""

    weekday: int
    begins: time
    ends: time
    agents: Annotated[int, Field(ge=0, le=20_000)]


class Staffing(Frozen):
    """
    A number of agents per time instead of named shifts.

    Written ``staffing: 12`` (always), ``staffing: {mon-fri: {08:00-16:00: 10, 16:00-20:00: 6}, sat: {...}}`` or
    ``staffing: {file: agents.csv}`` (columns ``interval_start``, ``agents``). Local wall clock of the site.
    """

    always: Annotated[int, Field(ge=0, le=20_000)] | None = None
    weekly: tuple[HeadCount, ...] = ()
    table: IntervalTable | None = None
    timezone: Zone | None = None


class Shrinkage(Frozen):
    """
    ``absence``: whole shifts, drawn per agent and date. ``other``: off-phone blocks at drawn places.

    ``of: present``: ``other`` is a share of what absence leaves; ``of: paid``: both are shares of paid time and add.
    ``as: heads``: other shrinkage takes whole agents away (the spreadsheet rule).
    """

    absence: Share = 0.0
    other: Share = 0.0
    block: Seconds = 1800.0
    as_: Literal["blocks", "heads"] = Field(default="blocks", alias="as")
    of: Literal["present", "paid"] = "present"


class KeepFree(Frozen):
    """Contacts of a priority below ``below_priority`` start only while more than ``agents`` agents of the pool are idle."""

    agents: Annotated[int, Field(ge=1)]
    below_priority: Annotated[int, Field(ge=1)]


class Pool(Frozen):
    site: Name
    stream: Name | None = None
    handles: dict[Name, Handles]
    chat: Chat | None = None
    interruptible: bool = False
    choose: Literal["longest waiting", "due first", "weighted", "longest queue"] = "longest waiting"
    keep_free: KeepFree | None = None
    shifts: dict[Name, Shift] | None = None
    staffing: Staffing | None = None
    """Exactly one of ``shifts`` and ``staffing``."""
    leavers: Literal["named", "pooled"] | None = None
    """At a shift end: the agents named by the shift, or idle ones first and then whoever is free next. Default: named for shifts, pooled for staffing."""
    shrinkage: Shrinkage = Shrinkage()
