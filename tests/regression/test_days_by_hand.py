"""The measures of days small enough to be reckoned by hand, from the text of an experiment to its summary."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import pytest

import ccsim

if TYPE_CHECKING:
    from pathlib import Path

CALLS = """
title: Five calls
calendar: {start: 2026-01-05, days: 1, timezone: UTC}
replications: 5
contact_types:
  calls:
    channel: phone
    demand: {recorded: {times: arrivals.csv}}
    handle_time: {deterministic: 100 s}
    patience: {deterministic: 60 s}
    short_call: 60 s
    service_level: 80% in 20 s
sites: {hall: {location: in-house, country: US, timezone: UTC, wage: 10 USD per hour}}
pools: {team: {site: hall, handles: {calls: {}}, shifts: {day: {days: mon, from: 08:00, to: 09:00, agents: 1}}}}
"""
MAIL = """
title: Five mails
calendar: {start: 2026-01-05, days: 1, timezone: UTC, run_on: 0 s}
replications: 5
contact_types:
  mail:
    channel: email
    demand: {recorded: {times: arrivals.csv}}
    handle_time: {deterministic: 10 min}
    service_level: 80% in 1 h
sites: {hall: {location: in-house, country: US, timezone: UTC}}
pools: {team: {site: hall, handles: {mail: {}}, shifts: {day: {days: mon, from: 08:00, to: 09:00, agents: 1}}}}
"""
NIGHT = """
title: One night
calendar: {{start: {start}, days: 2, timezone: America/New_York}}
replications: 5
contact_types:
  calls:
    channel: phone
    demand: {{rate: 6 per hour, ends: {start} 01:00}}
    handle_time: {{deterministic: 1 min}}
    patience: {{deterministic: 1 min}}
sites:
  hall:
    location: in-house
    country: US
    timezone: America/New_York
    wage: 10 USD per hour
    night: {{from: 22:00, to: 06:00, add: 10%}}
pools:
  team: {{site: hall, handles: {{calls: {{}}}}, shifts: {{night: {{days: sat, from: 22:00, to: 06:00, agents: 1}}}}}}
"""


def measured(folder: Path, text: str, arrivals: tuple[str, ...] = (), name: str = "") -> dict[str, float]:
    """Means by measure, of a contact type or of all."""
    file = folder / "day.yaml"
    file.write_text(text)
    (folder / "arrivals.csv").write_text("\n".join(["arrived", *(f"2026-01-05 {at}" for at in arrivals)]) + "\n")
    summary = ccsim.run(file, workers=1).summary()
    rows = summary[summary.name == name]
    return dict(zip(rows.measure, rows["mean"], strict=True))


def test_five_calls(tmp_path):
    """
    The first is answered at once, the next after 20 s, the third after 60 s as its patience ends, the fourth gives up
    after 60 s, the fifth is answered after 60 s.
    """
    found = measured(tmp_path, CALLS, ("08:00:00", "08:01:20", "08:02:20", "08:02:30", "08:04:00"), "calls")
    expected = {
        "offered": 5,
        "answered": 4,
        "abandoned": 1,
        "service_level": 2 / 5,
        "service_level_answered": 2 / 4,
        "service_level_ignored": 2 / 5,
        "service_level_positive": 2 / 5,
        "service_level_short_excluded": 2 / 4,
        "abandonment_rate": 1 / 5,
        "wait_mean_s": (0 + 20 + 60 + 60 + 60) / 5,
        "speed_of_answer_s": (0 + 20 + 60 + 60) / 4,
        "wait_p50_s": 60,
        "wait_max_s": 60,
        "queue_mean": 200 / 86_400,
        "queue_max": 2,
        "handle_time_mean_s": 100,
        "coverage": 1 / 24,
        "target_met_share_day": 0,
    }
    assert {measure: found[measure] for measure in expected} == pytest.approx(expected)


def test_five_mails_of_which_two_are_open_at_the_end(tmp_path):
    """
    From 08:00 each takes ten minutes and is due an hour after it came: that of 07:00 is late, that of 07:20 ready to
    the second, that of 08:00 in time. When the run ends at midnight that of 12:00 is overdue and that of 23:30 not yet
    due, so that it does not count.
    """
    found = measured(tmp_path, MAIL, ("07:00", "07:20", "08:00", "12:00", "23:30"), "mail")
    expected = {
        "offered": 5,
        "answered": 3,
        "open": 2,
        "open_overdue": 1,
        "open_not_due": 1,
        "service_level": 2 / 4,
        "service_level_answered": 2 / 3,
        "oldest_age_max_s": 12 * 3600,
        "backlog_max": 3,
        "backlog_mean": (70 * 60 + 60 * 60 + 30 * 60 + 12 * 3600 + 1800) / 86_400,
        "backlog_growth": 2 * 7,
        "backlog_hours_max": 0.5,
    }
    assert {measure: found[measure] for measure in expected} == pytest.approx(expected)
    assert isnan(found["wait_mean_s"]), "a type whose mail stays open for ever has no wait"


@pytest.mark.parametrize(
    ("start", "hours", "length"), [("2026-03-07", 7, 47), ("2026-10-31", 9, 49), ("2026-06-06", 8, 48)]
)
def test_a_night_on_which_the_clocks_change(start, hours, length, tmp_path):
    """From 22:00 to 06:00 it is seven hours in spring and nine in autumn, all paid, all at night, all covered."""
    text = NIGHT.format(start=start)
    team = measured(tmp_path, text, name="team")
    assert team["scheduled_hours"] == hours
    assert team["labor_cost_regular"] == pytest.approx(10 * hours)
    assert team["labor_cost_premium"] == pytest.approx(hours)
    assert measured(tmp_path, text, name="calls")["coverage"] == pytest.approx(hours / length)
