"""Who comes only if needed: the bench and colleagues in overtime for the absent, agents on call (rules 9, 14)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ccsim.chance.stretches import Blocks, Stretches, by_seat
from ccsim.plan import SpellKind

if TYPE_CHECKING:
    from ccsim.chance.streams import Streams
    from ccsim.plan import Attendance, Ints, Plan


def with_stand_ins(plan: Plan, streams: Streams, attendance: Attendance, planned: Stretches) -> Stretches:
    """Planned time on duty and that of everybody who comes only if needed, or may."""
    return planned.and_(stand_ins(plan, streams, attendance, planned)).and_(on_call(plan, attendance))


def stand_ins(plan: Plan, streams: Streams, attendance: Attendance, planned: Stretches) -> Stretches:
    """
    Shifts of the absent that others work, with the breaks of those whom they replace.

    Of a bench agent b takes over the shifts of the absentee with the b-th lowest seat of the date. In overtime a drawn
    share of the shifts is worked, that of seat k by agent k of the line.
    """
    line = attendance.stand_in[planned.line]
    rows = np.flatnonzero(planned.absent & (line >= 0))
    line, seat = line[rows], nth_of_date(planned, rows)
    on_bench = attendance.kind[line] == SpellKind.BENCH
    overtime = rows[~on_bench]
    seat[~on_bench] = planned.seat[overtime]
    comes = seat < np.bincount(plan.agents.line, minlength=len(plan.agents.line_name))[line]
    drawn = by_seat(streams, "overtime", plan, planned, overtime)
    comes[~on_bench] &= drawn < attendance.replaced[planned.line[overtime]]
    rows, line, seat = rows[comes], line[comes], seat[comes]
    agent = np.searchsorted(plan.agents.line, line) + seat
    found = replace(planned.of(rows), agent=agent, line=line, seat=seat, absent=np.zeros(len(rows), np.bool_))
    return one_after_the_other(found.of(np.lexsort((found.begins, found.agent))))


def nth_of_date(planned: Stretches, rows: Ints) -> Ints:
    """Place of each of these stretches' seats among those of its line and date, from 0."""
    line, date, seat = planned.line[rows], planned.date[rows], planned.seat[rows]
    order = np.lexsort((seat, date, line))
    new_date = np.concatenate([[True], (np.diff(line[order]) != 0) | (np.diff(date[order]) != 0)])[: len(rows)]
    new_seat = new_date | np.concatenate([[True], np.diff(seat[order]) != 0])[: len(rows)]
    number = np.cumsum(new_seat) - 1
    nth = np.empty(len(rows), np.int64)
    nth[order] = number - np.maximum.accumulate(np.where(new_date, number, 0))
    return nth


def one_after_the_other(found: Stretches) -> Stretches:
    """
    Nobody is in two shifts at once.

    Only a clock change brings that about, where a shift of nearly a day ends after the next date's has begun.
    """
    begins = found.begins.copy()
    same = found.agent[1:] == found.agent[:-1]
    begins[1:] = np.where(same, np.maximum(begins[1:], found.ends[:-1]), begins[1:])
    return replace(found, begins=begins).of(np.flatnonzero(begins < found.ends))


def on_call(plan: Plan, attendance: Attendance) -> Stretches:
    """Windows in which agents may be called in, without breaks, since nobody knows when they will come."""
    agent = attendance.call_agent
    return Stretches(
        agent=agent,
        line=plan.agents.line[agent],
        seat=plan.agents.seat[agent],
        begins=attendance.call_begins,
        ends=attendance.call_ends,
        date=attendance.call_date,
        part=np.zeros(len(agent), np.int64),
        absent=np.zeros(len(agent), np.bool_),
        blocks=Blocks.none(),
    )
