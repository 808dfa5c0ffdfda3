"""What is told only where it is used: customers, callbacks, outages, hours beside the roster."""

from __future__ import annotations

import re
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

import ccsim
from ccsim.plots.pages import pages
from ccsim.report import answer, html, terminal
from ccsim.report.facts import Estimate, Facts, Week
from ccsim.report.numbers import value
from ccsim.report.sections import told
from tests.small_journeys import small_journeys
from tests.small_run import small_run


@pytest.fixture
def facts():
    return Facts(small_journeys())


def on_terminal(results, width=120):
    file = StringIO()
    terminal(results, Console(file=file, width=width))
    return file.getvalue()


def titles(facts):
    return [one.section.title for one in told(facts)]


def section(facts, title):
    return next(one for one in told(facts) if one.section.title == title)


def with_estimates(facts, measure, mean):
    """The run, had this measure this mean wherever it has a value."""
    facts.estimates = {
        key: replace(found, mean=mean, low=mean, high=mean) if key[3] == measure and found.exists else found
        for key, found in facts.estimates.items()
    }
    return facts


def test_a_run_without_journeys_tells_nothing_of_them():
    """Who has no use for a mechanism is not bothered with it."""
    assert told(Facts(small_run())) == []
    for text in (on_terminal(small_run()), html(small_run(), [])):
        for word in ("Customers", "resolution", "Callbacks", "Outages", "beside the roster", "first visits"):
            assert word not in text


def test_a_run_that_uses_everything_tells_all_of_it(facts):
    assert titles(facts) == [
        "Customers",
        "What brings contacts, and where they go on",
        "What pools resolve",
        "Callbacks and campaigns",
        "Outages",
        "Hours beside the roster",
    ]


def test_only_scenarios_and_rows_with_something_to_tell_are_shown(facts):
    """Nobody comes to the second tier first; the site in-house has no outage, and its agents no bench."""
    customers, outages = section(facts, "Customers"), section(facts, "Outages")
    assert {name: [row.name for row in rows] for name, rows in customers.scenarios.items()} == {
        "in-house": ["phone"],
        "offshore": ["phone"],
    }
    assert list(outages.scenarios) == ["offshore"]
    assert [row.name for row in section(facts, "Hours beside the roster").scenarios["offshore"]] == ["away"]


def test_columns_without_any_value_are_left_out(facts):
    """Nobody was promised a window, so that no column asks whether it was kept."""
    headings = [column.heading for column in section(facts, "Callbacks and campaigns").columns]
    assert "called back after" in headings
    assert "in the window" not in headings


def test_where_everything_is_resolved_nothing_is_told_of_resolutions(facts):
    facts = with_estimates(facts, "resolved_share", 1.0)
    headings = [column.heading for one in told(facts) for column in one.columns]
    assert not [heading for heading in headings if "resol" in heading and heading != "not resolved before"]
    assert "answered in the end" in headings


def test_cells_are_the_estimates(facts):
    customers = section(facts, "Customers")
    at = [column.measure for column in customers.columns].index("contacts_per_resolution")
    found = customers.scenarios["offshore"][0].cells[at]
    assert found == facts.of_type("offshore", "phone", "contacts_per_resolution")
    assert customers.columns[at].shown(found) == f"{found.mean:.2f}"


def test_the_terminal_leaves_details_to_the_page(facts):
    screen, page = on_terminal(small_journeys()), html(small_journeys(), [])
    for one in told(facts):
        assert (one.section.title in screen) == (not one.section.is_detail)
        assert f"<h2>{one.section.title}</h2>" in page
        assert one.note.split(".")[0].split("'")[0] in page
    assert max(map(len, screen.splitlines())) <= 120


def test_what_is_always_nothing_or_all_has_no_interval(facts):
    """Experts resolve 100 % by assumption: 55 to 100 %, all that five replications prove, would look like doubt."""
    pools = section(facts, "What pools resolve")
    resolved = pools.columns[1]
    away, experts = pools.scenarios["offshore"]
    assert resolved.interval(away.cells[1]) != ""
    assert resolved.interval(experts.cells[1]) == ""


def test_cheaper_contacts_that_make_dearer_resolutions_are_told(facts):
    cost = facts.total("offshore", "labor_cost_per_answered"), facts.total("offshore", "labor_cost_per_resolution")
    [sentence] = answer.resolutions(facts)
    assert sentence.startswith("offshore is cheaper than in-house per answered contact (4.")
    assert " but dearer per resolution (" in sentence
    assert f"a resolution takes {cost[1].mean / cost[0].mean:.2f} answered contacts instead of" in sentence
    assert sentence in on_terminal(small_journeys(), width=1000)


@pytest.mark.parametrize("measure", ["labor_cost_per_answered", "labor_cost_per_resolution"])
def test_of_costs_that_may_be_equal_no_contradiction_is_told(facts, measure):
    facts.differences = [
        replace(d, verdict="not distinguishable") if d.measure == measure else d for d in facts.differences
    ]
    assert answer.resolutions(facts) == []


