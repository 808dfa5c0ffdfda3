"""
What all values of the model share: frozen, strict, no unknown keys; and the quantities, parsed from the text a
planner writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from ccsim import quantities


@dataclass(frozen=True)
class Slip:
    """
    One mistake inside a value: the keys that lead to it, the sentence, and whether the key itself is meant rather
    than its value.
    """

    at: tuple[str | int, ...]
    sentence: str
    on_key: bool = False


def slips(*found: Slip) -> PydanticCustomError:
    """What a validator raises to tell of several mistakes at once, each with its own place."""
    return PydanticCustomError(
        "slips", "{sentence}", {"sentence": "; ".join(s.sentence for s in found), "slips": found}
    )


def slip(sentence: str, *at: str | int) -> PydanticCustomError:
    """What a validator raises to tell of one mistake at a key inside its value."""
    return slips(Slip(at, sentence))


def listed(written: Any) -> Any:
    """A single value is a list of one."""
    return tuple(written) if isinstance(written, list | tuple) else (written,)


class Frozen(BaseModel):
    """Base of all values: immutable, unknown keys are errors, no NaN or infinity."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        arbitrary_types_allowed=True,
        populate_by_name=False,
    )
    short_forms: ClassVar[str] = ""
    """How the value may be written in short, for the sentence when it is not a map."""
    written_keys: ClassVar[tuple[str, ...]] = ()
    """Keys that a planner may write beside the fields."""

    @model_validator(mode="before")
    @classmethod
    def _from_written(cls, written: Any) -> Any:
        return written if isinstance(written, cls) else cls.spell_out(written)

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        """The fields that a short form stands for; what is no short form is returned as it is."""
        if isinstance(written, Mapping):
            return written
        keys = ", ".join([*(field.alias or name for name, field in cls.model_fields.items()), *cls.written_keys][:6])
        hint = cls.short_forms or f"write a map with the keys {keys}"
        raise ValueError(f"{quantities.shown(written)} is not understood here; {hint}")


def quantity(
    parse: Callable[[Any], Any], pattern: str, description: str, example: Any, *also: dict[str, Any]
) -> tuple[Any, Any]:
    """Pydantic metadata of a quantity: how it is parsed and how an editor's schema describes it."""
    text = {"type": "string", "pattern": pattern, "description": description, "examples": [example]}
    return BeforeValidator(parse), WithJsonSchema({"anyOf": [text, *also]} if also else text)


NUMBER = r"(([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?)"
PERCENT = rf"^\s*{NUMBER}\s*%\s*$"
TIMES = rf"^\s*[x×]\s*{NUMBER}\s*$"
CLOCK = r"([0-9]{1,2}:[0-9]{2})"

