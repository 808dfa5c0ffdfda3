"""
Offered loads of a day whose rate changes: what planners give to a stationary formula, interval by interval.

Each function turns arrival rates, constant within short intervals, into one load per planning period. The loads go to
``erlang_c`` or ``erlang_a`` beside the agents of the period (a prediction), or to their inverses (a requirement). How
well that does is a question for ``time_varying``, which is exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ccsim.erlang.erlang_b import finite

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

Sipp = Literal["average", "max", "mix"]


def sipp_load(
    arrival_rate: ArrayLike,
    handle_time: float,
    intervals: int = 1,
    *,
    rate: Sipp = "average",
    lag: float = 0.0,
    interval: float = 1.0,
) -> Floats:
    """
    Load of each planning period as if it were stationary and independent of the others (SIPP), or lagged.

    Congestion follows the rate late, by about one handle time: lag-SIPP takes the rates so much earlier (L. Green, P.
    Kolesar and J. Soares, Improving the SIPP approach for staffing service systems that have cyclic demands,
    Operations Research 49, 2001; L. Green, P. Kolesar and W. Whitt, Coping with time-varying demand when setting
    staffing requirements for a service system, Production and Operations Management 16, 2007). Good where handle
    times are short against the period; SIPP needs no memory of the period before to matter.

    Parameters
    ----------
    arrival_rate
        Rates of consecutive intervals along the last axis; what comes before the first one is like it. [1/s, >= 0]
    handle_time
        Mean handle time. [s, > 0]
    intervals
        Intervals in one planning period; must divide their number. [>= 1]
    rate
        Of the rates in a period take the ``average``, the ``max``, or (``mix``) the average where the rate never falls
        from the end of the period before to its own end, and the maximum otherwise.
    lag
        Rates are taken so much earlier; lag-SIPP: one handle time. [s, >= 0]
    interval
        Length of an interval; only a lag needs it. [s, > 0]

    Returns
    -------
    Floats
        Loads. [erlang]
    """
    rates = finite("arrival_rate", arrival_rate)
    refuse_nonsense(rates, handle_time, intervals, interval)
    if not 0 <= lag < np.inf:
        raise ValueError(f"lag (={lag}) must be finite and not negative")
    count = rates.shape[-1]
    # The rates from lag seconds before each interval to lag seconds before its end: parts of two neighbors.
    whole, part = divmod(lag / interval, 1.0)
    place = np.arange(count) - int(whole)
    late, early = (rates[..., np.maximum(place - back, 0)] for back in (0, 1))
    average = in_periods((1 - part) * late + part * early, intervals).mean(axis=-1)
    largest = in_periods(np.maximum(late, early) if part else late, intervals).max(axis=-1)
    if rate == "average":
        return np.asarray(average * handle_time)
    if rate == "max":
        return np.asarray(largest * handle_time)
    if rate == "mix":
        falls = late < rates[..., np.maximum(place - 1, 0)]
        return np.asarray(np.where(in_periods(falls, intervals).any(axis=-1), largest, average) * handle_time)
    raise ValueError(f"rate (={rate}) must be average, max or mix")


def modified_offered_load(
    arrival_rate: ArrayLike,
    handle_time: float,
    interval: float,
    intervals: int = 1,
    *,
    rate: Literal["average", "max"] = "max",
    start: ArrayLike = 0.0,
) -> Floats:
    """
    Load of each planning period as if there were agents for everybody: the mean number busy in M(t)/M/infinity.

    Exact for rates that are constant within intervals: m' = rate - m / handle time, so that m decays to rate x handle
    time in each of them. Staffing for this load keeps waiting stable through the day, where agents are not far too few
    (O. B. Jennings, A. Mandelbaum, W. A. Massey and W. Whitt, Server staffing to meet time-varying demand, Management
    Science 42, 1996; Z. Feldman, A. Mandelbaum, W. A. Massey and W. Whitt, Staffing of time-varying queues to achieve
    time-stable performance, Management Science 54, 2008).

    Parameters
    ----------
    arrival_rate
        Rates of consecutive intervals along the last axis. [1/s, >= 0]
    handle_time
        Mean handle time, exponential. [s, > 0]
    interval
        Length of an interval. [s, > 0]
    intervals
        Intervals in one planning period; must divide their number. [>= 1]
    rate
        Of the load in a period take the ``average`` or the ``max`` (reached at the edge of an interval).
    start
        Load at the beginning; 0 if the center opens then. [erlang, >= 0]

    Returns
    -------
    Floats
        Loads. [erlang]
    """
    rates = finite("arrival_rate", arrival_rate)
    refuse_nonsense(rates, handle_time, intervals, interval)
    edges = load_at_edges(rates, handle_time, interval, finite("start", start))
    begins, settled = edges[..., :-1], rates * handle_time
    if rate == "max":
        return np.asarray(in_periods(np.maximum(begins, edges[..., 1:]), intervals).max(axis=-1))
    if rate == "average":
        kept = -np.expm1(-interval / handle_time) * handle_time / interval
        return np.asarray(in_periods(settled + (begins - settled) * kept, intervals).mean(axis=-1))
    raise ValueError(f"rate (={rate}) must be average or max")


def load_at_edges(rates: Floats, handle_time: float, interval: float, start: Floats) -> Floats:
    """Mean number busy in M(t)/M/infinity at the edges of the intervals, one more than there are. [erlang]"""
    decay = np.exp(-interval / handle_time)
    edges = np.empty((*rates.shape[:-1], rates.shape[-1] + 1))
    edges[..., 0] = start
    for i in range(rates.shape[-1]):
        edges[..., i + 1] = decay * edges[..., i] + (1 - decay) * rates[..., i] * handle_time
    return edges


def in_periods(values: Any, intervals: int) -> Any:
    """The last axis split into planning periods and the intervals of each."""
    return values.reshape(*values.shape[:-1], -1, intervals)


def refuse_nonsense(rates: Floats, handle_time: float, intervals: int, interval: float) -> None:
    if not 0 < handle_time < np.inf:
        raise ValueError(f"handle_time (={handle_time}) must be > 0")
    if not 0 < interval < np.inf:
        raise ValueError(f"interval (={interval}) must be > 0")
    if rates.ndim == 0 or intervals < 1 or rates.shape[-1] % intervals:
        raise ValueError(f"intervals (={intervals}) must divide the number of rates {rates.shape}")
