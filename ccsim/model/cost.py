"""What it costs to run a site, beside the wages of its agents."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from ccsim.model.base import (
    Amount,
    Date,
    ExactFactor,
    ExactLevel,
    ExactNumber,
    Frozen,
    Money,
    PerMonth,
    PerYear,
    Seconds,
    Slip,
    slip,
    slips,
)


class Licences(Frozen):
    """Per named agent, or per agent present when most are at once. Short form: the price per agent."""

    short_forms = "write for example 110 USD per month, or {price: 110 USD per month, per: concurrent}"

    price: PerMonth
    per: Literal["agent", "concurrent"] = "agent"

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        return {"price": written} if isinstance(written, str) else super().spell_out(written)


class Telecom(Frozen):
    """``minute`` of telephone talk, ``line`` per month and telephone line."""

    minute: Amount | None = None
    line: PerMonth | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.minute is None and self.line is None:
            raise slips(Slip((), "minute or line is missing; write for example {minute: 0.018 USD}", True))
        return self


class Support(Frozen):
    """People who take no contacts: one paid hour of theirs for ``span`` paid hours of agents."""

    span: Annotated[ExactNumber, Field(ge=1)]
    wage: Money


class Training(Frozen):
    """Of each person hired: ``lasts`` weeks, paid at the wage, and once ``material``."""

    lasts: Seconds
    hours_per_week: Seconds = 40 * 3600.0
    material: Amount | None = None


class Raise(Frozen):
    """
    Amounts are those of the year of ``from``, and rise on every 1 January after it. Short form: ``3% per year``.
    """

    short_forms = "write for example 3% per year, or {rate: 3% per year, from: 2026-01-01}"

    rate: PerYear
    from_: Date | None = Field(default=None, alias="from")
    """1 January of the year in which the counted period starts, if not given."""

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        return {"rate": written} if isinstance(written, str) else super().spell_out(written)

    @model_validator(mode="after")
    def _in_january(self) -> Self:
        if self.from_ is not None and (self.from_.month, self.from_.day) != (1, 1):
            raise slip(f"amounts rise on 1 January; write {self.from_.year}-01-01", "from")
        return self


class Costs(Frozen):
    """Own costs of a site, by key; what is not given costs nothing, and the output says so."""

    benefits: ExactLevel | None = None
    """Of all wages: payroll taxes, insurance, 13th month."""
    holiday_pay: ExactLevel | None = None
    """
    Added to the wage for paid time on holidays of the site; on the statutory ones of its country if it has none of its
    own.
    """
    seat: PerMonth | None = None
    """Per agent scheduled when most are at once."""
    equipment: PerMonth | None = None
    """Per named agent."""
    licences: Licences | None = None
    telecom: Telecom | None = None
    supervisors: Support | None = None
    quality: Support | None = None
    workforce: Support | None = None
    recruiting: Amount | None = None
    """Of each person hired."""
    training: Training | None = None
    turnover: PerYear | None = None
    """Of named agents, where attrition is not simulated."""
    raise_: Raise | None = Field(default=None, alias="raise")

    @model_validator(mode="after")
    def _turnover_costs_something(self) -> Self:
        if self.turnover is not None and self.recruiting is None and self.training is None:
            raise slip("turnover costs what hiring costs; give recruiting or training beside it", "turnover")
        return self


class SeniorityStep(Frozen):
    """Who has been there ``after`` earns a multiple of the pool's wage."""

    after: Annotated[Seconds, Field(gt=0)]
    wage: ExactFactor
