"""Erlang A where the volume itself is uncertain: a good forecast of the mean is no forecast of the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.erlang.erlang_a import QueueWithPatience, erlang_a, share
from ccsim.erlang.erlang_b import finite

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

NODES, WEIGHTS = np.polynomial.legendre.leggauss(16)
FIRST_PANELS, MOST_PANELS = 4, 256
PRECISION = 1e-11


@dataclass(frozen=True)
class UncertainVolume:
    """
    Erlang A over days whose volume is the forecast times a gamma factor of mean 1, every day stationary in itself.

    Shares and mean waits are ratios of expectations, that is weighted by volume: what a month of such days shows.
    """

    queue: QueueWithPatience
    """The queue at each of the volumes (on a last axis) at which the mixture is evaluated."""
    offered: Floats
    """Offered calls per second at each of the volumes, times its weight."""
    blocking_probability: Floats
    """Share of all calls that find the waiting places full. [0, 1]"""
    delay_probability: Floats
    """Share of offered calls that find all agents busy. [0, 1]"""
    waiting_probability: Floats
    """Share of offered calls that wait. [0, 1]"""
    answer_probability: Floats
    """Share of offered calls that are answered. [0, 1]"""
    abandonment_probability: Floats
    """Share of offered calls that give up after waiting. [0, 1]"""
    balking_probability: Floats
    """Share of offered calls that leave at once instead of waiting. [0, 1]"""
    mean_wait: Floats
    """Mean wait of all offered calls, until answered or lost. [s]"""
    mean_wait_answered: Floats
    """Mean speed of answer, of answered calls only. [s]"""
    mean_queue: Floats
    """Mean number of calls waiting."""
    occupancy: Floats
    """Share of time that an agent is busy. [0, 1]"""

    def service_level(self, threshold: ArrayLike, formula: str = "offered") -> Floats:
        """Ratio of expectations of the service level that ``QueueWithPatience`` defines. [threshold in s, >= 0]"""
        seconds = finite("threshold", threshold)[..., None]
        level = self.queue.service_level(seconds, formula)
        counted = self.offered
        if formula == "answered":
            counted = counted * self.queue.answer_probability
        if formula == "ignored":
            within = self.queue.service_level(seconds)
            counted = counted * np.where(level > 0, within / np.where(level > 0, level, 1.0), 0.0)
        return share(np.sum(counted * level, axis=-1), np.sum(counted, axis=-1))


def erlang_a_uncertain(
    arrival_rate: ArrayLike,
    volume_cv: ArrayLike,
    handle_time: ArrayLike,
    patience: ArrayLike,
    agents: ArrayLike,
    *,
    room: ArrayLike | None = None,
    balk: ArrayLike = 0.0,
) -> UncertainVolume:
    """
    Erlang A mixed over a gamma volume: arrival_rate x factor, the factor of mean 1 and standard deviation volume_cv.

    Source: G. Jongbloed and G. Koole, Managing uncertainty in call centres using Poisson mixtures, Applied Stochastic
    Models in Business and Industry 17, 2001; W. Whitt, Staffing a call center with uncertain arrival rate and
    absenteeism, POM 15, 2006. The mixture is taken by Gauss nodes in the logarithm of the factor, twice as many until
    no measure moves by more than 1e-11. With endless patience and unlimited room some volumes are unstable: all NaN.

    Parameters
    ----------
    arrival_rate
        Mean calls per second. [1/s, >= 0]
    volume_cv
        Coefficient of variation of the factor. [0, 3]
    handle_time, patience, agents, room, balk
        As for ``erlang_a``.
    """
    rate, cv = finite("arrival_rate", arrival_rate), finite("volume_cv", volume_cv)
    if np.any(cv > 3):
        raise ValueError(f"volume_cv (={cv.max()}) must be at most 3")
    columns = [np.asarray(x, dtype=np.float64)[..., None] for x in (handle_time, patience, agents, balk)]
    places = None if room is None else np.asarray(room, dtype=np.float64)[..., None]
    panels, before = FIRST_PANELS, None
    while True:
        factor, weight = gamma_nodes(cv, panels)
        volume = rate[..., None] * factor
        queue = erlang_a(volume, *columns[:3], room=places, balk=columns[3])
        result = mixed(queue, volume * weight, weight)
        measures = np.stack(
            np.broadcast_arrays(result.delay_probability, result.answer_probability, result.mean_wait, result.occupancy)
        )
        if before is not None:
            settled = np.isclose(measures, before, rtol=PRECISION, atol=0.0, equal_nan=True)
            if np.all(settled) or panels == MOST_PANELS:
                return result
        panels, before = 2 * panels, measures


def gamma_nodes(cv: Floats, panels: int) -> tuple[Floats, Floats]:
    """
    Factors, on a new last axis, and weights that add up to 1.

    In l = log(factor) the density exp(k (l - exp(l))), k = 1 / cv**2, has its peak at 0, falls off on both sides, and
    is smooth for every k. 1e-18 of it are left out.
    """
    sure = cv == 0
    k = 1 / np.where(sure, 1.0, cv)[..., None] ** 2
    # Where it has fallen by 42, from u**2 / (2 + u) <= exp(-u) - 1 + u on the left and likewise on the right.
    fall = 42 / k
    left = -(fall + np.sqrt(fall**2 + 8 * fall)) / 2
    right = np.log1p(fall + np.sqrt(fall**2 + 2 * fall))
    edges = left + (right - left) * np.arange(panels + 1) / panels
    halves = np.diff(edges)[..., None] / 2
    logarithm = ((edges[..., 1:] + edges[..., :-1])[..., None] / 2 + halves * NODES).reshape(*cv.shape, -1)
    weight = np.exp(k * (logarithm - np.expm1(logarithm))) * (halves * WEIGHTS).reshape(*cv.shape, -1)
    one = np.zeros(weight.shape)
    one[..., 0] = 1.0
    alone = sure[..., None]
    return np.where(alone, 1.0, np.exp(logarithm)), np.where(alone, one, weight / weight.sum(axis=-1, keepdims=True))


def mixed(queue: QueueWithPatience, calls: Floats, weight: Floats) -> UncertainVolume:
    """Ratios of expectations over the volumes; where nobody calls at all, over time."""
    calls = np.where(np.sum(calls, axis=-1, keepdims=True) > 0, calls, weight)
    offered = calls * (1 - queue.blocking_probability)
    answered = offered * queue.answer_probability

    def of(values: Floats, among: Floats) -> Floats:
        return share(np.sum(among * np.where(among > 0, values, 0.0), axis=-1), np.sum(among, axis=-1))

    return UncertainVolume(
        queue=queue,
        offered=offered,
        blocking_probability=of(queue.blocking_probability, calls),
        delay_probability=of(queue.delay_probability, offered),
        waiting_probability=of(queue.waiting_probability, offered),
        answer_probability=of(queue.answer_probability, offered),
        abandonment_probability=of(queue.abandonment_probability, offered),
        balking_probability=of(queue.balking_probability, offered),
        mean_wait=of(queue.mean_wait, offered),
        mean_wait_answered=of(queue.mean_wait_answered, answered),
        mean_queue=np.sum(weight * queue.mean_queue, axis=-1),
        occupancy=np.sum(weight * queue.occupancy, axis=-1),
    )
