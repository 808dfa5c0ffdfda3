"""Centers that lack what most have, through the whole pipeline: no target, no wage, no contacts, nobody on duty."""

from __future__ import annotations

import io
import json

import pytest

import ccsim

CENTER = """
title: Bare
calendar: {start: 2026-01-05, days: 1, timezone: UTC}
replications: 5
contact_types:
  calls:
    channel: phone
    demand: {rate: 6 per hour}
    handle_time: {exponential: 2 min}
    patience: {exponential: 1 min}
    service_level: 80% in 20 s
sites: {hall: {location: in-house, country: US, timezone: UTC, wage: 10 USD per hour}}
pools: {team: {site: hall, handles: {calls: {}}, shifts: {day: {days: mon, from: 08:00, to: 16:00, agents: 1}}}}
"""
WITHOUT = {
    "a target": ("\n    service_level: 80% in 20 s", ""),
    "a wage": (", wage: 10 USD per hour", ""),
    "contacts": ("6 per hour", "0 per hour"),
    "anybody on duty": ("days: mon", "days: wed"),
}


@pytest.mark.parametrize("what", WITHOUT)
def test_a_center_without_it_is_told_and_drawn_like_any_other(what, tmp_path):
    from rich.console import Console

    from ccsim import report

    file = tmp_path / "bare.yaml"
    there, instead = WITHOUT[what]
    assert there in CENTER
    file.write_text(CENTER.replace(there, instead))
    results = ccsim.run(file)
    report.write(results, tmp_path / "out")
    assert (tmp_path / "out" / "report.html").stat().st_size > 0
    report.terminal(results, Console(file=io.StringIO()))
    json.dumps(report.document(results), allow_nan=False)
