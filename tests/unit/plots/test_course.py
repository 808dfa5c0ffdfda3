"""What happens once is drawn where it happened, not folded into a week."""

from copy import deepcopy
from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import matplotlib.pyplot as plt
import numpy as np
import pytest

from ccsim import plots
from ccsim.plots import clock
from ccsim.plots.clock import Clock
from ccsim.plots.course import happens_once
from ccsim.plots.pages import pages
from tests.small_journeys import small_journeys
from tests.small_run import small_run


@pytest.fixture(autouse=True)
def no_figure_stays():
    yield
    plt.close("all")


def line(ax, label):
    return next(one for one in ax.get_lines() if one.get_label() == label)


def test_an_outage_is_as_deep_as_it_was():
    """Manila is dark from 10:00 to 12:00 on Wednesday of the second of three weeks, New York time."""
    drawn = line(plots.staffing_over_time(small_journeys(), "manila", timezone="America/New_York"), "offshore")
    present = dict(zip(drawn.get_xdata(), drawn.get_ydata(), strict=True))
    # The clocks go forward on the Sunday between, so that an hour less has passed.
    dark = 7 * 24 + 2 * 24 + 10 - 1
    assert present[dark] == present[dark + 1] == 0
    assert min(present[dark - 1], present[dark - 24], present[dark + 24]) > 1
    folded = line(plots.staffing_over_week(small_journeys(), "manila", timezone="America/New_York"), "offshore")
    assert min(folded.get_ydata()) > 1


def test_service_by_hour_weighs_its_intervals_by_contacts():
    run = small_journeys()
    drawn = line(plots.service_level_over_time(run, "phone"), "in-house")
    rows = run.intervals().query("scenario == 'in-house' and name == 'phone' and measure == 'service_level'")
    assert len(drawn.get_xdata()) == 21 * 24 - 1
    assert np.nanmean(drawn.get_ydata()) == pytest.approx(rows["mean"].mean())
    assert drawn.get_xdata()[0] == 0.5


def test_long_periods_are_drawn_by_the_day(monkeypatch):
    """Half a year of hours is a smear: of each local day the service level of its contacts and the most agents."""
    monkeypatch.setattr(clock, "MOST_BY_HOUR", 7)
    run = small_journeys()
    ax = plots.staffing_over_time(run, "manila", timezone="America/New_York")
    assert ax.get_title(loc="left") == "manila: agents scheduled (thin) and present (thick), most of each day"
    assert len(line(ax, "offshore").get_xdata()) == 21
    rows = run.intervals().query("scenario == 'offshore' and name == 'phone'")
    second = rows[rows["interval_start_local"].str.startswith("2026-03-03")]
    level, offered = (second.query(f"measure == '{measure}'")["mean"] for measure in ("service_level", "offered"))
    drawn = line(plots.service_level_over_time(run, "phone"), "offshore")
    assert drawn.get_ydata()[1] == pytest.approx(np.average(level, weights=offered))


def test_dates_are_local_midnights_whatever_the_clocks_do():
    """On 8 March 2026 a day of New York has 23 hours; in Manila the counted period begins at 13:00."""
    run = small_journeys()
    new_york, manila = Clock.of(run, "America/New_York"), Clock.of(run, "Asia/Manila")
    assert np.diff(new_york.midnights).tolist() == [24.0] * 6 + [23.0] + [24.0] * 14
    assert (manila.days, len(new_york.midnights)) == (22, 22)
    assert manila.at(datetime(2026, 3, 2, 13, tzinfo=ZoneInfo("Asia/Manila"))) == 13.0


def with_changes(run, change):
    experiment = deepcopy(run.experiment)
    for center in experiment["scenarios"].values():
        center["outages"] = {}
    change(experiment, experiment["scenarios"]["offshore"])
    return SimpleNamespace(experiment=experiment)


ONCE = {
    "nothing": (lambda _, center: None, False),
    "outage at random": (lambda _, center: center["outages"].update(power={"from": None}), False),
    "outage": (lambda _, center: center["outages"].update(power={"from": "2026-03-11"}), True),
    "campaign": (lambda _, center: center["contact_types"]["phone"]["demand"].update(ends="2026-03-10"), True),
    "volumes": (
        lambda _, center: center["contact_types"]["phone"]["demand"].update(
            weekly={"volume_by_week": {"2026-03-02": 9}}
        ),
        True,
    ),
    "opening": (lambda _, center: center["pools"]["away"]["shifts"]["day"].update(first_day="2026-03-09"), True),
    "ramp": (lambda _, center: center["pools"]["away"].update(tenure="new", learning={"half_life": 1}), True),
    "in one week": (
        lambda run, center: (center["outages"].update(a={"from": "x"}), run["calendar"].update(weeks=1)),
        False,
    ),
}


@pytest.mark.parametrize("name", ONCE)
def test_weeks_are_folded_unless_they_are_meant_to_differ(name):
    change, expected = ONCE[name]
    assert happens_once(with_changes(small_journeys(), change)) is expected


def test_a_report_draws_the_course_in_place_of_the_week():
    names = [name for name, _, _ in pages(small_journeys())]
    assert [name for name in names if name.startswith(("week-", "course-"))] == ["course-newark", "course-manila"]
    assert not happens_once(small_run())
