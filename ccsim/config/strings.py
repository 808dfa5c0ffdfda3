"""Do the strings of outsourcing fit the center: is there such a provider, and are there such pools?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.config.contracts import IN_HOUSE
from ccsim.quantities import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccsim.config.tree import Node
    from ccsim.errors import Problem
    from ccsim.model.experiment import Experiment

FACTORS = ("churn", "satisfaction")
"""What customers do, or feel, by the pool that answered them."""


def unknown_to_strings(center: Node, all_pools: Iterable[str]) -> Iterator[Problem]:
    """Providers that run no site, and pools that nobody has; in the tree as it is written."""
    running = {str(node.value) for site in center.map("sites").values() if (node := site.get("provider"))} - {IN_HOUSE}
    for provider, node in center.map("strings").items():
        if provider == IN_HOUSE:
            yield node.key.problem("in-house is no provider to whom work goes; what its sites cost is said in costs")
        elif provider not in running:
            yield node.key.problem(f"there is no provider {provider}{_or_list(provider, running)}")
    for key in FACTORS:
        factors = center.get("customers", key, "pools")
        for pool, node in (factors.map() if factors is not None else {}).items():
            if pool not in all_pools:
                yield node.key.problem(f"there is no pool {pool}{_or_list(pool, all_pools)}")


def problems_with_strings(experiment: Experiment, tree: Node) -> Iterator[Problem]:
    """Shares of fees that no scenario has: without a contract, or without one in a currency that could be hedged."""
    report, centers = experiment.currency.report, experiment.scenarios
    currencies: dict[str, set[str]] = {}
    for center in centers.values():
        for contract in center.contracts.values():
            currencies.setdefault(contract.provider, set()).add(contract.currency)
    for scenario, center in centers.items():
        for provider, strings in center.strings.items():
            node = tree.get("scenarios", scenario, "strings", provider) or tree
            fees = currencies.get(provider, set())
            if strings.governance is not None and strings.governance.share is not None and not fees:
                told = f"{provider} has no contract of whose fees this could be a share; write an amount per month"
                yield (node.get("governance", "share") or node.get("governance") or node).place.problem(told)
            if strings.hedging is not None and fees <= {report}:
                told = f"{provider} has no contract in another currency than {report}; there is nothing to hedge"
                yield (node.get("hedging") or node).key.problem(told)


def _or_list(name: str, known: Iterable[str]) -> str:
    """What a name may have meant, or all that there are."""
    return suggest(name, known) or f"; there are {', '.join(sorted(known)) or 'none'}"
