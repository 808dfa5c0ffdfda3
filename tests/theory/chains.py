"""
Exact answers for small centers, as continuous-time Markov chains solved numerically.

A chain is a function ``moves(state)`` that yields ``(rate, next_state)``; states are hashable. Rates are per second.
Nothing here knows ccsim: these are the references that the simulation is held against.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

import numpy as np
from scipy.sparse import bmat, coo_matrix, csr_matrix, identity
from scipy.sparse.linalg import expm_multiply, spsolve

State = Hashable
Moves = Callable[[State], Iterable[tuple[float, State]]]


def explore(starts: Iterable[State], moves: Moves) -> tuple[list[State], csr_matrix]:
    """All states reachable from ``starts`` and the generator over them (rows sum to 0)."""
    index: dict[State, int] = {}
    for state in starts:
        index.setdefault(state, len(index))
    states = list(index)
    rows, columns, rates = [], [], []
    for row, state in enumerate(states):  # grows while it is walked
        for rate, following in moves(state):
            if rate <= 0:
                continue
            if following not in index:
                index[following] = len(states)
                states.append(following)
            rows += [row, row]
            columns += [index[following], row]
            rates += [rate, -rate]
    size = len(states)
    return states, coo_matrix((rates, (rows, columns)), shape=(size, size)).tocsr()


def stationary(start: State, moves: Moves) -> dict[State, float]:
    """Stationary distribution of the chain reachable from ``start`` (irreducible, finite)."""
    states, generator = explore([start], moves)
    size = len(states)
    balance = generator.T.tolil()
    balance[0, :] = 1.0
    right = np.zeros(size)
    right[0] = 1.0
    probabilities = spsolve(balance.tocsc(), right)
    assert probabilities.min() > -1e-9
    return dict(zip(states, probabilities, strict=True))


def mean(distribution: dict[State, float], value: Callable[[State], float]) -> float:
    """Expectation of ``value`` over a distribution of states."""
    return sum(p * value(state) for state, p in distribution.items())


def reached_within(start: dict[State, float], moves: Moves, time: float, done: Callable[[State], bool]) -> float:
    """Probability that a chain started from ``start`` is in a ``done`` state at ``time`` (make those absorbing)."""
    states, generator = explore(start, moves)
    initial = np.array([start.get(state, 0.0) for state in states])
    final = expm_multiply(generator.T.tocsc() * time, initial)
    return float(sum(p for state, p in zip(states, final, strict=True) if done(state)))


def transient(start: dict[State, float], moves: Moves, length: float) -> tuple[dict[State, float], dict[State, float]]:
    """
    Distribution after ``length`` seconds, and time spent in each state meanwhile divided by ``length``.

    The integral of the distribution is a second block of the same linear system (Van Loan 1978).
    """
    states, generator = explore(start, moves)
    size = len(states)
    system = bmat([[generator.T, None], [identity(size), coo_matrix((size, size))]]).tocsc()
    initial = np.array([start.get(state, 0.0) for state in states] + [0.0] * size)
    final = expm_multiply(system * length, initial)
    after = dict(zip(states, final[:size], strict=True))
    share = dict(zip(states, final[size:] / length, strict=True))
    return after, share


def erlang_b(servers: int, load: float) -> float:
    """Blocking probability of M/M/c/c, by the usual recursion."""
    inverse = 1.0
    for n in range(1, servers + 1):
        inverse = 1.0 + inverse * n / load
    return 1.0 / inverse


def erlang_c(servers: int, load: float) -> float:
    """Waiting probability of M/M/c; load < servers."""
    blocking = erlang_b(servers, load)
    return blocking / (1.0 - load / servers * (1.0 - blocking))
