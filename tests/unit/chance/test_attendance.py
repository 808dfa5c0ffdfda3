"""Who is on duty when, by hand-made shifts and numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import pytest
from scipy import stats

from ccsim.chance import draw
from ccsim.plan import BlockKind
from tests.tiny_plan import DAY, HOUR, TinyLine, TinyType, tiny_plan

if TYPE_CHECKING:
    from ccsim.workload import Spells

FALSE_ALARMS = 1e-4
"""Of each statistical test here. The seed of a case is its name."""

LUNCH = (4.0, 0.5, False)
QUIET = TinyType(per_day=0.0)


def spells(*lines: TinyLine, case: str = "attendance", days: int = 7) -> Spells:
    return draw(tiny_plan((QUIET,), lines, days), crc32(case.encode()), 0).spells


def times(rows: Spells, agent: int) -> list[tuple[float, float]]:
    """Spells of an agent. [h]"""
    mine = rows.agent == agent
    return list(zip((rows.begins[mine] / HOUR).tolist(), (rows.ends[mine] / HOUR).tolist(), strict=True))


def owner(rows: Spells) -> np.ndarray:
    """The spell of each block."""
    return np.repeat(np.arange(len(rows.agent)), np.diff(rows.block_offset))


def off_phone_time(rows: Spells) -> np.ndarray:
    """Off-phone time of each spell. [ticks]"""
    off = rows.block_kind == BlockKind.OFF_PHONE
    return np.bincount(owner(rows)[off], rows.block_length[off], minlength=len(rows.agent))


def z_of_off_phone_share(rows: Spells, present: float, share: float) -> float:
    """Standardized difference of off-phone time from its share of present time [ticks per spell]."""
    differences = off_phone_time(rows) - share * present
    return float(differences.sum() / (differences.std() * len(differences) ** 0.5))


def test_without_shrinkage_everybody_works_the_shifts_as_planned():
    rows = spells(TinyLine(agents=2, breaks=(LUNCH,)), days=2)
    assert times(rows, 0) == times(rows, 1) == [(8.0, 16.0), (32.0, 40.0)]
    assert rows.agent.tolist() == [0, 1, 0, 1]
    assert (rows.block_due / HOUR).tolist() == [12.0, 12.0, 36.0, 36.0]
    assert rows.block_offset.tolist() == [0, 1, 2, 3, 4]
    assert not rows.block_paid.any()
    assert not rows.absent.any()


def test_spells_stand_in_the_order_of_begin_and_agent():
    rows = spells(
        TinyLine("b/late", begins=10, ends=18), TinyLine("a/early"), TinyLine("c/heads", numbers=((0.0, 0), (5.0, 2)))
    )
    order = list(zip(rows.begins, rows.agent, strict=True))
    assert order == sorted(order)
    assert np.all(rows.rate_row == np.array([0, 0, 0, 1, 1, 1, 2, 2])[rows.agent])


def test_the_drawn_share_is_absent_for_whole_dates():
    """A split shift is one shift: both parts or none. Exact binomial test over 4,000 agents and dates."""
    rows = spells(TinyLine(agents=100, parts=((6.0, 10.0), (12.0, 16.0)), absence=0.06), case="absence", days=40)
    by_date = rows.absent[np.lexsort((rows.begins, rows.agent))].reshape(-1, 2)
    assert np.all(by_date[:, 0] == by_date[:, 1])
    assert stats.binomtest(int(by_date[:, 0].sum()), len(by_date), 0.06).pvalue > FALSE_ALARMS


def test_absent_agents_keep_their_breaks_and_have_no_other_blocks():
    """Their scheduled time is the shift less its unpaid break, as everybody's."""
    rows = spells(TinyLine(agents=50, absence=0.5, other=0.2, breaks=(LUNCH,)))
    absent = rows.absent[owner(rows)]
    assert set(rows.block_kind[absent]) == {BlockKind.BREAK}
    assert np.sum(rows.block_kind == BlockKind.BREAK) == len(rows.agent)


