"""Possible further visits: what is left out could not have happened, and the order of the file moves nothing."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from ccsim import chance, config, engine, planning
from ccsim.chance.contacts import as_visits, dialed, first_visits
from ccsim.chance.journeys import with_further_visits
from ccsim.chance.possible import Possible
from ccsim.chance.streams import Streams
from ccsim.log import Outcome
from tests.small_center import planned

if TYPE_CHECKING:
    from pathlib import Path

    from ccsim.chance.possible import Layer
    from ccsim.plan import Bools, Plan
    from ccsim.workload import Workload

CENTER = """
title: everything at once
calendar: {start: "2026-06-01", days: 1, run_on: 12 hours, timezone: UTC}
customers: {at_most: 3}
contact_types:
  calls:
    channel: phone
    demand: {rate: 30 per hour}
    talk_time: {exponential: 4 min}
    wrap_up: {exponential: 1 min}
    patience: {exponential: 2 min}
    balk: 10%
    opening_hours: 06:00-22:00
    at_close: disconnect
    max_waiting: 5
    retrial:
      abandoned: {probability: [60%, 40%], delay: {exponential: 10 min}}
      balked: {probability: 50%, delay: {exponential: 20 min}, to: mails}
      blocked: {probability: 80%, delay: {exponential: 2 min}}
      closed: {probability: 70%, delay: {exponential: 1 h}, in_opening_hours: true}
      disconnected: {probability: 90%, delay: {exponential: 1 h}}
      unreached: {probability: 50%, delay: {exponential: 30 min}}
    recontact: {probability: 80%, delay: {exponential: 2 h}}
    callback: {when_over: 3 min, accepted: 50%, reached: 60%, attempts: 2, retry_after: 5 min}
  expert:
    channel: phone
    demand: {rate: 5 per hour}
    handle_time: {exponential: 6 min}
    patience: {exponential: 5 min}
    retrial: {abandoned: {probability: 50%, delay: {exponential: 10 min}, to: calls}}
  mails:
    channel: email
    demand: {rate: 10 per hour}
    handle_time: {exponential: 5 min}
    recontact: {delay: {exponential: 1 h}, to: calls}
sites: {hall: {location: in-house, country: US, timezone: UTC}}
pools:
  front:
    site: hall
    handles:
      calls: {resolves: 75%, transfer: [{to: expert, probability: 20%, warm: true}, {to: mails, probability: 5%}]}
      mails: {resolves: 90%, transfer: {to: expert, probability: 5%}}
    shifts: {day: {days: daily, from: 05:00, to: 23:00, agents: 3}}
  back:
    site: hall
    handles: {expert: {resolves: 95%, transfer: {to: calls, probability: 10%, warm: true}}}
    shifts: {day: {days: daily, from: 05:00, to: 23:00, agents: 1}}
outages: {dark: {site: hall, from: 2026-06-01 15:00, lasts: 30 min}}
"""


class Anything(Possible):
    """Every further visit that a move leads to, whether it may come or not."""

    def largest(self, move: int, attempt: int) -> float:
        return 1.0

    def after(self, layer: Layer, move: int) -> Bools:
        return np.ones(len(layer.row), np.bool_)


def with_anything(plan: Plan, workload: Workload, seed: int) -> Workload:
    streams = Streams(seed, 0)
    possible = Anything(plan, workload.rates, workload.outages)
    visits, journeys = with_further_visits(streams, first_visits(plan, streams), possible)
    return replace(workload, visits=as_visits(visits), journeys=journeys, dialed=dialed(visits))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_what_is_left_out_could_not_have_happened(tmp_path: Path, seed: int):
    """Twenty times as many possible visits, and the same log."""
    file = tmp_path / "everything.yaml"
    file.write_text(CENTER)
    plan = planning.plan(config.load(file), "base")
    usual = chance.draw(plan, seed, 0)
    log, other = engine.simulate(plan, usual), engine.simulate(plan, with_anything(plan, usual, seed))
    assert log.journeys is not None
    assert other.journeys is not None
    happened = set(log.visits.outcome[log.journeys.attempt > 0])
    assert {Outcome.ANSWERED, Outcome.ABANDONED, Outcome.BALKED, Outcome.BLOCKED} <= happened
    for one, two in ((log.visits, other.visits), (log.segments, other.segments), (log.spells, other.spells)):
        for field in fields(one):
            np.testing.assert_array_equal(getattr(one, field.name), getattr(two, field.name), field.name)
    for name in ("customer", "attempt", "cause", "next", "resolved"):
        np.testing.assert_array_equal(getattr(log.journeys, name), getattr(other.journeys, name), name)


def written(text: str = CENTER) -> dict[str, Any]:
    """The parts of the center, without outages."""
    parts = YAML(typ="safe").load(text)
    return {key: value for key, value in parts.items() if key not in ("title", "outages")}


def reordered(parts: dict[str, Any], order: list[int]) -> dict[str, Any]:
    """The same map with its keys in another order."""
    return dict(sorted(parts.items(), key=lambda item: order[list(parts).index(item[0]) % len(order)]))


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(order=st.permutations(range(3)))
def test_the_order_of_the_file_moves_no_visit(order: list[int]):
    """Of types, outcomes, pools, transfers: rows and draws are the same, bit by bit."""
    parts = written()
    usual = chance.draw(planned(**parts), 1, 0)
    parts = {
        key: reordered(value, order) if key in ("contact_types", "pools") else value for key, value in parts.items()
    }
    calls = parts["contact_types"]["calls"]
    calls["retrial"] = reordered(calls["retrial"], order)
    transfers = parts["pools"]["front"]["handles"]["calls"]["transfer"]
    parts["pools"]["front"]["handles"]["calls"]["transfer"] = sorted(transfers, key=lambda one: one["to"])
    moved = chance.draw(planned(**parts), 1, 0)
    for part in ("visits", "journeys", "dialed"):
        one, two = getattr(usual, part), getattr(moved, part)
        for field in fields(one):
            np.testing.assert_array_equal(getattr(one, field.name), getattr(two, field.name), field.name)


def test_renamed_types_keep_their_customers():
    """With the old name as their stream."""
    renamed = CENTER.replace("expert", "specialist")
    renamed = renamed.replace("  specialist:\n", "  specialist:\n    stream: expert\n")
    one, two = (chance.draw(planned(**written(text)), 1, 0) for text in (CENTER, renamed))
    assert one.visits.work.tolist() == two.visits.work.tolist()
    assert one.journeys is not None
    assert two.journeys is not None
    assert one.journeys.uniform.tolist() == two.journeys.uniform.tolist()
