"""One contact type, one pool: the queues of the textbook. Minutes throughout, but for the thresholds."""

from __future__ import annotations

import math

import numpy as np
from scipy import integrate, stats

from ccsim import erlang
from tests.theory.agreement import Case, Claim, Formula
from tests.theory.chains import Moves, erlang_c, mean, reached_within, stationary

ARRIVALS = 1.0
HANDLE = 3.0
WITHIN = 20 / 60

CENTER = """
calendar: {{start: 2026-06-01, days: {days}, warm_up: 6 hours, run_on: 4 hours, timezone: UTC}}
contact_types:
  calls:
    channel: phone
    demand: {{rate: {rate:g} per min{demand}}}
    {work}
    patience: {patience}
    service_level: 80% in 20 s
    {more}
sites: {{hall: {{location: in-house, country: US, timezone: UTC}}}}
pools: {{team: {{site: hall, handles: {{calls: {{}}}}, staffing: {agents}}}}}
{also}
"""


def center(
    agents: int,
    rate: float = ARRIVALS,
    work: str = "handle_time: {exponential: 3 min}",
    patience: str = "endless",
    demand: str = "",
    more: str = "",
    also: str = "",
    days: int = 1,
) -> str:
    return CENTER.format(
        agents=agents, rate=rate, work=work, patience=patience, demand=demand, more=more, also=also, days=days
    )


def calls(measure: str, over: str | None = None) -> Claim:
    return Claim("calls", measure, over=over)


TEAM = Claim("team", "occupancy", scope="pool")


def delay_system(rate: float, agents: int, handle: float = HANDLE) -> dict[Claim, float]:
    """M/M/c: Erlang C."""
    load = rate * handle
    waiting, spare = erlang_c(agents, load), (agents - load) / handle
    return {
        calls("service_level"): 1 - waiting * math.exp(-spare * WITHIN),
        calls("wait_mean_s"): 60 * waiting / spare,
        calls("queue_mean"): rate * waiting / spare,
        TEAM: load / agents,
    }


def without_waits(claims: dict[Claim, float]) -> dict[Claim, float]:
    """Without the claims on waits, which few contacts of a large team carry."""
    return {claim: value for claim, value in claims.items() if claim.measure not in ("wait_mean_s", "queue_mean")}


def limited_system(agents: int, room: int) -> dict[Claim, float]:
    """M/M/c/K."""

    def moves(n: int):
        if n < room:
            yield ARRIVALS, n + 1
        if n:
            yield min(n, agents) / HANDLE, n - 1

    at = stationary(0, moves)
    queue = mean(at, lambda n: max(n - agents, 0))
    return {
        calls("blocked", over="arrived"): at[room],
        calls("wait_mean_s"): 60 * queue / (ARRIVALS * (1 - at[room])),
        TEAM: mean(at, lambda n: min(n, agents) / agents),
    }


def impatient_system(
    rate: float, agents: int, patience: float, balk: float = 0.0, room: int | None = None
) -> dict[Claim, float]:
    """
    M/M/c+M or M/M/c/K+M, in which a share of those who would wait balks.

    The tagged customer sees the stationary state (PASTA), if not blocked.
    """
    full = agents + (120 if room is None else room)

    def moves(n: int):
        if n < full:
            yield rate * (1 - balk if n >= agents else 1.0), n + 1
        if n:
            yield min(n, agents) / HANDLE + max(n - agents, 0) / patience, n - 1

    def tagged(ahead: int | str):
        if isinstance(ahead, int):
            yield agents / HANDLE + ahead / patience, ahead - 1 if ahead else "answered"
            yield 1 / patience, "lost"

    at = stationary(0, moves)
    blocked = at.get(full, 0.0)
    found = {n - agents: p / (1 - blocked) for n, p in at.items() if agents <= n < full}
    wait = sum(found.values())
    joins = {ahead: p * (1 - balk) for ahead, p in found.items()}
    answered_in_time = 1 - wait + reached_within(joins, tagged, WITHIN, lambda s: s == "answered")
    lost_in_time = wait * balk + reached_within(joins, tagged, WITHIN, lambda s: s == "lost")
    queue, offered = mean(at, lambda n: max(n - agents, 0)), rate * (1 - blocked)
    lost = wait * balk + queue / patience / offered
    refused = {} if room is None else {calls("blocked", over="arrived"): blocked}
    return refused | {
        calls("service_level"): answered_in_time,
        calls("service_level_answered"): answered_in_time / (1 - lost),
        calls("service_level_ignored"): answered_in_time / (1 - lost_in_time),
        calls("service_level_positive"): answered_in_time + lost_in_time,
        calls("abandonment_rate"): lost,
        calls("wait_mean_s"): 60 * queue / offered,
        TEAM: mean(at, lambda n: min(n, agents) / agents),
    }


