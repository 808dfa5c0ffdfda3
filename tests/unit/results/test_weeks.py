"""Week by week: each week is made of the sums of its intervals, never an average of their values."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import ccsim
from ccsim import config
from ccsim.analysis.estimates import estimate
from ccsim.measures.tally import Key
from ccsim.planning import plan
from ccsim.results.over_time import week_starts, weeks
from ccsim.results.record import Record, Replication, adds_up

CALENDAR = "{start: 2026-03-04, days: %d, timezone: America/New_York, interval: 60 min}"
EXPERIMENT = """
title: Weeks
calendar: %s
replications: 5
contact_types:
  phone:
    channel: phone
    demand: {rate: 4 per hour}
    handle_time: {exponential: 5 min}
    patience: endless
    service_level: 80%% in 20 s
sites: {newark: {location: in-house, country: US, timezone: America/New_York}}
pools: {care: {site: newark, handles: {phone: {}}, staffing: 1}}
"""
OFFERED, LEVEL = Key("contact_type", "phone", "offered"), Key("contact_type", "phone", "service_level")
WAITING, PRESENT = Key("contact_type", "phone", "queue_mean"), Key("pool", "care", "agents_present")
NOBODY = Key("contact_type", "phone", "speed_of_answer_s")
KEYS = (OFFERED, LEVEL, WAITING, PRESENT, NOBODY)


def file_of(folder, days):
    file = folder / "weeks.yaml"
    file.write_text(EXPERIMENT % (CALENDAR % days), encoding="utf-8")
    return file


def tiny_plan(folder, days):
    return plan(config.load(file_of(folder, days)), "base")


def record(of_plan, tallies):
    """A record of replications with these (numerators, denominators), [K, I] each, and nothing else."""
    nothing = np.empty(0)
    finished = tuple(
        Replication((), nothing, nothing, KEYS, tuple(up), tuple(down), np.empty((0, 5))) for up, down in tallies
    )
    return Record({"base": of_plan}, tuple(range(1, len(finished) + 1)), {"base": finished}, 0.95, ())


@pytest.fixture(scope="module")
def seventeen_days(tmp_path_factory):
    """4 to 20 March 2026 in New York: two weeks, of which the first has 167 hours, and three days."""
    return tiny_plan(tmp_path_factory.mktemp("weeks"), 17)


@pytest.fixture(scope="module")
def tallies(seventeen_days):
    """Five replications: chance numbers of contacts in every hour, 2 agents in the first week and 3 from then on."""
    chance = np.random.default_rng(5)
    week = seventeen_days.promises.interval_week
    made = []
    for _ in range(5):
        offered = chance.poisson(4.0, len(week)).astype(float)
        answered = chance.binomial(offered.astype(int), np.where(week == 0, 0.5, 0.9)).astype(float)
        hour, zeros, ones = np.full(len(week), 3600.0), np.zeros(len(week)), np.ones(len(week))
        queue = np.where(offered > 4, 1800.0, 0.0)
        agents = np.where(week == 0, 2.0, 3.0)
        made.append(((offered, answered, queue, agents, zeros), (ones, offered, hour, ones, zeros)))
    return made


@pytest.fixture(scope="module")
def frame(seventeen_days, tallies):
    return weeks(record(seventeen_days, tallies))


def of(frame, key):
    return frame[frame["measure"] == key.measure]


def test_weeks_are_seven_local_days_from_the_start_and_only_whole_ones(seventeen_days, frame):
    """The clocks change on 8 March: the second week still begins at midnight. Three days at the end are no week."""
    assert week_starts(seventeen_days) == ["2026-03-04", "2026-03-11"]
    assert (seventeen_days.promises.interval_week == 0).sum() == 167
    assert list(of(frame, OFFERED)["week_start_local"]) == ["2026-03-04", "2026-03-11"]


def test_numbers_of_contacts_add_up(seventeen_days, tallies, frame):
    first, second = slice(0, 167), slice(167, 335)
    total = [np.mean([up[0][part].sum() for up, _ in tallies]) for part in (first, second)]
    assert list(of(frame, OFFERED)["mean"]) == pytest.approx(total)


def test_a_share_is_the_ratio_of_the_sums_of_the_week_with_their_jackknife(tallies, frame):
    """The mean of 167 hourly service levels is another number: quiet hours would count as much as busy ones."""
    up = np.array([[one[0][1][:167].sum(), one[0][1][167:335].sum()] for one in tallies])
    down = np.array([[one[1][1][:167].sum(), one[1][1][167:335].sum()] for one in tallies])
    expected, found = estimate("share", up, down), of(frame, LEVEL)
    for column in ("mean", "low", "high", "n"):
        np.testing.assert_array_equal(found[column], getattr(expected, column))
    by_hour = [np.nanmean(one[0][1][:167] / np.where(one[1][1][:167] > 0, one[1][1][:167], np.nan)) for one in tallies]
    assert abs(found["mean"].iloc[0] - np.mean(by_hour)) > 1e-4


def test_queues_and_agents_are_averages_over_time(tallies, frame):
    busy = [np.mean([(up[0][part] > 4).mean() / 2 for up, _ in tallies]) for part in (slice(0, 167), slice(167, 335))]
    assert list(of(frame, WAITING)["mean"]) == pytest.approx(busy)
    assert list(of(frame, PRESENT)["mean"]) == [2.0, 3.0]


def test_what_has_no_value_in_any_week_has_no_row(frame):
    assert len(of(frame, NOBODY)) == 0


def test_less_than_two_weeks_are_told_by_the_summary(tmp_path, tallies):
    thirteen = tiny_plan(tmp_path, 13)
    hours = len(thirteen.promises.interval_day)
    cut = [(tuple(a[:hours] for a in up), tuple(a[:hours] for a in down)) for up, down in tallies]
    assert len(weeks(record(thirteen, cut))) == 0


@pytest.fixture(scope="module")
def two_weeks(tmp_path_factory):
    return ccsim.run(file_of(tmp_path_factory.mktemp("run"), 14), workers=1)


def test_weeks_of_a_run_add_up_to_its_period(two_weeks):
    """Whichever measure: two weeks of sums are the sums of the whole counted period of two weeks."""
    table, summary = two_weeks.weeks(), two_weeks.summary()
    period = summary.set_index(["scope", "name", "measure"])["mean"]
    added = 0
    for key, rows in table.groupby(["scope", "name", "measure"]):
        if adds_up(key[2]):
            assert rows["mean"].sum() == pytest.approx(period[key])
            added += 1
        elif key in period.index:
            assert rows["mean"].min() <= period[key] <= rows["mean"].max()
    assert added >= 3


def test_a_run_of_two_weeks_keeps_them_and_one_of_a_day_has_none(two_weeks, tmp_path):
    loaded = ccsim.Results.load(two_weeks.save(tmp_path / "two"))
    pd.testing.assert_frame_equal(loaded.weeks(), two_weeks.weeks())
    day = ccsim.run(file_of(tmp_path, 1), workers=1, replications=1)
    assert not (day.save(tmp_path / "day") / "weeks.csv").exists()
    assert ccsim.Results.load(tmp_path / "day").weeks().equals(day.weeks())
    assert list(day.weeks().columns) == list(two_weeks.weeks().columns)
