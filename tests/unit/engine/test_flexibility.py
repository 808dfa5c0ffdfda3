"""Rule 14: hours that follow the queue. Agents on call are called in, willing ones who are idle go home early."""

from __future__ import annotations

import pytest

from ccsim.plan import SpellKind
from tests.builders import EMAIL, FOR_EVER, Center, Contact, Outage, Pool, Shift, Step, Type

TICKS = 2**20


def on_call(agent: int, begins: float = 0, ends: float = 1000, pool: str = "gig", **more: object) -> Shift:
    return Shift(pool, agent, begins, ends, kind=SpellKind.ON_CALL, **more)


def gig(
    *contacts: Contact,
    calls: tuple[float, float, float, float],
    at_home: list[Shift] | None = None,
    agents: int = 2,
    outages: tuple[Outage, ...] = (),
    **pool: object,
) -> Center:
    """One agent on duty, busy for ever with call 0; ``calls`` = (when waiting, lead, stays, pause)."""
    return Center(
        types=[Type("calls"), Type("other")],
        pools=[
            Pool("gig", agents, handles=("calls",), calls=calls, **pool), Pool("home", handles=("calls",)),
            Pool("third", handles=("other",)),
        ],
        contacts=[Contact("calls", 0, 5000), *contacts],
        shifts=[Shift("home", 0, 0, FOR_EVER), *(at_home or [on_call(seat) for seat in range(agents)])],
        outages=outages, counted=(0, 1000), run_end=6000,
    )  # fmt: skip


def staff(*contacts: Contact, shifts: list[Shift], leaves: tuple[float, int, float], **pool: object) -> Center:
    """Agents of one pool who may go home: ``leaves`` = (after idle, keep idle, at least left)."""
    return Center(
        types=[Type("calls")], pools=[Pool("home", max(shift.agent for shift in shifts) + 1, leaves=leaves, **pool)],
        contacts=list(contacts), shifts=shifts, run_end=1000,
    )  # fmt: skip


def day(agent: int, ends: float = 500, *, begins: float = 0, willing: bool = True, **more: object) -> Shift:
    return Shift("home", agent, begins, ends, willing=willing, **more)


# Called in.


def test_an_agent_is_called_in_when_more_wait_than_should_and_comes_after_the_lead():
    """More than one waits from 20 on; home-0 of the gig comes at 80."""
    center = gig(Contact("calls", 10, 5), Contact("calls", 20, 5), calls=(1, 60, 100, 0))
    assert center.work()[1:] == [(80, 85, "gig-0", 1), (85, 90, "gig-0", 2)]


def test_who_is_called_in_to_come_at_once_comes_in_the_event_that_calls():
    """Home, which works while the gig sleeps, takes who arrives before that call at the instant, not who does after."""
    asleep = [Step("home", asleep="gig")]
    center = Center(
        types=[Type("before"), Type("calls"), Type("after")],
        pools=[Pool("gig", handles=("calls",), calls=(0, 0, 100, 0)), Pool("home", 2, handles=("before", "after"))],
        routing={"before": asleep, "calls": [Step("gig")], "after": asleep},
        shifts=[on_call(0), Shift("home", 0, 0, 500), Shift("home", 1, 0, 500)],
        contacts=[Contact("before", 10, 5), Contact("calls", 10, 5), Contact("after", 10, 5)], run_end=500,
    )  # fmt: skip
    assert sorted(center.work()) == [(10, 15, "gig-0", 1), (10, 15, "home-0", 0), (110, 115, "home-1", 2)]


def test_who_is_called_in_as_its_break_is_due_takes_the_break_first():
    """Called at the very instant, after breaks have fallen due: it does not stand about until the next one."""
    center = gig(Contact("calls", 10, 5), calls=(0, 0, 100, 0), at_home=[on_call(0, breaks=((10, 30),))])
    assert center.work()[1:] == [(40, 45, "gig-0", 1)]


def test_who_is_called_in_works_so_long_and_no_longer():
    """From 80 to 180; the log has what was asked for, not the window."""
    center = gig(Contact("calls", 20, 5), Contact("calls", 179, 30), Contact("calls", 180, 5), calls=(0, 60, 100, 999))
    assert center.work()[1:3] == [(80, 85, "gig-0", 1), (179, 209, "gig-0", 2)]
    spells = center.log.spells
    assert (spells.planned_from[0], spells.planned_to[0]) == (80 * TICKS, 180 * TICKS)
    assert (spells.begins[0], spells.ends[0]) == (80 * TICKS, 209 * TICKS)


