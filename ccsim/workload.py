"""One replication's chance: every visit with all its draws, and who is on duty when. Conventions as in ``plan``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.plan import Bools, Floats, Ints, Rows


@dataclass(frozen=True)
class Visits:
    """
    Visits that take place or may: V rows, first those of customers who come for the first time, ordered by (arrived,
    type, number), then possible further ones (``Journeys``), ordered by (customer, attempt, move).
    """

    type: Rows
    number: Ints
    """
    Who it is, unique within the type: ``(local date ordinal << 24) + n`` for contact n of a date; opening backlog: -1
    - n.
    """
    arrived: Ints
    """May be negative for opening backlog; -1 for further visits, of which only the delay is known. [ticks]"""
    work: Ints
    """Base work of talk or handling, at least one tick at rate 65536. [units]"""
    wrap_up: Ints
    """Base work after the customer has left, 0 = none. [units]"""
    patience: Ints
    """At least one tick; -1 = endless. [ticks]"""
    due: Ints
    """
    Arrival plus threshold, in business hours where the target counts them; -1 = no target, and for further visits.
    [ticks]
    """
    balks: Bools
    """Leaves at once if it would have to wait."""
    choice: Floats
    """Uniform for ``AgentChoice.RANDOM``; empty if no type uses it."""
    lane: Rows
    """Lane of its type (``plan.Lanes``) where lanes are drawn by share, else 0; empty if no type has lanes."""


@dataclass(frozen=True)
class Journeys:
    """
    Who may come again, and when. Of V visits the last L are further ones; ``first`` = V - L counts the others.

    A further visit is identified by customer, attempt and move, so its draws are the same whatever came before. Only
    those are here whose uniform lies below the largest probability that any outcome, pool or tenure gives.
    """

    first: int
    customer: Rows
    """[L] row of the customer's first visit."""
    attempt: Rows
    """[L] 1 for the second visit, and so on."""
    move: Rows
    """[L] row of ``plan.Moves``."""
    uniform: Floats
    """[L] it takes place if this lies below the probability of the move."""
    delay: Ints
    """[L] from the end of the visit before, at least 0. [ticks]"""
    resolution: Floats
    """[V] the matter is resolved if this lies below the resolution of the agent; empty if all always resolve."""
    next_offset: Rows
    """[V + 1]"""
    next_row: Rows
    """Visits that may follow a visit (CSR), in the order of moves."""


@dataclass(frozen=True)
class Dialed:
    """Draws of contacts that are called. [V] each; -1 where the type is not called."""

    work: Ints
    """Base work of previewing and dialing, at each attempt. [units]"""
    reached_at: Rows
    """Attempt at which the customer is reached, counted from 1; 0 = at none of those allowed."""
    accepts: Bools
    """Takes a callback if it is offered."""


@dataclass(frozen=True)
class Rates:
    """What an agent does in a spell, R rows (``Spells.rate_row``): pool x person x weeks of tenure."""

    rate: Ints
    """[R, T, K] like ``plan.Pools.rate``."""
    resolves: Floats
    """[R, T] like ``plan.Moves.resolves``; empty if there are no moves."""
    transfers: Floats
    """[R, M] like ``plan.Moves.transfers``; empty if there are no moves."""


@dataclass(frozen=True)
class Outages:
    """
    O rows ordered by begin, those that begin together in the order of their stream keys. They may overlap, but for
    those at random of one name.
    """

    begins: Ints
    ends: Ints
    pools: Bools
    """[O, P] agents of these pools are out."""
    types: Bools
    """[O, T] contacts of these types that arrive meanwhile are blocked."""
    requeues: Bools
    """Live contacts in hand go back to their place with the work left, else they are disconnected."""
    back: Ints
    """[O, N] each agent comes back so long after the end, if its spell still runs then. [ticks]"""
    name: tuple[str, ...]


@dataclass(frozen=True)
class Spells:
    """Agents' stretches on duty, D rows ordered by (begins, agent); touching ones of one agent are one row."""

    agent: Ints
    begins: Ints
    ends: Ints
    rate_row: Ints
    """Row of ``Rates``, or of ``plan.Pools.rate``: the agent's pool, where agents of a pool are all alike."""
    order: Ints
    """Drawn: agents who start at one instant become idle in this order."""
    absent: Bools
    kind: Ints
    """``plan.SpellKind``"""
    late: Ints
    """The agent comes so long after ``begins``. [ticks]"""
    willing: Bools
    """Goes home early if the rule allows it."""
    block_offset: Ints
    block_due: Ints
    block_length: Ints
    block_paid: Bools
    block_kind: Ints
    """
    Breaks, activities and off-phone blocks (CSR by spell), ascending in due; none begins after the spell's end.
    ``plan.BlockKind``. A block due at the very begin of the spell, or at the end of another block, comes before any
    contact: so is an agent whom the spreadsheet rule takes away present and paid, and never available.
    """
    tenure: Floats | None = None
    """
    Since hiring, on the local date of the begin, of who works each spell; inf = experienced. None: nobody learns,
    leaves, or differs. In training, nesting and later are spells apart (``plan.Careers``). [days]
    """


@dataclass(frozen=True)
class Hires:
    """People who are hired, one row each, ordered by (agent, date); the first of a line if it begins without tenure."""

    agent: Ints
    """Seat of ``plan.Agents`` that each gets."""
    date: Ints
    """Local date from which each is on the payroll. [ordinal]"""


@dataclass(frozen=True)
class Workload:
    """All that chance decides in one replication of one scenario."""

    visits: Visits
    spells: Spells
    journeys: Journeys | None = None
    """None: nobody comes again or goes on."""
    dialed: Dialed | None = None
    rates: Rates | None = None
    """None: the rows of ``plan.Pools.rate`` and ``plan.Moves`` are those of the pools."""
    outages: Outages | None = None
    hires: Hires | None = None
    """None: nobody leaves or is new, or hiring costs nothing."""
