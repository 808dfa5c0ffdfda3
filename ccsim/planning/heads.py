"""Pools staffed by a number of agents per time instead of named shifts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.calendar.clock import DAY, WEEK
from ccsim.calendar.spans import Spans
from ccsim.calendar.weekly import on_weekday, together
from ccsim.plan import Heads
from ccsim.planning.hours import without_holidays
from ccsim.planning.rows import joined, offsets
from ccsim.planning.tables import rates, require_cover

if TYPE_CHECKING:
    from ccsim.calendar.clock import WallClock
    from ccsim.model.site import Site
    from ccsim.model.staffing import Staffing
    from ccsim.plan import Ints
    from ccsim.planning.horizon import Horizon


class HeadSteps(NamedTuple):
    """From ``begins`` on, ``number`` agents; ``date`` is the local date. A step begins with every local date."""

    begins: Ints
    number: Ints
    date: Ints


class Numbers(NamedTuple):
    """Spans of ticks with the agents each brings; those of overlapping spans add."""

    spans: Spans
    agents: Ints


def heads_of(name: str, staffing: Staffing, site: Site, span: Horizon) -> HeadSteps:
    """
    The number of agents of a pool over the whole simulation.

    Numbers are read at the wall clock of each instant. On holidays of the site no number of ``always`` holds and no
    weekly one begins; a table names its dates itself.
    """
    clock = span.clock(staffing.timezone or site.timezone)
    numbers = _numbers(name, staffing, site, clock, span)
    dates = clock.dates(0, span.run_end)
    midnights = np.maximum(clock.midnight(dates), 0)
    changes = np.concatenate([midnights, numbers.spans.begins, numbers.spans.ends])
    begins = np.unique(changes[changes < span.run_end])
    number = _sum_at(begins, numbers)
    date = clock.date(begins)
    differs = np.ones(len(begins), dtype=np.bool_)
    differs[1:] = (np.diff(number) != 0) | (np.diff(date) != 0)
    return HeadSteps(begins[differs], number[differs], date[differs])


def heads_table(pools: list[HeadSteps | None]) -> Heads:
    """Rows of all pools; none for those with named shifts."""
    staffed = [steps for steps in pools if steps is not None]
    return Heads(
        offset=offsets(() if steps is None else steps.begins for steps in pools),
        begins=joined([steps.begins for steps in staffed]),
        number=joined([steps.number for steps in staffed]),
        date=joined([steps.date for steps in staffed]),
    )


def _numbers(name: str, staffing: Staffing, site: Site, clock: WallClock, span: Horizon) -> Numbers:
    if staffing.table is not None:
        return _of_table(name, staffing, clock, span)
    dates = without_holidays(clock.dates(-DAY, span.run_end), site.holidays)
    if staffing.always is not None:
        return _at_readings([(Spans(dates * DAY, (dates + 1) * DAY), staffing.always)], clock, span)
    weekly = [(on_weekday(dates, one.weekday, one.begins, one.ends), one.agents) for one in staffing.weekly]
    return _at_readings(weekly, clock, span)


def _at_readings(written: list[tuple[Spans, int]], clock: WallClock, span: Horizon) -> Numbers:
    found = [(clock.windows(spans, 0, span.run_end), agents) for spans, agents in written]
    return Numbers(
        together([spans for spans, _ in found]),
        joined([np.full(len(spans.begins), agents, dtype=np.int64) for spans, agents in found]),
    )


def _of_table(name: str, staffing: Staffing, clock: WallClock, span: Horizon) -> Numbers:
    """Before its first and after its last row a table goes on week by week, or day by day if shorter than a week."""
    table = staffing.table
    assert table is not None
    pieces = rates(table, clock, span)
    require_cover(pieces, table, f"pools.{name}.staffing", clock, (span.counted_from, span.counted_to), span.file)
    agents = np.array(table.values, dtype=np.int64)
    beyond = [] if table.zero_where_missing else _beyond(Numbers(pieces.spans, agents[pieces.row]), clock, span)
    parts = [Numbers(pieces.spans, agents[pieces.row]), *beyond]
    return Numbers(together([part.spans for part in parts]), joined([part.agents for part in parts]))


def _beyond(inside: Numbers, clock: WallClock, span: Horizon) -> list[Numbers]:
    """Copies of a table's first period before it and of its last period after it, by the wall clock."""
    begins, first = np.unique(clock.reading(inside.spans.begins), return_index=True)
    ends = begins + (inside.spans.ends - inside.spans.begins)[first]
    length = int(ends[-1] - begins[0])
    period = length // WEEK * WEEK or length // DAY * DAY
    if not period:
        return []
    before = 0, int(inside.spans.begins[0]), -period, begins < begins[0] + period
    after = int(inside.spans.ends[-1]), span.run_end, period, begins >= ends[-1] - period
    found = []
    for low, high, shift, copied in (before, after):
        for copy in range(1, (high - low) // period + 3):
            moved = Spans(begins[copied] + copy * shift, ends[copied] + copy * shift)
            spans, row = clock.pieces(moved, low, high)
            found.append(Numbers(spans, inside.agents[first][copied][row]))
    return found


def _sum_at(instants: Ints, numbers: Numbers) -> Ints:
    """Agents at each instant: those who have begun less those who have ended."""
    total = np.zeros(len(instants), dtype=np.int64)
    for times, sign in ((numbers.spans.begins, 1), (numbers.spans.ends, -1)):
        order = np.argsort(times, kind="stable")
        passed = np.concatenate(([0], np.cumsum(numbers.agents[order])))
        total += sign * passed[np.searchsorted(times[order], instants, side="right")]
    return total
