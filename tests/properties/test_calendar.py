"""What holds for every clock, every window and every order of the file."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.business_hours import add_business
from ccsim.calendar.clock import DAY, SECOND, WallClock, reading, wall_clock
from ccsim.calendar.spans import Spans
from ccsim.calendar.weekly import length, on_dates
from ccsim.calendar.zones import zone_info
from ccsim.planning import plan
from tests.small_center import CHAT, EMAIL, PHONE, SITE, experiment

if TYPE_CHECKING:
    from ccsim.model.experiment import Experiment

calm = settings(deadline=None)
"""A busy machine is no failure."""
ZONES = [
    "America/New_York",
    "Europe/London",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "America/Havana",
    "Africa/Casablanca",
    "Pacific/Chatham",
    "Asia/Manila",
    "Asia/Kolkata",
    "America/Bogota",
    "Africa/Johannesburg",
]
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = 365 * DAY
zones = st.sampled_from(ZONES)
instants = st.integers(0, YEAR - 1)
times = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


def clock(zone: str) -> WallClock:
    return wall_clock(zone, int(FIRST.timestamp()), 2025, 2027)


@calm
@given(zones, instants)
def test_readings_agree_with_the_zone_database(zone: str, instant: int) -> None:
    """To the second, through the standard library."""
    whole = instant // SECOND * SECOND
    local = (FIRST + timedelta(seconds=whole // SECOND)).astimezone(zone_info(zone))
    assert clock(zone).reading(whole) == reading(local.replace(tzinfo=None))


@calm
@given(zones, instants)
def test_an_instant_is_found_again_by_its_reading(zone: str, instant: int) -> None:
    """Or, in the second pass of a repeated hour, by its reading and that it is the second."""
    here = clock(zone)
    shown = here.reading([instant])
    again = here.is_repeat([instant])
    assert here.at(shown, again)[0] == instant
    assert (here.at(shown)[0] < instant) == again[0]


@calm
@given(zones, st.integers(0, YEAR // SECOND // 60))
def test_points_in_time_agree_with_the_standard_library(zone: str, minute: int) -> None:
    """``fold=0`` means the offset from before the change, of skipped and of repeated readings."""
    wall = datetime(2026, 1, 1) + timedelta(minutes=minute)
    expected = wall.replace(tzinfo=zone_info(zone)).timestamp() - FIRST.timestamp()
    assert clock(zone).at(reading(wall)) == expected * SECOND


@calm
@given(zones, times, times)
def test_a_window_and_its_complement_fill_the_year(zone: str, begins: time, ends: time) -> None:
    """Every instant lies in one of the two, whatever is skipped and repeated."""
    here = clock(zone)
    dates = here.dates(-DAY, YEAR)
    window = here.windows(on_dates(dates, begins, ends), 0, YEAR)
    rest = here.windows(on_dates(dates, ends, begins), 0, YEAR)
    whole = length(begins, ends) == DAY
    assert window.measure + (0 if whole else rest.measure) == YEAR


@calm
@given(zones, times, times, st.lists(instants, min_size=1, max_size=20))
def test_a_window_holds_whenever_the_clock_reads_within_it(
    zone: str, begins: time, ends: time, asked: list[int]
) -> None:
    """Read at the wall clock of each instant."""
    here = clock(zone)
    window = here.windows(on_dates(here.dates(-DAY, YEAR), begins, ends), 0, YEAR)
    row = np.searchsorted(window.begins, asked, side="right") - 1
    holds = (row >= 0) & (asked < window.ends[row])
    since_begin = (here.reading(asked) - reading(begins)) % DAY
    assert np.array_equal(holds, since_begin < length(begins, ends))


@calm
@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 20)), max_size=12))
def test_merged_spans_cover_the_same_times(pairs: list[tuple[int, int]]) -> None:
    """Ascending, apart from each other, tick for tick the same."""
    begins = np.array([begin for begin, _ in pairs], dtype=np.int64)
    ends = begins + np.array([lasts for _, lasts in pairs], dtype=np.int64)
    merged = Spans(begins, ends).merged()
    ticks = np.arange(130)
    before = ((begins[:, None] <= ticks) & (ticks < ends[:, None])).any(axis=0)
    after = ((merged.begins[:, None] <= ticks) & (ticks < merged.ends[:, None])).sum(axis=0)
    assert np.array_equal(before, after > 0)
    assert after.max(initial=0) <= 1
    assert (merged.begins[1:] > merged.ends[:-1]).all()


@calm
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=8),
    st.integers(-20, 150),
    st.integers(1, 8),
)
def test_business_time_until_due_is_the_duration(steps: list[tuple[int, int]], arrived: int, duration: int) -> None:
    """Counted tick by tick; and the last tick before it was business time."""
    edges = np.cumsum([step for pair in (*steps, (200, 9)) for step in pair])
    begins, ends = edges[::2], edges[1::2]
    due = int(add_business(np.array([arrived]), duration, begins, ends)[0])
    ticks = np.arange(arrived, due)
    open_ = ((begins[:, None] <= ticks) & (ticks < ends[:, None])).any(axis=0)
    assert open_.sum() == duration
    assert open_[-1]


POOLS: dict[str, Any] = {
    "newark": {
        "site": "newark",
        "handles": {"calls": {}, "chats": {}, "mails": {}},
        "chat": {"concurrency": 2, "speed": [1.0, 0.7]},
        "shifts": {
            "late": {
                "from": "14:00",
                "to": "22:00",
                "agents": 2,
                "breaks": [{"between": ["3 h", "4 h"], "length": "30 min"}],
            },
            "early": {"from": "06:00", "to": "14:00", "agents": 3, "rotation": "4 on 2 off"},
        },
    },
    "manila": {"site": "manila", "handles": {"mails": {}, "calls": {"handle_time": "x1.12"}}, "staffing": 3},
}
CENTER: dict[str, Any] = {
    "contact_types": {
        "mails": {**EMAIL, "service_level": "90% in 12 h"},
        "calls": PHONE,
        "chats": {**CHAT, "opening_hours": {"mon-fri": "08:00-20:00"}},
    },
    "sites": {"newark": {**SITE, "timezone": "America/New_York"}, "manila": {**SITE, "timezone": "Asia/Manila"}},
    "pools": POOLS,
    "lines": {"second": {"types": ["calls"], "limit": 9}, "first": {"types": ["chats"], "limit": 7}},
    "routing": {
        "calls": ["newark", {"pool": "manila", "after": "15 s", "when": {"hours": {"daily": "18:00-08:00"}}}],
        "mails": [["newark", "manila"]],
    },
}
CALENDAR = {"start": "2026-03-06", "days": 3, "warm_up": "1 day", "timezone": "America/New_York"}


def same(one: Any, other: Any) -> bool:
    """Whether two values, arrays or dataclasses of them are equal to the last bit."""
    if is_dataclass(one):
        return all(same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return bool(one == other)


def reordered(draw: st.DrawFn, written: Any) -> Any:
    """The same file with the keys of its maps in another order; lists keep theirs."""
    if isinstance(written, dict):
        order = draw(st.permutations(list(written)))
        return {key: reordered(draw, written[key]) for key in order}
    return written


@st.composite
def orders(draw: st.DrawFn) -> Experiment:
    return experiment(calendar=CALENDAR, **reordered(draw, CENTER))


@pytest.mark.slow
@calm
@given(orders())
def test_reordering_the_file_changes_nothing_but_names(other: Experiment) -> None:
    """Rows follow stream keys; only ``Names``, which is for display, follows the file."""
    plain = plan(experiment(calendar=CALENDAR, **CENTER), "base")
    found = plan(other, "base")
    for field in fields(plain):
        assert field.name == "names" or same(getattr(plain, field.name), getattr(found, field.name)), field.name
    shown = [found.types.name[row] for row in found.names.types]
    assert shown == list(other.scenarios["base"].contact_types)


def test_adding_a_pool_moves_no_row_of_another() -> None:
    """Neither demand nor shifts of those who were there."""
    less = plan(experiment(calendar=CALENDAR, **{**CENTER, "pools": {"newark": POOLS["newark"]}}), "base")
    more = plan(experiment(calendar=CALENDAR, **CENTER), "base")
    assert same(less.forecast, more.forecast)
    assert np.array_equal(less.shifts.begins, more.shifts.begins)
    assert np.array_equal(less.shifts.block_due, more.shifts.block_due)
    assert date.fromordinal(int(more.shifts.date[0])) == date(2026, 3, 5)
