"""
Questions backwards: how many agents, how much volume, which patience or handle time.

A *model* is any function of this package that takes ``arrival_rate`` and ``agents`` by name and returns a queue:
``erlang_a`` or ``erlang_c_at``, for instance, or a formula of a load through ``at_rate``. Parameters that are no
numbers are bound with ``functools.partial``. Everything else broadcasts: one call answers a table. The answers rest on
the fact that all measures of these queues get better with more agents and worse with more volume.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.erlang.erlang_a import above_zero, erlang_a
from ccsim.erlang.erlang_b import erlang_b, finite
from ccsim.erlang.search import largest, smallest_whole
from ccsim.erlang.target import Target, abandonment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Cells = NDArray[np.intp]

MOST_AGENTS = 10_000_000.0


Model = Callable[..., Any]
"""A queue for an ``arrival_rate`` [1/s] and ``agents``, and whatever else it needs, all by name."""


@dataclass(frozen=True)
class Table:
    """The parameters that are given, broadcast to one shape and flat."""

    shape: tuple[int, ...]
    given: dict[str, Floats]

    @classmethod
    def of(cls, given: Mapping[str, ArrayLike], shape: tuple[int, ...] = ()) -> Table:
        """The table of these parameters and of targets of this shape."""
        arrays = {name: np.asarray(values, dtype=np.float64) for name, values in given.items()}
        shape = np.broadcast_shapes(shape, *(array.shape for array in arrays.values()))
        return cls(shape, {name: np.broadcast_to(array, shape).ravel() for name, array in arrays.items()})

    def queue(self, model: Model, cells: Cells, **asked: Floats) -> Any:
        """The queues of some cells at the values that are tried."""
        return model(**asked, **{name: values[cells] for name, values in self.given.items()})

    @property
    def work(self) -> Floats:
        """Handle time, where it is among what is given, else 1. [s]"""
        size = next(iter(self.given.values())).shape
        return self.given.get("handle_time", self.given.get("work", np.ones(size)))


def agents_for(
    target: Target,
    model: Model = erlang_a,
    *,
    arrival_rate: ArrayLike,
    most: float = MOST_AGENTS,
    **given: ArrayLike,
) -> Floats:
    """
    Smallest number of agents that keeps a target: proved, since one agent less was seen to miss it.

    Parameters
    ----------
    arrival_rate
        Contacts per second. [1/s, >= 0]
    most
        Where to stop: no more agents are tried.
    given
        What else the model needs, but for ``agents``.

    Returns
    -------
    Floats
        Whole numbers; 0 where nobody calls, NaN where even ``most`` agents miss the target.
    """
    table = Table.of({"arrival_rate": finite("arrival_rate", arrival_rate), **given}, target.shape)
    targets, rate = target.spread(table.shape), table.given["arrival_rate"]
    number = smallest_whole(
        lambda agents, cells: targets.cells(cells).kept(table.queue(model, cells, agents=agents)),
        rate * table.work,
        most,
    )
    return np.where(rate > 0, number, 0.0).reshape(table.shape)


def arrival_rate_for(target: Target, model: Model = erlang_a, *, agents: ArrayLike, **given: ArrayLike) -> Floats:
    """
    Largest volume that a team can carry within a target; times the handle time it is the load in erlang.

    Parameters
    ----------
    agents
        Number of agents. [> 0]
    given
        What else the model needs, but for ``arrival_rate``.

    Returns
    -------
    Floats
        Contacts per second, to 12 digits; infinite where no volume misses the target, NaN where every volume does.
    """
    table = Table.of({"agents": above_zero("agents", agents), **given}, target.shape)
    targets = target.spread(table.shape)
    rate = largest(
        lambda rates, cells: targets.cells(cells).margin(table.queue(model, cells, arrival_rate=rates)),
        table.given["agents"] / table.work,
    )
    return rate.reshape(table.shape)


def patience_for(lost: ArrayLike, model: Model = erlang_a, *, handle_time: ArrayLike, **given: ArrayLike) -> Floats:
    """
    Mean patience that explains an observed abandonment.

    Parameters
    ----------
    lost
        Share of offered contacts that gave up or balked. (0, 1)
    handle_time
        Mean handle time. [s, > 0]
    given
        ``arrival_rate``, ``agents``, and what else the model needs.

    Returns
    -------
    Floats
        Mean patience, to 12 digits; NaN where none explains it: fewer than are lost if nobody can wait at all (Erlang
        B) gave up, and more than overload makes inevitable. [s]
    """
    table = Table.of({"lost": observed(lost), "handle_time": above_zero("handle_time", handle_time), **given})
    share = table.given.pop("lost")
    mean = largest(
        lambda patience, cells: abandonment(table.queue(model, cells, patience=patience)) - share[cells],
        table.work,
    )
    return np.where(np.isinf(mean), np.nan, mean).reshape(table.shape)


def handle_time_for(lost: ArrayLike, model: Model = erlang_a, *, patience: ArrayLike, **given: ArrayLike) -> Floats:
    """
    Mean handle time that explains an observed abandonment.

    Parameters
    ----------
    lost
        Share of offered contacts that gave up or balked. (0, 1)
    patience
        Mean patience. [s, > 0]
    given
        ``arrival_rate``, ``agents``, and what else the model needs.

    Returns
    -------
    Floats
        Mean handle time, to 12 digits; NaN where none explains it. [s]
    """
    table = Table.of({"lost": observed(lost), "patience": above_zero("patience", patience), **given})
    share = table.given.pop("lost")
    mean = largest(
        lambda seconds, cells: share[cells] - abandonment(table.queue(model, cells, handle_time=seconds)),
        table.given["agents"] / table.given["arrival_rate"],
    )
    return np.where(np.isinf(mean), np.nan, mean).reshape(table.shape)


def servers_for_blocking(blocking: ArrayLike, load: ArrayLike) -> Floats:
    """
    Smallest number of servers that lose no more than a share of a load [erlang], by Erlang B.

    ``blocking`` lies in (0, 1). 0 where there is no load, NaN beyond 10 million servers.
    """
    table = Table.of({"blocking": observed(blocking), "load": finite("load", load)})
    share, calls = table.given["blocking"], table.given["load"]
    number = smallest_whole(
        lambda servers, cells: erlang_b(calls[cells], servers) <= share[cells], calls * (1 - share), MOST_AGENTS
    )
    return np.where(calls > 0, number, 0.0).reshape(table.shape)


def load_for_blocking(blocking: ArrayLike, servers: ArrayLike) -> Floats:
    """
    Largest load [erlang] of which no more than a share is lost, by Erlang B.

    ``blocking`` lies in (0, 1), ``servers`` is above 0, whole or not. To 12 digits.
    """
    table = Table.of({"blocking": observed(blocking), "servers": above_zero("servers", servers)})
    share, lines = table.given["blocking"], table.given["servers"]
    return largest(lambda load, cells: share[cells] - erlang_b(load, lines[cells]), lines).reshape(table.shape)


def scheduled(required: ArrayLike, shrinkage: ArrayLike) -> Floats:
    """
    People to schedule so that ``required`` are there: required / (1 - shrinkage), rounded up to whole people.

    100 at a shrinkage of 30 % are 143; 100 x 1.3 would leave 91. ``shrinkage`` is the share of scheduled time that
    is not available for contacts. [0, 1)
    """
    lost = finite("shrinkage", shrinkage)
    if np.any(lost >= 1):
        raise ValueError(f"shrinkage (={lost.max()}) must be below 1")
    people = np.asarray(required, dtype=np.float64) / (1.0 - lost)
    # 70 / 0.7 is 100.00000000000001, which is no reason for one more.
    return np.asarray(np.ceil(people * (1.0 - 1e-12)))


def observed(shares: ArrayLike) -> Floats:
    """Shares as an array; an error names what does not lie between 0 and 1."""
    array = np.asarray(shares, dtype=np.float64)
    wrong = array[~((array > 0) & (array < 1))]
    if wrong.size:
        raise ValueError(f"a share (={wrong[0]}) must be above 0 and below 1")
    return array
