"""Laws as written -> canonical form, mean and cv."""

from __future__ import annotations

import math
from typing import Any

import pytest
from scipy import stats

from ccsim.model.law import Law
from ccsim.model.table import Sample
from ccsim.planning.laws import canonical


def law(**written: Any) -> Law:
    return Law.model_validate(written)


FROM_MEAN_AND_CV = ["lognormal", "gamma", "weibull"]
FROZEN = {
    "lognormal": lambda mu, sigma: stats.lognorm(sigma, scale=math.exp(mu)),
    "gamma": lambda shape, scale: stats.gamma(shape, scale=scale),
    "weibull": lambda shape, scale: stats.weibull_min(shape, scale=scale),
}


@pytest.mark.parametrize("family", FROM_MEAN_AND_CV)
@pytest.mark.parametrize("cv", [0.1, 0.5, 1.0, 1.4, 5.0])
def test_parameters_give_the_mean_and_cv_asked_for(family: str, cv: float) -> None:
    """Held against scipy's own moments."""
    found = canonical(law(**{family: {"mean": "6 min", "cv": cv}}))
    reference = FROZEN[family](*found.parameters)
    assert found.family == family
    assert (found.mean, found.cv) == (360.0, cv)
    assert reference.mean() == pytest.approx(360.0, rel=1e-9)
    assert reference.std() / reference.mean() == pytest.approx(cv, rel=1e-9)


@pytest.mark.parametrize(
    ("family", "parameters"),
    [
        ("lognormal", {"mu": 5.0, "sigma": 0.8}),
        ("gamma", {"shape": 2.5, "scale": "2 min"}),
        ("weibull", {"shape": 0.7, "scale": "2 min"}),
    ],
)
def test_usual_parameters_are_taken_as_they_are(family: str, parameters: dict[str, Any]) -> None:
    """And mean and cv computed from them."""
    found = canonical(law(**{family: parameters}))
    reference = FROZEN[family](*found.parameters)
    assert found.parameters == tuple(120.0 if value == "2 min" else value for value in parameters.values())
    assert found.mean == pytest.approx(reference.mean(), rel=1e-12)
    assert found.cv == pytest.approx(reference.std() / reference.mean(), rel=1e-9)


def test_a_median_stands_for_mu() -> None:
    """The median of a lognormal is exp(mu)."""
    found = canonical(law(lognormal={"median": "5 min", "sigma": 0.8}))
    assert found.parameters == (math.log(300.0), 0.8)


def test_exponential_and_deterministic_need_their_mean_only() -> None:
    """cv 1 and cv 0."""
    assert canonical(law(exponential={"mean": "6 min"})).parameters == (360.0,)
    assert canonical(law(exponential={"mean": "6 min"})).cv == 1.0
    constant = canonical(law(deterministic={"mean": "6 min"}))
    assert (constant.family, constant.parameters, constant.cv) == ("constant", (360.0,), 0.0)


def test_erlang_is_a_gamma_of_whole_shape() -> None:
    """Four stages: shape 4, a quarter of the mean each, cv 1/2."""
    found = canonical(law(erlang={"stages": 4, "mean": "6 min"}))
    assert (found.family, found.parameters, found.mean, found.cv) == ("gamma", (4.0, 90.0), 360.0, 0.5)


def test_uniform() -> None:
    """From 0 to 2 m the cv is 1 / sqrt(3)."""
    found = canonical(law(uniform={"low": "0 s", "high": "10 min"}))
    assert (found.parameters, found.mean) == ((0.0, 600.0), 300.0)
    assert found.cv == pytest.approx(1 / math.sqrt(3))


def test_empirical_is_sorted_and_each_value_equally_likely() -> None:
    """Mean 20, variance (100 + 0 + 100) / 3."""
    found = canonical(Law.model_construct(empirical=Sample("x.csv", (30.0, 10.0, 20.0))))
    assert (found.parameters, found.mean) == ((10.0, 20.0, 30.0), 20.0)
    assert found.cv == pytest.approx(math.sqrt(200 / 3) / 20)


def test_a_mixture_has_the_moments_of_its_parts() -> None:
    """Hyperexponential 30 % of mean 2 min and 70 % of 10 min: E[X] = 7.6 min, E[X^2] = 2 (0.3 4 + 0.7 100) min^2."""
    parts = [{"share": "30%", "mean": "2 min"}, {"share": "70%", "mean": "10 min"}]
    found = canonical(law(hyperexponential=parts))
    assert (found.family, found.parameters) == ("mixture", (0.3, 0.7))
    assert [part.family for part in found.parts] == ["exponential", "exponential"]
    assert found.mean == pytest.approx(7.6 * 60)
    assert found.cv == pytest.approx(math.sqrt(2 * (0.3 * 4 + 0.7 * 100) / 7.6**2 - 1))
