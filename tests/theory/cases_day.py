"""
A day in half-hours: rates that rise and fall, shifts that come and go, held against the transient queue in each.

Opening 8:00 to 20:00, a little too few agents around noon. With named leavers three shifts overlap; who leaves at
their end has been on the floor for hours, so that any agent is as likely to be busy as another. With pooled leavers
only the number is given.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from ccsim.erlang import time_varying
from tests.theory.agreement import Case, Claim

FIRST, HALF_HOUR = 16, 1_800.0
HANDLE, PATIENCE, WITHIN = 240.0, 180.0, 30.0
AGENTS = np.repeat([2, 3, 5, 3, 2], [4, 4, 8, 4, 4])
ARRIVALS = np.array([8, 12, 16, 18, 20, 22, 24, 24, 30, 36, 40, 42, 42, 38, 36, 34, 28, 24, 22, 20, 18, 16, 12, 8])
TEXT = """
calendar: {{start: 2026-06-01, days: 1, run_on: 1 hour, timezone: UTC, interval: 30 min}}
contact_types:
  calls:
    channel: phone
    demand:
      weekly:
        profile: {{mon: {profile}, tue-sun: 0}}
        volume_by_date: {{2026-06-01: {volume}}}
    handle_time: {{exponential: {handle:g} s}}
    patience: {{exponential: {patience:g} s}}
    service_level: 80% in {within:g} s
sites: {{hall: {{location: in-house, country: US, timezone: UTC}}}}
pools:
  team:
    site: hall
    handles: {{calls: {{}}}}
    {staff}
"""
BY_SHIFTS = (
    "shifts: {early: {from: 08:00, to: 16:00, agents: 2}, middle: {from: 10:00, to: 18:00, agents: 1}, "
    "late: {from: 12:00, to: 20:00, agents: 2}}"
)
BY_NUMBER = "staffing: {daily: {08:00-10:00: 2, 10:00-12:00: 3, 12:00-16:00: 5, 16:00-18:00: 3, 18:00-20:00: 2}}"


def text(staff: str) -> str:
    profile = [0] * FIRST + ARRIVALS.tolist() + [0] * 8
    return TEXT.format(
        profile=profile, volume=ARRIVALS.sum(), handle=HANDLE, patience=PATIENCE, within=WITHIN, staff=staff
    )


@cache
def by_half_hour(leavers: str) -> dict[Claim, float]:
    """Service level of those who come in each half-hour; at 20:00 everybody leaves."""
    rates = np.append(ARRIVALS, 0) / HALF_HOUR
    day = time_varying(rates, np.append(AGENTS, 0), HALF_HOUR, HANDLE, PATIENCE, leavers=leavers, threshold=WITHIN)
    return {
        Claim("calls", "service_level", interval=FIRST + i): float(day.service_level[i]) for i in range(len(ARRIVALS))
    }


CASES = [
    Case("a day of half-hours, named leavers", text(BY_SHIFTS), lambda: by_half_hour("named"), 600),
    Case("a day of half-hours, pooled count", text(BY_NUMBER), lambda: by_half_hour("pooled"), 600),
]
