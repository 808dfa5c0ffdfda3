"""Where work may go: contacts with data classes, and the sites that are cleared for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.config.names import pools_of, ranks_of
from ccsim.quantities import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.config.tree import Node, Place
    from ccsim.errors import Problem
    from ccsim.model.experiment import Center


def uncleared(center: Center, node: Node) -> Iterator[Problem]:
    """
    Pools that may be given contacts whose data classes their site is not cleared for, unless the scenario asks what
    it would be like. A contact that is passed on to another type takes its data along.
    """
    if center.what_if == "ignore_restrictions":
        return
    carried = _data(center)
    cleared = {class_ for site in center.sites.values() for class_ in site.clearances}
    for name, classes in carried.items():
        for pool, place in _asked(center, node, name):
            site = center.pools[pool].site
            clearances = center.sites[site].clearances
            for class_, source in classes.items():
                if class_ not in clearances:
                    passed_on = "" if source == name else f" (passed on from {source})"
                    near = "" if class_ in cleared else suggest(class_, sorted(cleared)).removeprefix("; ")
                    meant = f" ({near})" if near else ""
                    yield place.problem(
                        f"{name} carries {class_} data{meant}{passed_on}, but {pool} works in {site}, which is cleared "
                        f"for {' and '.join(clearances) or 'nothing'}; add {class_} to the clearances of {site}, route "
                        "it elsewhere, or write what_if: ignore_restrictions in the scenario to see what this would "
                        "change"
                    )


def _data(center: Center) -> dict[str, dict[str, str]]:
    """By contact type, the data classes that its contacts may carry, each with the type that brings it in."""
    carried = {name: dict.fromkeys(kind.data, name) for name, kind in center.contact_types.items()}
    passed_on = {
        (name, transfer.to)
        for pool in center.pools.values()
        for name, handles in pool.handles.items()
        for transfer in handles.transfer
        if transfer.probability
    }
    for _ in carried:
        for name, to in sorted(passed_on):
            carried[to] = {**carried[name], **carried[to]}
    return carried


def _asked(center: Center, node: Node, name: str) -> Iterator[tuple[str, Place]]:
    """Pools of the scenario that may be asked to handle a type, and where that is written."""
    route = node.get("routing", name)
    if route is None:
        for pool, below in center.pools.items():
            if name in below.handles:
                yield pool, (node.get("pools", pool, "handles", name) or node).key
        return
    for rank in ranks_of(route):
        for listed in pools_of(rank):
            if str(listed.value) in center.pools:
                yield str(listed.value), listed.place
