"""Several contact types or pools: priorities, shared teams, overflow. Minutes throughout."""

from __future__ import annotations

from ccsim.erlang import two_priorities
from tests.theory.agreement import Case, Claim, Formula
from tests.theory.cases_single import delay_system
from tests.theory.chains import erlang_c, mean, stationary

HEADER = "calendar: {{start: 2026-06-01, days: {days}, warm_up: 6 hours, run_on: 4 hours, timezone: UTC}}\n"
SITE = "sites: {hall: {location: in-house, country: US, timezone: UTC}}\n"


def phone(rate: float, handle: float = 3.0, patience: float | None = None) -> str:
    law = f"{{exponential: {patience:g} min}}" if patience else "endless"
    return (
        f"{{channel: phone, demand: {{rate: {rate:g} per min}}, handle_time: {{exponential: {handle:g} min}}, "
        f"patience: {law}, service_level: 80% in 20 s}}"
    )


def text(types: dict[str, str], pools: dict[str, str], routing: str = "", days: int = 1) -> str:
    lines = [
        HEADER.format(days=days),
        "contact_types:\n",
        *(f"  {name}: {body}\n" for name, body in types.items()),
        SITE,
    ]
    lines += ["pools:\n", *(f"  {name}: {{site: hall, {body}}}\n" for name, body in pools.items())]
    return "".join(lines) + routing


def occupancy(pool: str) -> Claim:
    return Claim(pool, "occupancy", scope="pool")


def cobham() -> dict[Claim, float]:
    """
    Two classes, non-preemptive priority, one handle-time law (Cobham 1954): wait of class k = W0 / ((1 - s1..k-1)(1 -
    s1..k)).
    """
    agents, handle, urgent, other = 4, 3.0, 0.5, 0.5
    base = erlang_c(agents, (urgent + other) * handle) * handle / agents
    first, both = urgent * handle / agents, (urgent + other) * handle / agents
    return {
        Claim("urgent", "wait_mean_s"): 60 * base / (1 - first),
        Claim("other", "wait_mean_s"): 60 * base / ((1 - first) * (1 - both)),
    }


def said_of_two_priorities() -> dict[Claim, float]:
    queue = two_priorities(0.5 * 3.0, 0.5 * 3.0, 4, 180.0)
    return {
        Claim("urgent", "wait_mean_s"): float(queue.first_mean_wait),
        Claim("other", "wait_mean_s"): float(queue.second_mean_wait),
    }


def two_ranks(rate: float, first: int, second: int, slower: float) -> dict[Claim, float]:
    """
    Calls go to a first pool, at once to a second and slower one when the first is full; one queue, no abandonment.
    """
    handle = 3.0

    def moves(state: tuple[int, int, int]):
        one, two, waiting = state
        if one < first:
            yield rate, (one + 1, two, 0)
        elif two < second:
            yield rate, (one, two + 1, 0)
        elif waiting < 200:
            yield rate, (one, two, waiting + 1)
        if one:
            yield one / handle, (one, two, waiting - 1) if waiting else (one - 1, two, 0)
        if two:
            yield two / handle / slower, (one, two, waiting - 1) if waiting else (one, two - 1, 0)

    at = stationary((0, 0, 0), moves)
    return {
        Claim("calls", "wait_mean_s"): 60 * mean(at, lambda s: s[2]) / rate,
        occupancy("near"): mean(at, lambda s: s[0] / first),
        occupancy("far"): mean(at, lambda s: s[1] / second),
    }


PLACES = 14
"""Waiting places kept per type; patience makes the rest unlikely (below 1e-6)."""


