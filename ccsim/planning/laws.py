"""Laws as a planner writes them -> one canonical form per family. Durations in seconds."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from ccsim import plan

if TYPE_CHECKING:
    from ccsim.model import law as model


def canonical(law: model.Law) -> plan.Law:
    """The canonical form of a law, with its mean [s] and coefficient of variation."""
    if law.exponential is not None:
        return plan.Law("exponential", (law.exponential.mean,), law.exponential.mean, 1.0)
    if law.deterministic is not None:
        return plan.Law("constant", (law.deterministic.mean,), law.deterministic.mean, 0.0)
    if law.lognormal is not None:
        return _lognormal(law.lognormal)
    if law.gamma is not None:
        return _gamma(law.gamma)
    if law.weibull is not None:
        return _weibull(law.weibull)
    if law.erlang is not None:
        return _gamma_of(law.erlang.stages, law.erlang.mean / law.erlang.stages)
    if law.uniform is not None:
        return _uniform(law.uniform.low, law.uniform.high)
    if law.empirical is not None:
        return _empirical(law.empirical.seconds)
    assert law.mixture is not None
    return _mixture(law.mixture)


def scaled(law: plan.Law, factor: float) -> plan.Law:
    """The law of durations ``factor`` times as long; their coefficient of variation stays."""
    if factor == 1.0:
        return law
    first = law.parameters[:1]
    match law.family:
        case "constant" | "exponential" | "uniform" | "empirical":
            parameters = tuple(value * factor for value in law.parameters)
        case "lognormal":
            parameters = (first[0] + math.log(factor), *law.parameters[1:])
        case "gamma" | "weibull":
            parameters = (*first, law.parameters[1] * factor)
        case _:
            parameters = law.parameters
    parts = tuple(scaled(part, factor) for part in law.parts)
    return replace(law, parameters=parameters, mean=law.mean * factor, parts=parts)


def _lognormal(law: model.Lognormal) -> plan.Law:
    """ln of the duration is normal(mu, sigma): mean = exp(mu + sigma^2 / 2), cv^2 = exp(sigma^2) - 1."""
    if law.cv is not None and law.mean is not None:
        sigma = math.sqrt(math.log1p(law.cv**2))
        return plan.Law("lognormal", (math.log(law.mean) - sigma**2 / 2, sigma), law.mean, law.cv)
    assert law.sigma is not None
    mu = law.mu
    if mu is None:
        assert law.median is not None
        mu = math.log(law.median)
    mean, cv = math.exp(mu + law.sigma**2 / 2), math.sqrt(math.expm1(law.sigma**2))
    return plan.Law("lognormal", (mu, law.sigma), mean, cv)


def _gamma(law: model.Gamma) -> plan.Law:
    if law.cv is not None and law.mean is not None:
        return plan.Law("gamma", (law.cv**-2, law.mean * law.cv**2), law.mean, law.cv)
    assert law.shape is not None
    assert law.scale is not None
    return _gamma_of(law.shape, law.scale)


def _gamma_of(shape: float, scale: float) -> plan.Law:
    return plan.Law("gamma", (float(shape), scale), shape * scale, shape**-0.5)


def _weibull(law: model.Weibull) -> plan.Law:
    if law.cv is not None and law.mean is not None:
        shape = _weibull_shape(law.cv)
        return plan.Law("weibull", (shape, law.mean / math.gamma(1 + 1 / shape)), law.mean, law.cv)
    assert law.shape is not None
    assert law.scale is not None
    mean = law.scale * math.gamma(1 + 1 / law.shape)
    return plan.Law("weibull", (law.shape, law.scale), mean, _weibull_cv(law.shape))


def _weibull_cv(shape: float) -> float:
    """cv^2 = G(1 + 2/k) / G(1 + 1/k)^2 - 1, through the logarithm of G, which does not overflow."""
    return math.sqrt(math.expm1(math.lgamma(1 + 2 / shape) - 2 * math.lgamma(1 + 1 / shape)))


def _weibull_shape(cv: float) -> float:
    """The shape that gives this cv; it falls from 19,000 at shape 0.05 to 0.0001 at shape 10,000."""
    from scipy.optimize import brentq

    def excess(log_shape: float) -> float:
        return math.log(_weibull_cv(math.exp(log_shape)) / cv)

    return math.exp(brentq(excess, math.log(0.05), math.log(1e4), xtol=1e-14))


def _uniform(low: float, high: float) -> plan.Law:
    mean = (low + high) / 2
    return plan.Law("uniform", (low, high), mean, (high - low) / math.sqrt(12) / mean if mean else 0.0)


def _empirical(sample: tuple[float, ...]) -> plan.Law:
    mean = math.fsum(sample) / len(sample)
    variance = math.fsum((value - mean) ** 2 for value in sample) / len(sample)
    return plan.Law("empirical", tuple(sorted(sample)), mean, math.sqrt(variance) / mean if mean else 0.0)


def _mixture(mixture: tuple[model.Part, ...]) -> plan.Law:
    total = math.fsum(part.share for part in mixture)
    weights = tuple(part.share / total for part in mixture)
    parts = tuple(canonical(part.law) for part in mixture)
    mean = math.fsum(weight * part.mean for weight, part in zip(weights, parts, strict=True))
    square = math.fsum(weight * part.mean**2 * (1 + part.cv**2) for weight, part in zip(weights, parts, strict=True))
    cv = math.sqrt(max(0.0, square / mean**2 - 1)) if mean else 0.0
    return plan.Law("mixture", weights, mean, cv, parts)
