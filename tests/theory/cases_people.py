"""
Agents who learn, differ, stay away, leave and are cut off: mixtures of queues, renewal processes, a chain with outages.

Whole days of shifts, so that teams are in their steady state; minutes throughout, but for the dates.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from tests.theory.agreement import Case, Claim
from tests.theory.cases_shared import SITE, phone
from tests.theory.cases_single import HANDLE, TEAM, WITHIN, calls
from tests.theory.chains import erlang_c, mean, reached_within, stationary

if TYPE_CHECKING:
    from collections.abc import Callable

MONTH = 365.25 / 12
"""[days]"""
AROUND_THE_CLOCK = "from: 18:00, to: 18:00"
"""A day that holds the warm-up too, and the arrivals before its end."""


def text(agents: int, rate: float, team: str, shift: str, calendar: str, patience: float | None = None) -> str:
    """One pool of named agents. ``calls`` come until 18:00 of the last day."""
    return (
        f"calendar: {{start: 2026-06-01, timezone: UTC, {calendar}}}\n"
        f"contact_types: {{calls: {phone(rate, HANDLE, patience)}}}\n{SITE}"
        f"pools: {{team: {{site: hall, handles: {{calls: {{}}}}, "
        f"shifts: {{all: {{{shift}, agents: {agents}}}}}, {team}}}}}\n"
    )


def hours(measure: str) -> Claim:
    return Claim("team", f"{measure}_hours", scope="pool")


# Learning and spread.

ONE_DAY = "days: 1, warm_up: 6 hours, run_on: 4 hours"


def at_one_point_of_the_curve(rate: float, agents: int) -> dict[Claim, float]:
    """M/M/c after two whole weeks on the floor with a half-life of two weeks: half of x1.6 is x1.3."""
    handle = 1.3 * HANDLE
    waiting, spare = erlang_c(agents, rate * handle), (agents - rate * handle) / handle
    return {
        calls("handle_time_mean_s"): 60 * handle,
        calls("service_level"): 1 - waiting * math.exp(-spare * WITHIN),
        calls("wait_mean_s"): 60 * waiting / spare,
        TEAM: rate * handle / agents,
    }


def along_the_curve(weeks: int) -> dict[Claim, float]:
    """Contacts spread evenly: the mean of 1 + (2 - 1) x 0.5 ** w over the weeks."""
    return {calls("handle_time_mean_s"): 60 * HANDLE * (1 + (2 - 0.5 ** (weeks - 1)) / weeks)}


def impatient(rate: float, agents: int, handle: float, patience: float) -> dict[Claim, float]:
    """M/M/c+M, and the tagged customer who finds its stationary state."""
    if not agents:
        return {calls("service_level"): 0.0, calls("abandonment_rate"): 1.0, calls("wait_mean_s"): 60 * patience}

    def moves(n: int):
        if n < agents + 60:
            yield rate, n + 1
        if n:
            yield min(n, agents) / handle + max(n - agents, 0) / patience, n - 1

    def tagged(ahead: int | str):
        if isinstance(ahead, int):
            yield agents / handle + ahead / patience, ahead - 1 if ahead else "answered"
            yield 1 / patience, "lost"

    at = stationary(0, moves)
    found = {n - agents: p for n, p in at.items() if n >= agents}
    queue = mean(at, lambda n: max(n - agents, 0))
    in_time = 1 - sum(found.values()) + reached_within(found, tagged, WITHIN, lambda s: s == "answered")
    return {
        calls("service_level"): in_time,
        calls("abandonment_rate"): queue / patience / rate,
        calls("wait_mean_s"): 60 * queue / rate,
    }


def mixed(weights: list[float], queues: list[dict[Claim, float]]) -> dict[Claim, float]:
    """Of replications that each see one of these queues, at the same rate of arrivals."""
    return {
        claim: sum(weight * queue[claim] for weight, queue in zip(weights, queues, strict=True)) for claim in queues[0]
    }


def one_of_many(rate: float, patience: float, cv: float) -> dict[Claim, float]:
    """One agent whose lognormal factor is drawn for each replication: Gauss-Hermite quadrature over its logarithm."""
    sigma = math.sqrt(math.log1p(cv**2))
    points, weights = np.polynomial.hermite_e.hermegauss(15)
    queues = [impatient(rate, 1, HANDLE * math.exp(sigma * x - sigma**2 / 2), patience) for x in points.tolist()]
    return mixed((weights / weights.sum()).tolist(), queues)


# Absence.

SEATS, ABSENCE, RATE, PATIENCE = 6, 0.2, 1.3, 1.5


def absent_text(team: str) -> str:
    absence = f"shrinkage: {{absence: {ABSENCE:g}}}{team}"
    return text(SEATS, RATE, absence, AROUND_THE_CLOCK, ONE_DAY, PATIENCE).replace(
        f"rate: {RATE:g} per min", f"rate: {RATE:g} per min, ends: 2026-06-01 18:00"
    )


def with_absence(present: Callable[[int], list[float]]) -> dict[Claim, float]:
    """
    Erlang A over binomial absence: ``present(absent)`` are the probabilities of 0, 1, ... agents at work.
    """
    weights = np.zeros(SEATS + 1)
    for absent in range(SEATS + 1):
        weights += stats.binom.pmf(absent, SEATS, ABSENCE) * np.array(present(absent))
    return mixed(weights.tolist(), [impatient(RATE, agents, HANDLE, PATIENCE) for agents in range(SEATS + 1)])


def after_bench(bench: int) -> Callable[[int], list[float]]:
    def present(absent: int) -> list[float]:
        return [float(n == SEATS - max(absent - bench, 0)) for n in range(SEATS + 1)]

    return present


def after_overtime(share: float) -> Callable[[int], list[float]]:
    def present(absent: int) -> list[float]:
        return [float(stats.binom.pmf(n - (SEATS - absent), absent, share)) for n in range(SEATS + 1)]

    return present


# Hours.

WEEKS, STAFF, SHIFT_HOURS = 8, 20, 8
DAY_SHIFT = "from: 08:00, to: 16:00"
EIGHT_WEEKS = f"weeks: {WEEKS}, run_on: 0 s"


def staff_text(team: str) -> str:
    return text(STAFF, 0.02, team, DAY_SHIFT, EIGHT_WEEKS)


def planned() -> float:
    return 7 * WEEKS * STAFF * SHIFT_HOURS


def renewed(bands: list[tuple[float, float]], lead: int) -> dict[Claim, float]:
    """
    Seats whose holder stays n dates with probability exp(-integral of the rate) and is followed ``lead`` dates later:
    the dates of hiring are a renewal process in whole dates.

    ``bands``: (until [days], share that leaves a month).
    """
    edges = [0.0, *(until for until, _ in bands)]
    dates = np.arange(7 * WEEKS + 1)
    rate = np.zeros(len(dates))
    for (begins, ends), (_, monthly) in zip(pairwise(edges), bands, strict=True):
        rate -= math.log(1 - monthly) / MONTH * np.clip(dates - begins, 0, ends - begins)
    stays = np.exp(-rate)
    leaves = stays[:-1] - stays[1:]
    hired = np.zeros(7 * WEEKS)
    hired[0] = 1.0
    for date in range(1, len(hired)):
        for before in range(date - lead):
            hired[date] += hired[before] * leaves[date - lead - before - 1]
    there = np.convolve(hired, stays)[: 7 * WEEKS]
    return {hours("present"): float(there.sum()) * STAFF * SHIFT_HOURS}


def late(share: float, by: float) -> dict[Claim, float]:
    """Exponential lateness by ``by`` hours, at most the shift."""
    lost = share * by * (1 - math.exp(-SHIFT_HOURS / by))
    return {hours("present"): planned() * (1 - lost / SHIFT_HOURS)}


def training(weeks: int, nesting: int, share: float) -> dict[Claim, float]:
    """Trainees are never available; who is nesting for a share."""
    return {hours("available"): planned() * (nesting * share + WEEKS - weeks - nesting) / WEEKS}


# Early leave.

IDLE, WILLING, MINUTE = 0.5, 0.6, 1 / 60
"""Hours after which a willing agent may go, share of the willing, mean patience. [h]"""
ONE_AN_HOUR = f"""
calendar: {{start: 2026-06-01, timezone: UTC, weeks: {WEEKS}, run_on: 0 s}}
contact_types:
  calls:
    channel: phone
    demand: {{rate: 1 per hour}}
    handle_time: {{deterministic: 8 h}}
    patience: {{exponential: 1 min}}
{SITE}
pools:
  team:
    site: hall
    handles: {{calls: {{}}}}
    shifts: {{all: {{{DAY_SHIFT}, agents: 2}}}}
    early_leave: {{after_idle: 30 min, keep_idle: 0, share: {WILLING:.0%}}}
