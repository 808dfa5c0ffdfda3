"""Distributions of durations as a planner writes them: ``{lognormal: {mean: 6 min, cv: 0.9}}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from ccsim import quantities
from ccsim.model.base import Cv, Frozen, Positive, Seconds, Share, slip
from ccsim.model.table import Sample

Duration = Annotated[Seconds, Field(gt=0, le=366 * quantities.DAY)]
"""More than 0 and at most a year, which work in whole units holds with room for long tails."""


class Mean(Frozen):
    """Exponential or deterministic: the mean says it all. Short form: ``exponential: 6 min``."""

    mean: Duration

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        return written if isinstance(written, Mapping) else {"mean": written}


class TwoParameters(Frozen):
    """Mean and coefficient of variation, or the usual parameters of the family: exactly one of these pairs."""

    mean: Duration | None = None
    cv: Annotated[Cv, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _one_pair(self) -> Self:
        pairs = self.pairs()
        given = {name for name in type(self).model_fields if getattr(self, name) is not None}
        if given not in [set(pair) for pair in pairs]:
            raise ValueError(f"give {', or '.join(' and '.join(pair) for pair in pairs)}")
        return self

    @classmethod
    def pairs(cls) -> tuple[tuple[str, str], ...]:
        """The pairs of parameters that define the law."""
        return (("mean", "cv"), ("shape", "scale"))


class Lognormal(TwoParameters):
    """``mu`` and ``sigma`` are those of the logarithm of seconds; ``median`` may stand for ``mu``."""

    mu: float | None = None
    median: Duration | None = None
    sigma: Positive | None = None

    @classmethod
    def pairs(cls) -> tuple[tuple[str, str], ...]:
        return (("mean", "cv"), ("mu", "sigma"), ("median", "sigma"))


class Gamma(TwoParameters):
    shape: Positive | None = None
    scale: Duration | None = None


class Weibull(TwoParameters):
    shape: Positive | None = None
    scale: Duration | None = None


class Erlang(Frozen):
    """Sum of ``stages`` exponentials; ``mean`` is that of the sum."""

    stages: Annotated[int, Field(ge=1, le=1000)]
    mean: Duration


class Uniform(Frozen):
    low: Seconds
    high: Duration

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low ({self.low:g} s) must not be more than high ({self.high:g} s)")
        return self


class Part(Frozen):
    """A component of a mixture and its share. Short form: ``{share: 30%, exponential: 2 min}``."""

    written_keys = ("exponential", "lognormal", "gamma")

    share: Annotated[Share, Field(gt=0)]
    law: Law

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        fields = super().spell_out(written)
        if "law" in fields:
            return fields
        families = {key: value for key, value in fields.items() if key in (*Law.model_fields, *Law.written_keys)}
        return {**{key: value for key, value in fields.items() if key not in families}, "law": families}


class Law(Frozen):
    """
    Exactly one of the families. ``hyperexponential: [{share: 30%, mean: 2 min}, ...]`` is a mixture of exponentials.
    """

    written_keys = ("hyperexponential",)
    short_forms = "name the distribution, for example {exponential: 4 min} or {lognormal: {mean: 6 min, cv: 0.9}}"

    exponential: Mean | None = None
    deterministic: Mean | None = None
    lognormal: Lognormal | None = None
    gamma: Gamma | None = None
    weibull: Weibull | None = None
    erlang: Erlang | None = None
    uniform: Uniform | None = None
    mixture: Annotated[tuple[Part, ...], Field(min_length=1, max_length=100)] | None = None
    empirical: Sample | None = None
    """A file with one column ``seconds``: each value equally likely. Written ``empirical: calls.csv``."""

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        if not isinstance(written, Mapping) and _is_duration(written):
            raise ValueError(
                f"{written} does not say how it varies; write for example {{exponential: {written}}}, "
                f"{{lognormal: {{mean: {written}, cv: 0.9}}}} or {{deterministic: {written}}}"
            )
        fields = dict(super().spell_out(written))
        if "hyperexponential" in fields:
            fields["mixture"] = _exponentials(fields.pop("hyperexponential"))
        given = sorted(set(fields) & set(cls.model_fields))
        if len(given) > 1:
            raise ValueError(f"{' and '.join(given)} are given; a duration follows exactly one distribution")
        if not fields:
            raise ValueError(f"the distribution is missing; {cls.short_forms}")
        return fields

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.mixture is not None:
            total = sum(part.share for part in self.mixture)
            if abs(total - 1) > 1e-6:
                raise slip(f"the shares add to {total * 100:g} %; they must add to 100 %", "mixture")
        return self


def _is_duration(written: Any) -> bool:
    try:
        quantities.duration(written)
    except ValueError:
        return False
    return True


def _exponentials(written: Any) -> Any:
    if not isinstance(written, list | tuple) or not all(isinstance(part, Mapping) for part in written):
        raise slip("write a list of shares and means, for example [{share: 30%, mean: 2 min}, ...]", "hyperexponential")
    return tuple({("exponential" if key == "mean" else key): value for key, value in part.items()} for part in written)
