"""Rule 14: sites and channels go dark."""

from __future__ import annotations

import pytest

from tests.builders import CHAT, EMAIL, Center, Contact, Outage, Pool, Shift, Step, Type


def home(
    *contacts: Contact,
    outages: tuple[Outage, ...] = (Outage(20, 50, ("home",)),),
    shifts: list[Shift] | None = None,
    agents: int = 1,
    **pool: object,
) -> Center:
    """Calls, chats and mail at one site, dark from 20 to 50 unless said."""
    return Center(
        types=[Type("calls"), Type("chats", CHAT), Type("mail", EMAIL, resume=3, hand_over=5)],
        pools=[Pool("home", agents, **pool)],
        contacts=list(contacts),
        shifts=shifts,
        outages=outages,
        run_end=1000,
    )


def two_sites(*contacts: Contact, outages: tuple[Outage, ...], types: list[Type] | None = None) -> Center:
    """Calls go to home, then away."""
    return Center(
        types=types or [Type("calls")], pools=[Pool("home", 2), Pool("away", 2)], contacts=list(contacts),
        outages=outages, run_end=1000,
        routing={type.name: [Step("home"), Step("away", 1)] for type in types or [Type("calls")]},
    )  # fmt: skip


# Contacts in hand.


def test_a_live_contact_in_hand_is_disconnected():
    """The customer is gone at once; nobody calls back."""
    center = home(Contact("calls", 10, 30))
    assert center.work() == [(10, 20, "home-0", 0, "outage")]
    assert center.outcomes() == ["disconnected"]
    assert center.left() == [20]
    assert center.log.visits.ended.tolist() == [-1]


def test_all_open_chats_are_disconnected():
    center = home(Contact("chats", 10, 30), Contact("chats", 12, 30), speed=(1.0, 0.5))
    assert center.outcomes() == ["disconnected", "disconnected"]
    assert center.left() == [20, 20]


def test_a_requeued_contact_goes_on_elsewhere_with_the_work_left():
    """It looks for another agent at the very instant, and keeps its first answer."""
    center = two_sites(Contact("calls", 10, 30), outages=(Outage(20, 50, ("home",), requeues=True),))
    assert center.work() == [(10, 20, "home-0", 0, "outage"), (20, 40, "away-0", 0)]
    assert center.outcomes() == ["answered"]
    assert center.waits() == [0]


def test_a_requeued_contact_waits_at_its_place():
    """Call 0 of 10 comes before call 1 of 15, which has waited for the one agent."""
    center = home(
        Contact("calls", 10, 30), Contact("calls", 15, 10), outages=(Outage(20, 50, ("home",), requeues=True),)
    )
    assert center.work() == [(10, 20, "home-0", 0, "outage"), (50, 70, "home-0", 0), (70, 80, "home-0", 1)]


def test_the_patience_of_a_requeued_contact_runs_no_more():
    """It waited 5 s before its answer and 30 s after, with a patience of 10 s that would have ended at 15 or 30."""
    center = home(
        Contact("calls", 0, 10), Contact("calls", 5, 30, patience=10),
        outages=(Outage(12, 50, ("home",), requeues=True),),
    )  # fmt: skip
    assert center.work() == [(0, 10, "home-0", 0), (10, 12, "home-0", 1, "outage"), (50, 78, "home-0", 1)]


def test_a_requeued_contact_is_disconnected_at_closing_time():
    """Where the type does not serve those who wait, it does not serve it either."""
    center = Center(
        types=[Type("calls", open=((0, 30),), disconnects=True)], pools=[Pool("home")],
        contacts=[Contact("calls", 10, 30)], outages=(Outage(20, 50, ("home",), requeues=True),),
    )  # fmt: skip
    assert center.outcomes() == ["disconnected"]
    assert center.left() == [30]


