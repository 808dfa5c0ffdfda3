"""
Customers who come again, are passed on, are called, and contacts allocated to several queues. Minutes throughout.

Queues with an orbit of customers who will call again are Markov chains. Networks of queues without abandonment have
product form (Jackson 1957), orbits of customers who come again after an answer included, so that each queue is as if
alone with the arrivals of the balance of flows, also in what an arrival finds (Walrand 1988, section 4.4).
"""

from __future__ import annotations

import math

from ccsim.erlang import erlang_x
from tests.theory.agreement import Case, Claim, Formula
from tests.theory.cases_shared import occupancy, phone, text
from tests.theory.cases_single import impatient_system
from tests.theory.chains import erlang_c, mean, reached_within, stationary

DAY = 1440.0
HANDLE = 3.0
WITHIN = 20 / 60
NOBODY_FIRST = "demand: none"


def also(body: str, more: str) -> str:
    """A map in one line with further keys."""
    return f"{body[:-1]}, {more}}}"


def team(handles: str, agents: int) -> str:
    return f"handles: {handles}, staffing: {agents}"


def alone(name: str, rate: float, agents: int, handle: float = HANDLE) -> dict[Claim, float]:
    """M/M/c of one contact type, over a day."""
    load = rate * handle
    waiting, spare = erlang_c(agents, load), (agents - load) / handle
    return {
        Claim(name, "offered"): DAY * rate,
        Claim(name, "service_level"): 1 - waiting * math.exp(-spare * WITHIN),
        Claim(name, "wait_mean_s"): 60 * waiting / spare,
    }


# Retrials.

AGAIN, DELAY, PATIENCE = 0.6, 5.0, 1.0
MOST = 50
"""Customers who will call again, in the chain: more have no probability to speak of."""


def retrial_text(delay: float, agents: int) -> str:
    again = f"retrial: {{abandoned: {{probability: {AGAIN:g}, delay: {{exponential: {delay:g} min}}}}}}"
    calls = also(phone(1.0, patience=PATIENCE), again)
    return text({"calls": calls}, {"team": team("{calls: {}}", agents)}) + "customers: {at_most: 20}\n"


def with_orbit(delay: float, agents: int, again: float = AGAIN) -> dict[Claim, float]:
    """
    M/M/c+M in which those who abandon come again with a probability after an exponential delay.

    A state is (calls, customers who will call again); what an arrival finds is weighted with the rate of all arrivals.
    """

    def moves(state: tuple[int, int]):
        calls, orbit = state
        if calls < agents + 20:
            yield 1.0, (calls + 1, orbit)
            if orbit:
                yield orbit / delay, (calls + 1, orbit - 1)
        if calls:
            yield min(calls, agents) / HANDLE, (calls - 1, orbit)
        if calls > agents:
            leave = (calls - agents) / PATIENCE
            yield leave * again, (calls - 1, min(orbit + 1, MOST))
            yield leave * (1 - again), (calls - 1, orbit)

    def tagged(ahead: int | str):
        if isinstance(ahead, int):
            yield agents / HANDLE + ahead / PATIENCE, ahead - 1 if ahead else "answered"
            yield 1 / PATIENCE, "lost"

    at = stationary((0, 0), moves)
    rate = 1.0 + mean(at, lambda s: s[1]) / delay
    found: dict[int, float] = {}
    for (calls, orbit), p in at.items():
        if calls >= agents:
            found[calls - agents] = found.get(calls - agents, 0.0) + p * (1.0 + orbit / delay) / rate
    queue = mean(at, lambda s: max(s[0] - agents, 0))
    first = sum(p * (1 - answer_probability(calls - agents, agents)) for (calls, _), p in at.items() if calls >= agents)
    answered = 1 - sum(found.values()) + reached_within(found, tagged, WITHIN, lambda s: s == "answered")
    return {
        Claim("calls", "offered"): DAY * rate,
        Claim("calls", "service_level"): answered,
        Claim("calls", "abandonment_rate"): queue / PATIENCE / rate,
        Claim("calls", "wait_mean_s"): 60 * queue / rate,
        Claim("calls", "first_attempt_success"): 1 - first,
        occupancy("team"): mean(at, lambda s: min(s[0], agents) / agents),
    }


