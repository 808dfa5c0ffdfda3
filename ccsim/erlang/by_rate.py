"""Formulas of a load as models of an arrival rate and of agents, which is what questions backwards are asked of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.erlang.erlang_c import ErlangC, erlang_c
from ccsim.erlang.priorities import two_priorities

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]


def erlang_c_at(arrival_rate: ArrayLike, handle_time: ArrayLike, agents: ArrayLike) -> ErlangC:
    """Erlang C as a model: ``erlang_c`` at an arrival rate [1/s] instead of a load."""
    return erlang_c(np.multiply(arrival_rate, handle_time), agents, handle_time)


def at_rate(formula: Callable[..., Any]) -> Callable[..., Any]:
    """A formula of ``load``, ``handle_time`` and more (``m_g_c``, for instance) as one of ``arrival_rate`` [1/s]."""

    def model(arrival_rate: ArrayLike, handle_time: ArrayLike, **given: Any) -> Any:
        return formula(load=np.multiply(arrival_rate, handle_time), handle_time=handle_time, **given)

    return model


@dataclass(frozen=True)
class OneClass:
    """One of two classes of calls; NaN where it is not ``stable``."""

    stable: Bools
    mean_wait: Floats
    """[s]"""
    occupancy: Floats
    """Load of both classes per agent, at most 1. [0, 1]"""


def first_class(arrival_rate: ArrayLike, handle_time: ArrayLike, agents: ArrayLike, second_load: ArrayLike) -> OneClass:
    """Calls that go first, beside a second class of a given load [erlang]: ``two_priorities`` as a model."""
    load = np.multiply(arrival_rate, handle_time)
    both = two_priorities(load, second_load, agents, handle_time)
    return OneClass(both.first_stable, both.first_mean_wait, occupancy(load, second_load, agents))


def second_class(arrival_rate: ArrayLike, handle_time: ArrayLike, agents: ArrayLike, first_load: ArrayLike) -> OneClass:
    """Calls that let a first class of a given load [erlang] pass: ``two_priorities`` as a model."""
    load = np.multiply(arrival_rate, handle_time)
    both = two_priorities(first_load, load, agents, handle_time)
    return OneClass(both.second_stable, both.second_mean_wait, occupancy(load, first_load, agents))


def occupancy(one: ArrayLike, two: ArrayLike, agents: ArrayLike) -> Floats:
    return np.asarray(np.minimum(np.divide(np.add(one, two), agents), 1.0))
