"""Met, missed or undecided, and how many replications would tell."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ccsim.analysis.estimates import Method, estimate
from ccsim.analysis.periods import fewest_replications, proof_needs
from ccsim.analysis.stopping import confidence_of_looks, is_precise, looks
from ccsim.analysis.targets import Share, judge, replications_needed, two_digits


def share(mean, low, high, n=20, method=Method.LOGIT):
    return Share(mean, low, high, n, method)


def test_verdict_needs_the_whole_interval_on_one_side():
    assert judge(0.8, share(0.85, 0.8, 0.9)) == "met"
    assert judge(0.8, share(0.75, 0.7, 0.799)) == "missed"
    assert judge(0.8, share(0.75, 0.7, 0.8)) == "undecided"


def test_without_an_interval_nothing_is_decided():
    few = share(0.99, math.nan, math.nan, 4, Method.TOO_FEW)
    assert judge(0.8, few) == "undecided"
    assert replications_needed(0.8, few) == 5


def test_decided_targets_need_no_more_replications():
    assert math.isnan(replications_needed(0.8, share(0.85, 0.8, 0.9)))


def test_four_times_the_replications_halve_the_interval():
    """
    A target at half the present half-width needs a little less than four times as many (the t quantile shrinks too).
    """
    rng = np.random.default_rng(5)
    offered = np.full((20, 1), 1000.0)
    answered = np.round(rng.normal(0.8, 0.02, (20, 1)) * 1000)
    now = Share.of(estimate("share", answered, offered), 0)
    target = now.mean - (now.mean - now.low) / 2
    assert 60 <= replications_needed(target, now) <= 82


def test_number_told_is_the_number_that_decides():
    """With all replications in target, 59 replications prove 95 % and 58 do not."""
    perfect = np.ones((20, 1))
    assert replications_needed(0.95, Share.of(estimate("share", perfect, perfect), 0)) == 59
    for n, said in ((58, "undecided"), (59, "met")):
        perfect = np.ones((n, 1))
        assert judge(0.95, Share.of(estimate("share", perfect, perfect), 0)) == said


def test_exactly_at_the_target_no_number_decides():
    assert math.isnan(replications_needed(0.8, share(0.8, 0.7, 0.88)))


@pytest.mark.parametrize(("number", "rounded"), [(7, 7), (99, 99), (100, 100), (101, 110), (1234, 1300)])
def test_guesses_are_rounded_up_to_two_digits(number, rounded):
    assert two_digits(number) == rounded


def test_fifty_nine_replications_for_95_percent_of_weeks():
    assert fewest_replications(0.95) == 59
    assert "at least 59 are needed" in proof_needs(0.95, "week", 20)
    assert proof_needs(0.95, "week", 59) == ""


@pytest.mark.parametrize("impossible", [0.0, 1.0, 1.2])
def test_no_number_of_replications_proves_certainty(impossible):
    with pytest.raises(ValueError, match="must lie between 0 and 1"):
        fewest_replications(impossible)


def test_looks_double_until_at_most():
    assert looks(200) == (10, 20, 40, 80, 160, 200)
    assert looks(10) == (10,)
    assert looks(20) == (10, 20)
    assert looks(45) == (10, 20, 40, 45)


def test_looks_share_five_percent():
    assert confidence_of_looks(1) == pytest.approx(0.95)
    assert confidence_of_looks(6) == pytest.approx(1 - 0.05 / 6)


def test_precision_is_asked_of_every_share_that_has_a_value():
    rng = np.random.default_rng(6)
    offered = np.full((10, 3), 1000.0)
    answered = np.round(np.array([0.002, 0.01, 0.0]) * rng.normal(0, 1000, (10, 3)) + 800)
    offered[:, 2] = 0
    widths = estimate("share", answered, offered)
    widest = (widths.high - widths.low)[1] / 2
    assert is_precise(widths, widest * 1.001)
    assert not is_precise(widths, widest * 0.999)


def test_too_few_replications_are_never_precise():
    assert not is_precise(estimate("share", np.ones((4, 1)), np.full((4, 1), 2.0)), 0.5)