def answer_probability(ahead: int, agents: int) -> float:
    """Of a customer behind so many who wait: each of them is taken or gives up before the customer does."""
    spare = [agents / HANDLE + n / PATIENCE for n in range(ahead + 1)]
    return math.prod(rate / (rate + 1 / PATIENCE) for rate in spare)


def customers(calls: dict[Claim, float]) -> dict[Claim, float]:
    """Of customers, one a minute, whose further calls are all over within the run-on."""
    visits = calls[Claim("calls", "offered")] / DAY
    served = visits * (1 - calls[Claim("calls", "abandonment_rate")])
    return {**calls, Claim("calls", "visits_per_customer"): visits, Claim("calls", "eventual_success"): served}


def said_by_erlang_x(agents: int) -> dict[Claim, float]:
    calls = erlang_x(1 / 60, 60 * HANDLE, 60 * PATIENCE, agents, again=AGAIN)
    return {
        Claim("calls", "offered"): 60 * DAY * float(calls.arrival_rate),
        Claim("calls", "service_level"): float(calls.service_level(60 * WITHIN)),
        Claim("calls", "abandonment_rate"): float(calls.queue.abandonment_probability),
        Claim("calls", "wait_mean_s"): float(calls.queue.mean_wait),
        occupancy("team"): float(calls.queue.occupancy),
    }


def blocked_text() -> str:
    again = "retrial: {blocked: {probability: [80%, 50%], delay: {exponential: 4 min}}}"
    calls = also(phone(1.0), again)
    lines = "lines: {trunk: {types: [calls], limit: 3}}\ncustomers: {at_most: 2}\n"
    return text({"calls": calls}, {"team": team("{calls: {}}", 3)}) + lines


def blocked_at_most_twice(*chances: float) -> dict[Claim, float]:
    """
    M/M/c/c; who is blocked comes again with a probability, once more with another, and then no more.

    A state is (calls, customers before their second visit, customers before their third).
    """
    agents, delay, most = 3, 4.0, 22

    def moves(state: tuple[int, int, int]):
        calls, second, third = state
        if calls < agents:
            yield 1.0, (calls + 1, second, third)
            if second:
                yield second / delay, (calls + 1, second - 1, third)
            if third:
                yield third / delay, (calls + 1, second, third - 1)
        else:
            yield chances[0], (calls, min(second + 1, most), third)
            if second:
                yield second / delay * chances[1], (calls, second - 1, min(third + 1, most))
                yield second / delay * (1 - chances[1]), (calls, second - 1, third)
            if third:
                yield third / delay, (calls, second, third - 1)
        if calls:
            yield calls / HANDLE, (calls - 1, second, third)

    at = stationary((0, 0, 0), moves)
    rate = 1.0 + mean(at, lambda s: (s[1] + s[2]) / delay)
    blocked = mean(at, lambda s: (s[0] == agents) * (1.0 + (s[1] + s[2]) / delay))
    return {
        Claim("calls", "arrived"): DAY * rate,
        Claim("calls", "blocked", over="arrived"): blocked / rate,
        occupancy("team"): mean(at, lambda s: s[0] / agents),
    }


def writing_text() -> str:
    calls = also(
        phone(1.0, patience=PATIENCE),
        "retrial: {abandoned: {probability: 50%, delay: {deterministic: 10 min}, to: mails}}",
    )
    mails = f"{{channel: email, {NOBODY_FIRST}, handle_time: {{exponential: 4 min}}}}"
    pools = {"team": team("{calls: {}}", 4), "desk": team("{mails: {}}", 2)}
    return text({"calls": calls, "mails": mails}, pools)


def writing_instead() -> dict[Claim, float]:
    """Erlang A; half of those who abandon write, which takes 4 min of two others."""
    known = impatient_system(1.0, 4, PATIENCE)
    lost = known[Claim("calls", "abandonment_rate")]
    return {
        Claim("calls", "abandonment_rate"): lost,
        Claim("mails", "offered"): DAY * 0.5 * lost,
        occupancy("desk"): 0.5 * lost * 4.0 / 2,
    }


# Recontacts.


def recontact_text() -> str:
    calls = also(phone(0.7), "recontact: {delay: {exponential: 30 min}}")
    pools = {"team": team("{calls: {resolves: 70%}}", 4)}
    return text({"calls": calls}, pools) + "customers: {at_most: 20}\n"


