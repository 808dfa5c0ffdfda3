"""Streams of uniforms, each known by what it is for and never by its position (rule 3)."""

from __future__ import annotations

from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.random import Generator, Philox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccsim.plan import Floats, Ints

SMALLEST = 2.0**-54
"""Stands for a drawn 0, so that every uniform lies in the open interval (0, 1)."""


class Streams:
    """
    The streams of one replication.

    A stream is named by its purpose ("patience"), the stream key of a type, line or group, and a local date. The name
    is hashed to the key of the counter-based generator Philox, so streams are independent, and whoever draws more
    from one of them gets the same beginning.
    """

    def __init__(self, seed: int, replication: int) -> None:
        self.prefix = f"{seed} {replication}"
        self.philox = Philox(key=0)
        self.generator = Generator(self.philox)
        # Setting the key of one generator costs a third of making a new one, and a replication has thousands of
        # streams.
        self.state: Any = self.philox.state

    def uniforms(self, purpose: str, key: str, date: int, size: int) -> Floats:
        """The first ``size`` uniforms of a stream, in (0, 1)."""
        # The key stands last and neither purpose nor numbers hold line breaks: no two names read alike.
        name = f"{self.prefix}\n{purpose}\n{date}\n{key}"
        self.state["state"]["key"] = np.frombuffer(blake2b(name.encode(), digest_size=16).digest(), dtype="<u8")
        self.philox.state = self.state
        return np.maximum(self.generator.random(size), SMALLEST)

    def by_date(self, purpose: str, key: str, dates: Iterable[int], sizes: Iterable[int]) -> Floats:
        """The first uniforms of each date's stream, date after date: ``sizes[i]`` of ``dates[i]``."""
        days = [self.uniforms(purpose, key, date, size) for date, size in zip(dates, sizes, strict=True) if size]
        return np.concatenate(days) if days else np.empty(0)

    def picked(self, purpose: str, key: str, dates: Ints, n: Ints) -> Floats:
        """The n-th uniform of each date's stream, counted from 0: ``n[i]`` of ``dates[i]``; equal dates in a row."""
        cuts = np.concatenate([[0], np.flatnonzero(np.diff(dates)) + 1, [len(dates)]]).tolist()
        found = np.empty(len(dates))
        for first, end in pairwise(cuts) if len(dates) else ():
            wanted = n[first:end]
            found[first:end] = self.uniforms(purpose, key, int(dates[first]), int(wanted.max()) + 1)[wanted]
        return found
