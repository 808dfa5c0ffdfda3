"""Spans of time: two arrays, begins and ends, of times from begin up to, not including, end. [ticks]"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from ccsim.plan import Ints


class Spans(NamedTuple):
    """As many begins as ends. [ticks]"""

    begins: Ints
    ends: Ints

    @property
    def measure(self) -> int:
        """Total length, of spans that do not overlap. [ticks]"""
        return int((self.ends - self.begins).sum())

    def clipped(self, low: int, high: int) -> Spans:
        """The parts between two instants."""
        begins, ends = np.maximum(self.begins, low), np.minimum(self.ends, high)
        inside = begins < ends
        return Spans(begins[inside], ends[inside])

    def merged(self) -> Spans:
        """The same times in ascending spans that neither overlap nor touch."""
        order = np.argsort(self.begins, kind="stable")
        begins, reached = self.begins[order], np.maximum.accumulate(self.ends[order])
        if not len(begins):
            return self
        starts_anew = np.concatenate(([True], begins[1:] > reached[:-1]))
        first = np.flatnonzero(starts_anew)
        last = np.concatenate((first[1:] - 1, [len(begins) - 1]))
        return Spans(begins[first], reached[last])

    def and_(self, other: Spans) -> Spans:
        """The times in both, of spans that are merged, merged."""
        cuts = np.unique(np.concatenate([*self, *other]))
        in_both = np.ones(len(cuts), dtype=np.bool_)
        for spans in (self, other):
            in_both &= np.searchsorted(spans.begins, cuts, side="right") > np.searchsorted(
                spans.ends, cuts, side="right"
            )
        return Spans(cuts[in_both], cuts[np.flatnonzero(in_both) + 1]).merged()
