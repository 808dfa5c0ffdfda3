"""Books of the experiments: every total is the sum of its lines, and a run's own contracts give its own invoices."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

import ccsim

FOLDER = Path(__file__).parents[2] / "experiments"
WITH_BOOKS = (
    "contract_forms",
    "cost_per_resolution",
    "forecast_risk",
    "in_house_or_offshore",
    "provider_selection",
    "service_level_terms",
    "total_cost_of_ownership",
)


def money(numbers):
    """As printed, exactly."""
    return sum((Decimal(str(number)) for number in numbers), Decimal(0))


@pytest.fixture(scope="module", params=WITH_BOOKS)
def priced(request, tmp_path_factory):
    """One experiment, run once, and priced again from its traces; two replications of two scenarios at most."""
    folder, file = tmp_path_factory.mktemp("run"), FOLDER / f"{request.param}.yaml"
    names = list(ccsim.load(file).scenarios)
    results = ccsim.run(file, replications=2, scenarios=[names[0], names[-1]][: len(names)], keep_traces=True)
    results.save(folder)
    return ccsim.Results.load(folder), ccsim.price(folder, file)


@pytest.mark.slow
def test_totals_are_the_sums_of_printed_lines(priced):
    costs = priced[0].costs()
    for _, own in costs.groupby(["scenario", "payer"]):
        lines = own[~own["item"].isin(["total", "margin"])]
        assert money(lines["mean"]) == money(own[own["item"] == "total"]["mean"])
    for _, invoice in priced[0].invoices().groupby(["scenario", "contract", "month"]):
        lines = invoice[invoice["item"] != "total"]
        assert money(lines["mean"]) == money(invoice[invoice["item"] == "total"]["mean"])


@pytest.mark.slow
def test_own_contracts_give_the_very_same_books(priced):
    run, again = priced
    for table in ("costs", "invoices", "terms", "summary"):
        assert_frame_equal(getattr(again, table)(), getattr(run, table)(), check_dtype=False)


@pytest.mark.slow
def test_no_experiment_with_books_is_left_out():
    assert {file.stem for file in FOLDER.glob("*.yaml") if ccsim.load(file).has_books} == set(WITH_BOOKS)
