"""Do contracts fit the center: is there a provider, do its pools handle what it is paid for, and is it paid once?"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from ccsim.model.allotment import pools_of, share_of_forecast, types_of
from ccsim.quantities import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccsim.config.tree import Node
    from ccsim.errors import Problem
    from ccsim.model.contract import Contract
    from ccsim.model.experiment import Center, Currency

IN_HOUSE = "in-house"


def unknown_to_contracts(center: Node, all_pools: dict[str, Node]) -> Iterator[Problem]:
    """Names in contracts that mean nothing, or nothing of their provider; in the tree as it is written."""
    sites, types = center.map("sites"), center.map("contact_types")
    provider_of = {name: _text(site.get("provider")) or IN_HOUSE for name, site in sites.items()}
    for contract in center.map("contracts").values():
        written = contract.get("provider")
        if written is None:
            continue
        provider = str(written.value)
        if provider == IN_HOUSE:
            yield written.place.problem("in-house is no provider with a contract; what its sites cost is said in costs")
            continue
        if provider not in provider_of.values():
            known = sorted({*provider_of.values()} - {IN_HOUSE})
            yield written.place.problem(f"there is no provider {provider}{_or_list(provider, known)}")
            continue
        own = {name for name, runs in provider_of.items() if runs == provider}
        for node in _items(contract.get("sites")):
            if str(node.value) not in sites:
                yield node.place.problem(f"there is no site {node.value}{_or_list(str(node.value), sites)}")
            elif str(node.value) not in own:
                yield node.place.problem(f"{node.value} is run by {provider_of[str(node.value)]}, not by {provider}")
        own &= {str(node.value) for node in _items(contract.get("sites"))} or own
        pools = [pool for pool in all_pools.values() if _text(pool.get("site")) in own]
        handled = {name for pool in pools for name in pool.map("handles")}
        yield from _types(contract, types, handled, provider)
        yield from _languages(contract, types, handled)


def _types(contract: Node, types: dict[str, Node], handled: set[str], provider: str) -> Iterator[Problem]:
    """Types that nobody knows, that the provider does not handle, or that are not the contract's."""
    listed = {str(node.value) for node in _items(contract.get("types"))}
    below = [*_items(contract.get("price")), *_items(contract.get("terms"))]
    parts = [part.get(key) for part in below if isinstance(part.value, dict) for key in ("type", "types")]
    for node in [*_items(contract.get("types")), *(item for part in parts for item in _items(part))]:
        name = str(node.value)
        if name not in types:
            yield node.place.problem(f"there is no contact type {name}{_or_list(name, types)}")
        elif name not in handled:
            yield node.place.problem(f"{provider} has no pool that handles {name}; add {name} to the handles of one")
        elif listed and name not in listed:
            yield node.place.problem(f"{name} is none of the types of the contract; add {name} to them")


def _languages(contract: Node, types: dict[str, Node], handled: set[str]) -> Iterator[Problem]:
    listed = {str(node.value) for node in _items(contract.get("types"))} or handled
    known = {_text(types[name].get("language")) for name in sorted(listed & handled & types.keys())} - {""}
    languages = contract.get("premiums", "languages")
    for name, node in (languages.map() if languages is not None else {}).items():
        if name not in known:
            yield node.key.problem(f"no contact type of the contract has the language {name}{_or_list(name, known)}")


def problems_with_contracts(center: Center, currency: Currency, node: Node) -> Iterator[Problem]:
    """Problems of contracts that are valid, each for itself; those that do not concern the scenario are left aside."""
    for name, contract in center.contracts.items():
        clause = contract.exchange
        if clause is not None and clause.currency not in {currency.report, *currency.rates}:
            place = (node.get("contracts", name, "exchange", "currency") or node).place
            example = f"currency: {{report: {currency.report}, {clause.currency}: 0.02}}"
            yield place.problem(f"there is no exchange rate for {clause.currency}; write for example {example}")
    concerned = {name: contract for name, contract in center.contracts.items() if pools_of(center, contract)}
    for name, contract in concerned.items():
        yield from _unknown_volume(name, contract, center, node)
    for one, other in combinations(concerned, 2):
        yield from _twice(one, other, center, node)


def _unknown_volume(name: str, contract: Contract, center: Center, node: Node) -> Iterator[Problem]:
    """Clauses that are about the forecast, where nobody can tell how much of it is the contract's."""
    key = contract.first_on_forecast
    if key is None:
        return
    for type_ in types_of(center, contract):
        if share_of_forecast(center, contract, type_) is None:
            place = (node.get("contracts", name, *key) or node.get("contracts", name) or node).key
            yield place.problem(
                f"others are asked for {type_}, too, so its forecast is not all for {contract.provider}; say how much "
                "is, for example forecast: {share: 60%}"
            )
            return


def _twice(one: str, other: str, center: Center, node: Node) -> Iterator[Problem]:
    """Two contracts that would be paid for the same contacts, or for the same agents' time."""
    first, second = center.contracts[one], center.contracts[other]
    both = [pool for pool in pools_of(center, first) if pool in pools_of(center, second)]
    if not both:
        return
    site = center.pools[both[0]].site
    handled = types_of(center, second)
    shared = [name for name in types_of(center, first) if name in handled]
    place = (node.get("contracts", other) or node).key
    if shared:
        told = f"{shared[0]} in {site} is under the contract {one}, too"
        yield place.problem(f"{told}; name the scenario's contracts, for example contracts: [{other}]")
    elif first.prices_time and second.prices_time:
        yield place.problem(f"the agents' time in {site} is paid by the contract {one}, too; price it once")


def _items(node: Node | None) -> Iterable[Node]:
    """What a list has, or a single value."""
    return () if node is None else node.items()


def _text(node: Node | None) -> str:
    return "" if node is None else str(node.value)


def _or_list(name: str, known: Iterable[str]) -> str:
    """What a name may have meant, or all that there are."""
    return suggest(name, known) or f"; there are {', '.join(sorted(known)) or 'none'}"
