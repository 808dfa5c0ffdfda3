"""
Both rules for the end of a shift, held per half-hour against the transient chain from an empty start.

Six agents from midnight, three from 01:00, more calls than three can answer. Named leavers finish what they have
while those who stay go on taking calls; where only the number is given, no call is started until no more than three
are left.
"""

from __future__ import annotations

from math import comb

from tests.theory.agreement import Case, Claim
from tests.theory.chains import mean, transient

RATE, HANDLE, PATIENCE = 0.4, 20.0, 60.0
BEFORE, AFTER = 6, 3
HALF_HOUR = 30.0
MOST = 40
TEXT = """
calendar: {{start: 2026-06-01, days: 1, run_on: 1 hour, timezone: UTC, interval: 30 min}}
contact_types:
  calls:
    channel: phone
    demand: {{rate: {rate:g} per min, ends: 2026-06-01T02:30}}
    handle_time: {{exponential: {handle:g} min}}
    patience: {{exponential: {patience:g} min}}
    service_level: 80% in 20 s
sites: {{hall: {{location: in-house, country: US, timezone: UTC}}}}
pools:
  team:
    site: hall
    handles: {{calls: {{}}}}
    leavers: {leavers}
    {staff}
"""
BY_NUMBER = "staffing: {daily: {00:00-01:00: 6, 01:00-00:00: 3}}"
BY_SHIFTS = "shifts: {early: {from: 00:00, to: 01:00, agents: 3}, all day: {from: 00:00, to: 00:00, agents: 3}}"


def text(leavers: str, staff: str) -> str:
    return TEXT.format(rate=RATE, handle=HANDLE, patience=PATIENCE, leavers=leavers, staff=staff)


def six_agents(n: int):
    if n < MOST:
        yield RATE, n + 1
    if n:
        yield min(n, BEFORE) / HANDLE + max(n - BEFORE, 0) / PATIENCE, n - 1


def stayers_and_leavers(state: tuple[int, int]):
    """(leavers still busy, contacts in service with stayers or waiting)"""
    leaving, n = state
    if leaving:
        yield leaving / HANDLE, (leaving - 1, n)
    if n < MOST:
        yield RATE, (leaving, n + 1)
    if n:
        yield min(n, AFTER) / HANDLE + max(n - AFTER, 0) / PATIENCE, (leaving, n - 1)


def pooled_count(state: tuple[int, int]):
    """(agents busy, contacts waiting); with more than three busy nobody starts a contact."""
    busy, waiting = state
    if busy < AFTER:
        yield RATE, (busy + 1, 0)
    elif waiting < MOST:
        yield RATE, (busy, waiting + 1)
    if busy == AFTER and waiting:
        yield busy / HANDLE, (busy, waiting - 1)
    elif busy:
        yield busy / HANDLE, (busy - 1, waiting)
    if waiting:
        yield waiting / PATIENCE, (busy, waiting - 1)


def queue_per_half_hour(leavers: str) -> dict[Claim, float]:
    """Mean number waiting in the half-hours 00:30 to 02:30."""
    queues = []
    at: dict = {0: 1.0}
    for _ in range(2):
        at, share = transient(at, six_agents, HALF_HOUR)
        queues.append(mean(share, lambda n: max(n - BEFORE, 0)))
    at = named_leave(at) if leavers == "named" else {(min(n, BEFORE), max(n - BEFORE, 0)): p for n, p in at.items()}
    for _ in range(3):
        at, share = transient(at, stayers_and_leavers if leavers == "named" else pooled_count, HALF_HOUR)
        queues.append(mean(share, lambda s: max(s[1] - AFTER, 0) if leavers == "named" else s[1]))
    return {Claim("calls", "queue_mean", interval=i): queue for i, queue in enumerate(queues) if i}


def named_leave(at: dict[int, float]) -> dict[tuple[int, int], float]:
    """Three of the six leave whatever they do, so the busy ones among them are hypergeometric."""
    after: dict[tuple[int, int], float] = {}
    for n, p in at.items():
        busy, waiting = min(n, BEFORE), max(n - BEFORE, 0)
        going = BEFORE - AFTER
        for leaving in range(max(0, going - (BEFORE - busy)), min(busy, going) + 1):
            share = comb(busy, leaving) * comb(BEFORE - busy, going - leaving) / comb(BEFORE, going)
            state = (leaving, busy - leaving + waiting)
            after[state] = after.get(state, 0.0) + p * share
    return after


CASES = [
    Case("named leavers of a number", text("named", BY_NUMBER), lambda: queue_per_half_hour("named"), 400, long=True),
    Case("named leavers of shifts", text("named", BY_SHIFTS), lambda: queue_per_half_hour("named"), 400, long=True),
    Case("pooled count", text("pooled", BY_NUMBER), lambda: queue_per_half_hour("pooled"), 400),
    Case("pooled count of shifts", text("pooled", BY_SHIFTS), lambda: queue_per_half_hour("pooled"), 400, long=True),
]
