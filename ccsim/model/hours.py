"""Weekly hours in a named zone: opening hours, business hours, the times of a routing rule."""

from __future__ import annotations

from datetime import time

from ccsim.model.base import Frozen, Zone
from ccsim.model.demand import Holidays


class Stretch(Frozen):
    """From ``begins`` to ``ends`` on one weekday (Monday = 0); an end at or before the begin is tomorrow (00:00-00:00: all day)."""

    weekday: int
    begins: time
    ends: time


class WeeklyHours(Frozen):
    """Written ``{timezone: America/New_York, mon-fri: 08:00-20:00, sat: [09:00-12:00, 13:00-16:00]}``; ``always`` is None where it is allowed."""

    timezone: Zone | None = None
    """The calendar's if not given."""
    stretches: tuple[Stretch, ...]
    closed_on: Holidays | None = None
    """Holidays (local dates of a stretch's begin) without these hours."""
