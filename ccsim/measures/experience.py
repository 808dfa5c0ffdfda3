"""
What each customer met: whether the matter was resolved in the end, how long it took to be answered, and by whom.

A customer counts if its first visit arrived in the counted period. Without journeys every visit is a customer of its
own, and every answer resolves the matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from ccsim.log import Outcome
from ccsim.measures.contacts import is_live, waited
from ccsim.measures.customers import Customers
from ccsim.measures.tally import Ratio, sums
from ccsim.plan import TICKS_PER_SECOND

if TYPE_CHECKING:
    from ccsim.log import Log
    from ccsim.measures.contacts import Counted
    from ccsim.plan import Ints, Plan, Rows

TICKS_PER_MINUTE = 60 * TICKS_PER_SECOND
NOBODY = -1
UNANSWERED = (Outcome.ABANDONED, Outcome.BALKED, Outcome.BLOCKED, Outcome.DISCONNECTED)
"""Outcomes of who came while it was open, and was not answered."""


class End(IntEnum):
    """What a customer got in the end."""

    RESOLVED = 0
    UNRESOLVED = 1
    """Answered at some visit, and the matter stays open."""
    UNANSWERED = 2
    """Answered at no visit, and left or cut off at some."""


@dataclass(frozen=True)
class Experience:
    """
    Counted customers [N] of whom one can say what they met. Left out are those who only came outside opening hours,
    whom a campaign did not reach, and whose work is open when the run ends. Who would come again only after the end of
    the run is judged by what was until then.
    """

    cell: Rows
    """Type and planning interval of the first visit: type x intervals + interval."""
    type: Rows
    arrived: Ints
    """First visit. [ticks]"""
    end: Rows
    """``End``"""
    wait: Ints
    """Known waits of all visits to live types, added. [ticks]"""
    pool: Rows
    """Pool of the agent who answered last, or ``NOBODY``."""

    @classmethod
    def of(cls, plan: Plan, log: Log, counted: Counted) -> Experience:
        """Of the customers of a Log."""
        visits, journeys = log.visits, log.journeys
        if journeys is None:
            own, customer = counted.rows, np.arange(len(visits.type))
            cell = np.full(len(visits.type), -1, np.int32)
            cell[own] = counted.cell
            attempt, resolved = np.zeros_like(customer), visits.outcome == Outcome.ANSWERED
        else:
            customers = Customers(counted, log, journeys)
            own, customer, cell = customers.visits, journeys.customer, customers.cell
            attempt, resolved = journeys.attempt, journeys.resolved == 1
        wait, known = waited(log, own)
        known &= is_live(plan)[visits.type[own]]
        total = np.zeros(len(customer), np.int64)
        np.add.at(total, customer[own[known]], wait[known])
        end, pool = np.full(len(customer), -1, np.int8), np.full(len(customer), NOBODY)
        answered = own[visits.outcome[own] == Outcome.ANSWERED]
        answered = answered[np.argsort(attempt[answered], kind="stable")]
        end[customer[own[np.isin(visits.outcome[own], UNANSWERED)]]] = End.UNANSWERED
        end[customer[answered]] = End.UNRESOLVED
        end[customer[own[resolved[own]]]] = End.RESOLVED
        pool[customer[answered]] = visits.pool[answered]
        rows = np.flatnonzero(end >= 0)
        return cls(cell[rows], visits.type[rows], visits.arrived[rows], end[rows], total[rows], pool[rows])


def satisfaction(plan: Plan, log: Log, counted: Counted) -> dict[str, Ratio]:
    """[T, I] mean satisfaction of customers, as the file declares it."""
    if plan.satisfaction is None:
        return {}
    declared, met = plan.satisfaction, Experience.of(plan, log, counted)
    levels = {End.RESOLVED: declared.resolved, End.UNRESOLVED: declared.unresolved, End.UNANSWERED: declared.unanswered}
    usual = np.array([levels[end] for end in End])[met.end]
    factor = np.append(declared.pools, 1.0)[met.pool]
    level = np.clip((usual - declared.per_minute * (met.wait / TICKS_PER_MINUTE)) * factor, 0.0, 1.0)
    cells = counted.shape[0] * counted.shape[1]
    number = np.bincount(met.cell, minlength=cells).astype(float)
    return {
        "satisfaction_mean": Ratio(sums(met.cell, level, cells).reshape(counted.shape), number.reshape(counted.shape))
    }