@pytest.mark.parametrize("requeues", [False, True])
def test_wrap_up_is_dropped_and_the_contact_answered(requeues):
    """The customer had left at 15; nothing remains to be done."""
    center = home(Contact("calls", 10, 5, wrap_up=20), outages=(Outage(20, 50, ("home",), requeues=requeues),))
    assert center.work() == [(10, 20, "home-0", 0, "outage")]
    assert center.outcomes() == ["answered"]
    assert center.left() == [15]
    assert center.log.visits.ended.tolist() == [20 * 2**20]


@pytest.mark.parametrize("requeues", [False, True])
def test_deferred_work_goes_back_to_its_place_without_overhead(requeues):
    """10 of 30 s are done; neither resuming nor handing over costs anything."""
    center = home(
        Contact("mail", 10, 30), Contact("mail", 11, 5), outages=(Outage(20, 50, ("home",), requeues=requeues),)
    )
    assert center.work() == [(10, 20, "home-0", 0, "outage"), (50, 70, "home-0", 0), (70, 75, "home-0", 1)]


def test_kept_work_goes_back_too():
    """Mail interrupted by a call waits for its agent; when the agent is out it waits for anyone."""
    center = Center(
        types=[Type("calls"), Type("mail", EMAIL, resume=3)],
        pools=[Pool("home", interruptible=True), Pool("back", handles=("mail",))],
        routing={"calls": [Step("home")], "mail": [Step("home"), Step("back", 1)]},
        shifts=[Shift("home", 0, 0, 500), Shift("back", 0, 12, 500)],
        contacts=[Contact("mail", 0, 30), Contact("calls", 10, 30)],
        outages=(Outage(20, 50, ("home",)),),
    )
    assert center.work() == [
        (0, 10, "home-0", 0, "interrupted"), (10, 20, "home-0", 1, "outage"), (20, 40, "back-0", 0),
    ]  # fmt: skip


def test_cut_off_contacts_look_for_agents_by_number_when_all_agents_are_out():
    """Calls 0 and 1 are in hand, call 0 with the higher agent; nobody goes to the colleague who is yet to go out."""
    center = Center(
        types=[Type("calls")],
        pools=[Pool("home", 3), Pool("away")],
        routing={"calls": [Step("home"), Step("away", 1)]},
        shifts=[*[Shift("home", seat, 0, 500, order=-seat) for seat in range(3)], Shift("away", 0, 0, 500)],
        contacts=[Contact("calls", 10, 30), Contact("calls", 11, 30)],
        outages=(Outage(20, 100, ("home",), requeues=True),),
    )
    assert center.work() == [
        (10, 20, "home-2", 0, "outage"), (11, 20, "home-1", 1, "outage"), (20, 40, "away-0", 0), (40, 61, "away-0", 1),
    ]  # fmt: skip


def test_a_line_is_free_when_its_call_is_cut_off_and_held_while_it_is_requeued():
    """One line: the call of 30 gets it only if the first one is lost."""
    for requeues, outcome in ((False, "answered"), (True, "blocked")):
        center = Center(
            types=[Type("calls", lines="line")], pools=[Pool("home")], lines={"line": 1},
            contacts=[Contact("calls", 10, 30), Contact("calls", 30, 5)],
            outages=(Outage(20, 50, ("home",), requeues=requeues),),
        )  # fmt: skip
        assert center.outcomes()[1] == outcome


# Agents out.


def test_agents_are_out_until_the_outage_ends_and_paid_time_runs_on():
    """The call of 30 waits; spells are as planned."""
    center = home(Contact("calls", 30, 10), shifts=[Shift("home", 0, 0, 100)])
    assert center.work() == [(50, 60, "home-0", 0)]
    assert center.down() == [("home-0", 20, 50)]
    assert center.duty() == [("home-0", 0, 100)]


