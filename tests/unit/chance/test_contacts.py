"""Who the contacts are: columns of the Workload by hand-made numbers."""

from __future__ import annotations

from dataclasses import replace
from zlib import crc32

import numpy as np
import pytest
from scipy import stats

from ccsim.chance import draw
from ccsim.plan import TICKS_PER_SECOND, UNITS_PER_SECOND, AgentChoice, Channel, DemandKind, Law
from tests.tiny_plan import DAY, HOUR, TinyType, constant, exponential, tiny_plan


def visits(*types: TinyType, seed: int = 1, days: int = 3):
    return draw(tiny_plan(types, days=days), seed, 0).visits


def test_visits_stand_in_the_order_of_arrival_type_and_number():
    times = (HOUR, HOUR, 2 * HOUR)
    rows = visits(*(TinyType(name, kind=DemandKind.TIMES, times=times) for name in ("b", "a")))
    order = list(zip(rows.arrived, rows.type, rows.number, strict=True))
    assert order == sorted(order)
    assert rows.type.tolist() == [0, 0, 1, 1, 0, 1]


def test_whoever_arrives_after_the_run_is_left_out():
    plan = tiny_plan((TinyType(per_day=1000.0),), days=2)
    all_of_them, cut = (draw(replace(plan, run_end=end), 1, 0).visits for end in (2 * DAY, DAY + HOUR))
    count = int(np.searchsorted(all_of_them.arrived, DAY + HOUR))
    assert len(cut.type) == count
    assert cut.work.tolist() == all_of_them.work[:count].tolist()


def test_seconds_become_units_and_ticks():
    rows = visits(TinyType(work=constant(300.0), wrap=constant(60.0), patience=constant(90.0)))
    assert set(rows.work) == {300 * UNITS_PER_SECOND}
    assert set(rows.wrap_up) == {60 * UNITS_PER_SECOND}
    assert set(rows.patience) == {90 * TICKS_PER_SECOND}


def test_levels_multiply_talk_wrap_up_and_patience():
    levels = {"handle_level": 1.5, "patience_level": 0.5}
    rows = visits(TinyType(work=constant(300.0), wrap=constant(60.0), patience=constant(90.0), **levels))
    assert set(rows.work) == {450 * UNITS_PER_SECOND}
    assert set(rows.wrap_up) == {90 * UNITS_PER_SECOND}
    assert set(rows.patience) == {45 * TICKS_PER_SECOND}


def test_nothing_is_shorter_than_a_tick_and_nothing_overflows():
    """One tick at least (rule 1); a law with an absurd tail stays within 64 bits."""
    rows = visits(TinyType(work=constant(0.0), patience=constant(0.0)))
    assert set(rows.work) == {1 << 16}
    assert set(rows.patience) == {1}
    absurd = Law("lognormal", (80.0, 1.0), 0.0, 0.0)
    rows = visits(TinyType(work=absurd, wrap=absurd, patience=absurd, handle_level=3.0))
    assert set(rows.work) == set(rows.wrap_up) == {2**26 * UNITS_PER_SECOND}
    assert set(rows.patience) == {2**26 * TICKS_PER_SECOND}


def test_no_patience_law_is_endless_and_no_wrap_up_law_is_none():
    rows = visits(TinyType())
    assert set(rows.patience) == {-1}
    assert set(rows.wrap_up) == {0}


def test_targets_give_due_times():
    assert set(visits(TinyType()).due) == {-1}
    rows = visits(TinyType(threshold=20.0))
    assert np.all(rows.due - rows.arrived == 20 * TICKS_PER_SECOND)


def test_targets_in_business_hours_wait_for_the_next_morning():
    """Four hours from 15:00 where 09:00-17:00 counts: two today, two tomorrow."""
    hours = tuple((day * DAY + 9 * HOUR, day * DAY + 17 * HOUR) for day in range(4))
    email = TinyType(channel=Channel.EMAIL, kind=DemandKind.TIMES, times=(15 * HOUR,), threshold=4 * 3600.0)
    assert visits(replace(email, business=hours)).due.tolist() == [DAY + 11 * HOUR]


def test_the_drawn_share_balks():
    """Two-sided exact binomial test at 1e-6."""
    rows = visits(TinyType(per_day=3000.0, balk=0.07), seed=crc32(b"balk"))
    assert stats.binomtest(int(rows.balks.sum()), len(rows.balks), 0.07).pvalue > 1e-6
    assert not visits(TinyType()).balks.any()


def test_uniforms_for_a_random_choice_are_drawn_only_where_it_is_made():
    assert len(visits(TinyType()).choice) == 0
    rows = visits(TinyType("a", agent_choice=AgentChoice.RANDOM), TinyType("b"))
    assert len(rows.choice) == len(rows.type)
    assert len(set(rows.choice[rows.type == 0])) == (rows.type == 0).sum()
    assert set(rows.choice[rows.type == 1]) == {0.0}


def test_columns_are_independent():
    """Work, patience and gaps of one contact come from three streams: rank correlations at 1e-6 each."""
    rows = visits(TinyType(per_day=4000.0, patience=exponential(100.0)), seed=crc32(b"columns"))
    gaps = np.diff(rows.arrived, prepend=0)
    for x, y in ((rows.work, rows.patience), (rows.work, gaps), (rows.patience, gaps), (rows.work[1:], rows.work[:-1])):
        assert stats.spearmanr(x, y).pvalue > 1e-6


def test_every_column_is_whole_numbers():
    rows = visits(TinyType(patience=exponential(60.0), threshold=20.0))
    columns = (rows.number, rows.arrived, rows.work, rows.wrap_up, rows.patience, rows.due)
    assert [column.dtype for column in columns] == [np.int64] * 6
    assert rows.type.dtype == np.int32
    assert rows.balks.dtype == np.bool_


def test_the_same_arguments_give_the_same_workload():
    plan = tiny_plan((TinyType(patience=exponential(60.0)),))
    first, again, other = (draw(plan, seed, replication).visits for seed, replication in ((1, 0), (1, 0), (1, 1)))
    assert first.work.tolist() == again.work.tolist()
    assert not np.isin(first.work, other.work).any()


@pytest.mark.parametrize("volume", [0.5, 2.0, 10.0])
def test_contact_n_of_a_date_is_the_same_person_at_every_volume(volume):
    few, many = (
        {number: work for number, work in zip(rows.number, rows.work, strict=True)}
        for rows in sorted(
            (visits(TinyType(per_day=50.0)), visits(TinyType(per_day=50.0 * volume))), key=lambda r: len(r.type)
        )
    )
    assert few.items() <= many.items()
