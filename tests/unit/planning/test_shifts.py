"""Named shifts -> planned spells, breaks and activities (rules 1, 8 and 9)."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from ccsim.plan import BlockKind, Plan
from tests.small_center import DAY, HOUR, POOL, SHIFT, SITE, in_hours, planned, with_shift

NEW_YORK = {**SITE, "timezone": "America/New_York"}
LONG = 15 * DAY


def spells(found: Plan, agent: int = 0) -> list[tuple[float, float]]:
    """(begin, end) of the spells of an agent, in hours."""
    mine = found.shifts.agent == agent
    return list(zip(in_hours(found.shifts.begins[mine]), in_hours(found.shifts.ends[mine]), strict=True))


def blocks(found: Plan, row: int = 0) -> list[tuple[float, float]]:
    """(due, length) of the blocks of a spell, in hours."""
    chosen = slice(*found.shifts.block_offset[row : row + 2])
    return list(zip(in_hours(found.shifts.block_due[chosen]), in_hours(found.shifts.block_length[chosen]), strict=True))


def worked_dates(found: Plan, agent: int) -> set[int]:
    return set(found.shifts.date[found.shifts.agent == agent].tolist())


def test_every_agent_has_a_spell_on_every_day_of_the_shift() -> None:
    """Two agents, Monday to Friday, nine days of simulation: seven weekdays, ordered by agent and time."""
    found = planned(pools=with_shift(days="mon-fri"))
    hours = [8, 32, 56, 80, 104, 176, 200]
    assert found.shifts.agent.tolist() == [0] * 7 + [1] * 7
    assert spells(found) == spells(found, 1) == [(hour, hour + 8) for hour in hours]
    assert found.shifts.date[0] == date(2026, 6, 1).toordinal()


@pytest.mark.parametrize(("start", "lasts"), [("2026-03-07", 7), ("2026-03-08", 8), ("2026-10-31", 9)])
def test_a_night_shift_lasts_as_long_as_the_night(start: str, lasts: int) -> None:
    """22:00-06:00 in New York."""
    calendar = {"start": start, "days": 1, "timezone": "America/New_York"}
    found = planned(calendar=calendar, sites={"here": NEW_YORK}, pools=with_shift(**{"from": "22:00", "to": "06:00"}))
    begins, ends = spells(found)[1]
    assert found.shifts.date[1] == date.fromisoformat(start).toordinal()
    assert ends - begins == lasts


def test_a_spell_that_began_before_the_simulation_is_on_duty_at_its_start() -> None:
    """It begins at tick 0, belongs to the date before, and has lost the breaks that were due."""
    breaks = [{"between": ["1 h", "1 h"], "length": "15 min"}, {"between": ["5 h", "5 h"], "length": "30 min"}]
    found = planned(pools=with_shift(**{"from": "20:00", "to": "04:00"}, breaks=breaks))
    assert spells(found)[:2] == [(0, 4), (20, 28)]
    assert found.shifts.date[0] == date(2026, 5, 31).toordinal()
    assert blocks(found, 0) == [(1, 0.5)]
    assert blocks(found, 1) == [(21, 0.25), (25, 0.5)]


def test_a_whole_day_shift_is_a_row_a_day() -> None:
    """00:00-00:00: touching rows, each with its date, because absence is drawn per date."""
    found = planned(pools=with_shift(**{"from": "00:00", "to": "00:00"}, agents=1))
    assert spells(found) == [(24 * day, 24 * day + 24) for day in range(9)]
    assert np.all(np.diff(found.shifts.date) == 1)


def test_around_the_clock_shifts_leave_no_gap_and_no_overlap_at_a_clock_change() -> None:
    """Three shifts of one site across both changes of New York."""
    pool = {
        **POOL,
        "shifts": {
            "early": {**SHIFT, "from": "06:00", "to": "14:00", "agents": 1},
            "late": {**SHIFT, "from": "14:00", "to": "22:00", "agents": 1},
            "night": {**SHIFT, "from": "22:00", "to": "06:00", "agents": 1},
        },
    }
    for start in ("2026-03-06", "2026-10-30"):
        found = planned(
            calendar={"start": start, "days": 4, "timezone": "Asia/Manila"},
            sites={"here": NEW_YORK},
            pools={"care": pool},
        )
        order = np.argsort(found.shifts.begins)
        begins, ends = found.shifts.begins[order], found.shifts.ends[order]
        assert begins[0] == 0
        assert np.array_equal(begins[1:], ends[:-1])
        assert ends[-1] >= found.run_end


def test_a_shift_without_length_on_the_day_of_the_change_is_not_worked() -> None:
    """02:30-03:00 in New York on 8 March: 02:30 is 03:30 by the clock, after the shift's end."""
    calendar = {"start": "2026-03-07", "days": 3, "timezone": "America/New_York"}
    pools = with_shift(**{"from": "02:30", "to": "03:00"}, agents=1)
    found = planned(calendar=calendar, sites={"here": NEW_YORK}, pools=pools)
    assert date(2026, 3, 8).toordinal() not in worked_dates(found, 0)
    assert date(2026, 3, 9).toordinal() in worked_dates(found, 0)


