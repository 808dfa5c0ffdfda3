"""
How fast Erlang C and A answer beside pyworkforce, and where the two do not agree.

    .venv/bin/pip install -e '.[benchmark]'
    .venv/bin/python benchmarks/erlang.py

Rounds alternate, so that both see the same machine; the median CPU time of each is told. Answers are compared first:
where pyworkforce answers the same question they must be equal, and where it does not, the difference is told.
pyworkforce has Erlang A from its version 0.5.2, which needs Python 3.12.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.erlang import Target, agents_for, erlang_a, erlang_c, erlang_c_at

if TYPE_CHECKING:
    from collections.abc import Callable

try:
    from pyworkforce import queuing
except ImportError:
    sys.exit("pyworkforce is not installed; install it with: pip install -e '.[benchmark]'")

ROUNDS = 5
HALF_HOUR, HANDLE_TIME, THRESHOLD, PATIENCE = 30, 3.0, 20 / 60, 2.0
"""[min], as pyworkforce counts."""
TARGET = Target(service_level=0.8, threshold=20.0)
INTERVALS = np.linspace(5.0, 600.0, 1000)
"""Calls per half-hour: 0.5 to 60 erlang."""
FEW = np.linspace(20.0, 200.0, 10)
"""For Erlang A, of which pyworkforce builds a chain for every number it tries."""


def theirs(calls: float, threshold: float = THRESHOLD) -> Any:
    return queuing.ErlangC(transactions=calls, aht=HANDLE_TIME, asa=threshold, interval=HALF_HOUR)


def theirs_a(calls: float) -> Any:
    return queuing.ErlangA(transactions=calls, aht=HANDLE_TIME, asa=THRESHOLD, interval=HALF_HOUR, patience=PATIENCE)


def required(calls: np.ndarray, **patience: float) -> np.ndarray:
    """Agents by ccsim."""
    model = erlang_a if patience else erlang_c_at
    return agents_for(TARGET, model, arrival_rate=calls / HALF_HOUR / 60, handle_time=HANDLE_TIME * 60, **patience)


def levels(calls: np.ndarray, agents: np.ndarray) -> np.ndarray:
    """Service levels by ccsim."""
    return erlang_c(calls / HALF_HOUR * HANDLE_TIME, agents, HANDLE_TIME * 60).service_level(20.0)


def compare() -> None:
    """Equal answers where the questions are equal."""
    agents = required(INTERVALS)
    same = [theirs(calls).required_positions(0.8)["raw_positions"] for calls in INTERVALS]
    reached = [theirs(calls).service_level(int(number)) for calls, number in zip(INTERVALS, agents, strict=True)]
    more = np.asarray(same) != agents
    print(f"Erlang C, 80 % in 20 s, {len(INTERVALS)} half-hours")
    print(f"  largest difference of service levels: {np.max(np.abs(levels(INTERVALS, agents) - reached)):.1e}")
    print(f"  half-hours for which pyworkforce asks for another number of agents: {more.sum()}")
    if hasattr(queuing, "ErlangA"):
        agents = required(FEW, patience=PATIENCE * 60)
        same = [theirs_a(calls).required_positions(0.8)["raw_positions"] for calls in FEW]
        print(f"Erlang A, 80 % in 20 s, {len(FEW)} half-hours")
        print(f"  half-hours for which pyworkforce asks for another number of agents: {np.sum(same != agents)}")
    else:
        print("This pyworkforce has no Erlang A.")


def disagree() -> None:
    """Where pyworkforce gives a number that is not the answer."""
    print("\nWhere the two do not agree")
    try:
        overload = f"waits with probability {theirs(100).waiting_probability(8):.3f}, more than one"
    except ValueError:
        overload = "refused, as it should be (since 0.5.2)"
    print(f"  10 erlang, 8 agents: {overload}; ccsim: unstable")
    lenient = theirs(96, 60.0).required_positions(0.05)["raw_positions"]
    own = agents_for(
        Target(service_level=0.05, threshold=3600.0), erlang_c_at, arrival_rate=96 / 1800, handle_time=180.0
    )
    print(f"  9.6 erlang, 5 % in 1 h: asks for {lenient} agents, since it begins at the load plus one; {own:.0f} do")
    if hasattr(queuing, "ErlangA"):
        queue = erlang_a(100 / 1800, 180.0, 120.0, 10)
        everybody = 60 * theirs_a(100).average_speed_of_answer(10)
        print(
            f"  10 erlang, 10 agents, patience 2 min: its speed of answer of {everybody:.1f} s counts those who "
            f"hang up; who is answered waits {queue.mean_wait_answered:.1f} s"
        )


def clocked(work: Callable[[], object]) -> float:
    """CPU time. [s]"""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def race() -> None:
    """Medians of alternating rounds."""
    huge = np.array([100_000.0 * HALF_HOUR / HANDLE_TIME * 0.995])
    agents = required(INTERVALS)
    pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        f"C: service level, {len(INTERVALS)} half-hours": (
            lambda: [theirs(x).service_level(int(n)) for x, n in zip(INTERVALS, agents, strict=True)],
            lambda: levels(INTERVALS, agents),
        ),
        f"C: agents, {len(INTERVALS)} half-hours": (
            lambda: [theirs(x).required_positions(0.8) for x in INTERVALS],
            lambda: required(INTERVALS),
        ),
        "C: service level, one half-hour": (
            lambda: theirs(100.0).service_level(14),
            lambda: levels(np.array(100.0), np.array(14.0)),
        ),
        "C: agents, one team of 100,000": (
            lambda: theirs(huge[0]).required_positions(0.8),
            lambda: required(huge),
        ),
    }
    if hasattr(queuing, "ErlangA"):
        pairs[f"A: agents, {len(FEW)} half-hours"] = (
            lambda: [theirs_a(x).required_positions(0.8) for x in FEW],
            lambda: required(FEW, patience=PATIENCE * 60),
        )
    print(f"\n{'CPU time':36} {'pyworkforce':>14} {'ccsim':>12} {'ratio':>9}")
    for name, both in pairs.items():
        rounds = [[clocked(work) for work in both] for _ in range(ROUNDS)]
        them, us = (statistics.median(column) for column in zip(*rounds, strict=True))
        print(f"{name:36} {1000 * them:11.2f} ms {1000 * us:9.2f} ms {them / us:8.3g}x")


if __name__ == "__main__":
    compare()
    disagree()
    race()
