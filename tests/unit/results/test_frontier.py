"""Who dominates whom: by hand, from sums of replications."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

import ccsim
from ccsim import plots
from ccsim.plots.pages import pages
from ccsim.report.names import shortened
from ccsim.results.frontier import Place, dominates, rows

LUCK = np.array([-3.0, 2.0, 1.0, -2.0, 4.0, -1.0, 3.0, -4.0])
"""What chance adds to every scenario of a replication."""
CALLS = np.full(8, 1000.0)


def place(name, cost, in_time, luck=1.0):
    """A scenario of eight replications with the same chance as all others."""
    return Place(name, (cost + luck * LUCK, np.ones(8)), (in_time + luck * LUCK, CALLS))


def test_who_costs_less_and_serves_better_dominates():
    """Not the other way round, and nobody dominates itself."""
    good, bad = place("good", 100.0, 800.0), place("bad", 110.0, 780.0, luck=2.0)
    assert dominates(good, bad, 0.95)
    assert not dominates(bad, good, 0.95)
    assert not dominates(good, good, 0.95)


def test_who_serves_better_for_more_money_does_not_dominate():
    assert not dominates(place("rich", 120.0, 900.0), place("poor", 100.0, 700.0), 0.95)


def test_one_sure_difference_suffices_and_none_does_not():
    """The same money to the cent and surely better service; or a lead in both that chance alone may have made."""
    base = place("base", 100.0, 780.0)
    assert dominates(Place("same", base.cost, place("", 0.0, 850.0, luck=2.0).level), base, 0.95)
    noise = np.roll(LUCK, 3) * 5
    lead = Place("lead", (base.cost[0] - 0.5 + noise, np.ones(8)), (base.level[0] + 0.5 + noise, CALLS))
    assert not dominates(lead, base, 0.95)


def test_of_several_that_dominate_the_cheapest_is_named():
    found = rows("", [place("a", 90.0, 900.0), place("b", 80.0, 890.0), place("c", 120.0, 700.0, 2.0)], 0.95, 0.99)
    assert [(row[0], row[-1]) for row in found] == [("a", ""), ("b", ""), ("c", "b")]
    assert found[0][2] == pytest.approx(90.0)
    assert found[0][5] == pytest.approx(0.9)


def test_what_nobody_can_choose_dominates_nobody():
    """A clearance that is not given leaves no permitted scenario behind; it may be left behind itself."""
    places = [place("a", 90.0, 900.0), place("b", 80.0, 910.0), place("c", 120.0, 700.0, 2.0)]
    assert [row[-1] for row in rows("", places, 0.95, 0.99)] == ["b", "", "b"]
    assert [row[-1] for row in rows("", places, 0.95, 0.99, {"b"})] == ["", "", "a"]
    assert [row[-1] for row in rows("", places, 0.95, 0.99, {"c"})] == ["b", "", "b"]


SWEEP = """\
title: How many are enough
calendar: {start: 2026-03-02, days: 1, timezone: America/New_York}
replications: 8
seed: 3
contact_types:
  phone:
    channel: phone
    demand: {rate: 20 per hour}
    handle_time: {exponential: 4 min}
    patience: {exponential: 3 min}
    service_level: 80% in 20 s
sites:
  newark:
    location: in-house
    country: US
    timezone: America/New_York
    wage: 20 USD per hour
    costs: {seat: 100 USD per month}
  yonkers:
    location: in-house
    country: US
    timezone: America/New_York
    wage: 40 USD per hour
    costs: {seat: 100 USD per month}
pools:
  one: {site: newark, handles: {phone: {}}, staffing: 1}
  two: {site: newark, handles: {phone: {}}, staffing: 2}
  three: {site: newark, handles: {phone: {}}, staffing: 3}
  dear: {site: yonkers, handles: {phone: {}}, staffing: 2}
scenarios: {one: {pools: [one]}, two: {pools: [two]}, three: {pools: [three]}, dear: {pools: [dear]}}
"""


@pytest.mark.slow
def test_a_sweep_of_staffing_has_its_place_in_the_report(tmp_path):
    """More agents cost more and serve better; the same ones at twice the wage are dominated, and drawn hollow."""
    (tmp_path / "sweep.yaml").write_text(SWEEP, encoding="utf-8")
    results = ccsim.run(tmp_path / "sweep.yaml", workers=1)
    found = results.frontier("phone").set_index("scenario")["dominated_by"]
    assert found.to_dict() == {"one": "", "two": "", "three": "", "dear": "two"}
    again = ccsim.Results.load(results.save(tmp_path / "kept")).frontier("phone")
    assert again["dominated_by"].tolist() == found.tolist()
    assert "frontier" in [name for name, _, _ in pages(results)]
    drawn = plots.frontier(results, "phone")
    hollow = [line for line in drawn.get_lines() if to_hex(line.get_markerfacecolor()) == "#ffffff"]
    assert len(hollow) == 1
    plt.close("all")


def test_short_names_of_a_sweep_reach_the_frontier(tmp_path):
    """Reports call scenarios by what is swept; whoever dominates is called so, too."""
    swept = "scenarios: {base: {pools: [one], sweep: {sites.newark.wage: [20 USD per hour, 40 USD per hour]}}}\n"
    (tmp_path / "sweep.yaml").write_text(SWEEP.split("scenarios:")[0] + swept, encoding="utf-8")
    found = shortened(ccsim.run(tmp_path / "sweep.yaml", workers=1)).frontier("phone")
    assert [name.partition("=")[0] for name in found["scenario"]] == ["wage", "wage"]
    assert found["dominated_by"].tolist() == ["", found["scenario"][0]]
