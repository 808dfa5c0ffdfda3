"""A small business case whose numbers may be otherwise: some change what happens, most only what it costs."""

from __future__ import annotations

from tests.small_cases import GIVE_OR_KEEP

OF_MONEY = """
    wage: {key: sites.newark.wage, low: 4 USD per hour, high: 30 USD per hour}
    price: {key: contracts.bid.price.0.rate, low: 100 PHP, high: 700 PHP}
    rate: {key: currency.PHP.rate, low: 0.01, high: 0.06}
    discount: {key: business_case.discount, low: 5% per year, high: 12% per year}"""
OF_WORK = """
    handle time in Manila: {key: pools.manila.handles.phone.handle_time, low: x0.9, high: x1.3}
    agents in Manila: {key: scenarios.given.change.pools.manila.staffing, low: 3, high: 5}"""


def text(sensitivities: str = OF_MONEY + OF_WORK) -> str:
    """The file: two days of each scenario, five replications."""
    short = GIVE_OR_KEEP.replace("weeks: 1", "days: 2").replace("rate: 20 per hour", "rate: 12 per hour")
    return short.replace("  discount: 8% per year\n", f"  discount: 8% per year\n  sensitivities:{sensitivities}\n")
