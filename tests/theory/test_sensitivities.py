"""Break-even by runs against a case that is solved by hand."""

from __future__ import annotations

import pytest

import ccsim

AGAIN, PRICE, WAGE, AGENTS, PER_HOUR = 0.8, 4.0, 20.0, 2, 9.0
CASE = f"""
title: Paid by the contact
calendar: {{start: 2026-04-06, days: 5, warm_up: 1 day, timezone: UTC}}
replications: 12
seed: 5
business_case:
  months: 12
  cases: {{keep: kept, give: given}}
  sensitivities:
    resolution: {{key: pools.manila.handles.calls.resolves, low: 50%, high: 100%}}
contact_types:
  calls:
    channel: phone
    demand: {{rate: {PER_HOUR} per hour}}
    handle_time: {{exponential: 1 min}}
    patience: endless
    recontact: {{probability: {AGAIN:%}, delay: {{exponential: 10 min}}}}
sites:
  newark:
    {{location: in-house, country: US, timezone: UTC, wage: {WAGE} USD per hour, costs: {{benefits: 0%}}}}
  manila: {{location: offshore, country: PH, timezone: UTC, provider: acme}}
pools:
  newark: {{site: newark, handles: {{calls: {{}}}}, staffing: {AGENTS}}}
  manila: {{site: manila, handles: {{calls: {{resolves: 74%}}}}, staffing: 20}}
contracts:
  bid: {{provider: acme, currency: USD, price: [{{per: contact, rate: {PRICE} USD}}]}}
scenarios:
  kept: {{pools: [newark]}}
  given: {{pools: [manila]}}
"""


@pytest.mark.slow
def test_the_resolution_at_which_a_price_per_contact_breaks_even(tmp_path):
    """
    Who is not resolved calls again with probability p, and again: a matter takes 1 / (1 - (1 - r) p) contacts.

    At a price c each, v matters an hour cost c v / (1 - (1 - r) p), and staying at home n agents' wages of w whatever
    they resolve: alike at r = 1 - (1 - c v / (n w)) / p. The interval of 95 % must hold it, and not be wide for luck.
    """
    file = tmp_path / "case.yaml"
    file.write_text(CASE, encoding="utf-8")
    found = ccsim.sensitivity(file, workers=1).break_even().iloc[0]
    exact = 100 * (1 - (1 - PRICE * PER_HOUR / (AGENTS * WAGE)) / AGAIN)

    assert exact == pytest.approx(87.5)
    assert found["verdict"] == "found"
    assert found["low"] < exact < found["high"]
    assert found["high"] - found["low"] < 20
