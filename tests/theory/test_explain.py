"""Charges of ``ccsim explain`` where it is known beforehand who is to blame."""

from __future__ import annotations

import pytest
from scipy.special import stdtrit

from ccsim.erlang import erlang_a, erlang_a_uncertain, erlang_c
from ccsim.explanation import explain
from ccsim.explanation.steps import ERLANG_A, INTERVALS, SWITCHED, Real

REPLICATIONS = 12
CONFIDENCE = 0.999
LEAST = 0.01
"""What a culprit is charged at least. [share]"""
TEXT = """
title: One thing at a time
calendar: {{start: 2026-01-05, weeks: 1, warm_up: 4 h, timezone: UTC}}
replications: 12
seed: 20260105
contact_types:
  calls:
    channel: phone
    demand: {{rate: 100 per hour}}
    handle_time: {handle_time}
    patience: {patience}
    service_level: 80% in 20 s
  mails:
    channel: email
    demand: {{rate: 1 per hour}}
    handle_time: {{exponential: 20 s}}
    service_level: 90% in 4 hours
sites: {{here: {{location: in-house, country: US, timezone: UTC}}}}
pools:
  team:
    site: here
    handles: {{calls: {{}}, mails: {{}}}}
    interruptible: true
    shifts: {{all-day: {{from: 00:00, to: 00:00, agents: 9}}}}
"""
PLAIN = {"handle_time": "{exponential: 4 min}", "patience": "{exponential: 3 min}"}


def explained(folder, **changes):
    file = folder / "one_thing.yaml"
    file.write_text(TEXT.format(**(PLAIN | changes)), encoding="utf-8")
    (gap,) = explain(file, workers=1).gaps
    return gap


def holds(points, exact, replications=REPLICATIONS):
    """Whether the interval at 99.9 % does, made from the half-width of that at 95 %."""
    return abs(points.mean - exact) <= reach(points, replications) + 1e-12


def reach(points, replications=REPLICATIONS):
    """Half the width of the interval at 99.9 %."""
    wider = stdtrit(replications - 1, (1 + CONFIDENCE) / 2) / stdtrit(replications - 1, 0.975)
    return wider * (points.high - points.low) / 2


CASES = {
    "nobody": (None, {}),
    "patience": (
        Real.PATIENCE,
        {"patience": "{hyperexponential: [{share: 50%, mean: 10 s}, {share: 50%, mean: 350 s}]}"},
    ),
    "handle time": (Real.HANDLE_TIME, {"handle_time": "{deterministic: 4 min}", "patience": "endless"}),
}


@pytest.mark.slow
@pytest.mark.parametrize(("culprit", "changes"), CASES.values(), ids=CASES)
def test_only_the_assumption_that_does_not_hold_is_charged(tmp_path, culprit, changes):
    """
    One team day and night, whose emails are too few to matter: dedicated teams in real time must agree with Erlang A,
    at 99.9 % the culprit's interval lies off 0, and that of every other charge holds 0, in both orders.
    """
    gap = explained(tmp_path, **changes)

    assert gap.replications == REPLICATIONS
    for order in (gap.forward, gap.backward):
        charges = {charge.step: charge for charge in order}
        assert holds(charges[INTERVALS].points, 0.0)
        for real, step in SWITCHED.items():
            if real == culprit:
                assert not holds(charges[step].points, 0.0)
                assert abs(charges[step].points.mean) > LEAST
            else:
                assert holds(charges[step].points, 0.0)


NUMBERS = """
title: What formulas know
calendar: {{start: 2026-01-05, weeks: 1, warm_up: 4 h, timezone: UTC}}
replications: {replications}
seed: 20260107
contact_types:
  calls:
    channel: phone
    demand: {{rate: 60 per hour{demand}}}
    handle_time: {{exponential: 4 min}}
    patience: {{exponential: 3 min}}
    service_level: 80% in 20 s
sites: {{here: {{location: in-house, country: US, timezone: UTC}}}}
pools:
  team: {{site: here, handles: {{calls: {{}}}}, staffing: 6}}
"""
RATE, HANDLE_TIME, PATIENCE, AGENTS, THRESHOLD = 60 / 3600, 240.0, 180.0, 6, 20.0
SPREAD = 0.3
"""Of the day factor: standard deviation / mean."""


def numbers(folder, replications, demand=""):
    file = folder / "numbers.yaml"
    file.write_text(NUMBERS.format(replications=replications, demand=demand), encoding="utf-8")
    (gap,) = explain(file, workers=1).gaps
    return gap


def by_erlang_a(rate):
    return erlang_a(rate, HANDLE_TIME, PATIENCE, AGENTS).service_level(THRESHOLD)


@pytest.mark.slow
def test_where_only_patience_is_missing_all_of_the_gap_is_erlang_a_less_erlang_c(tmp_path):
    """
    One team by numbers, steady Poisson calls, exponential work and patience: that is Erlang A.

    Its charge is the difference of the two formulas exactly; no assumption is left to switch on; and what simulating
    it in real time adds is 0 at 99.9 %, in an interval of at most two points.
    """
    gap = numbers(tmp_path, 20)
    by_c = erlang_c(RATE * HANDLE_TIME, AGENTS, HANDLE_TIME).service_level(THRESHOLD)

    assert gap.erlang_c == pytest.approx(by_c, rel=1e-9)
    for order in (gap.forward, gap.backward):
        charged = {charge.step: charge for charge in order}
        assert charged[ERLANG_A].points.mean == pytest.approx(by_erlang_a(RATE) - by_c, rel=1e-9)
        assert holds(charged[INTERVALS].points, 0.0, 20)
        assert reach(charged[INTERVALS].points, 20) < 0.02
        assert not any(charged[step].applies for step in SWITCHED.values())


@pytest.mark.slow
def test_uncertain_days_are_charged_what_the_mixture_of_erlang_a_loses(tmp_path):
    """
    A gamma factor on each day's calls, and nothing else: calls, not days, are counted, so a day weighs as its factor.

    A queue carried over midnight is far below what 280 days can see: the charge is Erlang A over uncertain volumes less
    Erlang A at 99.9 %, told from 0, in both orders, and no other step is charged.
    """
    gap = numbers(tmp_path, 40, f", day_factor: {SPREAD:.0%}")
    mixture = erlang_a_uncertain(RATE, SPREAD, HANDLE_TIME, PATIENCE, AGENTS).service_level(THRESHOLD)
    lost = mixture - by_erlang_a(RATE)

    for order in (gap.forward, gap.backward):
        charged = {charge.step: charge for charge in order}
        days = charged[SWITCHED[Real.DAYS]].points
        assert holds(days, lost, 40)
        assert not holds(days, 0.0, 40)
        assert [step for step in SWITCHED.values() if charged[step].applies] == [SWITCHED[Real.DAYS]]
