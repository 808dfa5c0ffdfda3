"""Who comes only if needed: bench, overtime, agents on call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
import pytest
from scipy import stats

from ccsim.chance import draw
from ccsim.plan import BlockKind, SpellKind
from tests.small_center import HOUR, PHONE, POOL, SHIFT, planned

if TYPE_CHECKING:
    from ccsim.plan import Plan
    from ccsim.workload import Spells

FALSE_ALARMS = 1e-4
"""Of each statistical test here. The seed of a case is its name."""

QUIET = {"calls": {**PHONE, "demand": {"rate": "1 per day"}}}
CALENDAR = {"start": "2026-06-01", "weeks": 12, "timezone": "UTC", "run_on": "0 s"}
LUNCH = {"between": ["3 h", "5 h"], "length": "30 min"}


def center(agents: int = 20, *, shift: Any = None, absence: str = "20%", other: str = "0%", **keys: Any) -> Plan:
    pool = {**POOL, "shifts": {"day": {**SHIFT, "agents": agents, **(shift or {})}}}
    pool = {**pool, "shrinkage": {"absence": absence, "other": other}, **keys}
    return planned(calendar=CALENDAR, contact_types=QUIET, pools={"care": pool})


def spells(plan: Plan, case: str = "stand-ins") -> Spells:
    return draw(plan, crc32(case.encode()), 0).spells


def of_kind(rows: Spells, kind: SpellKind) -> np.ndarray:
    return np.flatnonzero(rows.kind == kind)


def test_the_bench_takes_over_as_many_shifts_of_a_date_as_it_has_agents() -> None:
    """Bench agent b comes if more than b are absent, at the hours of the line."""
    plan = center(replace_absent={"bench": 3})
    rows = spells(plan)
    absent = np.bincount(rows.begins[rows.absent] // HOUR // 24, minlength=84)
    bench = of_kind(rows, SpellKind.BENCH)
    assert np.array_equal(np.bincount(rows.begins[bench] // HOUR // 24, minlength=84), np.minimum(absent, 3))
    assert absent.max() > 3 > absent.min()
    assert set(plan.agents.line[rows.agent[bench]]) == {1}
    for number in range(3):
        comes = rows.begins[bench][plan.agents.seat[rows.agent[bench]] == number] // HOUR // 24
        assert np.array_equal(comes, np.flatnonzero(absent > number))
    assert set(((rows.ends - rows.begins)[bench] / HOUR).tolist()) == {8.0}
    assert not rows.absent[bench].any()


def test_the_share_of_absences_that_a_bench_covers_is_that_of_a_binomial() -> None:
    """
    Of 20 agents each absent with 20 % on a date, a bench of 3 covers E[min(X, 3)] / E[X]; t-test over 840 dates.
    """
    covered = []
    for case in range(10):
        rows = spells(center(replace_absent={"bench": 3}), f"coverage {case}")
        covered += np.bincount(rows.begins[of_kind(rows, SpellKind.BENCH)] // HOUR // 24, minlength=84).tolist()
    expected = sum(min(x, 3) * stats.binom.pmf(x, 20, 0.2) for x in range(21))
    assert stats.ttest_1samp(covered, expected).pvalue > FALSE_ALARMS


def test_a_drawn_share_of_absences_is_worked_in_overtime() -> None:
    """Exact binomial test; colleague k works the shift of seat k."""
    plan = center(100, replace_absent={"overtime": "30%"})
    rows = spells(plan, "overtime")
    overtime = of_kind(rows, SpellKind.OVERTIME)
    assert stats.binomtest(len(overtime), int(rows.absent.sum()), 0.3).pvalue > FALSE_ALARMS
    absent = {*zip(plan.agents.seat[rows.agent[rows.absent]], rows.begins[rows.absent], strict=True)}
    assert {*zip(plan.agents.seat[rows.agent[overtime]], rows.begins[overtime], strict=True)} <= absent


@pytest.mark.parametrize("instead", [{"bench": 50}, {"overtime": "100%"}])
def test_who_stands_in_has_the_breaks_of_who_is_absent(instead: dict[str, Any]) -> None:
    """Breaks are spread over the window by seat, so they tell whose shift it is."""
    rows = spells(center(50, shift={"breaks": [LUNCH]}, absence="40%", replace_absent=instead))
    owner = np.repeat(np.arange(len(rows.agent)), np.diff(rows.block_offset))
    stands_in = rows.kind[owner] > SpellKind.ON_CALL
    taken = sorted(rows.block_due[stands_in].tolist())
    assert taken == sorted(rows.block_due[rows.absent[owner]].tolist())
    assert len(taken) > 1000


def test_who_stands_in_has_the_shrinkage_of_the_pool_but_is_never_absent() -> None:
    rows = spells(center(200, other="20%", replace_absent={"overtime": "50%"}), "shrinkage")
    owner = np.repeat(np.arange(len(rows.agent)), np.diff(rows.block_offset))
    assert set(rows.block_kind) == {BlockKind.OFF_PHONE}
    off = np.bincount(owner, rows.block_length, minlength=len(rows.agent))[of_kind(rows, SpellKind.OVERTIME)] / HOUR
    z = (off.mean() - 1.6) / (off.std() / len(off) ** 0.5)
    assert abs(z) < stats.norm.isf(FALSE_ALARMS / 2)
    assert not rows.absent[rows.kind != SpellKind.ON_DUTY].any()


def test_both_parts_of_a_split_shift_have_the_same_stand_in() -> None:
    plan = center(
        shift={"from": None, "to": None, "parts": ["06:00-10:00", "12:00-16:00"]}, replace_absent={"bench": 4}
    )
    rows = spells(plan)
    bench = of_kind(rows, SpellKind.BENCH)
    morning = rows.begins[bench] // HOUR % 24 == 6
    parts = [
        set(zip(rows.agent[bench[p]], rows.begins[bench[p]] // HOUR // 24, strict=True)) for p in (morning, ~morning)
    ]
    assert parts[0] == parts[1]
    assert len(parts[0]) > 100


def test_stand_ins_change_nobody_else() -> None:
    """The line's own spells are the same with and without them."""
    alone, with_bench = (spells(center(other="10%", replace_absent=instead)) for instead in ("none", {"bench": 3}))
    own = with_bench.kind == SpellKind.ON_DUTY
    for name in ("agent", "begins", "ends", "absent", "order"):
        assert np.array_equal(getattr(alone, name), getattr(with_bench, name)[own])


