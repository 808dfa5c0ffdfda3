"""
The log as people read it: names instead of indices, seconds since the start of the simulation and UTC instead of ticks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.log import LoggedCalls, Outcome, Why
from ccsim.plan import TICKS_PER_SECOND, BlockKind, Cause, SpellKind

if TYPE_CHECKING:
    from enum import IntEnum

    import pandas as pd

    from ccsim.log import Downtime, Log, LoggedSpells
    from ccsim.plan import Bools, Floats, Ints, Plan


class LogTables(NamedTuple):
    """Three frames; their columns are those of docs/results.md."""

    visits: pd.DataFrame
    segments: pd.DataFrame
    spells: pd.DataFrame


VISIT_TIMES = ("arrived", "due", "started", "left", "ended")
SEGMENT_TIMES = ("start", "end")
SPELL_TIMES = ("planned_from", "planned_to", "begins", "ends")


def log_tables(plan: Plan, log: Log) -> LogTables:
    """One replication of one scenario. The run may stop before all visits came that were drawn for it."""
    import pandas as pd

    visits, segments, spells = log.visits, log.segments, log.spells
    agent_names = names_of_agents(plan)
    came = visits.arrived <= log.stopped
    return LogTables(
        pd.DataFrame(
            {
                "visit": np.arange(len(visits.type)),
                "contact_type": named(plan.types.name, visits.type),
                "number": visits.number,
                **journeys(log, came),
                "outcome": named([outcome.name.lower() for outcome in Outcome], visits.outcome),
                "pool": named(plan.pools.name, visits.pool),
                "agent": named(agent_names, visits.agent),
                **times(plan, visits, VISIT_TIMES),
                **calls(plan, log),
            }
        )[came].reset_index(drop=True),
        pd.DataFrame(
            {
                "visit": segments.visit,
                "agent": named(agent_names, segments.agent),
                "spell": segments.spell,
                "why": named([why.name.lower() for why in Why], segments.why),
                **times(plan, segments, SEGMENT_TIMES),
            }
        ),
        pd.DataFrame(
            {
                "spell": np.arange(len(spells.agent)),
                "agent": named(agent_names, spells.agent),
                "pool": named(plan.pools.name, plan.agents.pool[spells.agent]),
                "kind": named([spelled(kind) for kind in SpellKind], spells.kind),
                "absent": spells.absent,
                "sent_home": spells.sent_home,
                "blocks": blocks(spells, log.downtime),
                **times(plan, spells, SPELL_TIMES),
            }
        ),
    )


def journeys(log: Log, came: Bools) -> dict[str, object]:
    """Whose visit it is, what brought it, and which one followed and came; without further visits all come once."""
    if log.journeys is None:
        once, none = np.arange(len(log.visits.type)), np.full(len(log.visits.type), -1)
        customer, attempt, cause, follows, resolved = once, np.zeros_like(once), np.zeros_like(once), none, none
    else:
        own = log.journeys
        customer, attempt, cause, resolved = own.customer, own.attempt, own.cause, own.resolved
        follows = np.where((own.next >= 0) & came[own.next], own.next, -1)
    return {
        "customer": customer,
        "attempt": attempt + 1,
        "cause": named([spelled(one) for one in Cause], cause),
        "next": given(follows),
        "resolved": given(resolved),
    }


def calls(plan: Plan, log: Log) -> dict[str, object]:
    """What the customer was told and offered, and how often it was called."""
    none = np.full(len(log.visits.type), -1)
    own = log.calls or LoggedCalls(expected=none, offered=none, accepted=none, attempts=none)
    return {
        "expected_wait_s": given(own.expected) / TICKS_PER_SECOND,
        **times(plan, own, ("offered",)),
        "accepted": given(own.accepted),
        "dialed": given(own.attempts),
    }


def given(numbers: Ints) -> Floats:
    """The same numbers, NaN for -1."""
    return np.where(numbers == -1, np.nan, numbers)


def spelled(word: IntEnum) -> str:
    """``ON_CALL`` as ``on call``."""
    return word.name.lower().replace("_", " ")


def names_of_agents(plan: Plan) -> list[str]:
    """As in ``newark-care/day 7``: line and seat, seats counted from 1."""
    crew = plan.agents
    return [f"{crew.line_name[line]} {seat + 1}" for line, seat in zip(crew.line, crew.seat, strict=True)]


def named(names: tuple[str, ...] | list[str], rows: Ints) -> list[str | None]:
    """Names of rows, None for -1."""
    return [None if row < 0 else names[row] for row in rows.tolist()]


def times(plan: Plan, rows: object, columns: tuple[str, ...]) -> dict[str, object]:
    """For each column seconds since the start of the simulation and UTC; what did not happen has neither."""
    import pandas as pd

    found: dict[str, object] = {}
    for column in columns:
        ticks: Ints = getattr(rows, column)
        happened = ticks != -1
        # Whole microseconds in whole numbers: a float of seconds since 1970 would be wrong in the last digits.
        since = (plan.epoch * 1_000_000 + ((ticks * 15_625) >> 14)).astype("datetime64[us]")
        found[f"{column}_s"] = np.where(happened, ticks / TICKS_PER_SECOND, np.nan)
        found[f"{column}_utc"] = pd.DatetimeIndex(np.where(happened, since, np.datetime64("NaT", "us"))).tz_localize(
            "UTC"
        )
    return found


def blocks(spells: LoggedSpells, downtime: Downtime | None) -> list[str]:
    """What kept agents from contacts: ``break 16200-18000 unpaid; off-phone 20000-21800 paid``, outages last. [s]"""
    texts = []
    for first, last in zip(spells.block_offset[:-1].tolist(), spells.block_offset[1:].tolist(), strict=True):
        texts.append([block(spells, row) for row in range(first, last) if spells.block_from[row] >= 0])
    if downtime is not None:
        for spell, begins, ends in zip(downtime.spell.tolist(), downtime.begins, downtime.ends, strict=True):
            texts[spell].append(stretch("outage", begins, ends, "paid"))
    return ["; ".join(found) for found in texts]


def block(spells: LoggedSpells, row: int) -> str:
    kind = BlockKind(spells.block_kind[row]).name.lower().replace("_", "-")
    paid = "paid" if spells.block_paid[row] else "unpaid"
    return stretch(kind, spells.block_from[row], spells.block_to[row], paid)


def stretch(kind: str, begins: int, ends: int, paid: str) -> str:
    return f"{kind} {begins / TICKS_PER_SECOND:.0f}-{ends / TICKS_PER_SECOND:.0f} {paid}"
