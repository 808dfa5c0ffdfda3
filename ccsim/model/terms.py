"""Service-level terms of a contract: what is promised, how it is judged, and what it costs to miss it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Tag, WithJsonSchema, model_validator
from pydantic import Discriminator as By

from ccsim import quantities
from ccsim.model.base import NUMBER, PERCENT, Date, ExactShare, Frozen, Name, Seconds, Slip, listed, slips
from ccsim.model.contact_type import DEFERRED, LIVE
from ccsim.model.hours import WeeklyHours

LESS_IS_BETTER = ("abandonment", "speed_of_answer")
WITHIN = ("service_level", "response")
"""Measures of contacts that are in time."""
EMPTY = "nothing is listed here; write at least one step"


@dataclass(frozen=True)
class Goal:
    """A value of a measure: a share, or a time in seconds."""

    value: Fraction
    is_time: bool

    def __str__(self) -> str:
        return f"{float(self.value):g} s" if self.is_time else f"{float(self.value * 100):g} %"


def goal(written: Any) -> Goal:
    """``80%`` or ``0.8``, or ``25 s``."""
    if isinstance(written, str) and written.strip()[-1:].isalpha():
        return Goal(Fraction(repr(quantities.duration(written))), is_time=True)
    return Goal(quantities.exact_share(written), is_time=False)


Value = Annotated[
    Goal,
    BeforeValidator(goal),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": PERCENT, "description": "a share", "examples": ["80%"]},
                {"type": "string", "pattern": rf"^\s*({NUMBER}\s*[A-Za-z]+\s*)+$", "examples": ["25 s"]},
                {"type": "number", "minimum": 0, "maximum": 1},
            ]
        }
    ),
]


Side = Literal["below", "above"]


class Beyond(Frozen):
    """Results on one side of a value."""

    below: Value | None = None
    above: Value | None = None

    @property
    def side(self) -> Side:
        return "below" if self.below is not None else "above"

    @property
    def beyond(self) -> Goal:
        found = self.below or self.above
        assert found is not None
        return found

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        if (self.below is None) == (self.above is None):
            raise slips(Slip((), "give one of below and above: the results that are meant", True))
        return self


class Step(Beyond):
    """``{below: 75%, credit: 8%}``: such results move that share of the month's fees."""

    credit: ExactShare


class PenaltyLine(Frozen):
    """``{per_point: 2%}``: of the month's fees for each point beyond the goal, pro rata; ``per_second`` of times."""

    per_point: ExactShare | None = None
    per_second: ExactShare | None = None

    @property
    def unit(self) -> str:
        return "per_point" if self.per_second is None else "per_second"

    @property
    def rate(self) -> Fraction:
        """Share of the month's fees per point or second."""
        found = self.per_point if self.per_second is None else self.per_second
        assert found is not None
        return found

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if (self.per_point is None) == (self.per_second is None):
            raise slips(Slip((), "give per_point, or per_second where the target is a time", True))
        return self


class BonusLine(PenaltyLine, Beyond):
    """``{above: 85%, per_point: 1%, cap: 3%}``: of the month's fees; ``below`` where less is better."""

    cap: ExactShare | None = None


def _form(written: Any) -> str:
    return "line" if isinstance(written, Mapping | PenaltyLine) else "steps"


Steps = Annotated[tuple[Step, ...], Tag("steps")]
Penalty = Annotated[Annotated[PenaltyLine, Tag("line")] | Steps, By(_form)]
Bonus = Annotated[Annotated[BonusLine, Tag("line")] | Steps, By(_form)]


def _all_is_none(written: Any) -> Any:
    return None if written == "all" else written


