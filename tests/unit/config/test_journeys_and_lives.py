"""Journeys, working lives and outages from files: values, scenarios, sizes and doubts."""

import re

import pytest

from ccsim.config import doubts, load
from ccsim.config.journeys import beyond, visits
from ccsim.config.sizes import agent_days, contacts, simulated_days
from ccsim.errors import ConfigError
from ccsim.model.workforce import ReplaceAbsent

CENTER = """
title: Two sites
calendar: {start: 2026-03-02, weeks: 1, warm_up: 1 week, timezone: America/New_York}
contact_types:
  calls:
    channel: phone
    language: English
    demand: {rate: 30 per hour}
    handle_time: {exponential: 4 min}
    patience: {exponential: 3 min}
    service_level: 80% in 20 s
  experts:
    channel: phone
    demand: none
    handle_time: {exponential: 9 min}
    patience: {exponential: 9 min}
    service_level: 80% in 60 s
sites:
  newark: {location: in-house, country: US, timezone: America/New_York, wage: 29 USD per hour}
  manila: {location: offshore, country: PH, timezone: Asia/Manila, provider: acme, wage: 6 USD per hour}
pools:
  team:
    site: newark
    handles: {calls: {}, experts: {}}
    shifts:
      day: {days: mon-fri, from: 08:00, to: 16:30, agents: 5, breaks: [{between: [3 h, 5 h], length: 30 min}]}
    shrinkage: {absence: 6%, other: 12%}
  partner:
    site: manila
    handles: {calls: {}}
    staffing: 4
    shrinkage: {absence: 6%, other: 12%}
"""
STORM = """
outages:
  storm: {site: manila, from: 2026-03-04, lasts: 2 h}
  failure: {provider: acme, rate: 2 per year, lasts: {exponential: 2 h}}
"""


@pytest.fixture
def experiment(tmp_path):
    """Loads the center with more text below it and paths set."""

    def loaded(*changes, more=""):
        path = tmp_path / "x.yaml"
        path.write_text(CENTER + more)
        return load(path, changes=changes)

    return loaded


@pytest.fixture
def center(experiment):
    """The one scenario of the center with paths set."""
    return lambda *changes: experiment(*changes).scenarios["base"]


def test_chances_of_returning_may_be_one_or_a_list(center):
    path = "contact_types.calls.retrial.abandoned"
    delay = "delay: {exponential: 10 min}"
    assert center(f"{path}={{probability: 60%, {delay}}}").contact_types["calls"].retrial.abandoned.probability == (
        0.6,
    )
    retrial = center(f"{path}={{probability: [60%, 0.3], {delay}}}").contact_types["calls"].retrial
    assert retrial.abandoned.probability == (0.6, 0.3)
    assert retrial.abandoned.delay.exponential.mean == 600
    assert retrial.closed is None


def test_one_transfer_needs_no_list(center):
    transfer = "{to: experts, probability: 10%}"
    (one,) = center(f"pools.team.handles.calls.transfer={transfer}").pools["team"].handles["calls"].transfer
    (other,) = center(f"pools.team.handles.calls.transfer=[{transfer}]").pools["team"].handles["calls"].transfer
    assert one == other
    assert (one.to, one.probability, one.warm) == ("experts", 0.1, False)


def test_attrition_is_one_share_or_bands_of_tenure(center):
    one = center("pools.team.attrition=5%").pools["team"].attrition
    assert [(band.under, band.monthly) for band in one.bands] == [(None, 0.05)]
    assert center("pools.team.attrition={monthly: 5%}").pools["team"].attrition == one
    assert not one.depends_on_tenure
    banded = center("pools.team.attrition=[{under: 13 weeks, monthly: 9%}, {monthly: 4%}]").pools["team"].attrition
    assert [(band.under, band.monthly) for band in banded.bands] == [(13 * 604_800, 0.09), (None, 0.04)]
    assert banded.depends_on_tenure


