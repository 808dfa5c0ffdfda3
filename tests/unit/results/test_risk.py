"""Two contracts for one service: by the contact, and by the month."""

from __future__ import annotations

import math

import numpy as np
import pytest

import ccsim
from ccsim.report import risk
from ccsim.report.html import html
from tests.small_contract import CONTRACTS, SMALL_CONTRACT

TWO = """\
contracts:
  by-contact:
    provider: acme
    currency: PHP
    price: [{per: contact, rate: 150.25 PHP}]
  by-month:
    provider: acme
    currency: PHP
    price: [{per: month, rate: 400000 PHP}]
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Twelve replications of both, and of the desk without help."""
    file = tmp_path_factory.mktemp("risk") / "two.yaml"
    text = SMALL_CONTRACT.replace(CONTRACTS, TWO).replace("replications: 6", "replications: 12")
    both = (
        "  contact: {pools: [newark, manila], contracts: [by-contact]}\n"
        "  month: {pools: [newark, manila], contracts: [by-month]}\n"
    )
    file.write_text(text.replace("  helped: {pools: [newark, manila]}\n", both), encoding="utf-8")
    return ccsim.run(file, workers=1)


def test_by_the_contact_the_client_bears_volume_and_by_the_month_nobody_pays_for_it(results):
    """An invoice by the contact varies, most of it with volume; a fixed one is the same in all replications."""
    risk = results.risk().set_index(["scenario", "item"])
    contact, month = risk.loc[("contact", "invoice")], risk.loc[("month", "invoice")]
    assert contact["volume_low"] > contact["handle_time"]
    assert contact[["volume", "handle_time", "unavailable", "rest"]].sum() == pytest.approx(1)
    assert month["deviation"] == 0
    assert math.isnan(month["volume"])
    assert set(risk.index) == {(name, item) for name in ("contact", "month") for item in ("invoice", "margin")}


def test_the_deviation_is_that_of_the_replications(results):
    """The client's total less its own sites, which cost the same each time, is the invoice and its spread of 1 %."""
    sums = results.sums().query("scenario == 'contact' and measure == 'total_cost'")
    deviation = results.risk().set_index(["scenario", "item"]).loc[("contact", "invoice"), "deviation"]
    assert deviation == pytest.approx(np.std(sums["numerator"], ddof=1) / 1.01, rel=1e-4)


def test_what_the_client_pays_less_the_provider_earns_less(results):
    """To the cent, and what the provider's own costs are does not matter; the desk alone is another service."""
    shifts = results.shifts().set_index("item")
    assert shifts[["a", "b"]].drop_duplicates().to_numpy().tolist() == [["contact", "month"]]
    assert shifts.loc["invoice", "mean"] == pytest.approx(shifts.loc["margin", "mean"], abs=1e-9)
    paid = results.costs().query("payer == 'client' and payee == 'acme'").groupby("scenario")["mean"].sum()
    assert shifts.loc["invoice", "mean"] == pytest.approx(paid["month"] - paid["contact"], abs=0.011)
    assert shifts.loc["invoice", "deviation_verdict"] == "lower"


def test_the_report_says_who_bears_what(results):
    """In the table a dash where nothing varies, under it what the other contract shifts."""
    rows = risk.borne(results)
    assert [row.name for row in rows["contact"]] == ["by-contact: invoice", "acme: margin"]
    assert (rows["month"][0].deviation, rows["month"][0].volume) == ("0.00 USD", "-")
    (invoice, margin) = risk.shifted(results)
    assert invoice.startswith("month instead of contact: invoice of acme ")
    assert margin.startswith("month instead of contact: margin of acme ")
    page = html(results, [])
    assert "Who bears the risk" in page
    assert invoice in page
