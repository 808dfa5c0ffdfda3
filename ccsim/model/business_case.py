"""What a business case asks, as a planner writes it: cases of phases over some months."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from ccsim.model.base import Frozen, Name, PerYear, Slip, Text, listed, slip, slips

Number = Annotated[int, Field(ge=1, le=600)]


class Phase(Frozen):
    """Some months in which a scenario runs; the last phase of a case may leave them out, and has all the rest."""

    short_forms = "write the name of a scenario, or for example {scenario: transition, months: 6}"

    scenario: Text
    months: Number | None = None

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        return {"scenario": written} if isinstance(written, str) else super().spell_out(written)


Case = Annotated[tuple[Phase, ...], BeforeValidator(listed), Field(min_length=1)]


class Sensitivity(Frozen):
    """
    A value of the file that may well be another one: ``key`` as in ``--set``, ``low`` and ``high`` as they may be
    written there, numbers, texts or maps.
    """

    key: Text
    low: Any
    high: Any

    @property
    def path(self) -> tuple[str, ...]:
        """Steps of the key."""
        return tuple(step.strip() for step in self.key.split("."))

    @model_validator(mode="after")
    def _has_a_path_and_two_ends(self) -> Self:
        if len(self.path) < 2 or not all(self.path):
            raise slip(f"{self.key!r} is not a path of keys; write for example pools.manila.shrinkage.absence", "key")
        if self.low == self.high:
            raise slip("low and high are the same; write two different values", "high")
        return self


class BusinessCase(Frozen):
    """What each case costs over ``months``; later money is worth less by ``discount``."""

    months: Number
    discount: PerYear = Fraction(0)
    baseline: Text | None = None
    """The first case if not given."""
    cases: dict[Name, Case] = Field(default_factory=dict)
    """Each scenario, from the first month to the last, if not given."""
    sensitivities: dict[Name, Sensitivity] = Field(default_factory=dict)
    """By name, for ``ccsim sensitivity``; a run leaves them aside."""

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        if isinstance(written, Mapping) and written.get("cases") == {}:
            raise slips(Slip(("cases",), "there is no case; leave cases out, and each scenario is one", True))
        return super().spell_out(written)

    @model_validator(mode="after")
    def _as_long_as_asked(self) -> Self:
        found = [slip for name, case in self.cases.items() for slip in self._misfits(name, case)]
        if found:
            raise slips(*found)
        return self

    def _misfits(self, name: str, case: tuple[Phase, ...]) -> list[Slip]:
        """Months that are missing, too many or too few."""
        *first, last = case
        missing = [number for number, phase in enumerate(first) if phase.months is None]
        if missing:
            at = ("cases", name, missing[0])
            return [Slip(at, "months is missing; only the last phase may leave it out, and has all the rest")]
        known = sum(phase.months or 0 for phase in case)
        at = ("cases", name, len(first), *(("months",) if last.months is not None else ()))
        if last.months is None and known >= self.months:
            return [Slip(at, f"nothing is left for it: the phases before have {known} of {self.months} months")]
        if last.months is not None and known != self.months:
            hint = "leave months out, and the last phase has all the rest"
            return [Slip(at, f"the phases have {known} months, the business case {self.months}; {hint}")]
        return []
