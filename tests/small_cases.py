"""Scenarios of a business case written by hand: round amounts a month, some once, two replications or more."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from ccsim.business_case.cases import BusinessCase, Phase
from ccsim.business_case.running import Kind, Running, When


def kind(item, about="", when=When.MONTHLY, payee="", contract="", currency="USD"):
    return Kind(when, payee, contract, item, about, currency)


def scenario(amounts, replications=2):
    """From amounts by kind, one for all replications or one for each."""
    return Running({of: np.broadcast_to(np.asarray(a, float), (replications,)).copy() for of, a in amounts.items()})


def in_house(wages=1000.0):
    """Wages of 1,000 a month, benefits of 20 % on them and on supervisors of 500, seats of 100."""
    wages = np.asarray(wages, float)
    return scenario({
        kind("wages", "care"): wages,
        kind("supervisors", "newark"): 500,
        kind("benefits", "newark"): (wages + 500) * 0.2,
        kind("seats", "newark"): 100,
    }, np.size(wages) if np.size(wages) > 1 else 2)  # fmt: skip


def offshore(fees=600.0):
    """Fees of 600 a month, governance of 5 % of them; moving costs 4,000 once, leaving 900."""
    fees = np.asarray(fees, float)
    return scenario({
        kind("contacts", "phone", payee="acme", contract="bid"): fees,
        kind("governance, share of fees", "acme"): fees * 0.05,
        kind("set-up", "acme", When.BEGIN): 4000,
        kind("exit (expected)", "acme", When.END): 900,
    }, np.size(fees) if np.size(fees) > 1 else 2)  # fmt: skip


def question(months=12, discount="0.08", **cases):
    """``keep`` is the baseline; cases are lists of (scenario, months)."""
    phases = {name: tuple(Phase(*phase) for phase in case) for name, case in cases.items()}
    return BusinessCase(months, Fraction(discount), "keep", phases)


GIVE_OR_KEEP = """
title: Give it away?
description: A desk with a wage, and a provider with a price.
calendar: {start: 2026-04-06, weeks: 1, timezone: America/New_York}
replications: 5
seed: 7
currency: {report: USD, PHP: {rate: 0.0175, spread: 1%}}
business_case:
  months: 24
  discount: 8% per year
  cases: {keep: kept, give: [{scenario: kept, months: 2}, given]}
contact_types:
  phone:
    channel: phone
    demand: {rate: 20 per hour}
    handle_time: {exponential: 5 min}
    patience: {exponential: 3 min}
    service_level: 80% in 20 s
sites:
  newark:
    location: in-house
    country: US
    timezone: America/New_York
    wage: 25 USD per hour
    costs: {benefits: 28%, seat: 400 USD per month, supervisors: {span: 10, wage: 34 USD per hour}}
  manila: {location: offshore, country: PH, provider: acme, timezone: Asia/Manila}
pools:
  newark: {site: newark, handles: {phone: {}}, staffing: 3}
  manila: {site: manila, handles: {phone: {}}, staffing: 4}
contracts:
  bid: {provider: acme, currency: PHP, price: [{per: contact, rate: 150 PHP}]}
strings:
  acme:
    transition: {set_up: 8000000 PHP, spread_over: 2 months}
    governance: 5%
    exit: {cost: 100000 PHP, probability: 30%}
scenarios:
  kept: {pools: [newark]}
  given: {pools: [manila]}
"""
"""Two months as it is, then a provider: 24 months in all, of which a week each is played."""
