"""The published Monte Carlo results of the SSJ call center, its exact values, and the simulation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.theory import cases_ssj
from tests.theory.agreement import simulate, sums
from tests.theory.cases_ssj import DAYS, EXACT, PUBLISHED, ROUNDING

if TYPE_CHECKING:
    from pathlib import Path

CERTAIN = 3.29
"""Standard errors of a two-sided interval of 99.9 %."""


@pytest.mark.parametrize("claim", PUBLISHED, ids=lambda claim: claim.measure)
def test_published_means_are_the_exact_ones_within_their_error(claim):
    """10,000 days of a program in another language, against the transient queue mixed over the busyness."""
    mean, deviation = PUBLISHED[claim]
    assert abs(mean - EXACT[claim]) <= CERTAIN * deviation / math.sqrt(DAYS) + ROUNDING


def test_a_day_of_usual_busyness_loses_less_than_the_average_day():
    """
    Why busyness matters: at exactly the expected arrivals 2 % are lost and 93 % are good, on average over days 3.6 %
    and 85 %.
    """
    wait, good, _, lost = cases_ssj.sums_of_a_day(1.0) / sum(cases_ssj.ARRIVALS)
    assert lost == pytest.approx(0.0195, abs=0.0005)
    assert good == pytest.approx(0.93, abs=0.005)
    assert wait < 0.5 * EXACT[cases_ssj.calls("wait_mean_s")]


@pytest.mark.slow
def test_exact_values_are_those_of_the_transient_queue():
    found = cases_ssj.expected_of_a_day()
    assert found == pytest.approx(EXACT, rel=1e-5)


@pytest.mark.slow
def test_simulated_days_have_the_published_means(tmp_path: Path):
    """1,500 of our days against 10,000 published ones, at 99.9 % of their joint error."""
    (case,) = cases_ssj.CASES
    tallies = simulate(case, tmp_path, case.seed(1), 1_500)
    for claim, (mean, deviation) in PUBLISHED.items():
        numerator, denominator = sums(claim, tallies)
        # As the program does it: by the calls expected of a day.
        by_day = numerator / sum(cases_ssj.ARRIVALS)
        error = math.hypot(deviation / math.sqrt(DAYS), np.std(by_day, ddof=1) / math.sqrt(len(by_day)))
        assert abs(by_day.mean() - mean) <= CERTAIN * error + ROUNDING, claim.measure
        assert denominator.mean() == pytest.approx(1_660, rel=0.05)
