"""Pieces of constant rate, and the local days they lie in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ccsim.calendar.clock import WallClock
    from ccsim.plan import Bools, Floats, Ints


class Days(NamedTuple):
    """Local days of a simulation, the first and the last cut to it."""

    date: Ints
    begins: Ints
    ends: Ints

    @classmethod
    def of(cls, clock: WallClock, run_end: int) -> Days:
        dates = clock.dates(0, run_end)
        midnights = clock.midnight(np.append(dates, dates[-1] + 1))
        begins, ends = np.maximum(midnights[:-1], 0), np.minimum(midnights[1:], run_end)
        some = begins < ends
        return cls(dates[some], begins[some], ends[some])

    def row(self, instants: Ints) -> Ints:
        """The day of each instant."""
        return np.searchsorted(self.begins, instants, side="right").astype(np.int64) - 1


class Pieces(NamedTuple):
    """Expected contacts from ``begins`` to ``ends``, at a constant rate, with the levels of their work and patience."""

    begins: Ints
    ends: Ints
    contacts: Floats
    handle_level: Floats
    patience_level: Floats

    @classmethod
    def of(cls, begins: ArrayLike, ends: ArrayLike, contacts: ArrayLike) -> Pieces:
        """Pieces at the level of the laws as written."""
        begins, ends = np.asarray(begins, dtype=np.int64), np.asarray(ends, dtype=np.int64)
        return cls(begins, ends, np.asarray(contacts, dtype=np.float64), np.ones(len(begins)), np.ones(len(begins)))

    def where(self, chosen: Bools) -> Pieces:
        return Pieces(
            self.begins[chosen],
            self.ends[chosen],
            self.contacts[chosen],
            self.handle_level[chosen],
            self.patience_level[chosen],
        )

    def times(self, factor: float | Floats) -> Pieces:
        """With this many times the contacts."""
        return self._replace(contacts=self.contacts * factor)

    def clipped(self, low: int, high: int) -> Pieces:
        """What of them lies between two instants."""
        return self._within(np.arange(len(self.begins)), np.maximum(self.begins, low), np.minimum(self.ends, high))

    def cut(self, edges: Ints) -> Pieces:
        """The same demand in pieces that none of the edges (ascending) divides."""
        first = np.searchsorted(edges, self.begins, side="right")
        inside = np.searchsorted(edges, self.ends, side="left") - first
        row = np.repeat(np.arange(len(self.begins)), inside + 1)
        nth = np.arange(len(row)) - np.repeat(np.cumsum(inside + 1) - inside - 1, inside + 1)
        edge = first[row] + nth
        begins = np.where(nth == 0, self.begins[row], edges[edge - 1])
        ends = np.where(nth == inside[row], self.ends[row], edges[np.minimum(edge, len(edges) - 1)])
        return self._within(row, begins, ends)

    def _within(self, row: Ints, begins: Ints, ends: Ints) -> Pieces:
        """Parts of rows, each with its share of the contacts; empty ones left out."""
        some = begins < ends
        row, begins, ends = row[some], begins[some], ends[some]
        part = (ends - begins) / (self.ends - self.begins)[row]
        return Pieces(begins, ends, self.contacts[row] * part, self.handle_level[row], self.patience_level[row])
