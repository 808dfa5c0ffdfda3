"""Named shifts -> planned spells (rules 1 and 9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.clock import DAY, reading, weekday
from ccsim.calendar.spans import Spans
from ccsim.calendar.weekly import length
from ccsim.model.shift import Shift
from ccsim.plan import Shifts
from ccsim.planning.breaks import Duty, blocks
from ccsim.planning.hours import without_holidays
from ccsim.planning.rows import joined, offsets

if TYPE_CHECKING:
    from datetime import time

    from ccsim.calendar.clock import WallClock
    from ccsim.model.site import Site
    from ccsim.model.workforce import OnCall
    from ccsim.plan import Bools, Ints
    from ccsim.planning.breaks import Blocks
    from ccsim.planning.flex import Heads
    from ccsim.planning.horizon import Horizon

DAYS_BACK = 3
"""Spells on duty at tick 0 began on one of the dates just before it. [days]"""


@dataclass(frozen=True)
class SpellRows:
    """Planned spells of one line, ordered by (agent, begins), and what interrupts them."""

    agent: Ints
    begins: Ints
    ends: Ints
    date: Ints
    blocks: Blocks


def spells_of(shift: Shift, site: Site, first_agent: int, span: Horizon, heads: Heads | None = None) -> SpellRows:
    """
    All spells of a line that reach into the simulation; its seats are the agents from ``first_agent`` on.

    With a flex band the line has as many seats as its fullest week, and ``heads`` of them work in each.
    """
    if heads is not None:
        shift = shift.model_copy(update={"agents": heads.most})
    dates = _dates(shift, site, span)
    parts = _parts(shift, dates, span.clock(site.timezone))
    on_these_dates = _works(shift, dates)
    if heads is not None:
        on_these_dates &= np.arange(shift.agents)[:, None] < heads.on(dates)
    works = np.broadcast_to(on_these_dates[:, :, None], (shift.agents, *parts.begins.shape))
    seat, day, part = np.nonzero(works)
    begins, ends = _one_after_the_other(seat, parts.begins[day, part], parts.ends[day, part])
    reaches_in = (ends > np.maximum(begins, 0)) & (begins < span.run_end)
    duty = Duty(*(column[reaches_in] for column in (seat, dates[day], parts.begins[day, 0], begins, ends)))
    return SpellRows(first_agent + duty.seat, np.maximum(duty.begins, 0), duty.ends, duty.date, blocks(shift, duty))


def windows_of(on_call: OnCall, site: Site, first_agent: int, span: Horizon) -> SpellRows:
    """When the agents of a line may be called in: laid like a shift without breaks, holidays of the site regarded."""
    window = Shift.model_construct(from_=on_call.from_, to=on_call.to, days=on_call.days, agents=on_call.agents)
    return spells_of(window, site, first_agent, span)


def shift_table(lines: list[SpellRows]) -> Shifts:
    """The spells of all lines, lines in the order of their agents."""
    first_spell = offsets(line.agent for line in lines)
    spell = joined([line.blocks.spell + first for line, first in zip(lines, first_spell, strict=False)])
    return Shifts(
        agent=joined([line.agent for line in lines]),
        begins=joined([line.begins for line in lines]),
        ends=joined([line.ends for line in lines]),
        date=joined([line.date for line in lines]),
        block_offset=np.searchsorted(spell, np.arange(first_spell[-1] + 1)).astype(np.int64),
        block_due=joined([line.blocks.due for line in lines]),
        block_length=joined([line.blocks.length for line in lines]),
        block_paid=joined([line.blocks.paid.astype(np.int64) for line in lines]).astype(np.bool_),
        block_kind=joined([line.blocks.kind for line in lines]),
    )


def _dates(shift: Shift, site: Site, span: Horizon) -> Ints:
    """Local dates on which the shift may start, its first and last day, weekdays and holidays of the site regarded."""
    dates = span.clock(site.timezone).dates(-DAYS_BACK * DAY, span.run_end)
    if shift.first_day is not None:
        dates = dates[dates >= shift.first_day.toordinal()]
    if shift.last_day is not None:
        dates = dates[dates <= shift.last_day.toordinal()]
    if shift.rotation is None:
        dates = dates[np.isin(weekday(dates), shift.days)]
    return without_holidays(dates, site.holidays)


def _works(shift: Shift, dates: Ints) -> Bools:
    """[seat, date] whether the seat works. Rotations are anchored in the calendar, not at tick 0."""
    if shift.rotation is None:
        return np.ones((shift.agents, len(dates)), dtype=np.bool_)
    cycle = shift.rotation.on + shift.rotation.off
    # Seat s of n is s/n of the cycle ahead, so that about as many rest on every day.
    ahead = np.arange(shift.agents) * cycle // max(shift.agents, 1)
    return (dates[None, :] + ahead[:, None]) % cycle < shift.rotation.on


def _parts(shift: Shift, dates: Ints, clock: WallClock) -> Spans:
    """Begins and ends [date, part], points in time on the clock of the site."""
    since = _since_midnight(shift.stints)
    midnights = dates[:, None] * DAY
    return Spans(clock.at(midnights + since.begins), clock.at(midnights + since.ends))


def _since_midnight(stints: tuple[tuple[time, time], ...]) -> Spans:
    """Begin and end of each part in ticks since midnight on the clock's face; a part follows the one before it."""
    begins, ends = [], []
    earliest = 0
    for begin, end in stints:
        first = reading(begin)
        first += -(-max(0, earliest - first) // DAY) * DAY
        earliest = first + length(begin, end)
        begins.append(first)
        ends.append(earliest)
    return Spans(np.array(begins, dtype=np.int64), np.array(ends, dtype=np.int64))


def _one_after_the_other(seat: Ints, begins: Ints, ends: Ints) -> Spans:
    """
    The same spells, ordered by (seat, date, part), none beginning before the one before it has ended.

    Only a clock change brings that about: 02:30 on the day it is skipped is an end later than a begin at 03:00.
    """
    same_seat = seat[1:] == seat[:-1]
    later = begins.copy()
    later[1:] = np.where(same_seat, np.maximum(begins[1:], ends[:-1]), begins[1:])
    return Spans(later, ends)