def test_agents_come_back_one_by_one():
    """Each at its own time after the end."""
    center = home(
        Contact("calls", 30, 60), Contact("calls", 31, 60), agents=2,
        outages=(Outage(20, 50, ("home",), back={"home-0": 15, "home-1": 5}),),
    )  # fmt: skip
    assert center.work() == [(55, 115, "home-1", 0), (65, 125, "home-0", 1)]
    assert center.down() == [("home-0", 20, 65), ("home-1", 20, 55)]


def test_a_spell_that_ends_meanwhile_is_over_at_its_planned_end():
    center = home(shifts=[Shift("home", 0, 0, 40)])
    assert center.duty() == [("home-0", 0, 40)]
    assert center.down() == [("home-0", 20, 40)]


def test_a_spell_that_ends_before_its_agent_is_back_is_over_too():
    center = home(
        Contact("calls", 30, 10), shifts=[Shift("home", 0, 0, 60)],
        outages=(Outage(20, 50, ("home",), back={"home-0": 15}),),
    )  # fmt: skip
    assert center.work() == []
    assert center.down() == [("home-0", 20, 60)]


def test_a_spell_that_begins_meanwhile_finds_the_site_dark():
    """It is paid from its begin; work begins when the site is back for this agent."""
    center = home(
        Contact("calls", 30, 10), shifts=[Shift("home", 0, 40, 100)],
        outages=(Outage(20, 50, ("home",), back={"home-0": 5}),),
    )  # fmt: skip
    assert center.work() == [(55, 65, "home-0", 0)]
    assert center.duty() == [("home-0", 40, 100)]
    assert center.down() == [("home-0", 40, 55)]


def test_a_spell_within_an_outage_is_all_downtime():
    center = home(shifts=[Shift("home", 0, 30, 45)])
    assert center.duty() == [("home-0", 30, 45)]
    assert center.down() == [("home-0", 30, 45)]


def test_of_two_spells_each_has_its_own_downtime():
    """Out in the first, gone for 5 s, and the site is still dark in the second."""
    center = home(Contact("calls", 45, 10), shifts=[Shift("home", 0, 0, 30), Shift("home", 0, 35, 100)])
    assert center.down() == [("home-0", 20, 30), ("home-0", 35, 50)]
    assert center.log.downtime.spell.tolist() == [0, 1]
    assert center.work() == [(50, 60, "home-0", 0)]


def test_an_agent_in_overtime_loses_its_call_and_leaves():
    """Nothing keeps it."""
    center = home(Contact("calls", 5, 50), shifts=[Shift("home", 0, 0, 10)])
    assert center.outcomes() == ["disconnected"]
    assert center.duty() == [("home-0", 0, 20)]
    assert center.down() == []


def test_where_overtime_had_reached_into_the_next_spell_that_begins_dark():
    center = home(Contact("calls", 5, 50), shifts=[Shift("home", 0, 0, 10), Shift("home", 0, 15, 100)])
    assert center.duty() == [("home-0", 0, 20), ("home-0", 20, 100)]
    assert center.down() == [("home-0", 20, 50)]


def test_who_was_to_leave_when_free_leaves():
    """Leavers pooled: the end of 10 waits for the call; what waits for it is over with it."""
    center = home(
        Contact("calls", 5, 50), Contact("calls", 30, 10), agents=2, pooled_leavers=True,
        shifts=[Shift("home", 0, 0, 10), Shift("home", 1, 40, 100)],
    )  # fmt: skip
    assert center.duty() == [("home-0", 0, 20), ("home-1", 40, 100)]
    assert center.work() == [(5, 20, "home-0", 0, "outage"), (50, 60, "home-1", 1)]


def test_who_is_out_does_not_leave_for_a_busy_one():
    """Leavers pooled: home-1, not back yet, is not idle; when it is, it leaves for home-0."""
    center = home(
        Contact("calls", 55, 30), agents=2, pooled_leavers=True,
        shifts=[Shift("home", 0, 0, 60), Shift("home", 1, 0, 200)],
        outages=(Outage(20, 50, ("home",), back={"home-1": 20}),),
    )  # fmt: skip
    assert center.duty() == [("home-0", 0, 200), ("home-1", 0, 70)]


