"""Queues whose customers give up: Erlang A (M/M/c/K+M), and the same for any law of patience (M/M/c/K+G)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.erlang.erlang_b import finite, log_erlang_b
from ccsim.erlang.erlang_c import below_one
from ccsim.erlang.patience import Exponential
from ccsim.erlang.search import largest
from ccsim.erlang.virtual_wait import Below, Density, Exactly, Open

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from ccsim.erlang.patience import Patience
    from ccsim.erlang.virtual_wait import Weight

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

FORMULAS = ("offered", "answered", "ignored", "positive", "virtual")


@dataclass(frozen=True)
class QueueWithPatience:
    """
    The stationary M/M/c/K+G queue. All arrays have one shape; where the queue is not ``stable`` they hold NaN.

    Calls arrive as a Poisson process of constant rate, handle times are exponential, every agent takes every call,
    first come first served, and the queue has forgotten its start. A call that finds all agents busy is blocked if
    the waiting places are full, else balks with a fixed probability (its wait is 0), else waits up to its patience.
    *Offered* are the calls not blocked: answered + abandoned + balked. Customers lost do not come back.
    """

    stable: Bools
    """Customers give up, or the room is limited, or the load of those who never do either is below the agents."""
    blocking_probability: Floats
    """Share of all calls that find the waiting places full. [0, 1]"""
    delay_probability: Floats
    """P(V > 0), the share of offered calls that find all agents busy. [0, 1]"""
    waiting_probability: Floats
    """P(W > 0), the share of offered calls that wait: all agents are busy and they do not balk. [0, 1]"""
    answered_at_once: Floats
    """1 - ``delay_probability`` without loss of digits."""
    answer_probability: Floats
    """Share of offered calls that are answered. [0, 1]"""
    abandonment_probability: Floats
    """Share of offered calls that give up after waiting. [0, 1]"""
    balking_probability: Floats
    """Share of offered calls that leave at once instead of waiting. [0, 1]"""
    mean_wait: Floats
    """Mean wait of all offered calls, until answered or lost. [s]"""
    mean_wait_answered: Floats
    """Mean speed of answer: of answered calls only, those answered at once included. [s]"""
    mean_wait_abandoned: Floats
    """Mean time to abandon of those who give up after waiting. [s]"""
    mean_wait_delayed: Floats
    """Mean wait of those who wait, until answered or lost. [s]"""
    mean_virtual_wait: Floats
    """Mean wait of a customer who would never balk nor give up. [s]"""
    mean_queue: Floats
    """Mean number of calls waiting."""
    occupancy: Floats
    """Share of time that an agent is busy. [0, 1]"""
    balk: Floats
    """Share of those who would have to wait that balks. [0, 1]"""
    density: Density
    """Of the virtual wait beyond 0, not normalized."""
    weight: Floats
    """What makes multiples of the peak of the density shares of offered calls. [1/s]"""

    def service_level(self, threshold: ArrayLike, formula: str = "offered") -> Floats:
        """
        Service level by a named formula. With T the threshold, of the offered calls S are answered, S_T of them with
        wait <= T, and L_T lost (abandoned or balked) with wait <= T:

        ``offered`` S_T, ``answered`` S_T / S, ``ignored`` S_T / (1 - L_T), ``positive`` S_T + L_T, and ``virtual``
        P(V <= T), V being the wait of a customer who would never balk nor give up. [threshold in s, >= 0]
        """
        if formula not in FORMULAS:
            raise ValueError(f"formula (={formula!r}) must be one of {', '.join(FORMULAS)}")
        seconds = finite("threshold", threshold)
        sooner, answered = self.integrals((one, still_there), np.zeros_like(seconds), seconds)
        within = np.minimum(self.answered_at_once + (1 - self.balk) * answered, self.answer_probability)
        if formula == "offered":
            return within
        if formula == "answered":
            return share(within, self.answer_probability)
        virtual = np.minimum(self.answered_at_once + sooner, 1.0)
        if formula == "virtual":
            return virtual
        later = (1 - self.balk) * np.maximum(self.delay_probability - sooner, 0.0)
        patient, hasty = self.patience_at(seconds)
        if formula == "ignored":
            return share(within, within + patient * later)
        return np.minimum(virtual + self.balk * (self.delay_probability - sooner) + hasty * later, 1.0)

    def answered_within(self, time: ArrayLike) -> Floats:
        """Share of offered calls answered with a wait of at most ``time``. [s, >= 0]"""
        return self.service_level(time, "offered")

    def lost_within(self, time: ArrayLike) -> Floats:
        """Share of offered calls that balk, or give up after a wait of at most ``time``. [s, >= 0]"""
        seconds = finite("time", time)
        (gone,) = self.integrals((given_up,), np.zeros_like(seconds), seconds)
        (later,) = self.integrals((one,), seconds, np.full_like(seconds, np.inf))
        return self.balking_probability + (1 - self.balk) * (gone + self.patience_at(seconds)[1] * later)

    def waits_longer(self, time: ArrayLike) -> Floats:
        """P(W > time), the share of offered calls still waiting after ``time``. [s, >= 0]"""
        seconds = finite("time", time)
        (later,) = self.integrals((one,), seconds, np.full_like(seconds, np.inf))
        return (1 - self.balk) * self.patience_at(seconds)[0] * later

    def virtual_wait_longer(self, time: ArrayLike) -> Floats:
        """P(V > time), V being the wait of a customer who would never balk nor give up. [s, >= 0]"""
        seconds = finite("time", time)
        return np.minimum(self.integrals((one,), seconds, np.full_like(seconds, np.inf))[0], self.delay_probability)

    def answered_later(self, time: ArrayLike) -> Floats:
        """Share of offered calls answered with a wait of more than ``time``. [s, >= 0]"""
        seconds = finite("time", time)
        (later,) = self.integrals((still_there,), seconds, np.full_like(seconds, np.inf))
        return np.asarray((1 - self.balk) * later)

    def wait_percentile(self, share: ArrayLike) -> Floats:
        """
        The wait [s], until answered or lost, that this share of all offered calls does not exceed; 0 where more do
        not wait. [0, 1)
        """
        return self.percentile(self.waits_longer, np.ones(()), share)

    def answered_wait_percentile(self, share: ArrayLike) -> Floats:
        """
        The wait [s] that this share of the answered calls does not exceed; 0 where more do not wait, NaN without
        agents. [0, 1)
        """
        return self.percentile(self.answered_later, self.answer_probability, share)

    def virtual_wait_percentile(self, share: ArrayLike) -> Floats:
        """
        The virtual (or offered) wait [s], of a customer who would never balk nor give up, that is not exceeded with
        this probability; 0 where an agent is free with a higher one, infinite without agents. [0, 1)
        """
        found = self.percentile(self.virtual_wait_longer, np.ones(()), share)
        return np.where(np.isinf(self.mean_virtual_wait), np.inf, found)

    def percentile(self, longer: Callable[[Floats], Floats], whole: Floats, share: ArrayLike) -> Floats:
        """Last time at which at least 1 - ``share`` of ``whole`` wait longer; 0 if there is none."""
        shares = below_one("share", share)
        shape = np.broadcast_shapes(self.stable.shape, shares.shape)
        rest = np.broadcast_to((1 - shares) * whole, shape)
        times = np.ones(shape)

        def margin(tried: Floats, cells: NDArray[np.intp]) -> Floats:
            times.flat[cells] = tried
            return (longer(times) - rest).ravel()[cells]

        begin = np.where(self.stable & (self.mean_wait_delayed > 0), self.mean_wait_delayed, 1.0)
        found = largest(margin, np.broadcast_to(begin, shape).ravel()).reshape(shape)
        return np.where(self.stable & (whole > 0), np.nan_to_num(found, nan=0.0, posinf=np.inf), np.nan)

    def patience_at(self, time: Floats) -> tuple[Floats, Floats]:
        """Shares of those who wait that would still be there at ``time``, and that would be gone."""
        shape = np.broadcast_shapes(self.stable.shape, time.shape)
        law, flat = self.density.patience.spread(shape), np.broadcast_to(time, shape).ravel()
        return law.survival(flat).reshape(shape), law.given_up(flat).reshape(shape)

    def integrals(self, weights: tuple[Weight, ...], start: Floats, end: Floats) -> list[Floats]:
        """Integrals of weights over the virtual waits of offered calls in (start, end]."""
        shape = np.broadcast_shapes(self.stable.shape, start.shape)
        density = self.density.spread(shape)
        begin, stop = (np.broadcast_to(times, shape).ravel() for times in (start, end))
        return [self.weight * multiple.reshape(shape) for multiple in density.integrals(weights, begin, stop)]


def erlang_a(
    arrival_rate: ArrayLike,
    handle_time: ArrayLike,
    patience: ArrayLike,
    agents: ArrayLike,
    *,
    room: ArrayLike | None = None,
    balk: ArrayLike = 0.0,
) -> QueueWithPatience:
    """
    Waits, abandonment and blocking in one pool by Erlang A: M/M/c+M, or M/M/c/K+M with K = agents + room.

    Source: C. Palm, Research on telephone traffic carried by full availability groups, Tele 1, 1957; O. Garnett, A.
    Mandelbaum and M. Reiman, Designing a call center with impatient customers, M&SOM 4, 2002. Stationary, so also in
    overload. With endless patience and no balking it is Erlang C, without waiting places Erlang B. Real numbers of
    agents go through the continued Erlang B. Relative error of every result below 1e-9 from 1 to 100,000 agents.

    Parameters
    ----------
    arrival_rate
        Calls per second, blocked ones included. [1/s, >= 0]
    handle_time
        Mean of the exponential handle times. [s, > 0]
    patience
        Mean of the exponential patience; infinite if nobody gives up. [s, > 0]
    agents
        Number of agents c, whole or not; without agents everybody is lost, and what is said of answered calls or of
        busy agents is NaN. [>= 0]
    room
        Number of waiting places, whole; ``None`` or infinite if there is no limit. [>= 0]
    balk
        Share of those who would have to wait that leaves at once. [0, 1]

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    mean = np.asarray(patience, dtype=np.float64)
    if not np.all(mean > 0):
        raise ValueError(f"patience (={mean[~(mean > 0)].flat[0]}) must be > 0")
    return queue_with_patience(arrival_rate, handle_time, Exponential(mean), agents, room=room, balk=balk)