def geometric_recontacts() -> dict[Claim, float]:
    """1 / 0.7 contacts per resolution, in all as many as M/M/c with 1 a minute."""
    return {
        **alone("calls", 0.7 / 0.7, 4),
        Claim("calls", "contacts_per_resolution"): 1 / 0.7,
        Claim("calls", "visits_per_customer"): 1 / 0.7,
        Claim("calls", "first_contact_resolution"): 0.7,
        occupancy("team"): 3.0 / 4,
    }


def two_resolutions_text() -> str:
    """A cheaper pool that resolves less, at half of the contacts; each contact is allocated anew."""
    calls = also(phone(0.75), "recontact: {delay: {exponential: 20 min}}")
    pools = {"north": team("{calls: {resolves: 90%}}", 2), "south": team("{calls: {resolves: 60%}}", 3)}
    lanes = "routing: {calls: {lanes: {a: {share: 50%, ranks: [north]}, b: {share: 50%, ranks: [south]}}}}\n"
    return text({"calls": calls}, pools, lanes) + "customers: {at_most: 20}\n"


def two_resolutions() -> dict[Claim, float]:
    """75 % on average: 1 a minute in all, half of them in M/M/2 and half in M/M/3."""
    return two_queues({"north": (0.5, 2), "south": (0.5, 3)})


def language_text() -> str:
    """Talks of 3 instead of 2.5 min, 60 instead of 80 % resolved, 30 instead of 20 % passed on."""
    calls = also(phone(0.72, handle=2.5), "language: German, recontact: {delay: {exponential: 20 min}}")
    experts = also(phone(0.0, handle=4.0), NOBODY_FIRST).replace("demand: {rate: 0 per min}, ", "")
    spoken = "proficiency: {German: {handle_time: x1.2, resolves: x0.75, transfers: x1.5}}"
    pools = {
        "front": f"{team('{calls: {resolves: 80%, transfer: {to: expert, probability: 20%}}}', 4)}, {spoken}",
        "back": team("{expert: {}}", 2),
    }
    return text({"calls": calls, "expert": experts}, pools) + "customers: {at_most: 20}\n"


def language() -> dict[Claim, float]:
    """Of the calls 70 % are not passed on, and 40 % of these come again: 0.72 / (1 - 0.28) = 1 a minute."""
    return {
        **alone("calls", 1.0, 4),
        **alone("expert", 0.3, 2, 4.0),
        Claim("calls", "resolved_share"): 0.6,
        Claim("calls", "transfer_rate"): 0.3,
        occupancy("front"): 3.0 / 4,
        occupancy("back"): 0.3 * 4.0 / 2,
    }


# Self-service.


def self_service_text() -> str:
    calls = also(phone(1.25, handle=2.4), "self_service: {share: 20%, remaining_handle_time: x1.25}")
    return text({"calls": calls}, {"team": team("{calls: {}}", 4)})


def self_service() -> dict[Claim, float]:
    """Of 1.25 a minute that would take 2.4 min each, 1 is left, of 3 min."""
    return {**alone("calls", 1.0, 4), occupancy("team"): 3.0 / 4}


# Lanes.


def lanes_text() -> str:
    pools = {"north": team("{calls: {}}", 3), "south": team("{calls: {}}", 2)}
    lanes = "routing: {calls: {lanes: {a: {share: 60%, ranks: [north]}, b: {share: 40%, ranks: [south]}}}}\n"
    return text({"calls": phone(1.0)}, pools, lanes)


def two_queues(parts: dict[str, tuple[float, int]]) -> dict[Claim, float]:
    """One type in several M/M/c, each with its own pool, rate and agents; the type's numbers are weighted means."""
    queues = {pool: alone("calls", rate, agents) for pool, (rate, agents) in parts.items()}
    total = sum(rate for rate, _ in parts.values())

    def weighted(measure: str) -> float:
        return sum(rate * queues[pool][Claim("calls", measure)] for pool, (rate, _) in parts.items()) / total

    return {
        Claim("calls", "offered"): DAY * total,
        **{Claim("calls", measure): weighted(measure) for measure in ("service_level", "wait_mean_s")},
        **{Claim(pool, "answered", scope="pool"): DAY * rate for pool, (rate, _) in parts.items()},
        **{occupancy(pool): rate * HANDLE / agents for pool, (rate, agents) in parts.items()},
    }


