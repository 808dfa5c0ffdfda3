"""What agents' time costs: wages, premiums by local hour, overtime, in the reporting currency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.plan import TICKS_PER_SECOND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccsim.measures.level import Level
    from ccsim.plan import Floats, Plan

TICKS_PER_HOUR = 3600 * TICKS_PER_SECOND


@dataclass(frozen=True)
class LaborCost:
    """Of each pool [P], in the reporting currency; NaN where the site has no wage."""

    regular: Floats
    """(paid - overtime) x wage"""
    premium: Floats
    """Paid time within the hours of a premium x wage x its share, overtime and paid absence included; premiums add."""
    overtime: Floats
    """Overtime x wage x overtime factor. A premium on it is a share of the wage, not of the raised wage."""

    @property
    def total(self) -> Floats:
        total: Floats = self.regular + self.premium + self.overtime
        return total


def labor_cost(plan: Plan, paid: Sequence[Level], overtime: Sequence[Level]) -> LaborCost:
    """
    What the pools' agents cost in the counted period.

    ``paid`` (overtime included) and ``overtime`` are the numbers of agents in paid time and in overtime, of each pool,
    within the counted period. Paid absence costs what work would have cost, premiums included. Time is added in whole
    ticks and converted once.
    """
    sites, site = plan.sites, plan.pools.site
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
