"""Counted period, warm-up and run-on (rules 1 and 10)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ccsim.errors import ConfigError
from ccsim.plan import TICKS_PER_SECOND
from ccsim.planning import plan
from tests.small_center import DAY, EMAIL, HOUR, PHONE, experiment, planned


def target(hours: dict[str, str] | None = None, within: str = "12 h") -> dict[str, object]:
    """A pool that handles one email type with this target."""
    level = {"share": "90%", "within": within, **({"hours": hours} if hours else {})}
    mail = {**EMAIL, "service_level": level}
    return {
        "contact_types": {"mail": mail},
        "pools": {"care": {"site": "here", "handles": {"mail": {}}, "staffing": 1}},
    }


def test_the_counted_period_begins_at_local_midnight() -> None:
    """Midnight of 1 June in New York is 04:00 UTC; the warm-up lies before it."""
    calendar = {"start": "2026-06-01", "weeks": 1, "warm_up": "2 days", "timezone": "America/New_York"}
    found = planned(calendar=calendar)
    assert found.epoch == datetime(2026, 5, 30, 4, tzinfo=UTC).timestamp()
    assert (found.counted_from, found.counted_to) == (2 * DAY, 9 * DAY)


@pytest.mark.parametrize(("start", "hours"), [("2026-03-02", 167), ("2026-10-26", 169)])
def test_a_week_with_a_clock_change_is_an_hour_shorter_or_longer(start: str, hours: int) -> None:
    """Seven local days from midnight to midnight."""
    found = planned(calendar={"start": start, "weeks": 1, "timezone": "America/New_York"})
    assert found.counted_to - found.counted_from == hours * HOUR


def test_run_on_without_a_response_target_is_two_days() -> None:
    """A live target adds nothing: whoever arrives last is answered or gone."""
    found = planned()
    assert found.run_end == found.counted_to + 2 * DAY


def test_run_on_as_given() -> None:
    """Even if it is nothing."""
    calendar = {"start": "2026-06-01", "days": 1, "timezone": "UTC", "run_on": "3 h"}
    assert planned(calendar=calendar).run_end == DAY + 3 * HOUR


def test_run_on_covers_the_longest_response_target() -> None:
    """Twelve hours of calendar time and two days."""
    found = planned(**target())
    assert found.run_end == found.counted_to + 12 * HOUR + 2 * DAY


def test_run_on_turns_business_hours_into_real_ones() -> None:
    """The counted week ends on Monday 00:00; 12 business hours of 09:00-17:00 are up on Tuesday at 13:00."""
    found = planned(**target({"mon-fri": "09:00-17:00"}))
    assert found.run_end == found.counted_to + (24 + 13) * HOUR + 2 * DAY


def test_business_hours_that_never_hold_the_target_are_refused() -> None:
    """An hour a week takes a hundred years to hold 5,200 hours."""
    with pytest.raises(ConfigError, match=r"mail\.service_level\.hours: business hours hold too little time"):
        planned(**target({"mon": "09:00-10:00"}, within="5200 h"))


def test_the_warm_up_is_whole_seconds() -> None:
    """Tick 0 lies on a whole second of UTC."""
    found = planned(calendar={"start": "2026-06-01", "days": 1, "timezone": "UTC", "warm_up": "90.4 s"})
    assert found.counted_from == 90 * TICKS_PER_SECOND


def test_an_unknown_scenario_is_refused() -> None:
    """Naming those there are."""
    with pytest.raises(ConfigError, match="there is no peak; there are base"):
        plan(experiment(), "peak")


@pytest.mark.parametrize(
    ("delay", "keys", "days"),
    [
        ("1 day", {}, 7),
        ("30 days", {}, 9),
        ("8 h", {"in_opening_hours": True}, 7),
        ("1 day", {"probability": 0.0}, 2),
    ],
)
def test_the_run_goes_on_until_most_customers_have_come_again(delay: str, keys: dict[str, float], days: int) -> None:
    """
    By five times the longest mean delay beside the two days, since a customer may come again five times; at most 7
    days. Eight hours of doors that are open eight hours a day take a day; what never happens does not count.
    """
    calls = {**PHONE, "opening_hours": "09:00-17:00", "recontact": {"delay": {"exponential": delay}, **keys}}
    found = planned(contact_types={"calls": calls})
    assert found.run_end - found.counted_to == days * DAY
