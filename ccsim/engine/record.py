"""What happened, noted while it happens and put in order once at the end."""

from __future__ import annotations

from array import array
from struct import Struct
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.engine.trail import Calls, Trail
from ccsim.log import Downtime, Log, LoggedHires, LoggedOutages, LoggedSpells, LoggedVisits, Outcome, Segments, Why
from ccsim.plan import Channel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ccsim.engine.agents import Agent
    from ccsim.engine.contacts import Contact
    from ccsim.plan import Ints, Plan, Rows
    from ccsim.workload import Outages, Workload

    Columns = dict[str, NDArray[Any]]

SEGMENT = np.dtype(
    [("visit", "<i4"), ("agent", "<i4"), ("spell", "<i4"), ("start", "<i8"), ("end", "<i8"), ("why", "i1")]
)
pack = Struct("<iiiqqb").pack
COMPLETE = (Why.DONE, Why.WRAPPED_UP, Why.TRANSFERRED, Why.HOLDING)
"""With such a stretch, if it is the last one, all work on a visit is done."""


class Record:
    """
    The Log in the making. Segments are noted when they end; what they tell of a visit is not noted twice.

    Of the Workload only those columns are kept that the Log shows.
    """

    def __init__(self, plan: Plan, workload: Workload) -> None:
        self.plan = plan
        visits, spells = workload.visits, workload.spells
        self.type, self.number, self.arrived, self.due = visits.type, visits.number, visits.arrived, visits.due
        self.spells, self.outages, self.hires = spells, workload.outages, workload.hires
        self.outcome = array("b", [Outcome.OPEN]) * len(visits.type)
        self.left = array("q", [-1]) * len(visits.type)
        self.segments = bytearray()
        """Rows of ``SEGMENT``: 29 bytes each, and twice as fast to write as an array of whole numbers."""
        self.spell_agent = spells.agent.tolist()
        self.planned_from = spells.begins.tolist()
        self.planned_to = spells.ends.tolist()
        self.sent_home = [False] * len(spells.agent)
        self.begins = [-1] * len(spells.agent)
        self.ends = [-1] * len(spells.agent)
        self.block_from = [-1] * len(spells.block_due)
        self.block_to = [-1] * len(spells.block_due)
        self.downtime: list[tuple[int, int, int, int]] = []
        """(agent, spell, begin, end)"""
        self.trail: Trail | None = None
        if plan.moves is not None and workload.journeys is not None:
            self.trail = Trail(workload.journeys, plan.moves)
        self.calls = None if workload.dialed is None else Calls(len(visits.type))
        self.lane = None if plan.lanes is None else array("b", [0]) * len(visits.type)

    def stretch(self, contact: Contact, agent: Agent, why: Why, now: int) -> None:
        """A stretch of work ends, and another one of the same agent on the same contact begins."""
        self.segments += pack(contact.row, agent.number, agent.spell, contact.since, now, why)

    def unserved(self, row: int, outcome: Outcome, now: int) -> None:
        """The customer leaves, or is turned away, without an answer."""
        self.outcome[row] = outcome
        self.left[row] = now

    def allocated(self, contact: Contact) -> None:
        """The contact is given to one of the lanes of its type."""
        if self.lane is not None:
            self.lane[contact.row] = contact.type.lanes.index(contact.type)

    def log(self, stopped: int) -> Log:
        """The Log, sorted as it should be."""
        worked = self._worked()
        shown: Rows | slice = slice(None)
        if self.trail is not None:
            shown = self.trail.rows
            worked["visit"] = self.trail.places()[worked["visit"]]
        visits = self._visits(shown, worked)
        order = in_order(worked["start"], worked["agent"], worked["visit"])
        return Log(
            stopped=stopped,
            visits=visits,
            segments=Segments(**{name: worked.pop(name)[order] for name in list(worked)}),
            spells=self._spells(),
            journeys=None if self.trail is None else self.trail.logged(),
            calls=None if self.calls is None else self.calls.logged(shown),
            downtime=None if self.outages is None else self._downtime(),
            outages=None if self.outages is None else self._outages(self.outages, stopped),
            hires=None if self.hires is None else LoggedHires(self.hires.agent, self.hires.date),
            lane=None if self.lane is None else np.asarray(self.lane)[shown],
        )

    def _worked(self) -> Columns:
        """Columns of segments in the order in which they ended. The rows noted are given up, as large as they are."""
        rows = np.frombuffer(self.segments, dtype=SEGMENT)
        columns = {name: rows[name].copy() for name in SEGMENT.names or ()}
        del rows
        self.segments.clear()
        return columns

    def _visits(self, shown: Rows | slice, worked: Columns) -> LoggedVisits:
        """
        Visits as the rows of the Workload that are shown. Segments of one visit come in the order in which they were
        worked.
        """
        plan, trail = self.plan, self.trail
        visit, agent, start, end, why = (worked[name] for name in ("visit", "agent", "start", "end", "why"))
        type, left = self.type[shown], np.asarray(self.left)[shown]
        outcome = np.array(self.outcome)[shown]
        started, ended = (np.full(len(type), -1, dtype=np.int64) for _ in range(2))
        last_agent, pool = (np.full(len(type), -1, dtype=np.int32) for _ in range(2))
        started[visit[::-1]] = start[::-1]
        if self.calls is not None and plan.dialing is not None:
            self.calls.answer(started, plan.dialing.is_campaign[type], shown)
        last_agent[visit] = agent
        deferred = np.isin(plan.types.channel, (Channel.EMAIL, Channel.BACK_OFFICE))[type]
        talked = (left >= 0) & (outcome == Outcome.OPEN) & ~deferred
        wrap_up_dropped = (why == Why.OUTAGE) & talked[visit] & (left[visit] <= end)
        ended[visit] = np.where(np.isin(why, COMPLETE) | wrap_up_dropped, end, -1)
        left = np.where(left >= 0, left, ended)
        answered = (outcome == Outcome.OPEN) & np.where(deferred, left >= 0, started >= 0)
        outcome[answered] = Outcome.ANSWERED
        pool[visit] = plan.agents.pool[agent]
        return LoggedVisits(
            type=type,
            number=self.number[shown],
            arrived=self.arrived if trail is None else trail.whole(self.arrived, trail.arrived),
            due=self.due if trail is None else trail.whole(self.due, trail.due),
            outcome=outcome,
            started=started,
            left=left,
            ended=ended,
            pool=pool,
            agent=last_agent,
        )

    def _spells(self) -> LoggedSpells:
        spells = self.spells
        return LoggedSpells(
            agent=_ints(self.spell_agent),
            planned_from=_ints(self.planned_from),
            planned_to=_ints(self.planned_to),
            begins=_ints(self.begins),
            ends=_ints(self.ends),
            absent=spells.absent,
            kind=spells.kind,
            sent_home=np.array(self.sent_home, dtype=np.bool_),
            block_offset=spells.block_offset,
            block_from=_ints(self.block_from),
            block_to=_ints(self.block_to),
            block_paid=spells.block_paid,
            block_kind=spells.block_kind,
            tenure=spells.tenure,
        )

    def _downtime(self) -> Downtime:
        rows = sorted(self.downtime, key=lambda row: (row[2], row[0]))
        return Downtime(*(_ints([row[column] for row in rows]) for column in range(4)))

    def _outages(self, drawn: Outages, stopped: int) -> LoggedOutages:
        begun = drawn.begins < stopped
        return LoggedOutages(drawn.begins[begun], drawn.ends[begun], drawn.pools[begun], drawn.types[begun])


def in_order(start: Ints, agent: Rows, visit: Rows) -> Ints:
    """Rows by (start, agent, visit): sorted by start, then among the few that start at one instant."""
    order = np.argsort(start, kind="stable")
    same = np.diff(start[order]) == 0
    tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
    rows = order[tied]
    order[tied] = rows[np.lexsort((visit[rows], agent[rows], start[rows]))]
    return order


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)
