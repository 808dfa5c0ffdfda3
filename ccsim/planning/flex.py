"""Flex bands: heads of a week that follow the forecast within what a contract grants."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.calendar.clock import WEEK

if TYPE_CHECKING:
    from ccsim.model.shift import Shift
    from ccsim.plan import Floats, Forecast, Ints
    from ccsim.planning.horizon import Horizon
    from ccsim.planning.rows import Rows


class Heads(NamedTuple):
    """``number[w]`` seats of a line work in week w; on dates of no such week ``usual`` do."""

    first: int
    """Local date (ordinal) with which week 0 begins."""
    number: Ints
    usual: int

    @property
    def most(self) -> int:
        return int(self.number.max(initial=self.usual))

    def on(self, dates: Ints) -> Ints:
        """Seats that work on each of these dates (ordinals)."""
        week = (dates - self.first) // 7
        known = (week >= 0) & (week < len(self.number))
        return np.append(self.number, self.usual)[np.where(known, week, len(self.number))]


def flexed(shift: Shift, rows: Rows, forecast: Forecast, span: Horizon) -> Heads | None:
    """
    Heads of a line with a flex band in each week that the simulation holds as a whole; None without a band.

    Weeks count from the begin of the counted period, backwards into the warm-up too. Heads are those written times
    the week's forecast / that of the counted period's mean week, within the band, rounded half up.
    """
    if shift.flex is None:
        return None
    clock = span.clock()
    start = int(clock.date(span.counted_from))
    before = int(start - clock.date(0)) // 7
    firsts = np.arange(start - 7 * before, int(clock.date(span.run_end)) + 1, 7)
    edges = clock.midnight(firsts)
    inside = (edges >= 0) & (edges <= span.run_end)
    followed = [rows.type(name) for name in shift.flex.follows]
    volume = _between(edges[inside], forecast, followed)
    counted = np.array([span.counted_from, span.counted_to])
    mean = _between(counted, forecast, followed)[0] * WEEK / (span.counted_to - span.counted_from)
    ratio = volume / mean if mean > 0 else np.ones(len(volume))
    within = np.clip(ratio, 1 - shift.flex.band, 1 + shift.flex.band)
    return Heads(int(firsts[inside][0]), np.floor(shift.agents * within + 0.5).astype(np.int64), shift.agents)


def _between(edges: Ints, forecast: Forecast, types: list[int]) -> Floats:
    """Contacts of these types that are expected between neighboring instants."""
    volume = np.zeros(len(edges) - 1)
    for row in types:
        own = slice(*forecast.piece_offset[row : row + 2])
        knots = np.stack([forecast.piece_from[own], forecast.piece_to[own]], axis=1).ravel()
        reached = np.repeat(np.concatenate([[0.0], np.cumsum(forecast.piece_contacts[own])]), 2)[1:-1]
        if len(knots):
            volume += np.diff(np.interp(edges, knots, reached))
    return volume