def costing(facts, contact, resolution):
    """Offshore at these costs per contact and resolution, surely lower than those in-house of 10 and 20."""
    for scenario, costs in {"in-house": (10.0, 20.0), "offshore": (contact, resolution)}.items():
        for of, cost in zip(("answered", "resolution"), costs, strict=True):
            key = (scenario, "total", "", f"labor_cost_per_{of}")
            facts.estimates[key] = replace(facts.estimates[key], mean=cost)
    facts.differences = [replace(d, verdict="lower") for d in facts.differences if d.measure != "resolution_rate"]
    return facts


def test_what_is_cheaper_both_ways_is_no_contradiction(facts):
    assert answer.resolutions(costing(facts, 6.0, 12.5)) == []


def test_a_bargain_that_shrinks_per_resolution_is_told(facts):
    """Half the price of a contact, two thirds of that of a resolution: the one number is no good without the other."""
    rate = next(d for d in facts.differences if d.measure == "resolution_rate" and d.contact_type == "phone")
    facts = costing(facts, 5.0, 13.4)
    told = "offshore is 50 % cheaper than in-house per answered contact, and 33 % per resolution"
    assert answer.resolutions(facts) == [f"{told}."]
    facts.differences.append(replace(rate, mean=-0.058, verdict="lower"))
    assert answer.resolutions(facts) == [f"{told}, and leaves 6 more of 100 phone customers without one."]


def test_an_outage_is_told_with_who_is_lost_and_how_long_it_lasts_on(facts):
    told = answer.outage(facts, "offshore")
    assert told.startswith("offshore is hit by outages for 2 h: ")
    assert "contacts are lost meanwhile, " in told
    assert " customers for good; it takes phone up to " in told
    assert " h to be back in target; by Erlang C " in told
    assert "3 more agents within its reach would have kept phone in target" in told
    assert answer.outage(facts, "in-house") == ""


def test_people_who_are_missing_are_whole_everywhere(facts):
    """9.2 agents in a table and 10 in a sentence are two numbers to a reader."""
    facts = with_estimates(facts, "outage_headroom_agents", 9.2)
    outages = section(facts, "Outages")
    [place] = [at for at, column in enumerate(outages.columns) if column.measure == "outage_headroom_agents"]
    [cell] = [row.cells[place] for row in outages.scenarios["offshore"] if row.name == "phone"]
    assert outages.columns[place].shown(cell) == "10"
    assert "by Erlang C 10 more agents within its reach" in answer.outage(facts, "offshore")


def test_an_outage_that_harms_nobody_says_so(facts):
    for measure in ("lost_in_outage", "outage_headroom_agents"):
        facts = with_estimates(facts, measure, 0.0)
    assert answer.outage(facts, "offshore") == "offshore is hit by outages for 2 h: no contact is lost meanwhile."


def test_weeks_that_surely_miss_the_target_are_told_if_others_do_not(facts):
    levels = [("2026-03-02", 0.5, 0.6), ("2026-03-09", 0.7, 0.75), ("2026-03-16", 0.81, 0.85)]
    facts.weeks = [Week("offshore", "phone", start, mean, mean, high) for start, mean, high in levels]
    assert answer.weeks(facts, "offshore") == (
        "offshore week by week: phone surely misses its target in 2 of 3 weeks, at worst with 50.0 % in that of "
        "2026-03-02, last in that of 2026-03-09."
    )
    assert answer.weeks(facts, "in-house") == ""


@pytest.mark.parametrize("high", [0.7, 0.9])
def test_weeks_that_are_all_alike_are_told_by_the_verdict(facts, high):
    facts.weeks = [Week("offshore", "phone", f"2026-03-{day}", 0.65, 0.6, high) for day in ("02", "09", "16")]
    assert answer.weeks(facts, "offshore") == ""


def test_two_weeks_are_too_few_to_tell(facts, monkeypatch):
    two = facts.results.weeks().query("week_start_local < '2026-03-16'")
    monkeypatch.setattr(facts.results, "weeks", lambda: two)
    assert facts.weeks == []


def test_erlang_c_is_said_to_know_first_visits_only_where_there_are_others(facts):
    assert " It knows first visits only, not who comes again or is passed on." in answer.erlang_c(facts)
    assert "first visits" not in answer.erlang_c(Facts(small_run()))


def test_erlang_c_is_said_to_know_no_outages_where_there_were_some(facts):
    """A day in the dark is not an error of the formula."""
    assert answer.erlang_c(facts).endswith(" It knows no outages.")
    assert "outage" not in answer.erlang_c(Facts(small_run()))


def test_where_erlang_c_promises_nothing_it_is_said_why(facts):
    """98 points off is not the error of a queue but of splitting a pool."""
    assert "0 %" not in answer.erlang_c(with_estimates(facts, "erlang_c_unstable_share", 0.1))
    told = answer.erlang_c(with_estimates(facts, "erlang_c_unstable_share", 0.2))
    assert " It says 0 % where agents, shared ones split by load, are too few for its queue: a part of phone." in told


