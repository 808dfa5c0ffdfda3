"""Laws as inverse distribution functions: a uniform in, a duration out (rule 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaincinv, ndtri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.plan import Floats, Law


def quantile(law: Law, uniform: Floats, component: Floats | None = None) -> Floats:
    """
    Durations at these probabilities. [s]

    A mixture takes ``component``, a second uniform per duration, to choose its part, and ``uniform`` within the part.
    """
    if law.family != "mixture":
        return simple_quantile(law, uniform)
    if component is None:
        raise ValueError("a mixture needs a second uniform for its component")
    leaves = list(simple_parts(law))
    bounds = np.cumsum([share for share, _ in leaves])
    chosen = np.minimum(np.searchsorted(bounds, component, side="right"), len(leaves) - 1)
    durations = np.empty_like(uniform)
    for row, (_, part) in enumerate(leaves):
        mine = chosen == row
        durations[mine] = simple_quantile(part, uniform[mine])
    return durations


def simple_parts(law: Law, share: float = 1.0) -> Iterator[tuple[float, Law]]:
    """The parts of a mixture with their shares; parts that are mixtures themselves are taken apart."""
    if law.family == "mixture":
        for weight, part in zip(law.parameters, law.parts, strict=True):
            yield from simple_parts(part, share * weight)
    else:
        yield share, law


def simple_quantile(law: Law, uniform: Floats) -> Floats:
    """Inverse distribution function of every family but the mixture. [s]"""
    match law.family, law.parameters:
        case "constant", (value,):
            return np.full_like(uniform, value)
        case "exponential", (mean,):
            return np.asarray(-mean * np.log1p(-uniform))
        case "lognormal", (mu, sigma):
            return np.asarray(np.exp(mu + sigma * ndtri(uniform)))
        case "gamma", (shape, scale):
            return np.asarray(scale * gammaincinv(shape, uniform))
        case "weibull", (shape, scale):
            return np.asarray(scale * (-np.log1p(-uniform)) ** (1.0 / shape))
        case "uniform", (low, high):
            return np.asarray(low + (high - low) * uniform)
        case "endless", _:
            return np.full_like(uniform, np.inf)
        case "empirical", sample:
            return np.asarray(sample)[(uniform * len(sample)).astype(np.int64)]
    raise ValueError(f"no law {law.family!r} with parameters {law.parameters}")


def factor(cv: float, uniform: Floats) -> Floats:
    """Gamma factor with mean 1 and this coefficient of variation, at these probabilities; 1 where ``cv`` is 0."""
    if cv == 0:
        return np.ones_like(uniform)
    shape = cv**-2
    return np.asarray(gammaincinv(shape, uniform) / shape)
