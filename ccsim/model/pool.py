"""Interchangeable agents of one site: what they handle, when they work, and what keeps them from contacts."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from ccsim import quantities
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
    Text,
    WallTime,
    Zone,
    slip,
    slips,
)
from ccsim.model.table import IntervalTable

PartialShare = Annotated[Share, Field(lt=1)]


class Handles(Frozen):
    """
    How this pool handles a contact type. ``priority``: higher first; 1 for live and 0 for deferred types if not
    given.
    """

    handle_time: Factor = 1.0
    priority: Annotated[int, Field(ge=0, le=1000)] | None = None


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


class Break(Frozen):
    """``between``: time into the shift over which the beginnings of this break are spread evenly by seat."""

    between: tuple[Seconds, Seconds]
    length: Annotated[Seconds, Field(gt=0)]
    paid: bool = False

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if self.between[0] > self.between[1]:
            raise slip("the first time must not be after the second", "between")
        return self


class Activity(Break):
    """Meeting, training, coaching: a break for a share of the agents on some days, paid."""

    name: str = "activity"
    days: Days = (0, 1, 2, 3, 4, 5, 6)
    share: Share = 1.0
    paid: bool = True


class Rotation(Frozen):
    """
    Seats work ``on`` days, then rest ``off`` days, staggered evenly. Short form: ``4 on 2 off``. Replaces the days of
    the shift.
    """

    on: Annotated[int, Field(ge=1, le=60)]
    off: Annotated[int, Field(ge=1, le=60)]

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        if isinstance(written, Mapping):
            return written
        on, off = quantities.rotation(written)
        return {"on": on, "off": off}


class Stint(Frozen):
    """A part of a split shift. Short form: ``08:00-12:00``."""

    from_: WallTime = Field(alias="from")
    to: WallTime

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        if isinstance(written, Mapping):
            return written
        begins, ends = quantities.stretch(written)
        return {"from": f"{begins:%H:%M}", "to": f"{ends:%H:%M}"}


class Shift(Frozen):
    """
    Local wall clock of the site; an end at or before the start is the next day. Either ``from``/``to`` or ``parts``
    (split shift).
    """

    description: Text = ""
    stream: Name | None = None
    days: Days = (0, 1, 2, 3, 4, 5, 6)
    from_: WallTime | None = Field(default=None, alias="from")
    to: WallTime | None = None
    parts: tuple[Stint, ...] = ()
    """In order of time. Breaks and activities count from the begin of the first part."""
    agents: Heads
    breaks: tuple[Break, ...] = ()
    activities: tuple[Activity, ...] = ()
    rotation: Rotation | None = None
    first_day: Date | None = None
    last_day: Date | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        wrong = [*self._times(), *self._days()]
        if not wrong:
            wrong = [*self._order_of_parts(), *self._breaks_within()]
        if wrong:
            raise slips(*wrong)
        return self

    @property
    def length(self) -> float:
        """From the first begin to the last end by the wall clock, on a day without a clock change. [s]"""
        stints = self.stints
        return _seconds(stints[0][0], stints[-1][1]) if len(stints) == 1 else sum(self._steps())

    @property
    def stints(self) -> tuple[tuple[time, time], ...]:
        """Begin and end of every part."""
        if self.from_ is not None and self.to is not None:
            return ((self.from_, self.to),)
        return tuple((part.from_, part.to) for part in self.parts)

    def _steps(self) -> list[float]:
        """Lengths of parts and of the pauses between them, in turn. [s]"""
        clock = [instant for stint in self.stints for instant in stint]
        return [_seconds(first, second) for first, second in itertools.pairwise(clock)]

    def _times(self) -> list[Slip]:
        if self.parts and (self.from_ is not None or self.to is not None):
            return [Slip(("parts",), "parts does not go with from and to; give one or the other", True)]
        if self.parts:
            return []
        missing = [key for key, value in (("from", self.from_), ("to", self.to)) if value is None]
        return [Slip((), f"{key} is missing; write for example from: 08:00, to: 16:30", True) for key in missing]

    def _days(self) -> list[Slip]:
        found = []
        if self.rotation is not None and "days" in self.model_fields_set:
            found.append(Slip(("days",), "days does not go with rotation, which decides who works when", True))
        if self.first_day and self.last_day and self.first_day > self.last_day:
            found.append(Slip(("last_day",), f"{self.last_day} is before first_day, {self.first_day}"))
        return found

    def _order_of_parts(self) -> list[Slip]:
        if len(self.parts) > 1 and sum(self._steps()) > quantities.DAY:
            return [Slip(("parts",), "the parts overlap or are not in the order of time")]
        return []

    def _breaks_within(self) -> list[Slip]:
        found = []
        for key, blocks in (("breaks", self.breaks), ("activities", self.activities)):
            for number, block in enumerate(blocks):
                if block.between[1] >= self.length:
                    latest, whole = block.between[1] / 3600, self.length / 3600
                    found.append(
                        Slip(
                            (key, number, "between"),
                            f"it may begin {latest:g} h into the shift, which is only {whole:g} h long",
                        )
                    )
        return found


class HeadCount(Frozen):
    """``agents`` from ``begins`` to ``ends`` on one weekday; an end at or before the begin is tomorrow."""

    weekday: int
    begins: time
    ends: time
    agents: Heads


class Staffing(Frozen):
    """
    A number of agents per time instead of named shifts.

    Written ``staffing: 12`` (always), ``staffing: {mon-fri: {08:00-16:00: 10, 16:00-20:00: 6}, sat: {...}}`` or
    ``staffing: {file: agents.csv}`` (columns ``interval_start``, ``agents``). Local wall clock of the site.
    """

    written_keys = ("file", "missing", "mon-fri", "sat", "sun")
    short_forms = "write a number, {mon-fri: {08:00-16:00: 10}} or {file: agents.csv}"

    always: Heads | None = None
    weekly: tuple[HeadCount, ...] = ()
    table: IntervalTable | None = None
    timezone: Zone | None = None

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        if isinstance(written, int) and not isinstance(written, bool):
            return {"always": written}
        fields = super().spell_out(written)
        kept = {key: fields[key] for key in ("always", "table", "timezone") if key in fields}
        week = {key: value for key, value in fields.items() if key not in kept}
        forms = [key for key in ("always", "table") if key in kept] + (["days"] if week else [])
        if week and "weekly" not in week:
            kept["weekly"] = _weekly(week)
        elif "weekly" in week:
            kept["weekly"] = week["weekly"]
        if len(forms) != 1:
            raise ValueError(f"{' and '.join(forms) or 'no numbers'} given; {cls.short_forms}")
        return kept


class Shrinkage(Frozen):
    """
    ``absence``: whole shifts, drawn per agent and date. ``other``: off-phone blocks at drawn places.

    ``of: present``: ``other`` is a share of what absence leaves; ``of: paid``: both are shares of paid time and add.
    ``as: heads``: other shrinkage takes whole agents away (the spreadsheet rule).
    """

    short_forms = "say how much is absence (whole shifts) and how much is other, for example {absence: 8%, other: 22%}"

    absence: PartialShare = 0.0
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

    @model_validator(mode="after")
    def _staffed_once(self) -> Self:
        if self.shifts is not None and self.staffing is not None:
            raise slips(Slip(("staffing",), "staffing does not go with shifts; give one or the other", True))
        if self.shifts is None and self.staffing is None:
            raise slips(Slip((), "shifts is missing; write shifts, or staffing for a number of agents per time", True))
        return self


def _seconds(begins: time, ends: time) -> float:
    """From one wall-clock time to the next occurrence of another, a whole day if they are equal. [s]"""
    minutes = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    return float(minutes * 60) if minutes > 0 else minutes * 60 + quantities.DAY


def _weekly(written: Mapping[str, Any]) -> tuple[HeadCount, ...]:
    """Head counts of ``{mon-fri: {08:00-16:00: 10}, sat: 4}``, ascending."""
    found: list[HeadCount] = []
    wrong: list[Slip] = []
    for key, counts in written.items():
        try:
            weekdays = quantities.days(key)
        except ValueError:
            hint = quantities.suggest(key, ("file", "missing", "timezone", "always", *quantities.WEEKDAYS, "mon-fri"))
            wrong.append(Slip((key,), f"unknown key{hint or '; write days like mon-fri'}", on_key=True))
            continue
        for hours, agents in counts.items() if isinstance(counts, Mapping) else [("00:00-24:00", counts)]:
            at = (key, hours) if isinstance(counts, Mapping) else (key,)
            try:
                begins, ends = quantities.stretch(hours)
            except ValueError as error:
                wrong.append(Slip(at, str(error), on_key=True))
                continue
            if isinstance(agents, bool) or not isinstance(agents, int) or not 0 <= agents <= 20_000:
                wrong.append(
                    Slip(
                        at,
                        f"{quantities.shown(agents)} is not a number of agents; write a whole number from 0 to 20000",
                    )
                )
                continue
            for weekday in weekdays:
                count = HeadCount(weekday=weekday, begins=begins, ends=ends, agents=agents)
                if any(_overlap(count, other) for other in found):
                    wrong.append(
                        Slip(at, f"{quantities.WEEKDAYS[weekday]} {hours} overlaps another stretch", on_key=True)
                    )
                found.append(count)
    if wrong:
        raise slips(*dict.fromkeys(wrong))
    return tuple(sorted(found, key=lambda count: (count.weekday, count.begins)))


def _overlap(one: HeadCount, other: HeadCount) -> bool:
    """Whether two stretches of the week, seen as a circle, share time."""
    week = quantities.WEEK
    first, second = (c.weekday * quantities.DAY + c.begins.hour * 3600.0 + c.begins.minute * 60 for c in (one, other))
    return (second - first) % week < _seconds(one.begins, one.ends) or (first - second) % week < _seconds(
        other.begins, other.ends
    )
