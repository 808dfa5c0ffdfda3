"""Offsets of time zones from UTC, from the tzdata package alone, so that every machine knows the same clock changes."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo

from ccsim.errors import ConfigError, Problem

DAY_S = 86_400


def offsets(zone: str, first_year: int, last_year: int) -> list[tuple[int, int]]:
    """
    Stretches of constant offset of a zone: (begin in UTC, offset from UTC), ascending. [s]

    The first begins with ``first_year``; changes are known to the end of ``last_year``. ``zone`` is an IANA name.
    """
    start = _year_begins(first_year)
    stretches = [(start, _offset(zone, start))]
    for year in range(first_year, last_year + 1):
        stretches.extend(_changes(zone, year))
    return stretches


@cache
def _changes(zone: str, year: int) -> tuple[tuple[int, int], ...]:
    """Clock changes of one year in UTC. Looks at every midnight, then halves the day in which the offset differs."""
    midnights = range(_year_begins(year), _year_begins(year + 1) + 1, DAY_S)
    known = [_offset(zone, midnight) for midnight in midnights]
    found = []
    for day, (before, after) in enumerate(pairwise(known)):
        if before != after:
            found.append((_change_between(zone, midnights[day], midnights[day + 1]), after))
    return tuple(found)


def _change_between(zone: str, low: int, high: int) -> int:
    """First second after ``low`` at which the offset is that of ``high``."""
    new = _offset(zone, high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _offset(zone, middle) == new else (middle, high)
    return high


def _offset(zone: str, utc: int) -> int:
    offset = datetime.fromtimestamp(utc, zone_info(zone)).utcoffset()
    assert offset is not None
    return offset.days * DAY_S + offset.seconds


def _year_begins(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())


@cache
def zone_info(zone: str) -> ZoneInfo:
    """A zone of the tzdata package. ``ZoneInfo(zone)`` would ask the operating system first, whose rules may differ."""
    try:
        with resources.files("tzdata").joinpath("zoneinfo", *zone.split("/")).open("rb") as data:
            return ZoneInfo.from_file(data, key=zone)
    except FileNotFoundError:
        message = f"{zone} is not a time zone of the package tzdata; write an IANA name like Asia/Manila"
        raise ConfigError([Problem("timezone", 0, 0, "", message)]) from None
