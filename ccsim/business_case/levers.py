"""What a break-even can be asked of without another run: a wage, a contract's prices, an exchange rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.business_case.groups import SERVICE, SPREAD
from ccsim.business_case.running import When
from ccsim.money.own import IN_HOUSE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ccsim.business_case.running import Amounts, Kind, Running
    from ccsim.business_case.total_cost import Costs
    from ccsim.contracts import Contract
    from ccsim.plan import Floats, Plan

WAGE, PRICE, RATE = "wage", "price", "exchange rate"
OF_AGENTS = ("wages", "premiums", "overtime", "holiday pay", "training")
"""Items that are the agents' wage x hours."""
OF_WAGES = (*OF_AGENTS, "supervisors", "quality", "workforce")
"""What benefits are a share of."""
OF_FEES = ("governance, share of fees", "hedging")
TIMES = "x"
"""Unit of a number that stands for several that rise and fall together."""


@dataclass(frozen=True)
class Lines:
    """Some lines of the client; what is None may be anything."""

    items: Sequence[str] | None = None
    about: frozenset[str] | None = None
    payee: str | None = None
    contract: str | None = None
    currency: str | None = None
    when: When | None = None
    but: Sequence[str] = ()
    """Items left out."""

    def __contains__(self, kind: Kind) -> bool:
        wanted = (self.payee, self.contract, self.currency, self.when)
        there = (kind.payee, kind.contract, kind.currency, kind.when)
        return (
            all(one in (None, other) for one, other in zip(wanted, there, strict=True))
            and (self.items is None or kind.item in self.items)
            and (self.about is None or kind.about in self.about)
            and kind.item not in self.but
        )


class Share(NamedTuple):
    """Lines that are a share of others, and move as far as these do."""

    lines: Lines
    of: Lines


@dataclass(frozen=True)
class Lever:
    """A number of the file to which some lines are proportional."""

    of: str
    """wage, price or exchange rate."""
    name: str
    """Of the site, the contract or the currency."""
    unit: str
    now: float
    """What stands in the file; 1 x where several numbers do."""
    lines: Lines
    """Proportional to it."""
    shares: tuple[Share, ...] = ()
    """In part proportional to it, each by lines that stand before it."""

    def portions(self, running: Running) -> Amounts:
        """[R] how much of each line of a scenario is proportional to the number."""
        amounts = running.amounts
        found = {kind: amount for kind, amount in amounts.items() if kind in self.lines}
        for share in self.shares:
            base = [kind for kind in amounts if kind in share.of]
            whole = np.sum([amounts[kind] for kind in base], axis=0)
            moved = np.sum([found.get(kind, 0 * amounts[kind]) for kind in base], axis=0)
            for kind in amounts:
                if kind in share.lines and np.any(moved):
                    found[kind] = amounts[kind] * np.divide(moved, whole, out=np.zeros_like(whole), where=whole != 0)
        return found

    def part(self, costs: Costs, scenarios: Mapping[str, Running], worth: Floats) -> Floats:
        """[R] how much of a case's total is proportional to the number; ``worth`` as in ``Costs.by_group``."""
        portions = {name: self.portions(running) for name, running in scenarios.items()}
        total = np.zeros(costs.replications)
        for entry in costs.entries:
            total = total + portions[entry.scenario].get(entry.kind, 0.0) * (entry.times @ worth)
        return total


def levers(plans: Iterable[Plan]) -> list[Lever]:
    """All numbers to which something is proportional that the client pays in one of these scenarios; each once."""
    plans = list(plans)
    found: dict[tuple[str, str], Lever] = {}
    for levers_of in (wages, prices, rates):
        for plan in plans:
            for lever in levers_of(plan):
                found.setdefault((lever.of, lever.name), lever)
    follows = any(one.follows is not None for plan in plans if plan.contracts for one in plan.contracts.all)
    return [lever for lever in found.values() if not (follows and lever.of == RATE)]


def wages(plan: Plan) -> Iterator[Lever]:
    """Of agents of the client's own sites, with benefits and the spread on them; supervisors have their own."""
    if plan.costs is None:
        return
    for site in plan.names.sites:
        pools = [pool for pool in plan.names.pools if plan.pools.site[pool] == site]
        known = {wage for pool in pools if (wage := plan.costs.pools[pool].wage) is not None}
        if plan.sites.provider[site] != IN_HOUSE or not known:
            continue
        wage, *others = known
        own, currency = frozenset([plan.sites.name[site], *(plan.pools.name[pool] for pool in pools)]), wage.currency
        unit, now = (TIMES, 1.0) if others else (f"{currency} per hour", float(wage.amount))
        benefits = Share(Lines(("benefits",), own, contract=""), Lines(OF_WAGES, own, contract=""))
        changed = Lines(None, own, contract="", currency=currency, but=(SPREAD,))
        spread = Share(Lines((SPREAD,), own, contract="", currency=currency), changed)
        yield Lever(
            WAGE, plan.sites.name[site], unit, now, Lines(OF_AGENTS, own, contract=""), (benefits, spread)
        )  # fmt: skip


def prices(plan: Plan) -> Iterator[Lever]:
    """All rates of a contract together, with what is a share of its fees."""
    for contract in () if plan.contracts is None else plan.contracts.all:
        unit, now = one_rate(contract)
        provider, currency = contract.provider, contract.currency
        by_provider = frozenset([provider])
        monthly = Lines(None, by_provider, contract="", currency=currency, when=When.MONTHLY, but=(SPREAD,))
        yield Lever(
            PRICE, contract.name, unit, now, Lines(contract=contract.name, but=(SPREAD,)),
            (
                Share(Lines((SPREAD,), contract=contract.name), Lines(contract=contract.name, but=(SPREAD,))),
                Share(Lines(OF_FEES, by_provider, contract="", currency=currency),
                      Lines(payee=provider, currency=currency, but=SERVICE)),
                Share(Lines((SPREAD,), by_provider, contract="", currency=currency, when=When.MONTHLY), monthly),
            ),
        )  # fmt: skip


def one_rate(contract: Contract) -> tuple[str, float]:
    """Unit and amount of the only rate of a contract; 1 x where there are several."""
    rates = [(price.per, band.rate) for price in contract.prices for band in price.bands]
    fixed = (contract.baseline, contract.minimum_amount, contract.excess)
    if len(rates) > 1 or any(one is not None for one in fixed):
        return TIMES, 1.0
    per, rate = rates[0]
    return f"{contract.currency} per {per}", float(rate)


def rates(plan: Plan) -> Iterator[Lever]:
    """Of all currencies but the reporting one."""
    for code, worth in plan.exchange.items():
        if code != plan.currency:
            yield Lever(RATE, code, f"{plan.currency} per {code}", float(worth.rate), Lines(currency=code))
