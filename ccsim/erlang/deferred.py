"""Deferred work as a fluid: a backlog that grows while more comes than is done, and is worked off in turn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from ccsim.erlang.erlang_b import finite

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

MOST_AGENTS = 10_000_000


@dataclass(frozen=True)
class Backlog:
    """
    The course of a backlog, worked off first in, first out. Between its ``times`` everything is a straight line.

    ``arrived`` and ``completed`` count items since the start, the opening backlog among those arrived; ``clock`` is
    the time on which responses are counted (business hours, if so asked).
    """

    times: Floats
    """Edges of the intervals, and the instants at which the backlog runs out. [s]"""
    arrived: Floats
    completed: Floats
    clock: Floats
    """[s]"""
    handle_time: float
    """[s]"""
    edges: Floats
    """Edges of the intervals. [s]"""

    @property
    def items(self) -> Floats:
        """Open items at the edges of the intervals."""
        return np.interp(self.edges, self.times, self.arrived - self.completed)

    @property
    def hours(self) -> Floats:
        """Hours of work open at the edges of the intervals."""
        return self.items * self.handle_time / 3600.0

    def response_time(self, arrival: ArrayLike) -> Floats:
        """
        Time on the clock from arrival to completion of an item that comes at ``arrival`` [s]; infinite if it is not
        completed before the end. [s]
        """
        came = finite("arrival", arrival)
        ahead = np.interp(came, self.times, self.arrived) - rounding(self.arrived)
        done = np.maximum(reached(ahead, self.completed, self.times, "left"), came)
        clock = np.interp(done, self.times, self.clock) - np.interp(came, self.times, self.clock)
        return np.asarray(np.where(ahead > self.completed[-1], np.inf, clock))

    def within(self, target: float) -> float:
        """
        Share of the items that fall due before the end which are completed within ``target`` [s on the clock] of
        their arrival. Those of the opening backlog are not counted. NaN if none falls due.
        """
        if not 0 <= target < math.inf:
            raise ValueError(f"target (={target}) must be finite and not negative")
        due_by = self.clock[-1] - target
        if due_by < 0:
            return math.nan
        last = float(reached(due_by, self.clock, self.times, "right"))
        # Between these instants the lines before an item when it comes and when it falls due have no bend.
        bends = reached(self.clock - target, self.clock, self.times, "right")
        at = np.unique(np.clip(np.concatenate([self.times, bends, [last]]), 0.0, last))
        one, two = (self.to_spare(at[:-1] + part * np.diff(at), target) for part in (1 / 3, 2 / 3))
        counted = np.diff(np.interp(at, self.times, self.arrived))
        in_time = positive_part(2 * one - two, 2 * two - one, rounding(self.arrived))
        return float(counted @ in_time / counted.sum()) if counted.sum() else math.nan

    def to_spare(self, arrival: Floats, target: float) -> Floats:
        """Items completed when one that came at ``arrival`` falls due, less those that came before it."""
        due = reached(np.interp(arrival, self.times, self.clock) + target, self.clock, self.times, "right")
        return np.asarray(np.interp(due, self.times, self.completed) - np.interp(arrival, self.times, self.arrived))


def deferred(
    arrivals: ArrayLike,
    agents: ArrayLike,
    interval: float,
    handle_time: float,
    *,
    opening_backlog: float = 0.0,
    counts: ArrayLike = True,
) -> Backlog:
    """
    Backlog of deferred work (email, back-office) through intervals of given arrivals and agents.

    A fluid: work comes evenly within an interval and is done at agents / handle time while there is any, first in
    first out; what is not done is carried over, through closed hours (no agents) too. Right for volumes whose chance
    is small against their course through the day; it neglects the time that an item is in hand, one handle time, so
    that targets should be long against it. The start is the beginning of the first interval; make the arrivals as
    long as a whole cycle and its carry-over.

    Parameters
    ----------
    arrivals
        Items that come in each interval. [>= 0]
    agents
        Agents at work on them in each interval, whole or not. [>= 0]
    interval
        Length of an interval. [s, > 0]
    handle_time
        Mean work of an item. [s, > 0]
    opening_backlog
        Items open at the start, first in turn. [>= 0]
    counts
        Whether the clock of response times runs in each interval (business hours); always by default.
    """
    items = np.atleast_1d(finite("arrivals", arrivals))
    heads = np.broadcast_to(finite("agents", agents), items.shape)
    running = np.broadcast_to(np.asarray(counts, dtype=np.float64), items.shape)
    for name, value in (("interval", interval), ("handle_time", handle_time)):
        if not 0 < value < math.inf:
            raise ValueError(f"{name} (={value}) must be > 0")
    finite("opening_backlog", opening_backlog)
    edges = np.arange(len(items) + 1, dtype=np.float64) * interval
    capacity = heads * interval / handle_time
    open_items = left_open(items - capacity, opening_backlog)
    empties = (open_items[:-1] > 0) & (open_items[:-1] + items < capacity)
    out = edges[:-1][empties] + interval * (open_items[:-1] / np.where(empties, capacity - items, 1.0))[empties]
    times = np.concatenate([edges, out])
    order = np.argsort(times, kind="stable")
    times = times[order]
    arrived = np.interp(times, edges, opening_backlog + np.concatenate([[0.0], np.cumsum(items)]))
    unfinished = np.concatenate([open_items, np.zeros(len(out))])[order]
    clock = np.interp(times, edges, np.concatenate([[0.0], np.cumsum(running * interval)]))
    return Backlog(times, arrived, arrived - unfinished, clock, handle_time, edges)


def agents_for_response(
    arrivals: ArrayLike,
    shape: ArrayLike,
    interval: float,
    handle_time: float,
    *,
    share: float,
    target: float,
    opening_backlog: float = 0.0,
    counts: ArrayLike = True,
) -> int:
    """
    Smallest number of agents who complete ``share`` of the items within ``target``, by the fluid backlog.

    Parameters
    ----------
    shape
        Agents in each interval as a multiple of the number sought: 1 while open and 0 while closed, or any profile.
        [>= 0]
    share
        Share of the items that fall due, in target. [0, 1]
    target
        Response time. [s on the clock, >= 0]

    Other parameters as for ``deferred``.

    Raises
    ------
    ValueError
        If no number of agents does, because items come too long before the next opening; or nothing falls due.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share (={share}) must be between 0 and 1")
    profile = finite("shape", shape)

    def in_time(number: int) -> float:
        course = deferred(
            arrivals, number * profile, interval, handle_time, opening_backlog=opening_backlog, counts=counts
        )
        return course.within(target)

    best = in_time(MOST_AGENTS)
    if math.isnan(best):
        raise ValueError(f"no item falls due before the end: the target of {target:g} s is longer than what is given")
    if best < share:
        raise ValueError(
            f"{share:.4g} in {target:g} s cannot be reached: with any number of agents {best:.4g} are in time, since "
            "the others come too long before the next opening"
        )
    low, high = -1, 1
    while in_time(high) < share:
        low, high = high, min(2 * high, MOST_AGENTS)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if in_time(middle) >= share else (middle, high)
    return high


