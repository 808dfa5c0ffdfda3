"""Axes in, Axes out; what is drawn are the numbers of the tables."""

from math import nan

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import ccsim
from ccsim import plots
from ccsim.plots.comparison import cost_axis
from ccsim.plots.coverage import map_of_week
from ccsim.plots.frames import Point, folded
from ccsim.plots.money import client_lines, exact, short
from ccsim.plots.pages import pages
from ccsim.plots.style import COLORS, color, marker
from tests.small_contract import SMALL_CONTRACT, small_contract
from tests.small_journeys import small_journeys
from tests.small_run import small_run

DRAWINGS = [
    lambda ax=None: plots.service_level_over_week(small_run(), "phone", ax=ax),
    lambda ax=None: plots.staffing_over_week(small_run(), "newark", ax=ax),
    lambda ax=None: plots.occupancy(small_run(), ax=ax),
    lambda ax=None: plots.coverage_map(small_run(), "kept", "phone", ax=ax),
    lambda ax=None: plots.compare_scenarios(small_run(), "service_level", ax=ax),
    lambda ax=None: plots.cost_and_service(small_run(), "phone", ax=ax),
    lambda ax=None: plots.week_by_week(small_journeys(), "phone", ax=ax),
    lambda ax=None: plots.service_level_over_time(small_journeys(), "phone", ax=ax),
    lambda ax=None: plots.staffing_over_time(small_journeys(), "manila", ax=ax),
    lambda ax=None: plots.frontier(small_contract(), "phone", ax=ax),
    lambda ax=None: plots.cost_waterfall(small_contract(), "helped", ax=ax),
]


@pytest.mark.parametrize("draw", DRAWINGS)
def test_a_plot_draws_into_the_axes_it_is_given(draw):
    ax = Figure().subplots()
    assert draw(ax) is ax


@pytest.mark.parametrize("draw", DRAWINGS)
def test_without_axes_a_plot_makes_a_figure_that_notebooks_show(draw):
    ax = draw()
    assert isinstance(ax, Axes)
    assert ax.figure.number in plt.get_fignums()


@pytest.mark.slow
def test_a_report_draws_without_pyplot(monkeypatch):
    """No window, no global state: a run writes its pages on servers and in threads."""
    monkeypatch.setattr(plt, "subplots", None)
    assert [name for name, _, _ in pages(small_run())] == [
        "comparison",
        "week-newark",
        "week-manila",
        "occupancy",
        "coverage",
    ]
    assert plt.get_fignums() == []


@pytest.fixture(autouse=True)
def no_figure_stays():
    yield
    plt.close("all")


def lines(ax, label):
    return next(line for line in ax.get_lines() if line.get_label() == label)


def test_agents_stand_at_the_local_hours_of_their_site():
    """The day shift of Newark begins at 08:00 there, which is 21:00 in Manila."""
    newark = lines(plots.staffing_over_week(small_run(), "newark"), "kept")
    manila = lines(plots.staffing_over_week(small_run(), "newark", timezone="Asia/Manila"), "kept")
    at_newark = dict(zip(newark.get_xdata(), newark.get_ydata(), strict=True))
    at_manila = dict(zip(manila.get_xdata(), manila.get_ydata(), strict=True))
    assert at_newark[24 + 7.5] == pytest.approx(0)
    assert at_newark[24 + 8.0] == at_manila[24 + 21.0] == pytest.approx(5)


def test_an_hour_of_the_week_weighs_its_half_hours_by_contacts():
    run = small_run()
    found = folded(run, "kept", "contact_type", ["phone"], "service_level", run.timezone, step=1.0, weight="offered")
    rows = run.intervals().query("scenario == 'kept' and name == 'phone'").set_index("interval_start_utc")
    first = rows.index.min()
    level = rows.query("measure == 'service_level'")["mean"].iloc[:2].to_numpy()
    offered = rows.query("measure == 'offered'")["mean"].iloc[:2].to_numpy()
    assert first.tz_convert(run.timezone).hour == 0
    assert found[0.0] == pytest.approx(np.average(level, weights=offered))


