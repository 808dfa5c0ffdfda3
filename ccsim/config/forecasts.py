"""Scenarios that ask what would be if the forecast had been right."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.config.tree import Node
    from ccsim.errors import Problem
    from ccsim.model.demand import Demand
    from ccsim.model.experiment import Center


def right_already(center: Center, node: Node) -> Iterator[Problem]:
    """A what-if that changes nothing: no forecast of the scenario is wrong."""
    if center.what_if == "right_forecast" and not any(errs(kind.demand) for kind in center.contact_types.values()):
        yield (node.get("what_if") or node).place.problem(
            "right_forecast changes nothing: no demand of the scenario has actual or forecast_error, by which what "
            "comes differs from the forecast; leave it out, or give the demand one of them"
        )


def errs(demand: Demand) -> bool:
    """Whether what comes differs from the forecast, on average or by chance."""
    return demand.actual != 1 or (demand.forecast_error is not None and demand.forecast_error.cv > 0)
