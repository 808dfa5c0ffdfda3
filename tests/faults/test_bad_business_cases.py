# ruff: noqa: E501 (sentences stand as they are told)
"""Business cases that make no sense, one small broken file per fault: what the planner is told, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccsim.config import load
from ccsim.runner.business_case import business_case
from tests.faults.broken import told_of

FILES = Path(__file__).parent / "files" / "business_cases"
TOLD = {
    "baseline-unknown": [
        "baseline-unknown.yaml:2:27  business_case.baseline: there is no case kept; did you mean keep?",
    ],
    "discount-without-a-year": [
        "discount-without-a-year.yaml:2:27  business_case.discount: 8% is not a share per year; write for example 3% per year",
    ],
    "key-unknown": [
        "key-unknown.yaml:2:17  business_case.base_line: unknown key; did you mean baseline?",
    ],
    "months-missing-before-the-last": [
        "months-missing-before-the-last.yaml:2:32  business_case.cases.grow.0: months is missing; only the last phase may leave it out, and has all the rest",
    ],
    "months-of-which-nothing-is-left": [
        "months-of-which-nothing-is-left.yaml:2:62  business_case.cases.grow.1: nothing is left for it: the phases before have 12 of 12 months",
    ],
    "months-that-do-not-add-up": [
        "months-that-do-not-add-up.yaml:2:86  business_case.cases.grow.1.months: the phases have 11 months, the business case 12; leave months out, and the last phase has all the rest",
    ],
    "months-too-many": [
        "months-too-many.yaml:2:25  business_case.months: 1200 is too large; it must be at most 600",
    ],
    "no-case": [
        "no-case.yaml:21:3  business_case.cases: there is no case; leave cases out, and each scenario is one",
    ],
    "no-phase": [
        "no-phase.yaml:2:31  business_case.cases.grow: nothing is listed here; write at least one",
    ],
    "nothing-has-a-price": [
        "nothing-has-a-price.yaml:18:1  business_case: nothing here has a price; give costs to sites, or contracts to providers",
    ],
    "phase-without-a-scenario": [
        "phase-without-a-scenario.yaml:2:32  business_case.cases.grow.0: scenario is missing",
    ],
    "scenario-unknown-alone": [
        "scenario-unknown-alone.yaml:2:31  business_case.cases.keep: there is no scenario tem; did you mean team?",
    ],
    "scenario-unknown-in-short": [
        "scenario-unknown-in-short.yaml:2:61  business_case.cases.grow.1: there is no scenario mor; did you mean more?",
    ],
    "scenario-unknown": [
        "scenario-unknown.yaml:2:43  business_case.cases.grow.0.scenario: there is no scenario tam; did you mean team?",
    ],
}


@pytest.mark.parametrize("fault", TOLD)
def test_a_bad_business_case_is_told_with_its_place(fault):
    """File, line, column, path, sentence; nothing else is found wrong."""
    assert told_of(FILES / f"{fault}.yaml") == TOLD[fault]


def test_every_broken_file_is_tested():
    assert {path.stem for path in FILES.glob("*.yaml")} - {"good"} == set(TOLD)


def test_the_case_that_faults_are_made_from_is_good():
    """The last phase has the months that are left; the first case is the baseline."""
    found = business_case(load(FILES / "good.yaml"))

    assert found is not None
    assert found.baseline == "keep"
    assert {name: [phase.months for phase in case] for name, case in found.cases.items()} == {
        "keep": [12],
        "grow": [6, 6],
    }


def test_scenarios_may_be_run_alone():
    """What is left out of a run is no mistake of the file."""
    found = business_case(load(FILES / "good.yaml", scenarios=["team"]))

    assert found is not None
    assert found.of({"team": 1}) is not None
