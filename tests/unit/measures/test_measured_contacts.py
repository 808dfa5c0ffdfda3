"""Counts, service levels, waits and handle times of contacts, by hand-made numbers."""

import math

import numpy as np
import pytest

from ccsim.log import Outcome
from ccsim.plan import Channel, Formula
from tests.tiny_plan import TinyLine, TinyType, ints
from tests.written_logs import Visit, abandoned, answered, interval_values, small_plan, ticks, values, written_log

FORMULAS = ["offered", "answered", "ignored", "positive", "short_excluded"]
SECONDS = 3600.0


def textbook_visits():
    """S = 1000, S_T = 860, L = 60, L_T = 20, of them L_t = 10 (callcentrehelper.com, after ICMI), one per minute."""
    waits = [*[20.0] * 860, *[21.0] * 140]
    lost = [*[5.0] * 10, *[20.0] * 10, *[300.0] * 40]
    return [answered(60.0 * n, wait) for n, wait in enumerate(waits)] + [
        abandoned(60.0 * (1000 + n), wait) for n, wait in enumerate(lost)
    ]


def test_service_levels_of_the_textbook_example():
    """The same contacts give 81.1, 86.0, 82.7, 83.0 and 81.9 %, depending on the formula."""
    plan = small_plan(short_call=ticks([5]))
    result = values(plan, written_log(textbook_visits()))

    percents = [round(100 * result[f"service_level_{formula}"], 1) for formula in FORMULAS]
    assert percents == [81.1, 86.0, 82.7, 83.0, 81.9]


@pytest.mark.parametrize("formula", list(Formula))
def test_service_level_is_by_the_declared_formula(formula):
    """``service_level`` is what the contract says, beside it stand the others."""
    plan = small_plan(short_call=ticks([5]), formula=ints([formula]))
    result = values(plan, written_log(textbook_visits()))

    assert result["service_level"] == result[f"service_level_{formula.name.lower()}"]


def test_no_short_call_limit_no_short_excluded_level():
    """Without a limit the formula would silently be another one."""
    assert values(small_plan(), written_log(textbook_visits()))["service_level_short_excluded"] is None


def test_within_the_threshold_is_at_most_the_threshold():
    """A wait of exactly 20 s is within 20 s, one tick more is not (rule 12)."""
    tick = 2.0**-20
    result = values(small_plan(), written_log([answered(0.0, 20.0), answered(100.0, 20.0 + tick)]))

    assert result["service_level"] == 0.5


def test_every_contact_is_counted_once():
    """arrived = offered + blocked + closed; A = answered + abandoned + balked + disconnected + open (rule 12)."""
    visits = [
        answered(10.0),
        abandoned(20.0, 30.0),
        Visit(30.0, Outcome.BALKED, left=30.0),
        Visit(40.0, Outcome.BLOCKED, left=40.0),
        Visit(50.0, Outcome.CLOSED, left=50.0),
        Visit(60.0, Outcome.DISCONNECTED, left=90.0),
        Visit(70.0, Outcome.OPEN),
    ]
    result = values(small_plan(), written_log(visits))

    outcomes = ["answered", "abandoned", "balked", "blocked", "closed", "disconnected", "open"]
    assert [result[name] for name in outcomes] == [1] * 7
    assert (result["arrived"], result["offered"]) == (7, 5)
    assert result["abandonment_rate"] == 2 / 5


def test_live_contacts_that_stay_open_count_as_missed():
    """They were offered and nobody answered; leaving them out would reward never answering."""
    result = values(small_plan(), written_log([answered(0.0), Visit(10.0, Outcome.OPEN)]))

    assert result["service_level"] == 0.5
    assert result["open_not_due"] == 0


def test_contacts_belong_to_the_interval_of_their_arrival():
    """One that arrives at an edge belongs to the later interval, even if it is answered much later."""
    plan = small_plan(hours=(1.0, 3.0), interval=1.0)
    visits = [answered(3599.0), answered(3600.0), answered(7199.0, 9.0), answered(7200.0, 30.0), answered(10_800.0)]
    log = written_log(visits)

    assert interval_values(plan, log, "offered") == [2, 1]
    assert interval_values(plan, log, "service_level") == [1.0, 0.0]
    assert interval_values(plan, log, "wait_mean_s") == [4.5, 30.0]
    assert values(plan, log)["arrived"] == 3


def test_nobody_came_has_no_value():
    """0/0 is no value, not 0 % and not 100 %."""
    result = values(small_plan(), written_log())

    assert result["arrived"] == 0
    assert [result[name] for name in ("service_level", "abandonment_rate", "wait_mean_s", "wait_p50_s")] == [None] * 4


def test_no_target_no_service_level():
    """Without a threshold there is nothing to be within."""
    result = values(small_plan((TinyType(),)), written_log([answered(0.0)]))

    assert [name for name, value in result.items() if name.startswith("service_level") and value is not None] == []