def said_of(queue: erlang.QueueWithPatience) -> dict[Claim, float]:
    """The claims above, as a queue of ``ccsim.erlang`` has them; nobody is blocked in it unless its room is limited."""
    levels = {formula: queue.service_level(60 * WITHIN, formula) for formula in ("offered", *NAMED_LEVELS)}
    claims = {
        calls("service_level"): levels["offered"],
        **{calls(f"service_level_{formula}"): levels[formula] for formula in NAMED_LEVELS},
        calls("abandonment_rate"): queue.abandonment_probability + queue.balking_probability,
        calls("wait_mean_s"): queue.mean_wait,
        calls("speed_of_answer_s"): queue.mean_wait_answered,
        calls("queue_mean"): queue.mean_queue,
        calls("blocked", over="arrived"): queue.blocking_probability,
        TEAM: queue.occupancy,
    }
    return {claim: float(value) for claim, value in claims.items()}


NAMED_LEVELS = ("answered", "ignored", "positive")


def erlang_a(rate: float, agents: int, patience: float = math.inf, balk: float = 0.0, room: float = math.inf):
    """Rate and patience in minutes."""
    return Formula(
        "erlang_a",
        lambda: said_of(erlang.erlang_a(rate / 60, 60 * HANDLE, 60 * patience, agents, room=room, balk=balk)),
    )


def said_by_erlang_c(rate: float, agents: int) -> dict[Claim, float]:
    queue = erlang.erlang_c(rate * HANDLE, agents, 60 * HANDLE)
    return {
        calls("service_level"): float(queue.service_level(60 * WITHIN)),
        calls("wait_mean_s"): float(queue.mean_wait),
        calls("queue_mean"): float(queue.mean_queue),
        TEAM: float(queue.occupancy),
    }


def said_of_gamma_days(agents: int, patience: float, cv: float) -> dict[Claim, float]:
    mixture = erlang.erlang_a_uncertain(ARRIVALS / 60, cv, 60 * HANDLE, 60 * patience, agents)
    return {
        calls("service_level"): float(mixture.service_level(60 * WITHIN)),
        calls("abandonment_rate"): float(mixture.abandonment_probability),
    }


def mean_wait(queue: erlang.MeanWait) -> dict[Claim, float]:
    return {calls("wait_mean_s"): float(queue.mean_wait), TEAM: float(queue.occupancy)}


def any_law(rate: float, agents: int, cv: float) -> tuple[Formula, ...]:
    """Both approximations of M/G/c."""
    return tuple(
        Formula(f"m_g_c, {name}", lambda name=name: only_wait(rate, agents, cv, name))
        for name in ("kimura", "allen-cunneen")
    )


def only_wait(rate: float, agents: int, cv: float, formula: str) -> dict[Claim, float]:
    queue = erlang.m_g_c(rate * HANDLE, agents, 60 * HANDLE, cv, formula=formula)
    return {calls("wait_mean_s"): float(queue.mean_wait)}


def deterministic_system(rate: float, agents: int) -> dict[Claim, float]:
    """
    M/D/c: number in system one handle time apart (Crommelin 1932), wait by Franx (2001), first branch (threshold <
    handle time).
    """
    load, size = rate * HANDLE, 400
    arrivals = stats.poisson.pmf(np.arange(size), load)
    step = np.zeros((size, size))
    for n in range(size):
        left = max(n - agents, 0)
        step[n, left:] = arrivals[: size - left]
        step[n, -1] += 1 - step[n].sum()
    balance = step.T - np.eye(size)
    balance[0] = 1.0
    number = np.linalg.solve(balance, np.eye(size)[0])
    waiting_at_most = np.cumsum(number)[agents:]
    ahead = load - rate * WITHIN
    within = math.exp(-ahead) * sum(
        waiting_at_most[agents - 1 - j] * ahead**j / math.factorial(j) for j in range(agents)
    )
    queue = float(np.sum(np.maximum(np.arange(size) - agents, 0) * number))
    return {calls("service_level"): float(within), calls("wait_mean_s"): 60 * queue / rate, TEAM: load / agents}


