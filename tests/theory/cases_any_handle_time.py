"""One agent with any law of handle times (M/G/1), with one or two classes of calls. Minutes throughout."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy import integrate, stats

from ccsim.erlang import m_g_1, two_priorities_one_agent
from tests.theory.agreement import Case, Claim, Formula
from tests.theory.cases_shared import text
from tests.theory.cases_single import HANDLE, TEAM, WITHIN, calls, center, deterministic_system, mean_wait
from tests.theory.chains import mean, stationary

if TYPE_CHECKING:
    from collections.abc import Callable

RATE = 0.2
CV = 0.9
FIRST, SECOND = (0.15, 2.0), (0.1, 4.0)
"""Rate and mean handle time of two classes; the first is Erlang-2, the second exponential."""
PLACES = 24, 90
"""Waiting places kept of each class: longer queues have a probability below 1e-9."""


def single_agent(survival: Callable[[np.ndarray], np.ndarray]) -> dict[Claim, float]:
    """
    The distribution of the wait by its renewal equation, W(t) = (1 - load) + rate x integral of W(t - u) P(S > u) du
    (Takacs 1962), and the mean from the mean rest of a handle time in progress.
    """
    load, steps = RATE * HANDLE, 4_000
    step = WITHIN / steps
    kernel = RATE * step * survival(np.arange(steps + 1) * step)
    within = np.empty(steps + 1)
    within[0] = 1 - load
    for n in range(1, steps + 1):
        # Trapezoids; the value sought stands on both sides.
        past = within[n - 1 : 0 : -1] @ kernel[1:n] + within[0] * kernel[n] / 2
        within[n] = (1 - load + past) / (1 - kernel[0] / 2)
    rest, _ = integrate.quad(lambda time: time * float(survival(np.array(time))), 0, 1_000 * HANDLE, limit=500)
    return {
        calls("service_level"): float(within[-1]),
        calls("wait_mean_s"): 60 * RATE * rest / (1 - load),
        TEAM: load,
    }


def lognormal(times: np.ndarray) -> np.ndarray:
    sigma = math.sqrt(math.log(1 + CV**2))
    return np.asarray(stats.lognorm(sigma, scale=HANDLE * math.exp(-(sigma**2) / 2)).sf(times))


def two_classes() -> dict[Claim, float]:
    """State (what the agent does, first and second waiting): the first class has two stages, then comes the second."""
    (first, one), (second, two) = FIRST, SECOND

    def next_call(a: int, b: int):
        if a:
            return "first stage", a - 1, b
        return ("second class", 0, b - 1) if b else ("idle", 0, 0)

    def moves(state: tuple[str, int, int]):
        work, a, b = state
        if work == "idle":
            yield first, ("first stage", 0, 0)
            yield second, ("second class", 0, 0)
            return
        if a < PLACES[0]:
            yield first, (work, a + 1, b)
        if b < PLACES[1]:
            yield second, (work, a, b + 1)
        if work == "first stage":
            yield 2 / one, ("last stage", a, b)
        else:
            yield 2 / one if work == "last stage" else 1 / two, next_call(a, b)

    at = stationary(("idle", 0, 0), moves)
    return {
        Claim("first", "wait_mean_s"): 60 * mean(at, lambda s: s[1]) / first,
        Claim("second", "wait_mean_s"): 60 * mean(at, lambda s: s[2]) / second,
        TEAM: mean(at, lambda s: s[0] != "idle"),
    }


def said_of_two_classes() -> dict[Claim, float]:
    (first, one), (second, two) = FIRST, SECOND
    queue = two_priorities_one_agent(first * one, second * two, 60 * one, 60 * two, math.sqrt(0.5), 1.0)
    return {
        Claim("first", "wait_mean_s"): float(queue.first_mean_wait),
        Claim("second", "wait_mean_s"): float(queue.second_mean_wait),
    }


def said(cv: float) -> Formula:
    return Formula("m_g_1", lambda: mean_wait(m_g_1(RATE * HANDLE, 60 * HANDLE, cv)))


def phone(rate: float, handle_time: str) -> str:
    return (
        f"{{channel: phone, demand: {{rate: {rate:g} per min}}, handle_time: {handle_time}, patience: endless, "
        "service_level: 80% in 20 s}"
    )


CASES = [
    Case(
        "M/G/1 with lognormal handle times",
        center(1, rate=RATE, work=f"handle_time: {{lognormal: {{mean: {HANDLE:g} min, cv: {CV:g}}}}}", days=4),
        lambda: single_agent(lognormal),
        formula=said(CV),
        long=True,
    ),
    Case(
        "M/D/1",
        center(1, rate=RATE, work=f"handle_time: {{deterministic: {HANDLE:g} min}}", days=4),
        lambda: deterministic_system(RATE, 1),
        formula=said(0.0),
    ),
    Case(
        "two priorities of one agent, handle times of different laws",
        text(
            {
                "first": phone(FIRST[0], f"{{erlang: {{stages: 2, mean: {FIRST[1]:g} min}}}}"),
                "second": phone(SECOND[0], f"{{exponential: {SECOND[1]:g} min}}"),
            },
            {"team": "handles: {first: {priority: 2}, second: {priority: 1}}, staffing: 1"},
            days=4,
        ),
        two_classes,
        formula=Formula("two_priorities_one_agent", said_of_two_classes),
        long=True,
    ),
]
