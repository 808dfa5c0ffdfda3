"""What outsourcing to a provider costs beside its fees: moving the work there, watching over it, and moving it back."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from ccsim.model.base import (
    Amount,
    ExactNumber,
    ExactShare,
    Frozen,
    HoursPerMonth,
    Money,
    PerMonth,
    PerWeek,
    PerYear,
    Seconds,
    Slip,
    slips,
)
from ccsim.model.contract import Months

ONE_OFF = ("set_up", "knowledge_transfer", "travel", "parallel_run")


class ParallelRun(Frozen):
    """While both centers work: ``lasts`` weeks, in which the one that will close ``costs`` so much each."""

    lasts: Annotated[Seconds, Field(gt=0)]
    costs: PerWeek


class Transition(Frozen):
    """One-off costs of moving the work to the provider; at the begin, or in equal parts over months."""

    set_up: Amount | None = None
    knowledge_transfer: Amount | None = None
    travel: Amount | None = None
    parallel_run: ParallelRun | None = None
    spread_over: Annotated[Months, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if all(getattr(self, key) is None for key in ONE_OFF):
            raise slips(Slip((), f"what it costs is missing; give {', '.join(ONE_OFF[:-1])} or {ONE_OFF[-1]}", True))
        return self


class Governance(Frozen):
    """Managing the provider: ``fixed`` and a ``share`` of its fees. Short forms: one of the two."""

    short_forms = "write for example 9000 USD per month, 3% (of fees), or {fixed: 9000 USD per month, share: 3%}"

    fixed: PerMonth | None = None
    share: ExactShare | None = None

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        if isinstance(written, str):
            return {"fixed" if re.search("[A-Za-z]", written) else "share": written}
        return super().spell_out(written)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.fixed is None and self.share is None:
            raise slips(Slip((), "fixed or share is missing; write for example {share: 3%}", True))
        return self


class ChangeRequests(Frozen):
    """Work outside the contract that is asked for every month."""

    per_month: Annotated[ExactNumber, Field(ge=0, le=100_000)]
    price: Amount


class Exit(Frozen):
    """
    Taking the work back, or to another provider: ``cost`` x ``probability``, at the end or in equal parts over months.
    """

    cost: Amount
    probability: ExactShare = Fraction(1)
    spread_over: Annotated[Months, Field(ge=1)] | None = None


class ExpectedLoss(Frozen):
    """What may happen ``probability`` times a year, and then costs ``loss``."""

    probability: PerYear
    loss: Amount


class Management(Frozen):
    """Time of the client's own managers."""

    hours: HoursPerMonth
    wage: Money


class Strings(Frozen):
    """Beside the fees of one provider; what is not given costs nothing."""

    transition: Transition | None = None
    governance: Governance | None = None
    change_requests: ChangeRequests | None = None
    security: PerMonth | None = None
    """Security and audits."""
    management: Management | None = None
    hedging: ExactShare | None = None
    """Of fees in other currencies than the reporting one."""
    exit: Exit | None = None
    breach: ExpectedLoss | None = None
    outage: ExpectedLoss | None = None
    """Beside what simulated outages cost."""
