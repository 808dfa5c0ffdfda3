"""Distributions of durations as a planner writes them: ``{lognormal: {mean: 6 min, cv: 0.9}}``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ccsim.model.base import Frozen, Positive, Seconds, Share
from ccsim.model.table import Sample


class Mean(Frozen):
    """Exponential or deterministic: the mean says it all. Short form: ``exponential: 6 min``."""

    mean: Seconds


class MeanCv(Frozen):
    """Mean and coefficient of variation, or the usual parameters of the family (exactly one of the two forms)."""

    mean: Seconds | None = None
    cv: Positive | None = None


class Lognormal(MeanCv):
    """``mu`` and ``sigma`` are those of the logarithm of seconds; ``median`` may stand for ``mu``."""

    mu: float | None = None
    median: Seconds | None = None
    sigma: Positive | None = None


class Gamma(MeanCv):
    shape: Positive | None = None
    scale: Seconds | None = None


class Weibull(MeanCv):
    shape: Positive | None = None
    scale: Seconds | None = None


class Erlang(Frozen):
    """Sum of ``stages`` exponentials; ``mean`` is that of the sum."""

    stages: Annotated[int, Field(ge=1, le=1000)]
    mean: Seconds


class Uniform(Frozen):
    low: Seconds
    high: Seconds


class Part(Frozen):
    """A component of a mixture and its share; shares add to 100 %."""

    share: Share
    law: Law


class Law(Frozen):
    """Exactly one of the families."""

    exponential: Mean | None = None
    deterministic: Mean | None = None
    lognormal: Lognormal | None = None
    gamma: Gamma | None = None
    weibull: Weibull | None = None
    erlang: Erlang | None = None
    uniform: Uniform | None = None
    mixture: tuple[Part, ...] | None = None
    empirical: Sample | None = None
    """A file with one column ``seconds``: each value equally likely."""
