"""What changing money costs the client, on invoices in other currencies."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ccsim.money.ledger import CLIENT, MARKET, Line, minor_units

if TYPE_CHECKING:
    from ccsim.money.ledger import Writer
    from ccsim.plan import Plan


def spread(plan: Plan, writer: Writer) -> None:
    """
    Write a line for each month of every contract whose currency has a spread, on all of the invoice that is written
    already, penalties and bonuses included. An invoice of less than nothing is paid by nobody, and costs nothing.
    """
    invoiced: dict[tuple[str, int], int] = {}
    for written, amount in zip(writer.lines, writer.invoiced, strict=True):
        key = written.contract, written.month
        invoiced[key] = invoiced.get(key, 0) + amount
    for contract in plan.contracts.all if plan.contracts is not None else ():
        worth = plan.exchange[contract.currency]
        if not worth.spread:
            continue
        for month in range(len(plan.months.name)):
            whole = max(0, invoiced.get((contract.name, month), 0))
            paid = Fraction(whole, minor_units(contract.currency))
            line = Line(CLIENT, MARKET, contract.name, "spread", "", month, contract.currency)
            writer.line(line, paid, worth.spread, worth.rate)
