"""What experiments/forecast_risk.yaml ends in: nearly all of the penalties are the client's own forecast error."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccsim.report.penalties import Penalties

pytestmark = pytest.mark.slow

FILE = Path(__file__).parents[2] / "experiments" / "forecast_risk.yaml"
REPLICATIONS = 20


@pytest.fixture
def results(ccsim_run):
    """Run once per session."""
    return ccsim_run(FILE, replications=REPLICATIONS)


@pytest.fixture
def quarter(results):
    """Of all terms of the contract, in the counted period, by scenario."""
    return results.penalties().query("term == '' and month == 'all'").set_index("scenario")


def test_a_forecast_that_is_right_on_average_costs_penalties_all_the_same(quarter, results):
    """More calls cost service that fewer calls do not bring back: a line below 80 % is bent."""
    due = results.forecast_error().query("term == ''").set_index("scenario")
    assert due.loc["strict", "low"] > 0
    assert due.loc["strict", "mean"] > 0.9 * quarter.loc["strict", "penalty"]
    assert due.loc["strict", "right"] == "strict if right"


def test_relief_excuses_most_of_them(quarter, results):
    """On the very same months: what is left and what is excused add up to the strict penalty."""
    strict, excused = quarter.loc["strict"], quarter.loc["excused"]
    assert excused["penalty"] + excused["relieved"] == pytest.approx(strict["penalty"], abs=0.011)
    assert excused["relieved_low"] > excused["high"]


def test_a_bad_quarter_costs_more_than_twice_the_usual_one(quarter):
    """One in ten; one month in three is missed, and in most quarters at least one."""
    strict = quarter.loc["strict"]
    assert strict["p90"] > 2 * strict["penalty"] > strict["median"]
    assert strict["missed"] > 0.5 > strict["months_missed"] > 0.2


def test_it_is_said_in_sentences(results):
    told = Penalties(results).sentences()
    assert any(one.startswith("excused: relief excuses") for one in told)
    assert any("strict" in one and "are due to the client's own forecast error" in one for one in told)
