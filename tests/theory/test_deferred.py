"""Fluid backlogs by hand, against small steps of time, and by Little's law."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.erlang import agents_for_response, deferred

HOUR = 3600.0
DAYS = 3
OPEN = np.tile(np.repeat([0.0, 1.0, 0.0], [8, 8, 8]), DAYS)


def office(agents: float, counts=True, opening_backlog: float = 0.0):
    """Ten items an hour around the clock; open from 8 to 16; an agent does ten an hour."""
    return deferred(
        np.full(24 * DAYS, 10.0), agents * OPEN, HOUR, 360.0, opening_backlog=opening_backlog, counts=counts
    )


def test_a_night_is_carried_over_and_worked_off():
    """80 wait at 8:00; three agents gain 20 an hour, so they are done at 12:00; 16 hours later it is 160 at once."""
    course = office(3)
    assert course.items[8] == pytest.approx(80)
    assert course.items[10] == pytest.approx(40)
    assert course.items[[12, 16]] == pytest.approx([0, 0], abs=1e-9)
    assert course.items[32] == pytest.approx(160)
    assert course.hours[32] == pytest.approx(16)
    assert course.items[40] == pytest.approx(0, abs=1e-9)


def test_response_is_first_in_first_out():
    """What came at 16:00 is first at 8:00; what came at 8:00 the next day waits for 160 before it: 5 h 20 min."""
    course = office(3)
    found = course.response_time([15 * HOUR, 16 * HOUR + 1.0, 32 * HOUR])
    assert found == pytest.approx([0, 16 * HOUR - 1.0 + 1 / 3, 160 / 30 * HOUR], rel=1e-6, abs=1e-3)
    assert math.isinf(course.response_time(71 * HOUR))


def test_share_in_target_by_hand():
    """
    Within 4 h: of the second day's items those who came from 16:00 to midnight wait longer, those from 0:00 are
    reached at 8:00 + (80 + 10 x) / 30 h. Response (80 + 10 x) / 30 + 8 - x < 4 from x = 10 on: at 10:00.
    """
    one_day = np.r_[np.zeros(16), np.full(24, 10.0), np.zeros(32)]
    course = deferred(one_day, 3 * OPEN, HOUR, 360.0)
    assert course.within(4 * HOUR) == pytest.approx((16 - 10) / 24)
    assert course.within(0.0) == pytest.approx(0.0, abs=1e-8)
    assert course.within(17 * HOUR) == pytest.approx(1.0)


def test_business_hours_stand_still_overnight():
    """On the clock of the office the item of 16:00 is done at once."""
    course = office(3, counts=OPEN > 0)
    assert course.response_time([17 * HOUR, 32 * HOUR]) == pytest.approx([1200.0, 160 / 30 * HOUR], rel=1e-6)
    assert course.within(8 * HOUR) == pytest.approx(1.0)
    assert course.within(1 * HOUR) < office(3, counts=OPEN > 0).within(2 * HOUR) < 1


def test_an_opening_backlog_comes_first_and_is_not_judged():
    course = deferred([30.0, 0.0, 0.0], 3, HOUR, 360.0, opening_backlog=30)
    assert course.items == pytest.approx([30, 30, 0, 0])
    assert course.response_time([0.0, HOUR]) == pytest.approx([HOUR, HOUR])
    assert course.within(HOUR) == pytest.approx(1.0)
    assert course.within(0.9 * HOUR) == pytest.approx(0.0)


days = st.lists(st.floats(0, 50), min_size=4, max_size=12)


@settings(max_examples=25, deadline=None)
@given(days, st.lists(st.integers(0, 6), min_size=12, max_size=12), st.floats(0, 40), st.floats(0.0, 5.0))
def test_shares_are_those_of_small_steps(items, agents, backlog, target):
    """
    The same rules in steps of a 500th of an interval, each item's completion looked up one by one.
    """
    course = deferred(items, agents[: len(items)], HOUR, 600.0, opening_backlog=backlog)
    steps = 500
    come = np.repeat(np.array(items) / steps, steps)
    most = np.repeat(np.array(agents[: len(items)]) * 6 / steps, steps)
    done, open_items = [], backlog
    for comes, can in zip(come, most, strict=True):
        open_items = max(open_items + comes - can, 0.0)
        done.append(open_items)
    assert course.items[1:] == pytest.approx(np.array(done)[steps - 1 :: steps], abs=1e-6)
    arrived = backlog + np.cumsum(come)
    completed = arrived - np.array(done)
    ahead = int(target * steps)
    judged = np.arange(len(come) - ahead)
    if come[judged].sum() > 1.0:
        early = come[judged] @ (completed[judged + ahead] >= arrived[judged] + 1.0) / come[judged].sum()
        late = come[judged] @ (completed[judged + ahead] >= arrived[judged] - 1.0) / come[judged].sum()
        # A step, and an item, either way.
        slack = 2 * come.max() / come[judged].sum()
        assert early - slack <= course.within(target * HOUR) <= late + slack


@settings(max_examples=25, deadline=None)
@given(days, st.lists(st.integers(1, 6), min_size=12, max_size=12))
def test_the_area_of_the_backlog_is_the_sum_of_responses(items, agents):
    """Little's law for a day that ends empty."""
    n = len(items)
    course = deferred([*items, *[0.0] * 200], [*agents[:n], *[6] * 200], HOUR, 600.0)
    area = np.trapezoid(course.arrived - course.completed, course.times)
    at = (np.arange(n * 2_000) + 0.5) * HOUR / 2_000
    total = np.repeat(np.array(items) / 2_000, 2_000) @ course.response_time(at)
    assert total == pytest.approx(area, rel=1e-3, abs=1.0)


