"""The queue of one day: M(t)/M/c(t) with or without patience, exact while rates and agents change (by interval)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.erlang.shift_ends import Floor
from ccsim.erlang.uniformization import evolve

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ccsim.erlang.shift_ends import Leavers

    Floats = NDArray[np.float64]

NEGLIGIBLE = 1e-17
"""Probability of all larger states together below which they are left out of the next interval."""
MOST_STATES = 200_000


@dataclass(frozen=True)
class TimeVarying:
    """
    What is expected of each interval: one value per interval, in the order of time.

    ``waited``, ``service_level`` and the other shares belong to the contacts that *arrive* in the interval, the rest
    to what happens in it. Without arrivals shares are NaN.
    """

    arrivals: Floats
    """Contacts that arrive."""
    queue_mean: Floats
    """Time average of the contacts waiting."""
    lost: Floats
    """Contacts that abandon or balk in the interval, whenever they came."""
    waited: Floats
    """Share of arrivals that find no agent free (those who balk among them). [0, 1]"""
    service_level: Floats
    """Share of arrivals answered within the threshold (formula ``offered``). [0, 1]"""
    service_level_positive: Floats
    """Share of arrivals answered or lost within the threshold (formula ``positive``). [0, 1]"""
    occupancy: Floats
    """Time handling / (time on duty + overtime of leavers); NaN where nobody is on duty. [0, 1]"""
    overtime: Floats
    """Time average of agents busy past their end."""
    in_system: Floats
    """Expected contacts waiting or in service at the end of the interval."""

    @property
    def service_level_ignored(self) -> Floats:
        """Share answered within the threshold of those not lost within it (formula ``ignored``). [0, 1]"""
        return self.service_level / (1.0 - self.service_level_positive + self.service_level)


def time_varying(
    arrival_rate: ArrayLike,
    agents: ArrayLike,
    interval: float,
    handle_time: float,
    patience: float = math.inf,
    *,
    balk: float = 0.0,
    leavers: Leavers = "named",
    threshold: float = 20.0,
    in_system: int = 0,
) -> TimeVarying:
    """
    Transient M(t)/M/c(t)+M by uniformization: rates and agents constant within intervals, exponential handle time and
    patience, first come first served; nothing else is assumed, overload and any start included.

    When the number of agents falls, ``leavers`` says who leaves: ``named`` ones finish their contact in overtime while
    those who stay go on; ``pooled``, no contact is started until no more agents are busy than are left (A.
    Ingolfsson, E. Akhmetshina, S. Budge, Y. Li and X. Wu, A survey and experimental comparison of service-level-
    approximation methods for nonstationary M(t)/M/s(t) queueing systems with exhaustive discipline, INFORMS Journal
    on Computing 19, 2007). A customer who waits while agents change is followed through the change, so the service
    level is exact there too. After the last interval its agents stay.

    Moderate sizes: the states are contacts x leavers still busy. Absolute error of every probability below 1e-9.

    Parameters
    ----------
    arrival_rate
        Arrivals per second of each interval. [1/s, >= 0]
    agents
        Agents on duty in each interval, whole; one number if constant. [>= 0]
    interval
        Length of an interval. [s, > 0]
    handle_time
        Mean handle time. [s, > 0]
    patience
        Mean patience, or infinity. [s, > 0]
    balk
        Share of those who would have to wait that leaves at once. [0, 1]
    leavers
        ``named`` or ``pooled``.
    threshold
        Acceptable wait, at most one interval. [s, >= 0]
    in_system
        Contacts in service or waiting at the start.

    Raises
    ------
    ValueError
        If an argument is out of its range or the chain has more than 200,000 states.
    """
    rates = np.atleast_1d(np.asarray(arrival_rate, dtype=np.float64))
    heads = np.broadcast_to(np.asarray(agents, dtype=np.float64), rates.shape)
    refuse_nonsense(rates, heads, interval, handle_time, patience, balk, leavers, threshold, in_system)
    before = Floor(int(heads[0]), leavers, 0, in_system, handle_time, patience)
    at = (np.arange(in_system + 1) == in_system).astype(np.float64)
    stretches = []
    for rate, head in zip(rates, heads, strict=True):
        floor = room_for(before, at, int(head), rate * min(interval, patience))
        stretches.append(stretch_from(before.into(floor).T @ at, floor, rate, balk, interval))
        before, at = floor, stretches[-1].end
    after = [*stretches[1:], stretches[-1]]
    return TimeVarying(*np.array([expected(*two, interval, threshold) for two in zip(stretches, after, strict=True)]).T)


@dataclass(frozen=True)
class Stretch:
    """A time of constant rate and agents: the distribution of states at its start and end, and its integral."""

    floor: Floor
    rate: float
    balk: float
    start: Floats
    end: Floats
    integral: Floats

    @property
    def waits(self) -> Floats:
        """Integral over the arrivals who join the queue, by the state that they find."""
        return np.where(self.floor.has_room, 0.0, (1.0 - self.balk) * self.integral)

    @property
    def starts(self) -> float:
        """Integral over the arrivals who find an agent free."""
        return float(self.integral[self.floor.has_room].sum())


def stretch_from(start: Floats, floor: Floor, rate: float, balk: float, length: float) -> Stretch:
    end, integral = evolve(floor.forward(rate, balk), start, length)
    return Stretch(floor, rate, balk, start, end, integral)


def expected(stretch: Stretch, following: Stretch, interval: float, threshold: float) -> tuple[float, ...]:
    """One row of ``TimeVarying``."""
    floor, rate = stretch.floor, stretch.rate
    time = stretch.integral / interval
    queue, busy, overtime = (float(time @ of) for of in (floor.waiting, floor.busy, floor.leaving))
    staffed, joins_or_balks = floor.agents + overtime, 1.0 - stretch.starts / interval
    answered, waiting = verdicts(stretch, following, interval, threshold) if rate else (math.nan, math.nan)
    return (
        rate * interval,
        queue,
        interval * (queue / floor.patience + rate * stretch.balk * joins_or_balks),
        joins_or_balks if rate else math.nan,
        answered,
        1.0 - waiting,
        busy / staffed if staffed else math.nan,
        overtime,
        float(stretch.end @ (floor.contacts + floor.leaving)),
    )


def verdicts(stretch: Stretch, following: Stretch, interval: float, threshold: float) -> tuple[float, float]:
    """Shares of the interval's arrivals that are answered within the threshold, and that still wait then."""
    floor = stretch.floor
    if following.floor.agents == floor.agents:
        answered, waiting = stretch.waits @ evolve(floor.ahead(), verdict_of(floor), threshold)[0]
    else:
        # Those who come within one threshold of the change see it while they wait.
        early = stretch_from(stretch.start, floor, stretch.rate, stretch.balk, interval - threshold)
        answered, waiting = early.waits @ evolve(floor.ahead(), verdict_of(floor), threshold)[0] + late_arrivals(
            early, following.floor, threshold
        )
    return (stretch.starts + float(answered)) / interval, float(waiting) / interval


