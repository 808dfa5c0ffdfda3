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
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy.special import gammaincc

from ccsim.erlang.erlang_b import erlang_b, log_erlang_b, log_poisson

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ccsim.erlang.patience import Patience

    Floats = NDArray[np.float64]
    Weight = Callable[["Patience", "Floats"], "Floats"]

LEVELS = (3.0, 14.0, 55.0)
"""Falls of the log density at which panels end. After the last one less than 1e-23 is left."""
NODES, WEIGHTS = np.polynomial.legendre.leggauss(16)
CHUNK = 2048
"""Cells taken at a time, so that the work stays in the cache of the processor."""


class Ways(Protocol):
    """In how many ways, in expectation, z customers who joined and are still there can fill the queue."""

    def log(self, z: Floats) -> Floats:
        """Logarithm of the ways."""

    def rise(self, z: Floats, more: Floats) -> Floats:
        """Logarithm of the ways at z + more, less that at z."""

    def peak(self, density: Density) -> Floats:
        """Time at which the density is highest. [s]"""

    def cells(self, which: slice) -> Ways:
        """The ways of some cells of a flat table, as a column."""

    def spread(self, shape: tuple[int, ...]) -> Ways:
        """The ways broadcast to a table of this shape, and flat."""


@dataclass(frozen=True)
class Open:
    """Any number may wait: the ways are exp(z)."""

    def log(self, z: Floats) -> Floats:
        return z

    def rise(self, z: Floats, more: Floats) -> Floats:
        return more

    def peak(self, density: Density) -> Floats:
        with np.errstate(divide="ignore"):
            return density.patience.until(density.relief / density.joining)

    def cells(self, which: slice) -> Open:
        return self

    def spread(self, shape: tuple[int, ...]) -> Open:
        return self


@dataclass(frozen=True)
class Below:
    """Fewer than ``room`` (which may be infinite) wait: the ways are exp(z) P(Poisson(z) < room)."""

    room: Floats

    def log(self, z: Floats) -> Floats:
        return np.asarray(z + self.log_share(z))

    def rise(self, z: Floats, more: Floats) -> Floats:
        return np.asarray(more + self.log_share(z + more) - self.log_share(z))

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

    def peak(self, density: Density) -> Floats:
        free = np.isinf(self.room)
        room = np.where(free, 1.0, self.room)
        limited = density.bisected_peak(lambda z: 1.0 - erlang_b(z, room - 1), room)
        return np.where(free, Open().peak(density), limited)

    def cells(self, which: slice) -> Below:
        return Below(self.room[which, None])

    def spread(self, shape: tuple[int, ...]) -> Below:
        return Below(np.broadcast_to(self.room, shape).ravel())