# Outages that overlap.


def test_of_overlapping_outages_the_last_one_counts():
    """Out once; the site is back when all is."""
    center = home(
        Contact("calls", 22, 10),
        outages=(
            Outage(20, 50, ("home",)), Outage(30, 80, ("home",), back={"home-0": 3}), Outage(40, 60, ("home",)),
        ),
    )  # fmt: skip
    assert center.work() == [(83, 93, "home-0", 0)]
    assert center.down() == [("home-0", 20, 83)]


def test_an_outage_that_begins_when_another_ends_cuts_off_what_was_begun():
    """Agents come back (class 2), take a call, and go out (class 3)."""
    center = home(Contact("calls", 30, 10), outages=(Outage(20, 50, ("home",)), Outage(50, 60, ("home",))))
    assert center.work() == [(50, 50, "home-0", 0, "outage")]
    assert center.outcomes() == ["disconnected"]
    assert center.down() == [("home-0", 20, 50), ("home-0", 50, 60)]


def test_two_outages_at_one_instant_begin_in_their_order():
    """The first cuts the call off and loses it; the second, which would requeue it, finds the agent out."""
    center = home(
        Contact("calls", 10, 30),
        outages=(Outage(20, 30, ("home",)), Outage(20, 50, ("home",), requeues=True)),
    )
    assert center.outcomes() == ["disconnected"]
    assert center.down() == [("home-0", 20, 50)]


def test_an_outage_of_several_pools_leaves_nobody_to_turn_to():
    """Contacts look for agents when the agents of all pools are out."""
    center = two_sites(Contact("calls", 10, 30), outages=(Outage(20, 50, ("home", "away"), requeues=True),))
    assert center.work() == [(10, 20, "home-0", 0, "outage"), (50, 70, "home-0", 0)]


# Ties.


def test_work_that_ends_when_the_outage_begins_is_done():
    """1 before 3."""
    assert home(Contact("calls", 10, 10)).outcomes() == ["answered"]


def test_a_spell_that_ends_when_the_outage_begins_has_no_downtime():
    """Both are class 3, agents before outages; its deferred work is handed over, with what that costs."""
    center = home(Contact("mail", 10, 30), agents=2, shifts=[Shift("home", 0, 0, 20), Shift("home", 1, 60, 200)])
    assert center.work() == [(10, 20, "home-0", 0, "handed_over"), (60, 85, "home-1", 0)]
    assert center.down() == []


def test_a_spell_that_begins_when_the_outage_begins_has_begun():
    """2 before 3: it takes the waiting call and loses it."""
    center = home(Contact("calls", 10, 30), shifts=[Shift("home", 0, 20, 100)])
    assert center.work() == [(20, 20, "home-0", 0, "outage")]


def test_a_contact_that_arrives_when_the_outage_begins_finds_nobody():
    """3 before 5."""
    center = home(Contact("calls", 20, 10, balks=True))
    assert center.outcomes() == ["balked"]


def test_a_contact_that_arrives_when_the_agents_are_back_is_taken():
    """2 before 5."""
    assert home(Contact("calls", 50, 10, balks=True)).outcomes() == ["answered"]


def test_a_spell_that_ends_when_the_site_is_back_takes_nothing_more():
    """2 before 3, but its end is due at this very instant."""
    center = home(Contact("calls", 30, 10), shifts=[Shift("home", 0, 0, 50)])
    assert center.work() == []
    assert center.down() == [("home-0", 20, 50)]


# Breaks.


def test_a_break_goes_on_in_the_dark():
    """Who is on a break is down only when it is over."""
    center = home(shifts=[Shift("home", 0, 0, 1000, breaks=((10, 30),))])
    assert center.breaks() == [(10, 40)]
    assert center.down() == [("home-0", 40, 50)]


