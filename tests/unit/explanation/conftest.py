"""A small center in which nothing is as Erlang C assumes."""

from __future__ import annotations

import pytest

from ccsim import config
from ccsim.planning import plan

TEXT = """
title: Nothing is simple
calendar: {start: 2026-03-02, days: 2, warm_up: 2 h, timezone: UTC}
replications: 6
seed: 11
contact_types:
  phone:
    channel: phone
    demand: {weekly: {profile: {mon-sun: [1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1,
                                          1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1,
                                          1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1,
                                          1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1]},
                      volume: 2800 per week}, day_factor: 20%}
    handle_time: {lognormal: {mean: 5 min, cv: 1.2}}
    patience: {lognormal: {mean: 3 min, cv: 1.5}}
    service_level: 80% in 20 s
  chat:
    channel: chat
    demand: {rate: 10 per hour}
    handle_time: {exponential: 6 min}
    patience: {exponential: 4 min}
    service_level: 80% in 60 s
  email: {channel: email, demand: {rate: 6 per hour}, handle_time: {exponential: 4 min}, service_level: 90% in 4 hours}
sites: {here: {location: in-house, country: US, timezone: UTC}}
pools:
  day:
    site: here
    handles: {phone: {}, chat: {handle_time: x1.1}, email: {}}
    chat: {concurrency: 2, speed: [1, 0.6]}
    interruptible: true
    shifts:
      early: {from: 06:00, to: 14:00, agents: 4, breaks: [{between: [3 h, 5 h], length: 30 min}]}
      late:  {from: 14:00, to: 22:00, agents: 4}
    shrinkage: {absence: 10%, other: 10%}
  night: {site: here, handles: {phone: {handle_time: x1.2}, email: {}}, staffing: 2}
routing:
  phone: [day, {pool: night, after: 10 s}]
scenarios:
  only: {}
"""


@pytest.fixture(scope="session")
def tangled_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("explain") / "tangled.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def tangled(tangled_file):
    """Its Plan."""
    return plan(config.load(tangled_file), "only")


@pytest.fixture(scope="session")
def explained(tangled_file):
    """What there is to say of it."""
    from ccsim.explanation import explain

    return explain(tangled_file, workers=1)
