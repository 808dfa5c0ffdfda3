"""A service level as a promise: proved, refuted or undecided."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ccsim.analysis.assertion import examine

OFFERED = np.full(20, 1000.0)
SPREAD = np.linspace(-1, 1, 20)


def around(mean, spread):
    return OFFERED * (mean + spread * SPREAD)


def test_clearly_above_is_proved():
    finding = examine(around(0.83, 0.01), OFFERED, 0.8)
    assert finding.outcome == "proved"
    assert math.isnan(finding.replications_needed)


def test_clearly_below_is_refuted():
    assert examine(around(0.77, 0.01), OFFERED, 0.8).outcome == "refuted"


def test_slightly_below_target_is_proved_within_the_smallest_shortfall():
    """Half a point short does not matter to anybody, and a test exactly on target would otherwise never pass."""
    assert examine(around(0.799, 0.01), OFFERED, 0.8).outcome == "proved"
    assert examine(around(0.799, 0.01), OFFERED, 0.8, shortfall=0.001).outcome == "undecided"


def test_vague_is_undecided_and_says_what_would_do():
    finding = examine(around(0.8, 0.1), OFFERED, 0.8)
    assert finding.outcome == "undecided"
    assert 20 < finding.replications_needed < 200


def test_number_told_decides_when_the_sample_repeats_itself():
    finding = examine(around(0.81, 0.15), OFFERED, 0.8)
    times = math.ceil(finding.replications_needed / 20)
    again = examine(np.tile(around(0.81, 0.15), times), np.tile(OFFERED, times), 0.8)
    assert finding.outcome == "undecided"
    assert again.outcome == "proved"


def test_refuting_comes_before_proving():
    """
    With very many replications a value can be surely below target and surely within the shortfall: the promise
    is broken.
    """
    assert examine(around(0.79, 0.001), OFFERED, 0.8).outcome == "refuted"


def test_each_look_spends_its_part():
    one, three = (examine(around(0.81, 0.05), OFFERED, 0.8, looks=looks) for looks in (1, 3))
    assert three.low < one.low < one.high < three.high


@pytest.mark.parametrize("looks", [0, 4])
def test_more_than_three_looks_are_refused(looks):
    with pytest.raises(ValueError, match="between 1 and 3"):
        examine(OFFERED, OFFERED, 0.8, looks=looks)


def test_four_replications_decide_nothing():
    finding = examine(OFFERED[:4] * 0.5, OFFERED[:4], 0.8)
    assert finding.outcome == "undecided"
    assert finding.replications_needed == 5


def test_all_in_target_needs_enough_replications():
    """20 perfect replications have the lower bound 0.05 ** (1 / 20) = 86 %."""
    assert examine(OFFERED, OFFERED, 0.88).outcome == "proved"
    assert examine(OFFERED, OFFERED, 0.89).outcome == "undecided"
    assert examine(OFFERED, OFFERED, 0.89).replications_needed == 22