def shortest_wait_text() -> str:
    pools = {"north": team("{calls: {}}", 2), "south": team("{calls: {}}", 1)}
    lanes = "routing: {calls: {allocate: shortest wait, lanes: {a: [north], b: [south]}}}\n"
    return text({"calls": phone(0.8)}, pools, lanes)


def shortest_wait() -> dict[Claim, float]:
    """
    Two queues, of two agents and of one: each call joins the one with the shorter expected wait, the first if both are
    alike, and stays there. A state is the calls in each; expected waits are compared in handle times.
    """
    rate, most = 0.8, 90

    def wait(calls: int, agents: int) -> float:
        return 0.0 if calls < agents else (calls - agents + 1) / agents

    def moves(state: tuple[int, int]):
        north, south = state
        joins_north = wait(north, 2) <= wait(south, 1)
        if max(state) < most:
            yield rate, (north + joins_north, south + (not joins_north))
        if north:
            yield min(north, 2) / HANDLE, (north - 1, south)
        if south:
            yield 1 / HANDLE, (north, south - 1)

    at = stationary((0, 0), moves)
    return {
        Claim("calls", "wait_mean_s"): 60 * mean(at, lambda s: max(s[0] - 2, 0) + max(s[1] - 1, 0)) / rate,
        occupancy("north"): mean(at, lambda s: min(s[0], 2) / 2),
        occupancy("south"): mean(at, lambda s: min(s[1], 1)),
    }


# Transfers.


def network_text() -> str:
    """Calls are passed to experts, some experts pass them back: cold."""
    experts = also(phone(0.0, handle=4.0), NOBODY_FIRST).replace("demand: {rate: 0 per min}, ", "")
    pools = {
        "front": team("{calls: {transfer: {to: expert, probability: 40%}}}", 5),
        "back": team("{expert: {transfer: {to: calls, probability: 20%}}}", 3),
    }
    return text({"calls": phone(1.0), "expert": experts}, pools) + "customers: {at_most: 20}\n"


def network() -> dict[Claim, float]:
    """Balance of flows: calls = 1 + 0.2 experts, experts = 0.4 calls."""
    calls = 1 / (1 - 0.2 * 0.4)
    experts = 0.4 * calls
    return {
        **alone("calls", calls, 5),
        **alone("expert", experts, 3, 4.0),
        occupancy("front"): calls * HANDLE / 5,
        occupancy("back"): experts * 4.0 / 3,
    }


def warm_text() -> str:
    experts = also(phone(0.0, handle=4.0), NOBODY_FIRST).replace("demand: {rate: 0 per min}, ", "")
    handles = "{calls: {transfer: {to: expert, probability: 40%, warm: true, hold_limit: 24 hours}}}"
    pools = {"front": team(handles, 4), "back": team("{expert: {}}", 3)}
    return text({"calls": phone(0.8), "expert": experts}, pools)


def warm(front: int) -> dict[Claim, float]:
    """
    Each contact that waits for an expert has an agent who holds.

    A state is (calls waiting or talked to, agents who hold, busy experts).
    """
    rate, back, handle = 0.8, 3, 4.0

    def talking(state: tuple[int, int, int]) -> int:
        return min(state[0], front - state[1])

    def moves(state: tuple[int, int, int]):
        calls, holding, experts = state
        if calls < 120:
            yield rate, (calls + 1, holding, experts)
        if busy := talking(state):
            yield busy / HANDLE * 0.6, (calls - 1, holding, experts)
            passed = (calls - 1, holding, experts + 1) if experts < back else (calls - 1, holding + 1, experts)
            yield busy / HANDLE * 0.4, passed
        if experts:
            yield experts / handle, (calls, holding - 1, experts) if holding else (calls, 0, experts - 1)

    at = stationary((0, 0, 0), moves)
    return {
        Claim("calls", "wait_mean_s"): 60 * mean(at, lambda s: s[0] - talking(s)) / rate,
        Claim("expert", "wait_mean_s"): 60 * mean(at, lambda s: s[1]) / (0.4 * rate),
        occupancy("front"): mean(at, lambda s: (talking(s) + s[1]) / front),
        occupancy("back"): mean(at, lambda s: s[2] / back),
    }


# Calls to customers.