def test_the_map_shows_where_nobody_is_on_duty():
    """Newark's night shift ends at 06:00, its day shift begins at 08:00: four half-hours of every day."""
    fields = map_of_week(small_run(), "kept", "phone", "America/New_York")
    assert [(len(day), day[12:16], day.count("nobody")) for day in fields] == [(48, ["nobody"] * 4, 4)] * 7


def test_an_hour_that_the_clocks_skip_is_not_there():
    """2026-03-08, 02:00 to 03:00, does not exist in Newark; the week has no other Sunday."""
    fields = map_of_week(small_run(), "kept", "phone", "America/New_York")
    assert [day.count("closed") for day in fields] == [0] * 6 + [2]
    assert fields[6][4:6] == ["closed"] * 2


def test_the_map_reads_another_clock():
    """06:00 in Newark is 19:00 in Manila."""
    fields = map_of_week(small_run(), "kept", "phone", "Asia/Manila")
    assert all(day[38:42] == ["nobody"] * 4 for day in fields[:6])


def test_a_comparison_of_an_unknown_measure_is_refused_by_name():
    with pytest.raises(ValueError, match="no contact type and no total has the measure 'servic_level'"):
        plots.compare_scenarios(small_run(), "servic_level")


def test_a_scenario_keeps_its_color_whatever_is_drawn():
    scenarios = [f"s{number}" for number in range(20)]
    assert color(scenarios, "s1") == COLORS[1]
    looks = {(color(scenarios, name), marker(scenarios, name)) for name in scenarios}
    assert len(looks) == len(scenarios)


def test_week_by_week_draws_means_and_intervals_of_weeks():
    run = small_journeys()
    ax = plots.week_by_week(run, "phone")
    drawn, rows = lines(ax, "offshore"), run.weeks().query("scenario == 'offshore' and name == 'phone'")
    level = rows.query("measure == 'service_level'")
    assert list(drawn.get_ydata()) == pytest.approx(list(level["mean"]))
    assert [text.get_text() for text in ax.get_xticklabels()] == ["2 Mar", "9 Mar", "16 Mar"]
    band = ax.collections[1].get_paths()[0].vertices[:, 1]
    assert (band.min(), band.max()) == pytest.approx((level["low"].min(), level["high"].max()))
    low, high = ax.get_ylim()
    assert low < 0.8 < high
    assert high - low >= 0.199


def test_long_times_are_drawn_in_minutes():
    run = small_journeys()
    drawn = lines(plots.week_by_week(run, "phone", "handle_time_mean_s"), "in-house")
    rows = run.weeks().query("scenario == 'in-house' and name == 'phone' and measure == 'handle_time_mean_s'")
    assert list(drawn.get_ydata()) == pytest.approx(list(rows["mean"] / 60))


def test_a_pool_is_drawn_for_the_scenarios_that_have_it():
    ax = plots.week_by_week(small_journeys(), "away", "agents_present")
    assert [line.get_label() for line in ax.get_lines()] == ["offshore"]
    assert ax.get_title(loc="left") == "away: agents present, mean of all 168 hours"


def test_weeks_that_a_run_does_not_have_are_refused_by_name():
    with pytest.raises(ValueError, match=r"weeks\(\) has no measure 'service_level' of 'phone'"):
        plots.week_by_week(small_run(), "phone")


def test_three_weeks_have_a_page_of_their_own():
    assert [name for name, _, _ in pages(small_journeys())][:2] == ["comparison", "weeks"]


