"""When named agents work: local shifts with their breaks, activities and rotations."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import Field, model_validator

from ccsim import quantities
from ccsim.model.base import (
    Date,
    Days,
    Frozen,
    Heads,
    Name,
    Seconds,
    Share,
    Slip,
    Text,
    WallTime,
    slip,
    slips,
)
from ccsim.model.hours import seconds_between
from ccsim.model.workforce import Flex

if TYPE_CHECKING:
    from datetime import time


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
    flex: Flex | None = None

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
        return seconds_between(stints[0][0], stints[-1][1]) if len(stints) == 1 else sum(self._steps())

    @property
    def stints(self) -> tuple[tuple[time, time], ...]:
        """Begin and end of every part."""
        if self.from_ is not None and self.to is not None:
            return ((self.from_, self.to),)
        return tuple((part.from_, part.to) for part in self.parts)

    def _steps(self) -> list[float]:
        """Lengths of parts and of the pauses between them, in turn. [s]"""
        clock = [instant for stint in self.stints for instant in stint]
        return [seconds_between(first, second) for first, second in itertools.pairwise(clock)]

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
            return [Slip(("parts",), "the parts overlap, touch or are not in order; leave a pause between them")]
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
