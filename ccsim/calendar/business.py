"""Business hours, on arrays of ticks alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ccsim.plan import Ints


def add_business(arrived: Ints, duration: int, begins: Ints, ends: Ints) -> Ints:
    """
    The instants at which ``duration`` of business time has passed since each arrival.

    Parameters
    ----------
    arrived
        Any instants, before, in, between or after the windows. [ticks]
    duration
        Business time to pass; a contact whose time is up with the end of a window is due then, not next morning.
        [ticks, >= 0]
    begins, ends
        Business hours, ascending and disjoint; none at all means calendar time. [ticks]

    Raises
    ------
    ValueError
        If the windows after an arrival hold less than ``duration``.
    """
    arrived = np.asarray(arrived, dtype=np.int64)
    if not len(begins):
        return arrived + duration
    passed = np.concatenate(([0], np.cumsum(ends - begins)))
    last = np.searchsorted(begins, arrived, side="right") - 1
    inside = np.minimum(arrived - begins[last], ends[last] - begins[last])
    due = np.where(last < 0, 0, passed[last] + inside) + duration
    if due.size and due.max() > passed[-1]:
        raise ValueError(f"business hours hold {passed[-1]} ticks, {due.max()} are needed")
    window = np.maximum(np.searchsorted(passed, due, side="left") - 1, 0)
    instants: Ints = np.maximum(begins[window] + due - passed[window], arrived)
    return instants
