"""Careers, attendance and on-call windows as planned, by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from ccsim.plan import Plan, SpellKind
from tests.small_center import DAY, HOUR, POOL, SHIFT, SITE, in_hours, planned, with_shift

MINUTE = HOUR // 60
MONDAY = date(2026, 6, 1).toordinal()


def with_pool(**keys: Any) -> Plan:
    return planned(pools={"care": {**POOL, **keys}})


def test_a_center_that_uses_none_of_it_has_no_parts_for_it() -> None:
    found = planned()
    assert found.careers is found.attendance is found.flexibility is found.outages is None


def test_a_monthly_share_is_a_rate_of_leaving() -> None:
    """Of 100 agents 9 leave within a month of 365.25 / 12 days at this rate, in the first thirteen weeks."""
    careers = with_pool(attrition=[{"under": "13 weeks", "monthly": "9%"}, {"monthly": "4%"}]).careers
    assert careers is not None
    assert careers.band_until.tolist() == [91.0, np.inf]
    assert 1 - np.exp(-careers.band_hazard * 365.25 / 12) == pytest.approx([0.09, 0.04])


def test_the_first_people_of_a_line_begin_with_its_first_day_or_with_the_simulation() -> None:
    shifts = {"early": SHIFT, "later": {**SHIFT, "first_day": "2026-06-04", "last_day": "2026-06-05"}}
    careers = with_pool(shifts=shifts, speed_spread="10%").careers
    assert careers is not None
    assert careers.opens.tolist() == [MONDAY, MONDAY + 3]
    assert careers.closes.tolist() == [MONDAY + 9, MONDAY + 4]


def test_dates_are_those_of_the_site() -> None:
    """Midnight of the calendar is still Sunday evening in New York."""
    sites = {"here": {**SITE, "timezone": "America/New_York"}}
    careers = planned(sites=sites, pools={"care": {**POOL, "speed_spread": "10%"}}).careers
    assert careers is not None
    assert careers.opens.tolist() == [MONDAY - 1]


@pytest.mark.parametrize(("written", "days"), [("experienced", np.inf), ("new", 0.0), ("3 weeks", 21.0)])
def test_tenure_is_in_days(written: str, days: float) -> None:
    careers = with_pool(tenure=written, learning={"handle_time": "x1.5", "half_life": "4 weeks"}).careers
    assert careers is not None
    assert careers.tenure.tolist() == [days]
    assert careers.half_life.tolist() == [4.0]


def test_classes_of_a_plan_are_in_the_order_of_their_dates_and_others_have_a_size() -> None:
    classes = [{"starts": "2026-07-06", "agents": 8}, {"starts": "2026-06-08", "agents": 5}]
    pools = {
        "a": {**POOL, "attrition": "5%"},
        "b": {**POOL, "attrition": "5%", "hiring": {"lead_time": "36 hours", "class_size": 12}},
        "c": {**POOL, "attrition": "5%", "hiring": {"classes": classes}},
    }
    careers = planned(pools=pools).careers
    assert careers is not None
    assert careers.class_size.tolist() == [1, 12, 0]
    assert careers.lead.tolist() == [0, 2, 0]
    assert careers.class_offset.tolist() == [0, 0, 0, 2]
    assert careers.class_date.tolist() == [MONDAY + 7, MONDAY + 35]
    assert careers.class_agents.tolist() == [5, 8]


def test_who_stands_in_follows_the_line_and_who_is_on_call_stands_last() -> None:
    """Agents who come only if needed have no planned shifts, are never absent, and stay."""
    call = {"from": "22:00", "to": "06:00", "agents": 3, "when_waiting": 4, "lead_time": "1 h", "stays": "2 h"}
    pool = {
        **POOL,
        "shifts": {"day": {**SHIFT, "agents": 4}, "late": {**SHIFT, "agents": 1}},
        "shrinkage": {"absence": "10%", "other": "20%"},
        "replace_absent": {"bench": 2},
        "on_call": {"gig": call},
        "attrition": "5%",
        "tenure": "new",
        "learning": {"handle_time": "x1.5", "half_life": "4 weeks"},
    }
    found = planned(pools={"care": pool})
    assert found.agents.line_name == ("care/day", "care/day/bench", "care/late", "care/late/bench", "care/on call/gig")
    assert np.bincount(found.agents.line).tolist() == [4, 2, 1, 1, 3]
    assert set(found.shifts.agent.tolist()) == {0, 1, 2, 3, 6}
    attendance, careers, shrinkage = found.attendance, found.careers, found.shrinkage
    assert attendance is not None
    assert careers is not None
    on_duty, bench = SpellKind.ON_DUTY, SpellKind.BENCH
    assert attendance.kind.tolist() == [on_duty, bench, on_duty, bench, SpellKind.ON_CALL]
    assert attendance.stand_in.tolist() == [1, -1, 3, -1, -1]
    assert shrinkage.absence.tolist() == [0.1, 0.0, 0.1, 0.0, 0.0]
    assert shrinkage.other.tolist() == [0.2, 0.2, 0.2, 0.2, 0.0]
    assert careers.tenure.tolist() == [0.0, np.inf, 0.0, np.inf, np.inf]
    hazard = careers.band_hazard > 0
    assert hazard.tolist() == [True, False, True, False, False]


def test_in_overtime_as_many_may_come_as_can_be_absent() -> None:
    found = planned(pools={"care": {**POOL, "shrinkage": {"absence": "10%"}, "replace_absent": {"overtime": "30%"}}})
    assert found.agents.line_name == ("care/day", "care/day/overtime")
    assert np.bincount(found.agents.line).tolist() == [2, 2]
    assert found.attendance is not None
    assert found.attendance.kind.tolist() == [SpellKind.ON_DUTY, SpellKind.OVERTIME]
    assert found.attendance.replaced.tolist()[0] == 0.3


def test_windows_on_call_are_wall_clock_of_the_site_on_its_working_days() -> None:
    """22:00-06:00 on weekdays but the holiday, in an hour that New York's autumn repeats."""
    call = {
        **{"days": "fri-sun", "from": "22:00", "to": "06:00", "agents": 1},
        **{"when_waiting": 4, "lead_time": "1 h", "stays": "2 h", "pause": "30 min"},
    }
    found = planned(
        calendar={"start": "2026-10-30", "days": 3, "timezone": "America/New_York", "run_on": "0 s"},
        sites={"here": {**SITE, "timezone": "America/New_York", "holidays": {"dates": ["2026-10-30"]}}},
        pools={"care": {**POOL, "on_call": {"night": call}}},
    )
    attendance, flexibility = found.attendance, found.flexibility
    assert attendance is not None
    assert flexibility is not None
    assert attendance.call_agent.tolist() == [2, 2]
    assert in_hours(attendance.call_begins) == [46.0, 71.0]
    assert in_hours(attendance.call_ends) == [55.0, 79.0]
    assert attendance.call_date.tolist() == [date(2026, 10, 31).toordinal(), date(2026, 11, 1).toordinal()]
    assert flexibility.call_when_waiting.tolist() == [-1, 4]
    assert flexibility.call_lead.tolist() == [-1, HOUR]
    assert flexibility.call_stays.tolist() == [-1, 2 * HOUR]
    assert flexibility.call_pause.tolist() == [-1, 30 * MINUTE]


