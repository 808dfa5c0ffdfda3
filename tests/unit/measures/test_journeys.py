"""Measures of customers, callbacks and outages, by Logs written by hand."""

from dataclasses import replace

import numpy as np
import pytest

from ccsim.log import Downtime, LoggedCalls, LoggedJourneys, LoggedOutages, Outcome
from ccsim.plan import Cause, Channel, Dialing, Law, Moves, OutageLaws, SpellKind
from tests.tiny_plan import TinyLine, TinyType, ints
from tests.written_logs import Break, Spell, Visit, abandoned, answered, small_plan, ticks, values, written_log

FIRST, RETRIAL, RECONTACT, TRANSFER = Cause
HOUR = 3600.0


def journeys(*rows):
    """``(customer, attempt, cause, next, resolved)`` of every visit, in the order of the Log."""
    columns = [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]
    return LoggedJourneys(np.arange(len(rows)), *columns)


def returning_plan():
    """A Plan in which customers may come again; the measures read no more of ``moves`` than that it is there."""
    nothing, none = ints([]), np.empty(0)
    moves = Moves(nothing, nothing, nothing, nothing, none, (), none, none, nothing, none, 5, none, none)
    return replace(small_plan(), moves=moves)


CUSTOMERS = replace(
    written_log(
        [
            abandoned(0.0, 30.0),  # 0 gives up, comes again as 4, resolved
            answered(60.0, 10.0, 100.0),  # 1 is resolved at once
            answered(120.0, 0.0, 50.0),  # 2 is not, comes again as 5, is passed on to 6, resolved
            abandoned(300.0, 60.0),  # 3 never comes again
            answered(900.0, 5.0, 100.0),
            answered(7200.0, 20.0, 40.0),
            answered(7260.0, 40.0, 60.0),
        ],
        work=[
            (1, 0, 70.0, 170.0),
            (2, 0, 200.0, 250.0),
            (4, 0, 905.0, 1005.0),
            (5, 0, 7220.0, 7260.0),
            (6, 0, 7300.0, 7360.0),
        ],
        spells=[Spell(0, 0.0, 24 * HOUR)],
    ),
    journeys=journeys(
        (0, 0, FIRST, 4, -1),
        (1, 0, FIRST, -1, 1),
        (2, 0, FIRST, 5, 0),
        (3, 0, FIRST, -1, -1),
        (0, 1, RETRIAL, -1, 1),
        (2, 1, RECONTACT, 6, -1),
        (2, 2, TRANSFER, -1, 1),
    ),
)


def test_who_would_come_again_after_the_run_is_cut_off():
    """One of two customers; the visit that is not seen counts nowhere, and the customer is not resolved."""
    log = replace(
        written_log([abandoned(0.0, 30.0), answered(60.0, 10.0, 100.0), Visit(25 * HOUR, outcome=Outcome.OPEN)]),
        journeys=journeys((0, 0, FIRST, 2, -1), (1, 0, FIRST, -1, 1), (0, 1, RETRIAL, -1, -1)),
    )
    result = values(returning_plan(), log)

    assert (result["customers"], result["customers_cut_off"]) == (2, 1)
    assert (result["visits_per_customer"], result["resolution_rate"], result["open"]) == (1, 0.5, 0)


@pytest.fixture(scope="module")
def of_customers():
    return values(returning_plan(), CUSTOMERS)


def test_customers_are_counted_once_however_often_they_come(of_customers):
    """Four customers make seven visits, of which four are first ones."""
    assert of_customers["customers"] == 4
    assert of_customers["arrived"] == 7
    assert (of_customers["first_visits"], of_customers["retrials"]) == (4, 1)
    assert (of_customers["recontacts"], of_customers["transfers_in"], of_customers["transferred"]) == (1, 1, 1)
    assert of_customers["visits_per_customer"] == 7 / 4