@dataclass(frozen=True)
class Exactly:
    """Just ``room`` wait: the ways are z**room / room!."""

    room: Floats

    def log(self, z: Floats) -> Floats:
        return np.asarray(log_poisson(self.room, z) + z)

    def rise(self, z: Floats, more: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            return np.asarray(self.room * np.log1p(np.maximum(more / z, -1.0)))

    def peak(self, density: Density) -> Floats:
        return density.bisected_peak(lambda z: self.room / z, self.room)

    def cells(self, which: slice) -> Exactly:
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

    def integrals(self, weights: tuple[Weight, ...], start: Floats, end: Floats) -> list[Floats]:
        """
        Integrals of weights against the density over [start, end], as multiples of the density at its peak.

        Weights are positive functions of patience and time that vary no faster than the law of patience.
        """
        multiples = [np.empty(start.shape) for _ in weights]
        for first in range(0, start.size, CHUNK):
            chunk = slice(first, first + CHUNK)
            part = self.cells(chunk)
            peak = part.ways.peak(part)
            top = np.clip(peak, start[chunk, None], end[chunk, None])
            steps, masses = part.mesh(top, start[chunk, None], end[chunk, None])
            masses *= np.exp(part.rise(top, steps) + part.rise(peak, top - peak))
            for multiple, weight in zip(multiples, weights, strict=True):
                multiple[chunk] = np.sum(masses * weight(part.patience, top + steps), axis=-1)
        return multiples

    def log_peak(self) -> Floats:
        """Logarithm of the density at its peak."""
        part = self.cells(slice(None))
        peak = part.ways.peak(part)
        return np.asarray(part.ways.log(part.filled(peak)) - part.relief * peak)[:, 0]

    def cells(self, which: slice) -> Density:
        """Some cells of the flat table, as columns."""
        return Density(
            self.joining[which, None], self.relief[which, None], self.patience.cells(which), self.ways.cells(which)
        )

    def spread(self, shape: tuple[int, ...]) -> Density:
        """The density broadcast to a table of this shape, and flat."""
        joining, relief = (np.broadcast_to(x, shape).ravel() for x in (self.joining, self.relief))
        return Density(joining, relief, self.patience.spread(shape), self.ways.spread(shape))

    def rise(self, time: Floats, more: Floats) -> Floats:
        """Logarithm of the density at time + more, less that at time; no digits are lost where ``more`` is small."""
        grown = self.joining * self.patience.spent(time, more)
        return np.asarray(self.ways.rise(self.filled(time), grown) - self.relief * more)

    def filled(self, time: Floats) -> Floats:
        """Mean number of customers behind one who has waited this time, were the queue not limited."""
        return np.asarray(self.joining * self.patience.spent(np.zeros_like(time), time))

    def mesh(self, peak: Floats, start: Floats, end: Floats) -> tuple[Floats, Floats]:
        """Nodes, as steps from the peak, and their weights."""
        before = self.reaches(peak, -1.0, peak - start)
        after = self.reaches(peak, 1.0, end - peak)
        first, last = -before[:, -1:], after[:, -1:]
        bends = np.clip(self.patience.landmarks(peak, peak + last) - peak, first, last)
        edges = np.sort(np.concatenate([-before, np.zeros_like(peak), after, bends], axis=-1), axis=-1)
        halves = np.diff(edges) / 2
        wide = np.any(halves > 0, axis=0)
        halves, middles = halves[:, wide, None], ((edges[:, 1:] + edges[:, :-1]) / 2)[:, wide, None]
        flat = (peak.shape[0], -1)
        return (middles + halves * NODES).reshape(flat), (halves * WEIGHTS).reshape(flat)

    def reaches(self, peak: Floats, direction: float, limit: Floats) -> Floats:
        """Distances from the peak at which the log density has fallen by each of the levels, to within a half."""
        # It can fall no faster than this, so that the search begins below the answer and grows.
        with np.errstate(divide="ignore"):
            step = np.minimum(LEVELS[0] / (self.relief if direction > 0 else self.joining), limit)
        columns = []
        for level in LEVELS:
            short = self.rise(peak, direction * step) > -level
            while np.any(short):
                step = np.where(short, np.minimum(4.0 * step, limit), step)
                short = (self.rise(peak, direction * step) > -level) & (step < limit)
            less = step / 4.0
            for _ in range(2):
                between = np.sqrt(less * step)
                enough = self.rise(peak, direction * between) <= -level
                less, step = np.where(enough, less, between), np.where(enough, between, step)
            columns.append(step)
        return np.concatenate(columns, axis=-1)

    def bisected_peak(self, slope: Callable[[Floats], Floats], room: Floats) -> Floats:
        """Peak by bisection, where the slope of the logarithm of the ways is at most room / z."""
        low, high = np.zeros_like(self.relief), room / self.relief
        # Near the peak the logarithm is flat: this is close enough for the nodes to lie well.
        for _ in range(40):
            middle = (low + high) / 2
            rising = self.joining * self.patience.survival(middle) * slope(self.filled(middle)) > self.relief
            low, high = np.where(rising, middle, low), np.where(rising, high, middle)
        return (low + high) / 2
