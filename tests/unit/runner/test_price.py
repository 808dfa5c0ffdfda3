"""Repricing: nothing but money changes, and own contracts change nothing."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from pandas.testing import assert_frame_equal

import ccsim
from tests.small_contract import CONTRACTS, SMALL_CONTRACT

OF_MONEY = ("costs", "invoices", "terms")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The folder of a run with traces, and its results."""
    folder = tmp_path_factory.mktemp("run")
    file = folder / "desk.yaml"
    file.write_text(SMALL_CONTRACT, encoding="utf-8")
    results = ccsim.run(file, workers=1, keep_traces=True)
    results.save(folder / "out")
    return folder / "out", results


def price(run, tmp_path, text, **more):
    file = tmp_path / "contracts.yaml"
    file.write_text(text, encoding="utf-8")
    return ccsim.price(run[0], file, workers=1, **more)


@pytest.mark.parametrize("text", [SMALL_CONTRACT, CONTRACTS], ids=["experiment", "contracts-alone"])
def test_the_runs_own_contracts_give_the_very_same_books(run, tmp_path, text):
    """And the very same everything else, from the file of the experiment or its contracts alone."""
    again = price(run, tmp_path, text)
    for table in (*OF_MONEY, "summary", "intervals", "comparisons", "targets", "agents", "sums"):
        assert_frame_equal(getattr(again, table)(), getattr(run[1], table)())
    assert again.not_counted == run[1].not_counted


def test_another_rate_changes_invoices_and_nothing_that_happened(run, tmp_path):
    """Twice the price of a contact is twice the line, to the cent of each replication's mean."""
    again = price(run, tmp_path, CONTRACTS.replace("150.25", "300.50"))
    before, after = (of.invoices().query("item == 'contacts'").reset_index(drop=True) for of in (run[1], again))
    assert len(before) == 2
    assert list(after["quantity"]) == list(before["quantity"])
    for one, two in zip(before["mean"], after["mean"], strict=True):
        assert abs(Decimal(str(two)) - 2 * Decimal(str(one))) <= Decimal("0.01")
    old, new = (of.summary().set_index(["scenario", "scope", "name", "measure"])["mean"] for of in (run[1], again))
    changed = {key[-1] for key in old.index if old[key] != new[key] and old[key] == old[key]}
    assert changed == {
        "total_cost",
        "total_cost_per_answered",
        "total_cost_per_handled_minute",
        "total_cost_per_resolution",
        "total_cost_per_productive_hour",
    }


def test_another_rate_of_exchange_may_be_given_beside_the_contracts(run, tmp_path):
    again = price(run, tmp_path, f"currency: {{report: USD, PHP: 0.02}}\n{CONTRACTS}")
    assert_frame_equal(again.invoices(), run[1].invoices())
    spread = again.costs().query("item == 'spread'")
    assert spread["mean"].sum() == 0
    paid = [of.costs().query("payee == 'acme'")["mean"].sum() for of in (run[1], again)]
    assert paid[1] / paid[0] == pytest.approx(0.02 / 0.0175, rel=1e-4)


def test_scenarios_of_the_file_say_who_has_which_contract(run, tmp_path):
    """The in-house floor has none; a second contract waits for another day."""
    other = CONTRACTS.replace("contracts:\n", "").replace("care:", "dear:").replace("150.25", "999")
    text = f"{CONTRACTS}{other}scenarios: {{alone: {{contracts: []}}, helped: {{contracts: [dear]}}}}\n"
    again = price(run, tmp_path, text)
    assert set(again.invoices()["contract"]) == {"dear"}
    assert set(again.invoices()["scenario"]) == {"helped"}


@pytest.mark.slow
def test_several_workers_give_the_same_prices(run, tmp_path):
    file = tmp_path / "contracts.yaml"
    file.write_text(CONTRACTS, encoding="utf-8")
    told = []
    two = ccsim.price(run[0], file, workers=2, progress=lambda done, of: told.append((done, of)))
    assert_frame_equal(two.costs(), run[1].costs())
    assert told[-1] == (6, 6)


def test_a_priced_run_can_be_saved_and_says_what_it_is(run, tmp_path):
    again = price(run, tmp_path, CONTRACTS)
    loaded = ccsim.Results.load(again.save(tmp_path / "priced"))
    assert_frame_equal(loaded.costs(), again.costs())
    assert loaded.manifest["priced"]["contracts"] == str(tmp_path / "contracts.yaml")
    assert not (tmp_path / "priced" / "traces").exists()