class Term(Frozen):
    """
    One term. ``type`` or ``types``, whose contacts are pooled; all types of the contract if neither is given.

    The result of a month is judged: of ``per: month`` the value of all its contacts; of shorter periods the share of
    those that meet the target, against ``periods_met``, or with ``pooled: false`` the mean of their values, against
    the target. A result that misses costs what ``penalty`` says, at most ``weight`` of the amount at risk; beyond
    ``floor``, or without ``penalty``, it costs all of that.
    """

    written_keys = ("type",)

    name: Name | None = None
    """Types, measure and period if not given."""
    types: tuple[Name, ...] = ()
    measure: Literal["service_level", "response", "abandonment", "speed_of_answer"]
    formula: Literal["offered", "answered", "ignored", "positive", "short-excluded"] | None = None
    """That of each type if not given."""
    within: Seconds | None = None
    """That of each type if not given."""
    target: Value
    floor: Value | None = None
    per: Literal["interval", "day", "week", "month"] = "month"
    pooled: bool = True
    periods_met: ExactShare = Fraction(1)
    hours: Annotated[WeeklyHours | None, BeforeValidator(_all_is_none)] = None
    """Arrivals that count; all if not given, ``all`` says so."""
    exclude: tuple[Date, ...] = ()
    """Local dates (of ``hours``, else of the calendar) whose arrivals do not count."""
    weight: ExactShare = Fraction(1)
    penalty: Penalty | None = None
    bonus: Bonus | None = None
    belongs: Literal["answered by", "offered to"] | None = None
    """That of the contract if not given."""
    clock: Literal["from arrival", "from offer"] | None = None
    """That of the contract if not given."""

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        fields = dict(super().spell_out(written))
        if "type" in fields and "types" in fields:
            raise slips(Slip(("type",), "type and types are given; give one of them", True))
        if "type" in fields:
            fields["types"] = listed(fields.pop("type"))
        return fields

    @property
    def label(self) -> str:
        """Its name, in any case."""
        if self.name is not None:
            return self.name
        what = f"{' + '.join(self.types)} {self.measure.replace('_', ' ')}".strip()
        if self.per == "month":
            return what
        return f"{what} per {self.per}" if self.pooled else f"{what} averaged by {self.per}"

    def fits(self, channel: str) -> bool:
        """Whether contacts of a channel can be measured so."""
        return channel in (DEFERRED if self.measure == "response" else LIVE)

    @property
    def judges_each(self) -> bool:
        """Periods are judged one by one, and a month by the share of them that meet the target."""
        return self.per != "month" and self.pooled

    @property
    def goal(self) -> Goal:
        """What the result of a month is held against."""
        return Goal(self.periods_met, is_time=False) if self.judges_each else self.target

    @property
    def worse(self) -> Side:
        """On which side of the goal the result of a month is worse."""
        return "above" if self.measure in LESS_IS_BETTER and not self.judges_each else "below"

    @property
    def may_cost(self) -> bool:
        """Whether it has penalties at all; a term with a bonus alone has none."""
        return self.penalty is not None or self.floor is not None or self.bonus is None

    @property
    def may_cost_its_weight(self) -> bool:
        """Whether some result costs all of its part of the amount at risk."""
        return self.floor is not None or (self.penalty is None and self.bonus is None)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        wrong = [
            *self._measured(),
            *self._periods(),
            *self._floor(),
            *(Slip((key,), EMPTY) for key in ("penalty", "bonus") if getattr(self, key) == ()),
        ]
        if not wrong:
            wrong = [*self._penalty(), *self._bonus()]
        if wrong:
            raise slips(*wrong)
        return self

    def _measured(self) -> list[Slip]:
        wrong = [
            Slip((key,), f"{key} is for {' and '.join(WITHIN)}, not for {self.measure}", True)
            for key in ("formula", "within")
            if getattr(self, key) is not None and self.measure not in WITHIN
        ]
        if self.measure == "response" and self.formula not in (None, "offered"):
            wrong.append(Slip(("formula",), "deferred work has no abandonment; the formula is offered"))
        if self.target.is_time != (self.measure == "speed_of_answer"):
            example = "a time, for example 25 s" if self.measure == "speed_of_answer" else "a share, for example 80%"
            wrong.append(Slip(("target",), f"{self.target} is no target for {self.measure}; write {example}"))
        return wrong

    def _periods(self) -> list[Slip]:
        if not self.pooled and self.per == "month":
            return [Slip(("pooled",), "a month is averaged over shorter periods; write per: interval, day or week")]
        if "periods_met" in self.model_fields_set and not self.judges_each:
            sentence = "periods_met goes with per: interval, day or week, whose periods are judged one by one"
            return [Slip(("periods_met",), sentence, True)]
        return []

    def _floor(self) -> list[Slip]:
        if self.floor is None:
            return []
        if self.floor.is_time != self.goal.is_time:
            return [Slip(("floor",), f"{self.floor} cannot be compared with {self.goal}")]
        if not _is_beyond(self.floor, self.goal, self.worse):
            return [Slip(("floor",), f"the floor must lie {self.worse} {self._called}, {self.goal}")]
        return []

    def _penalty(self) -> list[Slip]:
        if self.penalty is None:
            return []
        if isinstance(self.penalty, PenaltyLine):
            return self._unit("penalty", self.penalty)
        wrong = _descent("penalty", self.penalty, self.worse)
        first = self.penalty[0].beyond
        if not wrong and first != self.goal and not _is_beyond(first, self.goal, self.worse):
            sentence = f"{first} is no miss: {self._called} is {self.goal}"
            wrong.append(Slip(("penalty", 0, self.worse), sentence))
        return wrong

    def _bonus(self) -> list[Slip]:
        if self.bonus is None:
            return []
        better: Side = "below" if self.worse == "above" else "above"
        at: tuple[str | int, ...]
        if isinstance(self.bonus, BonusLine):
            wrong, at, first = self._unit("bonus", self.bonus), ("bonus",), self.bonus.beyond
            if self.bonus.side != better:
                wrong.append(Slip(("bonus", self.bonus.side), f"better results lie {better}; write {better}", True))
        else:
            wrong, at, first = _descent("bonus", self.bonus, better), ("bonus", 0), self.bonus[0].beyond
        if not wrong and first != self.goal and not _is_beyond(first, self.goal, better):
            sentence = f"there is no bonus for results {self.worse} {self._called}, {self.goal}"
            wrong.append(Slip((*at, better), sentence))
        return wrong

    def _unit(self, key: str, line: PenaltyLine) -> list[Slip]:
        right, results = ("per_second", "times") if self.goal.is_time else ("per_point", "shares")
        return [] if line.unit == right else [Slip((key, line.unit), f"results are {results}; write {right}", True)]

    @property
    def _called(self) -> str:
        return "periods_met" if self.judges_each else "the target"


