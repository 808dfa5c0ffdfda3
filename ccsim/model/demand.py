"""How many contacts come, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ccsim import quantities
from ccsim.model.base import (
    Count,
    Cv,
    Date,
    Factor,
    Frozen,
    Level,
    Moment,
    Name,
    Rate,
    Seconds,
    Slip,
    WeeklyVolume,
    Zone,
    slip,
    slips,
)
from ccsim.model.hours import Holidays
from ccsim.model.table import IntervalTable, ProfileTable, TimesTable

STEPS_OF_A_DAY = (24, 48, 96)


def profile(written: Any) -> Any:
    """A weekly profile from ``{mon-fri: [24, 48 or 96 weights], sat: [...], sun: 0}``."""
    if isinstance(written, ProfileTable):
        return written
    if not isinstance(written, Mapping):
        raise ValueError("a profile is a map of days, for example {mon-fri: [24 weights], sat: [24 weights], sun: 0}")
    found: dict[int, tuple[float, ...]] = {}
    wrong: list[Slip] = []
    for key, weights in written.items():
        try:
            weekdays = quantities.days(key)
        except ValueError:
            hint = quantities.suggest(key, (*quantities.WEEKDAYS, "mon-fri", "file"))
            wrong.append(Slip((key,), f"unknown key{hint or '; write days like mon-fri'}", on_key=True))
            continue
        problem = _problem_with(weights)
        if problem:
            wrong.append(Slip((key, *problem[0]), problem[1]))
        for weekday in weekdays:
            if weekday in found:
                wrong.append(Slip((key,), f"{quantities.WEEKDAYS[weekday]} is given twice", on_key=True))
            found[weekday] = () if weights == 0 or problem else tuple(float(weight) for weight in weights)
    missing = [name for number, name in enumerate(quantities.WEEKDAYS) if number not in found]
    if missing and not wrong:
        wrong.append(Slip((), f"{missing[0]} is missing; write {missing[0]}: 0 for a day without contacts"))
    steps = {len(weights) for weights in found.values() if weights}
    if len(steps) > 1 and not wrong:
        wrong.append(
            Slip((), f"days have {' and '.join(map(str, sorted(steps)))} weights; all days need the same number")
        )
    if not steps and not wrong:
        wrong.append(Slip((), "all days are 0; a profile needs some weight"))
    if wrong:
        raise slips(*wrong)
    none = (0.0,) * max(steps)
    return ProfileTable(file="", weights=tuple(found[weekday] or none for weekday in range(7)))


def _problem_with(weights: Any) -> tuple[tuple[int, ...], str] | None:
    """Where and what is wrong with one day's weights."""
    if weights == 0 and not isinstance(weights, bool):
        return None
    if not isinstance(weights, list | tuple):
        return (
            (),
            f"{quantities.shown(weights)} is not a list of weights; write {_steps()} numbers, or 0 for no contacts",
        )
    if len(weights) not in STEPS_OF_A_DAY:
        return (), f"{len(weights)} weights are given; a day has {_steps()}"
    for position, weight in enumerate(weights):
        if isinstance(weight, bool) or not isinstance(weight, int | float):
            return (position,), f"{quantities.shown(weight)} is not a number"
        if weight < 0:
            return (position,), f"{weight} is negative; a weight is 0 or more"
    if not any(weights):
        return (), "all weights are 0; write 0 instead of the list"
    return None


def _steps() -> str:
    return f"{STEPS_OF_A_DAY[0]} (hours), {STEPS_OF_A_DAY[1]} (half-hours) or {STEPS_OF_A_DAY[2]} (quarters)"


Volume = Annotated[float, Field(ge=0)]


