"""Rules 1 and 4: work is served at whole-number rates; talk, then wrap-up."""

from __future__ import annotations

from ccsim.plan import UNITS_PER_SECOND, UNITS_PER_TICK
from tests.builders import EMAIL, Center, Contact, Pool, Shift, Type


def test_a_contact_ends_after_its_work_divided_by_the_rate_rounded_up_to_a_tick():
    """Rule 1: finished after ceil(left / rate) ticks, in whole numbers."""
    center = Center(
        types=[Type("calls")], pools=[Pool("slow", slower={"calls": 1.12})], contacts=[Contact("calls", 0, 100)]
    )
    rate = round(UNITS_PER_TICK / 1.12)
    work = 100 * UNITS_PER_SECOND

    assert rate == 58514
    assert center.log.visits.ended.tolist() == [-(-work // rate)]


def test_work_moves_between_agents_with_its_base_work_left():
    """Half done by a slow agent, the rest by a fast one: 60 of 120 s of base work take 120 s, then 60 s."""
    center = Center(
        types=[Type("mail", EMAIL)],
        pools=[Pool("slow", slower={"mail": 2.0}), Pool("fast")],
        shifts=[Shift("slow", 0, 0, 120), Shift("fast", 0, 200, 500)],
        contacts=[Contact("mail", 0, 120)],
    )

    assert center.work() == [(0, 120, "slow-0", 0, "handed_over"), (200, 260, "fast-0", 0)]


def test_the_customer_leaves_after_talk_and_the_agent_is_free_after_wrap_up():
    """Rule 4: wrap-up belongs to the stretch of work; what follows waits for its end."""
    center = Center(
        types=[Type("calls")],
        pools=[Pool("home")],
        contacts=[Contact("calls", 0, 30, wrap_up=20), Contact("calls", 10, 5)],
    )

    assert center.work() == [(0, 50, "home-0", 0), (50, 55, "home-0", 1)]
    assert center.left() == [30, 55]


def test_deferred_work_is_answered_when_it_is_done():
    """Its first start is the wait, its completion the answer."""
    center = Center(types=[Type("mail", EMAIL)], pools=[Pool("home")], contacts=[Contact("mail", 10, 60)], run_end=40)

    assert center.outcomes() == ["open"]
    assert center.waits() == [0]
    assert center.work() == [(10, 40, "home-0", 0, "cut")]