def left_open(grows: Floats, first: float) -> Floats:
    """Open items at the edges of intervals in which they would grow by so many, but never below none."""
    left = float(first)
    found = [left]
    for more in grows.tolist():
        left += more
        if left < 0.0:
            left = 0.0
        found.append(left)
    return np.array(found)


def reached(value: Floats | float, rising: Floats, times: Floats, side: Literal["left", "right"]) -> Floats:
    """First (left) or last (right) time at which a curve that never falls has a value; the end if it never does."""
    right = np.clip(np.searchsorted(rising, value, side), 1, len(times) - 1)
    left = right - 1
    rise = rising[right] - rising[left]
    part = np.where(rise > 0, (value - rising[left]) / np.where(rise > 0, rise, 1.0), side == "right")
    return np.asarray(times[left] + np.clip(part, 0.0, 1.0) * (times[right] - times[left]))


def positive_part(left: Floats, right: Floats, rounding: float) -> Floats:
    """Share of a line from ``left`` to ``right`` that is not negative, but for rounding."""
    low, high = np.minimum(left, right) + rounding, np.maximum(left, right) + rounding
    crossing = (low < 0) & (high > 0)
    return np.where(crossing, high / np.where(crossing, high - low, 1.0), (low >= 0).astype(np.float64))


def rounding(items: Floats) -> float:
    """Items that are nothing but rounding."""
    return 1e-9 * max(1.0, float(items[-1]))
