"""Uniformization: a Markov chain over time as a Poisson number of steps of a discrete one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import gammainc

from ccsim.erlang.erlang_b import log_poisson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NEGLIGIBLE = 1e-18
"""Probability of more jumps at which the sum over their number ends."""


def evolve(matrix: Any, start: Floats, length: float) -> tuple[Floats, Floats]:
    """
    Solution of x' = ``matrix`` x after ``length``, and its integral from 0 to ``length``.

    With a transposed generator x is the distribution of a chain; with a generator (rows may lose mass) it is the
    expectation of a reward as a function of the starting state. All terms are positive, so nothing cancels; what is
    left out of the Poisson sum is below 1e-15. Source: A. Jensen, Markoff chains as an aid in the study of Markoff
    processes, 1953; W. K. Grassmann, Transient solutions in Markovian queueing systems, 1977.

    Parameters
    ----------
    matrix
        Square sparse matrix: not negative off the diagonal. [1/s]
    start
        x at time 0, not negative: one vector, or one in each column.
    length
        [s, >= 0]
    """
    from scipy.sparse import identity

    pace = float(-matrix.diagonal().min())
    if pace * length <= 0:
        return start.copy(), start * length
    jumps = pace * length
    count = np.arange(int(jumps + 9 * math.sqrt(jumps) + 40), dtype=np.float64)
    exactly = np.exp(np.concatenate([[-jumps], log_poisson(count[1:], np.full(len(count) - 1, jumps))]))
    more = gammainc(count + 1, jumps)
    enough = int(np.count_nonzero(more > NEGLIGIBLE)) + 1
    step = (identity(matrix.shape[0], format="csr") + matrix / pace).tocsr()
    after, integral, x = np.zeros_like(start), np.zeros_like(start), start
    for now, later in zip(exactly[:enough], more[:enough] / pace, strict=True):
        after += now * x
        integral += later * x
        x = step @ x
    return after, integral
