"""Which part of a scenario a contract is about: pools, contact types, and how much of their forecast."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set

    from ccsim.model.contract import Contract
    from ccsim.model.experiment import Center


def pools_of(center: Center, contract: Contract) -> list[str]:
    """Pools of the scenario at the contract's sites."""
    return [
        name
        for name, pool in center.pools.items()
        if center.sites[pool.site].provider == contract.provider
        and (contract.sites is None or pool.site in contract.sites)
    ]


def types_of(center: Center, contract: Contract) -> list[str]:
    """Contact types of the contract that its pools handle in the scenario."""
    own = pools_of(center, contract)
    return [
        name
        for name in center.contact_types
        if any(name in center.pools[pool].handles for pool in own)
        and (contract.types is None or name in contract.types)
    ]


def share_of_forecast(center: Center, contract: Contract, type_: str) -> Fraction | None:
    """
    How much of the forecast of a type is the contract's: as it says, or what routing gives to its pools for good.

    None if neither tells: others are asked for the same contacts.
    """
    if contract.forecast is not None and contract.forecast.share is not None:
        return contract.forecast.share
    own, there = set(pools_of(center, contract)), center.pools.keys()
    route = center.routing.get(type_)
    if route is None or not route.lanes:
        asked = {name for name, pool in center.pools.items() if type_ in pool.handles}
        if route is not None:
            asked = {pool for rank in route.ranks for pool in rank.pools if pool in there}
        return _all_or_nothing(asked, own)
    lanes = {
        name: {pool for rank in lane.ranks for pool in rank.pools if pool in there}
        for name, lane in route.lanes.items()
    }
    parts = {name: _all_or_nothing(asked, own) for name, asked in lanes.items() if asked}
    if len(set(parts.values())) == 1:
        return next(iter(parts.values()))
    if route.allocate != "share" or None in parts.values():
        return None
    written = {name: Fraction(repr(route.lanes[name].share)) for name in parts}
    total = sum(written.values())
    return sum((written[name] for name, part in parts.items() if part), Fraction(0)) / total if total else None


def _all_or_nothing(asked: Set[str], own: Set[str]) -> Fraction | None:
    """1 if nobody but the contract's pools is asked, 0 if none of them is, else None."""
    if asked <= own:
        return Fraction(1)
    return None if asked & own else Fraction(0)
