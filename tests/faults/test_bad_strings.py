# ruff: noqa: E501 (sentences stand as they are told)
"""Strings of outsourcing and costs of customers that make no sense, one small broken file per fault: what the planner is told, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccsim.config import load
from tests.faults.broken import told_of

FILES = Path(__file__).parent / "files" / "strings"
TOLD = {
    "amount-per-year": [
        "amount-per-year.yaml:2:28  strings.acme.security: 30000 USD per year is not an amount per month; write amount, currency and month, for example 420 USD per month",
    ],
    "amount-without-a-rate": [
        "amount-without-a-rate.yaml:2:57  strings.acme.change_requests.price: there is no exchange rate for PHP; write for example currency: {report: USD, PHP: 0.02}",
    ],
    "breach-without-time": [
        "breach-without-time.yaml:2:40  strings.acme.breach.probability: 2% is not a share per year; write for example 3% per year",
    ],
    "churn-of-nobody": [
        "churn-of-nobody.yaml:2:20  customers.churn: nobody leaves; write for example {value: 220 USD, unanswered: 2%, unresolved: 1.5%}",
    ],
    "governance-of-nothing": [
        "governance-of-nothing.yaml:2:18  strings.acme.governance: fixed or share is missing; write for example {share: 3%}",
    ],
    "hedging-of-dollars": [
        "hedging-of-dollars.yaml:2:18  strings.acme.hedging: acme has no contract in another currency than USD; there is nothing to hedge",
    ],
    "hours-without-month": [
        "hours-without-month.yaml:2:38  strings.acme.management.hours: 30 h is not a number of hours per month; write for example 30 h per month",
    ],
    "in-house": [
        "in-house.yaml:2:11  strings.in-house: in-house is no provider to whom work goes; what its sites cost is said in costs",
    ],
    "parallel-run-without-cost": [
        "parallel-run-without-cost.yaml:2:31  strings.acme.transition.parallel_run: costs is missing",
    ],
    "points-gained": [
        "points-gained.yaml:2:59  customers.satisfaction.per_minute_waited: 2 points is not a loss of points; write for example -2 points",
    ],
    "pool-misspelt": [
        "pool-misspelt.yaml:2:61  customers.churn.pools.caer: there is no pool caer; did you mean care?",
        "pool-misspelt.yaml:2:110  customers.satisfaction.pools.manila: there is no pool manila; there are care, team",
    ],
    "provider-misspelt": [
        "provider-misspelt.yaml:2:11  strings.acne: there is no provider acne; did you mean acme?",
    ],
    "share-of-no-fees": [
        "share-of-no-fees.yaml:2:70  scenarios.a.change.strings.acme.governance: acme has no contract of whose fees this could be a share; write an amount per month",
    ],
    "spread-over-no-month": [
        "spread-over-no-month.yaml:2:61  strings.acme.transition.spread_over: 0 months is too small; it must be at least 1",
    ],
    "transition-of-nothing": [
        "transition-of-nothing.yaml:2:18  strings.acme.transition: what it costs is missing; give set_up, knowledge_transfer, travel or parallel_run",
    ],
    "unanswered-and-happy": [
        "unanswered-and-happy.yaml:2:52  customers.satisfaction.unanswered: it is more than start, the satisfaction of customers whose matter is resolved at once",
    ],
    "unknown-key": [
        "unknown-key.yaml:2:18  strings.acme.goverance: unknown key; did you mean governance?",
    ],
}


@pytest.mark.parametrize("fault", sorted(TOLD))
def test_a_bad_string_is_told_with_its_place(fault):
    """Every problem of the file stands in the message with file, line, column, key, and what to do; and no other."""
    assert told_of(FILES / f"{fault}.yaml") == TOLD[fault]


def test_every_broken_file_is_tested():
    assert {path.stem for path in FILES.glob("*.yaml")} - {"good"} == set(TOLD)


def test_the_strings_that_faults_are_made_from_are_good():
    assert load(FILES / "good.yaml").scenarios


def test_a_scenario_may_change_strings():
    """And one without the provider has them, for nothing."""
    experiment = load(FILES / "good.yaml", changes=["strings.acme.security=100 USD per month"])
    (center,) = experiment.scenarios.values()
    assert center.strings["acme"].security.amount == 100
    assert center.strings["acme"].governance.fixed.amount == 9000
