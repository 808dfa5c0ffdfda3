"""Plots of Results: every function takes and returns matplotlib Axes, so that a figure can hold several."""

from ccsim.plots.business_case import cost_bridge, cumulative_cost
from ccsim.plots.comparison import compare_scenarios, cost_and_service
from ccsim.plots.course import service_level_over_time, staffing_over_time
from ccsim.plots.coverage import coverage_map
from ccsim.plots.frontier import frontier
from ccsim.plots.money import cost_waterfall
from ccsim.plots.occupancy import occupancy
from ccsim.plots.risk import contract_risk, cost_risk
from ccsim.plots.selection import bids
from ccsim.plots.week import service_level_over_week, staffing_over_week
from ccsim.plots.weeks import week_by_week

__all__ = [
    "bids",
    "compare_scenarios",
    "contract_risk",
    "cost_and_service",
    "cost_bridge",
    "cost_risk",
    "cost_waterfall",
    "coverage_map",
    "cumulative_cost",
    "frontier",
    "occupancy",
    "service_level_over_time",
    "service_level_over_week",
    "staffing_over_time",
    "staffing_over_week",
    "week_by_week",
]
