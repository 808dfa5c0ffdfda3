"""
Deferred work where it is a fluid: a backlog so large that no agent is ever without work.

Then the expected backlog is a straight line between changes of arrivals and agents, as the fluid of ``ccsim.erlang``
has it, and the exact chain says the same. Minutes throughout.
"""

from __future__ import annotations

import numpy as np

from ccsim.erlang import deferred
from tests.theory.agreement import Case, Claim, Formula
from tests.theory.chains import mean, transient

OPENING = 300
RATE, HANDLE = 0.5, 6.0
AGENTS = [6, 6, 6, 9, 9, 9]
HALF_HOUR = 30.0
MOST = 400
TEXT = f"""
calendar: {{start: 2026-06-01, days: 1, run_on: 2 hours, timezone: UTC, interval: 30 min}}
contact_types:
  email:
    channel: email
    demand: {{rate: {RATE:g} per min, ends: 2026-06-01T03:00}}
    opening_backlog: {{contacts: {OPENING}, oldest: 8 h}}
    handle_time: {{exponential: {HANDLE:g} min}}
    service_level: 90% in 4 hours
sites: {{hall: {{location: in-house, country: US, timezone: UTC}}}}
pools: {{team: {{site: hall, handles: {{email: {{}}}}, staffing: {{daily: {{00:00-01:30: 6, 01:30-00:00: 9}}}}}}}}
"""


def backlog_per_half_hour() -> dict[Claim, float]:
    """State: emails open, from a large backlog. Agents above the number finish what they have; here none leaves."""
    at: dict[int, float] = {OPENING: 1.0}
    backlogs = []
    for agents in AGENTS:

        def moves(n: int, agents: int = agents):
            if n < MOST:
                yield RATE, n + 1
            if n:
                yield min(n, agents) / HANDLE, n - 1

        at, share = transient(at, moves, HALF_HOUR)
        backlogs.append(mean(share, float))
    return {backlog_from(i): backlog for i, backlog in enumerate(backlogs)}


def backlog_from(interval: int) -> Claim:
    return Claim("email", "backlog_mean", interval=interval)


def fluid() -> dict[Claim, float]:
    """The line from edge to edge of a half-hour."""
    course = deferred(
        np.full(len(AGENTS), RATE * HALF_HOUR), AGENTS, 60 * HALF_HOUR, 60 * HANDLE, opening_backlog=OPENING
    )
    means = (course.items[1:] + course.items[:-1]) / 2
    return {backlog_from(i): float(items) for i, items in enumerate(means)}


CASES = [
    Case("a backlog worked off", TEXT, backlog_per_half_hour, formula=Formula("deferred", fluid)),
]
