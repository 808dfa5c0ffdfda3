"""Scorecards: what customers met, counted again by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import ccsim
from ccsim.plan import TICKS_PER_SECOND
from ccsim.report import scorecard
from ccsim.results.columns import COLUMNS
from ccsim.results.scorecard import Calendar, Card
from tests.small_contract import SMALL_CONTRACT

DAYS, REPLICATIONS = 16, 6
MONDAY = np.datetime64("2026-06-22", "s").astype(int)
"""Sixteen days, each one planning interval of a zone two hours ahead: nine of June, seven of July."""
EDGES = np.arange(DAYS + 1) * 86_400 * TICKS_PER_SECOND
PLAN = SimpleNamespace(
    scenario="one",
    epoch=MONDAY - 7200,
    promises=SimpleNamespace(
        edges=EDGES, interval_day=np.arange(DAYS), utc_offset=np.full((1, DAYS), 7200), reporting_zone=0
    ),
    months=SimpleNamespace(edges=EDGES[[0, 9, DAYS]], name=("2026-06", "2026-07")),
)
WEEKLY = np.array([6.0, 9.0, 9.0, 9.0, 9.0, 0.0, 0.0])
"""Of ten who come on a working day, so many are in time."""


def card(month, measure="service_level", *, less_is_better=False):
    """Mondays are bad, the more so the second one; nobody comes at weekends; replications differ by one call."""
    in_time = np.resize(WEEKLY, DAYS)
    in_time[7] = 5.0
    came = np.where(np.resize(WEEKLY, DAYS) > 0, 10.0, 0.0)
    luck = np.zeros((REPLICATIONS, DAYS))
    luck[::2, :5] = -1.0
    term = SimpleNamespace(
        name="calls", measure=measure, judged="pooled", goal=0.8, target=0.8, less_is_better=less_is_better
    )
    return Card(
        SimpleNamespace(plan=PLAN), "care", term, month, in_time + luck, np.tile(came, (REPLICATIONS, 1)), came > 0
    )


def test_a_month_hides_its_mondays():
    """June: 22 to 30; the month is at 79 %, its Mondays are surely below, its Tuesdays above the target."""
    june = card(0)
    monday = june.here & (june.calendar.weekday == 0)
    assert np.flatnonzero(monday).tolist() == [0, 7]
    assert june.has_weekday.tolist() == [True] * 5 + [False] * 2
    row = dict(zip(COLUMNS["scorecard"], june.row("Monday", monday, 1, 0.95), strict=True))
    assert row["customers"] == pytest.approx((3 * 6 + 3 * 5 + 6 * 5) / 120)
    assert row["low"] < row["customers"] < row["high"] < row["target"]
    assert (row["n"], row["verdict"], row["days_within"]) == (REPLICATIONS, "missed", 0)
    assert (row["worst_day"], row["worst_day_value"]) == ("2026-06-29", 0.5)
    assert june.within(june.here, june.calendar.date) == pytest.approx(5 / 7)  # all but the two Mondays


def test_a_week_belongs_to_the_month_in_which_it_ends():
    """The week from 29 June ends in July; the two days left over at the end are no week."""
    calendar = Calendar.of(PLAN)
    assert np.flatnonzero(calendar.weeks_of(0)).tolist() == list(range(7))
    assert np.flatnonzero(calendar.weeks_of(1)).tolist() == list(range(7, 14))
    assert str(np.datetime64(int(calendar.date[9]), "D")) == "2026-07-01"
    assert card(0).within(calendar.weeks_of(0), calendar.week) == 0.5  # 42 of 50, or 37 of 50


def test_of_waits_less_is_better():
    """The same numbers as seconds: Mondays are the best days."""
    june = card(0, "speed_of_answer", less_is_better=True)
    assert june.kind == "positive"
    assert june.within(june.here & (june.calendar.weekday == 0), june.calendar.date) == 1
    assert june.verdict(0.81, 0.9) == "missed"
    assert june.verdict(0.7, 0.8) == "met"
    assert june.worst_day(june.here)[1] == pytest.approx(0.9)


def test_customers_are_all_who_came_from_their_arrival_on(tmp_path):
    """They get what the measure says; the second in line, whose clock begins late, reports something else."""
    file = tmp_path / "small.yaml"
    file.write_text(SMALL_CONTRACT.replace("start: 2026-03-30", "start: 2026-03-02"), encoding="utf-8")
    results = ccsim.run(file, workers=1)
    measured = results.summary().query(
        "scenario == 'helped' and measure == 'service_level_offered' and name == 'phone'"
    )
    month = results.scorecard().query("weekday == ''").iloc[0]
    assert month["customers"] == pytest.approx(measured["mean"].item(), rel=1e-12)
    assert month["low"] == pytest.approx(measured["low"].item(), rel=1e-9)
    assert month["reported"] != pytest.approx(month["customers"], rel=1e-3)
    assert month["met"] + month["missed"] == 1
    assert list(results.scorecard()["weekday"]) == ["", "Monday", "Tuesday", "Wednesday"]
    assert len(scorecard.months(results)["helped"]) == 1
    again = ccsim.Results.load(results.save(tmp_path / "kept")).scorecard()
    assert again["weekday"].tolist() == ["", "Monday", "Tuesday", "Wednesday"]
    assert again["customers"].tolist() == results.scorecard()["customers"].tolist()
