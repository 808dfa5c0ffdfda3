"""Queues with any law of handle times: one agent exactly (M/G/1), many by approximation (M/G/c), constant (M/D/c)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammainc, lambertw

from ccsim.erlang.erlang_a import above_zero
from ccsim.erlang.erlang_b import finite, log_poisson
from ccsim.erlang.erlang_c import erlang_c

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

TERMS = 200
"""Terms of the series for constant handle times; where more are needed it is summed over roots instead."""
MOST_COUNTED = 2e6
"""Calls in a block up to which the incomplete gamma function of scipy keeps its digits on the whole range."""


@dataclass(frozen=True)
class MeanWait:
    """Means of a stationary queue with endless patience; NaN where the queue is not ``stable``."""

    stable: Bools
    """Load is below the number of agents."""
    mean_wait: Floats
    """Mean speed of answer of all calls. [s]"""
    mean_queue: Floats
    """Mean number of calls waiting."""
    occupancy: Floats
    """Load per agent. [0, 1)"""


def m_g_1(load: ArrayLike, handle_time: ArrayLike, cv: ArrayLike) -> MeanWait:
    """
    One agent, Poisson arrivals, any law of handle times: the formula of Pollaczek and Khinchine, exact.

    Mean wait = load / (1 - load) x handle time x (1 + cv**2) / 2. Source: F. Pollaczek 1930, A. Y. Khinchine 1932; L.
    Kleinrock, Queueing Systems I, 1975, section 5.6.

    Parameters
    ----------
    load
        Offered load: arrival rate x mean handle time. [erlang, >= 0]
    handle_time
        Mean handle time. [s, > 0]
    cv
        Coefficient of variation of handle times: standard deviation / mean. [>= 0]
    """
    a, seconds, spread = finite("load", load), above_zero("handle_time", handle_time), finite("cv", cv)
    return of_mean_wait(a, np.ones(()), seconds, seconds * share_waiting(a) * (1 + spread**2) / 2)


def m_g_c(
    load: ArrayLike, agents: ArrayLike, handle_time: ArrayLike, cv: ArrayLike, *, formula: str = "kimura"
) -> MeanWait:
    """
    Many agents, Poisson arrivals, any law of handle times: mean wait by a two-moment approximation.

    ``kimura``: the harmonic interpolation between exponential and constant handle times, (1 + cv**2) / (2 cv**2 / M +
    (1 - cv**2) / D) with the exact mean waits M of M/M/c and D of M/D/c (T. Kimura, A two-moment approximation for the
    mean waiting time in the GI/G/s queue, Management Science 32, 1986). ``allen-cunneen``: M (1 + cv**2) / 2 (A. O.
    Allen, Probability, Statistics and Queueing Theory, 1978). Both are exact for one agent and for cv = 1; ``kimura``
    is exact for constant handle times too. Against exact chains with 2 to 10 agents occupied 50 % to 95 %: for Erlang-2
    handle times ``kimura`` is within 4 %, ``allen-cunneen`` within 10 %; for hyperexponential ones with cv = 2 within
    6 % and 64 %. The errors vanish as occupancy grows.

    Parameters
    ----------
    load
        Offered load: arrival rate x mean handle time. [erlang, >= 0]
    agents
        Number of agents, whole. [>= 1]
    handle_time
        Mean handle time. [s, > 0]
    cv
        Coefficient of variation of handle times: standard deviation / mean. [>= 0]
    """
    if formula not in ("kimura", "allen-cunneen"):
        raise ValueError(f"formula (={formula!r}) must be one of kimura, allen-cunneen")
    square = finite("cv", cv) ** 2
    exponential = erlang_c(load, agents, handle_time).mean_wait
    if formula == "kimura":
        constant = m_d_c(load, agents, handle_time).mean_wait
        waits = (constant > 0) & (exponential > 0)
        ratio = exponential / np.where(waits, constant, 1.0)
        wait = np.where(
            waits, exponential * (1 + square) / (2 * square + (1 - square) * ratio), exponential * (1 + square) / 2
        )
    else:
        wait = exponential * (1 + square) / 2
    return of_mean_wait(finite("load", load), finite("agents", agents), above_zero("handle_time", handle_time), wait)


def m_d_c(load: ArrayLike, agents: ArrayLike, handle_time: ArrayLike) -> MeanWait:
    """
    Many agents, Poisson arrivals, constant handle times: exact.

    Source: C. D. Crommelin, Delay probability formulae when the holding times are constant, P.O. Electrical Engineers
    Journal 25, 1932. Summed over blocks of c calls (the excess of Poisson(i a) over i c, i = 1, 2, ...) or, close to
    full load, over the roots of z**c = exp(a (z - 1)), which are values of Lambert's W (G. J. Franx, A simple solution
    for the M/D/c waiting time distribution, Operations Research Letters 29, 2001). Relative error below 1e-9
    from 1 to 100,000 agents, as far as nothing underflows. Parameters as for ``m_g_c``.
    """
    a, c, seconds = (finite("load", load), finite("agents", agents), above_zero("handle_time", handle_time))
    if np.any((c < 1) | (c != np.floor(c))):
        raise ValueError(f"agents (={c[(c < 1) | (c != np.floor(c))].flat[0]}) must be whole and at least 1")
    calls, servers = (x.ravel() for x in np.broadcast_arrays(a, c))
    stable = calls < servers
    share = np.where(stable, calls / servers, 0.5)
    with np.errstate(divide="ignore"):
        needed = 40.0 / (servers * (share - 1 - np.log(share)))
    queue = np.zeros(calls.shape)
    short = stable & (needed <= TERMS) & (needed * servers <= MOST_COUNTED)
    queue[short] = queue_by_blocks(calls[short], servers[short], needed[short])
    for cell in np.flatnonzero(stable & ~short & (calls > 0)):
        queue[cell] = queue_by_roots(calls[cell], servers[cell])
    wait = np.where(calls > 0, queue / np.where(calls > 0, calls, 1.0), 0.0).reshape(
        np.broadcast_shapes(a.shape, c.shape)
    )
    return of_mean_wait(a, c, seconds, wait * seconds)


def queue_by_blocks(load: Floats, agents: Floats, needed: Floats) -> Floats:
    """Mean number waiting: sum over i of the mean excess of Poisson(i a) over i c, divided by i."""
    queue = np.zeros(load.shape)
    for i in range(1, int(np.ceil(needed.max(initial=0.0))) + 1):
        mean, count = i * load, i * agents
        used = mean > 0
        some = np.where(used, mean, 1.0)
        excess = (some - count) * gammainc(count, some) + count * np.exp(log_poisson(count, some))
        queue += np.where(used, np.maximum(excess, 0.0), 0.0) / i
    return queue


def queue_by_roots(load: float, agents: float) -> float:
    """
    Mean number waiting: c / (2 (c - a)) - (c + a) / 2 + the sum of 1 / (1 - z) over the roots z inside the unit circle.

    It is the derivative at 1 of the logarithm of the generating function (z - 1) x product of (z - root) / (z**c exp(a
    (1 - z)) - 1), less the load.
    """
    share = load / agents
    turned = -share * np.exp(-share) * np.exp(2j * np.pi * np.arange(1, agents) / agents)
    value = lambertw(turned)
    # scipy stops at eight digits; one step of Newton gives the rest.
    value -= (value - turned * np.exp(-value)) / (value + 1)
    roots = -value / share
    inside = float(np.sum((1 / (1 - roots)).real))
    return agents / (2 * (agents - load)) - (agents + load) / 2 + inside


def share_waiting(load: Floats) -> Floats:
    """load / (1 - load) where that is a queue, NaN elsewhere."""
    stable = load < 1
    return np.where(stable, load / np.where(stable, 1 - load, 1.0), np.nan)


def of_mean_wait(load: Floats, agents: Floats, handle_time: Floats, wait: Floats) -> MeanWait:
    """What follows from the mean wait, by Little's law."""
    a, c, seconds, mean_wait = np.broadcast_arrays(load, agents, handle_time, wait)
    stable = a < c
    a = np.where(stable, a, np.nan)
    return MeanWait(stable, np.where(stable, mean_wait, np.nan), a / seconds * mean_wait, a / c)