def test_success_at_once_and_in_the_end(of_customers):
    """Two of four are answered at the first attempt, three in the end; three are resolved, two without a recontact."""
    assert of_customers["first_attempt_success"] == 2 / 4
    assert of_customers["eventual_success"] == 3 / 4
    assert of_customers["resolution_rate"] == 3 / 4
    assert of_customers["first_contact_resolution"] == 2 / 3


def test_effort_of_a_resolution(of_customers):
    """Five answered visits and 350 s of handling for three resolutions; waits of all visits add up to 165 s."""
    assert of_customers["contacts_per_resolution"] == 5 / 3
    assert of_customers["handle_time_per_resolution_s"] == pytest.approx(350 / 3)
    assert of_customers["total_wait_mean_s"] == pytest.approx(165 / 4)


def test_visits_resolved_and_passed_on(of_customers):
    """Of the five answered visits one was passed on; of the other four one did not resolve the matter."""
    assert of_customers["resolved_share"] == 3 / 4
    assert of_customers["transfer_rate"] == 1 / 5
    by_pool = values(returning_plan(), CUSTOMERS, "pool")
    assert (by_pool["resolved_share"], by_pool["transfer_rate"]) == (3 / 4, 1 / 5)


def test_a_customer_whose_first_visit_is_not_counted_does_not_count(of_customers):
    """Who came for the first time before the counted period counts with its later visits only as visits."""
    late = values(replace(returning_plan(), counted_from=ticks(1000.0).item()), CUSTOMERS)

    assert late["customers"] == 0
    assert late["recontacts"] == 1
    assert late["eventual_success"] is None


def test_cost_per_resolution_is_over_customers_resolved():
    """The whole labor cost over three resolutions, not over five contacts."""
    plan = returning_plan()
    plan = replace(plan, sites=replace(plan.sites, wage=np.full(len(plan.sites.name), 12.0)))
    total = values(plan, CUSTOMERS, "total")

    assert total["labor_cost"] == 24 * 12
    assert total["labor_cost_per_resolution"] == pytest.approx(24 * 12 / 3)


def called_plan(channel=Channel.PHONE, campaign=False):
    dialing = Dialing(
        is_campaign=np.array([campaign]),
        offer_over=ints([0]),
        predictor=ints([0]),
        mean_work=ints([0]),
        accepts=np.array([1.0]),
        window_from=ints([0]),
        window_to=ticks([600.0]),
        dial_law=(Law("constant", (20.0,), 20.0, 0.0),),
        reached=np.array([0.5]),
        attempts=ints([2]),
        retry_after=ints([0]),
    )
    return replace(small_plan((TinyType(threshold=20.0, channel=channel),)), dialing=dialing)


def called(expected, offered, accepted, attempts):
    at = [ints([-1 if one < 0 else int(ticks(one)) for one in column]) for column in (expected, offered)]
    return LoggedCalls(*at, ints(accepted), ints(attempts))


def test_a_window_that_is_promised_for_the_next_morning_ends_then():
    """
    Ten minutes are promised; the doors close at 00:20 and open at 10:00. Offered at 00:05 and called after 15 min is
    late; offered at 00:15, called at 10:10, is in the window, at 10:11 it is not.
    """
    plan = called_plan()
    doors = {"opening_offset": ints([0, 2]), "opening_from": ticks([0.0, 36000.0]), "opening_to": ticks([1200.0, 72e3])}
    plan = replace(plan, types=replace(plan.types, **doors))
    visits = [answered(300.0, 900.0), answered(900.0, 35700.0), answered(900.0, 35760.0)]
    log = replace(
        written_log(visits),
        calls=called((120,) * 3, (300.0, 900.0, 900.0), (1,) * 3, (1,) * 3),
    )
    assert values(plan, log)["callback_in_window_share"] == 1 / 3