def queue_with_patience(
    arrival_rate: ArrayLike,
    handle_time: ArrayLike,
    patience: Patience,
    agents: ArrayLike,
    *,
    room: ArrayLike | None = None,
    balk: ArrayLike = 0.0,
) -> QueueWithPatience:
    """
    The queue of ``erlang_a`` with any law of patience: M/M/c+G, or M/M/c/K+G with K = agents + room.

    Source: F. Baccelli and G. Hebuterne, On queues with impatient customers, Performance '81; S. Zeltyn and A.
    Mandelbaum, Call centers with impatient customers: many-server asymptotics of the M/M/n+G queue, Queueing Systems
    51, 2005; with a limited room A. Brandt and M. Brandt, On the M(n)/M(n)/s queue with impatient calls, Performance
    Evaluation 35, 1999. Parameters as there.
    """
    rate, seconds, servers = (
        finite("arrival_rate", arrival_rate),
        above_zero("handle_time", handle_time),
        finite("agents", agents),
    )
    places, refusing = limit(room), finite("balk", balk)
    if np.any(refusing > 1):
        raise ValueError(f"balk (={refusing.max()}) must be at most 1")
    shape = np.broadcast_shapes(*(x.shape for x in (rate, seconds, servers, places, refusing)), patience.shape)
    rate, seconds, servers, places, refusing = (
        np.broadcast_to(x, shape).ravel() for x in (rate, seconds, servers, places, refusing)
    )
    # Without agents every measure is its limit as their number goes to 0.
    manned, servers = servers > 0, np.maximum(servers, 1e-15)
    relief, joining = servers / seconds, rate * (1 - refusing)
    stable = (joining * patience.spread(shape).endless < relief) | np.isfinite(places)
    ways = Open() if np.all(np.isinf(places)) else Below(np.maximum(places, 1.0).reshape(shape))
    table = Density.of(np.where(stable, joining, 0.0).reshape(shape), relief.reshape(shape), patience, ways)
    density = table.spread(shape)
    start, end = np.zeros(stable.shape), np.full(stable.shape, np.inf)
    parts = density.integrals((still_there, given_up, waited_and_answered, waited_in_vain, itself), start, end)
    # Who waits is answered or gives up: sums of positive terms, in which no digits are lost.
    waits = parts[0] + parts[1]
    answered, lost, waited_answered, waited_lost, virtual = (part / waits for part in parts)
    waited = waited_answered + waited_lost

    # Rates of calls that find an agent, only a waiting place, and nothing, as multiples of 1 / Erlang B.
    used = rate > 0
    log_busy = np.where(used, log_erlang_b(np.where(used, rate * seconds, 1.0), servers), -np.inf)
    log_wait = np.where(places > 0, log_busy + np.log(relief * waits) + density.log_peak(), -np.inf)
    log_full = log_busy + log_full_weight(density, places)
    largest = np.maximum(np.maximum(log_wait, log_full), 0.0)
    idle = -np.expm1(log_busy) * np.exp(-largest)
    wait, blocked = np.exp(log_wait - largest), np.exp(log_full - largest)
    offered = idle + wait

    delayed, staying = wait / offered, 1 - refusing
    answer = np.where(manned, (idle + staying * wait * answered) / offered, 0.0)
    accepted = offered / (offered + blocked)
    mean_wait = staying * delayed * waited

    def cells(values: Floats, known: Bools | bool = True) -> Floats:
        return np.where(stable & known, values, np.nan).reshape(shape)

    return QueueWithPatience(
        stable=stable.reshape(shape),
        blocking_probability=cells(blocked / (offered + blocked)),
        delay_probability=cells(delayed),
        waiting_probability=cells(staying * delayed),
        answered_at_once=cells(np.where(manned, idle / offered, 0.0)),
        answer_probability=cells(answer),
        abandonment_probability=cells(staying * delayed * lost),
        balking_probability=cells(refusing * delayed),
        mean_wait=cells(mean_wait),
        mean_wait_answered=cells(share(staying * delayed * waited_answered, answer)),
        mean_wait_abandoned=cells(share(waited_lost, lost)),
        mean_wait_delayed=cells(waited),
        mean_virtual_wait=cells(np.where(manned, delayed * virtual, np.inf)),
        mean_queue=cells(rate * accepted * mean_wait),
        occupancy=cells(np.minimum(rate * accepted * answer / relief, 1.0), manned),
        balk=refusing.reshape(shape),
        density=table,
        weight=cells(delayed / waits),
    )