@pytest.mark.parametrize(
    ("case", "line", "present"),
    [
        ("no break", TinyLine(), 8.0),
        ("unpaid lunch", TinyLine(breaks=(LUNCH,)), 7.5),
        ("paid rest", TinyLine(breaks=((2.0, 0.25, True), LUNCH, (6.0, 0.25, True))), 7.5),
        ("short shift", TinyLine(ends=10.0, block=1.5), 2.0),
        ("shorter than a block", TinyLine(ends=8.25, block=1.0), 0.25),
        ("breaks that run into each other", TinyLine(breaks=((2.0, 1.0, False), (2.5, 0.5, True))), 7.0),
        ("break cut by the end", TinyLine(breaks=((7.75, 0.5, False), (9.0, 0.5, False))), 7.75),
    ],
)
@pytest.mark.parametrize("share", [0.12, 0.35])
def test_off_phone_time_is_exactly_its_share_of_present_time(case, line, present, share):
    """In expectation; z-test over 8,000 shifts. Where blocks do not fit, each shift has its share to the tick."""
    rows = spells(replace(line, agents=200, other=share), case=f"{case} {share}", days=40)
    if np.ptp(off_phone_time(rows)) <= 2:
        assert off_phone_time(rows) == pytest.approx(share * present * HOUR, abs=2)
    else:
        assert abs(z_of_off_phone_share(rows, present * HOUR, share)) < stats.norm.isf(FALSE_ALARMS / 2)


def test_blocks_of_a_spell_neither_overlap_nor_leave_it():
    line = TinyLine(agents=200, other=0.3, absence=0.05, breaks=((2.0, 0.25, True), LUNCH))
    rows = spells(line, TinyLine("z/heads", numbers=((0.0, 3), (9.0, 8), (17.0, 3)), other=0.3), days=10)
    ends = rows.block_due + rows.block_length
    same = owner(rows)[1:] == owner(rows)[:-1]
    assert np.all(rows.block_due[1:][same] >= ends[:-1][same])
    assert np.all(rows.block_due >= rows.begins[owner(rows)])
    assert np.all(ends <= rows.ends[owner(rows)])
    assert np.all(rows.block_length > 0)
    assert np.all(rows.block_paid[rows.block_kind == BlockKind.OFF_PHONE])


def test_places_of_a_single_block_are_uniform_over_the_shift():
    line = TinyLine(agents=300, ends=12.0, other=0.05, block=0.5)
    rows = spells(line, case="places", days=40)
    place = (rows.block_due - rows.begins[owner(rows)]) / (3.5 * HOUR)
    assert stats.kstest(place, "uniform").pvalue > FALSE_ALARMS


def test_a_block_that_meets_a_break_goes_on_after_it():
    """Seven hours of blocks in a shift of eight with a lunch of one: cut into the time before and after, none lost."""
    rows = spells(TinyLine(agents=50, other=0.9, block=6.3, breaks=((4.0, 1.0, False),)), days=1)
    off = rows.block_kind == BlockKind.OFF_PHONE
    assert np.all(off_phone_time(rows) == pytest.approx(6.3 * HOUR, abs=1))
    assert np.bincount(owner(rows)[off]).tolist() == [2] * 50
    assert (rows.block_due[~off] / HOUR).tolist() == [12.0] * 50
    after = rows.block_due[off].reshape(-1, 2)[:, 1]
    assert np.all(after == 13 * HOUR)


