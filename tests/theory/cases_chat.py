"""Chat as limited processor sharing: several agents, each with up to three chats at the speed of their number."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ccsim.erlang import chat, multiplied_agents
from tests.theory.agreement import Case, Claim, Formula
from tests.theory.cases_single import WITHIN, delay_system
from tests.theory.chains import mean, reached_within, stationary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ccsim.erlang import Chat

SPEED = (1.0, 0.62, 0.46)
HANDLE = 4.0
PATIENCE = 3.0


def text(rate: float, agents: int, speeds: Sequence[float], patience: str, choose: str, handle: float = HANDLE) -> str:
    concurrency, speed = len(speeds), ", ".join(f"{v:g}" for v in speeds)
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
    ends = agents * slots * SPEED[-1] / HANDLE

    def moves(state: tuple[tuple[int, ...], int]):
        loads, waiting = state
        room = [load for load in loads if load < slots]
        if room:
            chosen = max(room) if fullest else min(room)
            yield rate, (changed(loads, chosen, +1), 0)
        elif waiting < 120:
            yield rate, (loads, waiting + 1)
        if waiting:
            yield waiting / patience, (loads, waiting - 1)
        for load in set(loads) - {0}:
            pace = loads.count(load) * load * SPEED[load - 1] / HANDLE
            yield pace, (loads, waiting - 1) if waiting else (changed(loads, load, -1), 0)

    def tagged(ahead: int | str):
        """While it waits every slot is taken."""
        if isinstance(ahead, int):
            yield ends + ahead / patience, ahead - 1 if ahead else "answered"
            yield 1 / patience, "lost"

    at = stationary(((0,) * agents, 0), moves)
    waits = {waiting: p for (loads, waiting), p in at.items() if min(loads) == slots}
    in_time = 1 - sum(waits.values()) + reached_within(waits, tagged, WITHIN, lambda s: s == "answered")
    queue = mean(at, lambda s: s[1])
    opened = mean(at, lambda s: sum(s[0]))
    lost = queue / patience / rate
    given_up = {Claim("calls", "abandonment_rate"): lost} if patience < math.inf else {}
    return given_up | {
        Claim("calls", "service_level"): in_time,
        Claim("calls", "queue_mean"): queue,
        Claim("calls", "handle_time_mean_s"): 60 * opened / (rate * (1 - lost)),
        Claim("team", "occupancy", scope="pool"): mean(at, lambda s: sum(load > 0 for load in s[0]) / agents),
    }


def changed(loads: tuple[int, ...], load: int, by: int) -> tuple[int, ...]:
    rest = list(loads)
    rest[rest.index(load)] += by
    return tuple(sorted(rest))


def said(model: Callable[..., Chat], rate: float, agents: int, speeds: Sequence[float], patience: float, handle: float):
    return Formula(
        model.__name__, lambda: said_of(model(rate / 60, 60 * handle, agents, speeds, 60 * patience), patience)
    )


def said_of(floor: Chat, patience: float) -> dict[Claim, float]:
    given_up = {Claim("calls", "abandonment_rate"): floor.abandonment} if patience < math.inf else {}
    return given_up | {
        Claim("calls", "service_level"): floor.service_level(60 * WITHIN),
        Claim("calls", "queue_mean"): floor.queue_mean,
        Claim("calls", "handle_time_mean_s"): floor.chat_time,
        Claim("calls", "wait_mean_s"): floor.mean_wait,
        Claim("team", "occupancy", scope="pool"): floor.occupancy,
    }


def usual(rate: float, patience: float) -> Formula:
    """What planners usually do; its occupancy is that of a slot, not of an agent."""
    model = said(multiplied_agents, rate, 3, SPEED, patience, HANDLE)
    return model._replace(says=lambda: {claim: x for claim, x in model.says().items() if claim.scope != "pool"})


CASES = [
    Case(
        "chat one at a time is M/M/4",
        text(1.0, 4, SPEED[:1], "endless", "least loaded", handle=3.0),
        lambda: delay_system(1.0, 4),
        formula=said(chat, 1.0, 4, SPEED[:1], math.inf, 3.0),
        long=True,
    ),
    Case(
        "chat to the least loaded",
        text(1.0, 3, SPEED, f"{{exponential: {PATIENCE:g} min}}", "least loaded"),
        lambda: processor_sharing(1.0, 3, PATIENCE, fullest=False),
        formula=said(chat, 1.0, 3, SPEED, PATIENCE, HANDLE),
        approximations=(usual(1.0, PATIENCE),),
    ),
    Case(
        "chat to the least loaded, endless patience",
        text(0.8, 3, SPEED, "endless", "least loaded"),
        lambda: processor_sharing(0.8, 3, math.inf, fullest=False),
        replications=120,
        formula=said(chat, 0.8, 3, SPEED, math.inf, HANDLE),
        approximations=(usual(0.8, math.inf),),
        long=True,
    ),
    Case(
        "chat to the most loaded",
        text(1.0, 3, SPEED, f"{{exponential: {PATIENCE:g} min}}", "most loaded"),
        lambda: processor_sharing(1.0, 3, PATIENCE, fullest=True),
        long=True,
    ),
]
