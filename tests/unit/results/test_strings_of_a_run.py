"""Strings, lost customers and satisfaction from the file to what a reader is told."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

import ccsim
from ccsim.report import terminal
from ccsim.report.facts import Facts
from ccsim.report.sections import told

TEXT = """
title: Here, or there with strings?
calendar: {start: 2026-03-02, days: 3, timezone: UTC, interval: 60 min}
replications: 5
contact_types:
  calls: {channel: phone, demand: {rate: 20 / hour}, handle_time: {exponential: 6 min}, patience: {exponential: 2 min}}
sites:
  home: {location: in-house, country: US, timezone: UTC, wage: 20 USD per hour}
  away: {location: offshore, country: PH, timezone: UTC, provider: acme}
pools:
  here: {site: home, handles: {calls: {}}, staffing: 2}
  there: {site: away, handles: {calls: {resolves: 60%}}, staffing: 2}
contracts:
  acme: {provider: acme, currency: USD, price: [{per: contact, rate: 2 USD}]}
strings:
  acme: {transition: {set_up: 3100 USD, spread_over: 1 months}, governance: 10%}
customers:
  abandoned: 4 USD
  churn: {value: 200 USD, unanswered: 2%, unresolved: 5%}
  satisfaction: {start: 90%, per_minute_waited: -2 points, unanswered: 20%, unresolved: 40%}
scenarios:
  in-house: {pools: [here]}
  offshore: {pools: [there]}
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    path = tmp_path_factory.mktemp("strings") / "strings.yaml"
    path.write_text(TEXT)
    return ccsim.run(path)


def paid(results, scenario, item):
    rows = results.costs().query("scenario == @scenario and payer == 'client' and item == @item")
    return float(rows["mean"].sum())


def test_strings_are_paid_where_the_provider_works(results):
    """Three of 31 days of a month's set-up, and a tenth of the fees."""
    assert paid(results, "offshore", "set-up") == 300
    fees = paid(results, "offshore", "contacts")
    assert paid(results, "offshore", "governance, share of fees") == pytest.approx(fees / 10, abs=0.01)
    assert paid(results, "in-house", "set-up") == paid(results, "in-house", "governance, share of fees") == 0


def test_lost_customers_cost_everywhere_and_all_adds_up(results):
    for scenario in ("in-house", "offshore"):
        assert paid(results, scenario, "abandonment") > 0
        assert paid(results, scenario, "churn (expected)") > 0
        lines = results.costs().query("scenario == @scenario and payer == 'client' and item != 'total'")
        assert round(float(lines["mean"].sum()), 2) == paid(results, scenario, "total")
    assert paid(results, "offshore", "churn (expected)") > 2 * paid(results, "in-house", "churn (expected)")


def test_satisfaction_is_a_measure_and_is_told(results):
    """Whose matter stays open is less satisfied: 40 % of those answered in the one, none in the other."""
    rows = results.summary().query("measure == 'satisfaction_mean' and scope == 'total'").set_index("scenario")
    assert 0.2 < rows["mean"]["offshore"] + 0.1 < rows["mean"]["in-house"] < 0.9
    assert (rows["low"] < rows["mean"]).all()
    (customers,) = (one for one in told(Facts(results)) if one.section.title == "Customers")
    assert "satisfied" in [column.heading for column in customers.columns]
    file = StringIO()
    terminal(results, Console(file=file, width=140))
    for word in ("satisfied", "set-up", "churn (expected)", "lost customers"):
        assert word in file.getvalue()


def test_both_sides_of_the_decision_are_compared_in_all_that_they_cost(results):
    assert "total_cost" in set(results.comparisons()["measure"])
