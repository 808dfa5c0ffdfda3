"""Costs of sites in files: what is doubtful about them."""

import pytest

from ccsim.config import doubts, load

CENTER = """
title: Two sites
calendar: {start: 2026-03-02, weeks: 1, timezone: America/New_York}
contact_types:
  calls:
    channel: phone
    demand: {rate: 30 per hour}
    handle_time: {exponential: 4 min}
    patience: {exponential: 3 min}
    service_level: 80% in 20 s
  mail:
    channel: email
    demand: {rate: 3 per hour}
    handle_time: {exponential: 4 min}
    service_level: 80% in 20 h
sites:
  newark:
    location: in-house
    country: US
    timezone: America/New_York
    wage: 29 USD per hour
    costs: {benefits: 28%, holiday_pay: 50%, telecom: {minute: 0.018 USD}}
  dallas: {location: onshore, country: US, timezone: America/Chicago}
pools:
  team:
    site: newark
    handles: {calls: {}, mail: {}}
    shifts:
      day: {days: mon-fri, from: 08:00, to: 16:30, agents: 9, breaks: [{between: [3 h, 5 h], length: 30 min}]}
    shrinkage: {absence: 6%, other: 12%}
  other: {site: dallas, handles: {calls: {}, mail: {}}, staffing: 4, shrinkage: {absence: 6%, other: 12%}}
"""


@pytest.fixture
def told(tmp_path):
    """Sentences about costs of the center with paths set."""

    def found(*changes):
        path = tmp_path / "x.yaml"
        path.write_text(CENTER)
        return [problem.message for problem in doubts(load(path, changes=changes)) if "costs" in problem.path]

    return found


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            "sites.newark.holidays=[2026-03-06]",
            "no shift starts on its holidays: only what is worked into them is paid so",
        ),
        (
            "sites.newark.costs.recruiting=1800 USD",
            "nobody is ever hired for team; write turnover here, or attrition there",
        ),
        (
            "sites.newark.costs.training={lasts: 2 weeks}",
            "nobody is ever hired for team; write turnover here, or attrition there",
        ),
        ("contact_types.calls.channel=chat", "nobody here handles a type by telephone"),
    ],
)
def test_what_may_not_be_meant_is_pointed_out(told, change, sentence):
    assert told() == []
    assert told(change) == [sentence]


def test_hires_are_those_of_the_simulation_or_of_turnover(told):
    """With either recruiting costs something; turnover beside attrition nothing."""
    recruiting = "sites.newark.costs.recruiting=1800 USD"
    turnover, attrition = "sites.newark.costs.turnover=40% per year", "pools.team.attrition=4%"

    assert told(recruiting, turnover) == []
    assert told(recruiting, attrition) == []
    assert told(recruiting, turnover, attrition) == ["its pools have attrition, which decides on who is hired"]


def test_lines_that_two_sites_pay_are_pointed_out(told):
    """The same line would be paid twice."""
    line = "{minute: 0.018 USD, line: 12 USD per month}"
    lines, here = "lines={trunk: {types: [calls], limit: 40}}", f"sites.newark.costs.telecom={line}"
    there = f"sites.dallas.costs={{telecom: {line}}}"

    assert told(lines, here) == []
    assert told(here, there) == []
    assert told(lines, here, there) == ["newark pays for the lines of trunk, too; give line to one of the sites"]


def test_replacement_by_somebody_as_good_matters_where_it_costs_something(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(CENTER)

    def about_attrition(*changes):
        found = doubts(load(path, changes=("pools.team.attrition=4%", *changes)))
        return [problem for problem in found if problem.path == "pools.team.attrition"]

    assert len(about_attrition()) == 1
    assert about_attrition("sites.newark.costs.recruiting=1800 USD") == []
    assert about_attrition("pools.team.seniority=[{after: 52 weeks, wage: x1.1}]") == []