def test_early_leave_is_a_rule_of_the_pool() -> None:
    leave = {"after_idle": "10 min", "keep_idle": 2, "share": "60%", "at_least_left": "1 h"}
    found = planned(pools={"a": POOL, "b": {**POOL, "early_leave": leave}})
    assert found.flexibility is not None
    assert found.attendance is not None
    assert found.flexibility.leave_after_idle.tolist() == [-1, 10 * MINUTE]
    assert found.flexibility.leave_keep_idle.tolist() == [-1, 2]
    assert found.flexibility.leave_at_least_left.tolist() == [-1, HOUR]
    assert found.attendance.willing.tolist() == [0.0, 0.6]


def test_lateness_and_late_breaks_have_laws() -> None:
    found = with_pool(lateness={"share": "5%", "by": {"exponential": "10 min"}}, breaks_late={"deterministic": "2 min"})
    assert found.attendance is not None
    assert found.attendance.late.tolist() == [0.05]
    assert [law.mean for law in found.attendance.late_law if law] == [600.0]
    assert [law.mean for law in found.attendance.breaks_late_law if law] == [120.0]


def weekly(*volumes: int) -> dict[str, Any]:
    """Calls of four weeks from 1 June, evenly over each."""
    dates = [f"2026-06-{day:02}" for day in (1, 8, 15, 22)]
    profile = {"mon-sun": [1] * 24}
    demand = {"weekly": {"profile": profile, "volume_by_week": dict(zip(dates, volumes, strict=True))}}
    return {"calls": {"channel": "phone", "demand": demand, "handle_time": {"exponential": "5 min"}, **ENDLESS}}