def log_full_weight(density: Density, places: Floats) -> Floats:
    """Logarithm of the weight of the state in which all places are taken, relative to all busy and nobody waiting."""
    some = np.isfinite(places) & (places > 0) & (density.joining > 0)
    nothing = np.where(places > 0, -np.inf, 0.0)
    if not np.any(some):
        return nothing
    # Where the question does not arise a harmless one is asked.
    joining, room = np.where(some, density.joining, density.relief), np.where(some, places, 1.0)
    brimful = Density.of(joining, density.relief, density.patience, Exactly(room))
    (mass,) = brimful.integrals((one,), np.zeros(places.shape), np.full(places.shape, np.inf))
    return np.where(some, np.log(density.relief * mass) + brimful.log_peak(), nothing)


def one(patience: Patience, time: Floats) -> Floats:
    return np.ones_like(time)


def still_there(patience: Patience, time: Floats) -> Floats:
    return patience.survival(time)


def given_up(patience: Patience, time: Floats) -> Floats:
    return patience.given_up(time)


def waited_and_answered(patience: Patience, time: Floats) -> Floats:
    return time * patience.survival(time)


def waited_in_vain(patience: Patience, time: Floats) -> Floats:
    return patience.spent_in_vain(time)


def itself(patience: Patience, time: Floats) -> Floats:
    return time


def share(part: Floats, whole: Floats) -> Floats:
    """Part / whole; NaN, that is no value, where there is nothing to have a share of."""
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), np.nan)


def above_zero(name: str, values: ArrayLike) -> Floats:
    """Values as an array; an error names what is not finite and above 0."""
    array = finite(name, values)
    if np.any(array == 0):
        raise ValueError(f"{name} (=0.0) must be > 0")
    return array


def limit(room: ArrayLike | None) -> Floats:
    """Waiting places as an array, infinite where there is no limit; an error names what is no number of places."""
    places = np.asarray(np.inf if room is None else room, dtype=np.float64)
    wrong = places[~((places >= 0) & (places == np.floor(places)))]
    if wrong.size:
        raise ValueError(f"room (={wrong[0]}) must be a whole number of places, not negative, or infinite")
    return places
