"""
Do the intervals keep their promise: 95 of 100 contain the truth, and verdicts are wrong as rarely as said?

Closed case: contacts of a day come in a number that a gamma factor moves, and the share answered in time falls
with it. So the replications' ratios are skewed, and ratio and volume depend on each other, as they do in a
contact center; the true ratio is an integral. Each column is one macro-replication: a whole run of R
replications, judged as a run is judged.
"""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from scipy import stats
from scipy.special import expit

from ccsim.analysis.assertion import outcome_of
from ccsim.analysis.estimates import estimate
from ccsim.analysis.stopping import confidence_of_looks, looks
from tests.theory.agreement import Claim, simulate, sums
from tests.theory.cases_single import CASES

CONTACTS = 400.0
"""Of an average day."""


def in_time(factor, steepness):
    """Share answered in time on a day with this factor."""
    return expit(1.5 - steepness * (factor - 1))


def true_share(factor_cv, steepness):
    """Ratio of expectations: days count by their contacts."""
    factor = stats.gamma(1 / factor_cv**2, scale=factor_cv**2).ppf((np.arange(100_000) + 0.5) / 100_000)
    return np.average(in_time(factor, steepness), weights=factor)


def weeks(name, replications, runs, factor_cv=0.3, steepness=2.0, days=7):
    """Answered in time and offered of weeks, [replications, runs]; the seed is the name of the case."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    factor = rng.gamma(1 / factor_cv**2, factor_cv**2, (days, replications, runs))
    offered = rng.poisson(CONTACTS * factor)
    answered = rng.binomial(offered, in_time(factor, steepness))
    return answered.sum(axis=0).astype(float), offered.sum(axis=0).astype(float)


def at_most(runs, share, error=0.001):
    """Largest count in ``runs`` that events of this probability leave, but for this error."""
    return stats.binom(runs, share).ppf(1 - error)


def at_least(runs, share, error=0.001):
    return stats.binom(runs, share).ppf(error)


@pytest.mark.parametrize("replications", [5, 10, 20, 80])
@pytest.mark.parametrize(("factor_cv", "steepness"), [(0.1, 2.0), (0.1, 4.0), (0.3, 2.0), (0.3, 4.0)])
def test_logit_interval_covers_the_true_share(replications, factor_cv, steepness):
    """
    From 5 replications on 94 to 96 %, as claimed for the logit, of 1,000 runs within the limits of their binomial.
    """
    runs = 1_000
    sums = weeks(f"cover {replications} {factor_cv} {steepness}", replications, runs, factor_cv, steepness)
    result = estimate("share", *sums)
    truth = true_share(factor_cv, steepness)
    covered = np.count_nonzero((result.low <= truth) & (truth <= result.high))
    assert at_least(runs, 0.94) <= covered <= at_most(runs, 0.96)


def test_single_days_with_a_wild_factor_are_covered_less():
    """
    The known limit: 5 replications of one day each, whose volume varies by 30 %, are too few and too skewed for 94 %.
    """
    runs = 4_000
    result = estimate("share", *weeks("single days", 5, runs, days=1))
    truth = true_share(0.3, 2.0)
    covered = np.count_nonzero((result.low <= truth) & (truth <= result.high))
    assert at_least(runs, 0.87) <= covered <= at_most(runs, 0.91)


@pytest.mark.parametrize("replications", [5, 20])
def test_log_interval_covers_the_true_mean_of_counts(replications):
    runs = 1_000
    _, offered = weeks(f"counts {replications}", replications, runs)
    result = estimate("positive", offered, np.ones_like(offered))
    covered = np.count_nonzero((result.low <= 7 * CONTACTS) & (result.high >= 7 * CONTACTS))
    assert at_least(runs, 0.94) <= covered <= at_most(runs, 0.96)


def test_interval_of_single_trials_covers_at_least_95_percent():
    """Months met or missed: the exact interval may be too wide, never too narrow."""
    rng = np.random.default_rng(zlib.crc32(b"single trials"))
    for truth in (0.02, 0.5, 0.9, 0.985):
        met = (rng.random((20, 4_000)) < truth).astype(float)
        result = estimate("share", met, np.ones_like(met))
        assert np.count_nonzero((result.low <= truth) & (truth <= result.high)) >= at_least(4_000, 0.95)


def statements(sums, target, confidence):
    """
    [runs] whether a run that looks at 10, 20, 40, ... replications ever says met or missed, each look with this
    confidence.
    """
    answered, offered = sums
    said = np.zeros(answered.shape[1], dtype=bool)
    for n in looks(len(answered)):
        result = estimate("share", answered[:n], offered[:n], confidence)
        said |= (result.low > target) | (result.high < target)
    return said


@pytest.mark.slow
@pytest.mark.parametrize("most", [10, 40, 200])
def test_stopping_rule_is_wrong_in_at_most_five_percent(most):
    """A center exactly at its target: whatever a run says of it at any look is wrong."""
    runs = 2_000
    sums = weeks(f"stopping {most}", most, runs, steepness=4.0)
    said = statements(sums, true_share(0.3, 4.0), confidence_of_looks(len(looks(most))))
    # The interval itself covers 94 %, not 95 %, at 10 replications.
    assert np.count_nonzero(said) <= at_most(runs, 0.06)


@pytest.mark.slow
def test_fixed_confidence_at_every_look_would_be_wrong_far_too_often():
    """Why looks share the 5 %: six looks at 95 % each are wrong about every fifth time."""
    sums = weeks("fixed confidence", 200, 2_000, steepness=4.0)
    assert np.mean(statements(sums, true_share(0.3, 4.0), 0.95)) > 0.15


@pytest.mark.parametrize("replications", [5, 20, pytest.param(60, marks=pytest.mark.slow)])
def test_promise_that_is_kept_exactly_is_refuted_once_in_a_thousand(replications):
    """A center exactly at its target: 10,000 nightly builds, about 10 false alarms."""
    runs, alpha = 10_000, 0.001
    result = estimate("share", *weeks(f"refuted {replications}", replications, runs), 1 - alpha, sides=1)
    truth = true_share(0.3, 2.0)
    refuted = sum(outcome_of(truth, truth, high, 0.02) == "refuted" for high in result.high)
    assert refuted <= at_most(runs, alpha)


@pytest.mark.parametrize("replications", [10, 20, 60])
def test_promise_missed_by_the_smallest_shortfall_is_rarely_called_proved(replications):
    """
    A center 2 points short: at most 5 % of runs, and what the interval's own coverage of 94 % adds, call it proved.
    """
    runs, beta, shortfall = 2_000, 0.05, 0.02
    result = estimate("share", *weeks(f"proved {replications}", replications, runs), 1 - beta, sides=1)
    target = true_share(0.3, 2.0) + shortfall
    proved = sum(outcome_of(target, low, 1.0, shortfall) == "proved" for low in result.low)
    assert proved <= at_most(runs, 0.07)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["M/M/4", "M/M/3+M"])
def test_intervals_of_simulated_queues_cover_their_exact_service_level(name, tmp_path):
    """
    400 runs of 5 replications of a day, whose service level theory knows; the same days also as 100 runs of 20.

    Days of a queue without abandonment are skewed: an hour of bad luck spoils a day. So 93 to 97 % is what is asked,
    wrongly refused once in a thousand. Coverage of 86 % by 5 replications is let pass 6 times in 100, of 87 % 17 times;
    of 77 % by 20 replications, which fewer runs judge, about 6 times.
    """
    (case,) = [case for case in CASES if case.name == name]
    claim = Claim("calls", "service_level")
    answered, offered = sums(claim, simulate(case, tmp_path, case.seed(3), 2_000))
    for replications in (5, 20):
        runs = len(answered) // replications
        result = estimate("share", answered.reshape(replications, runs), offered.reshape(replications, runs))
        covered = np.count_nonzero((result.low <= case.exact()[claim]) & (case.exact()[claim] <= result.high))
        assert at_least(runs, 0.93) <= covered <= at_most(runs, 0.97)
