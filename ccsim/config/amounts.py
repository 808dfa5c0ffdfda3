"""Do amounts of money fit together: is there a rate for each currency, and a wage where a cost is a share of wages?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from ccsim.quantities import Amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.config.tree import Node
    from ccsim.errors import Problem
    from ccsim.model.experiment import Center, Currency
    from ccsim.model.site import Site

Path = tuple[str | int, ...]

WITH_AMOUNTS = ("sites", "pools", "contracts", "strings", "customers")
OF_WAGES = ("benefits", "holiday_pay", "training")
"""Costs that are paid at the wage, or as a share of it."""
SUPPORT = ("supervisors", "quality", "workforce")


def problems_with_amounts(center: Center, currency: Currency, node: Node) -> Iterator[Problem]:
    """Problems of a center whose parts are all valid; ``node`` is where it is written."""
    yield from _without_rate(center, currency, node)
    for name, site in center.sites.items():
        yield from _wages_in_several_currencies(name, site, center, node)
        yield from _without_wage(name, site, center, node)


def _without_rate(center: Center, currency: Currency, node: Node) -> Iterator[Problem]:
    known = {currency.report, *currency.rates}
    for part in WITH_AMOUNTS:
        for path, amount in _amounts(getattr(center, part, {}), (part,)):
            if amount.currency not in known:
                example = f"currency: {{report: {currency.report}, {amount.currency}: 0.02}}"
                problem = f"there is no exchange rate for {amount.currency}; write for example {example}"
                yield _nearest(node, path).place.problem(problem)


def _amounts(value: Any, path: Path) -> Iterator[tuple[Path, Amount]]:
    """All amounts of money within a value, and the keys that lead to them."""
    below: Any = ()
    if isinstance(value, Amount):
        yield path, value
    elif isinstance(value, BaseModel):
        below = ((field.alias or name, getattr(value, name)) for name, field in type(value).model_fields.items())
    elif isinstance(value, Mapping):
        below = value.items()
    elif isinstance(value, tuple):
        below = enumerate(value)
    for key, child in below:
        yield from _amounts(child, (*path, key))


def _nearest(node: Node, path: Path) -> Node:
    """What is written under these keys, or the short form that stands for it."""
    for key in path:
        node = node.child(key) or node
    return node


def _wages_in_several_currencies(name: str, site: Site, center: Center, node: Node) -> Iterator[Problem]:
    """Benefits are a share of all wages of a site, in their currency."""
    wages: list[tuple[Path, Amount | None]] = [(("sites", name, "wage"), site.wage)]
    wages += [(("pools", own, "wage"), pool.wage) for own, pool in center.pools.items() if pool.site == name]
    for key in SUPPORT:
        people = getattr(site.costs, key, None)
        wages.append((("sites", name, "costs", key, "wage"), people.wage if people else None))
    given = [(path, wage) for path, wage in wages if wage is not None]
    for path, wage in given[1:]:
        usual = given[0][1].currency
        if wage.currency != usual:
            yield _nearest(node, path).place.problem(f"wages of {name} are in {usual}; write this one in {usual}, too")


def _without_wage(name: str, site: Site, center: Center, node: Node) -> Iterator[Problem]:
    unpaid = [own for own, pool in center.pools.items() if pool.site == name and pool.wage is None]
    if site.wage is not None or not unpaid:
        return
    for key in OF_WAGES:
        if getattr(site.costs, key, None) is not None:
            below = _nearest(node, ("sites", name, "costs", key))
            yield below.key.problem(f"{key} needs a wage, and {unpaid[0]} has none; give {name} a wage")
