"""Breaks and activities of a line's spells (rule 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.calendar.clock import SECOND, ticks, weekday
from ccsim.plan import BlockKind

if TYPE_CHECKING:
    from ccsim.model.shift import Activity, Break, Shift
    from ccsim.plan import Bools, Ints


class Duty(NamedTuple):
    """Spells of one line: whose seat, on which local date, and when. [ticks]"""

    seat: Ints
    date: Ints
    shift_begins: Ints
    """Of the first part of a split shift."""
    begins: Ints
    ends: Ints


class Blocks(NamedTuple):
    """Breaks and activities, ordered by (spell, due). ``spell`` is the row of the spell they fall into."""

    spell: Ints
    due: Ints
    length: Ints
    paid: Bools
    kind: Ints


def blocks(shift: Shift, duty: Duty) -> Blocks:
    """
    What keeps the agents of a line from contacts at given times.

    What is due before tick 0, between the parts of a split shift or after its end is dropped.
    """
    found = [_none()]
    for one in shift.breaks:
        found.append(_during(duty, np.ones(len(duty.seat), dtype=np.bool_), one, shift.agents, BlockKind.BREAK))
    for activity in shift.activities:
        chosen = _takes_part(activity, shift.agents)[duty.seat] & np.isin(weekday(duty.date), activity.days)
        found.append(_during(duty, chosen, activity, shift.agents, BlockKind.ACTIVITY))
    spell = np.concatenate([one.spell for one in found])
    due = np.concatenate([one.due for one in found])
    order = np.lexsort((due, spell))
    return Blocks(
        spell[order],
        due[order],
        np.concatenate([one.length for one in found])[order],
        np.concatenate([one.paid for one in found])[order],
        np.concatenate([one.kind for one in found])[order],
    )


def _none() -> Blocks:
    nothing = np.empty(0, dtype=np.int64)
    return Blocks(nothing, nothing, nothing, nothing.astype(np.bool_), nothing)


def _during(duty: Duty, chosen: Bools, one: Break, seats: int, kind: BlockKind) -> Blocks:
    """This block in the chosen spells, spread evenly by seat over its window."""
    low, high = one.between
    into_shift = np.rint((low + (high - low) * (duty.seat + 0.5) / max(seats, 1)) * SECOND).astype(np.int64)
    due = duty.shift_begins + into_shift
    spell = np.flatnonzero(chosen & (due >= np.maximum(duty.begins, 0)) & (due < duty.ends))
    length, number = ticks(one.length), len(spell)
    return Blocks(spell, due[spell], np.full(number, length), np.full(number, one.paid), np.full(number, int(kind)))


def _takes_part(activity: Activity, seats: int) -> Bools:
    """Which seats: the share of them, rounded half up, spread evenly."""
    count = int(activity.share * seats + 0.5)
    steps: Bools = np.diff(np.arange(seats + 1) * count // max(seats, 1)) > 0
    return steps
