"""Weekly patterns: stretches of the wall clock on days of the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.clock import DAY, reading, weekday
from ccsim.calendar.spans import Spans

if TYPE_CHECKING:
    from datetime import time

    from ccsim.plan import Ints


def length(begins: time, ends: time) -> int:
    """From a time of day to another on the clock's face; an end at or before the begin is tomorrow (rule 1). [ticks]"""
    return (reading(ends) - reading(begins) - 1) % DAY + 1


def on_dates(dates: Ints, begins: time, ends: time) -> Spans:
    """The stretch ``begins`` to ``ends`` on each of these dates (ordinals), as spans of readings."""
    start = dates * DAY + reading(begins)
    return Spans(start, start + length(begins, ends))


def on_weekday(dates: Ints, day: int, begins: time, ends: time) -> Spans:
    """As ``on_dates``, on those of the dates that fall on a weekday (Monday = 0)."""
    return on_dates(dates[weekday(dates) == day], begins, ends)


def together(parts: list[Spans]) -> Spans:
    """Several sets of spans as one."""
    if not parts:
        return Spans(np.empty(0, np.int64), np.empty(0, np.int64))
    return Spans(np.concatenate([part.begins for part in parts]), np.concatenate([part.ends for part in parts]))