@pytest.mark.parametrize(("written", "weeks"), [("30 weeks", 30), ("1 week", 1)])
def test_tenure_is_a_word_or_a_time(center, written, weeks):
    learning = "pools.team.learning={handle_time: x1.5, half_life: 4 weeks}"
    assert center(learning, "pools.team.tenure=new").pools["team"].tenure == "new"
    assert center(learning, f"pools.team.tenure={written}").pools["team"].tenure == weeks * 604_800


def test_the_absent_are_replaced_by_none_a_bench_or_overtime(center):
    assert center("pools.team.replace_absent=none").pools["team"].replace_absent == ReplaceAbsent()
    assert center("pools.team.replace_absent={bench: 2}").pools["team"].replace_absent.bench == 2
    assert center("pools.team.replace_absent={overtime: 30%}").pools["team"].replace_absent.overtime == 0.3


def test_an_outage_lasts_a_time_or_follows_a_distribution(experiment):
    outages = experiment(more=STORM).scenarios["base"].outages
    assert outages["storm"].lasts == 7200
    assert outages["failure"].lasts.exponential.mean == 7200
    assert outages["failure"].rate == pytest.approx(2 / (365.25 * 86_400))


def test_lanes_may_be_lists_of_pools(center):
    route = center("routing.calls={allocate: shortest wait, lanes: {a: [team], b: {ranks: partner}}}").routing["calls"]
    assert [rank.pools for rank in route.every_rank] == [("team",), ("partner",)]
    assert center("routing.calls=[team, partner]").routing["calls"].every_rank[1].pools == ("partner",)


def test_languages_that_a_pool_does_not_name_are_spoken_well(center):
    team = center("pools.team.proficiency={English: {handle_time: x1.1, resolves: x0.9}}").pools["team"]
    assert team.proficiency_in("English").handle_time == 1.1
    assert team.proficiency_in("French").handle_time == team.proficiency_in(None).handle_time == 1


def test_laws_of_journeys_may_be_observed_durations(experiment, tmp_path):
    (tmp_path / "delays.csv").write_text("seconds\n60\n3600\n")
    recontact = experiment("contact_types.calls.recontact={delay: {empirical: delays.csv}}")
    assert recontact.scenarios["base"].contact_types["calls"].recontact.delay.empirical.seconds == (60, 3600)
    late = experiment("pools.team.breaks_late={empirical: delays.csv}").scenarios["base"].pools["team"]
    assert late.breaks_late.empirical.seconds == (60, 3600)


SCENARIOS = """
scenarios:
  all: {}
  calm: {outages: []}
  storm: {outages: [storm], what_if: ignore_restrictions}
  longer: {extends: storm, change: {outages: {storm: {lasts: 9 h}}, customers: {at_most: 2}}}
  anywhere: {outages: [storm], change: {outages: {storm: {country: US}}}}
  grid: {sweep: {outages.storm.lasts: [1 h, 3 h]}}
"""


def test_a_scenario_names_its_outages_as_it_names_its_pools(experiment):
    found = experiment(more=STORM + SCENARIOS).scenarios
    assert list(found["all"].outages) == ["storm", "failure"]
    assert found["calm"].outages == {}
    assert list(found["storm"].outages) == ["storm"]
    assert (found["all"].what_if, found["storm"].what_if) == (None, "ignore_restrictions")
    assert found["longer"].outages["storm"].lasts == 9 * 3600
    assert (found["longer"].what_if, found["longer"].customers.at_most) == ("ignore_restrictions", 2)
    assert found["grid | outages.storm.lasts=3 h"].outages["storm"].lasts == 3 * 3600


def test_another_place_takes_that_of_the_first(experiment):
    """As another law takes the place of the first: a change would else have to remove a key."""
    storm = experiment(more=STORM + SCENARIOS).scenarios["anywhere"].outages["storm"]
    assert (storm.site, storm.country) == (None, "US")


def test_a_change_of_country_leaves_the_provider_of_a_site(experiment):
    """These keys exclude each other in outages only."""
    more = "scenarios: {a: {change: {sites: {manila: {country: SG}}}}}"
    assert experiment(more=more).scenarios["a"].sites["manila"].provider == "acme"


