"""One replication's chance: every visit with all its draws, and who is on duty when. Conventions as in ``plan``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.plan import Bools, Floats, Ints


@dataclass(frozen=True)
class Visits:
    """Contacts that arrive, V rows ordered by (arrived, type, number)."""

    type: Ints
    number: Ints
    """
    Who it is, unique within the type: ``(local date ordinal << 24) + n`` for contact n of a date; opening backlog: -1
    - n.
    """
    arrived: Ints
    """May be negative for opening backlog. [ticks]"""
    work: Ints
    """Base work of talk or handling, at least one tick at rate 65536. [units]"""
    wrap_up: Ints
    """Base work after the customer has left, 0 = none. [units]"""
    patience: Ints
    """At least one tick; -1 = endless. [ticks]"""
    due: Ints
    """Arrival plus threshold, in business hours where the target counts them; -1 = no target. [ticks]"""
    balks: Bools
    """Leaves at once if it would have to wait."""
    choice: Floats
    """Uniform for ``AgentChoice.RANDOM``; empty if no type uses it."""


@dataclass(frozen=True)
class Spells:
    """Agents' stretches on duty, D rows ordered by (begins, agent); touching ones of one agent are one row."""

    agent: Ints
    begins: Ints
    ends: Ints
    rate_row: Ints
    """Row of ``Pools.rate``: the agent's pool."""
    order: Ints
    """Drawn: agents who start at one instant become idle in this order."""
    absent: Bools
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


@dataclass(frozen=True)
class Workload:
    """All that chance decides in one replication of one scenario."""

    visits: Visits
    spells: Spells
