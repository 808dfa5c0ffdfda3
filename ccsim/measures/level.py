"""A whole number over time, such as contacts waiting or agents on duty, exact to the tick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ccsim.plan import Bools, Ints

LONGEST = 1 << 62
"""All times lie below. [ticks]"""


@dataclass(frozen=True)
class Level:
    """
    A step function: from ``times[k]`` on the number is ``values[k]``, and 0 before ``times[0]``.

    ``times`` ascend strictly and neighboring ``values`` differ; both may be empty. [ticks]
    """

    times: Ints
    values: NDArray[np.int32]

    @classmethod
    def of(cls, times: Ints, values: NDArray[np.integer] | Bools) -> Level:
        """The level with ``values[k]`` from ``times[k]`` on; ``times`` ascend, of equal times the last one counts."""
        last = np.append(times[1:] > times[:-1], True)[: len(times)]
        times, values = times[last], values[last].astype(np.int32, copy=False)
        changes = np.diff(values, prepend=0) != 0
        return cls(times[changes], values[changes])

    @classmethod
    def count(cls, begins: Ints, ends: Ints) -> Level:
        """How many of the spans ``begins <= t < ends`` hold at t; spans that end before they begin are empty."""
        real = ends > begins
        # Whether a time is a begin or an end is its last bit: sorting numbers takes no memory, unlike sorting rows.
        times = np.concatenate([begins[real] << 1 | 1, ends[real] << 1])
        times.sort()
        changes = np.where(times & 1, np.int8(1), np.int8(-1))
        times >>= 1
        return cls.of(times, np.cumsum(changes, dtype=np.int32))

    def at(self, times: Ints) -> Ints:
        """The number at each of these times."""
        return np.append(0, self.values)[np.searchsorted(self.times, times, side="right")]

    def first_from(self, times: Ints) -> Ints:
        """The first instant from each of these times on at which the number is not 0; ``LONGEST`` if there is none."""
        changes = np.append(self.times, LONGEST)[np.searchsorted(self.times, times, side="right")]
        first: Ints = np.where(self.at(times) != 0, times, changes)
        return first

    def until(self, times: Ints) -> Ints:
        """Number x time from the beginning until each of these times. [ticks]"""
        # Differences stay right even where a running sum wraps around: int64 is arithmetic modulo 2**64.
        sums = np.append(0, np.cumsum(self.values[:-1] * np.diff(self.times)))
        last = np.searchsorted(self.times, times, side="right") - 1
        begun = last >= 0
        since = np.zeros(len(times), np.int64)
        since[begun] = sums[last[begun]] + self.values[last[begun]] * (times[begun] - self.times[last[begun]])
        return since

    def total(self, edges: Ints) -> Ints:
        """Number x time between neighboring edges, one less than there are edges. [ticks]"""
        return np.diff(self.until(edges))

    def highest(self, begin: int, end: int) -> int:
        """Largest number in ``begin <= t < end``."""
        inside = self.values[(self.times > begin) & (self.times < end)]
        return int(max(inside.max(initial=0), self.at(np.array([begin]))[0]))

    def spans(self) -> tuple[Ints, Ints]:
        """Begins and ends of the stretches in which the number is not 0; the last one must have ended."""
        here = self.values != 0
        before = np.append(False, here[:-1])[: len(here)]
        return self.times[here & ~before], self.times[~here & before]


def aligned(*levels: Level) -> tuple[Ints, list[Ints]]:
    """All times at which any of the levels changes, and the numbers of each from these times on."""
    times = np.unique(np.concatenate([level.times for level in levels]))
    return times, [level.at(times) for level in levels]
