"""WHAT happened: Plan and Log in, the sums behind every measure out."""

from ccsim.measures.catalog import CATALOG, Measure
from ccsim.measures.coverage import Gap, coverage_gaps, coverage_map
from ccsim.measures.measure import measure
from ccsim.measures.staff import StaffTime, hours_per_agent
from ccsim.measures.tally import Key, Tally

__all__ = [
    "CATALOG",
    "Gap",
    "Key",
    "Measure",
    "StaffTime",
    "Tally",
    "coverage_gaps",
    "coverage_map",
    "hours_per_agent",
    "measure",
]
