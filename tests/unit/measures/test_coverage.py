"""Whether anybody is there for a contact type, by plan and as it was."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from ccsim.measures import coverage_gaps, coverage_map
from tests.tiny_plan import HOUR, TinyLine, TinyType
from tests.written_logs import Break, Spell, Step, interval_values, small_plan, values, written_log

EARLY, LATE = TinyLine("a-early", 2, 0.0, 10.0), TinyLine("b-late", 1, 8.0, 20.0)
ONLY_EARLY = (Step(0),)
H = 3600.0


def gaps(plan):
    """(type, begin, end) of the gaps in hours."""
    return [(gap.contact_type, gap.begins / HOUR, gap.ends / HOUR) for gap in coverage_gaps(plan)]


def test_coverage_is_the_open_time_with_somebody_planned():
    """0-10 and 8-20 leave the last four hours of the day uncovered."""
    plan = small_plan(lines=(EARLY, LATE))

    assert values(plan, written_log())["coverage"] == pytest.approx(20 / 24)
    assert gaps(plan) == [("care", 20, 24)]


def test_only_pools_that_may_take_the_type_cover_it():
    """A floor full of agents who may not take the call covers nothing."""
    plan = small_plan(
        (TinyType("a"), TinyType("b")), (EARLY, LATE), steps=((Step(0),), (Step(1),)), utc_offset=np.zeros((1, 48))
    )

    assert gaps(plan) == [("a", 10, 24), ("b", 0, 8), ("b", 20, 24)]


def test_gaps_lie_within_opening_hours_and_the_counted_period():
    """Nobody is missed while closed; intervals without open time have no coverage."""
    plan = small_plan(lines=(EARLY,), opening=((6.0, 12.0), (13.0, 15.0)), hours=(4.0, 14.0))

    assert gaps(plan) == [("care", 10, 12), ("care", 13, 14)]
    assert values(plan, written_log())["coverage"] == pytest.approx(4 / 7)
    assert interval_values(plan, written_log(), "coverage") == [None] * 4 + [1] * 8 + [0] * 4 + [None] * 2 + [0] * 2


def test_a_pool_covers_only_while_its_routing_step_holds():
    """An overflow step with a window from 18:00 does not cover the afternoon."""
    plan = small_plan(lines=(EARLY, LATE), steps=((Step(0), Step(1, window=0)),), windows=(((18.0, 24.0),),))

    assert gaps(plan) == [("care", 10, 18), ("care", 20, 24)]


def test_conditions_on_other_pools_are_followed():
    """``awake`` and ``asleep`` ask whether that pool has anybody on shift."""
    asleep = small_plan(lines=(EARLY, LATE), steps=((Step(1, asleep=0),),))
    awake = small_plan(lines=(EARLY, LATE), steps=((Step(1, awake=0),),))

    assert gaps(asleep) == [("care", 0, 10), ("care", 20, 24)]
    assert gaps(awake) == [("care", 0, 8), ("care", 10, 24)]


def test_two_steps_to_one_pool_count_its_agents_once():
    """A pool that is asked at once in the morning and later at night has no more agents for that."""
    log = written_log(spells=[Spell(0, 0.0, 24 * H)])
    once = values(small_plan(lines=(EARLY,), steps=((Step(0), Step(0)),)), log)

    assert once["few_agents_share"] == 1


def test_numbers_per_time_cover_as_shifts_do():
    """A pool staffed by numbers has no shifts to look at."""
    heads = TinyLine("desk", numbers=((0.0, 3), (6.0, 0), (22.0, 1)))

    assert gaps(small_plan(lines=(heads,))) == [("care", 6, 22)]


def test_presence_takes_out_absence_and_unpaid_breaks():
    """Planned coverage is a promise; presence is what customers found."""
    plan = small_plan(lines=(EARLY,), opening=((0.0, 10.0),))
    log = written_log(
        spells=[
            Spell(0, 0.0, 10 * H, breaks=(Break(4 * H, 5 * H), Break(6 * H, 6.5 * H, True))),
            Spell(1, 0.0, 10 * H, absent=True),
        ]
    )
    result = values(plan, log)

    assert (result["coverage"], result["coverage_present"]) == (1, pytest.approx(0.9))


def test_few_agents_means_fewer_than_the_minimum():
    """Two present are enough for two; open time with nobody at all counts as well."""
    plan = small_plan(lines=(EARLY,), opening=((0.0, 20.0),), minimum_agents=2)
    log = written_log(spells=[Spell(0, 0.0, 10 * H), Spell(1, 0.0, 4 * H)])

    assert values(plan, log)["few_agents_share"] == pytest.approx(16 / 20)


def test_map_shows_the_local_week_of_the_type():
    """Tick 0 is Monday 05:00 in this zone: hours of the week move with it."""
    plan = small_plan(lines=(EARLY,), utc_offset=np.full((1, 48), 5 * 3600))
    week = coverage_map(replace(plan, epoch=int(datetime(2026, 3, 9, tzinfo=UTC).timestamp())))[0]

    assert week[0, 5:15].tolist() == [1] * 10
    assert week[0, 15:].tolist() == [0] * 9
    assert week[1, :5].tolist() == [0] * 5
    assert np.isnan(week[0, :5]).all()
    assert np.isnan(week[1:, 5:]).all()


def test_map_averages_over_weeks_and_part_hours():
    """Half an hour without agents is half an hour."""
    plan = small_plan(lines=(TinyLine("a", 1, 0.0, 7.5),))

    assert coverage_map(plan)[0, 3, 7] == 0.5
