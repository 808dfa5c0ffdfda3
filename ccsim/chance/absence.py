"""Who is absent on which dates: drawn anew for every date, or ill for several working dates in a row (rule 9)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ccsim.chance.stretches import by_seat

if TYPE_CHECKING:
    from ccsim.chance.streams import Streams
    from ccsim.chance.stretches import Stretches
    from ccsim.plan import Bools, Floats, Ints, Plan


def with_absence(plan: Plan, streams: Streams, planned: Stretches) -> Stretches:
    """The same stretches with those who are absent, drawn per agent and local date, for all stretches of that date."""
    share = plan.shrinkage.absence[planned.line]
    rows = np.flatnonzero(share > 0)
    uniform = by_seat(streams, "absence", plan, planned, rows)
    absent = np.zeros(len(planned.agent), np.bool_)
    absent[rows] = uniform < share[rows]
    if plan.attendance is not None:
        lasts = plan.attendance.absence_lasts[planned.line[rows]]
        long = lasts > 1
        absent[rows[long]] = lasting(planned, rows[long], uniform[long], share[rows[long]], lasts[long])
    return replace(planned, absent=absent)


def lasting(planned: Stretches, rows: Ints, uniform: Floats, share: Floats, lasts: Floats) -> Bools:
    """
    Absence that goes on from one working date of a seat to its next with probability 1 - 1 / ``lasts``.

    A Markov chain over the dates on which the seat has a shift, stationary from the first on: who is at work falls ill
    with probability share / (lasts x (1 - share)), so that in the long run this share of dates is missed.
    """
    if not len(rows):
        return np.empty(0, np.bool_)
    agent, date = planned.agent[rows], planned.date[rows]
    new_agent = np.concatenate([[True], agent[1:] != agent[:-1]])
    first = np.flatnonzero(new_agent | np.concatenate([[True], date[1:] != date[:-1]]))
    number = np.arange(len(first))
    nth = number - np.maximum.accumulate(np.where(new_agent[first], number, 0))
    stays, falls = 1 - 1 / lasts[first], share[first] / (lasts[first] * (1 - share[first]))
    drawn = uniform[first]
    ill = drawn < share[first]
    by_nth = np.argsort(nth, kind="stable")
    for now in np.split(by_nth, np.cumsum(np.bincount(nth))[:-1])[1:]:
        ill[now] = drawn[now] < np.where(ill[now - 1], stays[now], falls[now])
    return np.repeat(ill, np.diff(np.append(first, len(rows))))
