"""The model of chat for whole tables: one floor after the other, since each is a Markov chain of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.erlang.chat import Chat, chat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Chats:
    """Stationary floors of agents with several chats each, in a flat table; NaN where one is not ``stable``."""

    floors: list[Chat]
    stable: Bools
    waiting_probability: Floats
    """Share of chats that find every slot taken. [0, 1]"""
    abandonment_probability: Floats
    """Share of chats that give up. [0, 1]"""
    mean_wait: Floats
    """Mean wait of all chats, whether answered or not. [s]"""
    mean_wait_answered: Floats
    """Mean speed of answer, of answered chats only. [s]"""
    occupancy: Floats
    """Share of time that an agent has at least one chat open. [0, 1]"""

    def service_level(self, threshold: ArrayLike, formula: str = "offered") -> Floats:
        """Share of chats answered within the threshold; of the formulas only ``offered``. [threshold in s, >= 0]"""
        if formula != "offered":
            raise ValueError(f"formula (={formula!r}) must be offered, the only one that the model of chat knows")
        seconds = np.broadcast_to(np.asarray(threshold, dtype=np.float64), len(self.floors))
        return np.array([floor.service_level(float(x)) for floor, x in zip(self.floors, seconds, strict=True)])


def chats(
    arrival_rate: ArrayLike,
    work: ArrayLike,
    agents: ArrayLike,
    patience: ArrayLike = np.inf,
    *,
    speed: Sequence[float],
) -> Chats:
    """``chat`` for every cell of a table; parameters and errors as there, ``speed`` the same for all."""
    cells = np.broadcast(*(np.asarray(x, dtype=np.float64) for x in (arrival_rate, work, agents, patience)))
    floors = [
        chat(float(rate), float(seconds), round(number), speed, float(mean)) for rate, seconds, number, mean in cells
    ]
    return Chats(
        floors,
        np.array([floor.stable for floor in floors]),
        *(
            np.array([getattr(floor, name) for floor in floors])
            for name in ("waiting_probability", "abandonment", "mean_wait", "mean_wait_answered", "occupancy")
        ),
    )
