"""Weekly hours in a named zone: opening hours, business hours, the times of a routing rule; and holidays."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import model_validator

from ccsim import quantities
from ccsim.model.base import Date, Frozen, Slip, Zone, quantity, slips

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Country = Annotated[str, *quantity(quantities.country, r"^[A-Z]{2}$", "ISO 3166 code of a country", "US")]
"""ISO 3166 code, as in US."""


class Holidays(Frozen):
    """Statutory holidays of a country (and subdivision) and explicit dates. Short form: a list of dates."""

    country: Country | None = None
    subdivision: str | None = None
    dates: tuple[Date, ...] = ()

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        if isinstance(written, list | tuple):
            return {"dates": tuple(written)}
        return super().spell_out(written)

    @model_validator(mode="after")
    def _some_days(self) -> Self:
        if self.subdivision is not None and self.country is None:
            raise ValueError("country is missing; a subdivision belongs to a country")
        if self.country is None and not self.dates:
            raise ValueError("country or dates is missing; write for example {country: US} or {dates: [2026-12-24]}")
        return self


class Stretch(Frozen):
    """
    From ``begins`` to ``ends`` on one weekday (Monday = 0); an end at or before the begin is tomorrow (00:00-00:00:
    all day).
    """

    weekday: int
    begins: time
    ends: time


class WeeklyHours(Frozen):
    """
    Hours of the week. Written ``{timezone: America/New_York, mon-fri: 08:00-20:00, sat: [09:00-12:00, 13:00-16:00]}``.

    Short form: ``mon-fri 08:00-20:00``, or ``22:00-06:00`` for every day. ``always`` is None where it is allowed.
    """

    written_keys = ("mon-fri", "sat", "sun")
    short_forms = "write for example {mon-fri: 08:00-20:00, sat: 09:00-12:00} or always"

    timezone: Zone | None = None
    """The calendar's if not given."""
    stretches: tuple[Stretch, ...]
    closed_on: Holidays | None = None
    """Holidays (local dates of a stretch's begin) without these hours."""

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        if isinstance(written, str):
            names, _, hours = written.strip().rpartition(" ")
            written = {names.strip() or "daily": hours}
        fields = super().spell_out(written)
        if "stretches" in fields:
            return fields
        kept = {key: fields[key] for key in ("timezone", "closed_on") if key in fields}
        found: list[Stretch] = []
        wrong: list[Slip] = []
        for weekday, key, begins, ends, problem in _stretches(fields, kept):
            if problem:
                wrong.append(problem)
            elif any(other.weekday == weekday and other.begins == begins for other in found):
                wrong.append(Slip((key,), f"{quantities.WEEKDAYS[weekday]} {begins:%H:%M} is named twice"))
            else:
                found.append(Stretch(weekday=weekday, begins=begins, ends=ends))
        if wrong:
            raise slips(*dict.fromkeys(wrong))
        if not found:
            raise ValueError("no hours are given; write for example mon-fri: 08:00-20:00, or always instead of the map")
        return {**kept, "stretches": tuple(sorted(found, key=lambda s: (s.weekday, s.begins)))}


def _stretches(
    written: Mapping[str, Any], other_keys: Mapping[str, Any]
) -> Iterator[tuple[int, str, time, time, Slip | None]]:
    """Weekday, key, begin and end of each stretch under the keys that name days, or what is wrong with it."""
    for key, hours in written.items():
        if key in other_keys:
            continue
        try:
            weekdays = quantities.days(key)
        except ValueError:
            hint = quantities.suggest(key, ("timezone", "closed_on", *quantities.WEEKDAYS, "mon-fri"))
            yield 0, key, time(), time(), Slip((key,), f"unknown key{hint or '; write days like mon-fri'}", on_key=True)
            continue
        if hours == "closed":
            continue
        for text in hours if isinstance(hours, list | tuple) else (hours,):
            try:
                begins, ends = quantities.stretch("00:00-24:00" if text == "all day" else text)
            except ValueError as error:
                yield 0, key, time(), time(), Slip((key,), str(error))
                continue
            for weekday in weekdays:
                yield weekday, key, begins, ends, None


def seconds_between(begins: time, ends: time) -> float:
    """From one wall-clock time to the next occurrence of another, a whole day if they are equal. [s]"""
    minutes = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    return float(minutes * 60) if minutes > 0 else minutes * 60 + quantities.DAY