def test_callbacks_count_their_wait_to_the_offer_and_apart_to_the_answer():
    """
    Three take a callback: answered after 300 s, after 900 s (beyond the window), never reached. One declines and waits
    90 s where 60 were foretold, one is taken at once.
    """
    visits = [
        answered(0.0, 300.0),
        answered(10.0, 900.0),
        Visit(20.0, Outcome.UNREACHED, -1, 2000.0, -1),
        answered(30.0, 90.0),
        answered(40.0, 0.0),
    ]
    log = replace(
        written_log(visits),
        calls=called((120, 120, 120, 60, -1), (0.0, 10.0, 20.0, 30.0, -1), (1, 1, 1, 0, -1), (1, 2, 2, 0, 0)),
    )
    result = values(called_plan(), log)

    assert (result["callbacks_offered"], result["callbacks_accepted"], result["unreached"]) == (4, 3, 1)
    assert result["callback_wait_mean_s"] == pytest.approx(600.0)
    assert result["callback_answered_share"] == 2 / 3
    assert result["callback_in_window_share"] == 1 / 3
    assert result["reached_share"] == 2 / 3
    assert result["offered"] == 5
    assert result["service_level_offered"] == 3 / 5
    assert result["wait_mean_s"] == pytest.approx(90 / 5)
    assert result["wait_error_mean_s"] == pytest.approx(-30.0)
    assert result["wait_error_absolute_s"] == pytest.approx(30.0)


def dark_log(*visits):
    """One agent, out from 1:00 to 2:00."""
    log = written_log(list(visits), spells=[Spell(0, 0.0, 24 * HOUR)])
    hours = ticks([HOUR]), ticks([2 * HOUR])
    return replace(
        log,
        downtime=Downtime(ints([0]), ints([0]), *hours),
        outages=LoggedOutages(*hours, np.array([[True]]), np.array([[False]])),
    )


def dark_plan():
    nothing = ints([])
    fields = len(OutageLaws.__dataclass_fields__)
    return replace(small_plan(), outages=OutageLaws(*[nothing] * fields))


def test_an_outage_has_its_lost_customers_its_queue_and_its_way_back():
    """
    Two customers give up within the outage, one before it; three wait at once; the first half-hour after it is missed,
    the second one met: back half an hour after the end.
    """
    log = dark_log(
        abandoned(3000.0, 60.0),
        abandoned(3700.0, 600.0),
        abandoned(3800.0, 700.0),
        answered(3900.0, 3400.0),
        answered(7300.0, 900.0),
        answered(9100.0, 5.0),
    )
    plan = dark_plan()
    plan = replace(plan, promises=replace(plan.promises, share=np.array([0.8])))
    result = values(plan, log)

    assert result["lost_in_outage"] == 2
    assert result["outage_queue_max"] == 3
    assert result["outage_recovery_hours"] == 0.5


def test_who_is_answered_later_is_not_lost_in_an_outage():
    """
    Three give up within the outage: one is answered when it calls again, one gives up again, one was answered before.
    A fourth gives up outside of it.
    """
    visits = [
        answered(600.0, 5.0),
        abandoned(3000.0, 60.0),
        abandoned(3700.0, 600.0),
        abandoned(3800.0, 600.0),
        abandoned(3900.0, 300.0),
        answered(8000.0, 5.0),
        abandoned(8100.0, 60.0),
    ]
    log = replace(
        dark_log(*visits),
        journeys=journeys(
            (0, 0, FIRST, 4, 0),
            (1, 0, FIRST, -1, -1),
            (2, 0, FIRST, 5, -1),
            (3, 0, FIRST, 6, -1),
            (0, 1, RECONTACT, -1, -1),
            (2, 1, RETRIAL, -1, 1),
            (3, 1, RETRIAL, -1, -1),
        ),
    )
    plan = replace(returning_plan(), outages=dark_plan().outages)
    result = values(plan, log)

    assert result["lost_in_outage"] == 3
    assert result["customers_lost_in_outage"] == 1
    assert values(plan, log, "total")["customers_lost_in_outage"] == 1
    alone = values(dark_plan(), dark_log(*visits))
    assert alone["customers_lost_in_outage"] == alone["lost_in_outage"] == 3


