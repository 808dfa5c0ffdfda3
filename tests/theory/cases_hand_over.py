"""
Email at the end of a shift, handed over or finished, per half-hour against the transient chain from an empty start.

Six agents from midnight, three of them until 01:00. Handed-over work goes back to the queue at once and anyone may go
on with it; work that is finished keeps a leaver in overtime beside those who stay. Minutes throughout.
"""

from __future__ import annotations

from tests.theory.agreement import Case, Claim
from tests.theory.cases_shift_end import AFTER, BEFORE, BY_SHIFTS, HALF_HOUR, named_leave
from tests.theory.chains import mean, transient

RATE, HANDLE = 0.35, 15.0
MOST = 90
"""Emails open at most: 52 are expected to come, 90 do not."""
TEXT = """
calendar: {{start: 2026-06-01, days: 1, timezone: UTC, interval: 30 min}}
contact_types:
  email:
    channel: email
    demand: {{rate: {rate:g} per min, ends: 2026-06-01T02:30}}
    handle_time: {{exponential: {handle:g} min}}
    service_level: 90% in 8 hours
    at_shift_end: {at_shift_end}
sites: {{hall: {{location: in-house, country: US, timezone: UTC}}}}
pools:
  team:
    site: hall
    handles: {{email: {{}}}}
    {shifts}
"""


def staffed(agents: int):
    """State: emails open."""

    def moves(n: int):
        if n < MOST:
            yield RATE, n + 1
        if n:
            yield min(n, agents) / HANDLE, n - 1

    return moves


def with_overtime(state: tuple[int, int]):
    """State: leavers who finish an email in overtime, and emails open with those who stay or waiting."""
    leaving, n = state
    if leaving:
        yield leaving / HANDLE, (leaving - 1, n)
    for rate, following in staffed(AFTER)(n):
        yield rate, (leaving, following)


def backlog_per_half_hour(finishes: bool) -> dict[Claim, float]:
    """Mean number of open emails in the half-hours 00:30 to 02:30."""
    backlogs = []
    at: dict = {0: 1.0}
    for _ in range(2):
        at, share = transient(at, staffed(BEFORE), HALF_HOUR)
        backlogs.append(mean(share, float))
    at = named_leave(at) if finishes else at
    for _ in range(3):
        at, share = transient(at, with_overtime if finishes else staffed(AFTER), HALF_HOUR)
        backlogs.append(mean(share, sum if finishes else float))
    return {Claim("email", "backlog_mean", interval=i): backlog for i, backlog in enumerate(backlogs) if i}


def text(at_shift_end: str) -> str:
    return TEXT.format(rate=RATE, handle=HANDLE, at_shift_end=at_shift_end, shifts=BY_SHIFTS)


CASES = [
    Case("email handed over at shift end", text("hand over"), lambda: backlog_per_half_hour(finishes=False), 300),
    Case("email finished in overtime", text("finish"), lambda: backlog_per_half_hour(finishes=True), 300, long=True),
]