"""


def sent_home() -> dict[Claim, float]:
    """
    Whoever answers is busy for the rest of the day, and who is idle alone stays. So one of two goes after half an hour
    if nobody called in it, nobody waited as the day began (Poisson, as with endless servers), and one is willing.
    """
    nobody_called = math.exp(-(IDLE + MINUTE))
    one_is_willing = 1 - (1 - WILLING) ** 2
    return {hours("sent_home"): 7 * WEEKS * (SHIFT_HOURS - IDLE) * nobody_called * one_is_willing}


# Outages.

OUT, BACK = 1 / 40, 1 / 8
"""Rates at which the site goes dark and comes back. [1/min]"""


def outage_text(agents: int, rate: float, patience: float) -> str:
    calendar = "days: 2, warm_up: 6 hours, run_on: 4 hours"
    whole = text(agents, rate, "speed_spread: 0%", "from: 00:00, to: 00:00", calendar, patience)
    dark = f"{{site: hall, rate: {60 * OUT:g} per hour, lasts: {{exponential: {1 / BACK:g} min}}}}"
    return f"{whole}outages: {{dark: {dark}}}\n"


def with_outages(agents: int, rate: float, patience: float) -> dict[Claim, float]:
    """
    M/M/c+M whose agents are all away now and then: contacts in hand are lost, those waiting wait on.

    State (contacts, whether there is light).
    """

    def moves(state: tuple[int, bool]):
        n, light = state
        busy = min(n, agents) if light else 0
        if n < agents + 60:
            yield rate, (n + 1, light)
        if n:
            yield busy / HANDLE + (n - busy) / patience, (n - 1, light)
        yield (OUT, (n - busy, False)) if light else (BACK, (n, True))

    at = stationary((0, True), moves)
    busy = mean(at, lambda state: min(state[0], agents) if state[1] else 0)
    queue = mean(at, lambda state: state[0]) - busy
    cut = OUT * busy
    return {
        calls("abandonment_rate"): queue / patience / rate,
        calls("disconnected", over="offered"): cut / rate,
        calls("answered", over="offered"): busy / HANDLE / rate,
    }


LEARNING = "learning: {handle_time: x1.6, half_life: 2 weeks}, tenure: 15 days"
TWICE = "learning: {handle_time: x2, half_life: 1 week}, tenure: new"
SCHOOL = "learning: {handle_time: x2, half_life: 1 week, training: 2 weeks, nesting: 3 weeks, nesting_share: 60%}"
ONE_BAND = [(math.inf, 0.3)]
TWO_BANDS = [(21.0, 0.5), (math.inf, 0.1)]

CASES = [
    Case(
        "half-way along the learning curve",
        text(5, 1.0, LEARNING, "from: 00:00, to: 00:00", ONE_DAY),
        lambda: at_one_point_of_the_curve(1.0, 5),
        replications=120,
        long=True,
    ),
    Case(
        "four weeks of learning",
        text(9, 0.5, TWICE, "from: 00:00, to: 00:00", "weeks: 4, run_on: 4 hours"),
        lambda: along_the_curve(4),
        replications=10,
    ),
    Case(
        "one agent of many speeds",
        text(1, 0.35, "speed_spread: 40%", "from: 00:00, to: 00:00", ONE_DAY, 2.0),
        lambda: one_of_many(0.35, 2.0, 0.4),
        replications=400,
        long=True,
    ),
    Case(
        "absent by a binomial",
        absent_text(""),
        lambda: with_absence(after_bench(0)),
        replications=240,
        long=True,
    ),
    Case(
        "absent for long by a binomial",
        absent_text("").replace("absence:", "absence_lasts: 12, absence:"),
        lambda: with_absence(after_bench(0)),
        replications=240,
        long=True,
    ),
    Case(
        "a bench of one",
        absent_text(", replace_absent: {bench: 1}"),
        lambda: with_absence(after_bench(1)),
        replications=240,
    ),
    Case(
        "half of the absences worked in overtime",
        absent_text(", replace_absent: {overtime: 50%}"),
        lambda: with_absence(after_overtime(0.5)),
        replications=240,
        long=True,
    ),
    Case(
        "leavers replaced three weeks later",
        staff_text("attrition: 30%, hiring: {lead_time: 3 weeks}"),
        lambda: renewed(ONE_BAND, 21),
    ),
    Case(
        "new people leave sooner",
        staff_text(
            "attrition: [{under: 3 weeks, monthly: 50%}, {monthly: 10%}], hiring: {lead_time: 9 days}, tenure: new"
        ),
        lambda: renewed(TWO_BANDS, 9),
        long=True,
    ),
    Case(
        "a quarter of shifts begin late",
        staff_text("lateness: {share: 25%, by: {exponential: 90 min}}"),
        lambda: late(0.25, 1.5),
    ),
    Case("one of two idle agents goes home", ONE_AN_HOUR, sent_home),
    Case("training and nesting", staff_text(f"{SCHOOL}, tenure: new"), lambda: training(2, 3, 0.6)),
    Case("a site goes dark now and then", outage_text(5, 1.4, 2.0), lambda: with_outages(5, 1.4, 2.0), replications=60),
]