def test_restrictions_put_aside_are_told_beside_the_answer(facts, monkeypatch):
    """The cheapest scenario may be one that is not allowed."""
    assert answer.what_ifs(facts) == []
    monkeypatch.setitem(facts.center("offshore"), "what_if", "ignore_restrictions")
    [first, *_] = answer.findings(facts)
    assert first == "offshore puts aside where data may go: what that is worth, not what is allowed."
    monkeypatch.setitem(facts.center("in-house"), "what_if", "yardstick")
    assert answer.what_ifs(facts)[0] == "in-house is a yardstick for the others, not a choice."


def test_only_what_is_shown_is_explained(facts):
    """An explanation of columns that are not there sends its reader looking for them."""
    assert "Called in: " in section(facts, "Hours beside the roster").note
    for measure in ("called_in_hours", "stand_in_hours", "sent_home_hours"):
        facts = with_estimates(facts, measure, 0.0)
    assert section(facts, "Hours beside the roster").note == "Down in outages: paid, with no work to do."


def test_a_type_of_whom_nobody_could_come_has_no_row(facts):
    """Where nobody passes calls on to the second tier there is nothing to serve, and no target to keep."""
    assert facts.types("offshore") == ["phone", "tier2"]
    for measure in ("arrived", "coverage"):
        key = ("offshore", "contact_type", "tier2", measure)
        facts.estimates[key] = Estimate() if measure == "coverage" else replace(facts.estimates[key], mean=0.0)
    assert facts.types("offshore") == ["phone"]


def test_erlang_c_is_not_held_to_a_type_without_a_demand_of_its_own(facts):
    """Contacts of the second tier are passed on, not forecast: Erlang C has nothing to be asked about."""
    assert "tier2" not in answer.erlang_c(facts)
    assert facts.of_type("offshore", "tier2", "service_level_offered").exists
    assert not facts.of_type("offshore", "tier2", "erlang_c_service_level").exists


CAMPAIGN = """
title: Calls that go out
calendar: {start: 2026-03-02, days: 1, timezone: America/New_York, interval: 60 min}
replications: 1
contact_types:
  phone:
    channel: phone
    demand: {rate: 6 per hour}
    handle_time: {exponential: 6 min}
    patience: {exponential: 4 min}
    service_level: 80% in 20 s
    recontact: {delay: {exponential: 1 h}}
  renewals:
    channel: outbound
    demand: {rate: 4 per hour}
    handle_time: {exponential: 5 min}
    campaign: {preview_time: {deterministic: 40 s}, right_party: 30%}
    opening_hours: {mon-fri: 09:00-20:00}
sites: {newark: {location: in-house, country: US, timezone: America/New_York}}
pools: {home: {site: newark, handles: {phone: {resolves: 80%}, renewals: {}}, staffing: 2}}
"""


def test_a_campaign_has_neither_waits_nor_coverage_nor_customers_who_come(tmp_path):
    """It may be dialed from 09:00 to 20:00; that nobody dials at night is no gap, and the list does not wait."""
    file = tmp_path / "campaign.yaml"
    file.write_text(CAMPAIGN, encoding="utf-8")
    results = ccsim.run(file, workers=1)
    facts = Facts(results)
    assert [row.name for row in section(facts, "Customers").scenarios["base"]] == ["phone"]
    assert [row.name for row in section(facts, "Callbacks and campaigns").scenarios["base"]] == ["renewals"]
    assert facts.waiting("base", "renewals") == "-"
    assert answer.gaps(facts) == ["Somebody is on duty in all open hours, in every scenario."]
    assert facts.coverage("base") == 1
    assert "renewals" not in answer.erlang_c(facts)
    assert [name for name, _, _ in pages(results)] == ["week-newark", "occupancy", "coverage"]


def test_an_estimate_that_is_missing_has_nothing_to_tell(facts):
    column = section(facts, "Outages").columns[0]
    assert not column.happened(Estimate())
    assert not column.happened(Estimate(mean=0.0, unit="contacts"))
    assert column.happened(Estimate(mean=0.2, unit="contacts"))


def test_a_scenario_shows_both_prices_where_contacts_leave_matters_open(facts):
    """Per contact and per resolution stand beside each other, for the one alone misleads."""
    page = html(small_journeys(), [])
    for scenario in facts.scenarios:
        contact, resolution = (
            value(cost.mean, cost.unit)
            for cost in (facts.total(scenario, f"labor_cost_per_{of}") for of in ("answered", "resolution"))
        )
        told_both = (
            f"<dt>cost per answered contact</dt><dd>{contact}</dd>\n<dt>cost per resolution</dt><dd>{resolution}"
        )
        assert told_both in re.sub(r"\n\s*\n", "\n", page)
    assert "cost per answered contact" not in html(small_run(), [])
