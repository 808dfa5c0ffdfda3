"""What a team has to keep: service level, speed of answer, abandonment, blocking, occupancy, or several at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from ccsim.erlang.erlang_a import FORMULAS
from ccsim.erlang.erlang_c import ErlangC
from ccsim.erlang.retrials import Retrials

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]


def share(x: Floats) -> Bools:
    return (x > 0) & (x < 1)


LIMITS: dict[str, tuple[Callable[[Floats], Bools], str]] = {
    "service_level": (lambda x: (x >= 0) & (x < 1), "a share of at least 0 and below 1"),
    "threshold": (lambda x: (x >= 0) & (x < np.inf), "a finite number of seconds, not negative"),
    "speed_of_answer": (lambda x: (x > 0) & (x < np.inf), "a finite number of seconds above 0"),
    "abandonment": (share, "a share above 0 and below 1"),
    "blocking": (share, "a share above 0 and below 1"),
    "occupancy": (share, "a share above 0 and below 1"),
}
MEASURES = tuple(name for name in LIMITS if name != "threshold")


@dataclass(frozen=True)
class Target:
    """
    Limits that are all to be kept; what is ``None`` is not asked. All but ``formula`` may be tables.

    A queue without a stationary state keeps no target.
    """

    service_level: ArrayLike | None = None
    """At least this share answered within the threshold. [0, 1)"""
    threshold: ArrayLike = 20.0
    """[s, >= 0]"""
    formula: str = "offered"
    """Of the service level: ``offered``, ``answered``, ``ignored``, ``positive`` or ``virtual``."""
    speed_of_answer: ArrayLike | None = None
    """At most this mean wait of answered contacts. [s, > 0]"""
    abandonment: ArrayLike | None = None
    """At most this share of offered contacts lost, balking included. (0, 1)"""
    blocking: ArrayLike | None = None
    """At most this share of all contacts finds no waiting place. (0, 1)"""
    occupancy: ArrayLike | None = None
    """At most this share of time busy. (0, 1)"""

    def __post_init__(self) -> None:
        for name in self.tables:
            within, rule = LIMITS[name]
            values = np.asarray(getattr(self, name), dtype=np.float64)
            if not np.all(within(values)):
                raise ValueError(f"{name} (={values[~within(values)].flat[0]}) must be {rule}")
        if self.formula not in FORMULAS:
            raise ValueError(f"formula (={self.formula!r}) must be one of {', '.join(FORMULAS)}")
        if all(getattr(self, name) is None for name in MEASURES):
            raise ValueError(f"a target asks for at least one of {', '.join(MEASURES)}")

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the table of targets."""
        return np.broadcast_shapes(*(np.shape(getattr(self, name)) for name in self.tables))

    @property
    def tables(self) -> list[str]:
        """Names of the limits that are asked, and of the threshold."""
        return [name for name in LIMITS if getattr(self, name) is not None]

    def spread(self, shape: tuple[int, ...]) -> Self:
        """The targets of a table of this shape, flat."""
        flat: dict[str, Any] = {name: np.broadcast_to(getattr(self, name), shape).ravel() for name in self.tables}
        return replace(self, **flat)

    def cells(self, which: Any) -> Self:
        """Those of some cells of a flat table."""
        return replace(self, **{name: getattr(self, name)[which] for name in self.tables})

    def margin(self, queue: Any) -> Floats:
        """How far the tightest limit is kept (0 or more) or missed (below 0); NaN without a stationary state."""
        left = []
        if self.service_level is not None:
            left.append(np.subtract(service_level(queue, self.threshold, self.formula), self.service_level))
        if self.speed_of_answer is not None:
            left.append(1.0 - np.divide(speed_of_answer(queue), self.speed_of_answer))
        if self.abandonment is not None:
            left.append(np.subtract(self.abandonment, abandonment(queue)))
        if self.blocking is not None:
            left.append(np.subtract(self.blocking, blocking(queue)))
        if self.occupancy is not None:
            left.append(np.subtract(self.occupancy, occupancy(queue)))
        return np.where(stable(queue), np.minimum.reduce(left), np.nan)

    def kept(self, queue: Any) -> Bools:
        """Whether a queue keeps every limit."""
        return np.asarray(self.margin(queue) >= 0)


def of_calls(queue: Any) -> Any:
    """The queue that calls meet, where a model tells calls from customers."""
    return queue.queue if isinstance(queue, Retrials) else queue


def stable(queue: Any) -> Bools:
    """Whether there is a stationary state; of an uncertain volume: on all days."""
    return np.asarray(queue.stable if hasattr(queue, "stable") else np.isfinite(queue.occupancy))


def service_level(queue: Any, threshold: ArrayLike, formula: str = "offered") -> Floats:
    """Of any model that knows it. Where nobody can give up all formulas are one."""
    if not hasattr(queue, "service_level"):
        raise ValueError("this model knows mean waits but no service level; ask for a speed_of_answer or an occupancy")
    if isinstance(queue, ErlangC):
        return queue.service_level(threshold)
    return np.asarray(queue.service_level(threshold, formula))


def speed_of_answer(queue: Any) -> Floats:
    """Mean wait of answered contacts. [s]"""
    met = of_calls(queue)
    return np.asarray(met.mean_wait_answered if hasattr(met, "mean_wait_answered") else met.mean_wait)


def abandonment(queue: Any) -> Floats:
    """Share of offered contacts lost, by giving up or by balking; 0 where a model knows neither."""
    met = of_calls(queue)
    return np.asarray(getattr(met, "abandonment_probability", 0.0) + getattr(met, "balking_probability", 0.0))


def blocking(queue: Any) -> Floats:
    """Share of all contacts that find no waiting place; 0 where a model has no limit."""
    return np.asarray(getattr(of_calls(queue), "blocking_probability", 0.0))


def occupancy(queue: Any) -> Floats:
    """Share of time that an agent is busy."""
    return np.asarray(of_calls(queue).occupancy)
