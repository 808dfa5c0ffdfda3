"""Erlang C: waiting with endless patience in one pool (M/M/c), continued to real numbers of agents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.erlang.erlang_b import erlang_b, finite

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ErlangC:
    """
    The stationary M/M/c queue. All arrays have one shape; where the queue is not ``stable`` they hold NaN, never a
    number.

    Calls arrive as a Poisson process of constant rate, handle times are exponential, nobody abandons, every agent
    takes every call, and the queue has forgotten its start.
    """

    stable: Bools
    """Load is below the number of agents."""
    waiting_probability: Floats
    """P(W > 0), the share of calls that wait. [0, 1]"""
    mean_wait: Floats
    """Mean speed of answer of all calls. [s]"""
    mean_wait_delayed: Floats
    """Mean wait of those who wait. [s]"""
    mean_queue: Floats
    """Mean number of calls waiting."""
    occupancy: Floats
    """Load per agent. [0, 1)"""
    relief: Floats
    """Rate at which the wait of those who wait runs out, (c - a) / handle time. [1/s]"""
    answered_at_once: Floats
    """1 - ``waiting_probability`` without loss of digits."""

    def service_level(self, threshold: ArrayLike) -> Floats:
        """P(W <= threshold) = 1 - P(W > 0) exp(-threshold (c - a) / handle time). [threshold in s, >= 0]"""
        waits_less = -np.expm1(-self.relief * finite("threshold", threshold))
        return np.asarray(self.answered_at_once + self.waiting_probability * waits_less)

    def waits_longer(self, time: ArrayLike) -> Floats:
        """P(W > time), the share of calls still waiting after ``time``. [s, >= 0]"""
        return np.asarray(self.waiting_probability * np.exp(-self.relief * finite("time", time)))

    def wait_percentile(self, share: ArrayLike) -> Floats:
        """The wait [s] that this share of all calls does not exceed; 0 where more are answered at once. [0, 1)"""
        rest = 1 - below_one("share", share)
        with np.errstate(divide="ignore"):
            return np.maximum(np.log(self.waiting_probability / rest), 0.0) * self.mean_wait_delayed

    def delayed_wait_percentile(self, share: ArrayLike) -> Floats:
        """The wait [s] that this share of those who wait does not exceed. [0, 1)"""
        return np.asarray(-np.log1p(-below_one("share", share)) * self.mean_wait_delayed)


def erlang_c(load: ArrayLike, agents: ArrayLike, handle_time: ArrayLike) -> ErlangC:
    """
    Waits in one pool by Erlang C: P(W > 0) = c B / (c - a (1 - B)) with Erlang B at c servers and load a.

    Source: A. K. Erlang 1917; R. B. Cooper, Introduction to Queueing Theory, 1981, section 3.5. Real numbers of
    agents, as they come from averages over an interval, go through the continued Erlang B. Relative error of every
    result below 1e-9 from 1 to 100,000 agents and loads from 1e-4 to the number of agents.

    Parameters
    ----------
    load
        Offered load a: arrival rate x mean handle time. [erlang, >= 0]
    agents
        Number of agents c, whole or not. [>= 0]
    handle_time
        Mean handle time. [s, > 0]

    Raises
    ------
    ValueError
        If an argument is negative or not finite, or a handle time is 0.
    """
    a, c, seconds = np.broadcast_arrays(
        finite("load", load), finite("agents", agents), finite("handle_time", handle_time)
    )
    if np.any(seconds == 0):
        raise ValueError("handle_time (=0.0) must be > 0")
    stable = a < c
    a, c = np.where(stable, a, np.nan), np.where(stable, c, np.nan)
    lost = np.where(stable, erlang_b(np.where(stable, a, 0.0), np.where(stable, c, 1.0)), np.nan)
    # Sums of positive terms only: no digits are lost where the load comes close to the number of agents.
    spare = c - a
    total = spare + a * lost
    waiting = c * lost / total
    relief = spare / seconds
    return ErlangC(
        stable=stable,
        waiting_probability=waiting,
        mean_wait=waiting / relief,
        mean_wait_delayed=1 / relief,
        mean_queue=waiting * a / spare,
        occupancy=a / c,
        relief=relief,
        answered_at_once=spare * (1 - lost) / total,
    )


def below_one(name: str, shares: ArrayLike) -> Floats:
    """Shares as an array; an error names what is not in [0, 1)."""
    array = finite(name, shares)
    if np.any(array >= 1):
        raise ValueError(f"{name} (={array.max()}) must be below 1")
    return array