def phase_system(rate: float, agents: int, moves_of_busy: Moves, begin: list[tuple[float, tuple[int, int]]]):
    """
    M/PH/c with two phases. A state is (in phase one, in phase two, waiting); ``moves_of_busy`` yields what work does to
    the busy agents, with None where a contact ends; ``begin`` is the law of the first phase.
    """

    def with_next(one: int, two: int, waiting: int, rate_of_end: float):
        if not waiting:
            yield rate_of_end, (one, two, 0)
        else:
            for share, (more_one, more_two) in begin:
                yield rate_of_end * share, (one + more_one, two + more_two, waiting - 1)

    def work(one: int, two: int, waiting: int):
        for r, (next_one, next_two), ends in moves_of_busy((one, two)):
            if ends:
                yield from with_next(next_one, next_two, waiting, r)
            else:
                yield r, (next_one, next_two, waiting)

    def moves(state: tuple[int, int, int]):
        one, two, waiting = state
        if one + two < agents:
            for share, (more_one, more_two) in begin:
                yield rate * share, (one + more_one, two + more_two, 0)
        elif waiting < 150:
            yield rate, (one, two, waiting + 1)
        yield from work(one, two, waiting)

    def tagged(state):
        """The tagged customer is the last of those waiting; it is answered when the number waiting falls to 0."""
        if state != "answered" and state[2]:
            for r, following in work(*state):
                yield r, following if following[2] else "answered"

    at = stationary((0, 0, 0), moves)
    waits = {(one, two, waiting + 1): p for (one, two, waiting), p in at.items() if one + two == agents}
    within = 1 - sum(waits.values()) + reached_within(waits, tagged, WITHIN, lambda s: s == "answered")
    queue = mean(at, lambda s: s[2])
    return {
        calls("service_level"): within,
        calls("wait_mean_s"): 60 * queue / rate,
        TEAM: mean(at, lambda s: (s[0] + s[1]) / agents),
    }


def erlang_two_work(busy: tuple[int, int]):
    one, two = busy
    pace = 2 / HANDLE
    if one:
        yield one * pace, (one - 1, two + 1), False
    if two:
        yield two * pace, (one, two - 1), True


SHORT, LONG, SHARE_SHORT = 1.0, 8.0, 5 / 7


def hyperexponential_work(busy: tuple[int, int]):
    one, two = busy
    if one:
        yield one / SHORT, (one - 1, two), True
    if two:
        yield two / LONG, (one, two - 1), True


def mixed_over_days(agents: int, patience: float, cv: float) -> dict[Claim, float]:
    """
    M/M/c+M whose rate is constant through a day and gamma from day to day: ratios of expectations over the factor.

    Days follow one another, so a few minutes after midnight belong to the day before; relaxation takes about 3
    minutes of 1,440.
    """
    factor = stats.gamma(1 / cv**2, scale=cv**2)
    names = [calls("service_level"), calls("abandonment_rate")]

    def weighted(x: float) -> np.ndarray:
        of_day = impatient_system(ARRIVALS * x, agents, patience)
        return np.array([of_day[name] for name in names]) * x * factor.pdf(x)

    total, _ = integrate.quad_vec(weighted, factor.ppf(1e-7), factor.ppf(1 - 1e-7), epsrel=1e-6)
    return dict(zip(names, total.tolist(), strict=True))


def talk_and_wrap_up(rate: float, agents: int, lines: int | None) -> dict[Claim, float]:
    """Talk 2 min, wrap-up 1 min, both exponential. Lines are held while waiting and talking, not in wrap-up."""
    talk, wrap = 2.0, 1.0

    def moves(state: tuple[int, int, int]):
        talking, wrapping, waiting = state
        if lines is None or talking + waiting < lines:
            if talking + wrapping < agents:
                yield rate, (talking + 1, wrapping, 0)
            elif waiting < 200:
                yield rate, (talking, wrapping, waiting + 1)
        if talking:
            yield talking / talk, (talking - 1, wrapping + 1, waiting)
        if wrapping and waiting:
            yield wrapping / wrap, (talking + 1, wrapping - 1, waiting - 1)
        elif wrapping:
            yield wrapping / wrap, (talking, wrapping - 1, 0)

    at = stationary((0, 0, 0), moves)
    blocked = mean(at, lambda s: lines is not None and s[0] + s[2] == lines)
    queue = mean(at, lambda s: s[2])
    claims = {
        calls("wait_mean_s"): 60 * queue / (rate * (1 - blocked)),
        TEAM: mean(at, lambda s: (s[0] + s[1]) / agents),
    }
    return claims if lines is None else claims | {calls("blocked", over="arrived"): blocked}