def test_an_agent_is_never_in_two_spells_at_once() -> None:
    """03:00-02:30: the spell of 7 March ends at 02:30, which is 03:30, when the next one has begun."""
    calendar = {"start": "2026-03-06", "days": 4, "timezone": "America/New_York"}
    pools = with_shift(**{"from": "03:00", "to": "02:30"}, agents=1)
    found = planned(calendar=calendar, sites={"here": NEW_YORK}, pools=pools)
    gaps = in_hours(found.shifts.begins[1:] - found.shifts.ends[:-1])
    assert gaps.count(0.0) == 1
    assert min(gaps) == 0.0
    assert max(gaps) == 0.5


def test_parts_of_a_split_shift_are_spells_of_one_date() -> None:
    """A part before the one before it on the clock is on the next day."""
    pool = {**POOL, "shifts": {"split": {"parts": ["20:00-22:00", "01:00-04:00"], "agents": 1, "days": "mon"}}}
    found = planned(pools={"care": pool})
    assert spells(found) == [(20, 22), (25, 28), (7 * 24 + 20, 7 * 24 + 22), (8 * 24 + 1, 8 * 24 + 4)]
    assert worked_dates(found, 0) == {date(2026, 6, 1).toordinal(), date(2026, 6, 8).toordinal()}


def test_breaks_of_a_split_shift_count_from_its_first_part() -> None:
    """What falls between the parts is no break of theirs."""
    breaks = [{"between": [f"{hour} h"] * 2, "length": "10 min"} for hour in (1, 5, 7)]
    pool = {**POOL, "shifts": {"split": {"parts": ["08:00-12:00", "14:00-18:00"], "agents": 1, "breaks": breaks}}}
    found = planned(pools={"care": pool})
    assert [due for due, _ in blocks(found, 0)] == [9]
    assert [due for due, _ in blocks(found, 1)] == [15]


def test_holidays_of_the_site_remove_shifts_by_the_date_of_their_start() -> None:
    """The night before a holiday is worked into it; the holiday's own night is not."""
    site = {**SITE, "holidays": {"dates": ["2026-06-02"]}}
    found = planned(sites={"here": site}, pools=with_shift(**{"from": "22:00", "to": "06:00"}, agents=1))
    assert spells(found)[:3] == [(0, 6), (22, 30), (70, 78)]


def test_statutory_holidays_of_the_site() -> None:
    """Philippine Independence Day, 12 June."""
    site = {**SITE, "holidays": {"country": "PH"}}
    calendar = {"start": "2026-06-11", "days": 3, "timezone": "UTC", "run_on": "0 s"}
    found = planned(calendar=calendar, sites={"here": site})
    assert spells(found) == [(8, 16), (56, 64)]


def test_first_and_last_day_bound_a_shift() -> None:
    """Both days are worked."""
    found = planned(pools=with_shift(first_day="2026-06-02", last_day="2026-06-04"))
    assert [begins for begins, _ in spells(found)] == [32, 56, 80]


@pytest.mark.parametrize("agents", [2, 3, 6, 7, 12])
def test_a_rotation_is_staggered_evenly(agents: int) -> None:
    """4 on 2 off: everybody works four of six days in a row, and on every day about two thirds of the seats."""
    calendar = {"start": "2026-06-01", "days": 36, "timezone": "UTC", "run_on": "0 s"}
    found = planned(calendar=calendar, pools=with_shift(rotation="4 on 2 off", agents=agents))
    on_duty = np.bincount(found.shifts.date - date(2026, 6, 1).toordinal())
    assert len(found.shifts.date) == 36 * agents * 4 / 6
    assert on_duty.max() - on_duty.min() <= 1
    for agent in range(agents):
        rest = np.diff(sorted(worked_dates(found, agent)))
        assert set(rest.tolist()) <= {1, 3}


def test_a_rotation_does_not_depend_on_the_start() -> None:
    """A warm-up more or less must not change who works on a date."""
    pools = with_shift(rotation="5 on 3 off", agents=5)
    short = planned(pools=pools)
    long = planned(pools=pools, calendar={"start": "2026-06-01", "days": 7, "timezone": "UTC", "warm_up": "11 days"})
    first = date(2026, 6, 1).toordinal()
    for agent in range(5):
        assert {day for day in worked_dates(long, agent) if day >= first} == worked_dates(short, agent)


def test_breaks_are_spread_evenly_by_seat() -> None:
    """Four seats between 3 h and 5 h: a quarter each, in the middle of it."""
    found = planned(pools=with_shift(agents=4, breaks=[{"between": ["3 h", "5 h"], "length": "30 min"}]))
    first_day = np.flatnonzero(found.shifts.begins == 8 * HOUR)
    assert [blocks(found, int(row))[0][0] for row in first_day] == [11.25, 11.75, 12.25, 12.75]
    assert set(found.shifts.block_kind.tolist()) == {BlockKind.BREAK}
    assert not found.shifts.block_paid.any()


