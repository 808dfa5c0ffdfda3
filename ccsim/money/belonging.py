"""
Whose visit it is, and since when its clock runs: which visits count for a contract's service levels.

A provider could take a visit from the first instant at which some routing step to one of its pools was in force and its
``after`` over; pools that must be awake or asleep are so by plan. Whether agents had room, or were kept free, does not
matter.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.log import Outcome
from ccsim.measures.contacts import is_deferred
from ccsim.measures.coverage import ALWAYS, in_force
from ccsim.measures.level import LONGEST
from ccsim.measures.planned import planned_levels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccsim.log import Log
    from ccsim.measures.contacts import Counted
    from ccsim.measures.level import Level
    from ccsim.plan import Bools, Ints, Plan, Rows
    from ccsim.terms import Belongs, Clock

NEVER = LONGEST
NOBODY = -1


class Claim(NamedTuple):
    """The counted visits [N] that belong to some pools, and the instants from which their waits count. [ticks]"""

    own: Bools
    since: Ints


class Belonging:
    """Answers for the counted visits of a Log, contract by contract."""

    def __init__(self, plan: Plan, log: Log, counted: Counted) -> None:
        self.plan, self.log, self.counted = plan, log, counted
        self._claims: dict[tuple[tuple[int, ...], Belongs, Clock], Claim] = {}
        rows = counted.rows
        started, left = log.visits.started[rows], log.visits.left[rows]
        live = ~is_deferred(plan)[counted.type]
        self.answered = (counted.outcome == Outcome.ANSWERED) | (live & (started >= 0))
        """Somebody picked up, even if an outage then cut the customer off; deferred work: completed."""
        self.until = np.where(started >= 0, started, np.where(left >= 0, left, log.stopped))
        """Until then somebody else could take the visit: its first start, else the customer's leaving. [ticks]"""

    def claim(self, pools: tuple[int, ...], belongs: Belongs, clock: Clock) -> Claim:
        """
        What counts for a contract with these pools.

        ``answered by``: visits answered by these pools, and unanswered ones if the first pool in the list of their type
        that could take them is one of these. So a visit belongs to one provider, or to nobody.

        ``offered to``: all visits that these pools answered, or could take while they waited, whoever took them in the
        end. So a visit may belong to several providers, and what goes elsewhere after a long wait counts here, too.
        """
        if (pools, belongs, clock) not in self._claims:
            own = np.isin(np.arange(len(self.plan.pools.name)), pools)
            self._claims[pools, belongs, clock] = self._claim(own, belongs, clock)
        return self._claims[pools, belongs, clock]

    def _claim(self, pools: Bools, belongs: Belongs, clock: Clock) -> Claim:
        offered = self.offered(pools)
        by_these = self.answered & pools[self.answered_by]
        if belongs == "answered by":
            first = self.first_asked
            own = by_these | (~self.answered & (first != NOBODY) & pools[first])
        else:
            own = by_these | np.where(self.answered, offered < self.until, offered <= self.until)
        since = self.counted.arrived if clock == "from arrival" else np.minimum(offered, self.until)
        return Claim(own, since)

    @cached_property
    def answered_by(self) -> Rows:
        """
        [N] pool of the agent who answered: who picked up, of deferred work who completed it.

        They differ only for live visits that were put back by an outage. Of unanswered visits this means nothing.
        """
        plan, log, rows = self.plan, self.log, self.counted.rows
        if log.outages is None:
            return log.visits.pool[rows]
        pool, segments = log.visits.pool.copy(), log.segments
        picks_up = ~is_deferred(plan)[log.visits.type[segments.visit]]
        first = picks_up & (segments.start == log.visits.started[segments.visit])
        pool[segments.visit[first]] = plan.agents.pool[segments.agent[first]]
        return pool[rows]

    @cached_property
    def first_asked(self) -> Ints:
        """[N] the first pool in the list of each visit's type that could take it before it was over, or ``NOBODY``."""
        found = np.full(len(self.until), NOBODY)
        for visits, steps in self._queues():
            for step in reversed(steps):
                could = self._offered(visits, step) <= self.until[visits]
                found[visits[could]] = self.plan.routing.pool[step]
        return found

    def offered(self, pools: Bools) -> Ints:
        """[N] the first instant at which one of these pools could take each visit, or ``NEVER``. [ticks]"""
        first = np.full(len(self.until), NEVER)
        for visits, steps in self._queues():
            for step in steps:
                if pools[self.plan.routing.pool[step]]:
                    first[visits] = np.minimum(first[visits], self._offered(visits, step))
        return first

    def _offered(self, visits: Ints, step: int) -> Ints:
        """When the pool of a routing step could first take these visits."""
        return self._in_force[step].first_from(self.counted.arrived[visits] + self.plan.routing.after[step])

    def _queues(self) -> Iterator[tuple[Ints, Sequence[int]]]:
        """The counted visits of each type, or of each of its lanes, with the steps of its list."""
        routing, lanes = self.plan.routing, self.log.lane
        lane = np.zeros(len(self.until), np.int8) if lanes is None else lanes[self.counted.rows]
        for type_, first in enumerate(routing.offset[:-1].tolist()):
            steps = range(first, routing.offset[type_ + 1])
            for number in sorted({int(routing.lane[step]) for step in steps}):
                visits = np.flatnonzero((self.counted.type == type_) & (lane == number))
                yield visits, [step for step in steps if routing.lane[step] == number]

    @cached_property
    def _in_force(self) -> list[Level]:
        """When each routing step is in force, by plan."""
        plan, routing = self.plan, self.plan.routing
        asks = bool(np.any((routing.awake >= 0) | (routing.asleep >= 0)))
        on_duty = planned_levels(plan) if asks else [ALWAYS] * len(plan.pools.name)
        return [in_force(plan, step, on_duty) for step in range(len(routing.pool))]