@pytest.mark.parametrize(("waits", "hours"), [((5.0, 5.0), 0.0), ((900.0, 5.0), 0.5), ((900.0, 900.0), 10.5)])
def test_hours_in_which_nobody_comes_are_no_way_back(waits, hours):
    """
    The outage ends at 02:00. One customer comes then, and the next one at 12:00: in time both, the second alone, or
    neither of them. The doors were closed between.
    """
    log = dark_log(
        answered(3900.0, 3400.0), *(answered(at, wait) for at, wait in zip((7300.0, 43300.0), waits, strict=True))
    )
    plan = dark_plan()
    plan = replace(plan, promises=replace(plan.promises, share=np.array([0.8])))

    assert values(plan, log)["outage_recovery_hours"] == hours


def test_from_an_outage_that_is_not_over_nobody_is_back():
    """It lasts beyond the counted period: no value, where 0 h would say that service was back at once."""
    log = dark_log(answered(0.0))
    endless = LoggedOutages(ticks([HOUR]), ticks([30 * HOUR]), np.array([[True]]), np.array([[False]]))
    plan = dark_plan()
    plan = replace(plan, promises=replace(plan.promises, share=np.array([0.8])))

    assert values(plan, replace(log, outages=endless))["outage_recovery_hours"] is None
    assert values(plan, replace(log, outages=endless), "total")["outage_hours"] == 23


def test_downtime_is_paid_and_not_present():
    """Of 24 hours on duty one is down: scheduled and paid stay, present and available do not."""
    pool = values(dark_plan(), dark_log(answered(0.0)), "pool")

    assert (pool["scheduled_hours"], pool["paid_hours"]) == (24, 24)
    assert (pool["present_hours"], pool["available_hours"], pool["downtime_hours"]) == (23, 23, 1)
    assert values(dark_plan(), dark_log(answered(0.0)), "total")["outage_hours"] == 1


def test_without_an_outage_in_the_period_there_is_none():
    """Where one may come and did not nobody is lost, and there is nothing to come back from."""
    result = values(dark_plan(), written_log([answered(0.0)]))

    assert result["lost_in_outage"] == 0
    assert result["outage_recovery_hours"] is None


def test_hours_beside_the_roster():
    """Called in for 2 h of an evening on call, standing in for 8 h, half an hour late, an hour early home."""
    plan = replace(dark_plan(), flexibility=object(), attendance=object())
    spells = [
        Spell(0, 0.0, 6 * HOUR, worked=(2 * HOUR, 4 * HOUR), kind=SpellKind.ON_CALL),
        Spell(0, 6 * HOUR, 14 * HOUR, kind=SpellKind.BENCH),
        Spell(0, 14 * HOUR, 20 * HOUR, worked=(14.5 * HOUR, 19 * HOUR), sent_home=True),
    ]
    pool = values(plan, written_log(spells=spells), "pool")

    assert (pool["called_in_hours"], pool["stand_in_hours"]) == (2, 8)
    assert (pool["late_hours"], pool["sent_home_hours"]) == (0.5, 1)


def test_unpaid_breaks_are_in_no_hours_beside_the_roster():
    """Of a bench agent's eight hours half an hour is lunch; who goes home at 11:00 leaves 4.5 h of work, not 5."""
    lunch = (TinyLine(agents=2, begins=8.0, ends=16.0, breaks=((4.0, 0.5, False),)),)
    plan = replace(small_plan((TinyType(),), lunch), flexibility=object(), attendance=object())
    spells = [
        Spell(0, 8 * HOUR, 16 * HOUR, kind=SpellKind.BENCH, breaks=(Break(12 * HOUR, 12.5 * HOUR),)),
        Spell(1, 8 * HOUR, 16 * HOUR, worked=(8 * HOUR, 11 * HOUR), sent_home=True),
    ]
    pool = values(plan, written_log(spells=spells), "pool")

    assert (pool["stand_in_hours"], pool["sent_home_hours"]) == (7.5, 4.5)
    assert (pool["scheduled_hours"], pool["paid_hours"], pool["present_hours"]) == (15, 10.5, 10.5)
