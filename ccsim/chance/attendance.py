"""
Who is on duty when: absence, off-phone blocks, and the order in which agents who start together become idle (rules 7,
8, 9).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.chance.off_phone import off_phone
from ccsim.chance.stretches import by_seat, stretches
from ccsim.plan import SpellKind
from ccsim.workload import Spells

if TYPE_CHECKING:
    from ccsim.chance.streams import Streams
    from ccsim.plan import Plan


def spells(plan: Plan, streams: Streams) -> Spells:
    """
    Everybody's time on duty, ordered by (begins, agent); stretches that touch are one spell if the agent is absent
    from both or neither.

    Absence is drawn per agent and local date of the start, for all stretches of that date; where agents are staffed
    by numbers a stretch ends at each local midnight. Absent agents keep their breaks, so that their unpaid breaks
    stay unpaid. A spell made of several stretches has the order of the first.
    """
    planned = stretches(plan, streams)
    everyone = np.arange(len(planned.agent))
    rate = plan.shrinkage.absence[planned.line]
    may_be_absent = np.flatnonzero(rate > 0)
    absent = np.zeros(len(planned.agent), np.bool_)
    absent[may_be_absent] = by_seat(streams, "absence", plan, planned, may_be_absent) < rate[may_be_absent]
    order = (by_seat(streams, "order", plan, planned, everyone) * 2**31).astype(np.int64)
    blocks = planned.blocks.and_(off_phone(plan, streams, planned, absent))

    agent, begins, ends = planned.agent, planned.begins, planned.ends
    goes_on = (agent[1:] == agent[:-1]) & (begins[1:] == ends[:-1]) & (absent[1:] == absent[:-1])
    first = everyone[np.concatenate([[True], ~goes_on])[: len(agent)]]
    last = np.append(first[1:], len(agent))[: len(first)] - 1
    spell = np.searchsorted(first, everyone, side="right") - 1

    sorted_ = np.lexsort((agent[first], begins[first]))
    first, last, position = first[sorted_], last[sorted_], np.argsort(sorted_)
    owner = position[spell[blocks.row]]
    by_due = np.lexsort((blocks.kind, blocks.due, owner))
    return Spells(
        agent=agent[first],
        begins=begins[first],
        ends=ends[last],
        rate_row=plan.agents.pool[agent[first]],
        order=order[first],
        absent=absent[first],
        kind=np.full(len(first), SpellKind.ON_DUTY),
        late=np.zeros(len(first), np.int64),
        willing=np.zeros(len(first), np.bool_),
        block_offset=np.searchsorted(owner[by_due], np.arange(len(first) + 1)),
        block_due=blocks.due[by_due],
        block_length=blocks.length[by_due],
        block_paid=blocks.paid[by_due],
        block_kind=blocks.kind[by_due],
    )
