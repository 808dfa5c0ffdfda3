"""Hours of the counted period on a local wall clock, with a day of 23 or 25 of them where the clocks change."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, cast
from zoneinfo import ZoneInfo

from ccsim.plots.frames import interval_hours
from ccsim.plots.week import HOUR

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.results import Results

WEEK = 7
"""[days]"""
MOST_BY_HOUR = 28
"""Days whose hours can be told apart; of longer periods each day is one value. [days]"""
DAY = 24.0
"""[h]"""


def days_of(results: Results) -> int:
    """Length of the counted period. [days]"""
    calendar = results.experiment["calendar"]
    return int(calendar["days"] or WEEK * calendar["weeks"])


class Clock(NamedTuple):
    """Hours since the local midnight on which the counted period begins, in steps of ``step``."""

    origin: datetime
    days: int
    step: float
    """[h]"""

    @classmethod
    def of(cls, results: Results, zone: str, finest: float = HOUR) -> Clock:
        """From the last local midnight before the counted period."""
        calendar = results.experiment["calendar"]
        first = datetime.combine(date.fromisoformat(calendar["start"]), datetime.min.time())
        begins = first.replace(tzinfo=ZoneInfo(str(results.timezone))).astimezone(ZoneInfo(zone))
        days = days_of(results) + (begins.time() != datetime.min.time())
        step = DAY if days_of(results) > MOST_BY_HOUR else max(finest, interval_hours(results))
        return cls(datetime.combine(begins.date(), datetime.min.time(), ZoneInfo(zone)), days, step)

    def at(self, instant: datetime) -> float:
        """Hours since the origin, as they passed."""
        return (instant.timestamp() - self.origin.timestamp()) / 3600

    def steps(self, instants: pd.Index) -> pd.Series[float]:
        """For each instant, when its step begins; of days the local midnight."""
        import pandas as pd

        local = cast("pd.DatetimeIndex", instants).tz_convert(self.origin.tzinfo)
        if self.step == DAY:
            begins = local.normalize()
            return pd.Series([self.at(one.to_pydatetime()) for one in begins], index=instants)
        hours = (local - pd.Timestamp(self.origin)).total_seconds() / 3600
        return pd.Series(hours // self.step * self.step, index=instants)

    @property
    def midnights(self) -> list[float]:
        """Of every day, and the last one's end."""
        first = self.origin.date()
        every = (datetime.combine(first + timedelta(day), datetime.min.time()) for day in range(self.days + 1))
        return [self.at(one.replace(tzinfo=self.origin.tzinfo)) for one in every]

    @property
    def all_steps(self) -> list[float]:
        """Begins of all steps."""
        if self.step == DAY:
            return self.midnights[:-1]
        return [number * self.step for number in range(round(self.midnights[-1] / self.step))]
