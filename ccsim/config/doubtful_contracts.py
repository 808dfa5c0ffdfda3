"""Contracts that are allowed but may not be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.config.doubt import Doubt
from ccsim.model.allotment import pools_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.model.contract import Contract
    from ccsim.model.experiment import Center
    from ccsim.model.pool import Pool


def doubts_of_contracts(center: Center) -> Iterator[Doubt]:
    for name, contract in center.contracts.items():
        path = ("contracts", name)
        pools = [center.pools[pool] for pool in pools_of(center, contract)]
        if pools:
            yield from _of_clauses(path, contract, pools)
        else:
            yield Doubt(
                path, f"{contract.provider} has no pool in any scenario with this contract: it is never paid", True
            )


def _of_clauses(path: tuple[str, ...], contract: Contract, pools: list[Pool]) -> Iterator[Doubt]:
    if contract.baseline is not None and contract.has("contact"):
        message = "contacts beyond the baseline are paid twice, each and as additional; it goes with a price per month"
        yield Doubt((*path, "baseline"), message)
    forecast = contract.forecast
    if forecast is not None and forecast.band is not None and forecast.excess is None and not contract.relief:
        yield Doubt(
            (*path, "forecast", "band"), "nothing comes of it; write excess, or relief: true for the terms", True
        )
    if "ramp" in contract.model_fields_set and all(pool.learning is None for pool in pools):
        yield Doubt((*path, "ramp"), "nobody is new at the provider; write learning in a pool, for it to matter", True)
    if contract.has("resolution") and all(pool.resolves_all for pool in pools):
        message = "every contact is resolved; write resolves where a pool handles a type, for it to matter"
        yield Doubt((*path, "price"), message, True)