def late_arrivals(early: Stretch, following: Floor, threshold: float) -> Floats:
    """Integral of the verdicts on those who come between the end of ``early`` and the change, by quadrature."""
    floor, change = early.floor, early.floor.into(following)
    forward, ahead, ahead_then = floor.forward(early.rate, early.balk), floor.ahead(), following.ahead()
    # More nodes the more may happen within a threshold; measured: enough for an error below 1e-10.
    happens = threshold * (max(floor.agents, following.agents) / floor.handle_time + 1 / floor.patience)
    nodes, weights = np.polynomial.legendre.leggauss(12 + math.ceil(0.3 * happens))
    total = np.zeros(2)
    for came, weight in zip((nodes + 1) / 2 * threshold, weights / 2 * threshold, strict=True):
        found = np.where(floor.has_room, 0.0, (1.0 - early.balk) * evolve(forward, early.end, came)[0])
        at_change = change @ evolve(ahead_then, verdict_of(following), came)[0]
        verdict = np.where(floor.has_room[:, None], [1.0, 0.0], at_change)
        total += weight * (found @ evolve(ahead, verdict, threshold - came)[0])
    return total


def verdict_of(floor: Floor) -> Floats:
    """(answered, still waiting) of a customer whose time is up, by the state that stands before them."""
    return np.stack([floor.has_room, ~floor.has_room], axis=1).astype(np.float64)


def room_for(floor: Floor, at: Floats, agents: int, joining: float) -> Floor:
    """
    The next floor, large enough: beyond what is there now, the waiting are dominated by a Poisson number of those
    who come and have not given up.
    """
    after = [(at * share, leaving, contacts) for share, leaving, contacts in floor.change(agents)]
    most_leaving = max(largest(mass, leaving) for mass, leaving, _ in after)
    most = max(agents, *(largest(mass, contacts) for mass, _, contacts in after))
    most += math.ceil(joining + 8 * math.sqrt(joining) + 20)
    states = (most_leaving + 1) * (most + 1)
    if states > MOST_STATES:
        raise ValueError(
            f"{agents} agents, {most_leaving} leavers still busy and up to {most} contacts make a chain of {states:,} "
            f"states; at most {MOST_STATES:,} are solved"
        )
    return Floor(agents, floor.leavers, most_leaving, most, floor.handle_time, floor.patience)


def largest(mass: Floats, value: NDArray[np.int64]) -> int:
    """Largest value whose tail has a probability worth keeping."""
    tail = np.cumsum(np.bincount(value, mass)[::-1])[::-1]
    return int(np.flatnonzero(tail > NEGLIGIBLE).max(initial=0))


def refuse_nonsense(
    rates: Floats,
    agents: Floats,
    interval: float,
    handle_time: float,
    patience: float,
    balk: float,
    leavers: str,
    threshold: float,
    in_system: int,
) -> None:
    rules = [
        (rates.ndim == 1 and rates.size > 0, "arrival_rate must be one row of numbers"),
        (bool(np.all(np.isfinite(rates) & (rates >= 0))), f"arrival_rate (={rates}) must be finite and not negative"),
        (bool(np.all((agents >= 0) & (agents == np.floor(agents)))), f"agents (={agents}) must be whole numbers >= 0"),
        (0 < interval < math.inf, f"interval (={interval}) must be > 0"),
        (0 < handle_time < math.inf, f"handle_time (={handle_time}) must be > 0"),
        (patience > 0, f"patience (={patience}) must be > 0"),
        (0 <= balk <= 1, f"balk (={balk}) must be between 0 and 1"),
        (leavers in ("named", "pooled"), f"leavers (={leavers}) must be named or pooled"),
        (0 <= threshold <= interval, f"threshold (={threshold}) must be between 0 and one interval ({interval})"),
        (in_system >= 0, f"in_system (={in_system}) must not be negative"),
    ]
    for holds, sentence in rules:
        if not holds:
            raise ValueError(sentence)