def test_breaks_fall_after_elapsed_time_not_by_the_clock() -> None:
    """Four hours into the night of 7 March in New York it is 03:00."""
    calendar = {"start": "2026-03-07", "days": 1, "timezone": "America/New_York"}
    breaks = [{"between": ["4 h", "4 h"], "length": "30 min"}]
    pools = with_shift(**{"from": "22:00", "to": "06:00"}, agents=1, breaks=breaks)
    found = planned(calendar=calendar, sites={"here": NEW_YORK}, pools=pools)
    assert blocks(found, 1) == [(26, 0.5)]


def test_a_break_due_at_or_after_the_end_is_dropped() -> None:
    """The night of 7 March is an hour shorter: 7 h into it, it is over."""
    calendar = {"start": "2026-03-06", "days": 3, "timezone": "America/New_York"}
    breaks = [{"between": ["7 h", "7 h"], "length": "10 min"}]
    pools = with_shift(**{"from": "22:00", "to": "06:00"}, agents=1, breaks=breaks)
    found = planned(calendar=calendar, sites={"here": NEW_YORK}, pools=pools)
    by_date = dict(zip(found.shifts.date.tolist(), np.diff(found.shifts.block_offset).tolist(), strict=True))
    assert [by_date[date(2026, 3, day).toordinal()] for day in (6, 7, 8)] == [1, 0, 1]


@pytest.mark.parametrize(
    ("agents", "share", "seats"),
    [
        (4, "50%", [1, 3]),
        (5, "50%", [1, 3, 4]),
        (3, "0%", []),
        (3, "100%", [0, 1, 2]),
        (10, "14%", [9]),
    ],
)
def test_an_activity_takes_a_share_of_the_seats_on_its_days(agents: int, share: str, seats: list[int]) -> None:
    """Rounded half up, spread over the seats; paid unless said."""
    meeting = {"between": ["1 h", "1 h"], "length": "1 h", "share": share, "days": "wed"}
    found = planned(pools=with_shift(agents=agents, activities=[meeting]))
    rows = np.flatnonzero(np.diff(found.shifts.block_offset))
    assert found.shifts.agent[rows].tolist() == seats
    assert set(found.shifts.date[rows].tolist()) <= {date(2026, 6, 3).toordinal()}
    assert found.shifts.block_paid.all()
    assert set(found.shifts.block_kind.tolist()) <= {BlockKind.ACTIVITY}


def test_blocks_of_a_spell_ascend() -> None:
    """Whatever the order in the file."""
    breaks = [
        {"between": ["6 h", "6 h"], "length": "10 min", "paid": True},
        {"between": ["2 h", "2 h"], "length": "30 min"},
    ]
    meeting = {"between": ["4 h", "4 h"], "length": "1 h"}
    found = planned(pools=with_shift(agents=1, breaks=breaks, activities=[meeting]))
    assert blocks(found) == [(10, 0.5), (12, 1), (14, pytest.approx(1 / 6))]
    assert found.shifts.block_paid[:3].tolist() == [False, True, True]


def pool(shifts: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {**POOL, "shifts": shifts, **keys}


def test_agents_are_numbered_by_pool_line_and_seat() -> None:
    """Pools and lines in the order of their stream keys."""
    pools = {
        "b": pool({"y": {**SHIFT, "agents": 1}, "x": {**SHIFT, "agents": 2}}),
        "a": pool({"z": {**SHIFT, "agents": 1, "stream": "old"}}),
        "c": {"site": "here", "handles": {"calls": {}}, "staffing": 2, "stream": "bb"},
    }
    agents = planned(pools=pools).agents
    assert agents.line_name == ("a/old", "b/x", "b/y", "bb/staffing")
    assert agents.pool.tolist() == [0, 1, 1, 1, 2, 2]
    assert agents.line.tolist() == [0, 1, 1, 2, 3, 3]
    assert agents.seat.tolist() == [0, 0, 1, 0, 0, 1]


def test_a_shift_nobody_is_in_has_a_line_and_no_spells() -> None:
    """Agents set to 0 in a sweep."""
    found = planned(pools=with_shift(agents=0))
    assert found.agents.line_name == ("care/day",)
    assert len(found.agents.pool) == len(found.shifts.agent) == 0
    assert found.shifts.block_offset.tolist() == [0]


def test_shrinkage_per_line() -> None:
    """Two shares of paid time that add: 6 % and 12 % leave 82 %, so 12 / 94 of what absence leaves."""
    paid = {"absence": "6%", "other": "12%", "of": "paid", "block": "20 min"}
    heads = {"other": "10%", "as": "heads"}
    pools = {"a": pool({"x": SHIFT, "y": SHIFT}, shrinkage=paid), "b": pool({"x": SHIFT}, shrinkage=heads)}
    shrinkage = planned(pools=pools).shrinkage
    assert shrinkage.absence.tolist() == [0.06, 0.06, 0.0]
    assert shrinkage.other.tolist() == pytest.approx([0.12 / 0.94, 0.12 / 0.94, 0.1])
    assert (1 - shrinkage.absence[0]) * (1 - shrinkage.other[0]) == pytest.approx(0.82)
    assert in_hours(shrinkage.block) == pytest.approx([1 / 3, 1 / 3, 0.5])
    assert shrinkage.as_heads.tolist() == [False, False, True]
