"""Short names for the scenarios of a sweep."""

from types import SimpleNamespace

import pytest

from ccsim.report.names import short_names, shortened
from ccsim.results.columns import COLUMNS, frame


def test_a_sweep_of_one_scenario_is_named_by_its_values():
    full = ["base | pools.care.shifts.day.agents=4", "base | pools.care.shifts.day.agents=6"]
    assert list(short_names(full).values()) == ["agents=4", "agents=6"]


def test_keys_that_end_alike_keep_as_much_as_tells_them_apart():
    full = ["base | pools.care.shifts.day.agents=4 | pools.care.shifts.night.agents=2"]
    assert list(short_names(full).values()) == ["day.agents=4 & night.agents=2"]


def test_scenarios_keep_their_own_names_where_there_are_several():
    full = ["here | pools.a.staffing=4", "there | pools.a.staffing=4", "plain"]
    assert list(short_names(full).values()) == ["here (staffing=4)", "there (staffing=4)", "plain"]


def test_names_without_a_sweep_are_left_alone():
    assert short_names(["in-house", "offshore"]) == {"in-house": "in-house", "offshore": "offshore"}


@pytest.mark.parametrize("table", COLUMNS)
def test_every_table_can_be_had_under_short_names(table):
    """Pages draw from any of them, the sums of replications included."""
    names = ["a | pools.team.staffing=4", "a | pools.team.staffing=5"]
    tables = {name if name != "replications" else "sums": lambda name=name: frame(name, []) for name in COLUMNS}
    results = SimpleNamespace(
        scenarios=names, experiment={"scenarios": dict.fromkeys(names)}, manifest={}, not_counted={}, **tables
    )
    short = shortened(results)

    assert short.scenarios == ("staffing=4", "staffing=5")
    assert list(short._table(table).columns) == list(COLUMNS[table])


def test_names_that_would_meet_are_left_alone():
    full = ["a (x=1)", "a | p.x=1"]
    assert list(short_names(full)) == list(short_names(full).values())