class Weekly(Frozen):
    """
    A weekly profile times a volume: per week, or per week or date by a mapping of local dates (a week by its Monday).
    """

    profile: Annotated[ProfileTable, BeforeValidator(profile)]
    """Written ``{mon-fri: [...], sat: [...], sun: 0}`` with 24, 48 or 96 weights a day, or ``{file: profile.csv}``."""
    volume: WeeklyVolume | None = None
    volume_by_week: Annotated[dict[Date, Volume], Field(min_length=1)] | None = None
    volume_by_date: Annotated[dict[Date, Volume], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_volume(self) -> Self:
        given = [name for name in ("volume", "volume_by_week", "volume_by_date") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(
                f"{' and '.join(given) or 'no volume'} given; give one of volume, volume_by_week, volume_by_date"
            )
        for monday in self.volume_by_week or {}:
            if monday.weekday() != 0:
                raise slip(f"{monday} is a {monday:%A}; a week is named by its Monday", "volume_by_week")
        return self


class Variation(Frozen):
    """
    Gamma factor with mean 1 on the rate. Short form: ``8%``. ``shared_as``: types that name the same group rise and
    fall together.
    """

    cv: Cv
    shared_as: Name | None = None

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        return written if isinstance(written, Mapping) else {"cv": written}


class ForecastError(Variation):
    per: Literal["week", "month", "horizon"] = "week"


class DemandHolidays(Holidays):
    """On these local dates of arrival demand is multiplied by ``demand``."""

    demand: Level = 0.0


FORMS = ("rate", "weekly", "table", "recorded_counts", "recorded_times")
ON_FORECASTS = ("scale", "actual", "day_factor", "forecast_error", "holidays")


class Demand(Frozen):
    """
    Exactly one of ``rate``, ``weekly``, ``table``, ``recorded_counts``, ``recorded_times``. Wall clock of ``timezone``.

    Tables are written ``file: x.csv`` or ``table: {file: x.csv, missing: zero}``; what happened ``recorded: {counts:
    x.csv}`` or
    ``recorded: {times: x.csv}``. ``none``: only customers who are passed on or come again.
    """

    written_keys = ("file", "missing", "recorded")
    short_forms = (
        "write for example {rate: 120 per hour}, {weekly: {profile: ..., volume: 5200 per week}} or {file: demand.csv}"
    )

    rate: Rate | None = None
    weekly: Weekly | None = None
    table: IntervalTable | None = None
    recorded_counts: IntervalTable | None = None
    recorded_times: TimesTable | None = None
    timezone: Zone | None = None
    """Of the customers; the calendar's if not given."""
    scale: Factor = 1.0
    actual: Factor = 1.0
    """What comes is so many times what is forecast: Erlang, contracts and whoever plans know the forecast alone."""
    day_factor: Variation | None = None
    forecast_error: ForecastError | None = None
    holidays: DemandHolidays | None = None
    starts: Moment | None = None
    """Local wall clock at which demand starts (a day that opens, closes and drains)."""
    ends: Moment | None = None

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        return {"rate": "0 per hour"} if written == "none" else super().spell_out(written)

    @property
    def is_recorded(self) -> bool:
        return self.recorded_counts is not None or self.recorded_times is not None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        given = [form for form in FORMS if getattr(self, form) is not None]
        if len(given) != 1:
            names = " and ".join(form.replace("_", " ").replace("table", "file") for form in given) or "no demand"
            raise ValueError(f"{names} given; give exactly one of rate, weekly, file (or table), recorded")
        if given[0].startswith("recorded"):
            unwanted = [name for name in ON_FORECASTS if name in self.model_fields_set]
            if unwanted:
                raise slips(
                    *(
                        Slip((name,), f"{name} does not go with recorded contacts: they are what happened", True)
                        for name in unwanted
                    )
                )
        if self.starts and self.ends and self.starts >= self.ends:
            raise slip(f"demand ends at {self.ends} but starts at {self.starts}", "ends")
        return self


class OpeningBacklog(Frozen):
    """Deferred contacts that wait when the simulation starts; ages in equal steps up to ``oldest``."""

    contacts: Count
    oldest: Seconds
