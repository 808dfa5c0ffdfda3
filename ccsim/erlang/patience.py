"""Laws of patience: how long customers wait before they give up, as the mathematics of a queue asks for them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np
from scipy.special import gamma, gammainc

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
    """A law whose parameters are numbers above 0, or arrays of them that broadcast."""

    def __post_init__(self) -> None:
        for field in fields(self):
            values = np.asarray(getattr(self, field.name), dtype=np.float64)
            if not np.all(values > 0):
                raise ValueError(f"{field.name} of patience (={values[~(values > 0)].flat[0]}) must be > 0")

    @property
    def endless(self) -> Floats:
        return np.zeros(())

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

    mean: Floats | float
    """Mean patience; infinite if nobody ever gives up. [s, > 0]"""

    @property
    def endless(self) -> Floats:
        return np.where(np.isinf(self.mean), 1.0, 0.0)

    def survival(self, time: Floats) -> Floats:
        return np.exp(-time / self.mean)

    def given_up(self, time: Floats) -> Floats:
        return -np.expm1(-time / self.mean)

    def spent(self, since: Floats, more: Floats) -> Floats:
        # From the earlier end on, where no term can overflow.
        earlier, endless = since + np.minimum(more, 0.0), np.isinf(self.mean)
        mean = np.where(endless, 1.0, self.mean)
        gone = np.copysign(mean * np.expm1(-np.abs(more) / mean), more)
        return np.exp(-earlier / self.mean) * np.where(endless, more, gone)

    def spent_in_vain(self, time: Floats) -> Floats:
        z = np.asarray(time / self.mean)
        share, short = np.empty_like(z), z < 0.1
        # The plain difference loses the digits of short waits, the series those of long ones.
        soon, late = z[short], z[~short]
        share[~short] = (-np.expm1(-late) - late * np.exp(-late)) / late
        series = np.zeros_like(soon)
        for k in range(9, 1, -1):
            series = (k - 1) / FACTORIALS[k] - soon * series
        share[short] = soon * series
        return np.asarray(time * share)

    def until(self, share: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(share < 1, -np.log(np.minimum(share, 1.0)) * self.mean, 0.0)

    def landmarks(self, peak: Floats, end: Floats) -> Floats:
        # Where handle times are much longer than patience the wait has two scales: steps of patience resolve both.
        steps = np.array([-12.0, -5.0, 5.0, 12.0, 30.0])
        with np.errstate(invalid="ignore"):
            return np.where(np.isinf(self.mean), peak, peak + steps * self.mean)


@dataclass(frozen=True)
class Deterministic(Cells):
    """Everybody gives up after the same wait."""

    value: Floats | float
    """That wait. [s, > 0]"""

    def survival(self, time: Floats) -> Floats:
        return np.where(time < self.value, 1.0, 0.0)

    def given_up(self, time: Floats) -> Floats:
        return np.where(time < self.value, 0.0, 1.0)

    def spent(self, since: Floats, more: Floats) -> Floats:
        return np.asarray(np.minimum(since + more, self.value) - np.minimum(since, self.value))

    def spent_in_vain(self, time: Floats) -> Floats:
        return np.where(time < self.value, 0.0, self.value)

    def until(self, share: Floats) -> Floats:
        return np.where(share < 1, self.value, 0.0)

    def landmarks(self, peak: Floats, end: Floats) -> Floats:
        return np.asarray(self.value)


@dataclass(frozen=True)
class Uniform(Cells):
    """Patience spread evenly from 0 to its longest value."""

    longest: Floats | float
    """Wait after which nobody is left. [s, > 0]"""

    def survival(self, time: Floats) -> Floats:
        return np.asarray(np.maximum(1 - time / self.longest, 0.0))

    def given_up(self, time: Floats) -> Floats:
        return np.asarray(np.minimum(time / self.longest, 1.0))

    def spent(self, since: Floats, more: Floats) -> Floats:
        begin, end = np.minimum(since, self.longest), np.minimum(since + more, self.longest)
        return np.asarray((end - begin) * (1 - (begin + end) / (2 * np.asarray(self.longest))))

    def spent_in_vain(self, time: Floats) -> Floats:
        return np.asarray(np.minimum(time, self.longest) ** 2 / (2 * np.asarray(self.longest)))

    def until(self, share: Floats) -> Floats:
        return np.asarray(np.maximum(1 - share, 0.0) * self.longest)

    def landmarks(self, peak: Floats, end: Floats) -> Floats:
        return np.asarray(self.longest)


@dataclass(frozen=True)
class Weibull(Cells):
    """Patience whose hazard of giving up falls (shape below 1) or rises (above 1) as a power of the wait."""

    mean: Floats | float
    """Mean patience. [s, > 0]"""
    exponent: Floats | float
    """Exponent k in the survival exp(-(time / scale)**k). [> 0]"""

    @property
    def scale(self) -> Floats:
        """Wait after which 1 / e are left. [s]"""
        return np.asarray(self.mean / gamma(1 + 1 / np.asarray(self.exponent)))

    def power(self, time: Floats) -> Floats:
        """(time / scale)**k."""
        return np.asarray((time / self.scale) ** self.exponent)

    def survival(self, time: Floats) -> Floats:
        return np.exp(-self.power(time))

    def given_up(self, time: Floats) -> Floats:
        return -np.expm1(-self.power(time))

    def spent(self, since: Floats, more: Floats) -> Floats:
        inverse = 1 / np.asarray(self.exponent)
        before, after = (gammainc(inverse, self.power(time)) for time in (since, since + more))
        return np.asarray(self.mean * (after - before))

    def spent_in_vain(self, time: Floats) -> Floats:
        return np.asarray(self.mean * gammainc(1 + 1 / np.asarray(self.exponent), self.power(time)))

    def until(self, share: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            return np.asarray(self.scale * (-np.log(np.minimum(share, 1.0))) ** (1 / np.asarray(self.exponent)))

    def landmarks(self, peak: Floats, end: Floats) -> Floats:
        # Powers that are not whole bend at 0: panels shrink towards it. The others stand where many give up.
        towards_nothing = end * 8.0 ** -np.arange(1.0, 15.0)
        return np.concatenate([towards_nothing, self.scale * np.array([0.5, 0.8, 1.0, 1.2, 1.6, 2.5, 5.0])], axis=-1)


@dataclass(frozen=True)
class Mixture:
    """Customers of several kinds, each with its own law of patience."""

    shares: tuple[Floats | float, ...]
    """Share of customers of each kind; they add up to 1."""
    laws: tuple[Patience, ...]

    def __post_init__(self) -> None:
        total = sum(np.asarray(share, dtype=np.float64) for share in self.shares)
        if not np.allclose(total, 1.0, rtol=0, atol=1e-9):
            raise ValueError(f"shares of patience (={self.shares}) must add up to 1")

    @property
    def endless(self) -> Floats:
        return self.mixed([law.endless for law in self.laws])

    @property
    def shape(self) -> tuple[int, ...]:
        return np.broadcast_shapes(*(np.shape(share) for share in self.shares), *(law.shape for law in self.laws))

    def mixed(self, values: list[Floats]) -> Floats:
        """Mean over the kinds."""
        return np.asarray(sum(share * value for share, value in zip(self.shares, values, strict=True)))

    def survival(self, time: Floats) -> Floats:
        return self.mixed([law.survival(time) for law in self.laws])

    def given_up(self, time: Floats) -> Floats:
        return self.mixed([law.given_up(time) for law in self.laws])

    def spent(self, since: Floats, more: Floats) -> Floats:
        return self.mixed([law.spent(since, more) for law in self.laws])

    def spent_in_vain(self, time: Floats) -> Floats:
        return self.mixed([law.spent_in_vain(time) for law in self.laws])

    def until(self, share: Floats) -> Floats:
        leaving = 1 - self.endless
        wanted = np.where(leaving > 0, (share - self.endless) / np.where(leaving > 0, leaving, 1.0), 0.0)
        times = [law.until(np.maximum(wanted, 1e-300)) for law in self.laws]
        low, high = np.zeros_like(wanted), np.max([np.where(np.isinf(time), 0.0, time) for time in times], axis=0)
        for _ in range(60):
            middle = (low + high) / 2
            waiting = self.survival(middle) > share
            low, high = np.where(waiting, middle, low), np.where(waiting, high, middle)
        return np.where(share >= 1, 0.0, np.where(wanted > 0, high, np.inf))

    def landmarks(self, peak: Floats, end: Floats) -> Floats:
        # Each kind has its own scale, which shows at the beginning of the wait as well as at the peak.
        marks = [law.landmarks(place, end) for law in self.laws for place in (np.zeros_like(peak), peak)]
        return np.concatenate([np.broadcast_to(mark, (peak.shape[0], mark.shape[-1])) for mark in marks], axis=-1)

    def cells(self, which: Any) -> Mixture:
        shares = tuple(np.asarray(share)[which, None] for share in self.shares)
        return Mixture(shares, tuple(law.cells(which) for law in self.laws))

    def spread(self, shape: tuple[int, ...]) -> Mixture:
        shares = tuple(np.broadcast_to(share, shape).ravel() for share in self.shares)
        return Mixture(shares, tuple(law.spread(shape) for law in self.laws))


def hyperexponential(shares: tuple[Floats | float, ...], means: tuple[Floats | float, ...]) -> Mixture:
    """Customers of several kinds with exponential patience: some give up soon, some late. [means in s, > 0]"""
    return Mixture(shares, tuple(Exponential(mean) for mean in means))


FACTORIALS = np.cumprod(np.maximum(np.arange(10.0), 1.0))
