"""Erlang X: Erlang A where some of those who are lost call again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.erlang.erlang_a import QueueWithPatience, above_zero, erlang_a, limit
from ccsim.erlang.erlang_b import finite
from ccsim.erlang.search import largest

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Retrials:
    """
    The queue that all calls, first and repeated, meet. NaN where it is not ``stable``.

    Customers who call again do so after so long that the queue has forgotten them: all calls together are a Poisson
    process. Shares of ``queue`` count calls; those here count customers.
    """

    stable: Bools
    """The calls do not multiply without end."""
    queue: QueueWithPatience
    """What a call meets."""
    arrival_rate: Floats
    """Calls, first and repeated. [1/s]"""
    calls_per_customer: Floats
    """Mean number of calls of a customer, 1 if nobody calls again."""
    customers_answered: Floats
    """Share of customers who are answered in the end. [0, 1]"""
    customers_lost: Floats
    """Share of customers who give up for good, or are blocked for good. [0, 1]"""

    def service_level(self, threshold: ArrayLike, formula: str = "offered") -> Floats:
        """Service level of calls, first and repeated, as ``QueueWithPatience`` defines it. [threshold in s, >= 0]"""
        return self.queue.service_level(threshold, formula)


def erlang_x(
    arrival_rate: ArrayLike,
    handle_time: ArrayLike,
    patience: ArrayLike,
    agents: ArrayLike,
    *,
    again: ArrayLike,
    again_blocked: ArrayLike = 0.0,
    room: ArrayLike | None = None,
    balk: ArrayLike = 0.0,
) -> Retrials:
    """
    Erlang A with retrials: the rate of calls is that of first calls plus that of the lost who call again.

    The fixed point rate = arrival_rate + rate x (share lost and calling again) has one solution, for answered calls
    never get fewer as calls get more. Source: S. Ding, M. Remerova, R. van der Mei, B. Zwart, Fluid approximation of a
    call center model with redials and reconnects, arXiv 1311.6248, 2013, who give the rate of all calls to Erlang A in
    the same way; limited lines, abandonment and redials are what CCmath calls Erlang X. Without waiting places it is
    the Extended Erlang B of line calculators. Relative error below 1e-9 against the fixed point; the
    model itself errs where customers call again within a few waits.

    Parameters
    ----------
    arrival_rate
        First calls per second. [1/s, >= 0]
    handle_time, patience, agents, room, balk
        As for ``erlang_a``.
    again
        Probability that a customer who abandons or balks calls again, each time. [0, 1]
    again_blocked
        Probability that a customer who is blocked calls again, each time. [0, 1]
    """
    chances = [finite("again", again), finite("again_blocked", again_blocked)]
    for name, chance in zip(("again", "again_blocked"), chances, strict=True):
        if np.any(chance > 1):
            raise ValueError(f"{name} (={chance.max()}) must be at most 1")
    inputs = [
        finite("arrival_rate", arrival_rate),
        above_zero("handle_time", handle_time),
        np.asarray(patience, dtype=np.float64),
        finite("agents", agents),
        limit(room),
        finite("balk", balk),
        *chances,
    ]
    shape = np.broadcast_shapes(*(x.shape for x in inputs))
    first, seconds, mean, servers, places, refusing, comeback, retry = (
        np.broadcast_to(x, shape).ravel() for x in inputs
    )

    def meets(rate: Floats, cells: NDArray[np.intp]) -> QueueWithPatience:
        return erlang_a(rate, seconds[cells], mean[cells], servers[cells], room=places[cells], balk=refusing[cells])

    def surplus(rate: Floats, cells: NDArray[np.intp]) -> Floats:
        """First calls less those that this rate of all calls would need."""
        queue = meets(rate, cells)
        return first[cells] - rate * final(queue, comeback[cells], retry[cells])

    everything = np.arange(first.size)
    some = np.flatnonzero(first > 0)
    rate = np.zeros(first.shape)
    rate[some] = largest(lambda rate, cells: surplus(rate, some[cells]), first[some])
    found = np.where(np.isfinite(rate), rate, 0.0)
    # Where nobody gives up the search may end at the edge of stability, which is no balance of flows.
    balanced = np.abs(surplus(found, everything)) <= 1e-6 * first
    stable = np.isfinite(rate) & meets(found, everything).stable & balanced
    # An unstable queue that nobody leaves stands for what has no solution: all its numbers are NaN.
    queue = erlang_a(
        np.where(stable, rate, 1.0).reshape(shape),
        seconds.reshape(shape),
        np.where(stable, mean, np.inf).reshape(shape),
        np.where(stable, servers, 0.0).reshape(shape),
        room=np.where(stable, places, np.inf).reshape(shape),
        balk=np.where(stable, refusing, 0.0).reshape(shape),
    )
    calls = np.where(stable, rate, np.nan).reshape(shape)
    per_customer = np.where(calls > 0, calls / np.where(inputs[0] > 0, inputs[0], 1.0), calls + 1.0)
    accepted = 1 - queue.blocking_probability
    lost = accepted * (queue.abandonment_probability + queue.balking_probability)
    return Retrials(
        stable=stable.reshape(shape),
        queue=queue,
        arrival_rate=calls,
        calls_per_customer=per_customer,
        customers_answered=per_customer * accepted * queue.answer_probability,
        customers_lost=per_customer * (lost * (1 - chances[0]) + queue.blocking_probability * (1 - chances[1])),
    )


def final(queue: QueueWithPatience, again: Floats, again_blocked: Floats) -> Floats:
    """Share of calls that are the last of their customer."""
    lost = queue.abandonment_probability + queue.balking_probability
    kept = queue.answer_probability + lost * (1 - again)
    return (1 - queue.blocking_probability) * kept + queue.blocking_probability * (1 - again_blocked)
