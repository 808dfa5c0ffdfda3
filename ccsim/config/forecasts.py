"""Scenarios that ask what would be if the forecast had been right."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.config.tree import Node
    from ccsim.errors import Problem
    from ccsim.model.demand import Demand
    from ccsim.model.experiment import Center, Experiment


def right_already(center: Center, node: Node) -> Iterator[Problem]:
    """A what-if that changes nothing: no forecast of the scenario is wrong."""
    if center.what_if == "right_forecast" and not any(errs(kind.demand) for kind in center.contact_types.values()):
        yield (node.get("what_if") or node).place.problem(
            "right_forecast changes nothing: no demand of the scenario has actual or forecast_error, by which what "
            "comes differs from the forecast; leave it out, or give the demand one of them"
        )


def with_right_forecasts(experiment: Experiment) -> Experiment:
    """The experiment, in whose scenarios that ask for it what comes is what was forecast."""
    scenarios = {
        name: come_true(center) if center.what_if == "right_forecast" else center
        for name, center in experiment.scenarios.items()
    }
    return experiment.model_copy(update={"scenarios": scenarios})


def come_true(center: Center) -> Center:
    """Without errors of its forecasts; days still bring what days bring."""
    right = {"actual": 1.0, "forecast_error": None}
    kinds = {
        name: kind
        if kind.demand.is_recorded
        else kind.model_copy(update={"demand": kind.demand.model_copy(update=right)})
        for name, kind in center.contact_types.items()
    }
    return center.model_copy(update={"contact_types": kinds})


def errs(demand: Demand) -> bool:
    """Whether what comes differs from the forecast, on average or by chance."""
    return demand.actual != 1 or (demand.forecast_error is not None and demand.forecast_error.cv > 0)
