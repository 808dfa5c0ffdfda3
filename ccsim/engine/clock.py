"""
The order of events (rule 11): by instant, then class, then number; SimPy's counter of insertions never decides.

Every event does all that follows from it by plain calls before the next one runs. An event overtaken by what happened
since is left in SimPy's heap and does nothing when it rings: whoever set it compares it with the one it waits for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from simpy import Environment, Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CLASS = 1 << 48
WORK_ENDS: Final = 1 * _CLASS
CAPACITY_COMES: Final = 2 * _CLASS
CAPACITY_GOES: Final = 3 * _CLASS
HOURS_CHANGE: Final = 4 * _CLASS
ARRIVAL: Final = 5 * _CLASS
WAITED_LONG_ENOUGH: Final = 6 * _CLASS
TIMER: Final = 7 * _CLASS
PATIENCE_ENDS: Final = 8 * _CLASS
INSTANT_IS_OVER: Final = 9 * _CLASS

BEHIND_AGENTS: Final = 1 << 40
"""Where the numbers of the class are the agents', outages and lines of agents on call are numbered from here."""

NEVER: Final = 1 << 62
"""Later than any instant. [ticks]"""

Row = TypeVar("Row")
Rings = tuple["Callable[[Any], None]", ...]
"""What an alarm calls when it rings, with itself."""


class Alarm(Event):
    """An event that belongs to ``owner`` and can be set again once it has rung."""

    callbacks: Rings  # type: ignore[assignment]

    def __init__(self, owner: Any = None) -> None:  # spares what a process would need of an event
        self.owner = owner
        self._ok = True


class Clock:
    """SimPy's environment, in whole ticks, with the priorities of rule 11."""

    def __init__(self) -> None:
        self.env = Environment()
        self.schedule = cast("Callable[[Event, int, int], None]", self.env.schedule)
        """``schedule(event, class + number, ticks from now)``"""

    @property
    def now(self) -> int:
        return cast("int", self.env.now)

    def set(self, alarm: Alarm, rings: Rings, delay: int, priority: int) -> None:
        """Let the alarm ring in ``delay`` ticks."""
        alarm.callbacks = rings
        self.schedule(alarm, priority, delay)


class Timetable(Generic[Row]):
    """What is known beforehand, as (instant, class + number, row), ascending; one re-armed event rings it in turn."""

    def __init__(self, clock: Clock, rows: Iterator[tuple[int, int, Row]], happens: Callable[[Row, int], None]) -> None:
        self.schedule = clock.schedule
        self.rows = rows
        self.happens = happens
        self.alarm = Alarm()
        self.rings = (self.ring,)
        self.coming = next(rows, None)
        if self.coming is not None:
            at, priority, _ = self.coming
            clock.set(self.alarm, self.rings, at, priority)

    def ring(self, alarm: Alarm) -> None:
        """Set the alarm for the next row, then let this one happen."""
        now, _priority, row = self.coming  # type: ignore[misc]
        self.coming = coming = next(self.rows, None)
        if coming is not None:
            at, priority, _row = coming
            alarm.callbacks, schedule = self.rings, self.schedule  # a call by a local name is faster
            schedule(alarm, priority, at - now)
        happens = self.happens
        happens(row, now)
