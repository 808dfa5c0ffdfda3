"""What it costs to run sites, from the file to numbers by month."""

from __future__ import annotations

from datetime import date
from fractions import Fraction as F
from typing import Any

import numpy as np
import pytest

from ccsim.costs import Costs, Exchange, Price, Support, Training
from tests.small_center import DAY, HOUR, PHONE, POOL, SHIFT, SITE, planned

WAGE = {**SITE, "wage": "22 USD per hour"}
QUARTER = {"start": "2026-11-16", "days": 60, "timezone": "America/New_York"}
QUIET = {"calls": {**PHONE, "demand": {"rate": "1 per day"}}}


def costs(site: Any = None, pool: Any = None, calendar: Any = QUARTER, **parts: Any) -> Costs:
    """Of a site with these ``costs`` and a pool with these keys, from 16 November to 14 January."""
    sites = {"here": {**WAGE, "costs": {} if site is None else site}}
    found = planned(
        calendar=calendar, contact_types=QUIET, sites=sites, pools={"care": {**POOL, **(pool or {})}}, **parts
    )
    assert found.costs is not None
    return found.costs


def test_wages_alone_are_no_books() -> None:
    """What no file asks for costs no time."""
    assert planned(sites={"here": WAGE}).costs is None
    assert planned(sites={"here": {**WAGE, "costs": {}}}).costs is not None
    assert planned(pools={"care": {**POOL, "wage": "22 USD per hour"}}).costs is not None


def test_amounts_are_what_is_written() -> None:
    """Exactly; a tenth is a tenth."""
    telecom = {"minute": "0.018 USD", "line": "12 EUR per month"}
    support = {"span": 12.5, "wage": "34.10 USD per hour"}
    written = {
        "benefits": "28.3%",
        "seat": "420 USD per month",
        "licences": "110 USD per month",
        "telecom": telecom,
        "quality": support,
        "recruiting": "1800 USD",
        "training": {"lasts": "4 weeks", "hours_per_week": "37.5 h", "material": "300 USD"},
        "turnover": "40% per year",
    }
    site = costs(written, currency={"report": "USD", "EUR": 1.09}).sites[0]

    assert (site.benefits, site.seat, site.turnover) == (F(283, 1000), Price(F(420), "USD"), F(2, 5))
    assert (site.licences, site.licences_per) == (Price(F(110), "USD"), "agent")
    assert (site.minute, site.line) == (Price(F(18, 1000), "USD"), Price(F(12), "EUR"))
    assert site.support == (Support("quality", F(25, 2), Price(F(341, 10), "USD")),)
    assert site.training == Training(F(150), Price(F(300), "USD"))
    assert (site.overtime, site.equipment, site.holiday_pay) == (F(3, 2), None, None)


def test_the_output_can_tell_what_is_not_counted() -> None:
    """Hiring needs somebody who leaves: attrition, or turnover."""
    written = {"benefits": "20%", "seat": "1 USD per month", "recruiting": "1800 USD"}
    missing = ("holiday_pay", "equipment", "licences", "telecom", "supervisors", "quality", "workforce", "training")

    assert costs(written).sites[0].not_counted == (*missing, "turnover")
    assert costs({**written, "turnover": "40% per year"}).sites[0].not_counted == missing
    assert costs(written, {"attrition": "5%"}).sites[0].not_counted == missing
    assert (
        planned(pools={"care": {**POOL, "seniority": []}, "b": {**POOL, "wage": "9 USD/h"}})
        .costs.sites[0]
        .not_counted[0]
        == "wage"
    )


def test_months_are_known_by_local_dates() -> None:
    """The counted period, cut where a month ends."""
    days = [date(2026, 11, 16), date(2026, 12, 1), date(2027, 1, 1), date(2027, 1, 15)]

    assert costs().date.tolist() == [day.toordinal() for day in days]


@pytest.mark.parametrize(
    ("since", "index"),
    [
        (None, [1, 1, F(103, 100)]),
        ("2025-01-01", [F(103, 100), F(103, 100), F(10_609, 10_000)]),
        ("2027-01-01", [1, 1, 1]),
    ],
)
def test_amounts_rise_on_the_first_of_january(since: str | None, index: list[F]) -> None:
    """From the year of the calendar's start on, or of ``from``; never before."""
    written = "3% per year" if since is None else {"rate": "3% per year", "from": since}

    assert costs({"raise": written}).sites[0].index == tuple(index)


