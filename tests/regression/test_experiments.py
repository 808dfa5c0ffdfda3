"""Every experiment that the project ships opens with its question, loads, and runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import ccsim

FOLDER = Path(__file__).parents[2] / "experiments"
EXPERIMENTS = sorted(FOLDER.glob("*.yaml"))
EXPECTED = {
    "callback",
    "chat_concurrency",
    "clock_change",
    "contract_forms",
    "cost_per_resolution",
    "erlang_c_check",
    "erlang_gap",
    "first_contact_resolution",
    "follow_the_sun",
    "forecast_risk",
    "in_house_or_offshore",
    "overnight_email",
    "provider_outage",
    "provider_selection",
    "service_level_terms",
    "total_cost_of_ownership",
    "transition_to_offshore",
    "vendor_allocation",
    "where_work_may_go",
}
OUTCOMES_OF_OFFERED = ["answered", "abandoned", "balked", "disconnected", "unreached", "open"]
"""Nobody is unreached where nobody is dialed."""
SCHEMA_LINE = "# yaml-language-server: $schema=../ccsim.schema.json\n"
SHORT = ("calendar.weeks=1", "calendar.warm_up=0 s")
EVERY = pytest.mark.parametrize("path", EXPERIMENTS, ids=lambda path: path.stem)
HEAVY = {
    "callback",
    "contract_forms",
    "cost_per_resolution",
    "erlang_gap",
    "first_contact_resolution",
    "follow_the_sun",
    "forecast_risk",
    "in_house_or_offshore",
    "provider_outage",
    "provider_selection",
    "service_level_terms",
    "total_cost_of_ownership",
    "transition_to_offshore",
    "vendor_allocation",
    "where_work_may_go",
}
"""Seconds of work even for a week; played among the slow tests."""
EVERY_PLAYED = pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=[pytest.mark.slow] * (path.stem in HEAVY)) for path in EXPERIMENTS],
    ids=lambda path: path.stem,
)


@pytest.fixture
def short(ccsim_run):
    """Run a week of an experiment twice, once per session."""
    return lambda path: ccsim_run(path, changes=SHORT, replications=2, workers=1)


def test_the_promised_experiments_are_there():
    """Notebooks, README and docs refer to them by name."""
    assert {path.stem for path in EXPERIMENTS} == EXPECTED


@EVERY
def test_an_experiment_opens_with_its_question(path):
    """Whoever opens the file should know within ten lines what it is for."""
    assert "?" in ccsim.load(path).description
    assert "description" in "".join(path.read_text(encoding="utf-8").splitlines()[:10])


@EVERY_PLAYED
def test_an_experiment_runs_short_and_loses_no_contact(path, short):
    """A week, two replications: everything offered has an outcome."""
    results = short(path)
    summary = results.summary().query("scope == 'total'").pivot(index="scenario", columns="measure", values="mean")
    outcomes = summary.filter(OUTCOMES_OF_OFFERED).sum(axis=1)

    assert results.complete
    assert list(results.scenarios) == list(ccsim.load(path).scenarios)
    assert (summary["offered"] > 0).all()
    assert outcomes.to_numpy() == pytest.approx(summary["offered"].to_numpy())


@EVERY_PLAYED
def test_scenarios_of_an_experiment_serve_the_same_customers(path, short):
    """
    Comparisons are made on common random numbers, so a type's arrivals must be alike wherever its demand is.

    Who comes again depends on how it went, so only first visits are compared where customers may.
    """
    results = short(path)
    rows = results.summary().query("scope == 'contact_type'")
    first = rows.query("measure == 'first_visits'")
    again = rows["scenario"].isin(first["scenario"])
    arrived = pd.concat([first, rows[~again & (rows["measure"] == "arrived")]])
    centers = results.experiment["scenarios"]
    demand = [
        json.dumps(centers[row.scenario]["contact_types"][row.name]["demand"], sort_keys=True)
        for row in arrived.itertuples(index=False)
    ]

    assert (arrived.groupby(["name", demand])["mean"].nunique() == 1).all()


def test_editors_find_the_schema_that_the_files_name():
    """Regenerate it with: ccsim schema > ccsim.schema.json"""
    from ccsim import config

    kept = json.loads((FOLDER.parent / "ccsim.schema.json").read_text(encoding="utf-8"))

    assert all(path.read_text(encoding="utf-8").startswith(SCHEMA_LINE) for path in EXPERIMENTS)
    assert kept == config.schema()


def test_demand_tables_are_what_their_script_writes(tmp_path):
    """A table edited by hand would no longer say where it comes from."""
    script = FOLDER / "demand" / "make.py"
    (tmp_path / "make.py").write_text(script.read_text(encoding="utf-8"), encoding="utf-8")
    subprocess.run([sys.executable, tmp_path / "make.py"], check=True)

    written = {table.name: table.read_text(encoding="utf-8") for table in tmp_path.glob("*.csv")}
    kept = {table.name: table.read_text(encoding="utf-8") for table in script.parent.glob("*.csv")}
    assert written == kept


def test_autumn_of_the_clock_change_runs_as_its_file_says(ccsim_run):
    """The file names the changes with which the weeks around 25 October and 1 November are asked."""
    path = FOLDER / "clock_change.yaml"
    changes = ("calendar.start=2026-10-19", "calendar.weeks=3")
    assert all(f"--set {change}" in path.read_text(encoding="utf-8") for change in changes)

    coverage = ccsim_run(path, changes=changes, replications=1, workers=1).summary().query("measure == 'coverage'")
    by_scenario = coverage.set_index("scenario")["mean"]
    assert by_scenario["edge-to-edge"] < 1
    assert by_scenario["overlapping"] == 1
