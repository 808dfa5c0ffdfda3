"""What Erlang C's number is for stands beside it: agents may be shared, and pools joined only later."""

from io import StringIO
from types import SimpleNamespace

import pytest
from rich.console import Console

import ccsim
from ccsim.report import answer, html, terminal
from ccsim.report.erlang_beside import because, legend, marks
from ccsim.report.facts import Estimate, Facts
from ccsim.runner.manifest import readable
from tests.small_run import small_run

TEXT = """
title: Who is asked about whom
calendar: {start: 2026-03-02, days: 1, timezone: America/New_York, interval: 60 min}
replications: 1
contact_types:
  calls:
    channel: phone
    demand: {rate: 6 per hour}
    handle_time: {exponential: 6 min}
    patience: {exponential: 4 min}
    service_level: 80% in 20 s
  chats:
    channel: chat
    demand: {rate: 3 per hour}
    handle_time: {exponential: 6 min}
    patience: {exponential: 4 min}
    service_level: 80% in 20 s
  second: {channel: phone, demand: none, handle_time: {exponential: 6 min}, patience: endless}
  back-office: {channel: back-office, demand: {rate: 1 per hour}, handle_time: {exponential: 6 min}}
sites: {newark: {location: in-house, country: US, timezone: America/New_York}}
pools:
  care: {site: newark, handles: {calls: {transfer: {to: second, probability: 5%}}, second: {}}, staffing: 2}
  rest: {site: newark, handles: {chats: {}, back-office: {}, second: {}}, staffing: 2}
  mixed: {site: newark, handles: {calls: {}, chats: {}}, staffing: 1}
  help: {site: newark, handles: {calls: {}, back-office: {}}, staffing: 1}
routing:
  calls: [care, mixed, {pool: help, after: 20 s}]
  second: [[care, rest]]
scenarios:
  own: {pools: [rest, care]}
  later: {pools: [rest, care, help]}
  later-alone: {pools: [rest, help]}
  at-once: {pools: [rest, care, help], change: {routing: {calls: [care, help]}}}
  at-night: {pools: [rest, care, help], change: {routing: {calls: [care, {pool: help, when: {hours: 22:00-06:00}}]}}}
  in-lanes:
    pools: [rest, care, help]
    change: {routing: {calls: {lanes: {a: {share: 60%, ranks: [care]}, b: {share: 40%, ranks: [help]}}}}}
  one-lane: {extends: in-lanes, pools: [rest, care]}
  shared: {pools: [rest, care, mixed]}
  both: {}
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    file = tmp_path_factory.mktemp("beside") / "x.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def facts(file):
    """As if every live type with a demand had a number of Erlang C."""
    scenarios = readable(ccsim.load(file))["scenarios"]

    def of_type(scenario, name, measure):
        return Estimate(0.9) if name in ("calls", "chats") else Estimate()

    return SimpleNamespace(center=scenarios.get, of_type=of_type)


@pytest.fixture(scope="module")
def both(file):
    return ccsim.run(file, scenarios=["both"], workers=1)


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ("own", ""),
        ("later", "b"),
        ("later-alone", ""),
        ("at-once", ""),
        ("at-night", "b"),
        ("in-lanes", "b"),
        ("one-lane", ""),
        ("shared", "a"),
        ("both", "ab"),
    ],
)
def test_a_number_that_is_not_simply_for_the_type_and_its_agents_is_marked(facts, scenario, expected):
    """Deferred work and contacts that are passed on take no agents from Erlang C, pools asked at once are one queue."""
    assert marks(facts, scenario, "calls") == expected


def test_a_type_of_which_erlang_c_says_nothing_has_no_mark(facts):
    names = ["calls", "chats", "second", "back-office"]
    assert [marks(facts, "both", name) for name in names] == ["ab", "a", "", ""]


def test_marks_are_explained_on_the_spot(both):
    told = StringIO()
    terminal(both, Console(file=told, width=200))
    words = (
        "Erlang C is for a type and its agents, but a: its part of shared agents, split by load; "
        "b: all pools it may go to, as one queue all the time."
    )
    assert legend(Facts(both)) == words
    lines = told.getvalue().splitlines()
    [place] = [number for number, line in enumerate(lines) if line == words]
    assert lines[place - 1].startswith("  back-office")
    [calls] = [line for line in lines[:place] if " ab " in line]
    assert calls.startswith("  calls")
    assert words in html(both, pictures=[])
    assert legend(Facts(small_run())) == ""


def test_an_error_that_leads_says_what_it_is_for(both):
    assert "(calls, both; shared agents, not one queue)" in answer.erlang_c_errors(Facts(both))
    assert because("a") == "shared agents"


def test_what_splitting_leaves_too_few_agents_for_is_no_error_of_the_formula(both):
    """98 points off tells of the rule of splitting; the sentence after it says so."""
    facts = Facts(both)
    key = ("both", "contact_type", "chats", "erlang_c_unstable_share")
    facts.estimates[key] = Estimate(0.05)
    assert "(chats, both; shared agents)" in answer.erlang_c(facts)
    facts.estimates[key] = Estimate(0.5)
    assert "(chats, both" not in answer.erlang_c(facts)
    assert " are too few for its queue: a part of chats." in answer.erlang_c(facts)


def test_deferred_work_is_explained_by_its_own_channels(both):
    """Nobody looks for emails in a center without any."""
    found = {}
    for name, run in {"both": both, "mail": small_run()}.items():
        file = StringIO()
        terminal(run, Console(file=file, width=200))
        found[name] = next(line for line in file.getvalue().splitlines() if line.startswith("Service ("))
    level = "Service (level: answered within the threshold / offered, unless a formula is named"
    assert found == {"both": f"{level}; back-office: completed in time)", "mail": f"{level}; email: completed in time)"}
    facts = Facts(both)
    facts.types = lambda scenario: ["calls", "chats"]
    assert facts.deferred == []
