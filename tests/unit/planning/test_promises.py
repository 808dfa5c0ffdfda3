"""Targets, planning intervals, business hours, pay."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ccsim.business_hours import add_business
from ccsim.errors import ConfigError
from ccsim.plan import TICKS_PER_SECOND, Formula
from tests.small_center import DAY, EMAIL, HOUR, PHONE, POOL, SITE, in_hours, planned

NEW_YORK = "America/New_York"


def test_planning_intervals_fill_the_counted_period() -> None:
    """Half-hours of a week behind a warm-up; days and weeks count from its start."""
    calendar = {"start": "2026-06-03", "days": 9, "timezone": "UTC", "warm_up": "3 h"}
    found = planned(calendar=calendar)
    promises = found.promises
    assert len(promises.edges) == 9 * 48 + 1
    assert (promises.edges[0], promises.edges[-1]) == (found.counted_from, found.counted_to)
    assert set(np.diff(promises.edges).tolist()) == {HOUR // 2}
    assert promises.interval_day[[0, 47, 48, -1]].tolist() == [0, 0, 1, 8]
    assert promises.interval_week[[0, 7 * 48 - 1, 7 * 48]].tolist() == [0, 0, 1]


def test_days_are_local_dates_of_the_reporting_zone() -> None:
    """The day of the change has 46 half-hours, and offsets follow it."""
    calendar = {"start": "2026-03-07", "days": 3, "timezone": NEW_YORK}
    promises = planned(calendar=calendar, sites={"here": {**SITE, "timezone": "Asia/Manila"}}).promises
    assert np.bincount(promises.interval_day).tolist() == [48, 46, 48]
    assert promises.zone == (NEW_YORK, "Asia/Manila")
    assert promises.zone[promises.reporting_zone] == NEW_YORK
    assert promises.utc_offset[0, [0, 51, 52, -1]].tolist() == [-18000, -18000, -14400, -14400]
    assert set(promises.utc_offset[1].tolist()) == {28800}
    assert promises.site_zone.tolist() == [1]
    assert promises.type_zone.tolist() == [0]


def test_an_interval_that_a_clock_change_does_not_fit_is_refused() -> None:
    """Lord Howe Island changes by half an hour."""
    calendar = {"start": "2026-04-05", "days": 1, "timezone": "Australia/Lord_Howe", "interval": "60 min"}
    with pytest.raises(ConfigError, match=r"calendar\.interval: 60 min do not divide the counted period"):
        planned(calendar=calendar)


def test_targets_as_numbers() -> None:
    """No target is -1 and NaN; the formula is the default then."""
    level = {"share": "80%", "within": "20 s", "formula": "short-excluded"}
    kinds = {"a": PHONE, "b": {**PHONE, "service_level": level, "short_call": "5 s"}}
    promises = planned(contact_types=kinds, pools={"care": {**POOL, "handles": {"a": {}, "b": {}}}}).promises
    assert promises.threshold.tolist() == [-1, 20 * TICKS_PER_SECOND]
    assert promises.short_call.tolist() == [-1, 5 * TICKS_PER_SECOND]
    assert math.isnan(promises.share[0])
    assert promises.share[1] == 0.8
    assert promises.formula.tolist() == [Formula.OFFERED, Formula.SHORT_EXCLUDED]


def test_judged_thresholds() -> None:
    """As the file says."""
    promises = planned(judged={"minimum_agents": 3, "occupancy_ceiling": "90%"}).promises
    assert (promises.minimum_agents, promises.occupancy_ceiling) == (3, 0.9)


def test_business_hours_reach_every_due_time() -> None:
    """Contacts that arrive at the end of the run-on and those of the opening backlog are due in the windows, too."""
    level = {"share": "90%", "within": "20 h", "hours": {"timezone": NEW_YORK, "mon-fri": "09:00-17:00"}}
    mail = {**EMAIL, "service_level": level, "opening_backlog": {"contacts": 2, "oldest": "5 days"}}
    kinds = {"mails": mail, "plain": EMAIL}
    pools = {"care": {"site": "here", "handles": {"mails": {}, "plain": {}}, "staffing": 1}}
    found = planned(contact_types=kinds, pools=pools)
    promises = found.promises
    assert promises.business_offset.tolist() == [0, len(promises.business_from), len(promises.business_from)]
    arrived = np.array([-5 * DAY, 0, found.run_end])
    due = add_business(arrived, int(promises.threshold[0]), promises.business_from, promises.business_to)
    # 00:00 UTC is an evening in New York; 20 hours are up at 13:00, 17:00 UTC, of the third working day after it.
    # The run ends two days after the last of these, on Friday at 13:00: 4, 8 and 8 hours are up on Tuesday at 17:00.
    assert in_hours(due - arrived) == [2 * 24 + 17, 2 * 24 + 17, 4 * 24 + 4]


def test_pay_in_the_currency_of_the_site() -> None:
    """Without a wage there is none, and no exchange."""
    manila = {
        "location": "offshore",
        "country": "PH",
        "timezone": "Asia/Manila",
        "provider": "acme",
        "wage": "320 PHP per hour",
        "overtime": "x1.25",
        "pays_absence": False,
    }
    pools = {"a": POOL, "b": {**POOL, "site": "manila"}}
    found = planned(
        sites={"here": SITE, "manila": manila}, pools=pools, currency={"report": "USD", "rates": {"PHP": 0.0175}}
    )
    sites = found.sites
    assert sites.name == ("here", "manila")
    assert (sites.location, sites.country, sites.provider) == (
        ("in-house", "offshore"),
        ("US", "PH"),
        ("in-house", "acme"),
    )
    assert sites.currency == ("USD", "PHP")
    assert sites.exchange.tolist() == [1.0, 0.0175]
    assert math.isnan(sites.wage[0])
    assert sites.wage[1] == 320
    assert sites.overtime.tolist() == [1.5, 1.25]
    assert sites.pays_absence.tolist() == [True, False]
    assert found.currency == "USD"


def test_premiums_by_local_hour_overlap_and_outlast_the_simulation() -> None:
    """Night 22:00-06:00 in Manila is 14:00-22:00 UTC; Sunday there begins on Saturday at 16:00 UTC."""
    manila = {
        **SITE,
        "timezone": "Asia/Manila",
        "night": {"from": "22:00", "to": "06:00", "add": "10%"},
        "premiums": [{"from": "00:00", "to": "24:00", "add": "30%", "days": "sun"}],
    }
    found = planned(sites={"here": manila})
    sites = found.sites
    assert sites.premium_offset.tolist() == [0, len(sites.premium_from)]
    assert (np.diff(sites.premium_from) >= 0).all()
    nights = sites.premium_share == 0.1
    assert in_hours(sites.premium_from[nights]) == [24 * day + 14 for day in range(11)]
    assert in_hours(sites.premium_to[nights]) == [24 * day + 22 for day in range(11)]
    assert in_hours(sites.premium_from[~nights]) == [5 * 24 + 16]
    assert in_hours(sites.premium_to[~nights]) == [6 * 24 + 16]


def test_premiums_count_a_repeated_hour_twice() -> None:
    """The night of 31 October 2026 in New York has nine hours of premium, that of 7 March seven."""
    site = {**SITE, "timezone": NEW_YORK, "night": {"from": "22:00", "to": "06:00", "add": "10%"}}
    for start, hours in (("2026-10-31", 9), ("2026-03-07", 7)):
        calendar = {"start": start, "days": 1, "timezone": NEW_YORK, "run_on": "0 s"}
        sites = planned(calendar=calendar, sites={"here": site}).sites
        assert (sites.premium_to - sites.premium_from)[1] == hours * HOUR