CASES = [
    Case(
        "M/M/4",
        center(4),
        lambda: delay_system(ARRIVALS, 4),
        replications=80,
        formula=Formula("erlang_c", lambda: said_by_erlang_c(ARRIVALS, 4)),
    ),
    Case(
        "M/M/40",
        center(40, rate=10),
        lambda: without_waits(delay_system(10.0, 40)),
        replications=100,
        formula=Formula("erlang_c", lambda: said_by_erlang_c(10.0, 40)),
        long=True,
    ),
    Case(
        "M/M/4/6 by lines",
        center(4, also="lines: {trunk: {types: [calls], limit: 6}}"),
        lambda: limited_system(4, 6),
        formula=erlang_a(ARRIVALS, 4, room=2),
    ),
    Case(
        "M/M/4/6 by waiting places",
        center(4, more="max_waiting: 2"),
        lambda: limited_system(4, 6),
        formula=erlang_a(ARRIVALS, 4, room=2),
        long=True,
    ),
    Case(
        "M/M/3/3",
        center(3, more="max_waiting: 0"),
        lambda: without_waits(limited_system(3, 3)),
        formula=Formula(
            "erlang_b", lambda: {calls("blocked", over="arrived"): float(erlang.erlang_b(ARRIVALS * HANDLE, 3))}
        ),
        long=True,
    ),
    Case(
        "M/M/3+M",
        center(3, patience="{exponential: 2 min}"),
        lambda: impatient_system(ARRIVALS, 3, 2.0),
        formula=erlang_a(ARRIVALS, 3, 2.0),
    ),
    Case(
        "M/M/2+M in overload",
        center(2, patience="{exponential: 2 min}"),
        lambda: impatient_system(ARRIVALS, 2, 2.0),
        formula=erlang_a(ARRIVALS, 2, 2.0),
        long=True,
    ),
    Case(
        "balking",
        center(3, patience="{exponential: 4 min}", more="balk: 40%"),
        lambda: impatient_system(ARRIVALS, 3, 4.0, 0.4),
        formula=erlang_a(ARRIVALS, 3, 4.0, balk=0.4),
        long=True,
    ),
    Case(
        "M/M/3/6+M with balking",
        center(3, patience="{exponential: 4 min}", more="balk: 20%\n    max_waiting: 3"),
        lambda: impatient_system(ARRIVALS, 3, 4.0, 0.2, room=3),
        formula=erlang_a(ARRIVALS, 3, 4.0, balk=0.2, room=3),
    ),
    Case(
        "M/D/4",
        center(4, work="handle_time: {deterministic: 3 min}"),
        lambda: deterministic_system(ARRIVALS, 4),
        formula=Formula("m_d_c", lambda: mean_wait(erlang.m_d_c(ARRIVALS * HANDLE, 4, 60 * HANDLE))),
        long=True,
    ),
    Case(
        "M/E2/2",
        center(2, rate=0.5, work="handle_time: {erlang: {stages: 2, mean: 3 min}}"),
        lambda: phase_system(0.5, 2, erlang_two_work, [(1.0, (1, 0))]),
        replications=60,
        approximations=any_law(0.5, 2, math.sqrt(0.5)),
        long=True,
    ),
    Case(
        "M/H2/2",
        center(
            2,
            rate=0.45,
            work="handle_time: {mixture: [{share: 0.7142857142857143, law: {exponential: 1 min}}, "
            "{share: 0.2857142857142857, law: {exponential: 8 min}}]}",
        ),
        lambda: phase_system(0.45, 2, hyperexponential_work, [(SHARE_SHORT, (1, 0)), (1 - SHARE_SHORT, (0, 1))]),
        replications=80,
        approximations=any_law(0.45, 2, math.sqrt(2 * (SHARE_SHORT * SHORT**2 + (1 - SHARE_SHORT) * LONG**2) / 9 - 1)),
        long=True,
    ),
    Case(
        "M/M/4+M with gamma days",
        center(4, patience="{exponential: 2 min}", demand=", day_factor: 30%", days=14),
        lambda: mixed_over_days(4, 2.0, 0.3),
        replications=40,
        formula=Formula("erlang_a_uncertain", lambda: said_of_gamma_days(4, 2.0, 0.3)),
        long=True,
    ),
    Case(
        "talk and wrap-up",
        center(4, work="talk_time: {exponential: 2 min}\n    wrap_up: {exponential: 1 min}"),
        lambda: talk_and_wrap_up(ARRIVALS, 4, None),
        long=True,
    ),
    Case(
        "lines are free in wrap-up",
        center(
            4,
            work="talk_time: {exponential: 2 min}\n    wrap_up: {exponential: 1 min}",
            also="lines: {trunk: {types: [calls], limit: 4}}",
        ),
        lambda: talk_and_wrap_up(ARRIVALS, 4, 4),
    ),
]
