"""Charges of ``ccsim explain`` where it is known beforehand who is to blame."""

from __future__ import annotations

import pytest
from scipy.special import stdtrit

from ccsim.explanation import explain
from ccsim.explanation.steps import INTERVALS, SWITCHED, Real

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
    demand: {{rate: 100 per hour{demand}}}
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
PLAIN = {"demand": "", "handle_time": "{exponential: 4 min}", "patience": "{exponential: 3 min}"}


def explained(folder, **changes):
    file = folder / "one_thing.yaml"
    file.write_text(TEXT.format(**(PLAIN | changes)), encoding="utf-8")
    (gap,) = explain(file, workers=1).gaps
    return gap


def contains_zero(points):
    """At 99.9 %, from the half-width of the 95 % interval."""
    wider = stdtrit(REPLICATIONS - 1, (1 + CONFIDENCE) / 2) / stdtrit(REPLICATIONS - 1, 0.975)
    return abs(points.mean) <= wider * (points.high - points.low) / 2 + 1e-12


CASES = {
    "nobody": (None, {}),
    "days": (Real.DAYS, {"demand": ", day_factor: 60%"}),
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
    the culprit's interval lies off 0, and every other charge vanishes within its interval at 99.9 %, in both orders.
    """
    gap = explained(tmp_path, **changes)

    assert gap.replications == REPLICATIONS
    for order in (gap.forward, gap.backward):
        charges = {charge.step: charge for charge in order}
        assert contains_zero(charges[INTERVALS].points)
        for real, step in SWITCHED.items():
            if real == culprit:
                assert charges[step].is_real
                assert abs(charges[step].points.mean) > LEAST
            else:
                assert contains_zero(charges[step].points)