def test_the_spreadsheet_rule_takes_whole_agents_away():
    """12 agents less 30 %: 3 or 4 of them are off the phone all day, 3.6 on average; the others not at all."""
    line = TinyLine(agents=12, other=0.3, as_heads=True, breaks=(LUNCH,))
    rows = spells(line, case="heads", days=2000)
    away = off_phone_time(rows) > 0
    assert set(off_phone_time(rows)[away]) == {7.5 * HOUR}
    daily = np.bincount(rows.begins[away] // DAY, minlength=2000)
    assert set(daily) == {3, 4}
    assert stats.binomtest(int((daily == 4).sum()), 2000, 0.6).pvalue > FALSE_ALARMS
    per_agent = np.bincount(rows.agent[away])
    assert stats.chisquare(per_agent).pvalue > FALSE_ALARMS


def test_the_spreadsheet_rule_counts_those_present_and_whole_dates():
    line = TinyLine(agents=10, absence=0.4, other=0.5, as_heads=True, parts=((6.0, 10.0), (12.0, 16.0)))
    rows = spells(line, case="heads and absence", days=50)
    away = off_phone_time(rows) > 0
    assert not np.any(away & rows.absent)
    date = rows.begins // DAY
    for morning in (True, False):
        part = (rows.begins % DAY < 11 * HOUR) == morning
        present = np.bincount(date[part & ~rows.absent], minlength=50)
        assert np.all(np.abs(np.bincount(date[part & away], minlength=50) - present / 2) <= 0.5)
    agents_by_part = [set(zip(rows.agent[away & p], date[away & p], strict=True)) for p in (part, ~part)]
    assert agents_by_part[0] == agents_by_part[1]


def test_numbers_with_pooled_leavers_are_levels():
    """Agent k is on duty while the number is above k, over midnight in one spell."""
    rows = spells(TinyLine("floor/heads", numbers=((0.0, 1), (8.0, 3), (17.0, 2), (30.0, 0), (40.0, 1))), days=2)
    assert times(rows, 0) == [(0.0, 30.0), (40.0, 48.0)]
    assert times(rows, 1) == [(8.0, 30.0)]
    assert times(rows, 2) == [(8.0, 17.0)]


def test_numbers_with_named_leavers_keep_the_number_and_draw_who_leaves():
    numbers = tuple((24.0 * day + hour, n) for day in range(300) for hour, n in ((0.0, 2), (8.0, 6), (16.0, 3)))
    rows = spells(TinyLine("floor/heads", numbers=numbers, pooled=False), case="named", days=300)
    for hour, wanted in numbers:
        at = hour * HOUR
        assert np.sum((rows.begins <= at) & (at < rows.ends)) == wanted
    leavers = rows.agent[rows.ends % DAY == 16 * HOUR]
    assert len(leavers) == 900
    assert stats.chisquare(np.bincount(leavers, minlength=6)).pvalue > FALSE_ALARMS


def test_absence_from_a_number_is_drawn_for_each_local_date():
    """A spell that runs for weeks is cut where absence begins and ends; what touches is one spell."""
    rows = spells(TinyLine("floor/heads", numbers=((0.0, 40),), absence=0.2), case="absent number", days=60)
    assert np.all((rows.begins % DAY == 0) & (rows.ends % DAY == 0))
    days_absent = int(np.sum((rows.ends - rows.begins)[rows.absent]) // DAY)
    assert stats.binomtest(days_absent, 40 * 60, 0.2).pvalue > FALSE_ALARMS
    by_agent = np.lexsort((rows.begins, rows.agent))
    state, agent = rows.absent[by_agent], rows.agent[by_agent]
    assert np.all((state[1:] != state[:-1]) | (agent[1:] != agent[:-1]))


def test_touching_stretches_of_one_agent_are_one_spell_with_all_blocks():
    """Midnight is no shift end for whoever works on; breaks of both days are kept."""
    rows = spells(TinyLine(agents=1, begins=0.0, ends=24.0, breaks=((6.0, 0.5, False),)), days=3)
    assert times(rows, 0) == [(0.0, 72.0)]
    assert (rows.block_due / HOUR).tolist() == [6.0, 30.0, 54.0]


def test_the_order_of_agents_who_start_together_changes_from_day_to_day():
    rows = spells(TinyLine(agents=4), case="order", days=400)
    first = rows.order.reshape(400, 4).argmin(axis=1)
    assert np.all((rows.order >= 0) & (rows.order < 2**31))
    assert stats.chisquare(np.bincount(first, minlength=4)).pvalue > FALSE_ALARMS


def test_a_center_without_agents_has_no_spells():
    rows = spells(TinyLine(agents=0, other=0.1, absence=0.1))
    assert len(rows.agent) == 0
    assert rows.block_offset.tolist() == [0]