def interrupted(tmp_path, after):
    """A run that Ctrl-C ended after so many replications."""

    def progress(done, of):
        if done == after:
            raise KeyboardInterrupt

    file = tmp_path / "desk.yaml"
    file.write_text(SMALL_CONTRACT, encoding="utf-8")
    results = ccsim.run(file, workers=1, keep_traces=True, progress=progress)
    return results.save(tmp_path / "interrupted"), results


def test_an_interrupted_run_is_priced_as_far_as_it_came(run, tmp_path):
    """Its own replications, no more, as the whole run has them; and what comes of it is still half a run."""
    half = interrupted(tmp_path, 2)
    again = price(half, tmp_path, CONTRACTS)
    assert (again.replications, again.complete, half[1].complete) == (2, False, False)
    for table in (*OF_MONEY, "penalties", "billed", "sums"):
        assert_frame_equal(getattr(again, table)(), getattr(half[1], table)())
    first = run[1].billed().query("replication <= 2").reset_index(drop=True)
    assert_frame_equal(again.billed(), first)
    assert "interrupted" in again.notes()[0]


def test_of_a_run_without_a_single_replication_there_is_nothing_to_price(run, tmp_path):
    """It says so, and what to do."""
    none = run[1].save(tmp_path / "none")
    manifest = json.loads((none / "manifest.json").read_text(encoding="utf-8"))
    (none / "manifest.json").write_text(json.dumps(manifest | {"replications": [], "complete": False}))
    with pytest.raises(ccsim.CcsimError, match=r"interrupted before a replication was finished.*again with ccsim run"):
        price((none,), tmp_path, CONTRACTS)


FAULTS = {
    "contracts is missing": "currency: USD\n",
    r"contracts\.yaml:1:1  contratcs: unknown key; did you mean contracts\?": CONTRACTS.replace(
        "contracts", "contratcs"
    ),
    r"3:15  contracts\.care\.provider: there is no provider acmee; did you mean acme\?": CONTRACTS.replace(
        "provider: acme", "provider: acmee"
    ),
    r"contracts\.care\.terms\.0\.type: there is no contact type fone": CONTRACTS.replace("type: phone", "type: fone"),
    r"contracts\.care\.price\.0\.rate": CONTRACTS.replace("150.25 PHP", "150.25"),
    "there is no exchange rate for EUR": CONTRACTS.replace("PHP", "EUR"),
    r"scenarios: the run has the scenario alone, too": f"{CONTRACTS}scenarios: {{helped: {{}}}}\n",
}


@pytest.mark.parametrize("told", FAULTS)
def test_wrong_contracts_are_told_with_their_place(run, tmp_path, told):
    with pytest.raises(ccsim.ConfigError, match=told):
        price(run, tmp_path, FAULTS[told])


def test_a_run_without_traces_says_what_to_do(run, tmp_path):
    bare = run[1].save(tmp_path / "bare")
    (bare / "traces" / "experiment.json").unlink()
    with pytest.raises(ccsim.CcsimError, match=r"has kept no traces.*again with ccsim run FILE --traces"):
        price((bare,), tmp_path, CONTRACTS)


def test_traces_of_another_plan_are_refused(run, tmp_path):
    """Holidays or time zones that changed since: invoices would be made of agents who were never there."""
    other = run[1].save(tmp_path / "other")
    about = other / "traces" / "experiment.json"
    about.write_text(about.read_text(encoding="utf-8").replace('"staffing.Staffing"', '"staffing.Unheard"'))
    with pytest.raises(ccsim.CcsimError, match="another version of ccsim"):
        price((other,), tmp_path, CONTRACTS)
    written = json.loads((run[0] / "traces" / "experiment.json").read_text(encoding="utf-8"))
    written["fingerprints"]["alone"] = "0" * 64
    about.write_text(json.dumps(written), encoding="utf-8")
    with pytest.raises(ccsim.CcsimError, match="plans the experiment otherwise"):
        price((other,), tmp_path, CONTRACTS)


def test_a_trace_that_cannot_be_priced_names_scenario_and_replication(run, tmp_path, monkeypatch):
    def broken(plan, log):
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr("ccsim.runner.pricing.told", broken)
    with pytest.raises(ccsim.SimulationError, match="scenario alone, replication 1 failed: ZeroDivisionError"):
        price(run, tmp_path, CONTRACTS)
