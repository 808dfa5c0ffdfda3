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
