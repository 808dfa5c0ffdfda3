# ruff: noqa: E501 (sentences stand as they are told)
"""Service-level terms that make no sense, one small broken file per fault: what the planner is told, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccsim.config import load
from tests.faults.broken import told_of

FILES = Path(__file__).parent / "files" / "terms"
TOLD = {
    "at-risk-missing": [
        "at-risk-missing.yaml:2:98  contracts.free.terms.0: at_risk is missing: this term may cost its whole weight of it; write for example at_risk: 12%",
    ],
    "at-risk-without-a-fee": [
        "at-risk-without-a-fee.yaml:2:52  scenarios.a.change.contracts.acme.price: nothing is listed here; write at least one",
    ],
    "at-risk-of-nothing": [
        "good.yaml:40:5  contracts.acme.at_risk: all rates are 0, and a share of nothing is no risk; give it a fee",
    ],
    "bonus-for-a-miss": [
        "bonus-for-a-miss.yaml:2:94  contracts.acme.terms.0.bonus.above: there is no bonus for results below the target, 80 %",
    ],
    "bonus-of-the-wrong-side": [
        "bonus-of-the-wrong-side.yaml:2:87  contracts.acme.terms.0.bonus.below: better results lie above; write above",
    ],
    "earn-back-of-bonus": [
        "earn-back-of-bonus.yaml:2:117  contracts.acme.earn_back: earn_back needs terms that may cost something",
        "good.yaml:40:5  contracts.acme.at_risk: at_risk needs terms that may cost something",
    ],
    "excluded-no-date": [
        "excluded-no-date.yaml:2:89  contracts.acme.terms.0.exclude.0: March 6 is not a date; write for example 2026-03-02",
    ],
    "floor-above-target": [
        "floor-above-target.yaml:2:86  contracts.acme.terms.0.floor: the floor must lie below the target, 80 %",
    ],
    "floor-of-abandonment": [
        "floor-of-abandonment.yaml:2:83  contracts.acme.terms.0.floor: the floor must lie above the target, 5 %",
    ],
    "floor-of-days": [
        "floor-of-days.yaml:2:114  contracts.acme.terms.0.floor: the floor must lie below periods_met, 90 %",
    ],
    "formula-of-abandonment": [
        "formula-of-abandonment.yaml:2:76  contracts.acme.terms.0.formula: formula is for service_level and response, not for abandonment",
    ],
    "formula-of-mail": [
        "formula-of-mail.yaml:2:82  contracts.acme.terms.0.formula: deferred work has no abandonment; the formula is offered",
    ],
    "holidays-of-nowhere": [
        "holidays-of-nowhere.yaml:2:147  contracts.acme.terms.0.hours.closed_on.subdivision: PH has no subdivision XX; there are none",
    ],
    "measure-unknown": [
        "measure-unknown.yaml:2:51  contracts.acme.terms.0.measure: occupancy is not known here; write service_level, response, abandonment or speed_of_answer",
    ],
    "month-averaged": [
        "month-averaged.yaml:2:87  contracts.acme.terms.0.pooled: a month is averaged over shorter periods; write per: interval, day or week",
    ],
    "no-steps": [
        "no-steps.yaml:2:88  contracts.acme.terms.0.penalty: nothing is listed here; write at least one step",
    ],
    "nothing-to-measure": [
        "nothing-to-measure.yaml:2:54  contracts.acme.terms.0.measure: response fits none of the contact types of the contract; take another measure",
    ],
    "points-and-seconds": [
        "points-and-seconds.yaml:2:79  contracts.acme.terms.0.penalty: give per_point, or per_second where the target is a time",
    ],
    "points-of-seconds": [
        "points-of-seconds.yaml:2:92  contracts.acme.terms.0.penalty.per_point: results are times; write per_second",
    ],
    "relief-without-band": [
        "relief-without-band.yaml:2:81  contracts.acme.relief: forecast.band is missing: by how much volume may exceed the forecast",
    ],
    "response-of-calls": [
        "response-of-calls.yaml:2:51  contracts.acme.terms.0.measure: response is for email and back-office, and calls is phone",
    ],
    "right-already": [
        "right-already.yaml:4:20  scenarios.right.what_if: right_forecast changes nothing: no demand of the scenario has actual or forecast_error, by which what comes differs from the forecast; leave it out, or give the demand one of them",
    ],
    "service-level-of-mail": [
        "service-level-of-mail.yaml:2:50  contracts.acme.terms.0.measure: service_level is for phone and chat, and mail is email; the measure of deferred work is response",
    ],
    "share-of-months": [
        "share-of-months.yaml:2:79  contracts.acme.terms.0.periods_met: periods_met goes with per: interval, day or week, whose periods are judged one by one",
    ],
    "short-calls-unknown": [
        "short-calls-unknown.yaml:2:88  contracts.acme.terms.0.formula: calls has no short_call; short-excluded leaves out those who abandon within it",
    ],
    "step-of-both-sides": [
        "step-of-both-sides.yaml:2:89  contracts.acme.terms.0.penalty.0: give one of below and above: the results that are meant",
    ],
    "steps-above-target": [
        "steps-above-target.yaml:2:97  contracts.acme.terms.0.penalty.0.below: 85 % is no miss: the target is 80 %",
    ],
    "steps-of-the-wrong-side": [
        "steps-of-the-wrong-side.yaml:2:87  contracts.acme.terms.0.penalty.0.below: penalty steps lie above; write above",
    ],
    "steps-that-climb": [
        "steps-that-climb.yaml:2:123  contracts.acme.terms.0.penalty.1.below: steps lead away from the target: 78 % does not lie below 75 %",
    ],
    "steps-that-cost-less": [
        "steps-that-cost-less.yaml:2:136  contracts.acme.terms.0.penalty.1.credit: credits grow: 3 % is no more than 8 % before it",
    ],
    "target-as-percent-number": [
        "target-as-percent-number.yaml:2:74  contracts.acme.terms.0.target: 80 is not a share; write 80% or 0.8",
    ],
    "target-of-another-kind": [
        "target-of-another-kind.yaml:2:76  contracts.acme.terms.0.target: 80 % is no target for speed_of_answer; write a time, for example 25 s",
    ],
    "terms-of-one-name": [
        "terms-of-one-name.yaml:2:93  contracts.acme.terms.1: there are two terms calls service level; give this one a name of its own",
    ],
    "type-and-types": [
        "type-and-types.yaml:2:29  contracts.acme.terms.0.type: type and types are given; give one of them",
    ],
    "type-of-others": [
        "type-of-others.yaml:2:35  contracts.acme.terms.0.type: acme has no pool that handles chats; add chats to the handles of one",
    ],
    "type-unknown": [
        "type-unknown.yaml:2:35  contracts.acme.terms.0.type: there is no contact type cals; did you mean calls?",
    ],
    "weights-above-all": [
        "weights-above-all.yaml:2:27  contracts.acme.terms: the weights add to 110 %; give each term a weight, together at most 100 %",
    ],
    "within-missing": [
        "within-missing.yaml:3:28  contracts.acme.terms.0: within is missing: chats has no service_level whose time could be meant",
    ],
}


@pytest.mark.parametrize("fault", sorted(TOLD))
def test_a_bad_term_is_told_with_its_place(fault):
    """Every problem of the file stands in the message with file, line, column, key, and what to do; and no other."""
    assert told_of(FILES / f"{fault}.yaml") == TOLD[fault]


def test_every_broken_file_is_tested():
    assert {path.stem for path in FILES.glob("*.yaml")} - {"good"} == set(TOLD)


def test_the_terms_that_faults_are_made_from_are_good():
    assert load(FILES / "good.yaml").scenarios
