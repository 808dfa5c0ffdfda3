"""
Own costs of one site by item and month: a quantity of the Log x a price of the file, exactly.

Amounts rise with the site's index; those per month count by the share of the month that is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.measures.level import Level
from ccsim.money.pay import counted, exact, in_hours
from ccsim.money.telephone import lines_of_groups, talk
from ccsim.plan import TICKS_PER_SECOND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.costs import Costs, Price, SiteCosts
    from ccsim.log import Log
    from ccsim.measures.staff import StaffTime
    from ccsim.measures.timeline import AgentSpans
    from ccsim.money.pay import Fractions, Pay
    from ccsim.plan import Plan

TICKS_PER_MINUTE = 60 * TICKS_PER_SECOND
DAYS_PER_YEAR = Fraction(1461, 4)


class Charge(NamedTuple):
    """Lines of one item, month by month."""

    item: str
    about: str
    """Pool for what is paid for its agents, else site."""
    currency: str
    quantity: Fractions
    """[M]"""
    amount: Fractions
    """[M]"""


@dataclass(frozen=True)
class Site:
    """One site of one replication."""

    plan: Plan
    costs: Costs
    log: Log
    staff: StaffTime
    row: int
    earned: list[Pay | None]
    """[P] of all pools."""

    def charges(self) -> Iterator[Charge]:
        """All its costs, labor first. Which there are follows from the Plan alone."""
        labor, training, support = [*self.labor()], [*self.training()], [*self.support()]
        yield from labor
        yield from self.benefits([*labor, *training, *support])
        yield from self.recruiting()
        yield from training
        yield from self.material()
        yield from support
        yield from self.place()
        yield from self.telephone()

    @property
    def given(self) -> SiteCosts:
        return self.costs.sites[self.row]

    @property
    def name(self) -> str:
        return self.plan.sites.name[self.row]

    @property
    def pools(self) -> list[int]:
        """Rows of its pools, in the order of the file."""
        return [pool for pool in self.plan.names.pools if self.plan.pools.site[pool] == self.row]

    @property
    def share(self) -> Fractions:
        """[M] of each month that is counted."""
        return exact(self.plan.months.share)

    def charge(self, item: str, price: Price, quantity: Fractions, about: str = "") -> Charge:
        """A quantity of each month at a price."""
        amount = quantity * price.amount * exact(self.given.index)
        return Charge(item, about or self.name, price.currency, quantity, amount)

    def labor(self) -> Iterator[Charge]:
        for pool in self.pools:
            wage, pay, name = self.costs.pools[pool].wage, self.earned[pool], self.plan.pools.name[pool]
            if wage is None or pay is None:
                continue
            yield Charge("wages", name, wage.currency, *pay.regular)
            if self.given.premiums:
                yield Charge("premiums", name, wage.currency, *pay.premium)
            yield Charge("overtime", name, wage.currency, *pay.overtime)
            if self.given.holiday_pay is not None:
                yield Charge("holiday pay", name, wage.currency, *pay.holiday)

    def benefits(self, wages: list[Charge]) -> Iterator[Charge]:
        """A share of all wages, which are in one currency."""
        if self.given.benefits is not None and wages:
            paid = np.sum([charge.amount for charge in wages], axis=0)
            yield Charge("benefits", self.name, wages[0].currency, paid, paid * self.given.benefits)

    def recruiting(self) -> Iterator[Charge]:
        if self.given.recruiting is not None:
            for pool in self.pools:
                people = self.hired(pool) + self.replaced(pool)
                yield self.charge("recruiting", self.given.recruiting, people, self.plan.pools.name[pool])

    def training(self) -> Iterator[Charge]:
        """Hours of training at the wage; where it is simulated they are among the paid hours of those hired there."""
        for pool in self.pools:
            wage, training = self.costs.pools[pool].wage, self.given.training
            if wage is not None and training is not None:
                beside = self.replaced(pool) + self.hired(pool) * (not self.costs.pools[pool].is_trained)
                yield self.charge("training", wage, beside * training.hours, self.plan.pools.name[pool])

    def material(self) -> Iterator[Charge]:
        training = self.given.training
        if training is not None and training.material is not None:
            for pool in self.pools:
                people = self.hired(pool) + self.replaced(pool)
                yield self.charge("training material", training.material, people, self.plan.pools.name[pool])

    def hired(self, pool: int) -> Fractions:
        """[M] people who join a pool in the simulation, on local dates of the month."""
        dates, hires = self.costs.date, self.log.hires
        if hires is None:
            return counted(dates[1:] * 0)
        joined = np.sort(hires.date[self.plan.agents.pool[hires.agent] == pool])
        return counted(np.diff(np.searchsorted(joined, dates)))

    def replaced(self, pool: int) -> Fractions:
        """[M] people who would be hired in place of others, where the simulation replaces nobody."""
        yearly = Fraction(0) if self.costs.pools[pool].is_replaced else self.given.turnover or Fraction(0)
        agent_days = np.diff(self.costs.date) * np.array(self.costs.pools[pool].roster)
        people: Fractions = counted(agent_days) * (yearly / DAYS_PER_YEAR)
        return people

    def support(self) -> Iterator[Charge]:
        """Hours that follow the paid hours of agents."""
        paid = in_hours(self.here(self.staff.paid).total(self.plan.months.edges))
        for people in self.given.support:
            yield self.charge(people.item, people.wage, paid / people.span)

    def place(self) -> Iterator[Charge]:
        """What agents need, whether they are busy or not."""
        named = counted(np.sum([self.costs.pools[pool].roster for pool in self.pools], axis=0))
        if self.given.seat is not None:
            yield self.charge("seats", self.given.seat, self.most(self.staff.scheduled) * self.share)
        if self.given.equipment is not None:
            yield self.charge("equipment", self.given.equipment, named * self.share)
        if self.given.licences is not None:
            users = named if self.given.licences_per == "agent" else self.most(self.staff.present)
            yield self.charge("licences", self.given.licences, users * self.share)

    def telephone(self) -> Iterator[Charge]:
        """Minutes of talk; and lines of groups, beside those that types without lines need when most calls are on."""
        if self.given.minute is not None:
            talked = self.here(talk(self.plan, self.log)).total(self.plan.months.edges)
            yield self.charge("telephone minutes", self.given.minute, counted(talked, TICKS_PER_MINUTE))
        if self.given.line is not None:
            without = self.most(talk(self.plan, self.log, self.plan.types.line_group < 0))
            lines = without + lines_of_groups(self.plan, self.pools)
            yield self.charge("telephone lines", self.given.line, lines * self.share)

    def here(self, spans: AgentSpans) -> Level:
        """How many of these stretches are of agents of the site, over time."""
        here = self.plan.pools.site[self.plan.agents.pool[spans.agent]] == self.row
        return Level.count(spans.begins[here], spans.ends[here])

    def most(self, spans: AgentSpans) -> Fractions:
        """[M] the largest number of agents of the site at once in each month."""
        level, edges = self.here(spans), self.plan.months.edges.tolist()
        return exact(Fraction(level.highest(*month)) for month in pairwise(edges))
