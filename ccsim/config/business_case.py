"""Can the cases of a business case be run and priced: are there such scenarios, a baseline, and any money?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.quantities import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccsim.config.tree import Node
    from ccsim.errors import Problem
    from ccsim.model.experiment import Experiment


def problems_with_business_case(experiment: Experiment, tree: Node) -> Iterator[Problem]:
    """Scenarios and cases that nobody knows; and a case of which nothing is known to cost anything."""
    asked, node = experiment.business_case, tree.get("business_case")
    if asked is None or node is None:
        return
    if not experiment.has_books:
        yield node.key.problem("nothing here has a price; give costs to sites, or contracts to providers")
    for name, case in asked.cases.items():
        for number, phase in enumerate(case):
            if phase.scenario not in experiment.scenarios:
                listed = node.get("cases", name, number, "scenario") or node.get("cases", name, number)
                below = listed or node.get("cases", name, "scenario") or node.get("cases", name) or node
                yield below.place.problem(_unknown("scenario", phase.scenario, experiment.scenarios))
    cases = asked.cases or experiment.scenarios
    if asked.baseline is not None and asked.baseline not in cases:
        yield (node.get("baseline") or node).place.problem(_unknown("case", asked.baseline, cases))


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    return f"there is no {what} {name}{suggest(name, known) or '; there are ' + ', '.join(known)}"