def test_nobody_works_beyond_the_window():
    center = gig(Contact("calls", 20, 5), calls=(0, 60, 100, 0), agents=1, at_home=[on_call(0, 0, 120)])
    assert center.duty()[0] == ("gig-0", 80, 120)


def test_who_is_not_called_stays_at_home():
    """The spell stands in the log as on call, without times, and not as absent."""
    center = gig(Contact("calls", 20, 5), calls=(3, 60, 100, 0))
    assert center.duty()[:2] == [("gig-0", -1, -1), ("gig-1", -1, -1)]
    assert center.log.spells.kind.tolist()[:2] == [SpellKind.ON_CALL] * 2
    assert not center.log.spells.absent.any()


def test_agents_on_call_keep_no_pool_awake_until_they_come():
    """Home takes calls while the gig sleeps: not any more when it has come at 71."""
    center = Center(
        types=[Type("calls")],
        pools=[Pool("gig", calls=(1, 60, 100, 0)), Pool("home")],
        routing={"calls": [Step("home", asleep="gig"), Step("gig", 1)]},
        contacts=[Contact("calls", 0, 75), Contact("calls", 10, 50), Contact("calls", 11, 7)],
        shifts=[on_call(0), Shift("home", 0, 0, FOR_EVER)], run_end=1000,
    )  # fmt: skip
    assert center.work() == [(0, 75, "home-0", 0), (71, 121, "gig-0", 1), (121, 128, "gig-0", 2)]


def test_of_those_at_home_the_lowest_number_whose_window_is_on_at_its_coming_is_called():
    """gig-0 would come too late for its window, gig-1's begins while it is on its way."""
    center = gig(
        Contact("calls", 20, 5), calls=(0, 60, 100, 0), agents=3,
        at_home=[on_call(0, 0, 80), on_call(1, 70, 300), on_call(2, 0, 300)],
    )  # fmt: skip
    assert center.work()[1:] == [(80, 85, "gig-1", 1)]


def test_each_contact_that_joins_calls_one_agent_where_there_is_no_pause():
    center = gig(Contact("calls", 20, 50), Contact("calls", 30, 50), Contact("calls", 40, 5), calls=(0, 60, 500, 0))
    assert center.work()[1:] == [(80, 130, "gig-0", 1), (90, 140, "gig-1", 2), (130, 135, "gig-0", 3)]


def test_within_a_pause_nobody_is_called_and_at_its_end_the_next_is_if_it_is_still_needed():
    """Called at 20 and, two waiting, at 45."""
    center = gig(Contact("calls", 20, 50), Contact("calls", 30, 50), calls=(1, 60, 500, 25))
    assert center.work()[1:] == [(90, 140, "gig-0", 1), (115, 165, "gig-1", 2)]


def test_at_the_end_of_a_pause_nobody_is_called_who_is_not_needed():
    """At 35 nobody waits more than should."""
    center = gig(Contact("calls", 20, 5), calls=(0, 10, 500, 15))
    assert center.duty()[:2] == [("gig-0", 30, 530), ("gig-1", -1, -1)]


def test_nobody_is_called_twice_in_a_window_but_again_in_the_next():
    center = gig(
        Contact("calls", 20, 5), Contact("calls", 120, 5), Contact("calls", 220, 5), calls=(0, 0, 30, 0), agents=1,
        at_home=[on_call(0, 0, 200), on_call(0, 200, 400)],
    )  # fmt: skip
    assert center.work()[1:] == [(20, 25, "gig-0", 1), (220, 225, "gig-0", 2), (225, 230, "gig-0", 3)]


def test_without_a_lead_the_agent_is_there_at_once():
    """Within the same event: the contact does not wait."""
    center = gig(Contact("calls", 20, 5), calls=(0, 0, 100, 0))
    assert center.waits()[1] == 0
    assert center.duty()[0] == ("gig-0", 20, 120)


def test_only_contacts_that_the_pool_may_take_count():
    """Others wait for the third pool."""
    center = gig(*[Contact("other", at, 900) for at in range(5)], Contact("calls", 20, 5), calls=(1, 60, 100, 0))
    assert center.duty()[0] == ("gig-0", -1, -1)


def test_all_types_that_the_pool_may_take_count_together():
    center = Center(
        types=[Type("calls"), Type("mail", EMAIL)], pools=[Pool("gig", calls=(1, 60, 100, 0))],
        contacts=[Contact("calls", 10, 5), Contact("mail", 20, 5)], shifts=[on_call(0)], run_end=1000,
    )  # fmt: skip
    assert center.work() == [(80, 85, "gig-0", 0), (85, 90, "gig-0", 1)]


