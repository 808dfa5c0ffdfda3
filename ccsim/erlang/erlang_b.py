"""Erlang B: the share of calls lost where nobody waits, continued to real numbers of servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaincc, gammaln

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def erlang_b(load: ArrayLike, agents: ArrayLike) -> Floats:
    """
    Share of calls lost at ``agents`` servers without a queue (M/G/c/c).

    Continued from whole to real numbers of servers c by 1/B = a * integral of exp(-a t) (1 + t)**c over t >= 0, which
    is a**c exp(-a) / Gamma(c + 1, a) (D. L. Jagerman, Some properties of the Erlang loss function, Bell System
    Technical Journal 53, 1974). Between whole numbers it keeps the recursion B(c + 1) = a B(c) / (c + 1 + a B(c)).

    Parameters
    ----------
    load
        Offered load a: arrival rate x mean handle time. [erlang, >= 0]
    agents
        Number of servers c, whole or not. [>= 0]

    Returns
    -------
    Floats
        Probability in [0, 1], broadcast over both arguments. 1 without servers, 0 without load; relative error below
        1e-9 up to 100,000 servers and any load, as far as B does not underflow.

    Raises
    ------
    ValueError
        If an argument is negative or not finite.
    """
    a, c = np.broadcast_arrays(finite("load", load), finite("agents", agents))
    # So few servers lose everything, to all digits.
    usual = (a > 0) & (c > 1e-20)
    servers, calls = np.where(usual, c, 1.0), np.where(usual, a, 1.0)
    lost = np.exp(log_erlang_b(calls, servers))
    return np.where(usual, lost, np.where((a == 0) & (c > 0), 0.0, 1.0))


def log_erlang_b(load: Floats, agents: Floats) -> Floats:
    """Logarithm of Erlang B, for loads and numbers of agents above 0; it does not underflow."""
    below = gammaincc(agents + 1.0, load)
    usual = below > 1e-200
    log_lost = log_poisson(agents, load) - np.log(np.where(usual, below, 1.0))
    if np.all(usual):
        return log_lost
    return np.where(usual, log_lost, np.log(lost_in_flood(np.where(usual, agents + 1e3, load), agents)))


def lost_in_flood(load: Floats, agents: Floats) -> Floats:
    """
    Erlang B where the load is so far above the number of agents that a Poisson count below it underflows.

    Legendre's continued fraction of the incomplete gamma function; there 16 terms give all digits.
    """
    spare = load - agents
    fraction = spare + 32.0
    for k in range(16, 0, -1):
        fraction = spare + 2.0 * (k - 1) + k * (agents - k + 1) / fraction
    return np.asarray(fraction / load)


def finite(name: str, values: ArrayLike) -> Floats:
    """Values as an array; an error names what is negative or not finite."""
    array = np.asarray(values, dtype=np.float64)
    wrong = array[~(np.isfinite(array) & (array >= 0))]
    if wrong.size:
        raise ValueError(f"{name} (={wrong[0]}) must be finite and not negative")
    return array


def log_poisson(count: Floats, mean: Floats) -> Floats:
    """
    Logarithm of exp(-mean) mean**count / Gamma(count + 1), for real counts and means above 0.

    Written as deviance and Stirling remainder (C. Loader, Fast and accurate computation of binomial probabilities,
    2000), because the plain difference of terms near count * log(count) loses six digits at 100,000.
    """
    gap = (mean - count) / count
    # log1p keeps the digits where mean and count are close; the plain logarithm where the mean is far below.
    log_ratio = np.where(np.abs(gap) < 0.5, np.log1p(np.maximum(gap, -0.9)), np.log(mean / count))
    return np.asarray(-count * (gap - log_ratio) - stirling_remainder(count) - 0.5 * np.log(2 * np.pi * count))


def stirling_remainder(count: Floats) -> Floats:
    """log Gamma(count + 1) less Stirling's formula (count + 1/2) log(count) - count + log(2 pi) / 2."""
    series = np.zeros_like(count)
    for coefficient in (1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12):
        series = series / count**2 + coefficient
    series = series / count
    direct = gammaln(count + 1) - (count + 0.5) * np.log(count) + count - 0.5 * np.log(2 * np.pi)
    return np.where(count > 16, series, direct)
