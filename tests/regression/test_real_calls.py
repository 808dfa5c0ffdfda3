"""A week of real calls through the whole pipeline: what was recorded is what arrives."""

from __future__ import annotations

import csv
import gzip
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CALLS = ROOT.parent / "shared" / "data" / "bank_calls" / "bank_calls_5min.csv.gz"
WEEK = ("2003-03-10T00:00", "2003-03-17T00:00")
EXPERIMENT = """
title: A week of a bank
description: Recorded calls of one week in 5-minute counts; talk times, patience and staffing are assumptions.
calendar: {start: 2003-03-10, weeks: 1, timezone: America/New_York, interval: 5 min}
replications: 1
contact_types:
  calls:
    channel: phone
    demand: {recorded: {counts: {file: bank_calls_5min.csv.gz, missing: zero}}}
    handle_time: {lognormal: {mean: 3.5 min, cv: 1.0}}
    patience: {exponential: 4 min}
    service_level: 80% in 20 s
    opening_hours: {mon-fri: 07:00-21:05}
sites:
  bank: {location: in-house, country: US, timezone: America/New_York}
pools:
  floor:
    site: bank
    handles: {calls: {}}
    staffing:
      mon-fri:
        07:00-08:00: 85
        08:00-09:00: 145
        09:00-13:00: 215
        13:00-16:00: 195
        16:00-18:00: 150
        18:00-22:00: 95
scenarios:
  as-recorded: {pools: [floor]}
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CALLS.exists(), reason=f"the recorded calls are not at {CALLS}"),
]


@pytest.fixture(scope="module")
def recorded():
    """Calls of the week by local start of their interval, those with any."""
    with gzip.open(CALLS, "rt", encoding="utf-8") as file:
        counts = {row["interval_start"]: int(row["offered"]) for row in csv.DictReader(file)}
    return {start: count for start, count in counts.items() if WEEK[0] <= start < WEEK[1] and count}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """One replication of the week."""
    import ccsim

    folder = tmp_path_factory.mktemp("bank")
    shutil.copy(CALLS, folder)
    (folder / "week.yaml").write_text(EXPERIMENT, encoding="utf-8")
    return ccsim.run(folder / "week.yaml", workers=1)


def means(results, measure):
    """Values of one measure per planning interval, by local start."""
    rows = results.intervals()
    rows = rows[(rows["measure"] == measure) & (rows["scope"] == "contact_type")]
    starts = rows["interval_start_utc"].dt.tz_convert("America/New_York").dt.strftime("%Y-%m-%dT%H:%M")
    return dict(zip(starts, rows["mean"], strict=True))


def test_every_recorded_call_arrives_in_its_interval(results, recorded):
    """Counts are what happened: 169,585 calls, none moved, none lost, none added."""
    assert sum(recorded.values()) == 169_585
    assert {start: count for start, count in means(results, "offered").items() if count} == recorded


def test_every_call_is_answered_or_abandoned(results, recorded):
    """Nothing else can happen to a call of an open line without limits."""
    summary = results.summary().query("scope == 'contact_type'").set_index("measure")["mean"]

    assert summary["answered"] + summary["abandoned"] == sum(recorded.values())
    assert summary["abandoned"] > 0


def test_the_busiest_day_is_served_worst(results):
    """Monday brings a quarter more calls than Thursday to the same people."""
    answered, offered, level = (means(results, name) for name in ("answered", "offered", "service_level"))
    assert answered.keys() == offered.keys()

    def level_of(date: str) -> float:
        starts = [start for start in offered if start.startswith(date) and offered[start]]
        return sum(level[start] * offered[start] for start in starts) / sum(offered[start] for start in starts)

    assert level_of("2003-03-10") < level_of("2003-03-13")