def test_work_handed_over_at_a_shift_end_calls_for_help_if_nobody_takes_it():
    """It joins the queue at 50."""
    center = Center(
        types=[Type("mail", EMAIL)], pools=[Pool("home"), Pool("gig", calls=(0, 60, 100, 0))],
        contacts=[Contact("mail", 0, 80)], shifts=[Shift("home", 0, 0, 50), on_call(0)], run_end=1000,
    )  # fmt: skip
    assert center.work() == [(0, 50, "home-0", 0, "handed_over"), (110, 140, "gig-0", 0)]


def test_work_handed_over_to_a_colleague_calls_nobody():
    """It does not stay in the queue."""
    center = Center(
        types=[Type("mail", EMAIL)], pools=[Pool("home", 2), Pool("gig", calls=(0, 60, 100, 0))],
        contacts=[Contact("mail", 0, 80)], shifts=[Shift("home", 0, 0, 50), Shift("home", 1, 10, 500), on_call(0)],
        run_end=1000,
    )  # fmt: skip
    assert center.duty()[1] == ("gig-0", -1, -1)


def test_a_contact_that_an_outage_requeues_calls_for_help_elsewhere():
    center = gig(calls=(0, 60, 10_000, 0), outages=(Outage(50, 9000, ("home",), requeues=True),))
    assert center.work() == [(0, 50, "home-0", 0, "outage"), (110, 5060, "gig-0", 0)]


def test_nobody_is_called_to_a_site_in_the_dark():
    """The gig is dark from 10 to 50, and agent 0 out for 100 s more: the contact of 60 calls agent 1."""
    center = gig(
        Contact("calls", 20, 5), Contact("calls", 60, 5), calls=(0, 10, 100, 0),
        outages=(Outage(10, 50, ("gig",), back={"gig-0": 100}),),
    )  # fmt: skip
    assert center.duty()[:2] == [("gig-0", -1, -1), ("gig-1", 70, 170)]


def test_who_is_on_its_way_when_the_site_goes_dark_comes_into_the_dark():
    center = gig(Contact("calls", 20, 5), calls=(0, 60, 100, 0), agents=1, outages=(Outage(70, 100, ("gig",)),))
    assert center.work()[1:] == [(100, 105, "gig-0", 1)]
    assert center.down() == [("gig-0", 80, 100)]


def test_breaks_of_a_spell_on_call_before_its_agent_comes_are_dropped():
    center = gig(
        Contact("calls", 20, 5), calls=(0, 60, 100, 0), agents=1, at_home=[on_call(0, breaks=((50, 10), (90, 10)))]
    )
    assert center.breaks() == [(-1, -1), (90, 100)]


def test_capacity_called_comes_before_contacts_that_arrive():
    """2 before 5: the agent of 80 takes the one that waits, the one of 80 waits for the next."""
    center = gig(Contact("calls", 20, 5), Contact("calls", 80, 5), calls=(0, 60, 100, 500))
    assert center.waits()[1:] == [60, 5]


# Sent home.


def test_a_willing_agent_goes_home_when_it_has_been_idle_long_enough():
    """One other is idle, more than none; the day is unpaid from then on, and planned as it was."""
    center = staff(shifts=[day(0), day(1, willing=False)], leaves=(30, 0, 0))
    assert center.duty() == [("home-0", 0, 30), ("home-1", 0, 500)]
    assert center.log.spells.sent_home.tolist() == [True, False]
    assert center.log.spells.planned_to.tolist() == [500 * TICKS] * 2


def test_not_more_go_than_leave_enough_idle():
    """Four are idle, two are to be kept beside whoever goes: at one instant the lower numbers go first."""
    center = staff(shifts=[day(agent) for agent in range(4)], leaves=(30, 1, 0))
    assert center.log.spells.sent_home.tolist() == [True, True, False, False]


def test_idleness_counts_from_the_end_of_work_or_of_a_break():
    """Agent 0 is idle from 10 on, agent 1 from 15 on."""
    center = staff(
        Contact("calls", 0, 10), shifts=[day(0), day(1, breaks=((5, 10),)), day(2, willing=False)], leaves=(30, 0, 0)
    )
    assert center.duty() == [("home-0", 0, 40), ("home-1", 0, 45), ("home-2", 0, 500)]


def test_whoever_is_busy_at_times_does_not_go():
    """Idle for 29 s again and again; agent 1 is kept busy."""
    calls = [Contact("calls", at, 1) for at in range(29, 500, 30)]
    center = staff(Contact("calls", 0, 490), *calls, shifts=[day(0, order=1), day(1)], leaves=(30, 0, 0))
    assert not center.log.spells.sent_home.any()


