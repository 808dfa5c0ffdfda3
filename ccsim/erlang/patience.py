"""Laws of patience: how long customers wait before they give up, as the mathematics of a queue asks for them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np
from scipy.special import exprel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Patience(Protocol):
    """A law of patience R whose parameters are arrays; times are in seconds, and broadcast with the parameters."""

    def survival(self, time: Floats) -> Floats:
        """P(R > time), the share that would still be waiting."""

    def given_up(self, time: Floats) -> Floats:
        """P(R <= time), without loss of digits where it is small."""

    def spent(self, since: Floats, more: Floats) -> Floats:
        """Integral of the survival over [since, since + more], ``more`` of either sign: time spent waiting. [s]"""

    def spent_in_vain(self, time: Floats) -> Floats:
        """E[R; R <= time], the waits of those who have given up by then. [s]"""

    def until(self, share: Floats) -> Floats:
        """First time at which no more than this share is still waiting; infinite if that never happens. [s]"""

    def landmarks(self, peak: Floats, end: Floats) -> Floats:
        """
        Times (on a new last axis) between which the law is smooth enough for 16 Gauss nodes, near ``peak``.

        The survival and its integrals may bend or change their scale there; beyond ``end`` nobody looks. [s]
        """

    def cells(self, which: Any) -> Self:
        """The law of some cells of a flat table, its parameters as a column beside which times lie in rows."""

    def spread(self, shape: tuple[int, ...]) -> Self:
        """The law with its parameters broadcast to a table of this shape, and flat."""

    @property
    def endless(self) -> Floats:
        """Share of customers who never give up."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the parameters."""


@dataclass(frozen=True)
class Cells:
    """A law whose parameters are arrays of one shape."""

    @property
    def shape(self) -> tuple[int, ...]:
        return np.broadcast_shapes(*(np.shape(getattr(self, field.name)) for field in fields(self)))

    def cells(self, which: Any) -> Self:
        return replace(self, **{field.name: getattr(self, field.name)[which, None] for field in fields(self)})

    def spread(self, shape: tuple[int, ...]) -> Self:
        return replace(
            self, **{field.name: np.broadcast_to(getattr(self, field.name), shape).ravel() for field in fields(self)}
        )


@dataclass(frozen=True)
class Exponential(Cells):
    """Patience without memory: the longer wait makes nobody more or less likely to give up."""

    mean: Floats
    """Mean patience; infinite if nobody ever gives up. [s, > 0]"""

    @property
    def endless(self) -> Floats:
        return np.where(np.isinf(self.mean), 1.0, 0.0)

    def survival(self, time: Floats) -> Floats:
        return np.exp(-time / self.mean)

    def given_up(self, time: Floats) -> Floats:
        return -np.expm1(-time / self.mean)

    def spent(self, since: Floats, more: Floats) -> Floats:
        return np.asarray(np.exp(-since / self.mean) * more * exprel(-more / self.mean))

    def spent_in_vain(self, time: Floats) -> Floats:
        z = time / self.mean
        early = np.zeros_like(z)
        for k in range(9, 1, -1):
            early = (k - 1) / FACTORIALS[k] - z * early
        # The plain difference loses the digits of short waits, the series those of long ones.
        share = np.where(z < 0.1, z * early, (-np.expm1(-z) - z * np.exp(-z)) / np.maximum(z, 0.1))
        return np.asarray(time * share)

    def until(self, share: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(share < 1, -np.log(np.minimum(share, 1.0)) * self.mean, 0.0)

    def landmarks(self, peak: Floats, end: Floats) -> Floats:
        # Where handle times are much longer than patience the wait has two scales: steps of patience resolve both.
        steps = np.array([-20.0, -12.0, -8.0, -5.0, -2.5, 2.5, 5.0, 8.0, 12.0, 20.0, 40.0])
        with np.errstate(invalid="ignore"):
            return np.where(np.isinf(self.mean), peak, peak + steps * self.mean)


FACTORIALS = np.cumprod(np.maximum(np.arange(10.0), 1.0))
