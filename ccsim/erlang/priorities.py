"""Two classes of calls in one pool, the first served first, nobody interrupted (Cobham)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.erlang.erlang_a import above_zero
from ccsim.erlang.erlang_b import finite
from ccsim.erlang.erlang_c import erlang_c
from ccsim.erlang.general_service import share_waiting

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class TwoPriorities:
    """
    Mean waits of two classes with endless patience; NaN where a class has no stationary state.

    The first class may be stable where both together are not: its calls then always find all agents busy.
    """

    first_stable: Bools
    """The load of the first class is below the number of agents."""
    second_stable: Bools
    """The load of both classes is below the number of agents."""
    first_mean_wait: Floats
    """Mean wait of the calls that go first. [s]"""
    second_mean_wait: Floats
    """Mean wait of the calls that let them pass. [s]"""
    first_mean_queue: Floats
    """Mean number of calls of the first class waiting."""
    second_mean_queue: Floats
    """Mean number of calls of the second class waiting."""


def two_priorities(
    first_load: ArrayLike, second_load: ArrayLike, agents: ArrayLike, handle_time: ArrayLike
) -> TwoPriorities:
    """
    Mean waits of two classes with the same exponential handle times and c agents; the first never waits for the second.

    With W = P(all busy) x handle time / c, the first waits W / (1 - a1 / c), the second that / (1 - (a1 + a2) / c).
    Source: A. Cobham, Priority assignment in waiting line problems, Operations Research 2, 1954. Real numbers of
    agents go through the continued Erlang C. For classes with different handle times see ``two_priorities_one_agent``:
    with several agents no formula is exact then.

    Parameters
    ----------
    first_load, second_load
        Offered loads a1 and a2 of the classes: arrival rate x mean handle time. [erlang, >= 0]
    agents
        Number of agents c, whole or not. [>= 0]
    handle_time
        Mean handle time of either class. [s, > 0]
    """
    one, two = finite("first_load", first_load), finite("second_load", second_load)
    seconds, servers = above_zero("handle_time", handle_time), finite("agents", agents)
    both = erlang_c(one + two, servers, seconds)
    busy = np.where(both.stable, both.waiting_probability, 1.0)
    manned = np.where(servers > 0, servers, np.nan)
    return of_residual(one, two, busy * seconds / manned, one / manned, two / manned, seconds, seconds)


def two_priorities_one_agent(
    first_load: ArrayLike,
    second_load: ArrayLike,
    first_handle_time: ArrayLike,
    second_handle_time: ArrayLike,
    first_cv: ArrayLike,
    second_cv: ArrayLike,
) -> TwoPriorities:
    """
    Mean waits of two classes with any laws of handle times and one agent (M/G/1).

    With W the mean rest of the handle time in progress, sum of a (1 + cv**2) / 2 x handle time, the waits are as in
    ``two_priorities`` with c = 1. Where both together are too much the agent is always busy, and the second class has
    what the first leaves. Source: Cobham 1954; L. Kleinrock, Queueing Systems II, 1976, section 3.6.

    Parameters
    ----------
    first_load, second_load
        Offered loads of the classes. [erlang, >= 0]
    first_handle_time, second_handle_time
        Mean handle times. [s, > 0]
    first_cv, second_cv
        Coefficients of variation of handle times. [>= 0]
    """
    one, two = finite("first_load", first_load), finite("second_load", second_load)
    seconds = above_zero("first_handle_time", first_handle_time), above_zero("second_handle_time", second_handle_time)
    rests = [
        time * (1 + finite(name, cv) ** 2) / 2
        for name, time, cv in zip(("first_cv", "second_cv"), seconds, (first_cv, second_cv), strict=True)
    ]
    residual = one * rests[0] + np.minimum(two, np.maximum(1 - one, 0.0)) * rests[1]
    return of_residual(one, two, residual, one, two, *seconds)


def of_residual(
    one: Floats, two: Floats, residual: Floats, first_share: Floats, second_share: Floats, first: Floats, second: Floats
) -> TwoPriorities:
    """Cobham's waits from the mean time until the next agent is free, and the classes' shares of the agents."""
    ahead, total = 1 + share_waiting(first_share), 1 + share_waiting(first_share + second_share)
    first_wait, second_wait = residual * ahead, residual * ahead * total
    shape = np.broadcast_shapes(first_wait.shape, second_wait.shape)
    first_wait, second_wait = np.broadcast_to(first_wait, shape), np.broadcast_to(second_wait, shape)
    return TwoPriorities(
        np.isfinite(first_wait),
        np.isfinite(second_wait),
        first_wait,
        second_wait,
        one / first * first_wait,
        two / second * second_wait,
    )
