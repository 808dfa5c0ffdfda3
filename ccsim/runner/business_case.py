"""From the business case that a planner wrote to the one that is priced: every case whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.business_case.cases import BusinessCase, Case, Phase

if TYPE_CHECKING:
    from ccsim.model.experiment import Experiment


def business_case(experiment: Experiment) -> BusinessCase | None:
    """Each scenario is a case unless the file has others; the last phase of a case has the months that are left."""
    asked = experiment.business_case
    if asked is None:
        return None
    cases: dict[str, Case] = {name: (Phase(name, asked.months),) for name in experiment.scenarios}
    if asked.cases:
        cases = {}
        for name, phases in asked.cases.items():
            left = asked.months - sum(phase.months or 0 for phase in phases)
            cases[name] = tuple(Phase(phase.scenario, phase.months or left) for phase in phases)
    return BusinessCase(asked.months, asked.discount, asked.baseline or next(iter(cases)), cases)