def test_the_test_is_made_once_in_a_stretch_of_idleness():
    """Agent 1 comes at 40: too late for agent 0, who is tested again 30 s after its call."""
    center = staff(Contact("calls", 100, 10), shifts=[day(0), day(1, begins=40, willing=False)], leaves=(30, 0, 0))
    assert center.duty()[0] == ("home-0", 0, 140)


def test_an_agent_with_little_left_stays():
    """At least 100 s are to be left: at 30 of 130 they are, of 129 they are not."""
    for ends, sent_home in ((130, True), (129, False)):
        center = staff(shifts=[day(0, ends), day(1, willing=False)], leaves=(30, 0, 100))
        assert center.log.spells.sent_home[0] == sent_home


def test_the_unwilling_stay():
    center = staff(shifts=[day(0, willing=False), day(1, willing=False)], leaves=(30, 0, 0))
    assert not center.log.spells.sent_home.any()


def test_a_pool_that_does_not_let_its_agents_go_keeps_them():
    """Willing or not."""
    center = Center(
        types=[Type("calls")], pools=[Pool("home", 2), Pool("away", leaves=(30, 0, 0))], contacts=[], run_end=1000,
        shifts=[day(0), day(1), Shift("away", 0, 0, 500, willing=True)],
    )  # fmt: skip
    assert not center.log.spells.sent_home.any()


def test_who_has_gone_home_comes_back_for_the_next_spell():
    center = staff(
        Contact("calls", 610, 10), shifts=[day(0), day(0, 900, begins=600), day(1, willing=False)], leaves=(30, 0, 0)
    )
    assert center.duty() == [("home-0", 0, 30), ("home-1", 0, 500), ("home-0", 600, 900)]
    assert center.work() == [(610, 620, "home-0", 0)]


def test_breaks_after_going_home_are_dropped():
    center = staff(shifts=[day(0, breaks=((100, 10),)), day(1, willing=False)], leaves=(30, 0, 0))
    assert center.breaks() == [(-1, -1)]


def test_who_is_out_is_not_idle():
    """Back at 50, tested at 80."""
    center = Center(
        types=[Type("calls")], pools=[Pool("home", 2, leaves=(30, 0, 0))], contacts=[], run_end=1000,
        shifts=[day(0), day(1, willing=False)], outages=(Outage(20, 50, ("home",)),),
    )  # fmt: skip
    assert center.duty() == [("home-0", 0, 80), ("home-1", 0, 500)]


def test_an_agent_whose_break_is_due_when_it_might_go_takes_the_break():
    """3 before 7."""
    center = staff(shifts=[day(0, breaks=((30, 10),)), day(1, willing=False)], leaves=(30, 0, 0))
    assert center.breaks() == [(30, 40)]
    assert center.duty()[0] == ("home-0", 0, 70)


def test_a_contact_that_arrives_when_the_agent_might_go_is_taken():
    """5 before 7: agent 0, idle longest, gets it."""
    center = staff(Contact("calls", 30, 10), shifts=[day(0), day(1, willing=False, order=1)], leaves=(30, 0, 0))
    assert center.work() == [(30, 40, "home-0", 0)]
    assert center.duty()[0] == ("home-0", 0, 70)


def test_an_agent_goes_before_a_wait_ends_in_vain():
    """7 before 8: at 30 agent 0 goes home, and the caller whose reserve it was gives up."""
    center = Center(
        types=[Type("calls", patience=20)], pools=[Pool("home", 2, leaves=(30, 0, 0))],
        routing={"calls": [Step("home", keep_free=2)]}, contacts=[Contact("calls", 10, 10)],
        shifts=[day(0), day(1, willing=False)], run_end=1000,
    )  # fmt: skip
    assert center.duty()[0] == ("home-0", 0, 30)
    assert center.left() == [30]


def test_where_leavers_are_pooled_who_goes_home_takes_its_end_with_it():
    """Agent 0 goes at 30 with the end of 100; the busy agent 1, to leave at 200, is not concerned."""
    center = staff(
        Contact("calls", 0, 300), shifts=[day(0, 100), day(1, 200, order=-1), day(2, 300, willing=False)],
        leaves=(30, 0, 0), pooled_leavers=True,
    )  # fmt: skip
    assert center.duty() == [("home-0", 0, 30), ("home-1", 0, 300), ("home-2", 0, 200)]


@pytest.mark.parametrize("pooled", [False, True])
def test_agents_who_go_home_at_one_instant_go_by_number(pooled):
    center = staff(shifts=[day(0), day(1), day(2)], leaves=(30, 1, 0), pooled_leavers=pooled)
    assert center.log.spells.sent_home.tolist() == [True, False, False]
