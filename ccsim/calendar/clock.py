"""
The wall clock of a zone against the ticks of a simulation (rule 1).

A *reading* is what the clock on the wall shows: ticks since midnight of day 0 of the proleptic calendar, so that
``reading // DAY`` is ``date.toordinal()``. When clocks go forward, readings are skipped; when they go back, they come
twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.spans import Spans
from ccsim.calendar.zones import offsets
from ccsim.plan import TICKS_PER_SECOND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from ccsim.plan import Bools, Ints

SECOND = TICKS_PER_SECOND
DAY = 86_400 * SECOND
WEEK = 7 * DAY
EARLY, LATE = -(1 << 61), 1 << 61
_BEGIN_1970 = datetime(1970, 1, 1, tzinfo=UTC)
_ORDINAL_1970 = _BEGIN_1970.toordinal()


def ticks(seconds: float) -> int:
    """A duration in whole ticks, rounded to the nearest."""
    return round(seconds * SECOND)


def reading(wall: date | datetime | time) -> int:
    """
    What the clock shows at a naive date and time; of a date its midnight, of a time of day the ticks since midnight.

    To the nearest tick, from microseconds.
    """
    if isinstance(wall, date) and not isinstance(wall, datetime):
        return wall.toordinal() * DAY
    seconds = (wall.hour * 60 + wall.minute) * 60 + wall.second
    since_midnight = seconds * SECOND + round(wall.microsecond * SECOND / 1_000_000)
    return since_midnight + (wall.toordinal() * DAY if isinstance(wall, datetime) else 0)


def weekday(ordinals: Ints) -> Ints:
    """Days of the week of dates (ordinals); Monday = 0."""
    return (ordinals + 6) % 7


@dataclass(frozen=True, eq=False)
class WallClock:
    """The clock of one zone, in stretches of constant offset. Instants and readings may be single numbers or arrays."""

    zone: str
    epoch: int
    """UTC time of tick 0. [s since 1970-01-01]"""
    begins: Ints
    """Where each stretch begins, ascending; the first reaches back without end, the last ahead. [ticks]"""
    offset: Ints
    """Reading minus tick."""

    @property
    def ends(self) -> Ints:
        return np.append(self.begins[1:], LATE)

    def reading(self, instants: ArrayLike) -> Ints:
        """What the clock shows at these ticks."""
        instants = np.asarray(instants, dtype=np.int64)
        shown: Ints = instants + self.offset[np.searchsorted(self.begins, instants, side="right") - 1]
        return shown

    def date(self, instants: ArrayLike) -> Ints:
        """Local date (ordinal) at these ticks."""
        return self.reading(instants) // DAY

    def utc_offset(self, instants: ArrayLike) -> Ints:
        """Offset of the zone from UTC at these ticks. [s]"""
        instants = np.asarray(instants, dtype=np.int64)
        offset: Ints = (self.reading(instants) - instants) // SECOND - self.epoch - _ORDINAL_1970 * 86_400
        return offset

    def at(self, readings: ArrayLike, again: Bools | None = None) -> Ints:
        """
        The ticks at which the clock shows these readings, as points in time.

        A skipped reading takes the offset from before the change; of a repeated one the first is meant, or the second
        where ``again`` is true.
        """
        readings = np.asarray(readings, dtype=np.int64)
        stretch = np.searchsorted(self.ends + self.offset, readings, side="right")
        usual = readings - self.offset[stretch]
        skipped = usual < self.begins[stretch]
        found: Ints = np.where(skipped, readings - self.offset[stretch - 1], usual)
        if again is None:
            return found
        following = np.minimum(stretch + 1, len(self.begins) - 1)
        second = readings - self.offset[following]
        twice: Bools = ~skipped & (second >= self.begins[following])
        return np.where(again & twice, second, found)

    def midnight(self, ordinals: ArrayLike) -> Ints:
        """The ticks at which these local dates begin."""
        return self.at(np.asarray(ordinals, dtype=np.int64) * DAY)

    def is_repeat(self, instants: ArrayLike) -> Bools:
        """Whether the clock showed the same before: the second pass of a repeated hour."""
        return self.at(self.reading(instants)) < np.asarray(instants, dtype=np.int64)

    def dates(self, low: int, high: int) -> Ints:
        """Local dates (ordinals) of the instants from ``low`` up to ``high``."""
        if low >= high:
            return np.empty(0, dtype=np.int64)
        first, last = self.date([low, high - 1])
        return np.arange(first, last + 1, dtype=np.int64)

    def pieces(self, readings: Spans, low: int, high: int) -> tuple[Spans, Ints]:
        """
        All times between two ticks at which the clock reads within one of the spans, ascending, and the span's row.

        Walks the stretches of constant offset: what is repeated comes twice, what is skipped not at all.
        """
        begins, ends, whose = [], [], []
        for since, until, offset in zip(self.begins.tolist(), self.ends.tolist(), self.offset.tolist(), strict=True):
            if since >= high or until <= low:
                continue
            lower = np.maximum(readings.begins - offset, max(since, low))
            upper = np.minimum(readings.ends - offset, min(until, high))
            inside = np.flatnonzero(lower < upper)
            begins.append(lower[inside])
            ends.append(upper[inside])
            whose.append(inside)
        if not begins:
            return Spans(np.empty(0, np.int64), np.empty(0, np.int64)), np.empty(0, np.int64)
        found, index = Spans(np.concatenate(begins), np.concatenate(ends)), np.concatenate(whose)
        order = np.argsort(found.begins, kind="stable")
        return Spans(found.begins[order], found.ends[order]), index[order]

    def windows(self, readings: Spans, low: int, high: int) -> Spans:
        """All times between two ticks at which the clock reads within any of the spans, merged and ascending."""
        return self.pieces(readings, low, high)[0].merged()

    def instant(self, moment: datetime) -> int:
        """The tick of a moment: by its own offset if it has one, else as a point in time on this clock."""
        if moment.tzinfo is None:
            return int(self.at(reading(moment)))
        return _whole(moment - _BEGIN_1970) - self.epoch * SECOND

    def instants(self, moments: Sequence[datetime]) -> Ints:
        """As ``instant``, of many, of which all have an offset or none has."""
        if moments and moments[0].tzinfo is not None:
            since_1970 = np.array([_whole(moment - _BEGIN_1970) for moment in moments], dtype=np.int64)
            return since_1970 - self.epoch * SECOND
        return self.at([reading(moment) for moment in moments])

    def show(self, instant: int) -> str:
        """An instant as people read it, to the minute: ``2026-03-08 03:30``."""
        at, since_midnight = divmod(int(self.reading(instant)), DAY)
        minutes = since_midnight // (60 * SECOND)
        return f"{date.fromordinal(at).isoformat()} {minutes // 60:02d}:{minutes % 60:02d}"


@lru_cache(maxsize=256)
def wall_clock(zone: str, epoch: int, first_year: int, last_year: int) -> WallClock:
    """
    The clock of a zone for a simulation whose tick 0 is at ``epoch`` [UTC s since 1970].

    Clock changes are known from the begin of ``first_year`` to the end of ``last_year`` (UTC).
    """
    stretches = offsets(zone, first_year, last_year)
    begins = np.array([begin - epoch for begin, _ in stretches], dtype=np.int64) * SECOND
    begins[0] = EARLY
    offset = np.array([offset + epoch + _ORDINAL_1970 * 86_400 for _, offset in stretches], dtype=np.int64) * SECOND
    return WallClock(zone, epoch, begins, offset)


def _whole(duration: timedelta) -> int:
    return (duration.days * 86_400 + duration.seconds) * SECOND + round(duration.microseconds * SECOND / 1_000_000)