def test_a_larger_bench_is_the_smaller_and_more() -> None:
    few, many = (spells(center(replace_absent={"bench": n})) for n in (2, 3))
    shifts = [
        {*zip(rows.agent[rows.kind == SpellKind.BENCH], rows.begins[rows.kind == SpellKind.BENCH], strict=True)}
        for rows in (few, many)
    ]
    assert shifts[0] < shifts[1]


def test_windows_on_call_lie_ready_each_on_its_own() -> None:
    """Around the clock they touch, and stay apart: who was called yesterday may be called today."""
    call = {"from": "00:00", "to": "00:00", "agents": 2, "when_waiting": 3, "lead_time": "1 h", "stays": "2 h"}
    plan = center(absence="30%", other="20%", on_call={"gig": call})
    rows = spells(plan)
    ready = of_kind(rows, SpellKind.ON_CALL)
    assert len(ready) == 2 * 84
    assert set(((rows.ends - rows.begins)[ready] / HOUR).tolist()) == {24.0}
    for never in (rows.absent, rows.late, rows.willing):
        assert not never[ready].any()
    assert not np.diff(rows.block_offset)[ready].any()


def test_willing_to_go_home_is_a_drawn_share_of_shifts() -> None:
    """Exact binomial test."""
    leave = {"after_idle": "10 min", "keep_idle": 1, "share": "60%"}
    rows = spells(center(100, early_leave=leave), "willing")
    assert stats.binomtest(int(rows.willing.sum()), len(rows.willing), 0.6).pvalue > FALSE_ALARMS
