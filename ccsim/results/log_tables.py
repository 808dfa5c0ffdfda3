"""
The log as people read it: names instead of indices, seconds since the start of the simulation and UTC instead of ticks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.log import Outcome, Why
from ccsim.plan import TICKS_PER_SECOND, BlockKind

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.log import Log, LoggedSpells
    from ccsim.plan import Ints, Plan


class LogTables(NamedTuple):
    """Three frames; their columns are those of docs/results.md."""

    visits: pd.DataFrame
    segments: pd.DataFrame
    spells: pd.DataFrame


VISIT_TIMES = ("arrived", "due", "started", "left", "ended")
SEGMENT_TIMES = ("start", "end")
SPELL_TIMES = ("planned_from", "planned_to", "begins", "ends")


def log_tables(plan: Plan, log: Log) -> LogTables:
    """One replication of one scenario."""
    import pandas as pd

    visits, segments, spells = log.visits, log.segments, log.spells
    agent_names = names_of_agents(plan)
    return LogTables(
        pd.DataFrame(
            {
                "visit": np.arange(len(visits.type)),
                "contact_type": named(plan.types.name, visits.type),
                "number": visits.number,
                "outcome": named([outcome.name.lower() for outcome in Outcome], visits.outcome),
                "pool": named(plan.pools.name, visits.pool),
                "agent": named(agent_names, visits.agent),
                **times(plan, visits, VISIT_TIMES),
            }
        ),
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
                "absent": spells.absent,
                "blocks": blocks(spells),
                **times(plan, spells, SPELL_TIMES),
            }
        ),
    )


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


def blocks(spells: LoggedSpells) -> list[str]:
    """Breaks and off-phone time as taken: ``break 16200-18000 unpaid; activity 20000-21800 paid``. [s]"""
    texts = []
    for first, last in zip(spells.block_offset[:-1].tolist(), spells.block_offset[1:].tolist(), strict=True):
        taken = [block(spells, row) for row in range(first, last) if spells.block_from[row] >= 0]
        texts.append("; ".join(taken))
    return texts


def block(spells: LoggedSpells, row: int) -> str:
    kind = BlockKind(spells.block_kind[row]).name.lower().replace("_", "-")
    begins, ends = (edge[row] / TICKS_PER_SECOND for edge in (spells.block_from, spells.block_to))
    return f"{kind} {begins:.0f}-{ends:.0f} {'paid' if spells.block_paid[row] else 'unpaid'}"
