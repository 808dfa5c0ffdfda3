"""The queue that forms while every slot is taken: one server, in effect, with or without patience."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NEGLIGIBLE = -45.0
"""Logarithm of the terms, relative to the largest, at which sums end."""


@dataclass(frozen=True)
class SlotQueue:
    """
    Customers come at ``arrival_rate``, are taken at rate ``ends`` [1/s], and give up after an exponential patience [s].
    """

    arrival_rate: float
    ends: float
    patience: float

    @cached_property
    def ways(self) -> Floats:
        """log of the probabilities of 0, 1, 2, ... waiting, relative to that of none."""
        return log_terms(self.arrival_rate, self.ends, 1.0 / self.patience)

    @property
    def mass(self) -> float:
        """Probability that all slots are taken relative to that of nobody waiting then; infinite beyond 1e308."""
        if self.patience == math.inf:
            return 1.0 / (1.0 - self.arrival_rate / self.ends)
        with np.errstate(over="ignore"):
            return float(np.exp(log_sum(self.ways)))

    @property
    def mean_queue(self) -> float:
        """Mean number waiting while all slots are taken."""
        if self.patience == math.inf:
            return self.arrival_rate / (self.ends - self.arrival_rate)
        share = np.exp(self.ways - log_sum(self.ways))
        return float(share @ np.arange(len(share)))

    def answered_after(self, threshold: float) -> float:
        """
        Share of those who find all slots taken that is answered, but later than the threshold [s].

        The density of the virtual wait is proportional to exp(-ends t + arrivals who would still be there); its
        integral beyond the threshold, thinned by patience, is a sum of the same kind at the arrival rate of those
        who would still be there by then.
        """
        if self.patience == math.inf:
            return math.exp(-(self.ends - self.arrival_rate) * threshold)
        theta = 1.0 / self.patience
        still = self.arrival_rate * math.exp(-theta * threshold)
        if not still:
            return 0.0
        left = self.arrival_rate * -math.expm1(-theta * threshold) / theta - (self.ends + theta) * threshold
        late = log_sum(log_terms(still, self.ends + theta, theta))
        return self.ends / (self.ends + theta) * math.exp(left + late - log_sum(self.ways))


def log_terms(arrival_rate: float, ends: float, theta: float) -> Floats:
    """log of the product of arrival_rate / (ends + i theta) over i = 1..n, for n = 0, 1, ... until negligible."""
    size = 256
    while True:
        steps = math.log(arrival_rate) - np.log(ends + theta * np.arange(1, size))
        terms = np.concatenate([[0.0], np.cumsum(steps)])
        if terms[-1] < terms.max() + NEGLIGIBLE:
            return terms
        size *= 2


def log_sum(terms: Floats) -> float:
    largest = terms.max()
    return float(largest + np.log(np.exp(terms - largest).sum()))
