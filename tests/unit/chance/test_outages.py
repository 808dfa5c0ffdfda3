"""When what is out, and when each agent is back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from scipy import stats

from ccsim.chance import draw
from ccsim.chance.outages import outages
from ccsim.chance.streams import Streams
from ccsim.plan import TICKS_PER_SECOND
from tests.small_center import DAY, HOUR, PHONE, POOL, SHIFT, SITE, planned

if TYPE_CHECKING:
    from ccsim.plan import Plan
    from ccsim.workload import Outages

FALSE_ALARMS = 1e-4
"""Of each statistical test here. The seed of a case is its name."""

QUIET = {"calls": {**PHONE, "demand": {"rate": "1 per day"}}}
YEAR = {"start": "2026-06-01", "days": 364, "timezone": "UTC", "run_on": "0 s"}
OFTEN = {"rate": "1 per day", "lasts": {"exponential": "3 h"}}


def center(calendar: Any = YEAR, **outages: Any) -> Plan:
    sites = {"here": SITE, "there": {**SITE, "country": "PH"}}
    pools = {place: {**POOL, "site": place, "shifts": {"day": {**SHIFT, "agents": 50}}} for place in sites}
    return planned(calendar=calendar, contact_types=QUIET, sites=sites, pools=pools, outages=outages)


def drawn(plan: Plan, case: str) -> Outages:
    assert plan.outages is not None
    return outages(plan, plan.outages, Streams(crc32(case.encode()), 0))


def test_known_outages_are_where_they_are_written() -> None:
    """One began before the simulation, one is over, one never comes; ordered by begin."""
    found = drawn(
        center(
            {**YEAR, "days": 7},
            late={"site": "here", "from": "2026-06-03 10:00", "lasts": "2 h", "live": "requeued"},
            running={"channel": "phone", "from": "2026-05-31 22:00", "lasts": "5 h"},
            over={"site": "here", "from": "2026-05-31 10:00", "lasts": "2 h"},
            never={"site": "here", "from": "2026-06-08 00:00", "lasts": "2 h"},
        ),
        "known",
    )
    assert found.name == ("running", "late")
    assert (found.begins / HOUR).tolist() == [0.0, 58.0]
    assert (found.ends / HOUR).tolist() == [3.0, 60.0]
    assert found.pools.tolist() == [[False, False], [True, False]]
    assert found.types.tolist() == [[True], [False]]
    assert found.requeues.tolist() == [False, True]
    assert not found.back.any()


def test_outages_at_random_alternate_with_times_without() -> None:
    """
    Gaps are exponential with mean 1 / rate, lengths follow their law: Kolmogorov-Smirnov over about 320 of each, taken
    from an outage that is not cut by the end.
    """
    found = drawn(center(net={"channel": "phone", **OFTEN}), "alternating")
    gaps = (found.begins - np.concatenate([[0], found.ends[:-1]])) / TICKS_PER_SECOND
    assert np.all(gaps >= 0)
    assert stats.kstest(gaps, stats.expon(scale=86_400).cdf).pvalue > FALSE_ALARMS
    assert (
        stats.kstest((found.ends - found.begins) / 3600 / TICKS_PER_SECOND, stats.expon(scale=3).cdf).pvalue
        > FALSE_ALARMS
    )


def test_the_share_of_time_out_is_that_of_the_renewal_process() -> None:
    """
    Nothing is out at tick 0. With exponential times, a = 1/24 and b = 1/3 per hour, the mean share over T hours is
    a / (a + b) x (1 - 1 / (T (a + b))) but for exp(-T (a + b)). t-test over 60 years.
    """
    plan, shares = center(net={"channel": "phone", **OFTEN}), []
    for year in range(60):
        found = drawn(plan, f"year {year}")
        shares.append(np.sum(np.minimum(found.ends, plan.run_end) - found.begins) / plan.run_end)
    assert stats.ttest_1samp(shares, (1 - 1 / (364 * 24 * 3 / 8)) / 9).pvalue > FALSE_ALARMS


def test_agents_of_the_places_hit_come_back_one_by_one() -> None:
    """Offsets are uniform up to ``back_over``, drawn anew after each outage; others' do not count."""
    found = drawn(center(storm={"site": "there", **OFTEN, "back_over": "30 min"}), "back")
    assert not found.back[:, :50].any()
    offsets = found.back[:, 50:] / TICKS_PER_SECOND / 1800
    assert stats.kstest(offsets.ravel(), "uniform").pvalue > FALSE_ALARMS
    assert len({*offsets[:, 0].tolist()}) == len(offsets)


def test_agents_without_an_offset_come_back_at_once() -> None:
    assert not drawn(center(storm={"site": "there", **OFTEN}), "at once").back.any()


def test_outages_move_nobody_else_and_each_other_not() -> None:
    alone = drawn(center(storm={"site": "there", **OFTEN}), "beside")
    plan = center(storm={"site": "there", **OFTEN}, net={"channel": "phone", **OFTEN})
    both = drawn(plan, "beside")
    storm = np.array(both.name) == "storm"
    assert np.array_equal(both.begins[storm], alone.begins)
    assert np.array_equal(both.ends[storm], alone.ends)
    assert np.all(np.diff(both.begins) >= 0)
    without = draw(center(), crc32(b"beside"), 0)
    assert without.outages is None
    assert np.array_equal(without.spells.order, draw(plan, crc32(b"beside"), 0).spells.order)


def test_outages_that_begin_together_stand_in_the_order_of_their_stream_keys() -> None:
    """Not of the file, whose order changes nothing."""
    at = {"from": "2026-06-03 10:00", "lasts": "2 h"}
    found = drawn(
        center(b={"site": "here", **at}, a={"site": "there", **at}, c={"site": "here", **at, "stream": "0"}), ""
    )
    assert found.name == ("c", "a", "b")


def test_a_rate_of_many_years_gives_an_outage_now_and_then() -> None:
    """Exact binomial test: none in a year with probability exp(-0.5)."""
    plan = center(storm={"site": "there", "rate": "0.5 per 364 days", "lasts": {"deterministic": "1 day"}})
    found = [drawn(plan, f"rare {year}") for year in range(300)]
    assert stats.binomtest(sum(len(one.begins) == 0 for one in found), 300, np.exp(-0.5)).pvalue > FALSE_ALARMS
    assert {int(length // DAY) for one in found for length in one.ends - one.begins} == {1}
