"""Invoices are written for calendar months of the reporting zone, of which perhaps only some days are counted."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from tests.small_center import DAY, HOUR, planned


def test_months_are_cut_to_the_counted_period() -> None:
    """Three days of February of a leap year, all of March, which has an hour less, and two days of April."""
    calendar = {"start": "2028-02-27", "days": 3 + 31 + 2, "timezone": "America/New_York", "warm_up": "1 day"}
    plan = planned(calendar=calendar)
    months = plan.months
    assert months.name == ("2028-02", "2028-03", "2028-04")
    assert months.share == (Fraction(3, 29), Fraction(1), Fraction(2, 30))
    assert np.diff(months.edges).tolist() == [3 * DAY, 31 * DAY - HOUR, 2 * DAY]
    assert (months.edges[0], months.edges[-1]) == (plan.counted_from, plan.counted_to)


def test_a_year_ends_with_december() -> None:
    """Days within one month are one row."""
    months = planned(calendar={"start": "2026-12-31", "days": 2, "timezone": "UTC"}).months
    assert months.name == ("2026-12", "2027-01")
    within = planned(calendar={"start": "2026-12-07", "days": 14, "timezone": "UTC"}).months
    assert (within.name, within.share) == (("2026-12",), (Fraction(14, 31),))
