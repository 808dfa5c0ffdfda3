"""From the start of the warm-up to the end of the run-on (rules 1 and 10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ccsim.calendar.clock import DAY, SECOND, WEEK, ticks, wall_clock
from ccsim.planning.dialing import longest_pursuit
from ccsim.planning.hours import due, windows
from ccsim.planning.moves import mean_delays

if TYPE_CHECKING:
    from ccsim.calendar.clock import WallClock
    from ccsim.model.contact_type import ContactType
    from ccsim.model.experiment import Calendar, Center

YEARS_BEFORE, YEARS_AFTER = 2, 7
"""Clock changes are known this long around the counted period, for opening backlog and business hours beyond it."""
RETURNS_WITHIN = 7 * DAY
"""The run-on by default waits no longer than this for customers to come again."""
WEEKS_OF_HOURS = 4
"""So many weeks tell how much of the time a type is open."""


@dataclass(frozen=True)
class Horizon:
    """The span that is simulated, [0, run_end), and the clocks of its zones. [ticks]"""

    reporting: str
    """Zone of the calendar."""
    interval: int
    """Planning interval."""
    epoch: int
    """UTC time of tick 0. [s since 1970-01-01]"""
    counted_from: int
    counted_to: int
    run_end: int
    years: tuple[int, int]
    file: str

    def clock(self, zone: str | None = None) -> WallClock:
        """The wall clock of a zone; of the calendar's if none is given."""
        return wall_clock(zone or self.reporting, self.epoch, *self.years)


def horizon(calendar: Calendar, center: Center, file: str) -> Horizon:
    """
    The counted period between two local midnights, the warm-up before it, and the run-on after it.

    The warm-up is taken to whole seconds. The run-on, unless given, lasts until the last counted contact of any
    deferred type is due (business hours turned into real ones), and 2 days more; where customers come again or are
    called, it lasts longer by as many of the longest mean delay of a return (opening hours turned into real ones) as a
    customer may come again, or the longest time over which a customer is tried to be reached, but at most 7 days.
    """
    counted = _counted(calendar, file)
    if calendar.run_on is not None:
        return replace(counted, run_end=counted.counted_to + ticks(calendar.run_on))
    last_due = max(due(name, kind, counted, counted.counted_to) for name, kind in center.contact_types.items())
    returns = (_real_time(delay, kind, counted) for delay, kind in mean_delays(center))
    later = max(center.customers.at_most * max(returns, default=0.0), longest_pursuit(center))
    return replace(counted, run_end=last_due + 2 * DAY + min(ticks(later), RETURNS_WITHIN))


def _real_time(delay: float, kind: ContactType | None, counted: Horizon) -> float:
    """How long a delay takes if it runs in the opening hours of a type, by those after the counted period. [s]"""
    if kind is None or kind.opening_hours is None or kind.channel == "outbound":
        return delay
    hours, clock = kind.opening_hours, counted.clock(kind.opening_hours.timezone)
    is_open = windows(hours, clock, counted.counted_to, counted.counted_to + WEEKS_OF_HOURS * WEEK).measure
    return delay * WEEKS_OF_HOURS * WEEK / is_open if is_open else delay


def _counted(calendar: Calendar, file: str) -> Horizon:
    first = calendar.start.toordinal()
    days = 7 * calendar.weeks if calendar.weeks is not None else calendar.days
    assert days is not None
    years = (calendar.start.year - YEARS_BEFORE, calendar.start.year + days // 365 + YEARS_AFTER)
    begins, ends = (wall_clock(calendar.timezone, 0, *years).midnight([first, first + days]) // SECOND).tolist()
    warm_up = round(calendar.warm_up)
    epoch = begins - warm_up
    return Horizon(
        reporting=calendar.timezone,
        interval=ticks(calendar.interval),
        epoch=epoch,
        counted_from=warm_up * SECOND,
        counted_to=(ends - epoch) * SECOND,
        run_end=(ends - epoch) * SECOND,
        years=(min(years[0], datetime.fromtimestamp(epoch, UTC).year - YEARS_BEFORE), years[1]),
        file=file,
    )
