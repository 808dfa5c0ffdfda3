"""Email under calls: a live contact that finds nobody free interrupts deferred work, which is kept or returned."""

from __future__ import annotations

from tests.theory.agreement import Case, Claim
from tests.theory.chains import mean, stationary

CALLS, EMAILS = 0.5, 0.15
CALL, EMAIL = 2.0, 4.0
PATIENCE = 2.0
AGENTS = 2
TEXT = """
calendar: {{start: 2026-06-01, days: 2, warm_up: 12 hours, run_on: 12 hours, timezone: UTC}}
contact_types:
  calls:
    channel: phone
    demand: {{rate: {calls:g} per min}}
    handle_time: {{exponential: {call:g} min}}
    patience: {{exponential: {patience:g} min}}
    service_level: 80% in 20 s
  email:
    channel: email
    demand: {{rate: {emails:g} per min}}
    handle_time: {{exponential: {email:g} min}}
    service_level: 90% in 2 hours
    interrupted: {interrupted}
sites: {{hall: {{location: in-house, country: US, timezone: UTC}}}}
pools: {{team: {{site: hall, handles: {{calls: {{}}, email: {{}}}}, interruptible: true, staffing: {agents}}}}}
"""


def text(interrupted: str) -> str:
    return TEXT.format(
        calls=CALLS, emails=EMAILS, call=CALL, email=EMAIL, patience=PATIENCE, agents=AGENTS, interrupted=interrupted
    )


def claims(calls_waiting: float, emails_open: float, calls_busy: float, emails_busy: float) -> dict[Claim, float]:
    lost = calls_waiting / PATIENCE / CALLS
    return {
        Claim("calls", "abandonment_rate"): lost,
        Claim("calls", "queue_mean"): calls_waiting,
        Claim("email", "backlog_mean"): emails_open,
        Claim("email", "response_mean_s"): 60 * emails_open / EMAILS,
        Claim("team", "occupancy", scope="pool"): (calls_busy + emails_busy) / AGENTS,
    }


def returned() -> dict[Claim, float]:
    """State (calls, emails) in the center: calls have preemptive priority, emails share what they leave."""

    def moves(state: tuple[int, int]):
        calls, emails = state
        if calls < AGENTS + 20:
            yield CALLS, (calls + 1, emails)
        if emails < 150:
            yield EMAILS, (calls, emails + 1)
        if calls:
            yield min(calls, AGENTS) / CALL + max(calls - AGENTS, 0) / PATIENCE, (calls - 1, emails)
        free = AGENTS - min(calls, AGENTS)
        if free and emails:
            yield min(free, emails) / EMAIL, (calls, emails - 1)

    at = stationary((0, 0), moves)
    return claims(
        mean(at, lambda s: max(s[0] - AGENTS, 0)),
        mean(at, lambda s: s[1]),
        mean(at, lambda s: min(s[0], AGENTS)),
        mean(at, lambda s: min(s[1], AGENTS - min(s[0], AGENTS))),
    )


def kept() -> dict[Claim, float]:
    """
    State: agents on a call without and with a kept email, agents on an email, calls and emails waiting.

    A call goes to an idle agent, else interrupts an email, which waits for its agent; an agent who is done with a call
    takes a waiting call first, then the kept email, then another. Work is exponential, so nothing need be remembered.
    """

    def moves(s: tuple[int, int, int, int, int]):
        plain, keeping, on_email, calls, emails = s
        idle = AGENTS - plain - keeping - on_email
        if idle:
            yield CALLS, (plain + 1, keeping, on_email, calls, emails)
            yield EMAILS, (plain, keeping, on_email + 1, calls, emails)
        else:
            if on_email:
                yield CALLS, (plain, keeping + 1, on_email - 1, calls, emails)
            elif calls < 20:
                yield CALLS, (plain, keeping, on_email, calls + 1, emails)
            if emails < 80:
                yield EMAILS, (plain, keeping, on_email, calls, emails + 1)
        if plain:
            yield (
                plain / CALL,
                (
                    (plain, keeping, on_email, calls - 1, emails)
                    if calls
                    else (plain - 1, keeping, on_email + 1, 0, emails - 1)
                    if emails
                    else (plain - 1, keeping, on_email, 0, 0)
                ),
            )
        if keeping:
            yield (
                keeping / CALL,
                (
                    (plain, keeping, on_email, calls - 1, emails)
                    if calls
                    else (plain, keeping - 1, on_email + 1, 0, emails)
                ),
            )
        if on_email:
            yield (
                on_email / EMAIL,
                ((plain, keeping, on_email, calls, emails - 1) if emails else (plain, keeping, on_email - 1, calls, 0)),
            )
        if calls:
            yield calls / PATIENCE, (plain, keeping, on_email, calls - 1, emails)

    at = stationary((0, 0, 0, 0, 0), moves)
    return claims(
        mean(at, lambda s: s[3]),
        mean(at, lambda s: s[1] + s[2] + s[4]),
        mean(at, lambda s: s[0] + s[1]),
        mean(at, lambda s: s[2]),
    )


CASES = [
    Case("interrupted email is returned", text("returned"), returned, long=True),
    Case("interrupted email is kept", text("kept"), kept),
]
