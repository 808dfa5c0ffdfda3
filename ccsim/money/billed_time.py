"""Agents' time as a contract bills it: by pool, with the time of those who still learn apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ccsim.contracts import Per
from ccsim.measures.level import Level
from ccsim.money.pay import by_tenure, in_hours, within

if TYPE_CHECKING:
    from ccsim.contracts import Contract, Price
    from ccsim.costs import Added
    from ccsim.log import Log
    from ccsim.measures.staff import StaffTime
    from ccsim.measures.timeline import AgentSpans
    from ccsim.money.pay import Fractions
    from ccsim.plan import Bools, Plan


class Billed(NamedTuple):
    """Hours of a pool. [M]"""

    all: Fractions
    learning: Fractions
    """Of them those that the ramp lowers."""


@dataclass(frozen=True)
class PoolTime:
    """How many agents of a pool there are over time, of whom some are nesting, or in training if that is billed."""

    all: Level
    learning: Level

    def hours(self, plan: Plan) -> Billed:
        """Of each month."""
        edges = plan.months.edges
        return Billed(in_hours(self.all.total(edges)), in_hours(self.learning.total(edges)))

    def within(self, plan: Plan, added: Added) -> Billed:
        """The same in some hours."""
        edges = plan.months.edges
        return Billed(in_hours(within(self.all, added, edges)), in_hours(within(self.learning, added, edges)))


def billed_time(plan: Plan, log: Log, staff: StaffTime, contract: Contract, price: Price) -> dict[int, PoolTime]:
    """
    Time of the contract's agents, by pool.

    A spell is training or nesting by the tenure on the day on which it begins, to its end. Training is left out unless
    it is billed.
    """
    spans, trains, nests = _by_stage(plan, log, _of(price, staff))
    is_billed = ~trains | contract.bills_training
    learns = nests | trains

    def level(which: Bools) -> Level:
        return Level.count(spans.begins[which], spans.ends[which])

    pool = plan.agents.pool[spans.agent]
    return {
        row: PoolTime(level((pool == row) & is_billed), level((pool == row) & is_billed & learns))
        for row in contract.pools
    }


def _of(price: Price, staff: StaffTime) -> AgentSpans:
    if price.per != Per.PRODUCTIVE_HOUR:
        return staff.scheduled
    return staff.available if price.counts == "available" else staff.handling


def _by_stage(plan: Plan, log: Log, spans: AgentSpans) -> tuple[AgentSpans, Bools, Bools]:
    """The same time in pieces, and which of them are of agents in training, and nesting."""
    spans, tenure = by_tenure(plan, log, spans)
    if plan.careers is None:
        nobody = tenure < 0
        return spans, nobody, nobody
    line = plan.agents.line[spans.agent]
    floor = tenure - plan.careers.training[line]
    return spans, floor < 0, (floor >= 0) & (floor < plan.careers.nesting[line])
