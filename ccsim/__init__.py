"""
Simulates outsourced contact centers: staffing, follow-the-sun coverage, service levels with their uncertainty, cost.

>>> import ccsim
>>> results = ccsim.run("experiments/follow_the_sun.yaml", replications=20)
>>> results.targets()

Names are loaded when first used, so that ``import ccsim`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccsim.config.load import load
    from ccsim.errors import CcsimError, ConfigError, SimulationError
    from ccsim.explanation.explaining import explain
    from ccsim.plots import (
        compare_scenarios,
        cost_and_service,
        coverage_map,
        service_level_over_week,
        staffing_over_week,
        week_by_week,
    )
    from ccsim.plots.occupancy import occupancy
    from ccsim.results import Results, assert_service_level
    from ccsim.runner.asked import check
    from ccsim.runner.pricing import price
    from ccsim.runner.running import run
    from ccsim.runner.single import simulate
    from ccsim.sensitivities.finding import sensitivity

__all__ = [
    "CcsimError",
    "ConfigError",
    "Results",
    "SimulationError",
    "assert_service_level",
    "check",
    "compare_scenarios",
    "cost_and_service",
    "coverage_map",
    "explain",
    "load",
    "occupancy",
    "price",
    "run",
    "sensitivity",
    "service_level_over_week",
    "simulate",
    "staffing_over_week",
    "week_by_week",
]

_ROOMS = {
    "ccsim.errors": ("CcsimError", "ConfigError", "SimulationError"),
    "ccsim.config": ("load",),
    "ccsim.explanation": ("explain",),
    "ccsim.runner": ("check", "price", "run", "simulate"),
    "ccsim.sensitivities": ("sensitivity",),
    "ccsim.results": ("Results", "assert_service_level"),
    "ccsim.plots": (
        "compare_scenarios",
        "cost_and_service",
        "coverage_map",
        "occupancy",
        "service_level_over_week",
        "staffing_over_week",
        "week_by_week",
    ),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_ROOM_OF[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return [*__all__, *globals()]
