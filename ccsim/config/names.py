"""
Do names refer to something, and to one thing?

Looked at in the tree as it is written, so that one misspelt key does not hide a misspelt name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from ccsim import quantities
from ccsim.config.contracts import unknown_to_contracts
from ccsim.config.selection import misfits_of_selection
from ccsim.config.strings import unknown_to_strings
from ccsim.model.contact_type import DEFERRED, LIVE, Channel
from ccsim.quantities import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccsim.config.tree import Node, Place
    from ccsim.errors import Problem


def problems_with_names(tree: Node, file: Node) -> Iterator[Problem]:
    """Problems in the names of an experiment; ``tree`` has its scenarios resolved, ``file`` is as written."""
    all_pools = file.map("pools")
    centers = tree.map("scenarios")
    for center in centers.values():
        yield from _unknown_names(center, {**all_pools, **center.map("pools")})
        yield from _unmet_routes(center, all_pools)
        yield from _transfers(center)
        yield from _places_of_outages(center)
        yield from _lines(center)
        yield from _twice(center)
        yield from unknown_to_contracts(center, {**all_pools, **center.map("pools")})
        yield from unknown_to_strings(center, {**all_pools, **center.map("pools")})
    yield from _unhandled(centers)
    yield from misfits_of_selection(tree)


def _unknown(what: str, known: Iterable[str], nodes: Iterable[Node | None]) -> Iterator[Problem]:
    """Values that should name something and do not."""
    for node in nodes:
        if node is not None and not isinstance(node.value, dict | tuple):
            yield from _unless_known(what, known, str(node.value), node.place)


def _unknown_keys(what: str, known: Iterable[str], named: dict[str, Node]) -> Iterator[Problem]:
    """Keys that should name something and do not."""
    for name, node in named.items():
        yield from _unless_known(what, known, name, node.key)


def _unless_known(what: str, known: Iterable[str], name: str, place: Place) -> Iterator[Problem]:
    if name not in known:
        yield place.problem(
            f"there is no {what} {name}{suggest(name, known) or '; there are ' + (', '.join(known) or 'none')}"
        )


def _unknown_names(center: Node, all_pools: dict[str, Node]) -> Iterator[Problem]:
    types, sites = center.map("contact_types"), center.map("sites")
    for pool in center.map("pools").values():
        yield from _unknown("site", sites, [pool.get("site")])
        yield from _unknown_keys("contact type", types, pool.map("handles"))
        for handled in pool.map("handles").values():
            yield from _unknown("contact type", types, [transfer.get("to") for transfer in _transfers_of(handled)])
        for shift in pool.map("shifts").values():
            followed = shift.get("flex", "follows")
            yield from _unknown("contact type", types, followed.items() if followed else ())
    for contact_type in types.values():
        returns = [*contact_type.map("retrial").values(), contact_type.get("recontact")]
        yield from _unknown("contact type", types, [node.get("to") for node in returns if node is not None])
    yield from _unknown_keys("contact type", types, center.map("routing"))
    for route in center.map("routing").values():
        for rank in ranks_of(route):
            conditions = [rank.get("when", key) for key in ("awake", "asleep")]
            yield from _unknown("pool", all_pools, [*pools_of(rank), *conditions])
    for group in center.map("lines").values():
        listed = group.get("types")
        yield from _unknown("contact type", types, listed.items() if listed else ())


def ranks_of(route: Node) -> Iterable[Node]:
    """The ranks of a route in any form, those of all its lanes."""
    lanes = route.map("lanes").values()
    return [rank for lane in lanes or (route,) for rank in (lane.get("ranks") or lane).items()]


def pools_of(rank: Node) -> Iterable[Node]:
    """The nodes that name a rank's pools, in any of its forms."""
    named = [rank.get(key) for key in ("pool", "pools")] if isinstance(rank.value, dict) else [rank]
    return [item for node in named if node is not None for item in node.items()]


def _unhandled(centers: dict[str, Node]) -> Iterator[Problem]:
    """
    Contact types that no pool of a scenario handles, or whose list of pools has none of them; told once for all
    scenarios. A type without demand of its own to which nobody is sent in a scenario need not be handled there.
    """
    found: dict[tuple[Place, str], list[str]] = {}
    for scenario, center in centers.items():
        pools, sent_to = center.map("pools"), _sent_to(center)
        for name, node in center.map("contact_types").items():
            demand = node.get("demand")
            if demand is not None and demand.value == "none" and name not in sent_to:
                continue
            handling = [pool for pool, below in pools.items() if name in below.map("handles")]
            route = center.get("routing", name)
            listed = set(handling)
            if route is not None:
                listed = {str(pool.value) for rank in ranks_of(route) for pool in pools_of(rank)}
            if not handling:
                found.setdefault((node.key, "no pool handles it{}; add it to a pool's handles"), []).append(scenario)
            elif listed and not listed & set(pools):
                found.setdefault((node.key, "no pool of its routing is there{}"), []).append(scenario)
    for (place, sentence), names in found.items():
        yield place.problem(sentence.format("" if len(names) == len(centers) else f" in the scenario {_some(names)}"))


