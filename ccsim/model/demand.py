"""How many contacts come, and when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from ccsim.model.base import Count, Factor, Frozen, Name, Positive, Rate, Seconds, Share, WeeklyVolume, Zone
from ccsim.model.table import IntervalTable, ProfileTable, TimesTable


class Weekly(Frozen):
    """A weekly profile times a volume: per week, or per week or date by a mapping of local dates (a week by its Monday)."""

    profile: ProfileTable
    """Written ``{mon-fri: [...], sat: [...], sun: 0}`` with 24, 48 or 96 weights a day, or ``{file: profile.csv}``."""
    volume: WeeklyVolume | None = None
    volume_by_week: dict[date, float] | None = None
    volume_by_date: dict[date, float] | None = None


class Variation(Frozen):
    """Gamma factor with mean 1 on the rate. ``shared_as``: types that name the same group rise and fall together."""

    cv: Share | Positive
    shared_as: Name | None = None


class ForecastError(Variation):
    per: Literal["week", "month", "horizon"] = "week"


class Holidays(Frozen):
    """Statutory holidays of a country (and subdivision) and explicit dates."""

    country: str | None = None
    subdivision: str | None = None
    dates: tuple[date, ...] = ()


class DemandHolidays(Holidays):
    """On these local dates of arrival demand is multiplied by ``demand``."""

    demand: Share | Factor = 0.0


class Demand(Frozen):
    """Exactly one of ``rate``, ``weekly``, ``table``, ``recorded_counts``, ``recorded_times``. Wall clock of ``timezone``."""

    rate: Rate | None = None
    weekly: Weekly | None = None
    table: IntervalTable | None = None
    recorded_counts: IntervalTable | None = None
    recorded_times: TimesTable | None = None
    timezone: Zone | None = None
    """Of the customers; the calendar's if not given."""
    scale: Factor = 1.0
    day_factor: Variation | None = None
    forecast_error: ForecastError | None = None
    holidays: DemandHolidays | None = None
    starts: datetime | None = Field(default=None)
    """Local wall clock at which demand starts (a day that opens, closes and drains)."""
    ends: datetime | None = None


class OpeningBacklog(Frozen):
    """Deferred contacts that wait when the simulation starts; ages spread evenly from 0 to ``oldest``."""

    contacts: Count
    oldest: Seconds
