"""Which sentence leads: only what the intervals allow to say."""

from dataclasses import replace

import pytest

from ccsim.report import answer
from ccsim.report.facts import Facts
from tests.small_run import small_run


@pytest.fixture
def facts():
    return Facts(small_run())


def with_verdicts(facts, **verdicts):
    """The run, had all targets of a scenario come out like this."""
    facts.targets = [replace(t, verdict=verdicts.get(t.scenario, t.verdict)) for t in facts.targets]
    return facts


def test_undecided_is_not_met(facts):
    assert answer.headline(facts) == "No scenario is shown to meet every target."


def test_the_only_good_scenario_is_named_with_its_cost(facts):
    told = answer.headline(with_verdicts(facts, given="met"))
    assert told.startswith("Only given is shown to meet every target, at 3,5")
    assert told.endswith("USD of labor.")


def test_of_several_good_ones_the_cheapest_is_named(facts):
    told = answer.headline(with_verdicts(facts, given="met", kept="met"))
    assert told.startswith("kept and given meet every target; of these given costs least, at ")


def test_costs_that_differ_by_less_than_a_percent_decide_nothing(facts):
    """Sixty dollars of a hundred thousand may be real, and are no reason to choose."""
    facts = with_verdicts(facts, given="met", kept="met")
    key = ("kept", "total", "", "labor_cost")
    given = facts.total("given", "labor_cost")
    facts.estimates[key] = replace(given, mean=1.004 * given.mean)
    told = answer.headline(facts)
    assert told.startswith("kept and given meet every target; they cost alike, within 0.4 %, at 3,5")
    facts.estimates[key] = replace(given, mean=1.02 * given.mean)
    assert "of these given costs least" in answer.headline(facts)


def test_costs_that_may_be_equal_are_not_ranked_for_sure(facts):
    facts = with_verdicts(facts, given="met", kept="met")
    facts.differences = [replace(d, verdict="not distinguishable") for d in facts.differences]
    assert answer.headline(facts) == "kept and given meet every target; which of them costs least cannot be told apart."


def test_what_nobody_can_choose_wins_no_headline(facts, monkeypatch):
    """A cheap scenario without the storm, or without the law, is what others are held to."""
    facts = with_verdicts(facts, given="met", kept="met")
    for what_if in ("yardstick", "right_forecast", "ignore_restrictions"):
        monkeypatch.setitem(facts.center("given"), "what_if", what_if)
        assert answer.headline(facts) == "kept meets every target."
    monkeypatch.setitem(facts.center("kept"), "what_if", "yardstick")
    assert answer.headline(facts).startswith("kept and given meet every target; of these given costs least")


def test_a_yardstick_that_alone_meets_the_targets_is_no_answer(facts, monkeypatch):
    facts = with_verdicts(facts, given="met")
    monkeypatch.setattr(Facts, "choices", ["kept", "late"])
    assert answer.headline(facts) == "No scenario that can be chosen is shown to meet every target."


def test_without_targets_nothing_is_judged(facts):
    facts.targets = []
    assert answer.headline(facts) == "No target is declared, so no scenario is judged."


def test_missed_targets_lead_the_sentence_of_a_scenario(facts):
    assert answer.verdicts(facts, "kept").startswith("kept misses phone (76.")


def test_a_decided_scenario_with_all_met_says_so(facts):
    assert answer.verdicts(with_verdicts(facts, given="met"), "given") == "given meets every target."


def test_what_the_headline_has_said_is_not_said_again(facts):
    """Of four scenarios as of two a reader wants to know what is missed, and how many replications would decide."""
    [kept, given] = answer.shortcomings(facts)
    assert kept == answer.verdicts(facts, "kept")
    assert given == answer.verdicts(facts, "given")
    assert not [told for told in answer.shortcomings(with_verdicts(facts, given="met")) if told.startswith("given")]


def test_hours_with_nobody_on_duty_are_told_with_the_verdicts(facts):
    """Who meets every target may still leave the phone alone: here 14 of the 167 hours of a week in spring."""
    told = answer.verdicts(with_verdicts(facts, kept="met"), "kept")
    bare = "8.4 % of the open hours of phone and 8.4 % of the open hours of email"
    assert told == f"kept meets every target; leaves nobody on duty in {bare}."
