"""
A day in half-hours: rates that rise and fall, shifts that come and go, held against the transient queue in each.

Opening 8:00 to 20:00, a little too few agents around noon. With named leavers three shifts overlap; who leaves at
their end has been on the floor for hours, so that any agent is as likely to be busy as another. With pooled leavers
only the number is given.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from math import comb

import numpy as np

from ccsim.erlang import time_varying
from tests.theory.agreement import Case, Claim, Formula
from tests.theory.chains import mean, transient

FIRST, HALF_HOUR = 16, 1_800.0
HANDLE, PATIENCE, WITHIN = 240.0, 180.0, 30.0
AGENTS = np.repeat([2, 3, 5, 3, 2], [4, 4, 8, 4, 4])
ARRIVALS = np.array([8, 12, 16, 18, 20, 22, 24, 24, 30, 36, 40, 42, 42, 38, 36, 34, 28, 24, 22, 20, 18, 16, 12, 8])
MOST = 45
"""Contacts at most: more are there with a probability below 1e-9."""
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


def at(half_hour: int, measure: str) -> Claim:
    return Claim("calls", measure, interval=FIRST + half_hour)


@cache
def by_half_hour(leavers: str) -> dict[Claim, float]:
    """Service level of those who come in each half-hour, and mean queue; at 20:00 everybody leaves."""
    rates = np.append(ARRIVALS, 0) / HALF_HOUR
    day = time_varying(rates, np.append(AGENTS, 0), HALF_HOUR, HANDLE, PATIENCE, leavers=leavers, threshold=WITHIN)
    return {
        at(i, measure): float(values[i])
        for measure, values in (("service_level", day.service_level), ("queue_mean", day.queue_mean))
        for i in range(len(ARRIVALS))
    }


def queue_by_half_hour(leavers: str) -> dict[Claim, float]:
    """
    The queue by chains apart. State (agents above the number, contacts of the others or waiting).

    Named leavers finish beside those who stay. Of a pooled count, whoever is free first leaves, and until then nobody
    starts a contact.
    """
    queues: dict[Claim, float] = {}
    floor: dict[tuple[int, int], float] = {(0, 0): 1.0}
    before = AGENTS[0]
    for i, (agents, arrivals) in enumerate(zip(AGENTS.tolist(), ARRIVALS.tolist(), strict=True)):
        floor = changed(floor, int(before), agents, leavers)

        def moves(state: tuple[int, int], agents: int = agents, arrivals: int = arrivals):
            above, n = state
            waiting = max(n - agents, 0)
            if n < MOST:
                yield arrivals / HALF_HOUR, (above, n + 1)
            yield waiting / PATIENCE, (above, n - 1)
            if leavers == "named":
                yield above / HANDLE, (above - 1, n)
                yield min(n, agents) / HANDLE, (above, n - 1)
            elif above:
                yield (above + agents) / HANDLE, (above - 1, n)
            else:
                yield min(n, agents) / HANDLE, (0, n - 1)

        floor, share = transient(floor, moves, HALF_HOUR)
        queues[at(i, "queue_mean")] = mean(share, lambda s, agents=agents: max(s[1] - agents, 0))
        before = agents
    return queues


def changed(
    floor: dict[tuple[int, int], float], before: int, agents: int, leavers: str
) -> dict[tuple[int, int], float]:
    """The floor after the number of agents has changed."""
    after: dict[tuple[int, int], float] = defaultdict(float)
    going = max(before - agents, 0)
    for (above, n), p in floor.items():
        busy, waiting = min(n, before), max(n - before, 0)
        if leavers == "pooled":
            busy += above
            after[max(busy - agents, 0), min(busy, agents) + waiting] += p
            continue
        for leaving in range(max(0, going - (before - busy)), min(busy, going) + 1):
            share = comb(busy, leaving) * comb(before - busy, going - leaving) / comb(before, going)
            after[above + leaving, busy - leaving + waiting] += p * share
    return after


def case(name: str, leavers: str, staff: str) -> Case:
    """Service levels are those of the formula, the queues those of the chains."""
    return Case(
        name,
        text(staff),
        lambda: by_half_hour(leavers) | queue_by_half_hour(leavers),
        800,
        formula=Formula("time_varying", lambda: by_half_hour(leavers)),
        long=True,
    )


CASES = [
    case("a day of half-hours, named leavers", "named", BY_SHIFTS),
    case("a day of half-hours, pooled count", "pooled", BY_NUMBER),
]
