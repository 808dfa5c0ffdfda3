"""Chat as limited processor sharing: several agents, each with up to three chats at the speed of their number."""

from __future__ import annotations

from tests.theory.agreement import Case, Claim
from tests.theory.cases_single import delay_system
from tests.theory.chains import mean, stationary

SPEED = (1.0, 0.62, 0.46)
HANDLE = 4.0
PATIENCE = 3.0


def text(rate: float, agents: int, concurrency: int, patience: str, choose: str, handle: float = HANDLE) -> str:
    speed = ", ".join(f"{v:g}" for v in SPEED[:concurrency])
    return f"""
calendar: {{start: 2026-06-01, days: 1, warm_up: 6 hours, run_on: 4 hours, timezone: UTC}}
contact_types:
  calls:
    channel: chat
    demand: {{rate: {rate:g} per min}}
    handle_time: {{exponential: {handle:g} min}}
    patience: {patience}
    service_level: 80% in 20 s
sites: {{hall: {{location: in-house, country: US, timezone: UTC}}}}
pools:
  team:
    site: hall
    handles: {{calls: {{}}}}
    chat: {{concurrency: {concurrency}, speed: [{speed}]}}
    staffing: {agents}
routing: {{calls: {{ranks: [team], choose: {choose}}}}}
"""


def processor_sharing(rate: float, agents: int, patience: float, fullest: bool) -> dict[Claim, float]:
    """
    State: open chats per agent, sorted, and the number waiting. A freed slot is refilled at once, so chats wait only
    while every slot is taken. Limited processor sharing as in Luo and Zhang 2013, least- or most-loaded routing.
    """
    slots = len(SPEED)

    def moves(state: tuple[tuple[int, ...], int]):
        loads, waiting = state
        room = [load for load in loads if load < slots]
        if room:
            chosen = max(room) if fullest else min(room)
            yield rate, (changed(loads, chosen, +1), 0)
        elif waiting < 60:
            yield rate, (loads, waiting + 1)
        if waiting:
            yield waiting / patience, (loads, waiting - 1)
        for load in set(loads) - {0}:
            pace = loads.count(load) * load * SPEED[load - 1] / HANDLE
            yield pace, (loads, waiting - 1) if waiting else (changed(loads, load, -1), 0)

    at = stationary(((0,) * agents, 0), moves)
    queue = mean(at, lambda s: s[1])
    opened = mean(at, lambda s: sum(s[0]))
    lost = queue / patience / rate
    return {
        Claim("calls", "abandonment_rate"): lost,
        Claim("calls", "queue_mean"): queue,
        Claim("calls", "handle_time_mean_s"): 60 * opened / (rate * (1 - lost)),
        Claim("team", "occupancy", scope="pool"): mean(at, lambda s: sum(load > 0 for load in s[0]) / agents),
    }


def changed(loads: tuple[int, ...], load: int, by: int) -> tuple[int, ...]:
    rest = list(loads)
    rest[rest.index(load)] += by
    return tuple(sorted(rest))


CASES = [
    Case(
        "chat one at a time is M/M/4",
        text(1.0, 4, 1, "endless", "least loaded", handle=3.0),
        lambda: delay_system(1.0, 4),
    ),
    Case(
        "chat to the least loaded",
        text(1.0, 3, 3, f"{{exponential: {PATIENCE:g} min}}", "least loaded"),
        lambda: processor_sharing(1.0, 3, PATIENCE, fullest=False),
    ),
    Case(
        "chat to the most loaded",
        text(1.0, 3, 3, f"{{exponential: {PATIENCE:g} min}}", "most loaded"),
        lambda: processor_sharing(1.0, 3, PATIENCE, fullest=True),
    ),
]
