"""How bids are scored, as a procurement team writes it: criteria with weights and anchors, and requirements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple, Self, get_args

from pydantic import Field, SkipValidation, ValidationInfo, WithJsonSchema, field_validator, model_validator

from ccsim import quantities
from ccsim.model.base import ExactShare, Frozen, Name, Slip, Text, slip, slips
from ccsim.quantities import Amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from fractions import Fraction


def _number(written: Any) -> float:
    return float(quantities.exact_number(written))


IN_ALL = "in all"
"""What the sum of all criteria is called in tables, and no criterion is."""


class Unit(NamedTuple):
    """How values are written, and what they are called."""

    read: Callable[[Any], float | Amount]
    example: str


MONEY = Unit(quantities.money, "9.50 USD")
SHARE = Unit(quantities.share, "80%")
TIME = Unit(quantities.duration, "20 s")
NUMBER = Unit(_number, "1.2")

Money = Literal[
    "total_cost",
    "total_cost_per_answered",
    "total_cost_per_handled_minute",
    "total_cost_per_resolution",
    "total_cost_per_productive_hour",
]
"""Of the whole center; all others are of a contact type."""
Losses = Literal["abandonment_rate"]
Times = Literal["wait_mean_s", "speed_of_answer_s", "response_mean_s", "total_wait_mean_s"]
Visits = Literal["contacts_per_resolution"]
Promised = Literal[
    "service_level",
    "service_level_answered",
    "service_level_ignored",
    "service_level_positive",
    "target_met_share_interval",
    "target_met_share_day",
    "target_met_share_week",
]
"""Of a contact type that has a service level."""
Service = Literal[
    Promised,
    "first_attempt_success",
    "eventual_success",
    "resolution_rate",
    "first_contact_resolution",
    "satisfaction_mean",
]
"""More of these is better, less of all others."""
Scored = Literal[Money, Losses, Times, Visits, Service]
"""Measures that bids may be scored by."""
UNITS: dict[str, Unit] = {
    **dict.fromkeys(get_args(Money), MONEY),
    **dict.fromkeys(get_args(Times), TIME),
    **dict.fromkeys(get_args(Visits), NUMBER),
    **dict.fromkeys((*get_args(Losses), *get_args(Service)), SHARE),
}

Level = Annotated[
    float | Amount,
    SkipValidation,
    WithJsonSchema(
        {
            "anyOf": [{"type": "string"}, {"type": "number"}],
            "description": "a value of the measure, in its unit",
            "examples": [unit.example for unit in (MONEY, SHARE, TIME)],
        }
    ),
]


class Statistic(Frozen):
    """
    What is taken of the replications: their ``mean`` (ratio of sums), the standard ``deviation`` between them, or the
    mean of the ``worst`` share of them. Short forms: ``mean``, ``deviation``, ``worst 10%``.
    """

    of: Literal["mean", "deviation", "worst"]
    share: Annotated[ExactShare, Field(gt=0, lt=1)] | None = None
    """Of the replications; of ``worst`` alone."""

    short_forms = "write mean, deviation or worst 10%"

    @property
    def label(self) -> str:
        return self.of if self.share is None else f"{self.of} {float(100 * self.share):g}%"

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        if written in ("mean", "deviation"):
            return {"of": written}
        match = re.fullmatch(r"worst\s+(\S+\s*%)", written.strip()) if isinstance(written, str) else None
        if match is None:
            return super().spell_out(written)
        return {"of": "worst", "share": match[1]}


class Measured(Frozen):
    """A measure of the whole center or of a contact type, over all replications."""

    levels: ClassVar[tuple[str, ...]] = ()
    """Keys that hold values of the measure."""

    measure: Scored
    contact_type: Text | None = None
    statistic: Statistic = Statistic(of="mean")

    @property
    def less_is_better(self) -> bool:
        return self.measure not in get_args(Service) or self.statistic.of == "deviation"

    @property
    def is_of_the_whole(self) -> bool:
        """Whether it is of the whole center, not of a contact type: money."""
        return self.measure in get_args(Money)

    @property
    def described(self) -> str:
        """What less or more of is better, for a sentence."""
        return "the deviation" if self.statistic.of == "deviation" else self.measure

    @model_validator(mode="after")
    def _of_the_whole_or_of_a_type(self) -> Self:
        if self.is_of_the_whole and self.contact_type is not None:
            raise slips(Slip(("contact_type",), f"{self.measure} is of the whole center; leave contact_type out", True))
        if not self.is_of_the_whole and self.contact_type is None:
            raise slips(Slip((), f"contact_type is missing; {self.measure} is that of a contact type", True))
        return self


def level(written: Any, info: ValidationInfo) -> Any:
    """A value in the unit of the measure; where the measure is not known, that is told, and not this."""
    unit = UNITS.get(info.data.get("measure", ""))
    return written if unit is None else unit.read(written)


class Criterion(Measured):
    """
    Something that bids get points for: 100 at ``best`` or better, 0 at ``worst`` or worse, on a straight line between.
    """

    levels = ("best", "worst")

    weight: Annotated[ExactShare, Field(gt=0)]
    best: Level
    worst: Level

    _in_its_unit = field_validator(*levels, mode="before")(level)

    @property
    def anchors(self) -> tuple[float, float]:
        """Best and worst as plain numbers, in the unit of the measure."""
        return plain(self.best), plain(self.worst)

    @model_validator(mode="after")
    def _on_the_right_side(self) -> Self:
        best, worst = self.anchors
        if best == worst:
            raise slip("best and worst are the same, so that nothing lies between them", "best")
        if self.less_is_better != (best < worst):
            than = "less" if self.less_is_better else "more"
            raise slip(f"{than} of {self.described} is better, so best has to be {than} than worst", "best")
        return self


class Requirement(Measured):
    """What a bid must reach to be chosen at all: ``at_least`` or ``at_most``."""

    levels = ("at_least", "at_most")

    at_least: Level | None = None
    at_most: Level | None = None

    _in_its_unit = field_validator(*levels, mode="before")(level)

    @property
    def limit(self) -> float:
        """As a plain number, in the unit of the measure."""
        written = self.at_most if self.less_is_better else self.at_least
        assert written is not None
        return plain(written)

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        meant, other = ("at_most", "at_least") if self.less_is_better else ("at_least", "at_most")
        than = "less" if self.less_is_better else "more"
        if getattr(self, other) is not None:
            raise slips(Slip((other,), f"{than} of {self.described} is better; write {meant}", True))
        if getattr(self, meant) is None:
            raise slips(Slip((), f"{meant} is missing", True))
        return self


class Selection(Frozen):
    """
    Scenarios that compete, what they are scored by, and what they must reach. Weights add up to 1, which is checked
    where files are read.
    """

    candidates: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None
    """All scenarios if not given; a scenario with a sweep by its own name, too."""
    criteria: Annotated[dict[Name, Criterion], Field(min_length=1)]
    requirements: dict[Name, Requirement] = Field(default_factory=dict)

    def among(self, scenarios: Iterable[str]) -> list[str]:
        """The candidates among some scenarios, in their order."""
        return [
            name
            for name in scenarios
            if self.candidates is None or {name, name.partition(" | ")[0]} & {*self.candidates}
        ]

    @property
    def weights(self) -> tuple[Fraction, ...]:
        return tuple(criterion.weight for criterion in self.criteria.values())


def plain(written: float | Amount) -> float:
    return float(written.amount) if isinstance(written, Amount) else written
