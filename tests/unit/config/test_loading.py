"""From files to experiments: extends, change, sweep, --set, and what is kept of them."""

from datetime import date, time
from pathlib import Path

import pytest

from ccsim.config import load, new_experiment
from ccsim.errors import ConfigError

FILES = Path(__file__).parents[2] / "faults" / "files"
EXPERIMENTS = sorted((Path(__file__).parents[3] / "experiments").glob("*.yaml"))

GOOD = """
title: Small and good
calendar: {start: 2026-03-02, weeks: 1, timezone: America/New_York}
replications: 5
contact_types:
  calls:
    channel: phone
    demand: {rate: 30 per hour}
    handle_time: {exponential: 4 min}
    patience: {exponential: 3 min}
    service_level: 80% in 20 s
sites:
  newark: {location: in-house, country: US, timezone: America/New_York}
pools:
  team:
    site: newark
    handles: {calls: {}}
    shifts:
      day: {days: mon-fri, from: 08:00, to: 16:30, agents: 5}
"""


@pytest.fixture
def experiment(tmp_path):
    """Loads the small good experiment with more text below it."""

    def loaded(more="", **arguments):
        path = tmp_path / "x.yaml"
        path.write_text(GOOD + more)
        return load(path, **arguments)

    return loaded


def only(experiment):
    """The one scenario of an experiment."""
    (center,) = experiment.scenarios.values()
    return center


def test_without_scenarios_there_is_one_named_base(experiment):
    assert list(experiment().scenarios) == ["base"]


def test_values_are_numbers_in_seconds(experiment):
    calls = only(experiment()).contact_types["calls"]
    assert calls.demand.rate == pytest.approx(30 / 3600)
    assert calls.handle_time.exponential.mean == 240
    assert (calls.service_level.share, calls.service_level.within) == (0.8, 20)
    assert calls.opening_hours is None
    shift = only(experiment()).pools["team"].shifts["day"]
    assert (shift.days, shift.from_, shift.to, shift.agents) == ((0, 1, 2, 3, 4), time(8), time(16, 30), 5)


@pytest.mark.parametrize("path", EXPERIMENTS, ids=lambda path: path.stem)
def test_every_experiment_loads(path):
    assert load(path).scenarios


def test_the_experiment_to_start_from_loads_without_a_doubt(tmp_path):
    from ccsim.config import doubts

    (tmp_path / "new.yaml").write_text(new_experiment(), encoding="utf-8")
    experiment = load(tmp_path / "new.yaml")
    assert list(experiment.scenarios) == ["in-house", "with-partner"]
    assert doubts(experiment) == []


def test_extends_puts_a_file_on_top_of_another(tmp_path):
    """Maps are merged, everything else is replaced; tables stay relative to the file that names them."""
    below = tmp_path / "below"
    below.mkdir()
    (below / "calls.csv").write_text((FILES / "calls.csv").read_text())
    (below / "base.yaml").write_text(GOOD.replace("{rate: 30 per hour}", "{file: calls.csv}"))
    (tmp_path / "x.yaml").write_text("extends: below/base.yaml\ntitle: On top\npools: {team: {interruptible: true}}")
    loaded = load(tmp_path / "x.yaml")
    assert loaded.title == "On top"
    assert only(loaded).pools["team"].interruptible
    assert len(only(loaded).contact_types["calls"].demand.table.starts) > 400


def test_arguments_replace_the_numbers_of_the_file(experiment):
    loaded = experiment(replications=7, seed=3)
    assert (loaded.replications, loaded.seed) == (7, 3)


def test_scenarios_are_chosen_by_name(experiment):
    more = "scenarios: {a: {}, b: {sweep: {pools.team.shifts.day.agents: [3, 4]}}}"
    assert list(experiment(more, scenarios=["b"]).scenarios) == [
        "b | pools.team.shifts.day.agents=3",
        "b | pools.team.shifts.day.agents=4",
    ]
    assert list(experiment(more, scenarios=["a"]).scenarios) == ["a"]
    with pytest.raises(ConfigError, match="there is no scenario c"):
        experiment(more, scenarios=["c"])


def test_a_scenario_selects_pools_but_the_file_keeps_their_names(experiment):
    more = "  other: {site: newark, handles: {calls: {}}, staffing: 2}\nscenarios: {a: {pools: [other]}}"
    loaded = experiment(more)
    assert list(only(loaded).pools) == ["other"]
    assert loaded.all_pools == ("team", "other")


def test_a_change_merges_maps_and_replaces_the_rest(experiment):
    more = """
scenarios:
  a:
    change:
      pools: {team: {shifts: {day: {agents: 9, days: daily}}, interruptible: true}}
      contact_types: {calls: {service_level: {share: 90%, within: 10 s}}}
"""
    center = only(experiment(more))
    shift = center.pools["team"].shifts["day"]
    assert (shift.agents, len(shift.days), shift.to) == (9, 7, time(16, 30))
    assert center.pools["team"].interruptible
    assert center.contact_types["calls"].service_level.within == 10


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        (
            "contact_types: {calls: {handle_time: {gamma: {mean: 4 min, cv: 1}}}}",
            lambda c: c.contact_types["calls"].handle_time.gamma,
        ),
        ("contact_types: {calls: {demand: {file: calls.csv}}}", lambda c: c.contact_types["calls"].demand.table),
        ("contact_types: {calls: {talk_time: {exponential: 3 min}}}", lambda c: c.contact_types["calls"].talk_time),
        ("pools: {team: {staffing: 4}}", lambda c: c.pools["team"].staffing),
        ("pools: {team: {shifts: {day: {rotation: 5 on 2 off}}}}", lambda c: c.pools["team"].shifts["day"].rotation),
    ],
)
def test_another_alternative_takes_the_place_of_the_first(experiment, tmp_path, change, holds):
    """Otherwise a change of law, of demand or of staffing could not be written as a change."""
    (tmp_path / "calls.csv").write_text((FILES / "calls.csv").read_text())
    assert holds(only(experiment(f"scenarios: {{a: {{change: {{{change}}}}}}}"))) is not None


