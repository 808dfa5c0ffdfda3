"""The way from Erlang C to the floor: what is switched on, in which order, and how each step is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Real(IntEnum):
    """What of the center is taken as it is; while it is not, the simpler thing holds that Erlang A assumes."""

    PATIENCE = 0
    """The law of patience, customers who balk, limits on lines and waiting; else exponential with the same mean."""
    HANDLE_TIME = 1
    """The law of handle times; else exponential with the same mean."""
    RATE = 2
    """Arrivals as the forecast has them; else Poisson at the average rate of each planning interval."""
    DAYS = 3
    """Day factors and forecast errors; else every day comes as forecast."""
    SHARING = 4
    """Agents shared by contact types of one kind (calls, chats), priorities, overflow; else a team for each type."""
    BLENDING = 5
    """Several chats at a time, calls, chats and deferred work by the same agents; else one contact per server."""
    ROSTER = 6
    """Shifts, breaks, absence, off-phone time; else the agents of each interval on average, rounded by a draw."""


@dataclass(frozen=True)
class Step:
    """One step of the decomposition: a short name, and what comes after "because" in a sentence."""

    name: str
    reason: str


ERLANG_C = Step("Erlang C", "")
ERLANG_A = Step("Erlang A per interval", "customers hang up, which Erlang C leaves out")
INTERVALS = Step("intervals follow one another", "a queue does not begin anew with each interval")
SWITCHED = {
    Real.PATIENCE: Step("patience as it is", "customers do not wait as exponentially as Erlang A assumes"),
    Real.HANDLE_TIME: Step("handle times as they are", "handle times are not exponential"),
    Real.RATE: Step("rate within intervals", "contacts do not come evenly within an interval"),
    Real.DAYS: Step("day-to-day uncertainty", "no day is the average day"),
    Real.SHARING: Step("shared agents, priorities, overflow", "agents are shared, with priorities and overflow"),
    Real.BLENDING: Step(
        "chat concurrency, blending", "agents hold several chats and mix calls, chats and deferred work"
    ),
    Real.ROSTER: Step("breaks, absence, end of shift", "breaks, absence and ends of shift do not come as averages"),
}
FORWARD = tuple(Real)
BACKWARD = tuple(reversed(Real))
EVERYTHING = frozenset(Real)
