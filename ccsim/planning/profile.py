"""A weekly profile times a volume per week or date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.clock import DAY, weekday
from ccsim.calendar.spans import Spans
from ccsim.errors import ConfigError, Problem
from ccsim.planning.pieces import Pieces

if TYPE_CHECKING:
    from ccsim.calendar.clock import WallClock
    from ccsim.model.demand import Weekly
    from ccsim.plan import Floats, Ints
    from ccsim.planning.horizon import Horizon


def weekly_pieces(
    weekly: Weekly, dates: Ints, clock: WallClock, span: Horizon, path: str, needed: tuple[int, int]
) -> Pieces:
    """
    The demand of a profile on these local dates.

    Weights divide the volume of a normal week (or date) and are read at the wall clock of each instant: a repeated hour
    counts twice, a skipped one not at all, nothing is renormalized. Each date of ``needed`` [ticks] must have a volume.
    """
    contacts = _by_step(weekly, dates)
    without = dates[np.isnan(contacts).any(axis=1)]
    missing = np.intersect1d(without, clock.dates(*needed))
    if len(missing):
        named = "volume_by_week" if weekly.volume_by_date is None else "volume_by_date"
        message = f"no volume for {date.fromordinal(int(missing[0]))}, which is counted; add it"
        raise ConfigError([Problem(span.file, 0, 0, f"{path}.weekly.{named}", message)])
    contacts = np.nan_to_num(contacts)
    steps = contacts.shape[1]
    begins = (dates[:, None] * DAY + np.arange(steps) * DAY // steps).ravel()
    readings = Spans(begins, begins + DAY // steps)
    spans, row = clock.pieces(readings, 0, span.run_end)
    return Pieces.of(spans.begins, spans.ends, contacts.ravel()[row] * (spans.ends - spans.begins) / (DAY // steps))


def _by_step(weekly: Weekly, dates: Ints) -> Floats:
    """[date, step] contacts, NaN where no volume is given."""
    weights = np.array(weekly.profile.weights, dtype=np.float64)
    on_day = weights[weekday(dates)]
    if weekly.volume_by_date is not None:
        volume = _volumes(weekly.volume_by_date, dates)
        total = on_day.sum(axis=1)
        per_weight: Floats = np.divide(volume, total, out=volume * 0, where=total > 0)
        return on_day * per_weight[:, None]
    volume = np.full(len(dates), weekly.volume or 0.0)
    if weekly.volume_by_week is not None:
        volume = _volumes(weekly.volume_by_week, dates - weekday(dates))
    per_weight = volume / weights.sum()
    return on_day * per_weight[:, None]


def _volumes(written: dict[date, float], dates: Ints) -> Floats:
    by_ordinal = {day.toordinal(): volume for day, volume in written.items()}
    return np.array([by_ordinal.get(day, np.nan) for day in dates.tolist()])
