"""What comes with outsourcing to a provider: what the client pays for it beside the provider's fees."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ccsim.money.charges import at_least_nothing, nothing
from ccsim.money.customers import lost_customers
from ccsim.money.ledger import CLIENT, minor_units
from ccsim.money.own import write
from ccsim.money.pay import exact
from ccsim.money.site import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccsim.log import Log
    from ccsim.money.ledger import Writer
    from ccsim.money.pay import Fractions
    from ccsim.plan import Plan
    from ccsim.strings import OfProvider

    Fees = dict[str, Fractions]
    """By currency, [M] in its units."""

ITEMS = (
    "set-up", "knowledge transfer", "travel", "parallel run", "governance", "change requests", "security", "management",
    "exit (expected)", "breach (expected)", "outage (expected)", "governance, share of fees", "hedging", "spread",
)  # fmt: skip
"""All items of strings, in the order of a report; those that are expected values say so."""


def strings(plan: Plan, log: Log, billed: Sequence[Sequence[int]], writer: Writer) -> None:
    """
    Write what comes with each provider, then what it costs that customers give up or leave.

    ``billed``: [contracts][M] what ``money.fees`` returns: fees without penalties and bonuses, in minor units of each
    contract's currency.
    """
    if plan.strings is None:
        return
    for one in plan.strings.providers:
        paid: Fees = {}
        for charge in charges(plan, one, fees_of(plan, one.provider, billed)):
            paid[charge.currency] = paid.get(charge.currency, nothing(plan)) + write(plan, CLIENT, charge, writer)
        for currency, amount in paid.items():
            if plan.exchange[currency].spread:
                changed = amount * plan.exchange[currency].spread
                write(plan, CLIENT, Charge("spread", one.provider, currency, amount, changed), writer)
    lost_customers(plan, plan.strings, log, writer)


def fees_of(plan: Plan, provider: str, billed: Sequence[Sequence[int]]) -> Fees:
    """Fees of all contracts of a provider; where credits exceed charges they are nothing."""
    found: Fees = {}
    contracts = () if plan.contracts is None else plan.contracts.all
    for contract, totals in zip(contracts, billed, strict=True):
        if contract.provider == provider:
            unit = minor_units(contract.currency)
            fees = at_least_nothing(exact(Fraction(total, unit) for total in totals))
            found[contract.currency] = found.get(contract.currency, nothing(plan)) + fees
    return found


def charges(plan: Plan, one: OfProvider, fees: Fees) -> Iterator[Charge]:
    """All that comes with a provider. Which items there are follows from the Plan alone."""
    for planned in one.planned:
        quantity, price = exact(planned.quantity), planned.price
        yield Charge(planned.item, one.provider, price.currency, quantity, quantity * price.amount)
    for currency, amount in fees.items():
        if one.governance is not None:
            yield Charge("governance, share of fees", one.provider, currency, amount, amount * one.governance)
        if one.hedging is not None and currency != plan.currency:
            yield Charge("hedging", one.provider, currency, amount, amount * one.hedging)
