"""What happened: visits, segments of work, agents' spells; nothing else. Conventions as in ``plan``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.plan import Bools, Floats, Ints, Rows


class Outcome(IntEnum):
    """How a visit ended; each ends in exactly one way (rule 12). ``OPEN``: unfinished at the end of the run."""

    OPEN = 0
    ANSWERED = 1
    ABANDONED = 2
    BALKED = 3
    BLOCKED = 4
    CLOSED = 5
    DISCONNECTED = 6
    UNREACHED = 7


class Why(IntEnum):
    """Why a segment of work ended; ``CUT``: the simulation ended first."""

    DONE = 0
    WRAPPED_UP = 1
    INTERRUPTED = 2
    HANDED_OVER = 3
    PAUSED = 4
    CUT = 5
    TRANSFERRED = 6
    """The contact went on; a warm transfer holds before (``HOLDING``)."""
    HOLDING = 7
    """Ended a stretch in which the agent held for the next one to answer."""
    DIALED = 8
    """The customer was called and not reached."""
    OUTAGE = 9
    """Cut by an outage."""


@dataclass(frozen=True)
class LoggedVisits:
    """
    Row i is row i of ``workload.Visits`` for all first visits; further visits follow in the order of their rows there,
    those that did not take place left out. ``type`` and ``number`` are those of the Workload (of a further visit the
    number of its customer's first). Times are -1 if they did not happen; rows that the run did not reach are open,
    without times.
    """

    type: Rows
    number: Ints
    arrived: Ints
    due: Ints
    outcome: Rows
    started: Ints
    """First start of work: the answer."""
    left: Ints
    """Customer left: end of talk, abandonment, or completion of deferred work; for those turned away the arrival."""
    ended: Ints
    """End of all work on it, wrap-up included; -1 if it was not completed, also for those who left unanswered."""
    pool: Rows
    agent: Rows
    """Of the last handling."""


@dataclass(frozen=True)
class LoggedJourneys:
    """Where visits belong, row by row of ``LoggedVisits``."""

    row: Rows
    """Row of ``workload.Visits``."""
    customer: Rows
    """Row (here) of the customer's first visit."""
    attempt: Rows
    """0 for the first visit."""
    cause: Rows
    """``plan.Cause``"""
    next: Rows
    """Row (here) of the visit that followed, also if it arrived after the run stopped; -1 = none."""
    resolved: Rows
    """1 resolved, 0 answered and not resolved, -1 not answered or transferred."""


@dataclass(frozen=True)
class LoggedCalls:
    """Callbacks and campaigns, row by row of ``LoggedVisits``. -1 = did not happen."""

    expected: Ints
    """Expected wait when it had to wait, of types that offer callbacks. [ticks]"""
    offered: Ints
    """When a callback was offered. [ticks]"""
    accepted: Rows
    """1 accepted, 0 declined, -1 not offered."""
    attempts: Rows
    """Times dialed."""


@dataclass(frozen=True)
class Downtime:
    """
    Agents out because of outages, rows ordered by (begins, agent), each within its spell. Paid time runs on.

    Who was on a break is down from its end on; breaks due meanwhile pass and are logged as dropped.
    """

    agent: Ints
    spell: Ints
    begins: Ints
    ends: Ints


@dataclass(frozen=True)
class LoggedOutages:
    """Outages that began before the run stopped; rows and columns as in ``workload.Outages``."""

    begins: Ints
    ends: Ints
    pools: Bools
    """[O, P]"""
    types: Bools
    """[O, T]"""


@dataclass(frozen=True)
class Segments:
    """
    One agent working on one visit without a break, ordered by (start, agent, visit). Wrap-up belongs to the stretch of
    the talk before it: ``LoggedVisits.left`` divides them.
    """

    visit: Rows
    agent: Rows
    spell: Rows
    """Row of ``LoggedSpells``."""
    start: Ints
    end: Ints
    why: Rows


@dataclass(frozen=True)
class LoggedSpells:
    """
    Spells as they were; row i is row i of ``workload.Spells``.

    Where leavers are pooled ``planned_to`` and ``agent`` may differ from the Workload: agents trade ends, and somebody
    off duty comes for one who, having traded, is on duty already; the number is kept. A newcomer who relieves one whose
    end is past gives its end away and has no length itself, ``planned_to`` <= ``planned_from``.
    ``begins`` and ``ends`` are -1 for absent agents, for those who would come at the end of the spell or later, and for
    spells that begin after the run stopped; ``ends`` > ``planned_to`` is overtime; spells still on when the run stopped
    end there. Blocks follow the CSR of the Workload: as taken, or -1 and -1 where dropped.
    """

    agent: Ints
    planned_from: Ints
    planned_to: Ints
    begins: Ints
    ends: Ints
    absent: Bools
    kind: Ints
    """
    ``plan.SpellKind``. Spells on call have ``begins`` = -1 unless called in; then ``planned_from`` and ``planned_to``
    are as called, else the window.
    """
    sent_home: Bools
    """Left early, unpaid from ``ends`` on; ``planned_to`` is still what was planned."""
    block_offset: Ints
    block_from: Ints
    block_to: Ints
    block_paid: Bools
    block_kind: Ints
    tenure: Floats | None = None
    """As in the Workload. [days]"""


@dataclass(frozen=True)
class LoggedHires:
    """As in the Workload, whether they ever came on duty or not."""

    agent: Ints
    date: Ints


@dataclass(frozen=True)
class Log:
    """What happened in one replication of one scenario, up to ``stopped`` [ticks]."""

    stopped: int
    visits: LoggedVisits
    segments: Segments
    spells: LoggedSpells
    journeys: LoggedJourneys | None = None
    calls: LoggedCalls | None = None
    downtime: Downtime | None = None
    outages: LoggedOutages | None = None
    hires: LoggedHires | None = None
    lane: Rows | None = None
    """[V] lane of its type (``plan.Lanes``) that each visit was given to. None: every type has one queue."""
