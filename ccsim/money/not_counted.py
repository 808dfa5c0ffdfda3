"""What the books of a scenario leave out: costs that the file does not give, and providers whom nobody pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.money.own import IN_HOUSE

if TYPE_CHECKING:
    from ccsim.plan import Plan

CONTRACT = "contract"


def not_counted(plan: Plan) -> dict[str, list[str]]:
    """Keys of the file that would cost something and are missing, by site; ``contract``, by provider without one."""
    sites = plan.sites
    missing = {
        sites.name[row]: [key.replace("_", " ") for key in plan.costs.sites[row].not_counted]
        for row in plan.names.sites
        if plan.costs is not None
    }
    paid = {contract.provider for contract in plan.contracts.all} if plan.contracts is not None else set()
    unpaid = {provider: [CONTRACT] for provider in sites.provider if provider not in {IN_HOUSE, *paid}}
    return {name: keys for name, keys in (missing | unpaid).items() if keys}


def all_work_is_paid(plan: Plan) -> bool:
    """Whether every pool of the client has a wage, and every other one a contract that pays for it."""
    contracts = () if plan.contracts is None else plan.contracts.all
    billed = {pool for contract in contracts for pool in contract.pools}
    priced = () if plan.costs is None else plan.costs.pools
    provider = [plan.sites.provider[site] for site in plan.pools.site]
    waged = {row for row, pool in enumerate(priced) if pool.wage is not None and provider[row] == IN_HOUSE}
    return len(billed | waged) == len(provider)