def _some(names: list[str]) -> str:
    """The first names of a list, and how many more there are."""
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _unmet_routes(center: Node, all_pools: dict[str, Node]) -> Iterator[Problem]:
    """Pools in the list of a type that they do not handle."""
    pools = {**all_pools, **center.map("pools")}
    for name, route in center.map("routing").items():
        if name not in center.map("contact_types"):
            continue
        for rank in ranks_of(route):
            for node in pools_of(rank):
                pool = pools.get(str(node.value))
                if pool is not None and name not in pool.map("handles"):
                    yield node.place.problem(f"the pool {node.value} does not handle {name}; add {name} to its handles")


def _transfers_of(handled: Node) -> Iterable[Node]:
    """The transfers of one contact type by one pool, in either form."""
    transfer = handled.get("transfer")
    return transfer.items() if transfer is not None else ()


def _sent_to(center: Node) -> set[str]:
    """Contact types to which customers are passed on by the scenario's pools, or as which they come again."""
    handled = [handles for pool in center.map("pools").values() for handles in pool.map("handles").values()]
    named = [transfer.get("to") for one in handled for transfer in _transfers_of(one)]
    for kind in center.map("contact_types").values():
        named += [kind.get("recontact", "to"), *(retrial.get("to") for retrial in kind.map("retrial").values())]
    return {str(node.value) for node in named if node is not None}


def _transfers(center: Node) -> Iterator[Problem]:
    """Contacts are passed on to another type in which they can wait; an agent holds only where a customer does."""
    channels = {name: node.get("channel") for name, node in center.map("contact_types").items()}
    channel = {name: str(node.value) for name, node in channels.items() if node is not None}
    for pool in center.map("pools").values():
        for name, handled in pool.map("handles").items():
            for transfer in _transfers_of(handled):
                to, warm = transfer.get("to"), transfer.get("warm")
                if to is None:
                    continue
                if str(to.value) == name:
                    yield to.place.problem(f"{name} is passed on to itself; name a type of its own for the next agents")
                elif channel.get(str(to.value)) == "outbound":
                    yield to.place.problem(f"{to.value} is outbound; contacts are passed on to types that come in")
                deferred = [each for each in (name, str(to.value)) if channel.get(each) in DEFERRED]
                if warm is not None and warm.value is True and deferred:
                    yield warm.place.problem(
                        f"{deferred[0]} is {channel[deferred[0]]}, where nobody waits on the line; remove warm"
                    )


def _places_of_outages(center: Node) -> Iterator[Problem]:
    """Sites, providers, countries and channels that nothing of the center has."""
    sites = center.map("sites")
    providers = {str(node.value) if (node := site.get("provider")) else "in-house" for site in sites.values()}
    countries = {str(node.value) for site in sites.values() if (node := site.get("country"))}
    types = center.map("contact_types").values()
    channels = {str(node.value) for contact_type in types if (node := contact_type.get("channel"))}
    for outage in center.map("outages").values():
        country, channel = outage.get("country"), outage.get("channel")
        yield from _unknown("site", sites, [outage.get("site")])
        yield from _unknown("provider", sorted(providers), [outage.get("provider")])
        if country is not None and str(country.value) in quantities.countries():
            yield from _unknown("site in", sorted(countries), [country])
        if channel is not None and channel.value in get_args(Channel):
            yield from _unknown("contact type of the channel", sorted(channels), [channel])


def _lines(center: Node) -> Iterator[Problem]:
    """Lines are for live types, each in one group at most."""
    seen: dict[str, str] = {}
    for group, node in center.map("lines").items():
        listed = node.get("types")
        for item in listed.items() if listed else ():
            channel = center.get("contact_types", str(item.value), "channel")
            if channel is not None and channel.value not in LIVE:
                yield item.place.problem(f"{item.value} is {channel.value}; lines are for phone and chat")
            if str(item.value) in seen:
                yield item.place.problem(
                    f"{item.value} is in the lines {seen[str(item.value)]}, too; a type has one group of lines"
                )
            seen[str(item.value)] = group


def _twice(center: Node) -> Iterator[Problem]:
    """Streams of chance are named once: by the name of a thing, or by its ``stream``."""
    shifts = [[*pool.map("shifts").items(), *pool.map("on_call").items()] for pool in center.map("pools").values()]
    things = [center.map(key).items() for key in ("contact_types", "pools", "sites", "outages")]
    for named in (*things, *shifts):
        streams: dict[str, str] = {}
        for name, node in named:
            written = node.get("stream")
            stream = str(written.value) if written else name
            if stream in streams:
                place = written.place if written else node.key
                both = f"{name} and {streams[stream]} have the same stream, {stream}"
                if name == streams[stream]:
                    both = f"a shift of the pool is named {name}, too"
                yield place.problem(f"{both}; they would share their chance")
            streams[stream] = name