@pytest.mark.parametrize(
    ("base", "change", "holds"),
    [
        (
            "routing.calls={allocate: shortest wait, protect: 1 min, lanes: {a: [team]}}",
            "routing: {calls: {ranks: [team]}}",
            lambda center: not center.routing["calls"].lanes,
        ),
        (
            "pools.team.replace_absent={bench: 2}",
            "pools: {team: {replace_absent: {overtime: 20%}}}",
            lambda center: not center.pools["team"].replace_absent.bench,
        ),
    ],
)
def test_another_rule_takes_the_place_of_the_first(experiment, tmp_path, base, change, holds):
    text = CENTER + f"scenarios: {{a: {{change: {{{change}}}}}}}"
    key, _, value = base.partition("=")
    (tmp_path / "base.yaml").write_text(text)
    top, *below = key.split(".")
    nested = value
    for step in reversed(below):
        nested = f"{{{step}: {nested}}}"
    (tmp_path / "y.yaml").write_text(f"extends: base.yaml\n{top}: {nested}")
    assert holds(load(tmp_path / "y.yaml").scenarios["a"])


def test_a_restriction_is_put_aside_where_a_scenario_asks_what_if(tmp_path):
    (tmp_path / "base.yaml").write_text(CENTER)
    text = "extends: base.yaml\ncontact_types: {calls: {data: [payment]}}\nsites: {newark: {clearances: [payment]}}\n"
    (tmp_path / "x.yaml").write_text(text + "scenarios: {a: {pools: [team]}, b: {what_if: ignore_restrictions}}")
    assert set(load(tmp_path / "x.yaml").scenarios) == {"a", "b"}
    (tmp_path / "x.yaml").write_text(text + "scenarios: {a: {pools: [team]}, b: {}}")
    with pytest.raises(ConfigError, match=r"calls carries payment data, but partner works in manila"):
        load(tmp_path / "x.yaml")


def test_a_data_class_that_no_site_knows_may_be_misspelt(tmp_path):
    """Adding the misspelt class to the clearances, as the sentence says else, would hide the slip."""
    (tmp_path / "base.yaml").write_text(CENTER)
    text = "extends: base.yaml\nsites: {newark: {clearances: [payment, health]}, manila: {clearances: [payment]}}\n"
    for written, meant in (("paymnet", r" \(did you mean payment\?\)"), ("health", "")):
        (tmp_path / "x.yaml").write_text(text + f"contact_types: {{calls: {{data: [{written}]}}}}\n")
        with pytest.raises(ConfigError, match=rf"calls carries {written} data{meant}, but partner works in manila"):
            load(tmp_path / "x.yaml")


def test_recontacts_are_a_geometric_series(center):
    """1 + 0.2 + 0.04 + ..., cut off by ``at_most``."""
    returning = center(
        "pools.team.handles.calls.resolves=75%",
        "contact_types.calls.recontact={probability: 80%, delay: {exponential: 1 day}}",
        "customers.at_most=3",
    )
    assert visits(returning)["calls"] == pytest.approx(1 + 0.2 + 0.2**2 + 0.2**3)
    assert visits(returning)["experts"] == 1
    assert beyond(returning)["calls"] == pytest.approx(0.2**4)


def test_retrials_have_their_probability_by_visit(center):
    trying = center(
        "contact_types.calls.retrial.abandoned={probability: [60%, 30%], delay: {exponential: 1 h}}",
        "customers.at_most=3",
    )
    assert visits(trying)["calls"] == pytest.approx(1 + 0.6 + 0.6 * 0.3 + 0.6 * 0.3**2)
    assert beyond(trying)["calls"] == pytest.approx(0.6 * 0.3**3)


def test_transfers_lead_to_the_visits_of_the_next_type(center):
    passing = center(
        "pools.team.handles.calls.transfer={to: experts, probability: 25%}",
        "pools.team.handles.experts.resolves=60%",
        "contact_types.experts.recontact={delay: {exponential: 1 day}, to: calls}",
    )
    factor = 0.25 * 0.4
    assert visits(passing)["calls"] == pytest.approx(1 + 0.25 + factor * (1 + 0.25 + factor * (1 + 0.25)))