def n_model(rate_a: float, rate_b: float, special: int, general: int, patience: float) -> dict[Claim, float]:
    """Type a goes to a special pool, then to a general one; type b to the general one only, which prefers b."""
    handle = 3.0

    def moves(s: tuple[int, int, int, int, int]):
        a1, a2, b2, qa, qb = s
        if a1 < special:
            yield rate_a, (a1 + 1, a2, b2, qa, qb)
        elif a2 + b2 < general:
            yield rate_a, (a1, a2 + 1, b2, qa, qb)
        elif qa < PLACES:
            yield rate_a, (a1, a2, b2, qa + 1, qb)
        if a2 + b2 < general:
            yield rate_b, (a1, a2, b2 + 1, qa, qb)
        elif qb < PLACES:
            yield rate_b, (a1, a2, b2, qa, qb + 1)
        if a1:
            yield a1 / handle, (a1, a2, b2, qa - 1, qb) if qa else (a1 - 1, a2, b2, qa, qb)
        for busy, (less_a, less_b) in ((a2, (1, 0)), (b2, (0, 1))):
            left = (a1, a2 - less_a, b2 - less_b)
            if busy and qb:
                yield busy / handle, (left[0], left[1], left[2] + 1, qa, qb - 1)
            elif busy and qa:
                yield busy / handle, (left[0], left[1] + 1, left[2], qa - 1, qb)
            elif busy:
                yield busy / handle, (*left, qa, qb)
        if qa:
            yield qa / patience, (a1, a2, b2, qa - 1, qb)
        if qb:
            yield qb / patience, (a1, a2, b2, qa, qb - 1)

    at = stationary((0, 0, 0, 0, 0), moves)
    return {
        Claim("a", "abandonment_rate"): mean(at, lambda s: s[3]) / patience / rate_a,
        Claim("b", "abandonment_rate"): mean(at, lambda s: s[4]) / patience / rate_b,
        occupancy("special"): mean(at, lambda s: s[0] / special),
        occupancy("general"): mean(at, lambda s: (s[1] + s[2]) / general),
    }


def v_model(rate_a: float, rate_b: float, agents: int, handle_a: float, handle_b: float, patience: float):
    """One pool, two types of different work; a has priority; both abandon."""

    def moves(s: tuple[int, int, int, int]):
        a, b, qa, qb = s
        free = agents - a - b
        if free:
            yield rate_a, (a + 1, b, qa, qb)
            yield rate_b, (a, b + 1, qa, qb)
        else:
            if qa < PLACES:
                yield rate_a, (a, b, qa + 1, qb)
            if qb < PLACES:
                yield rate_b, (a, b, qa, qb + 1)
        for rate, rest_a, rest_b in ((a / handle_a, a - 1, b), (b / handle_b, a, b - 1)):
            if qa:
                yield rate, (rest_a + 1, rest_b, qa - 1, qb)
            elif qb:
                yield rate, (rest_a, rest_b + 1, qa, qb - 1)
            else:
                yield rate, (rest_a, rest_b, 0, 0)
        if qa:
            yield qa / patience, (a, b, qa - 1, qb)
        if qb:
            yield qb / patience, (a, b, qa, qb - 1)

    at = stationary((0, 0, 0, 0), moves)
    return {
        Claim("a", "abandonment_rate"): mean(at, lambda s: s[2]) / patience / rate_a,
        Claim("b", "abandonment_rate"): mean(at, lambda s: s[3]) / patience / rate_b,
        Claim("a", "queue_mean"): mean(at, lambda s: s[2]),
        Claim("b", "queue_mean"): mean(at, lambda s: s[3]),
        occupancy("team"): mean(at, lambda s: (s[0] + s[1]) / agents),
    }


def reserved(rate_a: float, rate_b: float, agents: int, patience: float, keep: int) -> dict[Claim, float]:
    """One pool; b, of lower priority, is started only while more than ``keep`` agents are idle."""
    handle = 3.0

    def settle(busy: int, qb: int) -> tuple[int, int]:
        return (busy + 1, qb - 1) if qb and agents - busy > keep else (busy, qb)

    def moves(s: tuple[int, int, int]):
        busy, qa, qb = s
        if busy < agents:
            yield rate_a, (busy + 1, qa, qb)
        elif qa < PLACES:
            yield rate_a, (busy, qa + 1, qb)
        if agents - busy > keep:
            yield rate_b, (busy + 1, qa, qb)
        elif qb < 3 * PLACES:
            yield rate_b, (busy, qa, qb + 1)
        if busy and qa:
            yield busy / handle, (busy, qa - 1, qb)
        elif busy:
            now_busy, now_qb = settle(busy - 1, qb)
            yield busy / handle, (now_busy, 0, now_qb)
        if qa:
            yield qa / patience, (busy, qa - 1, qb)
        if qb:
            yield qb / patience, (busy, qa, qb - 1)

    at = stationary((0, 0, 0), moves)
    return {
        Claim("a", "abandonment_rate"): mean(at, lambda s: s[1]) / patience / rate_a,
        Claim("b", "abandonment_rate"): mean(at, lambda s: s[2]) / patience / rate_b,
        occupancy("team"): mean(at, lambda s: s[0] / agents),
    }