def test_wait_counts_everybody_speed_of_answer_only_the_answered():
    """Two columns that are often confused: abandoned, disconnected and balked contacts waited too."""
    visits = [
        answered(0.0, 10.0),
        abandoned(100.0, 50.0),
        Visit(200.0, Outcome.BALKED, left=200.0),
        Visit(300.0, Outcome.DISCONNECTED, left=340.0),
        Visit(400.0, Outcome.OPEN),
    ]
    result = values(small_plan(), written_log(visits))

    assert result["speed_of_answer_s"] == 10.0
    assert result["wait_mean_s"] == (10 + 50 + 0 + 40) / 4
    assert result["wait_max_s"] == 50.0


@pytest.mark.parametrize("count", [1, 2, 9, 10, 11, 20])
def test_percentiles_are_waits_that_the_share_does_not_exceed(count):
    """The 90th percentile of ten waits is the ninth: nine of ten do not exceed it."""
    waits = np.random.default_rng(count).permutation(np.arange(1.0, count + 1))
    result = values(small_plan(), written_log([answered(1000.0 * n, w) for n, w in enumerate(waits)]))

    assert result["wait_p50_s"] == math.ceil(count / 2)
    assert result["wait_p90_s"] == math.ceil(count * 9 / 10)


def email(**more):
    return TinyType(channel=Channel.EMAIL, threshold=3600.0, **more)


def test_deferred_work_is_in_target_if_completed_by_its_due_time():
    """Completion decides, not the first start; the due time itself is in time (rule 4)."""
    visits = [
        answered(0.0, 10.0, 3590.0, due=3600.0),
        answered(1.0, 10.0, 3590.0, due=3601.0),
        answered(2.0, 10.0, 4000.0, due=3602.0),
    ]
    result = values(small_plan((email(),)), written_log(visits))

    assert result["service_level"] == 2 / 3
    assert result["response_mean_s"] == pytest.approx((3600 + 3600 + 4010) / 3)
    assert result["abandonment_rate"] is None


def test_open_deferred_work_is_missed_only_if_it_was_due():
    """Rule 10: overdue ones count as missed, those not yet due leave the denominator; both are given."""
    visits = [
        answered(0.0, due=3600.0),
        Visit(10.0, Outcome.OPEN, due=3610.0),
        Visit(20.0, Outcome.OPEN, due=86_400.0),
        Visit(30.0, Outcome.OPEN, due=86_401.0),
    ]
    result = values(small_plan((email(),)), written_log(visits))

    assert result["service_level"] == 1 / 2
    assert (result["open"], result["open_overdue"], result["open_not_due"]) == (3, 1, 2)


def test_target_is_met_by_intervals_days_and_weeks_apart():
    """A day in target can have most of its intervals out of target: that is what the monthly figure hides."""
    plan = small_plan(
        (TinyType(threshold=20.0, per_day=48 * 20.0),),
        days=2,
        hours=(0.0, 48.0),
        share=np.array([0.8]),
        interval_week=np.zeros(96, np.int64),
    )
    good, bad = [answered(60.0 * n) for n in range(90)], [answered(60.0 * n, 99.0) for n in range(90, 100)]
    next_day = [answered(86_400.0 + n, 99.0) for n in range(50)]
    result = values(plan, written_log(good + bad + next_day, stopped=48 * SECONDS))

    assert result["target_met_share_interval"] == 3 / 5
    assert result["target_met_share_day"] == 1 / 2
    assert result["target_met_share_week"] == 0


def test_intervals_with_few_expected_contacts_are_not_judged():
    """One late contact of two says nothing about an interval; days and weeks are judged all the same."""
    plan = small_plan((TinyType(threshold=20.0, per_day=48 * 9.9),))
    result = values(plan, written_log([answered(0.0, 99.0)]))

    assert result["target_met_share_interval"] is None
    assert result["target_met_share_day"] == 0


def test_share_exactly_at_the_target_meets_it():
    """7 of 100 is 7 %: rounding must not turn a promise kept into one broken, as it would where 100 x 7 % is not 7."""
    for good in [good for good in range(1, 100) if good / 100 * 100 != good]:
        plan = small_plan(share=np.array([good / 100]))
        visits = [answered(60.0 * n, 0.0 if n < good else 99.0) for n in range(100)]
        assert values(plan, written_log(visits))["target_met_share_day"] == 1


def test_handle_time_is_all_agents_time_on_answered_contacts():
    """Talk and wrap-up, and the parts of work that changed hands; who abandoned had none."""
    plan = small_plan((email(),), (TinyLine("a", 1, 0.0, 24.0), TinyLine("b", 1, 0.0, 24.0)), steps=None)
    visits = [answered(0.0, 0.0, 500.0, pool=1), answered(1000.0, pool=0), Visit(2000.0, Outcome.OPEN, started=2000.0)]
    work = [(0, 0, 0.0, 100.0), (0, 1, 300.0, 500.0), (1, 0, 1000.0, 1060.0), (2, 0, 2000.0, 2500.0)]
    log = written_log(visits, work)

    assert values(plan, log)["handle_time_mean_s"] == (300 + 60) / 2
    assert values(plan, log, "pool", "a")["handle_time_mean_s"] == 160
    assert values(plan, log, "pool", "b")["handle_time_mean_s"] == 200
    assert [values(plan, log, "pool", name)["answered"] for name in "ab"] == [1, 1]