def test_the_roster_counts_seats_of_the_shifts_of_a_month() -> None:
    """And those on standby and on call, but not colleagues who stay longer."""
    early = {**SHIFT, "agents": 5, "last_day": "2026-11-30"}
    late = {**SHIFT, "agents": 7, "first_day": "2026-12-31"}
    called = {"from": "16:00", "to": "20:00", "agents": 3, "when_waiting": 5, "lead_time": "30 min", "stays": "2 h"}

    assert costs(pool={"shifts": {"early": early, "late": late}}).pools[0].roster == (5, 7, 7)
    assert costs(pool={"on_call": {"evening": called}}).pools[0].roster == (5, 5, 5)
    assert costs(pool={"replace_absent": {"bench": 1}, "shrinkage": {"absence": "5%"}}).pools[0].roster == (3, 3, 3)
    assert costs(pool={"replace_absent": {"overtime": "50%"}, "shrinkage": {"absence": "5%"}}).pools[0].roster == (
        2,
        2,
        2,
    )


def test_of_a_pool_staffed_by_numbers_the_roster_is_the_largest() -> None:
    """Nobody is named there."""
    heads = {"mon-fri": {"08:00-16:00": 10, "16:00-20:00": 6}, "sat": 4}
    week = {"start": "2026-10-31", "days": 3, "timezone": "UTC"}
    sites = {"here": {**WAGE, "costs": {}}}
    pools = {"care": {"site": "here", "handles": {"calls": {}}, "staffing": heads}}
    found = planned(calendar=week, contact_types=QUIET, sites=sites, pools=pools).costs

    assert found is not None
    assert found.pools[0].roster == (4, 10), "a Saturday in October; a Sunday and a Monday in November"


def test_holidays_are_those_of_the_site_or_of_its_country() -> None:
    """From midnight to midnight of the site's clock; Thanksgiving, Christmas and New Year's Day."""
    found = costs({"holiday_pay": "100%"}).sites[0].holiday_pay
    assert found is not None
    assert found.share == 1
    first = np.array([date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1)])
    begins = [(day - date(2026, 11, 16)).days * DAY - 5 * HOUR for day in first]
    assert found.begins[:3].tolist() == begins, "midnight in UTC is 19:00 of the day before in New York"
    assert set((found.ends - found.begins)[:3].tolist()) == {DAY}

    sites = {"here": {**WAGE, "holidays": ["2026-11-30"], "costs": {"holiday_pay": "50%"}}}
    own = planned(calendar=QUARTER, contact_types=QUIET, sites=sites).costs
    assert own is not None
    assert own.sites[0].holiday_pay is not None
    assert len(own.sites[0].holiday_pay.begins) == 1


def test_pools_may_pay_more_and_by_seniority() -> None:
    steps = [{"after": "52 weeks", "wage": "x1.08"}, {"after": "104 weeks", "wage": "x1.2"}]
    pool = costs(pool={"wage": "25 USD per hour", "seniority": steps}).pools[0]

    assert pool.wage == Price(F(25), "USD")
    assert costs().pools[0].wage == Price(F(22), "USD")
    assert pool.seniority is not None
    assert pool.seniority.after.tolist() == [364, 728]
    assert pool.seniority.factor == (F(27, 25), F(6, 5))
    assert costs().pools[0].seniority is None


def test_seniority_makes_careers() -> None:
    """Tenure of who works each shift must stand in the Log."""
    pools = {"care": {**POOL, "tenure": "50 weeks", "seniority": [{"after": "52 weeks", "wage": "x1.08"}]}}

    assert planned(pools=pools).careers is not None


def test_who_is_replaced_and_trained_in_the_simulation() -> None:
    """Hiring is then counted, and training paid there."""
    learning = {"handle_time": "x1.5", "half_life": "4 weeks", "training": "3 weeks"}
    pool = costs(pool={"attrition": "5%", "learning": learning}).pools[0]

    assert (pool.is_replaced, pool.is_trained) == (True, True)
    assert (costs().pools[0].is_replaced, costs().pools[0].is_trained) == (False, False)


def test_currencies_have_a_worth_and_a_spread() -> None:
    """The reporting one is worth one and costs nothing to change."""
    found = planned(currency={"report": "EUR", "PHP": {"rate": 0.0175, "spread": "1%"}, "USD": 0.92}).exchange

    assert found == {
        "EUR": Exchange(F(1), F(0)),
        "PHP": Exchange(F(7, 400), F(1, 100)),
        "USD": Exchange(F(23, 25), F(0)),
    }


def test_premiums_are_those_of_wages() -> None:
    """Exact shares, on the same times as before."""
    night = {"from": "22:00", "to": "06:00", "add": "12.5%"}
    plan = planned(sites={"here": {**WAGE, "night": night, "costs": {}}})
    assert plan.costs is not None
    (premium,) = plan.costs.sites[0].premiums

    assert premium.share == F(1, 8)
    assert premium.begins.tolist() == plan.sites.premium_from.tolist()
    assert plan.sites.premium_share.tolist() == [0.125] * len(premium.begins)