def campaign_text() -> str:
    campaign = "{preview_time: {deterministic: 1 min}, right_party: 40%, attempts: 3, retry_after: 20 min}"
    sales = (
        f"{{channel: outbound, demand: {{rate: 1 per min}}, handle_time: {{exponential: {HANDLE:g} min}}, "
        f"campaign: {campaign}}}"
    )
    return text({"sales": sales}, {"team": team("{sales: {}}", 6)})


def campaign() -> dict[Claim, float]:
    """Three attempts at 40 % each: who is reached is talked to, and every attempt takes a minute."""
    reached = 1 - 0.6**3
    attempts = reached / 0.4
    return {
        Claim("sales", "offered"): DAY,
        Claim("sales", "reached_share"): reached,
        Claim("sales", "unreached"): DAY * 0.6**3,
        occupancy("team"): (attempts * 1.0 + reached * HANDLE) / 6,
    }


def callback_text() -> str:
    callback = "{when_over: 0 s, accepted: 70%, dial_time: {exponential: 1 min}, reached: 60%, attempts: 1}"
    return text({"calls": also(phone(1.0), f"callback: {callback}")}, {"team": team("{calls: {}}", 4)})


def callbacks() -> dict[Claim, float]:
    """
    Of those who would wait 70 % are called instead, in their turn: a minute of dialing, and 60 % answer.

    A state is (talking, dialing, waiting).
    """
    agents, accepts, reached, dial = 4, 0.7, 0.6, 1.0

    def next_one(talking: int, dialing: int, waiting: int, rate: float):
        if waiting:
            yield rate * accepts, (talking, dialing + 1, waiting - 1)
            yield rate * (1 - accepts), (talking + 1, dialing, waiting - 1)
        else:
            yield rate, (talking, dialing, 0)

    def moves(state: tuple[int, int, int]):
        talking, dialing, waiting = state
        if talking + dialing < agents:
            yield 1.0, (talking + 1, dialing, 0)
        elif waiting < 200:
            yield 1.0, (talking, dialing, waiting + 1)
        if talking:
            yield from next_one(talking - 1, dialing, waiting, talking / HANDLE)
        if dialing:
            yield dialing / dial * reached, (talking + 1, dialing - 1, waiting)
            yield from next_one(talking, dialing - 1, waiting, dialing / dial * (1 - reached))

    at = stationary((0, 0, 0), moves)
    waits = mean(at, lambda s: s[0] + s[1] == agents)
    return {
        Claim("calls", "callbacks_accepted", over="offered"): accepts * waits,
        Claim("calls", "unreached", over="offered"): accepts * waits * (1 - reached),
        Claim("calls", "callback_answered_share"): reached,
        Claim("calls", "callback_wait_mean_s"): 60 * mean(at, lambda s: s[2]) / waits,
        occupancy("team"): mean(at, lambda s: (s[0] + s[1]) / agents),
    }


CASES = [
    Case(
        "those who give up call again in 5 min", retrial_text(DELAY, 3), lambda: customers(with_orbit(DELAY, 3)), 60,
        approximations=(Formula("erlang_x", lambda: said_by_erlang_x(3)),),
    ),
    Case(
        "those who give up call again in 2 hours", retrial_text(120.0, 4), lambda: with_orbit(120.0, 4), 60,
        approximations=(Formula("erlang_x", lambda: said_by_erlang_x(4)),), long=True,
    ),
    Case("those who are blocked call again, at most twice", blocked_text(), lambda: blocked_at_most_twice(0.8, 0.5)),
    Case("half of those who give up write instead", writing_text(), writing_instead),
    Case("unresolved matters come again", recontact_text(), geometric_recontacts, 60),
    Case("two pools that resolve 90 and 60 %", two_resolutions_text(), two_resolutions, 60, long=True),
    Case("two lanes of fixed shares", lanes_text(), lambda: two_queues({"north": (0.6, 3), "south": (0.4, 2)}), 60),
    Case("a language spoken less well", language_text(), language, 60, long=True),
    Case("self-service leaves harder calls", self_service_text(), self_service, 60),
    Case("each call to the shorter of two waits", shortest_wait_text(), shortest_wait, 60),
    Case("calls passed to experts and back", network_text(), network, 60),
    Case("agents hold until an expert answers", warm_text(), lambda: warm(4), 100, long=True),
    Case("callbacks for those who would wait", callback_text(), callbacks, 60),
    Case("three attempts to reach a customer", campaign_text(), campaign),
]  # fmt: skip
