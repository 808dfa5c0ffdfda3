"""
The virtual wait: how long a customer who never gives up would wait where others do give up.

Its density at t > 0 is proportional to exp(-relief t) times the expected number of ways in which customers fill the
queue behind one that has waited t: those who joined meanwhile and are still there are Poisson with mean
joining x (integral of the survival of patience over [0, t]). Every measure of a queue with patience is an integral
against this density (F. Baccelli and G. Hebuterne, On queues with impatient customers, Performance '81; with a limited
queue A. Brandt and M. Brandt, On the M(n)/M(n)/s queue with impatient calls, Performance Evaluation 35, 1999).

The logarithm of the density is concave, whatever the law of patience. So it has one peak, and falls off on both sides
at least as fast as a straight line: integrals are taken by 16 Gauss nodes between the places where it has fallen by
fixed amounts, all cells of a table together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from scipy.special import gammaincc

from ccsim.erlang.erlang_b import erlang_b, log_erlang_b, log_poisson

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ccsim.erlang.patience import Patience

    Floats = NDArray[np.float64]
    Weight = Callable[["Patience", "Floats"], "Floats"]
    Rise = Callable[["Floats"], "Floats"]

LEVELS = (3.0, 14.0, 55.0)
"""Falls of the log density at which panels end. After the last one less than 1e-23 is left."""
NODES, WEIGHTS = np.polynomial.legendre.leggauss(16)
CHUNK = 1024
"""Cells taken at a time, so that the work stays in the cache of the processor."""
MOST_HALVINGS = 100
"""Of the time in which a peak is sought."""


class Ways(Protocol):
    """In how many ways, in expectation, z customers who joined and are still there can fill the queue."""

    def log(self, z: Floats) -> Floats:
        """Logarithm of the ways."""

    def rise_from(self, z: Floats) -> Rise:
        """Logarithm of the ways at z + more, less that at z, as a function of more."""

    def peak(self, joining: Floats, relief: Floats, patience: Patience) -> Floats:
        """Time at which the density is highest, or nearly so. [s]"""

    def cells(self, which: Any) -> Ways:
        """The ways of some cells of a flat table, as a column."""

    def spread(self, shape: tuple[int, ...]) -> Ways:
        """The ways broadcast to a table of this shape, and flat."""


@dataclass(frozen=True)
class Open:
    """Any number may wait: the ways are exp(z)."""

    def log(self, z: Floats) -> Floats:
        return z

    def rise_from(self, z: Floats) -> Rise:
        return lambda more: more

    def peak(self, joining: Floats, relief: Floats, patience: Patience) -> Floats:
        with np.errstate(divide="ignore"):
            return patience.until(relief / joining)

    def cells(self, which: Any) -> Open:
        return self

    def spread(self, shape: tuple[int, ...]) -> Open:
        return self


@dataclass(frozen=True)
class Below:
    """Fewer than ``room`` (which may be infinite) wait: the ways are exp(z) P(Poisson(z) < room)."""

    room: Floats

    def log(self, z: Floats) -> Floats:
        return np.asarray(z + self.log_share(z))

    def rise_from(self, z: Floats) -> Rise:
        before = self.log_share(z)
        return lambda more: np.asarray(more + self.log_share(z + more) - before)

    def log_share(self, z: Floats) -> Floats:
        """Logarithm of P(Poisson(z) < room)."""
        share = gammaincc(self.room, z)
        if np.all(share > 1e-200):
            return np.asarray(np.log(share))
        flood, others = share <= 1e-200, np.broadcast_to(self.room - 1, share.shape)
        logarithm = np.log(np.where(flood, 1.0, share))
        z, others = z[flood], others[flood]
        some = np.maximum(others, 1.0)
        logarithm[flood] = np.where(others > 0, log_poisson(some, z) - log_erlang_b(z, some), -z)
        return logarithm

    def peak(self, joining: Floats, relief: Floats, patience: Patience) -> Floats:
        free = np.isinf(self.room)
        room = np.where(free, 1.0, self.room)
        limited = bisected_peak(joining, relief, patience, room, lambda z: 1.0 - erlang_b(z, room - 1))
        return np.where(free, Open().peak(joining, relief, patience), limited)

    def cells(self, which: Any) -> Below:
        return Below(self.room[which, None])

    def spread(self, shape: tuple[int, ...]) -> Below:
        return Below(np.broadcast_to(self.room, shape).ravel())


@dataclass(frozen=True)
class Exactly:
    """Just ``room`` wait: the ways are z**room / room!."""

    room: Floats

    def log(self, z: Floats) -> Floats:
        return np.asarray(log_poisson(self.room, z) + z)

    def rise_from(self, z: Floats) -> Rise:
        def rise(more: Floats) -> Floats:
            with np.errstate(divide="ignore"):
                return np.asarray(self.room * np.log1p(np.maximum(more / z, -1.0)))

        return rise

    def peak(self, joining: Floats, relief: Floats, patience: Patience) -> Floats:
        return bisected_peak(joining, relief, patience, self.room, lambda z: self.room / z)

    def cells(self, which: Any) -> Exactly:
        return Exactly(self.room[which, None])

    def spread(self, shape: tuple[int, ...]) -> Exactly:
        return Exactly(np.broadcast_to(self.room, shape).ravel())


@dataclass(frozen=True)
class Density:
    """
    Ways to fill the queue behind a customer who has waited t, times exp(-relief t): not normalized.

    The arrays are flat and of one length; inside a chunk of cells they are columns.
    """

    joining: Floats
    """Rate of customers who join the queue while all agents are busy. [1/s]"""
    relief: Floats
    """Rate at which busy agents finish, agents / handle time. [1/s, > 0]"""
    patience: Patience
    ways: Ways
    peak: Floats
    """Time at which the density is highest, or nearly so. [s]"""

    @classmethod
    def of(cls, joining: Floats, relief: Floats, patience: Patience, ways: Ways) -> Density:
        """The density with its peak."""
        return cls(joining, relief, patience, ways, ways.peak(joining, relief, patience))

    def integrals(self, weights: tuple[Weight, ...], start: Floats, end: Floats) -> list[Floats]:
        """
        Integrals of weights against the density over [start, end], as multiples of the density at its peak.

        Weights are positive functions of patience and time that vary no faster than the law of patience.
        """
        multiples = [np.empty(start.shape) for _ in weights]
        for first in range(0, start.size, CHUNK):
            chunk = slice(first, first + CHUNK)
            part = self.cells(chunk)
            top = np.clip(part.peak, start[chunk, None], end[chunk, None])
            cells, steps, masses = part.panels(top, start[chunk, None], end[chunk, None])
            part, top = self.cells(first + cells), top[cells]
            masses *= np.exp(part.rise_from(top)(steps) + part.rise_from(part.peak)(top - part.peak))
            for multiple, weight in zip(multiples, weights, strict=True):
                panels = np.sum(masses * weight(part.patience, top + steps), axis=-1)
                multiple[chunk] = np.bincount(cells, panels, len(start[chunk]))
        return multiples

    def log_peak(self) -> Floats:
        """Logarithm of the density at its peak."""
        return np.asarray(self.ways.log(self.filled(self.peak)) - self.relief * self.peak)

    def cells(self, which: Any) -> Density:
        """Some cells of the flat table, as columns."""
        joining, relief, peak = (x[which, None] for x in (self.joining, self.relief, self.peak))
        return Density(joining, relief, self.patience.cells(which), self.ways.cells(which), peak)

    def spread(self, shape: tuple[int, ...]) -> Density:
        """The density broadcast to a table of this shape, and flat."""
        joining, relief, peak = (np.broadcast_to(x, shape).ravel() for x in (self.joining, self.relief, self.peak))
        return Density(joining, relief, self.patience.spread(shape), self.ways.spread(shape), peak)

    def rise_from(self, time: Floats) -> Rise:
        """
        Logarithm of the density at time + more, less that at time, as a function of more; no digits are lost where
        ``more`` is small.
        """
        rise = self.ways.rise_from(self.filled(time))
        return lambda more: np.asarray(rise(self.joining * self.patience.spent(time, more)) - self.relief * more)

    def filled(self, time: Floats) -> Floats:
        """Mean number of customers behind one who has waited this time, were the queue not limited."""
        return np.asarray(self.joining * self.patience.spent(np.zeros_like(time), time))

    def panels(self, top: Floats, start: Floats, end: Floats) -> tuple[NDArray[np.intp], Floats, Floats]:
        """
        Panels that cover [start, end] as far as the density reaches: the cell of each, its nodes, as steps from
        ``top``, the highest place in between, and their weights.
        """
        rise = self.rise_from(top)
        # It can fall no faster than this.
        with np.errstate(divide="ignore"):
            before = reaches(lambda step: rise(-step), LEVELS[0] / self.joining, top - start)
        after = reaches(rise, LEVELS[0] / self.relief, end - top)
        first, last = -before[:, -1:], after[:, -1:]
        bends = np.clip(self.patience.landmarks(top, top + last) - top, first, last)
        edges = np.sort(np.concatenate([-before, np.zeros_like(top), after, bends], axis=-1), axis=-1)
        halves = np.diff(edges) / 2
        cells, panel = np.nonzero(halves)
        middles, halves = (edges[cells, panel] + edges[cells, panel + 1])[:, None] / 2, halves[cells, panel][:, None]
        return cells, middles + halves * NODES, halves * WEIGHTS


def reaches(rise: Rise, soonest: Floats, limit: Floats) -> Floats:
    """
    Steps, none beyond its limit, at which the log density has fallen by each of the levels, to within a half.

    ``soonest`` is where it may have fallen by the first of them: the search begins there, and grows.
    """
    if not np.any(limit):
        return np.broadcast_to(limit, (limit.shape[0], len(LEVELS)))
    step = np.minimum(soonest, limit)
    columns = []
    for level in LEVELS:
        short = rise(step) > -level
        while np.any(short):
            step = np.where(short, np.minimum(4.0 * step, limit), step)
            short = (rise(step) > -level) & (step < limit)
        less = step / 4.0
        for _ in range(2):
            between = np.sqrt(less * step)
            enough = rise(between) <= -level
            less, step = np.where(enough, less, between), np.where(enough, between, step)
        columns.append(step)
    return np.concatenate(columns, axis=-1)


def bisected_peak(joining: Floats, relief: Floats, patience: Patience, room: Floats, slope: Rise) -> Floats:
    """
    Peak of a density by bisection, where the slope of the logarithm of the ways, which falls, is at most room / z.

    Good enough is a place from which the log density rises by less than a half: the nodes lie well then.
    """
    nothing = np.zeros_like(relief)
    low, high = nothing, room / relief
    with np.errstate(divide="ignore"):
        at_first = joining * slope(nothing)
        for _ in range(MOST_HALVINGS):
            middle = (low + high) / 2
            rising = joining * patience.survival(middle) * slope(joining * patience.spent(nothing, middle)) > relief
            low, high = np.where(rising, middle, low), np.where(rising, high, middle)
            if np.all((high - low) * np.maximum(np.minimum(at_first, room / low), relief) < 0.5):
                break
    return low
