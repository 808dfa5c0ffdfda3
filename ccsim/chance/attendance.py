"""
Who is on duty when: absence and who stands in, lateness, off-phone blocks, and the order in which agents who start
together become idle (rules 7, 8, 9).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.chance.absence import with_absence
from ccsim.chance.experience import Experience, rates
from ccsim.chance.off_phone import off_phone
from ccsim.chance.people import people
from ccsim.chance.punctuality import lateness, with_late_breaks
from ccsim.chance.stand_ins import with_stand_ins
from ccsim.chance.stretches import by_seat, stretches
from ccsim.plan import SpellKind
from ccsim.workload import Spells

if TYPE_CHECKING:
    from ccsim.chance.streams import Streams
    from ccsim.chance.stretches import Blocks, Stretches
    from ccsim.plan import Bools, Ints, Plan
    from ccsim.workload import Hires, Rates


def attendance(plan: Plan, streams: Streams) -> tuple[Spells, Rates | None, Hires | None]:
    """
    Everybody's time on duty, what each can do in it, and who is hired, where that costs something.

    Absence is drawn for vacant seats too, so that who leaves and who is hired moves nobody else's.
    """
    planned = with_absence(plan, streams, stretches(plan, streams))
    if plan.careers is None:
        planned = as_it_comes(plan, streams, planned)
        off = off_phone(plan, streams, planned)
        return as_spells(plan, streams, planned, planned.blocks.and_(off), plan.agents.pool[planned.agent]), None, None
    everyone = people(plan, streams)
    planned = planned.of(np.flatnonzero(everyone.holding(planned.agent, planned.date) >= 0))
    planned = as_it_comes(plan, streams, planned)
    holder = everyone.holding(planned.agent, planned.date)
    known = Experience.of(plan.careers, everyone, holder, planned.line, planned.date)
    made, rate_row = rates(plan, streams, everyone, known)
    off = off_phone(plan, streams, planned, known)
    return as_spells(plan, streams, planned, planned.blocks.and_(off), rate_row, known), made, everyone.hires(plan)


def spells(plan: Plan, streams: Streams) -> Spells:
    """Everybody's time on duty."""
    return attendance(plan, streams)[0]


def as_it_comes(plan: Plan, streams: Streams, planned: Stretches) -> Stretches:
    """With those who come only if needed, and breaks taken later than due."""
    if plan.attendance is None:
        return planned
    return with_late_breaks(plan, streams, plan.attendance, with_stand_ins(plan, streams, plan.attendance, planned))


def as_spells(
    plan: Plan, streams: Streams, planned: Stretches, blocks: Blocks, rate_row: Ints, known: Experience | None = None
) -> Spells:
    """
    Spells ordered by (begins, agent).

    Stretches that touch are one spell if the agent is absent from both or neither, works both at the same rates, and is
    in training, or nesting, in both or neither; those on call stay apart. Absent agents keep their breaks, so that
    their unpaid breaks stay unpaid. Where agents are staffed by numbers a stretch ends at each local midnight. A spell
    made of several stretches has the order and the tenure of the first.
    """
    everyone = np.arange(len(planned.agent))
    order = (by_seat(streams, "order", plan, planned, everyone) * 2**31).astype(np.int64)
    kind = kinds(plan, planned)
    agent, begins, ends, absent = planned.agent, planned.begins, planned.ends, planned.absent
    touches = (agent[1:] == agent[:-1]) & (begins[1:] == ends[:-1])
    goes_on = touches & (absent[1:] == absent[:-1]) & (rate_row[1:] == rate_row[:-1]) & (kind[1:] != SpellKind.ON_CALL)
    if known is not None:
        goes_on &= np.diff(known.stage) == 0
    first = everyone[np.concatenate([[True], ~goes_on])[: len(agent)]]
    last = np.append(first[1:], len(agent))[: len(first)] - 1
    spell = np.searchsorted(first, everyone, side="right") - 1
    comes = ~absent & np.concatenate([[True], ~touches | absent[:-1]])[: len(agent)]

    sorted_ = np.lexsort((agent[first], begins[first]))
    first, last, position = first[sorted_], last[sorted_], np.argsort(sorted_)
    owner = position[spell[blocks.row]]
    by_due = np.lexsort((blocks.kind, blocks.due, owner))
    return Spells(
        agent=agent[first],
        begins=begins[first],
        ends=ends[last],
        rate_row=rate_row[first],
        order=order[first],
        absent=absent[first],
        kind=kind[first],
        late=lateness(plan, streams, planned, comes)[first],
        willing=willing(plan, streams, planned)[first],
        block_offset=np.searchsorted(owner[by_due], np.arange(len(first) + 1)),
        block_due=blocks.due[by_due],
        block_length=blocks.length[by_due],
        block_paid=blocks.paid[by_due],
        block_kind=blocks.kind[by_due],
        tenure=None if known is None else known.tenure[first],
    )


def kinds(plan: Plan, planned: Stretches) -> Ints:
    """``SpellKind`` of each stretch."""
    if plan.attendance is None:
        return np.full(len(planned.agent), int(SpellKind.ON_DUTY))
    return plan.attendance.kind[planned.line]


def willing(plan: Plan, streams: Streams, planned: Stretches) -> Bools:
    """Who would go home early, drawn per agent and local date."""
    found = np.zeros(len(planned.agent), np.bool_)
    if plan.attendance is not None:
        share = plan.attendance.willing[planned.line]
        rows = np.flatnonzero(share > 0)
        found[rows] = by_seat(streams, "willing", plan, planned, rows) < share[rows]
    return found
