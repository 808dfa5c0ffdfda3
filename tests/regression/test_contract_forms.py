"""What experiments/contract_forms.yaml ends in: seven prices, alike by forecast, that share a surprise differently."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ccsim.chance import draw
from ccsim.config import load
from ccsim.engine import simulate
from ccsim.money.books import books
from ccsim.planning import plan

FILE = Path(__file__).parents[2] / "experiments" / "contract_forms.yaml"
BY_FORECAST = 29_394
"""2,070 scheduled hours at 14.20 USD."""
SURPRISES = ("x0.8", "x1", "x1.2")
OF_TIME = ("FTE", "roster", "productive")
OF_VOLUME = ("minute", "call", "resolution", "fixed")


@cache
def logs():
    """What happened, by surprise: the same for every contract."""
    experiment = load(FILE)
    plans = {actual: plan(experiment, f"FTE | contact_types.phone.demand.actual={actual}") for actual in SURPRISES}
    return {actual: simulate(made, draw(made, experiment.seed, 0)) for actual, made in plans.items()}


@cache
def invoices():
    """USD of June, by form and surprise."""
    experiment, found = load(FILE), {}
    for scenario in experiment.scenarios:
        form, _, actual = scenario.partition(" | contact_types.phone.demand.actual=")
        paid = books(plan(experiment, scenario), logs()[actual])
        assert paid is not None
        found[form, actual] = paid.ledger.amount.sum() / 100
    return found


@pytest.mark.parametrize("form", [*OF_TIME, *OF_VOLUME])
def test_all_forms_cost_about_the_same_if_the_forecast_holds(form):
    assert invoices()[form, "x1"] == pytest.approx(BY_FORECAST, rel=0.02)


@pytest.mark.parametrize("form", OF_TIME)
def test_whoever_pays_for_time_bears_the_surprise_himself(form):
    """A fifth fewer calls are not a dollar cheaper."""
    few, usual, many = (invoices()[form, actual] for actual in SURPRISES)
    assert few == pytest.approx(usual, rel=0.01)
    assert many == pytest.approx(usual, rel=0.01)


@pytest.mark.parametrize(
    ("form", "falls", "rises"),
    [("minute", 0.19, 0.165), ("resolution", 0.185, 0.165), ("call", 0.10, 0.135), ("fixed", 0.07, 0.08)],
)
def test_whoever_pays_for_work_shares_it_with_the_provider(form, falls, rises):
    """Least with a fixed amount, whose charges and credits are below the price; a minimum stops the fall at 90 %."""
    few, usual, many = (invoices()[form, actual] for actual in SURPRISES)
    assert 1 - few / usual == pytest.approx(falls, abs=0.02)
    assert many / usual - 1 == pytest.approx(rises, abs=0.02)