Seconds = Annotated[
    float, *quantity(quantities.duration, rf"^\s*({NUMBER}\s*[A-Za-z]+\s*)+$", "a duration with its unit", "6 min")
]
Share = Annotated[
    float, *quantity(quantities.share, PERCENT, "a share", "80%", {"type": "number", "minimum": 0, "maximum": 1})
]
Cv = Annotated[
    float,
    *quantity(
        quantities.cv, PERCENT, "standard deviation / mean", "8%", {"type": "number", "minimum": 0, "maximum": 10}
    ),
]
Factor = Annotated[
    float, *quantity(quantities.factor, TIMES, "a factor", "x1.12", {"type": "number", "exclusiveMinimum": 0})
]
Level = Annotated[
    float,
    *quantity(
        quantities.level,
        rf"{PERCENT}|{TIMES}",
        "a share or factor of the usual",
        "40%",
        {"type": "number", "minimum": 0},
    ),
]
Points = Annotated[
    float, *quantity(quantities.points, rf"^\s*{NUMBER}\s*(points?|pp)\s*$", "a difference of shares", "1 point")
]
WallTime = Annotated[
    time, *quantity(quantities.wall_time, rf"^\s*{CLOCK}\s*$", "local wall clock, 00:00 to 24:00", "22:00")
]
Days = Annotated[
    tuple[int, ...],
    *quantity(
        quantities.days,
        r"^[A-Za-z, -]+$",
        "days of the week",
        "mon-fri",
        {"type": "array", "items": {"type": "string"}},
    ),
]
"""Weekdays, Monday = 0, ascending."""
Rate = Annotated[
    float,
    *quantity(
        quantities.rate, rf"^\s*{NUMBER}\s*(per|/)\s*{NUMBER}?\s*[A-Za-z]+\s*$", "contacts per time", "120 per hour"
    ),
]
"""Contacts per second."""
WeeklyVolume = Annotated[
    float,
    *quantity(
        quantities.weekly_volume,
        rf"^\s*{NUMBER}\s*(per|/)\s*{NUMBER}?\s*[A-Za-z]+\s*$",
        "contacts per week",
        "5200 per week",
    ),
]
Money = Annotated[
    quantities.Amount,
    *quantity(
        quantities.money_per_hour,
        rf"^\s*{NUMBER}\s*[A-Za-z]{{3}}\s*(per|/)\s*(hour|h)\s*$",
        "a wage",
        "320 PHP per hour",
    ),
]
PerMonth = Annotated[
    quantities.Amount,
    *quantity(
        quantities.money_per_month,
        rf"^\s*{NUMBER}\s*[A-Za-z]{{3}}\s*(per|/)\s*month\s*$",
        "an amount per calendar month",
        "420 USD per month",
    ),
]
PerWeek = Annotated[
    quantities.Amount,
    *quantity(
        quantities.money_per_week,
        rf"^\s*{NUMBER}\s*[A-Za-z]{{3}}\s*(per|/)\s*week\s*$",
        "an amount per week",
        "22000 USD per week",
    ),
]
HoursPerMonth = Annotated[
    Fraction,
    *quantity(
        quantities.hours_per_month,
        rf"^\s*{NUMBER}\s*(h|hr|hrs|hours?)\s*(per|/)\s*month\s*$",
        "hours each calendar month",
        "30 h per month",
    ),
]
Amount = Annotated[
    quantities.Amount,
    *quantity(quantities.money, rf"^\s*{NUMBER}\s*[A-Za-z]{{3}}\s*$", "an amount of money", "1800 USD"),
]
ExactNumber = Annotated[Fraction, BeforeValidator(quantities.exact_number), WithJsonSchema({"type": "number"})]
ExactShare = Annotated[
    Fraction,
    *quantity(quantities.exact_share, PERCENT, "a share", "28%", {"type": "number", "minimum": 0, "maximum": 1}),
]
ExactLevel = Annotated[
    Fraction,
    *quantity(
        quantities.exact_level,
        rf"{PERCENT}|{TIMES}",
        "a share or factor of the usual",
        "130%",
        {"type": "number", "minimum": 0},
    ),
]
ExactFactor = Annotated[
    Fraction,
    *quantity(quantities.exact_factor, TIMES, "a factor", "x1.08", {"type": "number", "exclusiveMinimum": 0}),
]
PerYear = Annotated[
    Fraction,
    *quantity(quantities.share_per_year, rf"^\s*{NUMBER}\s*%\s*(per|/)\s*year\s*$", "a share each year", "3% per year"),
]
Zone = Annotated[
    str, *quantity(quantities.zone, r"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$", "an IANA time zone", "Asia/Manila")
]
Date = Annotated[date, *quantity(quantities.day, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "a local date", "2026-03-02")]
Moment = Annotated[
    datetime,
    *quantity(
        quantities.moment, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:]+)?$", "a local date and time", "2026-03-02 08:00"
    ),
]
Name = Annotated[
    str, AfterValidator(quantities.name), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 60})
]
Text = Annotated[str, Field(max_length=10_000)]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]
Heads = Annotated[int, Field(ge=0, le=20_000)]
"""A number of agents."""