def test_the_size_counts_further_visits_self_service_and_stand_ins(experiment):
    plain = experiment()
    first = contacts(plain, plain.scenarios["base"])
    returning = experiment(
        "pools.team.handles.calls.resolves=50%",
        "contact_types.calls.recontact={delay: {exponential: 1 day}}",
        "customers.at_most=1",
        "contact_types.calls.self_service={share: 20%}",
        "pools.team.replace_absent={bench: 2}",
        "pools.team.on_call={late: {from: 16:00, to: 22:00, agents: 3, when_waiting: 5, lead_time: 1 h, stays: 2 h}}",
    )
    center = returning.scenarios["base"]
    assert contacts(returning, center) == pytest.approx(first * 0.8 * 1.5)
    assert agent_days(returning, center) == (5 + 4 + 2 + 3) * simulated_days(returning.calendar)


RETURNS = "delay: {exponential: 1 h}"
LEARNING = "pools.team.learning={handle_time: x1.5, half_life: 4 weeks}"
DOUBTFUL = [
    (["pools.team.handles.calls.resolves=80%"], "contact_types.calls", "without a recontact nobody comes back"),
    ([f"contact_types.calls.recontact={{{RETURNS}}}"], "contact_types.calls.recontact", "its pools resolve every"),
    (
        [f"contact_types.calls.retrial.abandoned={{probability: 90%, {RETURNS}}}"],
        "contact_types.calls",
        "53 % of its customers would come again more than 5 times",
    ),
    ([f"contact_types.calls.retrial.abandoned={{probability: 40%, {RETURNS}}}"], "", ""),
    (
        [f"contact_types.calls.retrial.balked={{probability: 30%, {RETURNS}}}"],
        "contact_types.calls.retrial.balked",
        "balk is 0%",
    ),
    (
        [f"contact_types.calls.retrial.closed={{probability: 30%, {RETURNS}}}"],
        "contact_types.calls.retrial.closed",
        "always open",
    ),
    (
        [f"contact_types.calls.retrial.blocked={{probability: 30%, {RETURNS}}}"],
        "contact_types.calls.retrial.blocked",
        "no lines",
    ),
    (
        ["contact_types.calls.callback={when_over: 2 min, accepted: 0%}"],
        "contact_types.calls.callback.accepted",
        "never used",
    ),
    (
        ["pools.team.handles.calls.resolves=80%", "contact_types.calls.recontact={delay: {exponential: 9 days}}"],
        "calendar.warm_up",
        "mean delay of recontacts (9 days)",
    ),
    (
        ["pools.team.proficiency={Englsh: {handle_time: x1.1}}"],
        "pools.team.proficiency.Englsh",
        "did you mean English?",
    ),
    ([LEARNING], "pools.team.learning", "nobody here is new"),
    ([LEARNING, "pools.team.attrition=5%"], "", ""),
    ([LEARNING, "pools.team.tenure=new"], "", ""),
    (["pools.team.attrition=5%"], "pools.team.attrition", "somebody as good"),
    (
        [LEARNING, "pools.team.attrition=5%", "pools.team.learning.resolves=0.8"],
        "pools.team.learning.resolves",
        "nobody comes back",
    ),
    (
        ["pools.team.attrition=5%", "pools.team.hiring={lead_time: 2 weeks}"],
        "pools.team.hiring",
        "simulated 2 weeks are over",
    ),
    (
        ["pools.team.attrition=5%", "pools.team.hiring={classes: [{starts: 2026-05-04, agents: 3}]}"],
        "pools.team.hiring.classes.0",
        "outside of the simulated time",
    ),
    (
        ["pools.team.shifts.day.last_day=2025-03-02"],
        "pools.team.shifts.day.last_day",
        "nobody works this shift in the simulated time",
    ),
    (
        ["pools.team.shifts.day.first_day=2027-03-02"],
        "pools.team.shifts.day.first_day",
        "nobody works this shift in the simulated time",
    ),
    (["pools.team.shifts.day.last_day=2026-03-06"], "", ""),
    (["pools.team.shrinkage={absence: 0%, absence_lasts: 3}"], "pools.team.shrinkage.absence_lasts", "ever absent"),
    (
        ["pools.team.shrinkage.absence=0%", "pools.team.replace_absent={bench: 1}"],
        "pools.team.replace_absent",
        "ever absent",
    ),
    (
        ["pools.team.breaks_late={exponential: 2 min}", "pools.team.shifts.day.breaks=[]"],
        "pools.team.breaks_late",
        "no breaks",
    ),
    (
        ["pools.team.early_leave={after_idle: 20 min, keep_idle: 4}"],
        "pools.team.early_leave.keep_idle",
        "nobody leaves early",
    ),
]