ENDLESS = {"patience": "endless"}
FOUR_WEEKS = {"start": "2026-06-01", "weeks": 4, "timezone": "UTC", "run_on": "0 s"}


def heads_by_week(found: Plan) -> list[int]:
    return [len(set(found.shifts.agent[(found.shifts.begins // (7 * DAY)) == week].tolist())) for week in range(4)]


@pytest.mark.parametrize(
    ("band", "heads"), [("20%", [10, 8, 12, 10]), ("100%", [10, 5, 15, 10]), ("4%", [10, 10, 10, 10])]
)
def test_heads_of_a_week_follow_its_forecast_within_the_band(band: str, heads: list[int]) -> None:
    """Weeks at 100, 50, 150 and 100 % of the mean; 9.6 and 10.4 heads are 10."""
    flex = {"band": band, "follows": ["calls"]}
    pools = with_shift(agents=10, flex=flex)
    assert (
        heads_by_week(planned(calendar=FOUR_WEEKS, contact_types=weekly(1000, 500, 1500, 1000), pools=pools)) == heads
    )


def test_seats_beyond_the_week_s_heads_rest_and_others_keep_their_breaks() -> None:
    """Seats are laid for the fullest week, so that nobody's break moves from week to week."""
    shift = {
        "agents": 10,
        "flex": {"band": "50%", "follows": ["calls"]},
        "breaks": [{"between": ["1 h", "5 h"], "length": "30 min"}],
    }
    found = planned(calendar=FOUR_WEEKS, contact_types=weekly(1000, 500, 1500, 1000), pools=with_shift(**shift))
    assert set(found.shifts.agent[found.shifts.begins // (7 * DAY) == 1].tolist()) == set(range(5))
    into = (found.shifts.block_due - found.shifts.begins)[found.shifts.agent == 4]
    assert len(set(into.tolist())) == 1
    assert len(found.agents.seat) == 15


def test_a_week_that_the_simulation_does_not_hold_whole_has_the_heads_as_written() -> None:
    calendar = {**FOUR_WEEKS, "weeks": 1, "warm_up": "3 days", "run_on": "3 days"}
    demand = {"demand": {"rate": "10 per hour", "ends": "2026-06-05"}}
    types = {"calls": {"channel": "phone", "handle_time": {"exponential": "5 min"}, **ENDLESS, **demand}}
    pools = with_shift(agents=10, flex={"band": "50%", "follows": ["calls"]})
    shifts = planned(calendar=calendar, contact_types=types, pools=pools).shifts
    assert np.bincount(shifts.begins // DAY).tolist() == [10] * 13


def test_an_outage_hits_the_pools_of_its_place_or_the_types_of_its_channel() -> None:
    sites = {
        "newark": {**SITE, "provider": "acme"},
        "manila": {**SITE, "country": "PH"},
        "cebu": {**SITE, "country": "PH", "provider": "acme"},
    }
    pools = {f"of {site}": {**POOL, "site": site} for site in sites}
    known = {"from": "2026-06-02 10:00", "lasts": "2 h"}
    outages = {
        "a site": {**known, "site": "cebu", "live": "requeued", "back_over": "10 min"},
        "b provider": {**known, "provider": "acme"},
        "c country": {**known, "country": "PH", "timezone": "Asia/Manila"},
        "d channel": {"channel": "phone", "rate": "2 per week", "lasts": {"exponential": "3 h"}},
        "e nowhere": {**known, "country": "DE"},
    }
    found = planned(sites=sites, pools=pools, outages=outages)
    laws = found.outages
    assert laws is not None
    assert found.pools.name == ("of cebu", "of manila", "of newark")
    assert laws.name == ("a site", "b provider", "c country", "d channel")
    assert laws.pools.tolist() == [[True, False, False], [True, False, True], [True, True, False], [False] * 3]
    assert laws.types.tolist() == [[False], [False], [False], [True]]
    assert laws.requeues.tolist() == [True, False, False, False]
    assert in_hours(laws.begins)[:3] == [34.0, 34.0, 26.0]
    assert np.isnan(laws.rate).tolist() == [True, True, True, False]
    assert laws.rate[3] * 7 * 86_400 == pytest.approx(2)
    assert [law.mean for law in laws.lasts] == [7200.0, 7200.0, 7200.0, 10_800.0]
    assert laws.back_over.tolist() == [10 * MINUTE, 0, 0, 0]
