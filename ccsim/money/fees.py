"""What providers invoice by contract, penalties and bonuses apart: price forms, then the clauses around them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ccsim.contracts import OF_CONTACTS, OF_HOURS, Per
from ccsim.measures.contacts import Counted
from ccsim.money.bands import split
from ccsim.money.belonging import Belonging
from ccsim.money.billed_contacts import BilledContacts
from ccsim.money.billed_time import billed_time
from ccsim.money.charges import AT_VOLUME, added, at_least_nothing, at_volume, charges, excess_charges, nothing
from ccsim.money.ledger import CLIENT, Line, minor_units
from ccsim.money.pay import exact

if TYPE_CHECKING:
    from ccsim.contracts import Baseline, Contract, Price
    from ccsim.log import Log
    from ccsim.measures.staff import StaffTime
    from ccsim.money.billed_time import Billed
    from ccsim.money.charges import ByType
    from ccsim.money.ledger import Writer
    from ccsim.money.pay import Fractions
    from ccsim.plan import Plan

UNITS = {
    Per.FTE_MONTH: "FTE-months",
    Per.SCHEDULED_HOUR: "scheduled hours",
    Per.PRODUCTIVE_HOUR: "productive hours",
    Per.TALK_MINUTE: "talk minutes",
    Per.HANDLE_MINUTE: "handle minutes",
    Per.CONTACT: "contacts",
    Per.RESOLUTION: "resolutions",
    Per.OUTCOME: "outcomes",
    Per.MONTH: "monthly fee",
}
CLAUSES = (
    "ramp", "night premium", "holiday premium", "excess contacts", "language premium", "additional contacts",
    "reduced contacts", "minimum", "indexation", "exchange",
)  # fmt: skip
ITEMS = (*UNITS.values(), *CLAUSES)
"""All items of fees, in the order of a report; those of bands have the number of the band behind them."""


def fees(plan: Plan, log: Log, staff: StaffTime, writer: Writer) -> list[list[int]]:
    """
    Write the invoices of all contracts.

    Returns
    -------
    list of lists
        [contracts][M] their totals, of which penalties and bonuses are shares. [minor units of the contract's currency]
    """
    if plan.contracts is None:
        return []
    belonging = Belonging(plan, log, Counted(plan, log))
    return [Invoice(plan, contract, writer).write(log, staff, belonging) for contract in plan.contracts.all]


class Invoice:
    """The lines of one contract, and what they add up to."""

    def __init__(self, plan: Plan, contract: Contract, writer: Writer) -> None:
        self.plan, self.contract, self.writer = plan, contract, writer
        self.unit = minor_units(contract.currency)
        self.total = nothing(plan)
        """What all lines so far add up to. [M]"""

    def write(self, log: Log, staff: StaffTime, belonging: Belonging) -> list[int]:
        """All lines, in the order of a report; returns the total of each month in minor units."""
        contract = self.contract
        for price in contract.prices:
            if price.per in OF_HOURS:
                self.time(log, staff, price)
        if any(price.per in OF_CONTACTS for price in contract.prices) or contract.baseline is not None:
            self.contacts(BilledContacts(contract, belonging))
        for price in contract.prices:
            if price.per == Per.MONTH:
                self.each_month(price)
        if contract.minimum_amount is not None:
            self.at_least(contract.minimum_amount * exact(self.plan.months.share), self.total)
        if any(index != 1 for index in contract.index):
            self.line("indexation", "", self.total, self.total * (exact(contract.index) - 1))
        if contract.exchange_factor != 1:
            self.line("exchange", "", self.total, self.total * (contract.exchange_factor - 1))
        return [int(amount * self.unit) for amount in self.total]

    def line(self, item: str, about: str, quantity: Fractions, amount: Fractions) -> Fractions:
        """One line for each month; returns what is invoiced, in units of the currency. [M]"""
        contract, rate = self.contract, self.plan.exchange[self.contract.currency].rate
        invoiced = [
            self.writer.sum(
                Line(CLIENT, contract.provider, contract.name, item, about, month, contract.currency),
                quantity[month], amount[month], rate,
            )
            for month in range(len(amount))
        ]  # fmt: skip
        found = exact(Fraction(whole, self.unit) for whole in invoiced)
        self.total = self.total + found
        return found

    def time(self, log: Log, staff: StaffTime, price: Price) -> None:
        """Agents' time by pool, less what the ramp takes off, and premiums by site on what is billed of it."""
        plan, contract = self.plan, self.contract
        rate = price.bands[0].rate / (price.hours or 1)
        time = billed_time(plan, log, staff, contract, price)
        for pool, found in time.items():
            hours, name = found.hours(plan), plan.pools.name[pool]
            self.line(UNITS[price.per], name, hours.all / (price.hours or 1), hours.all * rate)
            if contract.ramp != 1:
                self.line("ramp", name, hours.learning, hours.learning * (contract.ramp - 1) * rate)
        for premium in contract.hour_premiums:
            pools = [found for pool, found in time.items() if plan.pools.site[pool] == premium.site]
            paid = added(plan, (self.paid(found.within(plan, premium.added)) for found in pools))
            self.line(premium.item, plan.sites.name[premium.site], paid, paid * rate * premium.added.share)

    def paid(self, hours: Billed) -> Fractions:
        """Hours that are paid in full, counting those of who still learns by the ramp."""
        return added(self.plan, [hours.all, hours.learning * (self.contract.ramp - 1)])

    def each_month(self, price: Price) -> None:
        """A fixed amount, by the days that are counted."""
        share = exact(self.plan.months.share)
        self.line(UNITS[price.per], "", share, share * price.bands[0].rate)

    def contacts(self, billed: BilledContacts) -> None:
        """Prices of contacts, what comes on top of them, and what must be paid for them at least."""
        contract = self.contract
        paid, of_type = nothing(self.plan), dict.fromkeys(contract.types, nothing(self.plan))
        for price in contract.prices:
            if price.per not in OF_CONTACTS:
                continue
            units = billed.units(price)
            beyond = billed.beyond(price)
            usual = {type_: number - beyond[type_] for type_, number in units.items()} if beyond else units
            for_these = self.by_band(price, usual)
            extra = excess_charges(self.plan, contract.excess, price, usual, beyond)
            for type_, amount in extra.items():
                for_these = for_these + self.line("excess contacts", self.type(type_), beyond[type_], amount)
            if price.per in AT_VOLUME:
                paid = paid + for_these
            for type_, amount in charges(self.plan, price, usual).items():
                of_type[type_] = of_type[type_] + amount + extra.get(type_, 0)
        for type_, share in contract.language_premiums:
            self.line("language premium", self.type(type_), of_type[type_], of_type[type_] * share)
        if contract.baseline is not None:
            paid = paid + self.resources(contract.baseline, billed)
        if contract.minimum_share is not None:
            self.at_least(contract.minimum_share * at_volume(self.plan, contract, billed.volume), paid)

    def by_band(self, price: Price, units: ByType) -> Fractions:
        """A line for each type, or for each band of them together; returns what all of them cost. [M]"""
        item = UNITS[price.per]
        if len(price.bands) == 1:
            rate = price.bands[0].rate
            lines = [self.line(item, self.type(type_), number, number * rate) for type_, number in units.items()]
            return added(self.plan, lines)
        is_all = len(price.types) > 1 and price.types == self.contract.types
        about = "" if is_all else " + ".join(map(self.type, price.types))
        shares = self.plan.months.share
        together = zip(added(self.plan, units.values()), shares, strict=True)
        by_band = zip(*(split(price.bands, number, share) for number, share in together), strict=True)
        lines = [
            self.line(f"{item}, band {number}", about, exact(within), exact(within) * band.rate)
            for number, (band, within) in enumerate(zip(price.bands, by_band, strict=True), start=1)
        ]
        return added(self.plan, lines)

    def resources(self, baseline: Baseline, billed: BilledContacts) -> Fractions:
        """Charges and credits for contacts outside the dead band; returns both together. [M]"""
        contract, share = self.contract, exact(self.plan.months.share)
        answered = added(self.plan, billed.number(billed.answered, contract.types).values())
        volume = added(self.plan, billed.volume.values())
        if baseline.per_month is not None:
            volume = share * baseline.per_month
        above = at_least_nothing(answered - volume * (1 + baseline.dead_band))
        below = at_least_nothing(volume * (1 - baseline.dead_band) - answered)
        more = self.line("additional contacts", "", above, above * baseline.additional)
        less = self.line("reduced contacts", "", below, -below * baseline.reduced)
        return added(self.plan, [more, less])

    def at_least(self, least: Fractions, paid: Fractions) -> None:
        """What is missing to a minimum."""
        missing = at_least_nothing(least - paid)
        self.line("minimum", "", missing, missing)

    def type(self, row: int) -> str:
        return self.plan.types.name[row]
