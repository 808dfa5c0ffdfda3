"""
First come, first served across types whose work differs: the order of the queue matters, so it is part of the state.

Waiting places are limited, which keeps the chain finite without cutting anything off. Minutes throughout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.theory.agreement import Case, Claim
from tests.theory.cases_shared import occupancy, text
from tests.theory.chains import State, mean, stationary

if TYPE_CHECKING:
    from collections.abc import Iterator

RATE = {"a": 0.7, "b": 0.4}
HANDLE = {"a": 2.0, "b": 4.0}
PLACES = 3
TYPES = {
    name: f"{{channel: phone, demand: {{rate: {RATE[name]:g} per min}}, "
    f"handle_time: {{exponential: {HANDLE[name]:g} min}}, patience: endless, "
    f"max_waiting: {PLACES}, service_level: 80% in 20 s}}"
    for name in "ab"
}


def claims(at: dict[State, float], pools: dict[str, float]) -> dict[Claim, float]:
    """``at`` is the distribution of (.., waiting), where waiting spells the types in the order of their arrival."""
    found = {occupancy(pool): share for pool, share in pools.items()}
    for name in "ab":
        blocked = mean(at, lambda s, name=name: s[-1].count(name) == PLACES)
        queue = mean(at, lambda s, name=name: s[-1].count(name))
        found[Claim(name, "blocked", over="arrived")] = blocked
        found[Claim(name, "wait_mean_s")] = 60 * queue / (RATE[name] * (1 - blocked))
    return found


def joins(waiting: str, name: str) -> Iterator[str]:
    """The queue after an arrival, unless it is blocked."""
    if waiting.count(name) < PLACES:
        yield waiting + name


def one_team(agents: int) -> dict[Claim, float]:
    """State (agents with a, agents with b, waiting): a free agent takes whoever has waited longest."""

    def moves(s: tuple[int, int, str]):
        a, b, waiting = s
        for name, more in (("a", (1, 0)), ("b", (0, 1))):
            if a + b < agents:
                yield RATE[name], (a + more[0], b + more[1], "")
            else:
                for longer in joins(waiting, name):
                    yield RATE[name], (a, b, longer)
        for name, rest in (("a", (a - 1, b)), ("b", (a, b - 1))):
            pace = (a if name == "a" else b) / HANDLE[name]
            following = waiting[:1]
            yield pace, (rest[0] + (following == "a"), rest[1] + (following == "b"), waiting[1:])

    at = stationary((0, 0, ""), moves)
    return claims(at, {"team": mean(at, lambda s: (s[0] + s[1]) / agents)})


def special_and_general(special: int, general: int) -> dict[Claim, float]:
    """
    N-model: a goes to a special pool, at once to a general one when that is full; b to the general one alone.

    State (a in special, a in general, b in general, waiting). The general pool takes whoever has waited longest, the
    special one the a who has.
    """

    def general_takes(a1: int, a2: int, b2: int, waiting: str) -> State:
        following = waiting[:1]
        return a1, a2 + (following == "a"), b2 + (following == "b"), waiting[1:]

    def moves(s: tuple[int, int, int, str]):
        a1, a2, b2, waiting = s
        room = a2 + b2 < general
        if a1 < special:
            yield RATE["a"], (a1 + 1, a2, b2, waiting)
        elif room:
            yield RATE["a"], (a1, a2 + 1, b2, waiting)
        else:
            for longer in joins(waiting, "a"):
                yield RATE["a"], (a1, a2, b2, longer)
        if room:
            yield RATE["b"], (a1, a2, b2 + 1, waiting)
        else:
            for longer in joins(waiting, "b"):
                yield RATE["b"], (a1, a2, b2, longer)
        if "a" in waiting:
            yield a1 / HANDLE["a"], (a1, a2, b2, waiting.replace("a", "", 1))
        else:
            yield a1 / HANDLE["a"], (a1 - 1, a2, b2, waiting)
        yield a2 / HANDLE["a"], general_takes(a1, a2 - 1, b2, waiting)
        yield b2 / HANDLE["b"], general_takes(a1, a2, b2 - 1, waiting)

    at = stationary((0, 0, 0, ""), moves)
    return claims(
        at,
        {
            "special": mean(at, lambda s: s[0]) / max(special, 1),
            "general": mean(at, lambda s: (s[1] + s[2]) / general),
        },
    )


CASES = [
    Case(
        "V-model, longest waiting",
        text(TYPES, {"team": "handles: {a: {}, b: {}}, staffing: 3"}),
        lambda: one_team(3),
        replications=80,
        long=True,
    ),
    Case(
        "N-model, longest waiting",
        text(
            TYPES,
            {"special": "handles: {a: {}}, staffing: 1", "general": "handles: {a: {}, b: {}}, staffing: 2"},
            "routing: {a: [special, general], b: [general]}\n",
        ),
        lambda: special_and_general(1, 2),
        replications=80,
    ),
]
