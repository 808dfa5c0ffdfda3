"""Can bids be scored as a file asks: do names refer to something, do weights add up, has each bid what is measured?"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from ccsim import quantities
from ccsim.config.contracts import IN_HOUSE
from ccsim.model.selection import IN_ALL, Promised
from ccsim.quantities import Amount, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccsim.config.tree import Node
    from ccsim.errors import Problem
    from ccsim.model.experiment import Center, Experiment
    from ccsim.model.selection import Measured, Selection

WHOLE = 1
NO_PRICE = "nothing here has a price; give costs to sites, or contracts to providers"
OF_LIVE = {"abandonment_rate", "speed_of_answer_s"}
OF_DEFERRED = {"response_mean_s"}
OF_JOURNEYS = (
    "first_attempt_success",
    "eventual_success",
    "resolution_rate",
    "first_contact_resolution",
    "contacts_per_resolution",
    "total_wait_mean_s",
)
"""Measures that exist where customers may come again, or not everything is resolved."""


def misfits_of_selection(tree: Node) -> Iterator[Problem]:
    """Scenarios and contact types that nobody knows, and weights that do not add up; in the tree as it is written."""
    asked = tree.get("selection")
    if asked is None:
        return
    scenarios = tree.map("scenarios")
    known = list(dict.fromkeys([*scenarios, *(name.partition(" | ")[0] for name in scenarios)]))
    listed = asked.get("candidates")
    named = [] if listed is None else [node for node in listed.items() if isinstance(node.value, str)]
    for place, node in enumerate(named):
        if node.value not in known:
            yield node.place.problem(_unknown("scenario", node.value, known))
        elif node.value in [other.value for other in named[:place]]:
            yield node.place.problem(f"{node.value} is named twice")
    if len(scenarios) == 1:
        yield asked.key.problem("there is one scenario and nothing to choose from; write scenarios that compete")
    if IN_ALL in asked.map("criteria"):
        yield (
            asked.value["criteria"]
            .value[IN_ALL]
            .key.problem(f"{IN_ALL} is what the sum is called; choose another name")
        )
    yield from _types(tree, asked)
    yield from _weights(asked)


def _types(tree: Node, asked: Node) -> Iterator[Problem]:
    types = dict.fromkeys(name for center in tree.map("scenarios").values() for name in center.map("contact_types"))
    for section in ("criteria", "requirements"):
        for measured in asked.map(section).values():
            node = measured.get("contact_type")
            if node is not None and isinstance(node.value, str) and node.value not in types:
                yield node.place.problem(_unknown("contact type", node.value, types))


def _weights(asked: Node) -> Iterator[Problem]:
    """Weights that can be read and do not add up to 100 %."""
    written = {name: node.get("weight") for name, node in asked.map("criteria").items()}
    weights = {}
    for name, node in written.items():
        try:
            weights[name] = quantities.exact_share(node.value if node is not None else None)
        except ValueError:
            return
    total = sum(weights.values())
    if weights and total != WHOLE:
        each = ", ".join(f"{name} {float(100 * weight):g}%" for name, weight in weights.items())
        yield asked.value["criteria"].key.problem(f"weights add up to {float(100 * total):g}%, not to 100%: {each}")


def problems_with_selection(experiment: Experiment, tree: Node) -> Iterator[Problem]:
    """Amounts in another currency than the reporting one, and measures that have no value in a candidate."""
    asked, node = experiment.selection, tree.get("selection")
    if asked is None or node is None:
        return
    yield from _what_ifs(experiment, asked, node)
    for section, named in (("criteria", asked.criteria), ("requirements", asked.requirements)):
        for name, measured in named.items():
            below = node.get(section, name) or node
            yield from _currencies(measured, experiment.currency.report, below)
            yield from _no_value(experiment, asked, measured, below)


def _what_ifs(experiment: Experiment, asked: Selection, node: Node) -> Iterator[Problem]:
    """Named candidates that others are held to, and that are no bids."""
    for place, name in enumerate(asked.candidates or ()):
        if name in experiment.scenarios and experiment.scenarios[name].what_if is not None:
            below = node.get("candidates", place) or node
            yield below.place.problem(f"{name} is a what_if, which nobody can choose")


def _currencies(measured: Measured, report: str, node: Node) -> Iterator[Problem]:
    for key in measured.levels:
        written = getattr(measured, key)
        if isinstance(written, Amount) and written.currency != report:
            yield (node.get(key) or node).place.problem(f"costs are told in {report}; write it in {report}, too")


def _no_value(experiment: Experiment, asked: Selection, measured: Measured, node: Node) -> Iterator[Problem]:
    """Told once for all scenarios in which it is for the same reason."""
    reasons: dict[str, list[str]] = {}
    for scenario in asked.among(name for name, center in experiment.scenarios.items() if center.what_if is None):
        reason = _reason(experiment.scenarios[scenario], measured, has_books=experiment.has_books)
        if reason:
            reasons.setdefault(reason, []).append(scenario)
    for reason, scenarios in reasons.items():
        place = (node.get("measure") or node).place
        yield place.problem(f"{measured.measure} has no value in {', '.join(scenarios)}: {reason}")


def _reason(center: Center, measured: Measured, *, has_books: bool) -> str:
    """Why a measure has no value in a scenario; empty if it has."""
    if measured.is_of_the_whole:
        return _unpaid(center) if has_books else NO_PRICE
    name, measure = str(measured.contact_type), measured.measure
    kind = center.contact_types.get(name)
    if kind is None:
        return f"it has no contact type {name}"
    if measure in get_args(Promised) and kind.service_level is None:
        return f"{name} has no service level"
    if measure in OF_LIVE and kind.is_deferred:
        return f"nobody waits on the line for {name}"
    if measure in OF_DEFERRED and not kind.is_deferred:
        return f"{name} is no deferred work"
    if measure == "satisfaction_mean" and center.customers.satisfaction is None:
        return "customers.satisfaction does not say how satisfied customers are"
    if measure in OF_JOURNEYS and _ends_at_once(center):
        return "nobody comes again, and every contact resolves its matter"
    return ""


def _unpaid(center: Center) -> str:
    """Who works for nothing as far as the file knows: without a wage in-house, without a contract elsewhere."""
    contracts = {contract.provider for contract in center.contracts.values()}
    for name, pool in center.pools.items():
        site = center.sites[pool.site]
        if site.provider == IN_HOUSE and pool.wage is None and site.wage is None:
            return f"{name} has no wage"
        if site.provider not in {IN_HOUSE, *contracts}:
            return f"{site.provider} has no contract"
    return ""


def _ends_at_once(center: Center) -> bool:
    returns = any(kind.retrial is not None or kind.recontact is not None for kind in center.contact_types.values())
    passed_on = any(handled.transfer for pool in center.pools.values() for handled in pool.handles.values())
    return not returns and not passed_on and all(pool.resolves_all for pool in center.pools.values())


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    return f"there is no {what} {name}{suggest(name, known) or '; there are ' + ', '.join(known)}"