def told(experiment):
    return [(problem.path, problem.message) for problem in doubts(experiment)]


@pytest.mark.parametrize(
    ("changes", "path", "sentence"), DOUBTFUL, ids=[" ".join(changes) for changes, _, _ in DOUBTFUL]
)
def test_doubtful_journeys_and_lives_are_pointed_out(experiment, changes, path, sentence):
    new = [doubt for doubt in told(experiment(*changes)) if doubt not in told(experiment())]
    assert [found for found, message in new if sentence in message] == ([path] if path else [])
    assert len(new) == bool(path)


CAMPAIGN = """
  surveys:
    channel: outbound
    demand: {rate: 3 per hour}
    handle_time: {exponential: 3 min}
    campaign: {preview_time: {deterministic: 30 s}, right_party: 30%}
"""


def test_a_campaign_that_takes_the_last_idle_agent_is_pointed_out(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(CENTER.replace("sites:\n", CAMPAIGN.lstrip("\n") + "sites:\n"))
    handled, kept = "pools.team.handles.surveys={}", "pools.team.keep_free={agents: 1, below_priority: 1}"
    place = "pools.team.handles.surveys"
    (message,) = [message for found, message in told(load(path, changes=[handled])) if found == place]
    assert "keep_free: {agents: 1, below_priority: 1}" in message
    assert place not in dict(told(load(path, changes=[handled, kept])))


OUTAGES = [
    ("{site: manila, from: 2026-03-04, lasts: 2 h}", None),
    ("{country: US, from: 2026-03-04, lasts: 2 h}", "nobody takes over experts"),
    ("{provider: acme, from: 2026-04-04, lasts: 2 h}", "outside of the simulated time"),
    ("{provider: acme, from: 2026-02-01, lasts: 2 h}", "outside of the simulated time"),
    ("{provider: acme, from: 2026-02-01, lasts: 5 weeks}", None),
    ("{channel: phone, from: 2026-03-04, lasts: 2 h}", None),
]


@pytest.mark.parametrize(("outage", "sentence"), OUTAGES)
def test_outages_without_failover_or_effect_are_pointed_out(experiment, outage, sentence):
    found = told(experiment(more=f"outages: {{a: {outage}}}"))
    about = [message for path, message in found if path.startswith("outages.a")]
    assert len(about) == (sentence is not None)
    assert all(re.search(sentence, message) for message in about)


def test_an_outage_of_nobody_is_pointed_out(experiment):
    more = "outages: {a: {site: manila, from: 2026-03-04, lasts: 2 h}}\nscenarios: {b: {pools: [team]}}"
    assert ("outages.a", "no pool of a scenario is there: nothing happens") in told(experiment(more=more))


def test_what_has_an_effect_in_some_scenario_is_not_pointed_out(experiment):
    """Scenarios are there to switch things on and off."""
    retrial = f"contact_types.calls.retrial.disconnected={{probability: 80%, {RETURNS}}}"
    place = "contact_types.calls.retrial.disconnected"
    assert place in dict(told(experiment(retrial, more=STORM + "scenarios: {calm: {outages: []}}")))
    assert place not in dict(told(experiment(retrial, more=STORM + "scenarios: {calm: {outages: []}, storm: {}}")))


def test_a_pool_that_some_scenarios_do_not_have_is_still_doubted(experiment):
    more = "scenarios: {a: {pools: [partner], change: {contact_types: {experts: {demand: none}}}}, b: {}}"
    changes = [LEARNING, "pools.partner.handles.experts={}"]
    assert "pools.team.learning" in dict(told(experiment(*changes, more=more)))
