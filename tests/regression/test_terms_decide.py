"""What experiments/service_level_terms.yaml ends in: three verdicts on one service, a bonus for neglecting the peak."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccsim.report import scorecard

pytestmark = pytest.mark.slow

FILE = Path(__file__).parents[2] / "experiments" / "service_level_terms.yaml"
REPLICATIONS = 8
PERIODS = ("month", "day", "half hour")
AT_RISK = -4089.60
"""12 % of the fees of 2,400 scheduled hours at 14.20 USD."""


@pytest.fixture
def results(ccsim_run):
    """Run once per session."""
    return ccsim_run(FILE, replications=REPLICATIONS)


@pytest.fixture
def credit(results):
    """What each term adds to the month's invoice, with its interval, by scenario."""
    return results.terms().set_index("scenario")[["credit", "credit_low", "credit_high"]]


def service_level(results, scenario):
    rows = results.summary().query("scope == 'contact_type' and measure == 'service_level'").set_index("scenario")
    return rows.loc[scenario, ["mean", "low", "high"]].tolist()


@pytest.mark.parametrize("roster", ["follows", "always ten"])
def test_the_service_is_the_same_whatever_the_term(results, roster):
    """A contract never touches the floor."""
    one, *others = [service_level(results, f"{roster} by {period}") for period in PERIODS]
    assert others == [one, one]


def test_a_month_hides_its_mondays(credit):
    """The roster that follows the calls earns a bonus by the month, and pays by the day and by the half hour."""
    assert credit.loc["follows by month", "credit_low"] > 0
    assert credit.loc["follows by day", "credit_high"] < 0
    assert credit.loc["follows by half hour", "credit_high"] < 0


def test_judged_by_the_half_hour_it_pays_to_neglect_the_peak(credit, results):
    """Two half hours of 24 are given up, in which a third of all calls come; customers get some twenty points less."""
    assert credit.loc["always ten by half hour", "credit_low"] > 0
    assert credit.loc["follows by half hour", "credit_high"] < credit.loc["always ten by half hour", "credit_low"]
    assert (
        service_level(results, "always ten by half hour")[2] < service_level(results, "follows by half hour")[1] - 0.1
    )


@pytest.mark.parametrize("period", ["month", "day"])
def test_judged_otherwise_it_costs_all_that_is_at_risk(credit, period):
    """In every replication, to the cent."""
    assert credit.loc[f"always ten by {period}", "credit"] == AT_RISK


def test_the_scorecard_shows_the_mondays(ccsim_run):
    """The month is met in each of twenty replications, and Mondays surely below 80 %; said in one plain sentence."""
    results = ccsim_run(FILE, replications=20, scenarios=["follows by month", "follows by day"])
    rows = results.scorecard().query("scenario == 'follows by month'").set_index("weekday")
    assert rows.loc["", "met"] == 1
    assert rows.loc["Monday", "high"] < 0.8 < rows.loc["Tuesday", "low"]
    (sentence,) = (one for one in scorecard.sentences(results) if one.startswith("follows by month"))
    assert "2026-06 is met in 100 % of replications" in sentence
    assert "on Mondays" in sentence
    assert "on Tuesdays" not in sentence