def test_scenarios_extend_scenarios(experiment):
    more = """
scenarios:
  a: {description: first, change: {pools: {team: {shifts: {day: {agents: 9}}}}}}
  b: {extends: a, change: {pools: {team: {shifts: {day: {to: 18:00}}}}}}
"""
    center = experiment(more).scenarios["b"]
    assert (center.pools["team"].shifts["day"].agents, center.pools["team"].shifts["day"].to) == (9, time(18))
    assert center.description == "first"


def test_a_sweep_makes_the_grid_of_all_values(experiment):
    more = """
scenarios:
  a: {sweep: {pools.team.shifts.day.agents: [3, 4], contact_types.calls.patience: [endless, {exponential: 1 min}]}}
"""
    names = list(experiment(more).scenarios)
    assert len(names) == 4
    assert names[1] == "a | pools.team.shifts.day.agents=3 | contact_types.calls.patience={exponential: 1 min}"


def test_set_is_applied_last_and_to_every_scenario(experiment):
    more = "scenarios: {a: {}, b: {change: {pools: {team: {shifts: {day: {agents: 9}}}}}}}"
    changes = ["pools.team.shifts.day.agents=2", "calendar.weeks=3", "title=Other"]
    loaded = experiment(more, changes=changes)
    assert [center.pools["team"].shifts["day"].agents for center in loaded.scenarios.values()] == [2, 2]
    assert (loaded.calendar.weeks, loaded.title) == (3, "Other")


@pytest.mark.parametrize("path", ["pools.team.shifts.day.agents", "pools.team.shifts.day", "pools.team"])
def test_what_is_swept_is_not_changed_beside(experiment, path):
    """The names of swept scenarios say their values; a change on top would make them untrue."""
    more = "scenarios: {a: {sweep: {pools.team.shifts.day.agents: [3, 4]}}}"
    with pytest.raises(ConfigError, match=r"agents is swept; change the values of the sweep"):
        experiment(more, changes=[f"{path}=2"])


def test_set_reaches_into_lists_by_position(experiment):
    more = """
  other: {site: newark, handles: {calls: {}}, staffing: 2}
routing: {calls: [team, {pool: other, after: 15 s}]}
"""
    loaded = experiment(more, changes=["routing.calls.1.after=30 s"])
    assert only(loaded).routing["calls"].ranks[1].after == 30


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            "pools.teem.interruptible=true",
            "--set pools.teem.interruptible=true  pools.teem.interruptible: pools has no teem; did you mean team?",
        ),
        ("seed", "--set seed  write path.to.key=value"),
        ("seed=", "--set seed=  seed: it is empty; write a value"),
        ("seed=.nan", "seed: .nan is not a number"),
        ("pools.team.shrinkage.other=32", "pools.team.shrinkage.other: 32 is not a share; write 32% or 0.32"),
        ("pools.team.site.name=x", "pools.team.site is a single value; there is no name under it"),
        ("pools.team.shifts.day.days=[mon, tue", "this is not valid YAML"),
        ("sede=3", "sede: unknown key; did you mean seed?"),
    ],
)
def test_a_wrong_set_is_told_as_it_was_written(experiment, change, told):
    with pytest.raises(ConfigError) as error:
        experiment(changes=[change])
    assert told in str(error.value)


def test_a_problem_of_the_center_is_told_once_for_all_scenarios(experiment):
    with pytest.raises(ConfigError) as error:
        experiment("    shrinkage: {absence: 32}\nscenarios: {a: {}, b: {}, c: {}}")
    assert len(error.value.problems) == 1


def test_all_problems_are_told_at_once(experiment):
    """A misspelt key does not hide a misspelt name, a missing table or a wrong unit."""
    more = """    shrinkag: {absence: 5%}
  other: {site: newrk, handles: {cals: {}}, staffing: {file: no.csv}}
routing: {calls: [team, {pool: oter, after: 15}]}
"""
    with pytest.raises(ConfigError) as error:
        experiment(more)
    told = str(error.value)
    for sentence in (
        "unknown key; did you mean shrinkage",
        "did you mean newark",
        "did you mean calls",
        "no such file",
        "did you mean other",
        "15 has no unit",
    ):
        assert sentence in told


def test_norway_and_times_stay_text(experiment):
    """YAML 1.1 would read NO as false and 22:00 as 1320."""
    loaded = experiment(
        changes=["sites.newark.country=NO", "pools.team.shifts.day.to=22:00", "calendar.start=2026-03-09"]
    )
    assert only(loaded).sites["newark"].country == "NO"
    assert only(loaded).pools["team"].shifts["day"].to == time(22)
    assert loaded.calendar.start == date(2026, 3, 9)


def test_absurd_sizes_are_refused_at_once(experiment):
    """Before anything is built: a slipped unit must not fill the memory."""
    import time as clock

    began = clock.process_time()
    with pytest.raises(ConfigError, match=r"write limits: {contacts_per_replication"):
        experiment(changes=["contact_types.calls.demand.rate=1000000000000 per hour"])
    assert clock.process_time() - began < 1


def test_limits_can_be_raised(experiment):
    many = ["contact_types.calls.demand.rate=1000000 per hour"]
    with pytest.raises(ConfigError, match=r"more than 5e\+07"):
        experiment(changes=many)
    raised = ["limits.contacts_per_replication=300000000", "limits.contacts=2000000000"]
    assert experiment(changes=many + raised).limits.contacts == 2e9