def test_a_break_goes_on_when_the_site_is_back():
    """There is no downtime, and the call waits for the end of the break."""
    center = home(Contact("calls", 30, 10), shifts=[Shift("home", 0, 0, 1000, breaks=((10, 60),))])
    assert center.breaks() == [(10, 70)]
    assert center.down() == []
    assert center.work() == [(70, 80, "home-0", 0)]


@pytest.mark.parametrize("begins", [10, 25])
def test_a_break_that_is_over_when_the_site_is_back_ends_there(begins):
    """Both come at 50, in class 2 and with the same number; the order does not matter."""
    breaks = ((begins, 50 - begins),)
    center = home(Contact("calls", 30, 10), shifts=[Shift("home", 0, 0, 1000, breaks=breaks)])
    assert center.work() == [(50, 60, "home-0", 0)]
    assert center.down() == ([] if begins == 10 else [("home-0", 20, 50)])


def test_a_break_due_in_the_dark_passes():
    """The agent had its rest; it is logged as dropped."""
    center = home(Contact("calls", 30, 10), shifts=[Shift("home", 0, 0, 1000, breaks=((30, 20),))])
    assert center.breaks() == [(-1, -1)]
    assert center.work() == [(50, 60, "home-0", 0)]


def test_of_a_break_due_in_the_dark_the_rest_is_taken():
    """15 of 30 s are left when the site is back."""
    center = home(Contact("calls", 30, 10), shifts=[Shift("home", 0, 0, 1000, breaks=((35, 30),))])
    assert center.breaks() == [(50, 65)]
    assert center.work() == [(65, 75, "home-0", 0)]


def test_a_break_that_waits_for_the_end_of_a_call_passes_too():
    """Due at 15, 10 s: the call that is cut off at 20 was in the way, and at 50 it is long over."""
    center = home(Contact("calls", 10, 30), shifts=[Shift("home", 0, 0, 1000, breaks=((15, 10),))])
    assert center.breaks() == [(-1, -1)]
    assert center.down() == [("home-0", 20, 50)]


def test_a_break_due_when_the_outage_begins_is_taken():
    """Both are class 3, agents before outages."""
    center = home(shifts=[Shift("home", 0, 0, 1000, breaks=((20, 10),))])
    assert center.breaks() == [(20, 30)]
    assert center.down() == [("home-0", 30, 50)]


def test_a_break_due_when_the_site_is_back_is_taken():
    center = home(Contact("calls", 30, 10), shifts=[Shift("home", 0, 0, 1000, breaks=((50, 10),))])
    assert center.breaks() == [(50, 60)]
    assert center.work() == [(60, 70, "home-0", 0)]


# Other pools, other channels.


def test_demand_fails_over_to_the_next_pool():
    """Its agents are simply not there."""
    center = two_sites(Contact("calls", 30, 10), outages=(Outage(20, 50, ("home",)),))
    assert center.work() == [(30, 40, "away-0", 0)]


def test_a_dark_pool_is_asleep():
    """The pool that takes over while it sleeps takes the waiting call when the outage begins, and none after."""
    center = Center(
        types=[Type("calls")],
        pools=[Pool("home"), Pool("away")],
        routing={"calls": [Step("home"), Step("away", 1, asleep="home")]},
        contacts=[Contact("calls", 0, 100), Contact("calls", 5, 10), Contact("calls", 55, 10)],
        outages=(Outage(20, 50, ("home",)),),
    )
    assert center.work() == [
        (0, 20, "home-0", 0, "outage"), (20, 30, "away-0", 1), (55, 65, "home-0", 2),
    ]  # fmt: skip