def overflow_text(after: str) -> str:
    """
    A pool of 2 with its own calls at 0.55 a minute, and a helping pool of 2 that takes the calls ``after`` a wait.
    """
    return text(
        {"calls": phone(0.55)},
        {"near": "handles: {calls: {}}, staffing: 2", "far": "handles: {calls: {}}, staffing: 2"},
        f"routing: {{calls: [near, {{pool: far, after: {after}}}]}}\n",
    )


def only(claims: dict[Claim, float], *measures: str) -> dict[Claim, float]:
    return {claim: value for claim, value in claims.items() if claim.measure in measures}


CASES = [
    Case(
        "two priorities",
        text(
            {"urgent": phone(0.5), "other": phone(0.5)},
            {"team": "handles: {urgent: {priority: 2}, other: {priority: 1}}, staffing: 4"},
        ),
        cobham,
        formula=Formula("two_priorities", said_of_two_priorities),
    ),
    Case(
        "first come first served across types",
        text({"a": phone(0.5), "b": phone(0.5)}, {"team": "handles: {a: {}, b: {}}, staffing: 4"}),
        lambda: {
            Claim(name, claim.measure): value
            for name in "ab"
            for claim, value in only(delay_system(1.0, 4), "service_level", "wait_mean_s").items()
        },
        replications=60,
        long=True,
    ),
    Case(
        "overflow to a slower pool at once",
        text(
            {"calls": phone(0.9)},
            {
                "near": "handles: {calls: {}}, staffing: 2",
                "far": "handles: {calls: {handle_time: x1.25}}, staffing: 2",
            },
            "routing: {calls: [near, far]}\n",
        ),
        lambda: two_ranks(0.9, 2, 2, 1.25),
        replications=80,
        long=True,
    ),
    Case(
        "overflow after a negligible wait is one queue",
        overflow_text("0 s"),
        lambda: only(delay_system(0.55, 4), "wait_mean_s", "service_level"),
        replications=80,
        long=True,
    ),
    Case(
        "overflow after all patience is two centers",
        overflow_text("40 hours"),
        lambda: only(delay_system(0.55, 2), "wait_mean_s", "service_level"),
        replications=80,
        long=True,
    ),
    Case(
        "N-model",
        text(
            {"a": phone(0.8, patience=2), "b": phone(0.5, patience=2)},
            {
                "special": "handles: {a: {}}, staffing: 2",
                "general": "handles: {a: {priority: 1}, b: {priority: 2}}, staffing: 2",
            },
            "routing: {a: [special, general], b: [general]}\n",
        ),
        lambda: n_model(0.8, 0.5, 2, 2, 2.0),
    ),
    Case(
        "V-model",
        text(
            {"a": phone(0.5, handle=2, patience=2), "b": phone(0.5, handle=4, patience=2)},
            {"team": "handles: {a: {priority: 2}, b: {priority: 1}}, staffing: 3"},
        ),
        lambda: v_model(0.5, 0.5, 3, 2.0, 4.0, 2.0),
    ),
    Case(
        "agents kept free",
        text(
            {"a": phone(0.5, patience=2), "b": phone(0.5, patience=2)},
            {
                "team": "handles: {a: {priority: 2}, b: {priority: 1}}, staffing: 4, "
                "keep_free: {agents: 1, below_priority: 2}"
            },
        ),
        lambda: reserved(0.5, 0.5, 4, 2.0, 1),
    ),
]
