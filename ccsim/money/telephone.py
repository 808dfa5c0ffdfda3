"""Minutes that customers and agents talk by telephone, and the lines for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.log import Why
from ccsim.measures.timeline import AgentSpans
from ccsim.plan import Channel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccsim.log import Log
    from ccsim.plan import Bools, Plan

BY_TELEPHONE = (Channel.PHONE, Channel.OUTBOUND)


def talk(plan: Plan, log: Log, types: Bools | None = None) -> AgentSpans:
    """
    Stretches in which agents are on the telephone with a customer who is reached, of all types or some.

    Holding for a colleague is talk, wrap-up is not. Where the agent calls, dialing at the attempt that reaches the
    customer counts.
    """
    visits, segments = log.visits, log.segments
    wanted = np.isin(plan.types.channel, BY_TELEPHONE) & (True if types is None else types)
    chosen = wanted[visits.type[segments.visit]] & (segments.why != Why.DIALED)
    agent, start, end, why = (column[chosen] for column in (segments.agent, segments.start, segments.end, segments.why))
    left = visits.left[segments.visit[chosen]]
    until = np.where((left < 0) | (why == Why.HOLDING), end, np.clip(left, start, end))
    return AgentSpans(agent, start, until)


def lines_of_groups(plan: Plan, pools: Sequence[int]) -> int:
    """Lines of all groups with a telephone type that any of these pools handles."""
    handled = (plan.pools.priority[list(pools)] >= 0).any(axis=0) & np.isin(plan.types.channel, BY_TELEPHONE)
    groups = np.unique(plan.types.line_group[handled])
    return int(plan.lines.limit[groups[groups >= 0]].sum())
