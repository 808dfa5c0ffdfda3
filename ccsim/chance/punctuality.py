"""Adherence: shifts that begin late, breaks taken later than due (rule 9)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ccsim.chance.laws import quantile
from ccsim.chance.stretches import by_seat
from ccsim.plan import TICKS_PER_SECOND, BlockKind

if TYPE_CHECKING:
    from ccsim.chance.streams import Streams
    from ccsim.chance.stretches import Stretches
    from ccsim.plan import Attendance, Bools, Ints, Law, Plan

LONGEST = 2.0**26
"""Longer delays count as this: two years. [s]"""


def lateness(plan: Plan, streams: Streams, planned: Stretches, comes: Bools) -> Ints:
    """
    How much later than planned agents come; 0 but where ``comes`` says that they come from home. [ticks]

    Who is on duty at tick 0 has come.
    """
    late = np.zeros(len(planned.agent), np.int64)
    if plan.attendance is None:
        return late
    share = plan.attendance.late[planned.line]
    rows = np.flatnonzero(comes & (share > 0) & (planned.begins > 0))
    rows = rows[by_seat(streams, "late", plan, planned, rows) < share[rows]]
    late[rows] = drawn(plan, streams, plan.attendance.late_law, "late by", planned, rows)
    return late


def with_late_breaks(plan: Plan, streams: Streams, attendance: Attendance, planned: Stretches) -> Stretches:
    """
    The same stretches, each break of those present due so much later; what would begin after the end is dropped.

    The n-th break of each part of a shift has its own uniform of the line and date.
    """
    blocks = planned.blocks
    order = np.lexsort((blocks.due, blocks.kind, blocks.row))
    row, kind = blocks.row[order], blocks.kind[order]
    number = np.arange(len(row))
    anew = np.concatenate([[True], (np.diff(row) != 0) | (np.diff(kind) != 0)])[: len(row)]
    nth = number - np.maximum.accumulate(np.where(anew, number, 0))
    moves = np.array([law is not None for law in attendance.breaks_late_law], np.bool_)
    moved = np.flatnonzero((kind == BlockKind.BREAK) & moves[planned.line[row]] & ~planned.absent[row])
    due = blocks.due[order]
    for place in sorted({*zip(planned.part[row[moved]].tolist(), nth[moved].tolist(), strict=True)}):
        these = moved[(planned.part[row[moved]] == place[0]) & (nth[moved] == place[1])]
        purpose = f"break late {place[0]} {place[1]}"
        due[these] += drawn(plan, streams, attendance.breaks_late_law, purpose, planned, row[these])
    in_time = due < planned.ends[row]
    return replace(planned, blocks=replace(blocks.where(order), due=due).where(in_time))


def drawn(
    plan: Plan, streams: Streams, laws: tuple[Law | None, ...], purpose: str, planned: Stretches, rows: Ints
) -> Ints:
    """A delay for each of these stretches, by the law of its line. [ticks]"""
    uniform = by_seat(streams, purpose, plan, planned, rows)
    seconds = np.zeros(len(rows))
    for line in np.unique(planned.line[rows]).tolist():
        law, mine = laws[line], np.flatnonzero(planned.line[rows] == line)
        assert law is not None
        is_mixture = law.family == "mixture"
        part = by_seat(streams, f"{purpose} part", plan, planned, rows[mine]) if is_mixture else None
        seconds[mine] = quantile(law, uniform[mine], part)
    return np.asarray(np.rint(np.minimum(seconds, LONGEST) * TICKS_PER_SECOND), dtype=np.int64)
