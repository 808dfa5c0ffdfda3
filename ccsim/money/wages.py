"""What agents' time costs: wages, premiums by local hour, overtime, in the reporting currency."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.money.pay import pay
from ccsim.plan import TICKS_PER_SECOND

if TYPE_CHECKING:
    from ccsim.costs import Costs
    from ccsim.log import Log
    from ccsim.measures.level import Level
    from ccsim.measures.staff import StaffTime
    from ccsim.plan import Floats, Plan

TICKS_PER_HOUR = 3600 * TICKS_PER_SECOND


@dataclass(frozen=True)
class LaborCost:
    """Of each pool [P], in the reporting currency; NaN where it has no wage."""

    regular: Floats
    """(paid - overtime) x wage"""
    premium: Floats
    """
    Paid time within the hours of a premium x wage x its share, overtime and paid absence included; premiums and holiday
    pay add.
    """
    overtime: Floats
    """Overtime x wage x overtime factor. A premium on it is a share of the wage, not of the raised wage."""

    @property
    def total(self) -> Floats:
        total: Floats = self.regular + self.premium + self.overtime
        return total


def labor_cost(plan: Plan, log: Log, time: StaffTime) -> LaborCost:
    """
    What the pools' agents cost in the counted period, by what is known: own costs, or no more than wages of sites.

    Paid absence costs what work would have cost, premiums included. Time is added in whole ticks and converted once.
    """
    return _wages_of_sites(plan, time) if plan.costs is None else _as_in_the_books(plan, plan.costs, log, time)


def _as_in_the_books(plan: Plan, costs: Costs, log: Log, time: StaffTime) -> LaborCost:
    found = np.full((3, len(costs.pools)), math.nan)
    for row, (pool, earned) in enumerate(zip(costs.pools, pay(plan, costs, log, time), strict=True)):
        if pool.wage is not None and earned is not None:
            added = earned.premium.pay + earned.holiday.pay
            sums = [amounts.sum() for amounts in (earned.regular.pay, added, earned.overtime.pay)]
            found[:, row] = [float(amount * plan.exchange[pool.wage.currency].rate) for amount in sums]
    return LaborCost(*found)


def _wages_of_sites(plan: Plan, time: StaffTime) -> LaborCost:
    sites, site, pools = plan.sites, plan.pools.site, len(plan.pools.name)
    paid, overtime = (spans.levels(plan.agents.pool, pools) for spans in (time.paid, time.overtime))
    edges = np.array([plan.counted_from, plan.counted_to])
    wage = (sites.wage * sites.exchange)[site]
    paid_hours = np.array([level.total(edges)[0] for level in paid]) / TICKS_PER_HOUR
    overtime_hours = np.array([level.total(edges)[0] for level in overtime]) / TICKS_PER_HOUR
    raised = np.array([premium_hours(plan, int(s), level) for s, level in zip(site, paid, strict=True)])
    return LaborCost(
        regular=(paid_hours - overtime_hours) * wage,
        premium=raised * wage,
        overtime=overtime_hours * wage * sites.overtime[site],
    )


def premium_hours(plan: Plan, site: int, paid: Level) -> float:
    """Paid hours within the premium windows of a site, each weighted with its added share."""
    sites = plan.sites
    rows = slice(sites.premium_offset[site], sites.premium_offset[site + 1])
    within = paid.until(sites.premium_to[rows]) - paid.until(sites.premium_from[rows])
    return float(sites.premium_share[rows] @ within) / TICKS_PER_HOUR
