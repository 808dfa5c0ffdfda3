"""Named shifts -> planned spells with their breaks and activities (rules 1, 8 and 9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.clock import DAY, reading, ticks, weekday
from ccsim.calendar.spans import Spans
from ccsim.calendar.weekly import length
from ccsim.plan import BlockKind, Shifts
from ccsim.planning.hours import without_holidays
from ccsim.planning.rows import joined, offsets

if TYPE_CHECKING:
    from datetime import time

    from ccsim.model.pool import Activity, Break, Rotation, Shift
    from ccsim.model.site import Site
    from ccsim.plan import Bools, Ints
    from ccsim.planning.horizon import Horizon

DAYS_BACK = 3
"""A spell on duty at tick 0 began on one of the dates just before it; a split shift may reach into the day after the next."""


@dataclass(frozen=True)
class BlockRows:
    """Breaks and activities, B rows. ``spell`` is the row of the spell they fall into."""

    spell: Ints
    due: Ints
    length: Ints
    paid: Bools
    kind: Ints


@dataclass(frozen=True)
class SpellRows:
    """Planned spells of one line, ordered by (agent, begins), and their blocks, ordered by (spell, due)."""

    agent: Ints
    begins: Ints
    ends: Ints
    date: Ints
    blocks: BlockRows


def spells_of(shift: Shift, site: Site, first_agent: int, span: Horizon) -> SpellRows:
    """All spells of a line that reach into the simulation; its seats are the agents from ``first_agent`` on."""
    dates = _dates(shift, site, span)
    parts = _parts(shift, dates, site, span)
    works = _works(shift, dates)
    seat, day, part = np.nonzero(works[:, :, None] & _reaches_in(parts, span)[None, :, :])
    begins, ends = parts.begins[day, part], parts.ends[day, part]
    blocks = _blocks(shift, seat, day, parts.begins[:, 0], Spans(begins, ends), dates)
    return SpellRows(
        agent=first_agent + seat,
        begins=np.maximum(begins, 0),
        ends=ends,
        date=dates[day],
        blocks=blocks,
    )


def shift_table(lines: list[SpellRows]) -> Shifts:
    """The spells of all lines, lines in the order of their agents."""
    base = offsets(line.agent for line in lines)
    blocks = [line.blocks for line in lines]
    spell = joined([one.spell + first for one, first in zip(blocks, base, strict=False)])
    rows = int(base[-1])
    return Shifts(
        agent=joined([line.agent for line in lines]),
        begins=joined([line.begins for line in lines]),
        ends=joined([line.ends for line in lines]),
        date=joined([line.date for line in lines]),
        block_offset=np.searchsorted(spell, np.arange(rows + 1)).astype(np.int64),
        block_due=joined([one.due for one in blocks]),
        block_length=joined([one.length for one in blocks]),
        block_paid=np.concatenate([np.empty(0, np.bool_), *(one.paid for one in blocks)]),
        block_kind=joined([one.kind for one in blocks]),
    )


def _dates(shift: Shift, site: Site, span: Horizon) -> Ints:
    """Local dates on which the shift may start for some seat: within its first and last day, holidays and other weekdays out."""
    dates = span.clock(site.timezone).dates(-DAYS_BACK * DAY, span.run_end)
    if shift.first_day is not None:
        dates = dates[dates >= shift.first_day.toordinal()]
    if shift.last_day is not None:
        dates = dates[dates <= shift.last_day.toordinal()]
    if shift.rotation is None:
        dates = dates[np.isin(weekday(dates), shift.days)]
    return without_holidays(dates, site.holidays)


def _works(shift: Shift, dates: Ints) -> Bools:
    """[seat, date] whether the seat works. Rotations are anchored in the calendar, not at the start of the simulation."""
    seats = np.arange(shift.agents, dtype=np.int64)
    if shift.rotation is None:
        return np.ones((shift.agents, len(dates)), dtype=np.bool_)
    return _in_rotation(shift.rotation, seats, shift.agents, dates)


def _in_rotation(rotation: Rotation, seats: Ints, count: int, dates: Ints) -> Bools:
    """Seat s of n is s/n of the cycle ahead, so that about as many rest on every day."""
    cycle = rotation.on + rotation.off
    ahead = seats * cycle // max(count, 1)
    return (dates[None, :] + ahead[:, None]) % cycle < rotation.on


def _parts(shift: Shift, dates: Ints, site: Site, span: Horizon) -> Spans:
    """
    Begins and ends [date, part]. A part's begin and end are points in time on the wall clock of the site.

    A part is later than the one before it, on the next day if need be. Where a clock change would let it begin before
    the part before it ends, it begins at that end.
    """
    clock = span.clock(site.timezone)
    since = _since_midnight(shift.stints)
    midnights = dates[:, None] * DAY
    begins, ends = clock.at(midnights + since.begins), clock.at(midnights + since.ends)
    begins[:, 1:] = np.maximum(begins[:, 1:], ends[:, :-1])
    return Spans(begins, ends)


def _since_midnight(stints: tuple[tuple[time, time], ...]) -> Spans:
    """Begin and end of each part in readings since midnight of the shift's date, ascending."""
    begins, ends = [], []
    earliest = 0
    for begin, end in stints:
        first = reading(begin)
        first += -(-max(0, earliest - first) // DAY) * DAY
        earliest = first + length(begin, end)
        begins.append(first)
        ends.append(earliest)
    return Spans(np.array(begins, dtype=np.int64), np.array(ends, dtype=np.int64))


def _reaches_in(parts: Spans, span: Horizon) -> Bools:
    """[date, part] spells of some length in the simulation; one that a clock change leaves none is not worked."""
    return (parts.ends > np.maximum(parts.begins, 0)) & (parts.begins < span.run_end)


def _blocks(shift: Shift, seat: Ints, day: Ints, shift_begins: Ints, spells: Spans, dates: Ints) -> BlockRows:
    """
    Breaks and activities of spells (whose seat and day are given), where they fall into them.

    What is due before tick 0, between the parts of a split shift or after its end is dropped.
    """
    columns: list[tuple[Ints, Ints, Break, BlockKind]] = []
    for one in shift.breaks:
        columns.append((*_due(one, shift, np.ones(len(seat), np.bool_), seat, day, shift_begins, spells), one, BlockKind.BREAK))
    for activity in shift.activities:
        chosen = _takes_part(activity, shift.agents)[seat] & np.isin(weekday(dates[day]), activity.days)
        columns.append((*_due(activity, shift, chosen, seat, day, shift_begins, spells), activity, BlockKind.ACTIVITY))
    spell = joined([rows for rows, _, _, _ in columns])
    due = joined([times for _, times, _, _ in columns])
    order = np.lexsort((due, spell))
    return BlockRows(
        spell=spell[order],
        due=due[order],
        length=joined([np.full(len(rows), ticks(one.length)) for rows, _, one, _ in columns])[order],
        paid=np.concatenate([np.empty(0, np.bool_), *(np.full(len(rows), one.paid) for rows, _, one, _ in columns)])[order],
        kind=joined([np.full(len(rows), kind) for rows, _, _, kind in columns])[order],
    )


def _due(
    one: Break, shift: Shift, chosen: Bools, seat: Ints, day: Ints, shift_begins: Ints, spells: Spans
) -> tuple[Ints, Ints]:
    """Rows of the chosen spells into which this break falls, and when it is due: spread evenly by seat over its window."""
    low, high = one.between
    into = np.rint((low + (high - low) * (seat + 0.5) / shift.agents) * ticks(1)).astype(np.int64)
    due = shift_begins[day] + into
    rows = np.flatnonzero(chosen & (due >= np.maximum(spells.begins, 0)) & (due < spells.ends))
    return rows, due[rows]


def _takes_part(activity: Activity, seats: int) -> Bools:
    """Which seats: the share of them, rounded half up, spread evenly."""
    count = int(activity.share * seats + 0.5)
    before = np.arange(seats + 1) * count // max(seats, 1)
    return np.diff(before) > 0
