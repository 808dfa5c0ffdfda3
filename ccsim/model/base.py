"""What all values of the model share: frozen, strict, no unknown keys; and the quantities, parsed from the text a planner writes."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from ccsim import quantities

NAME = r"^[A-Za-z0-9][A-Za-z0-9 _.&+-]{0,59}$"


class Frozen(BaseModel):
    """Base of all values: immutable, unknown keys are errors, no NaN or infinity."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, arbitrary_types_allowed=True, populate_by_name=False
    )


def written(parse: Any, pattern: str, description: str, example: Any, *also: dict[str, Any]) -> tuple[Any, Any]:
    """Pydantic metadata of a quantity: how it is parsed and how an editor's schema describes it."""
    text = {"type": "string", "pattern": pattern, "description": description, "examples": [example]}
    return BeforeValidator(parse), WithJsonSchema({"anyOf": [text, *also]} if also else text)


Seconds = Annotated[float, *written(quantities.duration, r"^\s*[0-9.]+\s*[a-z]+\s*$", "a duration with its unit", "6 min")]
Share = Annotated[float, *written(quantities.share, r"^\s*[0-9.]+\s*%\s*$", "a share", "80%", {"type": "number", "minimum": 0, "maximum": 1})]
Factor = Annotated[float, *written(quantities.factor, r"^\s*x\s*[0-9.]+\s*$", "a factor", "x1.12")]
WallTime = Annotated[time, *written(quantities.wall_time, r"^\s*[0-9]{1,2}:[0-9]{2}\s*$", "local wall clock, 00:00 to 23:59", "22:00")]
Days = Annotated[tuple[int, ...], *written(quantities.days, r"^[a-z, -]+$", "days of the week", "mon-fri")]
"""Weekdays, Monday = 0, ascending."""
Rate = Annotated[float, *written(quantities.rate, r"^\s*[0-9.]+\s*(per|/)\s*[0-9.]*\s*[a-z]+\s*$", "contacts per time", "120 per hour")]
"""Contacts per second."""
WeeklyVolume = Annotated[float, *written(quantities.weekly_volume, r"^\s*[0-9.]+\s*(per|/)\s*week\s*$", "contacts per week", "5200 per week")]
Money = Annotated[quantities.Money, *written(quantities.money_per_hour, r"^\s*[0-9.]+\s*[A-Z]{3}\s*(per|/)\s*hour\s*$", "a wage", "320 PHP per hour")]
Zone = Annotated[str, *written(quantities.zone, r"^[A-Za-z_+-]+(/[A-Za-z0-9_+-]+)*$", "an IANA time zone", "Asia/Manila")]
Percent = Share
Name = Annotated[str, Field(pattern=NAME)]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]
