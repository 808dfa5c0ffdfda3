"""What it costs to run the sites: lines of whoever runs them, from what happened there."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ccsim.money.ledger import CLIENT, MARKET, Line, minor_units
from ccsim.money.pay import exact, pay
from ccsim.money.site import Charge, Site

if TYPE_CHECKING:
    from ccsim.log import Log
    from ccsim.measures.staff import StaffTime
    from ccsim.money.ledger import Writer
    from ccsim.money.pay import Fractions
    from ccsim.plan import Plan

IN_HOUSE = "in-house"
"""Provider of the sites that the client runs."""
ITEMS = (
    "wages", "premiums", "overtime", "holiday pay", "benefits",
    "recruiting", "training", "training material", "supervisors", "quality", "workforce",
    "seats", "equipment", "licences", "telephone minutes", "telephone lines", "spread",
)  # fmt: skip
"""All items of own costs, in the order of a report."""


def own_costs(plan: Plan, log: Log, staff: StaffTime, writer: Writer) -> None:
    """
    Write what every site costs whoever runs it: the client for in-house sites, else the provider.

    The client pays the spread on top wherever it has to change money.
    """
    if plan.costs is None:
        return
    earned = pay(plan, plan.costs, log, staff)
    for row in plan.names.sites:
        payer = CLIENT if plan.sites.provider[row] == IN_HOUSE else plan.sites.provider[row]
        changed: dict[str, Fractions] = {}
        for charge in Site(plan, plan.costs, log, staff, row, earned).charges():
            invoiced = write(plan, payer, charge, writer)
            if payer == CLIENT and plan.exchange[charge.currency].spread:
                changed[charge.currency] = changed.get(charge.currency, 0 * invoiced) + invoiced
        for currency, amounts in changed.items():
            spread = amounts * plan.exchange[currency].spread
            write(plan, payer, Charge("spread", plan.sites.name[row], currency, amounts, spread), writer)


def write(plan: Plan, payer: str, charge: Charge, writer: Writer) -> Fractions:
    """[M] what is invoiced, in units of the currency."""
    rate, units = plan.exchange[charge.currency].rate, minor_units(charge.currency)

    def line(month: int) -> Fraction:
        key = Line(payer, MARKET, "", charge.item, charge.about, month, charge.currency)
        return Fraction(writer.sum(key, charge.quantity[month], charge.amount[month], rate), units)

    return exact(map(line, range(len(charge.amount))))
