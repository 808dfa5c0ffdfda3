"""The queue that forms while every slot is taken: one server, in effect, with or without patience."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ccsim.erlang.erlang_a import given_up, still_there, waited_and_answered, waited_in_vain
from ccsim.erlang.patience import Exponential
from ccsim.erlang.virtual_wait import Density, Open

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ccsim.erlang.virtual_wait import Weight

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SlotQueue:
    """
    Customers come at ``arrival_rate``, are taken at rate ``ends`` [1/s], and give up after an exponential patience [s].

    With endless patience ``arrival_rate`` is below ``ends``.
    """

    arrival_rate: float
    ends: float
    patience: float

    @cached_property
    def density(self) -> Density:
        """Of the virtual wait of those who find every slot taken."""
        arriving, taken, mean = (np.array([x]) for x in (self.arrival_rate, self.ends, self.patience))
        return Density.of(arriving, taken, Exponential(mean), Open())

    def integrals(self, *weights: Weight, end: float = np.inf) -> list[float]:
        """Integrals of weights over virtual waits up to an end [s], as multiples of the peak of the density."""
        return [float(x[0]) for x in self.density.integrals(weights, np.zeros(1), np.array([end]))]

    @cached_property
    def everybody(self) -> float:
        """The integral over all virtual waits, as a multiple of the peak."""
        return sum(self.integrals(still_there, given_up))

    @property
    def mass(self) -> float:
        """Probability that all slots are taken relative to that of nobody waiting then; infinite beyond 1e308."""
        with np.errstate(over="ignore"):
            return float(np.exp(np.log(self.ends * self.everybody) + self.density.log_peak()[0]))

    @cached_property
    def waits(self) -> tuple[float, float]:
        """Parts of the mean wait of those who find all slots taken: in which they are answered, and lost. [s]"""
        answered, lost = self.integrals(waited_and_answered, waited_in_vain)
        return answered / self.everybody, lost / self.everybody

    def answered_within(self, threshold: float) -> float:
        """Share of those who find all slots taken that is answered with a wait of at most the threshold [s]."""
        (in_time,) = self.integrals(still_there, end=threshold)
        return in_time / self.everybody