def _is_beyond(one: Goal, other: Goal, side: Side) -> bool:
    """Whether a value lies on one side of another."""
    return one.value < other.value if side == "below" else one.value > other.value


def _descent(key: str, steps: Sequence[Step], side: Side) -> list[Slip]:
    """Steps lead away from the goal, each to a larger credit."""
    wrong = [
        Slip((key, number, step.side), f"{key} steps lie {side}; write {side}", True)
        for number, step in enumerate(steps)
        if step.side != side
    ]
    if wrong:
        return wrong
    for number, (one, other) in enumerate(pairwise(steps), start=1):
        if other.beyond.is_time != one.beyond.is_time or not _is_beyond(other.beyond, one.beyond, side):
            sentence = f"steps lead away from the target: {other.beyond} does not lie {side} {one.beyond}"
            wrong.append(Slip((key, number, side), sentence))
        elif other.credit <= one.credit:
            sentence = f"credits grow: {_percent(other.credit)} is no more than {_percent(one.credit)} before it"
            wrong.append(Slip((key, number, "credit"), sentence))
    return wrong


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):g} %"


def slips_of_terms(
    terms: Sequence[Term], *, at_risk: Fraction | None, earn_back: int, relief: bool, band: Fraction | None
) -> list[Slip]:
    """What is wrong with the terms of a contract taken together; places are keys of the contract."""
    labels = [term.label for term in terms]
    wrong = [
        Slip(("terms", number), f"there are two terms {label}; give this one a name of its own")
        for number, label in enumerate(labels)
        if label in labels[:number]
    ]
    costly = [(number, term) for number, term in enumerate(terms) if term.may_cost]
    for number, term in costly:
        if at_risk is None and (term.may_cost_its_weight or "weight" in term.model_fields_set):
            sentence = "at_risk is missing: this term may cost its whole weight of it; write for example at_risk: 12%"
            wrong.append(Slip(("terms", number), sentence))
    total = sum((term.weight for _, term in costly), Fraction(0))
    if at_risk is not None and total > 1:
        sentence = f"the weights add to {_percent(total)}; give each term a weight, together at most 100 %"
        wrong.append(Slip(("terms",), sentence))
    for key, given in (("at_risk", at_risk is not None), ("earn_back", earn_back > 0), ("relief", relief)):
        if given and not costly:
            wrong.append(Slip((key,), f"{key} needs terms that may cost something", True))
    if relief and costly and band is None:
        wrong.append(Slip(("relief",), "forecast.band is missing: by how much volume may exceed the forecast", True))
    return wrong
