"""Shifts that begin late, and breaks taken later than due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from scipy import stats

from ccsim.chance import draw
from ccsim.plan import TICKS_PER_SECOND, BlockKind
from tests.small_center import DAY, HOUR, PHONE, POOL, SHIFT, planned

if TYPE_CHECKING:
    from ccsim.workload import Spells

FALSE_ALARMS = 1e-4
"""Of each statistical test here. The seed of a case is its name."""

QUIET = {"calls": {**PHONE, "demand": {"rate": "1 per day"}}}
CALENDAR = {"start": "2026-06-01", "weeks": 4, "timezone": "UTC", "run_on": "0 s"}
OFTEN = {"share": "25%", "by": {"exponential": "10 min"}}
TWO_BREAKS = [{"between": ["2 h", "2 h"], "length": "15 min"}, {"between": ["4 h", "4 h"], "length": "30 min"}]


def spells(case: str, agents: int = 200, *, shift: Any = None, **keys: Any) -> Spells:
    pool = {**POOL, "shifts": {"day": {**SHIFT, "agents": agents, **(shift or {})}}, **keys}
    plan = planned(calendar=CALENDAR, contact_types=QUIET, pools={"care": pool})
    return draw(plan, crc32(case.encode()), 0).spells


def owner(rows: Spells) -> np.ndarray:
    return np.repeat(np.arange(len(rows.agent)), np.diff(rows.block_offset))


def test_a_share_of_shifts_begins_late_by_the_law() -> None:
    """Exact binomial test and Kolmogorov-Smirnov over 5,600 shifts."""
    rows = spells("late", lateness=OFTEN)
    late = rows.late[rows.late > 0] / TICKS_PER_SECOND
    assert stats.binomtest(len(late), len(rows.late), 0.25).pvalue > FALSE_ALARMS
    assert stats.kstest(late, stats.expon(scale=600).cdf).pvalue > FALSE_ALARMS


def test_lateness_by_a_mixture_takes_its_parts_in_their_shares() -> None:
    by = {"mixture": [{"share": "30%", "deterministic": "5 min"}, {"share": "70%", "deterministic": "1 h"}]}
    rows = spells("mixture", lateness={"share": "50%", "by": by})
    late = rows.late[rows.late > 0] / TICKS_PER_SECOND
    assert set(late.tolist()) == {300.0, 3600.0}
    assert stats.binomtest(int((late == 300).sum()), len(late), 0.3).pvalue > FALSE_ALARMS


def test_the_absent_are_not_late() -> None:
    rows = spells("absent", lateness={**OFTEN, "share": "100%"}, shrinkage={"absence": "30%"})
    assert np.array_equal(rows.late > 0, ~rows.absent)


def test_only_the_first_part_of_what_an_agent_works_without_a_break_begins_late() -> None:
    """Around the clock agents come once, at the begin of the simulation, and after a date on which they are absent."""
    around = {"from": "00:00", "to": "00:00"}
    rows = spells("around", shift=around, lateness={**OFTEN, "share": "100%"}, shrinkage={"absence": "20%"})
    order = np.lexsort((rows.begins, rows.agent))
    same = rows.agent[order][1:] == rows.agent[order][:-1]
    after_absence = np.zeros(len(order), bool)
    after_absence[order[1:]] = same & rows.absent[order][:-1]
    assert np.array_equal(rows.late > 0, after_absence & ~rows.absent)


def test_who_is_on_duty_when_the_simulation_begins_has_come() -> None:
    rows = spells("night", shift={"from": "20:00", "to": "04:00"}, lateness={**OFTEN, "share": "100%"})
    assert np.array_equal(rows.late == 0, rows.begins == 0)
    assert (rows.begins == 0).sum() == 200


def test_breaks_are_due_later_by_the_law_each_on_its_own() -> None:
    """Kolmogorov-Smirnov for each of two breaks of 5,600 shifts, which are not correlated."""
    rows = spells("breaks", shift={"breaks": TWO_BREAKS}, breaks_late={"exponential": "6 min"})
    planned_at = np.where(rows.block_length == HOUR // 4, 2 * HOUR, 4 * HOUR)
    late = (rows.block_due - rows.begins[owner(rows)] - planned_at) / TICKS_PER_SECOND
    first, second = late[rows.block_length == HOUR // 4], late[rows.block_length == HOUR // 2]
    for one in (first, second):
        assert stats.kstest(one, stats.expon(scale=360).cdf).pvalue > FALSE_ALARMS
    assert stats.spearmanr(first, second).pvalue > FALSE_ALARMS


def test_a_break_that_would_begin_after_the_end_is_dropped() -> None:
    breaks = [*TWO_BREAKS, {"between": ["7 h", "7 h"], "length": "15 min"}]
    rows = spells("dropped", shift={"breaks": breaks}, breaks_late={"deterministic": "1 h"})
    assert np.all(np.diff(rows.block_offset) == 2)
    assert set(((rows.block_due - rows.begins[owner(rows)]) / HOUR).tolist()) == {3.0, 5.0}


def test_breaks_of_the_absent_stay_where_they_were_planned() -> None:
    """Their scheduled time is the shift less its unpaid breaks."""
    breaks = [{"between": ["7 h", "7 h"], "length": "15 min"}]
    rows = spells("of the absent", shift={"breaks": breaks}, breaks_late={"deterministic": "2 h"}, **SICK)
    assert np.array_equal(np.diff(rows.block_offset) == 1, rows.absent)


SICK: dict[str, Any] = {"shrinkage": {"absence": "30%"}}


def test_off_phone_blocks_lie_around_breaks_as_they_are_taken() -> None:
    """No overlap, nothing beyond the end; the share of present time is kept: z-test over 5,600 shifts of 7.5 h."""
    breaks = [{**TWO_BREAKS[1]}]
    rows = spells("around breaks", shift={"breaks": breaks}, breaks_late=LATE, shrinkage={"other": "30%"})
    ends, row = rows.block_due + rows.block_length, owner(rows)
    same = row[1:] == row[:-1]
    assert np.all(rows.block_due[1:][same] >= ends[:-1][same])
    off = rows.block_kind == BlockKind.OFF_PHONE
    assert np.all(ends[off] <= rows.ends[row[off]])
    time = np.bincount(row[off], rows.block_length[off], minlength=len(rows.agent)) / HOUR
    differences = time - 0.3 * 7.5
    assert abs(differences.sum() / (differences.std() * len(time) ** 0.5)) < stats.norm.isf(FALSE_ALARMS / 2)


LATE = {"exponential": "6 min"}


def test_activities_begin_in_time() -> None:
    activity = {"between": ["3 h", "3 h"], "length": "1 h"}
    rows = spells("activities", agents=5, shift={"activities": [activity]}, breaks_late={"deterministic": "10 min"})
    assert set(((rows.block_due - rows.begins) / HOUR).tolist()) == {3.0}
    assert len(rows.block_due) == 5 * len(set((rows.begins // DAY).tolist()))
