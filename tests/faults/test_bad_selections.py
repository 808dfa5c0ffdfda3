# ruff: noqa: E501 (sentences stand as they are told)
"""Selections that make no sense, one small broken file per fault: what the planner is told, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccsim.config import load
from tests.faults.broken import told_of

FILES = Path(__file__).parent / "files" / "selections"
TOLD = {
    "anchors-alike": [
        "anchors-alike.yaml:5:52  selection.criteria.cost.best: best and worst are the same, so that nothing lies between them",
    ],
    "anchors-the-wrong-way-round": [
        "anchors-the-wrong-way-round.yaml:6:79  selection.criteria.service.best: more of service_level is better, so best has to be more than worst",
    ],
    "another-currency": [
        "another-currency.yaml:5:52  selection.criteria.cost.best: costs are told in USD; write it in USD, too",
    ],
    "candidate-that-nobody-can-choose": [
        "candidate-that-nobody-can-choose.yaml:4:22  selection.candidates.1: more is a what_if, which nobody can choose",
    ],
    "candidate-twice": [
        "candidate-twice.yaml:4:28  selection.candidates.2: team is named twice",
    ],
    "candidate-unknown": [
        "candidate-unknown.yaml:4:22  selection.candidates.1: there is no scenario mor; did you mean more?",
    ],
    "contact-type-missing": [
        "contact-type-missing.yaml:6:5  selection.criteria.service: contact_type is missing; service_level is that of a contact type",
    ],
    "contact-type-of-money": [
        "contact-type-of-money.yaml:5:46  selection.criteria.cost.contact_type: total_cost is of the whole center; leave contact_type out",
    ],
    "contact-type-unknown": [
        "contact-type-unknown.yaml:6:66  selection.criteria.service.contact_type: there is no contact type cals; did you mean calls?",
    ],
    "criterion-named-like-the-sum": [
        "criterion-named-like-the-sum.yaml:6:5  selection.criteria.in all: in all is what the sum is called; choose another name",
    ],
    "criterion-without-anchors": [
        "criterion-without-anchors.yaml:5:5  selection.criteria.cost: worst is missing",
    ],
    "deferred-work-is-not-abandoned": [
        "deferred-work-is-not-abandoned.yaml:6:37  selection.criteria.service.measure: abandonment_rate has no value in team, more: nobody waits on the line for calls",
    ],
    "everything-is-resolved-at-once": [
        "everything-is-resolved-at-once.yaml:6:37  selection.criteria.service.measure: resolution_rate has no value in team, more: nobody comes again, and every contact resolves its matter",
    ],
    "live-calls-have-no-response": [
        "live-calls-have-no-response.yaml:6:37  selection.criteria.service.measure: response_mean_s has no value in team, more: calls is no deferred work",
    ],
    "many-at-once": [
        "many-at-once.yaml:4:22  selection.candidates.1: there is no scenario mor; did you mean more?",
        "many-at-once.yaml:5:3  selection.criteria: weights add up to 90%, not to 100%: cost 60%, service 30%",
        "many-at-once.yaml:6:52  selection.criteria.cost.best: best and worst are the same, so that nothing lies between them",
        "many-at-once.yaml:7:37  selection.criteria.service.measure: servce_level is not known here; did you mean service_level?",
        "many-at-once.yaml:7:65  selection.criteria.service.contact_type: there is no contact type cals; did you mean calls?",
    ],
    "measure-unknown": [
        "measure-unknown.yaml:6:37  selection.criteria.service.measure: service_levels is not known here; did you mean service_level?",
    ],
    "no-promise": [
        "no-promise.yaml:6:37  selection.criteria.service.measure: service_level has no value in team, more: calls has no service level",
    ],
    "nobody-asks-how-satisfied": [
        "nobody-asks-how-satisfied.yaml:6:37  selection.criteria.service.measure: satisfaction_mean has no value in team, more: customers.satisfaction does not say how satisfied customers are",
    ],
    "nothing-has-a-price": [
        "nothing-has-a-price.yaml:5:34  selection.criteria.cost.measure: total_cost has no value in team, more: nothing here has a price; give costs to sites, or contracts to providers",
    ],
    "one-scenario": [
        "one-scenario.yaml:3:1  selection: there is one scenario and nothing to choose from; write scenarios that compete",
    ],
    "provider-without-a-contract": [
        "provider-without-a-contract.yaml:5:34  selection.criteria.cost.measure: total_cost has no value in more: acme has no contract",
    ],
    "requirement-on-the-wrong-side": [
        "requirement-on-the-wrong-side.yaml:8:35  selection.requirements.budget.at_least: less of total_cost is better; write at_most",
    ],
    "requirement-without-a-limit": [
        "requirement-without-a-limit.yaml:8:5  selection.requirements.service: at_least is missing",
    ],
    "statistic-unknown": [
        "statistic-unknown.yaml:5:57  selection.criteria.cost.statistic: median is not understood here; write mean, deviation or worst 10%",
    ],
    "tail-of-everything": [
        "tail-of-everything.yaml:5:57  selection.criteria.cost.statistic: 100% is too large; it must be less than 1",
    ],
    "unit-of-another-measure": [
        "unit-of-another-measure.yaml:6:79  selection.criteria.service.best: 20 s is not a share; write for example 80% or 0.8",
    ],
    "wage-missing": [
        "wage-missing.yaml:5:34  selection.criteria.cost.measure: total_cost has no value in more: more has no wage",
        "wage-missing.yaml:5:34  selection.criteria.cost.measure: total_cost has no value in team: team has no wage",
    ],
    "weight-of-nothing": [
        "weight-of-nothing.yaml:6:23  selection.criteria.service.weight: 0% is too small; it must be more than 0",
    ],
    "weights-that-do-not-add-up": [
        "weights-that-do-not-add-up.yaml:4:3  selection.criteria: weights add up to 90%, not to 100%: cost 60%, service 30%",
    ],
}


@pytest.mark.parametrize("fault", TOLD)
def test_a_bad_selection_is_told_with_its_place(fault):
    """File, line, column, path, sentence; nothing else is found wrong, and all that is wrong is told at once."""
    assert told_of(FILES / f"{fault}.yaml") == TOLD[fault]


def test_every_broken_file_is_tested():
    assert {path.stem for path in FILES.glob("*.yaml")} - {"good"} == set(TOLD)


def test_the_selection_that_faults_are_made_from_is_good():
    found = load(FILES / "good.yaml").selection

    assert found is not None
    assert [float(weight) for weight in found.weights] == [0.7, 0.3]


def test_candidates_may_be_run_alone():
    """Points do not depend on who else bids, so a run may leave bids out."""
    found = load(FILES / "good.yaml", scenarios=["team"])

    assert found.selection is not None
    assert found.selection.among(found.scenarios) == ["team"]
