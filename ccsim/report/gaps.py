"""When nobody is on duty for a contact type, told as hours of the local week."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60
WEEK = 7 * DAY


@dataclass(frozen=True)
class Slot:
    """A planning interval of the local week: minutes from Monday 00:00, weeks when it is open, weeks with a gap."""

    begins: int
    open_weeks: int
    gap_weeks: int

    @property
    def often(self) -> str:
        """How many weeks have this gap; empty if all."""
        return "" if self.gap_weeks == self.open_weeks else f" ({self.gap_weeks} of {self.open_weeks} weeks)"


@dataclass(frozen=True)
class Stretch:
    """Neighboring slots with a gap in as many weeks. [min from Monday 00:00; the end may lie beyond the week]"""

    begins: int
    ends: int
    often: str


def week(coverage: pd.DataFrame, zone: str) -> list[Slot]:
    """
    Planning intervals folded into one local week, only those that are open in some week.

    Parameters
    ----------
    coverage
        Interval rows of the measure ``coverage`` of one scenario and contact type: share of the open time of each
        interval with an agent on duty by plan, NaN where the type is closed.
    zone
        IANA zone whose wall clock is used.
    """
    import pandas as pd

    local = pd.DatetimeIndex(coverage["interval_start_utc"]).tz_convert(zone)
    minutes = local.day_of_week * DAY + local.hour * 60 + local.minute
    # Dates, not intervals: the hour that a clock change repeats is still one Sunday.
    opened: dict[int, set[date]] = defaultdict(set)
    gaps: dict[int, set[date]] = defaultdict(set)
    for begins, day, share in zip(minutes, local.date, coverage["mean"], strict=True):
        if share == share:
            opened[begins].add(day)
        if share < 1:
            gaps[begins].add(day)
    return [Slot(begins, len(opened[begins]), len(gaps[begins])) for begins in sorted(opened)]


def stretches(slots: list[Slot], length: int) -> list[Stretch]:
    """Slots with a gap joined to stretches, the last of the week to the first of the next. [length in min]"""
    gaps = enumerate(slot for slot in slots if slot.gap_weeks)
    runs = groupby(gaps, key=lambda place: (place[1].begins - place[0] * length, place[1].often))
    found = []
    for (_, often), run in runs:
        members = [slot for _, slot in run]
        found.append(Stretch(members[0].begins, members[-1].begins + length, often))
    if len(found) > 1 and found[0].begins == 0 and found[-1].ends == WEEK and found[0].often == found[-1].often:
        first, *middle, last = found
        found = [*middle, Stretch(last.begins, WEEK + first.ends, last.often)]
    return found


def told(found: list[Stretch]) -> str:
    """Stretches as ``mon-fri 22:00-06:00, sat 03:00-04:00 (1 of 4 weeks)``."""
    parts: dict[str, list[int]] = {}
    for stretch in found:
        day, hours = stretch.begins // DAY, f"{clock(stretch.begins)}-{clock(stretch.ends)}{stretch.often}"
        if stretch.ends - stretch.begins >= WEEK:
            return f"always{stretch.often}"
        if stretch.ends - stretch.begins > DAY:
            ends = f"{DAYS[stretch.ends // DAY % 7]} {clock(stretch.ends)}"
            parts[f"{DAYS[day]} {clock(stretch.begins)} to {ends}{stretch.often}"] = []
        else:
            parts.setdefault(hours, []).append(day)
    return ", ".join(f"{days(on)} {hours}" if on else hours for hours, on in parts.items())


def days(weekdays: list[int]) -> str:
    """``mon-fri``, ``sat+sun``"""
    if len(weekdays) > 2 and weekdays == list(range(weekdays[0], weekdays[-1] + 1)):
        return f"{DAYS[weekdays[0]]}-{DAYS[weekdays[-1]]}"
    return "+".join(DAYS[day] for day in weekdays)


def clock(minutes: int) -> str:
    """Minutes since some midnight as wall time."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
