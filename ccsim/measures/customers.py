"""
Customers, who come once or more often: what they got in the end, how often they came, and what it took (rule 13).

A customer counts if its first visit arrived in the counted period, and belongs to the type and planning interval of
that visit, whatever became of it later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.log import Outcome
from ccsim.measures.contacts import waited
from ccsim.measures.tally import Ratio, sums
from ccsim.plan import TICKS_PER_SECOND, Cause

if TYPE_CHECKING:
    from ccsim.log import Log, LoggedJourneys
    from ccsim.measures.contacts import Counted
    from ccsim.plan import Bools, Floats, Rows

CAUSES = {
    "first_visits": Cause.FIRST,
    "retrials": Cause.RETRIAL,
    "recontacts": Cause.RECONTACT,
    "transfers_in": Cause.TRANSFER,
}


def customers(counted: Counted, log: Log) -> dict[str, Floats | Ratio]:
    """Of the customers of each type and interval, [T, I]."""
    if log.journeys is None:
        return {}
    own = Customers(counted, log, log.journeys)
    visits, journeys = log.visits, log.journeys
    answered = visits.outcome == Outcome.ANSWERED
    wait, known = waited(log, own.visits)
    seconds = (log.segments.end - log.segments.start) / TICKS_PER_SECOND
    everybody, served = own.having(np.ones(len(answered), bool)), own.having(answered)
    resolved = own.having(journeys.resolved == 1)
    at_once = resolved & ~own.having(journeys.cause == Cause.RECONTACT)
    number, done = own.number(everybody), own.number(resolved)
    return {
        "customers": number,
        "customers_cut_off": own.number(own.cut_off),
        "first_attempt_success": Ratio(own.number(own.having(answered & (journeys.attempt == 0))), number),
        "eventual_success": Ratio(own.number(served), number),
        "resolution_rate": Ratio(done, number),
        "first_contact_resolution": Ratio(own.number(at_once), own.number(served)),
        "visits_per_customer": Ratio(own.total(own.visits, np.ones(len(own.visits))), number),
        "contacts_per_resolution": Ratio(own.total(own.visits, answered[own.visits].astype(float)), done),
        "total_wait_mean_s": Ratio(own.total(own.visits, np.where(known, wait, 0) / TICKS_PER_SECOND), number),
        "handle_time_per_resolution_s": Ratio(own.total(log.segments.visit, seconds), done),
    }


class Customers:
    """The counted customers of a Log; each is known by the row of its first visit."""

    def __init__(self, counted: Counted, log: Log, journeys: LoggedJourneys) -> None:
        self.shape = counted.shape
        self.customer = journeys.customer
        first = journeys.attempt[counted.rows] == 0
        self.cell = np.full(len(self.customer), -1, np.int32)
        """By row of a first visit its type and interval; -1 for customers who do not count."""
        self.cell[counted.rows[first]] = counted.cell[first]
        came, counts = log.visits.arrived < log.stopped, self.cell[self.customer] >= 0
        self.visits = np.flatnonzero(counts & came).astype(np.int32)
        """Rows of all their visits up to the end of the run."""
        self.cut_off = np.zeros(len(self.customer), bool)
        """By row of a first visit: a customer who counts and would come again only after the end of the run."""
        self.cut_off[self.customer[counts & ~came]] = True

    def having(self, which: Bools) -> Bools:
        """By row of a first visit: a customer who counts and has such a visit."""
        has = np.zeros(len(self.customer), bool)
        rows = self.visits[which[self.visits]]
        has[self.customer[rows]] = True
        return has

    def number(self, which: Bools) -> Floats:
        """[T, I] how many of these customers."""
        cells = self.shape[0] * self.shape[1]
        return np.bincount(self.cell[which], minlength=cells).reshape(self.shape).astype(float)

    def total(self, visit: Rows, amounts: Floats) -> Floats:
        """[T, I] sum of amounts that belong to visits, those of customers who do not count left out."""
        cell = self.cell[self.customer[visit]]
        own = cell >= 0
        return sums(cell[own], amounts[own], self.shape[0] * self.shape[1]).reshape(self.shape)


def causes(counted: Counted, log: Log) -> dict[str, Floats]:
    """[T, I] counted visits by what brought them, and those that went on to another type."""
    journeys = log.journeys
    if journeys is None:
        return {}
    cause = journeys.cause[counted.rows]
    return {name: counted.number(cause == one) for name, one in CAUSES.items()} | {
        "transferred": counted.number(went_on(journeys)[counted.rows])
    }


def went_on(journeys: LoggedJourneys) -> Bools:
    """Visits that were passed on to another type."""
    follows = journeys.next
    return np.asarray((follows >= 0) & (journeys.cause[follows] == Cause.TRANSFER))


def handled(counted: Counted, log: Log) -> tuple[dict[str, Ratio], dict[str, Ratio]]:
    """What became of answered visits: resolved, passed on; [T, I], and [P] by the pool that had them last."""
    types, pools = counted.shape[0] * counted.shape[1], len(counted.plan.pools.name)
    if log.journeys is None:
        return {}, {}
    resolved = log.journeys.resolved[counted.rows]
    passed_on = went_on(log.journeys)[counted.rows]
    answered = counted.outcome == Outcome.ANSWERED

    def by(row: Rows, rows: int) -> dict[str, Ratio]:
        def number(which: Bools) -> Floats:
            return np.bincount(row[which], minlength=rows).astype(float)

        return {
            "resolved_share": Ratio(number(resolved == 1), number(resolved >= 0)),
            "transfer_rate": Ratio(number(passed_on), number(answered)),
        }

    of_types = {
        name: Ratio(*(part.reshape(counted.shape) for part in ratio)) for name, ratio in by(counted.cell, types).items()
    }
    return of_types, by(np.where(answered, counted.pool, 0), pools)
