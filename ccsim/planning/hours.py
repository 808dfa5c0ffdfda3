"""Weekly hours and holidays of the model, on the clock of a simulation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.business_hours import add_business
from ccsim.calendar.clock import DAY, LATE, WEEK, ticks
from ccsim.calendar.public_holidays import statutory
from ccsim.calendar.weekly import on_weekday, together
from ccsim.errors import ConfigError, Problem

if TYPE_CHECKING:
    from ccsim.calendar.clock import WallClock
    from ccsim.calendar.spans import Spans
    from ccsim.model.contact_type import ContactType
    from ccsim.model.hours import Holidays, WeeklyHours
    from ccsim.plan import Bools, Ints
    from ccsim.planning.horizon import Horizon

LONGEST_REACH = 256
"""Business hours that do not hold a response target this many weeks beyond its length are an error. [weeks]"""


def without_holidays(dates: Ints, holidays: Holidays | None) -> Ints:
    """These dates (ordinals, ascending) less the holidays among them."""
    return dates[~are_holidays(dates, holidays)]


def are_holidays(dates: Ints, holidays: Holidays | None) -> Bools:
    """Which of these dates (ordinals, ascending) are holidays."""
    if holidays is None or not len(dates):
        return np.zeros(len(dates), dtype=np.bool_)
    found = {day.toordinal() for day in holidays.dates}
    if holidays.country is not None:
        found |= statutory(holidays.country, holidays.subdivision, int(dates[0]), int(dates[-1]))
    return np.isin(dates, np.array(sorted(found), dtype=np.int64))


def windows(hours: WeeklyHours, clock: WallClock, begins: int, ends: int) -> Spans:
    """The times between two ticks in these hours, merged and ascending; a holiday takes away what begins on it."""
    dates = without_holidays(clock.dates(begins - DAY, ends), hours.closed_on)
    stretches = [on_weekday(dates, part.weekday, part.begins, part.ends) for part in hours.stretches]
    return clock.windows(together(stretches), begins, ends)


def business_windows(name: str, kind: ContactType, span: Horizon, begins: int, after: int) -> Spans | None:
    """
    The hours in which the response time of a type counts, from ``begins`` to a whole target or more after ``after``.

    None where calendar time counts: no target, none in business hours, or a live type.
    """
    target = kind.service_level
    if target is None or target.hours is None or not kind.is_deferred:
        return None
    clock, duration, weeks = span.clock(target.hours.timezone), ticks(target.within), 1
    while weeks <= LONGEST_REACH:
        found = windows(target.hours, clock, begins, after + duration + weeks * WEEK)
        if found.clipped(after, LATE).measure >= duration:
            return found
        weeks *= 4
    message = "business hours hold too little time to meet this target within five years; add hours"
    raise ConfigError([Problem(span.file, 0, 0, f"contact_types.{name}.service_level.hours", message)])


def due(name: str, kind: ContactType, span: Horizon, arrived: int) -> int:
    """When a deferred contact of this type is due; for other types its arrival."""
    if kind.service_level is None or not kind.is_deferred:
        return arrived
    hours = business_windows(name, kind, span, min(0, arrived), arrived)
    within = ticks(kind.service_level.within)
    if hours is None:
        return arrived + within
    return int(add_business(np.array([arrived]), within, hours.begins, hours.ends)[0])