def test_cost_lines_begin_where_the_one_before_ends_and_end_at_the_total():
    """Penalties go back; what only the other scenario pays has a row without a bar."""
    ax = plots.cost_waterfall(small_contract(), "helped")
    *bars, total = [(bar.get_x(), bar.get_width()) for bar in ax.patches]
    begin = 0.0
    for at, width in bars:
        assert at == pytest.approx(begin)
        begin += width
    assert total == (0, pytest.approx(begin, abs=0.05))
    assert min(width for _, width in bars) < 0
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == [
        "wages",
        "benefits",
        "seats",
        "care: contacts",
        "care: monthly fee",
        "care: penalty",
        "care: spread",
        "in all",
    ]
    alone = plots.cost_waterfall(small_contract(), "alone")
    assert [label.get_text() for label in alone.get_yticklabels()] == names
    assert alone.get_xlim() == ax.get_xlim()
    assert [bar.get_width() for bar in alone.patches][3:7] == [0, 0, 0, 0]


def test_who_pays_nothing_has_a_waterfall_of_nothing(tmp_path):
    """A price of 0 is one in a file, and a month without contacts costs nothing under many others."""
    file = tmp_path / "free.yaml"
    text = (
        SMALL_CONTRACT.replace("150.25 PHP", "0 PHP")
        .replace("10000 PHP", "0 PHP")
        .replace("    at_risk: 12%\n", "")
        .replace("alone: {pools: [newark]}", "")
    )
    file.write_text(text.replace("[newark, manila]}", "[manila]}"), encoding="utf-8")
    results = ccsim.run(file, replications=1, workers=1)
    ax = plots.cost_waterfall(results, "helped")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["in all"]
    assert [bar.get_width() for bar in ax.patches] == [0]
    assert "costs" in [name for name, _, _ in pages(results)]


def test_what_service_costs_is_all_that_the_client_pays_where_that_is_known():
    """What a provider's labor costs is not the client's concern."""
    assert plots.cost_and_service(small_contract(), "phone").get_xlabel() == "total cost [USD]"
    assert plots.cost_and_service(small_run(), "phone").get_xlabel() == "labor cost [USD]"


def test_costs_that_hardly_differ_stand_close_together():
    """Ten dollars of 40,000 are no distance; every contact type has the same axis."""
    costs = [Point("a", "", 40_000.0, 39_990.0, 40_010.0), Point("b", "", 40_020.0, nan, nan)]
    ax = Figure().subplots()
    cost_axis(ax, costs)
    low, high = ax.get_xlim()
    assert high - low == pytest.approx(0.05 * 40_020)
    assert (low + high) / 2 == pytest.approx((39_990 + 40_020) / 2)
    cost_axis(ax, [Point("a", "", 100.0, 90.0, 110.0), Point("b", "", 200.0, 190.0, 210.0)])
    assert ax.get_xlim() == pytest.approx((90 - 0.15 * 120, 210 + 0.15 * 120))
    run = small_run()
    assert plots.cost_and_service(run, "phone").get_xlim() == plots.cost_and_service(run, "email").get_xlim()


def test_a_run_with_books_has_a_page_of_costs():
    assert "costs" in [name for name, _, _ in pages(small_contract())]


@pytest.mark.parametrize(
    ("amount", "text"), [(0.4, "0"), (-34.2, "-34"), (999, "999"), (39_040, "39.0k"), (1_234_567, "1.2m")]
)
def test_large_amounts_are_short(amount, text):
    assert short(amount) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "0"), (500, "500"), (1_500, "1.5k"), (-2_000, "-2k"), (52_400, "52.4k"), (1_250_000, "1.25m")],
)
def test_marks_of_an_axis_are_what_they_say(amount, text):
    """1,500 is neither 1k nor 2k."""
    assert exact(amount) == text


def test_of_more_lines_than_can_be_read_groups_are_drawn(monkeypatch):
    """Own sites first, then contracts, then what is beside them; the sum is the same."""
    lines = client_lines(small_contract())
    monkeypatch.setattr("ccsim.plots.money.MOST_LINES", len(lines.columns) - 1)
    groups = client_lines(small_contract())
    assert list(groups.columns) == ["labor", "place", "care: fees", "care: service", "care: spread"]
    assert groups.sum(axis=1).to_list() == pytest.approx(lines.sum(axis=1).to_list())
    assert groups["labor"].to_list() == pytest.approx((lines["wages"] + lines["benefits"]).to_list())
