"""
Laws of patience: M/M/c+G, for which the virtual wait has a density in closed form.

Two kinds of customers with exponential patience and a limited room are solved as a Markov chain of the queue in order
of arrival instead, which knows nothing of virtual waits. Minutes throughout.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy import integrate

from ccsim.erlang import queue_with_patience
from ccsim.erlang.patience import Deterministic, Uniform, Weibull, hyperexponential
from tests.theory.agreement import Case, Claim, Formula
from tests.theory.cases_single import ARRIVALS, HANDLE, TEAM, WITHIN, calls, center, said_of
from tests.theory.chains import erlang_b, mean, reached_within, stationary

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccsim.erlang.patience import Patience

LONGEST = 60.0
"""Virtual waits beyond this [min] are left out; below 1e-9 of all in each case."""
SHARES, MEANS = (0.3, 0.7), (0.5, 3.0)
"""Of the customers who give up soon or late."""
PLACES = 2
"""Waiting places where two kinds of customers come."""


def by_virtual_wait(agents: int, survival: Callable[[float], float], bends: tuple[float, ...]) -> dict[Claim, float]:
    """
    Density of the virtual wait: rate exp(rate x patience spent within it - agents x it / handle time), next to the
    probability of exactly as many contacts as agents (Baccelli and Hebuterne 1981; Zeltyn and Mandelbaum 2005).
    """
    at = np.linspace(0.0, LONGEST, 900_001)
    alive = np.array([survival(time) for time in at])
    # A jump falls on a point of the grid, as the threshold does.
    left = np.array([survival(time - 1e-12) for time in bends])
    alive[np.searchsorted(at, bends)] = (left + [survival(time) for time in bends]) / 2
    spent = integrate.cumulative_trapezoid(alive, at, initial=0.0)
    waits = agents / HANDLE * np.exp(ARRIVALS * spent - agents / HANDLE * at)
    idle = 1 / erlang_b(agents, ARRIVALS * HANDLE) - 1
    total = idle + integrate.trapezoid(waits, at)
    within = at < WITHIN + 1e-9
    answered = idle + integrate.trapezoid(waits * alive, at)
    return {
        calls("service_level"): (idle + integrate.trapezoid((waits * alive)[within], at[within])) / total,
        calls("abandonment_rate"): 1 - answered / total,
        calls("wait_mean_s"): 60 * integrate.trapezoid(waits * spent, at) / total,
        calls("speed_of_answer_s"): 60 * integrate.trapezoid(waits * alive * at, at) / answered,
        TEAM: ARRIVALS * HANDLE * answered / total / agents,
    }


def two_kinds(agents: int) -> dict[Claim, float]:
    """
    M/M/c/K+H2. State (busy agents, waiting), where waiting spells the kinds, 0 or 1, in the order of their arrival.
    """
    kinds = "01"

    def moves(state: tuple[int, str]):
        busy, waiting = state
        if busy < agents:
            yield ARRIVALS, (busy + 1, "")
        elif len(waiting) < PLACES:
            for kind, share in zip(kinds, SHARES, strict=True):
                yield ARRIVALS * share, (busy, waiting + kind)
        yield busy / HANDLE, (busy, waiting[1:]) if waiting else (busy - 1, "")
        yield from without_one(busy, waiting)

    def without_one(busy: int, waiting: str):
        for place, kind in enumerate(waiting):
            yield 1 / MEANS[int(kind)], (busy, waiting[:place] + waiting[place + 1 :])

    def tagged(state: tuple[int, str] | str):
        """The last of those waiting, who gives up at its own rate."""
        if isinstance(state, tuple):
            _, waiting = state
            *ahead, own = waiting
            yield agents / HANDLE, (agents, waiting[1:]) if ahead else "answered"
            yield 1 / MEANS[int(own)], "lost"
            for rate, (_, rest) in without_one(agents, "".join(ahead)):
                yield rate, (agents, rest + own)

    at = stationary((0, ""), moves)
    blocked = mean(at, lambda s: len(s[1]) == PLACES)
    offered = ARRIVALS * (1 - blocked)
    joins = {
        (agents, waiting + kind): p * share / (1 - blocked)
        for (busy, waiting), p in at.items()
        for kind, share in zip(kinds, SHARES, strict=True)
        if busy == agents and len(waiting) < PLACES
    }
    in_time = 1 - sum(joins.values()) + reached_within(joins, tagged, WITHIN, lambda s: s == "answered")
    lost = sum(mean(at, lambda s, k=k: s[1].count(k)) / MEANS[int(k)] for k in kinds) / offered
    return {
        calls("blocked", over="arrived"): blocked,
        calls("service_level"): in_time,
        calls("abandonment_rate"): lost,
        calls("wait_mean_s"): 60 * mean(at, lambda s: len(s[1])) / offered,
        TEAM: offered * HANDLE * (1 - lost) / agents,
    }


def said(law: Patience, agents: int, room: float = math.inf) -> Formula:
    return Formula(
        "queue_with_patience", lambda: said_of(queue_with_patience(ARRIVALS / 60, 60 * HANDLE, law, agents, room=room))
    )


def weibull(shape: float) -> Callable[[float], float]:
    """Of scale 1 min."""
    return lambda time: math.exp(-(time**shape)) if time > 0 else 1.0


CASES = [
    Case(
        "the same patience for all",
        center(3, patience="{deterministic: 2 min}"),
        lambda: by_virtual_wait(3, lambda time: float(time < 2.0), (2.0,)),
        formula=said(Deterministic(120.0), 3),
    ),
    Case(
        "uniform patience",
        center(3, patience="{uniform: {low: 0 s, high: 4 min}}"),
        lambda: by_virtual_wait(3, lambda time: max(1 - time / 4, 0.0), ()),
        formula=said(Uniform(240.0), 3),
        long=True,
    ),
    Case(
        "Weibull patience, soon or late",
        center(3, patience="{weibull: {shape: 0.5, scale: 1 min}}"),
        lambda: by_virtual_wait(3, weibull(0.5), ()),
        formula=said(Weibull(120.0, 0.5), 3),
        long=True,
    ),
    Case(
        "Weibull patience in overload",
        center(2, patience="{weibull: {shape: 3, scale: 1 min}}"),
        lambda: by_virtual_wait(2, weibull(3.0), ()),
        formula=said(Weibull(60.0 * math.gamma(4 / 3), 3.0), 2),
        long=True,
    ),
    Case(
        "hyperexponential patience and two places",
        center(
            3,
            patience="{hyperexponential: [{share: 30%, mean: 30 s}, {share: 70%, mean: 3 min}]}",
            more=f"max_waiting: {PLACES}",
        ),
        lambda: two_kinds(3),
        formula=said(hyperexponential(SHARES, (30.0, 180.0)), 3, PLACES),
    ),
]
