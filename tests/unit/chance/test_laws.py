"""Each law as drawn, against the distribution that bears its name."""

from __future__ import annotations

import math
from zlib import crc32

import numpy as np
import pytest
from scipy import stats

from ccsim.chance import draw
from ccsim.chance.laws import factor, quantile
from ccsim.plan import UNITS_PER_SECOND, Law
from tests.tiny_plan import TinyType, constant, exponential, tiny_plan

MIXTURE = Law("mixture", (0.3, 0.7), 300.0, 1.3, (exponential(60.0), Law("gamma", (2.0, 200.0), 400.0, 0.7)))
NESTED = Law(
    "mixture", (0.5, 0.5), 0.0, 0.0, (constant(1.0), Law("mixture", (0.2, 0.8), 0, 0, (constant(2.0), MIXTURE)))
)
CASES = {
    "exponential": (exponential(300.0), stats.expon(scale=300.0)),
    "lognormal": (Law("lognormal", (5.0, 0.8), 0.0, 0.0), stats.lognorm(0.8, scale=math.exp(5.0))),
    "gamma": (Law("gamma", (0.6, 500.0), 300.0, 1.3), stats.gamma(0.6, scale=500.0)),
    "erlang-3": (Law("gamma", (3.0, 100.0), 300.0, 0.6), stats.erlang(3, scale=100.0)),
    "weibull": (Law("weibull", (1.7, 300.0), 0.0, 0.0), stats.weibull_min(1.7, scale=300.0)),
    "uniform": (Law("uniform", (60.0, 240.0), 150.0, 0.3), stats.uniform(60.0, 180.0)),
}
FALSE_ALARMS = 1e-4 / (len(CASES) + 1)
"""Of each Kolmogorov-Smirnov test here: together one family in 10,000. The seed of a case is its name."""


def drawn_seconds(case: str, law: Law) -> np.ndarray:
    plan = tiny_plan((TinyType(work=law, per_day=3000.0),))
    return draw(plan, crc32(case.encode()), 0).visits.work / UNITS_PER_SECOND


@pytest.mark.parametrize("case", CASES)
def test_drawn_work_follows_the_law(case):
    """Thousands of contacts of a week, through all of chance."""
    law, distribution = CASES[case]
    assert stats.kstest(drawn_seconds(case, law), distribution.cdf).pvalue > FALSE_ALARMS


@pytest.mark.parametrize("case", CASES)
def test_quantiles_are_exact(case):
    law, distribution = CASES[case]
    uniform = np.array([1e-9, 0.01, 0.5, 0.9, 1 - 1e-12])
    assert quantile(law, uniform) == pytest.approx(distribution.ppf(uniform), rel=1e-9)


def test_drawn_work_follows_a_mixture():
    parts = stats.expon(scale=60.0), stats.gamma(2.0, scale=200.0)
    seconds = drawn_seconds("mixture", MIXTURE)
    assert stats.kstest(seconds, lambda x: 0.3 * parts[0].cdf(x) + 0.7 * parts[1].cdf(x)).pvalue > FALSE_ALARMS


def test_the_second_uniform_chooses_the_part_and_the_first_the_place_in_it():
    uniform = np.full(4, 0.5)
    durations = quantile(NESTED, uniform, np.array([0.4999, 0.5001, 0.6001, 0.9999]))
    medians = [1.0, 2.0, 60.0 * math.log(2.0), stats.gamma(2.0, scale=200.0).median()]
    assert durations == pytest.approx(medians)


def test_a_mixture_without_its_second_uniform_is_refused():
    with pytest.raises(ValueError, match="second uniform"):
        quantile(MIXTURE, np.array([0.5]))


def test_constant_empirical_and_endless():
    uniform = np.array([1e-9, 0.249, 0.251, 0.999])
    assert quantile(constant(7.0), uniform).tolist() == [7.0] * 4
    assert quantile(Law("empirical", (1.0, 5.0, 5.0, 9.0), 5.0, 0.5), uniform).tolist() == [1.0, 1.0, 5.0, 9.0]
    assert quantile(Law("endless", (), math.inf, 0.0), uniform).tolist() == [math.inf] * 4


def test_an_unknown_law_is_refused():
    with pytest.raises(ValueError, match="no law 'pareto'"):
        quantile(Law("pareto", (1.0,), 1.0, 1.0), np.array([0.5]))


@pytest.mark.parametrize("cv", [0.01, 0.08, 0.5, 2.0])
def test_factors_are_gamma_with_mean_one(cv):
    uniform = (np.arange(100_000) + 0.5) / 100_000
    values = factor(cv, uniform)
    assert values.mean() == pytest.approx(1.0, abs=2e-3)
    assert values.std() == pytest.approx(cv, rel=2e-2)
    assert np.all(np.diff(values) >= 0)


def test_no_variation_is_exactly_one():
    assert factor(0.0, np.array([0.1, 0.9])).tolist() == [1.0, 1.0]