@settings(max_examples=30, deadline=None)
@given(days, st.floats(0.5, 1.0), st.floats(0.2, 3.0))
def test_the_number_found_is_the_smallest(items, share, target):
    """n agents meet the target, n - 1 do not."""
    items = [*items, *[0.0] * 3]
    if sum(items) == 0:
        return
    number = agents_for_response(items, np.ones(len(items)), HOUR, 600.0, share=share, target=target * HOUR)
    assert deferred(items, number, HOUR, 600.0).within(target * HOUR) >= share
    assert number == 0 or deferred(items, number - 1, HOUR, 600.0).within(target * HOUR) < share


def test_a_shape_is_kept():
    """Twice as many in the morning: agents are multiples of the shape."""
    shape = OPEN * np.tile(np.repeat([2.0, 1.0], [12, 12]), DAYS)
    number = agents_for_response(np.full(72, 10.0), shape, HOUR, 360.0, share=0.9, target=17 * HOUR)
    assert deferred(np.full(72, 10.0), number * shape, HOUR, 360.0).within(17 * HOUR) >= 0.9


def test_what_no_number_of_agents_can_do_is_said():
    """Of the items of a night that lasts 16 hours, no more than those of its last 4 are answered in 4 hours."""
    with pytest.raises(ValueError, match=r"0\.9 in 14400 s cannot be reached: with any number of agents 0\.\d+ are"):
        agents_for_response(np.full(72, 10.0), OPEN, HOUR, 360.0, share=0.9, target=4 * HOUR)


def test_a_target_beyond_the_end_is_said():
    assert math.isnan(deferred([1.0], 1, HOUR, 60.0).within(2 * HOUR))
    with pytest.raises(ValueError, match="no item falls due"):
        agents_for_response([1.0], [1.0], HOUR, 60.0, share=0.9, target=2 * HOUR)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"arrivals": [-1.0]}, "arrivals"),
        ({"agents": -1}, "agents"),
        ({"interval": 0.0}, "interval"),
        ({"handle_time": 0.0}, "handle_time"),
        ({"opening_backlog": -5}, "opening_backlog"),
    ],
)
def test_impossible_work_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        deferred(**({"arrivals": [1.0], "agents": 1, "interval": HOUR, "handle_time": 60.0} | change))


def test_impossible_targets_are_refused():
    with pytest.raises(ValueError, match="target"):
        deferred([1.0], 1, HOUR, 60.0).within(-1.0)
    with pytest.raises(ValueError, match="share"):
        agents_for_response([1.0], [1.0], HOUR, 60.0, share=1.2, target=60.0)