def test_who_is_back_at_the_very_end_of_its_spell_is_back_before_it_goes():
    """Capacity comes before it goes (rule 11): home is awake for an instant, and away may take who waits."""
    center = Center(
        types=[Type("calls")],
        pools=[Pool("home"), Pool("away")],
        routing={"calls": [Step("away", awake="home")]},
        shifts=[Shift("home", 0, 0, 60), Shift("away", 0, 0, 200)],
        contacts=[Contact("calls", 25, 5), Contact("calls", 60, 5)],
        outages=(Outage(20, 50, ("home",), back={"home-0": 10}),),
    )
    assert center.work() == [(60, 65, "away-0", 0)]


def test_a_pool_wakes_when_the_first_agent_is_back():
    """A break counts, as ever: home-1 is on one from 10 to 100, and back at 60."""
    center = Center(
        types=[Type("calls")],
        pools=[Pool("home", 2), Pool("away")],
        routing={"calls": [Step("away", awake="home")]},
        shifts=[
            Shift("home", 0, 0, 30), Shift("home", 1, 0, 200, breaks=((10, 90),)), Shift("away", 0, 0, 200),
        ],
        contacts=[Contact("calls", 25, 5)],
        outages=(Outage(20, 50, ("home",), back={"home-1": 10}),),
    )  # fmt: skip
    assert center.work() == [(60, 65, "away-0", 0)]


def test_while_its_channel_is_dark_who_arrives_is_blocked_and_who_waits_is_served():
    """From 20 on, up to but not at 50; mail comes through."""
    center = home(
        Contact("calls", 5, 20), Contact("calls", 10, 5), Contact("calls", 20, 5), Contact("mail", 30, 5),
        Contact("calls", 49, 5), Contact("calls", 50, 5), outages=(Outage(20, 50, types=("calls",)),),
    )  # fmt: skip
    assert center.outcomes() == ["answered", "answered", "blocked", "answered", "blocked", "answered"]
    assert center.down() == []


def test_a_closed_type_is_closed_before_it_is_blocked():
    center = Center(
        types=[Type("calls", open=((0, 30),))], pools=[Pool("home")],
        contacts=[Contact("calls", 25, 5), Contact("calls", 35, 5)], outages=(Outage(20, 50, types=("calls",)),),
    )  # fmt: skip
    assert center.outcomes() == ["blocked", "closed"]


# Start and end.


def test_an_outage_may_begin_with_the_simulation():
    """Opening backlog waits for its end."""
    center = home(Contact("mail", -10, 5), outages=(Outage(0, 50, ("home",)),))
    assert center.work() == [(50, 55, "home-0", 0)]
    assert center.down() == [("home-0", 0, 50)]


def test_the_run_goes_on_while_counted_contacts_wait_for_the_end_of_an_outage():
    """The counted period ends at 40, the outage at 50, the requeued call at 70."""
    center = Center(
        types=[Type("calls")], pools=[Pool("home")], contacts=[Contact("calls", 10, 30)],
        outages=(Outage(20, 50, ("home",), requeues=True),), counted=(0, 40),
    )  # fmt: skip
    assert center.log.stopped == 70 * 2**20


def test_a_contact_that_is_lost_is_over():
    """The run ends with it, dropped wrap-up or not."""
    for contact in (Contact("calls", 10, 30), Contact("calls", 10, 5, wrap_up=30)):
        center = Center(
            types=[Type("calls")], pools=[Pool("home")], contacts=[contact], outages=(Outage(20, 50, ("home",)),),
            counted=(0, 18),
        )  # fmt: skip
        assert center.log.stopped == 20 * 2**20


def test_downtime_that_is_on_when_the_run_stops_ends_there():
    center = Center(
        types=[Type("calls")], pools=[Pool("home")], contacts=[Contact("calls", 30, 30)],
        outages=(Outage(20, 50, ("home",)),), run_end=45,
    )  # fmt: skip
    assert center.down() == [("home-0", 20, 45)]


def test_without_outages_there_is_no_downtime():
    assert home(Contact("calls", 10, 30), outages=()).log.downtime is None
