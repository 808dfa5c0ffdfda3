"""
A site that goes dark for half an hour, and agents who are called in, held per half-hour against the transient chain
from an empty start.

Six agents, more calls than they can keep up with. Those in hand when the site goes dark at 01:00 are lost, or go back
to their places at the head of the queue, from where they do not abandon. At 01:30 agents are back at once, or each at a
time drawn from the next half-hour. Where agents are called in, at most two come at once, one for each call that joins
a queue of four or more, and stay.
"""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

from tests.theory.agreement import Case, Claim
from tests.theory.chains import mean, transient

if TYPE_CHECKING:
    from collections.abc import Callable

RATE, HANDLE, PATIENCE = 0.5, 15.0, 30.0
AGENTS = 6
CALLED, WHEN_WAITING, ON_DUTY = 2, 3, 4
HALF_HOUR = 30.0
MOST = 60
STEPS = 16
"""Of the half-hour in which agents come back; the error falls with their square."""
TEXT = """
calendar: {{start: 2026-06-01, days: 1, run_on: 1 hour, timezone: UTC, interval: 30 min}}
contact_types:
  calls:
    channel: phone
    demand: {{rate: {rate:g} per min, ends: 2026-06-01T03:00}}
    handle_time: {{exponential: {handle:g} min}}
    patience: {{exponential: {patience:g} min}}
    service_level: 80% in 20 s
sites: {{hall: {{location: in-house, country: US, timezone: UTC}}}}
pools:
  team:
    site: hall
    handles: {{calls: {{}}}}
    shifts: {{all day: {{from: 00:00, to: 00:00, agents: {agents}}}}}
"""
Numbers = dict[tuple[int, int], float]
"""Probabilities of (calls that may abandon or are in hand, calls sent back)."""


def text(agents: int, more: str) -> str:
    return TEXT.format(rate=RATE, handle=HANDLE, patience=PATIENCE, agents=agents) + more


def outage(more: str) -> str:
    dark = f"outages: {{dark: {{site: hall, from: 2026-06-01T01:00, lasts: 30 min{more}}}}}\n"
    return text(AGENTS, dark)


def with_agents(agents: int) -> Callable:
    def moves(state: tuple[int, int]):
        """Calls sent back stand at the head; in hand they are like any other."""
        n, back = state
        if n < MOST:
            yield RATE, (n + 1, back)
        for_others = max(agents - back, 0)
        if n:
            yield min(n, for_others) / HANDLE + max(n - for_others, 0) / PATIENCE, (n - 1, back)
        if back:
            yield min(back, agents) / HANDLE, (n, back - 1)

    return moves


def waiting(agents: int) -> Callable[[tuple[int, int]], int]:
    """For a first answer."""
    return lambda state: max(state[0] - max(agents - state[1], 0), 0)


def through_the_outage(*, requeued: bool, one_by_one: bool = False) -> dict[Claim, float]:
    """Mean number waiting in the half-hours from 01:00 to 03:00."""
    at: Numbers = {(0, 0): 1.0}
    queues = []
    for _ in range(2):
        at, share = transient(at, with_agents(AGENTS), HALF_HOUR)
        queues.append(mean(share, waiting(AGENTS)))
    dark: Numbers = {}
    for (n, _), p in at.items():
        state = max(n - AGENTS, 0), min(n, AGENTS) if requeued else 0
        dark[state] = dark.get(state, 0.0) + p
    at, share = transient(dark, with_agents(0), HALF_HOUR)
    queues.append(mean(share, waiting(0)))
    if one_by_one:
        at, queue = while_they_come_back(at)
        queues.append(queue)
    while len(queues) < 6:
        at, share = transient(at, with_agents(AGENTS), HALF_HOUR)
        queues.append(mean(share, waiting(AGENTS)))
    return {Claim("calls", "queue_mean", interval=i): queue for i, queue in enumerate(queues) if i >= 2}


def while_they_come_back(dark: Numbers) -> tuple[Numbers, float]:
    """
    Each agent at a uniform time of the half-hour: in steps, agents coming in the middle of each (Strang 1968).

    Returned are the numbers at its end and the mean number waiting.
    """
    at: dict[int, Numbers] = {0: dark}
    half, queue = HALF_HOUR / STEPS / 2, 0.0
    for step in range(STEPS):
        at, first = half_step(at, half)
        at = some_come(at, 1 / (STEPS - step))
        at, second = half_step(at, half)
        queue += (first + second) / 2 / STEPS
    return at[AGENTS], queue


def half_step(at: dict[int, Numbers], length: float) -> tuple[dict[int, Numbers], float]:
    """By the agents who are back: what changes meanwhile, and the mean number waiting."""
    after, queue = {}, 0.0
    for agents, numbers in at.items():
        after[agents], share = transient(numbers, with_agents(agents), length)
        queue += mean(share, waiting(agents))
    return after, queue


def some_come(at: dict[int, Numbers], share: float) -> dict[int, Numbers]:
    """Each who is still away comes with this probability."""
    after: dict[int, Numbers] = {}
    for agents, numbers in at.items():
        away = AGENTS - agents
        for come in range(away + 1):
            chance = comb(away, come) * share**come * (1 - share) ** (away - come)
            for state, p in numbers.items():
                if chance * p:
                    there = after.setdefault(agents + come, {})
                    there[state] = there.get(state, 0.0) + chance * p
    return after


# Called in.

LINE = f"{{from: 00:00, to: 00:00, agents: {CALLED}, when_waiting: {WHEN_WAITING}, lead_time: 0 s, stays: 24 hours}}"
ON_CALL = f"    on_call: {{helpers: {LINE}}}\n"


def called_in(state: tuple[int, int]):
    """(calls, agents called): a call that would be one too many to wait brings an agent, who takes the first."""
    n, called = state
    agents = ON_DUTY + called
    if n < MOST:
        yield RATE, (n + 1, called + (called < CALLED and n + 1 - agents > WHEN_WAITING))
    if n:
        yield min(n, agents) / HANDLE + max(n - agents, 0) / PATIENCE, (n - 1, called)


def with_helpers() -> dict[Claim, float]:
    """Mean number waiting, and mean number of helpers there, per half-hour."""
    at: dict = {(0, 0): 1.0}
    claims = {}
    for interval in range(5):
        at, share = transient(at, called_in, HALF_HOUR)
        queue = mean(share, lambda state: max(state[0] - ON_DUTY - state[1], 0))
        there = ON_DUTY + mean(share, lambda state: state[1])
        if interval:
            claims[Claim("calls", "queue_mean", interval=interval)] = queue
        if interval in (1, 2):
            claims[Claim("team", "agents_present", scope="pool", interval=interval)] = there
    return claims


LOST = "a site goes dark, calls are lost"
REQUEUED = "a site goes dark, calls go back to their places"
ONE_BY_ONE = "a site goes dark, agents come back one by one"
BACK_OVER = ", live: requeued, back_over: 30 min"
CASES = [
    Case(LOST, outage(""), lambda: through_the_outage(requeued=False), 400, long=True),
    Case(REQUEUED, outage(", live: requeued"), lambda: through_the_outage(requeued=True), 400, long=True),
    Case(ONE_BY_ONE, outage(BACK_OVER), lambda: through_the_outage(requeued=True, one_by_one=True), 400, long=True),
    Case("two agents on call", text(ON_DUTY, ON_CALL), with_helpers, 400, long=True),
]
