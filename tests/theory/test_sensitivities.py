"""Break-even by runs against a case that is solved by hand."""

from __future__ import annotations

import numpy as np
import pytest

import ccsim
from ccsim.business_case.crossing import crossing

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


@pytest.mark.slow
def test_intervals_of_a_break_even_cover_it():
    """
    The same matters without a floor: each is called about again while its next uniform is below (1 - r) p.

    200 samples of 8 replications: of intervals that hold with 95 % fewer than 90 % cover in one of a thousand cases.
    """
    chance = np.random.default_rng(1)
    hours = 120.0
    covered = []
    for _ in range(200):
        uniforms = [chance.random((chance.poisson(PER_HOUR * hours), 25)) for _ in range(8)]
        largest = [np.maximum.accumulate(one, axis=1) for one in uniforms]

        def more(resolved, largest=largest):
            again = (1 - resolved / 100) * AGAIN
            return np.array([PRICE * (len(one) + (one < again).sum()) for one in largest]) - WAGE * AGENTS * hours

        found = crossing(more, 50.0, 100.0, 0.95)
        covered.append(found.low < 87.5 < found.high)

    assert 0.9 <= np.mean(covered) <= 0.985
