"""
Expected penalties of a monthly step term, with and without the client's forecast error, against exact enumeration.

Thirty agents take one call each and are busy for the rest of the day; whoever comes later gives up. So of N calls 30
are in time, and everything follows from the distribution of N: Poisson if the forecast is right, negative binomial (a
Poisson variable whose mean is a gamma variable) if it has an error.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import nbinom, poisson
from scipy.stats import t as student

from ccsim.chance import draw
from ccsim.config import load
from ccsim.engine import simulate
from ccsim.money.books import books
from ccsim.planning import plan

AGENTS, FORECAST, ACTUAL, CV = 30, 32, 1.1, 0.25
MOST_PER_DAY = 400
CENTER = f"""\
title: Thirty agents, one call each
calendar: {{start: 2026-03-02, days: 1, timezone: UTC}}
replications: 5
seed: 11
contact_types:
  phone:
    channel: phone
    demand: {{rate: {FORECAST} per hour, starts: "2026-03-02 09:00", ends: "2026-03-02 10:00"}}
    handle_time: {{deterministic: 15 h}}
    patience: {{exponential: 1 min}}
    service_level: 80% in 20 s
sites: {{cebu: {{location: offshore, country: PH, timezone: Asia/Manila, provider: acme}}}}
pools: {{care: {{site: cebu, handles: {{phone: {{}}}}, staffing: {AGENTS}}}}}
contracts:
  care:
    provider: acme
    currency: USD
    price: [{{per: month, rate: 310000 USD}}]
    at_risk: 12%
    forecast: {{band: 40%}}
    relief: true
    terms:
      - type: phone
        measure: service_level
        target: 80%
        penalty: [{{below: 80%, credit: 3%}}, {{below: 70%, credit: 8%}}]
scenarios:
  wrong:
    change:
      contact_types: {{phone: {{demand: {{actual: x{ACTUAL}, forecast_error: {{cv: {CV:.0%}, per: horizon}}}}}}}}
  right: {{extends: wrong, what_if: right_forecast}}
"""
FEE = 10_000
"""USD: one of 31 days."""
REPLICATIONS = 300


def penalty(calls, *, strict=False):
    """In USD, of so many calls. Relief excuses more than 1.4 times the 32 that were forecast."""
    in_time = np.minimum(AGENTS, calls) / np.maximum(calls, 1)
    due = np.where(in_time < 0.7, 0.08, np.where(in_time < 0.8, 0.03, 0.0)) * FEE
    return np.where((calls > 1.4 * FORECAST) & (not strict), 0.0, due)


CALLS = np.arange(MOST_PER_DAY)
SHAPE = CV**-2
PROBABILITY = {
    "right": poisson(FORECAST).pmf(CALLS),
    "wrong": nbinom(SHAPE, SHAPE / (SHAPE + FORECAST * ACTUAL)).pmf(CALLS),
}


@pytest.fixture(scope="module")
def simulated(tmp_path_factory):
    """Penalty, and what relief excuses of it, of every replication of both scenarios. [USD]"""
    file = tmp_path_factory.mktemp("theory") / "thirty.yaml"
    file.write_text(CENTER, encoding="utf-8")
    experiment, found = load(file), {}
    for scenario in experiment.scenarios:
        made = plan(experiment, scenario)
        scores = []
        for replication in range(1, REPLICATIONS + 1):
            kept = books(made, simulate(made, draw(made, experiment.seed, replication)))
            assert kept is not None
            assert kept.scores is not None
            scores.append((-kept.scores.credit[0] / 100, kept.scores.relieved[0] / 100))
        found[scenario] = np.array(scores)
    return found


def covers(sample, expected):
    """Whether the 99.9 % interval of the mean has it."""
    half = student.ppf(0.9995, len(sample) - 1) * np.std(sample, ddof=1) / len(sample) ** 0.5
    return abs(np.mean(sample) - expected) <= half


@pytest.mark.slow
@pytest.mark.parametrize("scenario", ["wrong", "right"])
def test_the_expected_penalty_is_that_of_the_enumeration(simulated, scenario):
    """So is what relief excuses: the penalty without it less the penalty with it."""
    probability = PROBABILITY[scenario]
    assert probability.sum() == pytest.approx(1, abs=1e-9)
    with_relief, without = penalty(CALLS) @ probability, penalty(CALLS, strict=True) @ probability
    assert covers(simulated[scenario][:, 0], with_relief)
    assert covers(simulated[scenario].sum(axis=1), without)
    assert covers(simulated[scenario][:, 1], without - with_relief)


@pytest.mark.slow
def test_what_is_due_to_the_forecast_error_is_that_of_the_enumeration(simulated):
    """Paired by replication; the same customers by number make the difference vary less than two runs apart would."""
    wrong, right = (simulated[name].sum(axis=1) for name in ("wrong", "right"))
    expected = penalty(CALLS, strict=True) @ (PROBABILITY["wrong"] - PROBABILITY["right"])
    assert expected > 50
    assert covers(wrong - right, expected)
    assert np.var(wrong - right) < np.var(wrong) + np.var(right)
