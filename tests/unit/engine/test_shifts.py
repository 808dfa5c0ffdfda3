"""Rules 8 and 9: agents come, take breaks, finish in overtime, hand over, leave; where nobody is named they trade."""

from __future__ import annotations

from tests.builders import CHAT, EMAIL, Center, Contact, Pool, Shift, Step, Type


def planned_to(center: Center) -> list[float]:
    return [ticks / 2**20 for ticks in center.log.spells.planned_to]


def floor(*contacts: Contact, shifts: list[Shift], agents: int = 1, pooled: bool = False, **mail: object) -> Center:
    """Calls and mail at one pool."""
    return Center(
        types=[Type("calls"), Type("mail", EMAIL, **mail)], pools=[Pool("home", agents, pooled_leavers=pooled)],
        shifts=shifts, contacts=list(contacts),
    )  # fmt: skip


# End of shift, leavers named.


def test_a_call_in_hand_is_finished_in_overtime():
    """At and after the end the agent takes nothing more."""
    center = floor(Contact("calls", 80, 40), Contact("calls", 90, 10), shifts=[Shift("home", 0, 0, 100)])
    assert center.work() == [(80, 120, "home-0", 0)]
    assert center.duty() == [("home-0", 0, 120)]
    assert planned_to(center) == [100]


def test_all_open_chats_are_finished_and_none_is_added():
    """Two slots, one free at the end: it stays free."""
    center = Center(
        types=[Type("chats", CHAT)],
        pools=[Pool("home", speed=(1.0, 1.0))],
        shifts=[Shift("home", 0, 0, 100)],
        contacts=[Contact("chats", 80, 60), Contact("chats", 90, 15), Contact("chats", 100, 5)],
    )
    assert center.work() == [(80, 140, "home-0", 0), (90, 105, "home-0", 1)]
    assert center.duty() == [("home-0", 0, 140)]


def test_at_the_very_end_an_agent_takes_nothing_even_if_it_is_freed_by_an_earlier_class():
    """Work ends in class 1 at 100, the spell in class 3."""
    center = floor(Contact("calls", 80, 20), Contact("calls", 90, 10), shifts=[Shift("home", 0, 0, 100)])
    assert center.work() == [(80, 100, "home-0", 0)]
    assert center.duty() == [("home-0", 0, 100)]


def test_mail_is_handed_over_at_the_place_of_its_arrival_with_what_that_costs():
    """Follow the sun: 20 of 60 s done, 5 s to read in, before the mail that came later."""
    center = floor(
        Contact("mail", 80, 60), Contact("mail", 90, 10), hand_over=5, agents=2,
        shifts=[Shift("home", 0, 0, 100), Shift("home", 1, 150, 500)],
    )  # fmt: skip
    assert center.work() == [
        (80, 100, "home-0", 0, "handed_over"), (150, 195, "home-1", 0), (195, 205, "home-1", 1),
    ]  # fmt: skip


def test_mail_handed_over_goes_at_once_to_an_idle_colleague():
    """It looks for an agent when the leaver is gone."""
    center = floor(Contact("mail", 80, 60), agents=2, shifts=[Shift("home", 0, 0, 100), Shift("home", 1, 90, 500)])
    assert center.work() == [(80, 100, "home-0", 0, "handed_over"), (100, 140, "home-1", 0)]


def test_where_the_next_pool_takes_over_the_longest_waiting_mail_goes_first():
    """The last agent who goes hands over mail 1; mail 0, handed over before, has waited for the same pool."""
    center = Center(
        types=[Type("mail", EMAIL)],
        pools=[Pool("home", 2), Pool("away")],
        routing={"mail": [Step("home", 0), Step("away", 1, asleep="home")]},
        shifts=[Shift("home", 0, 0, 50), Shift("home", 1, 0, 100), Shift("away", 0, 0, 500)],
        contacts=[Contact("mail", 0, 80), Contact("mail", 10, 200)],
    )
    assert center.work() == [
        (0, 50, "home-0", 0, "handed_over"), (10, 100, "home-1", 1, "handed_over"),
        (100, 130, "away-0", 0), (130, 240, "away-0", 1),
    ]  # fmt: skip


def test_mail_with_little_left_is_finished_in_overtime():
    """finish_if_under: less than 15 s left is finished, 15 s is handed over."""
    for work, finished in ((34, True), (35, False)):
        center = floor(Contact("mail", 80, work), shifts=[Shift("home", 0, 0, 100)], finish_if_under=15)
        assert (center.work() == [(80, 80 + work, "home-0", 0)]) is finished


def test_kept_mail_returns_to_the_queue_at_the_end_though_the_call_goes_on():
    """It is not in hand, so it is handed over even where mail is finished."""
    center = Center(
        types=[Type("calls"), Type("mail", EMAIL, finish_if_under=1000, hand_over=5)],
        pools=[Pool("home", interruptible=True), Pool("back", handles=("mail",))],
        shifts=[Shift("home", 0, 0, 100), Shift("back", 0, 95, 500)],
        contacts=[Contact("mail", 70, 60), Contact("calls", 80, 40)],
    )
    assert center.work() == [(70, 80, "home-0", 0, "interrupted"), (80, 120, "home-0", 1), (100, 155, "back-0", 0)]


def test_a_spell_that_begins_in_overtime_of_the_one_before_begins_late():
    """The agent cannot be in two spells at once."""
    shifts = [Shift("home", 0, 0, 100), Shift("home", 0, 110, 200)]
    center = floor(Contact("calls", 80, 50), Contact("calls", 115, 10), shifts=shifts)
    assert center.work() == [(80, 130, "home-0", 0), (130, 140, "home-0", 1)]
    assert center.duty() == [("home-0", 0, 130), ("home-0", 130, 200)]


def test_a_spell_wholly_within_overtime_is_over_before_it_begins():
    """It has no length, and the overtime ends the day."""
    shifts = [Shift("home", 0, 0, 100), Shift("home", 0, 110, 120)]
    center = floor(Contact("calls", 80, 50), Contact("calls", 115, 10), shifts=shifts)
    assert center.work() == [(80, 130, "home-0", 0)]
    assert center.duty() == [("home-0", 0, 130), ("home-0", 120, 120)]


def test_the_absent_are_not_on_duty():
    """Their spells stand in the Log without times."""
    center = floor(Contact("calls", 10, 10), shifts=[Shift("home", 0, 0, 100, absent=True)])
    assert center.work() == []
    assert center.duty() == [("home-0", -1, -1)]


# End of shift, leavers pooled.


def test_an_idle_agent_leaves_in_place_of_a_busy_one():
    """Two are on duty until 100, one after: the busy one stays on and gets the other's end."""
    center = floor(
        Contact("calls", 80, 60), Contact("calls", 150, 10), agents=2, pooled=True,
        shifts=[Shift("home", 0, 0, 100), Shift("home", 1, 0, 200)],
    )  # fmt: skip
    assert center.work() == [(80, 140, "home-0", 0), (150, 160, "home-0", 1)]
    assert center.duty() == [("home-0", 0, 200), ("home-1", 0, 100)]
    assert planned_to(center) == [200, 100]


def test_of_the_idle_the_one_idle_shortest_leaves():
    """home-1 came back from a call at 60, home-2 has been idle since 0."""
    center = floor(
        Contact("calls", 50, 10), Contact("calls", 80, 60), agents=3, pooled=True,
        shifts=[
            Shift("home", 0, 70, 100, order=9), Shift("home", 1, 0, 200, order=0), Shift("home", 2, 0, 200, order=1),
        ],
    )  # fmt: skip
    assert center.work() == [(50, 60, "home-1", 0), (80, 140, "home-2", 1)]
    assert center.duty()[2] == ("home-0", 70, 100)

    busy = floor(
        Contact("calls", 75, 60), agents=3, pooled=True,
        shifts=[Shift("home", 0, 0, 100), Shift("home", 1, 10, 200), Shift("home", 2, 20, 300)],
    )  # fmt: skip
    assert busy.duty() == [("home-0", 0, 300), ("home-1", 10, 200), ("home-2", 20, 100)]


def test_with_none_idle_no_contact_is_started_until_one_is_free_and_leaves():
    """At 100 both are busy; home-1 is free first, at 110, and leaves, though a call waits; home-0 takes it at 140."""
    center = floor(
        Contact("calls", 80, 60), Contact("calls", 90, 20), Contact("calls", 95, 10), agents=2, pooled=True,
        shifts=[Shift("home", 0, 0, 100), Shift("home", 1, 0, 200)],
    )  # fmt: skip
    assert center.work() == [(80, 140, "home-0", 0), (90, 110, "home-1", 1), (140, 150, "home-0", 2)]
    assert center.duty() == [("home-0", 0, 200), ("home-1", 0, 110)]
    assert planned_to(center) == [200, 100]


def test_who_comes_while_an_end_waits_lets_the_busy_one_stay():
    """The newcomer would leave at once: home-0, whose end is past, works on until the newcomer's end."""
    center = floor(
        Contact("calls", 80, 60), Contact("calls", 115, 10), agents=2, pooled=True,
        shifts=[Shift("home", 0, 0, 100), Shift("home", 1, 110, 200)],
    )  # fmt: skip
    assert center.work() == [(80, 140, "home-0", 0), (140, 150, "home-0", 1)]
    assert center.duty() == [("home-0", 0, 200), ("home-1", 110, 110)]
    assert planned_to(center) == [200, 100]


def test_when_the_person_is_on_duty_already_somebody_off_duty_comes():
    """home-0 stayed until 300 in place of home-1, who therefore comes for home-0's second spell."""
    center = floor(
        Contact("calls", 80, 60), agents=2, pooled=True,
        shifts=[Shift("home", 0, 0, 100), Shift("home", 1, 0, 300), Shift("home", 0, 150, 250)],
    )  # fmt: skip
    assert center.duty() == [("home-0", 0, 300), ("home-1", 0, 100), ("home-1", 150, 250)]


def test_who_is_free_at_its_end_and_stays_after_all_takes_the_break_that_was_due():
    """
    home-1 works home-0's second spell, while home-0 works until 140 in its place. As the third one follows at 100,
    home-0 takes the end of the second for its own, and home-1, who was to leave without its break, stays until 140.
    """
    pool = Pool("home", agents=2, pooled_leavers=True)
    center = Center(
        types=[Type("calls")], pools=[pool], rates=(pool, pool),
        shifts=[
            Shift("home", 0, 0, 30), Shift("home", 0, 70, 100, breaks=((90, 10),)),
            Shift("home", 0, 100, 130, rate_row=1), Shift("home", 1, 0, 140, order=1),
        ],
        contacts=[
            Contact("calls", 20, 90), Contact("calls", 80, 20), Contact("calls", 115, 5), Contact("calls", 116, 5),
        ],
    )  # fmt: skip
    assert center.work() == [
        (20, 110, "home-0", 0), (80, 100, "home-1", 1), (115, 120, "home-0", 2), (116, 121, "home-1", 3)
    ]  # fmt: skip
    assert center.breaks() == [(100, 110)]


def test_who_stays_on_after_a_spell_wholly_within_overtime_has_room_for_a_chat():
    """home-0's second spell passes during its chat; home-1, idle or just coming, leaves or goes in its place."""
    pool = Pool("home", agents=2, speed=(1.0, 1.0), pooled_leavers=True)
    for colleague in (Shift("home", 1, 0, 200), Shift("home", 1, 125, 200)):
        center = Center(
            types=[Type("chats", CHAT)], pools=[pool], rates=(pool, pool),
            shifts=[Shift("home", 0, 0, 100, order=-1), Shift("home", 0, 100, 120, rate_row=1), colleague],
            contacts=[Contact("chats", 80, 60), Contact("chats", 130, 10)],
        )  # fmt: skip
        assert center.work() == [(80, 140, "home-0", 0), (130, 140, "home-0", 1)]


def test_where_leavers_are_pooled_mail_in_hand_is_not_handed_over():
    """Those who stay go on working; nobody was named to leave."""
    center = floor(
        Contact("mail", 80, 60), agents=2, pooled=True, shifts=[Shift("home", 0, 0, 100), Shift("home", 1, 0, 200)]
    )
    assert center.work() == [(80, 140, "home-0", 0)]


# Breaks.


def test_an_idle_agent_takes_its_break_when_it_is_due():
    """From due to due plus length nothing is taken."""
    center = floor(Contact("calls", 55, 10), shifts=[Shift("home", 0, 0, 100, breaks=((50, 10),))])
    assert center.work() == [(60, 70, "home-0", 0)]
    assert center.breaks() == [(50, 60)]


def test_a_call_is_finished_first_and_the_break_taken_at_full_length():
    """What waits meanwhile waits on."""
    center = floor(
        Contact("calls", 45, 20), Contact("calls", 50, 10), shifts=[Shift("home", 0, 0, 200, breaks=((50, 10),))]
    )
    assert center.work() == [(45, 65, "home-0", 0), (75, 85, "home-0", 1)]
    assert center.breaks() == [(65, 75)]


def test_mail_is_paused_and_kept():
    """After the break the agent goes on with it, live contacts first, and resuming costs."""
    center = floor(
        Contact("mail", 40, 30),
        Contact("calls", 55, 10),
        shifts=[Shift("home", 0, 0, 200, breaks=((50, 10),))],
        resume=5,
    )
    assert center.work() == [(40, 50, "home-0", 0, "paused"), (60, 70, "home-0", 1), (70, 95, "home-0", 0)]


def test_at_the_very_instant_a_break_is_due_the_agent_takes_nothing():
    """Neither a call that ends then frees it for the next, nor one that arrives then."""
    center = floor(
        Contact("calls", 45, 5), Contact("calls", 46, 5), Contact("calls", 50, 5),
        shifts=[Shift("home", 0, 0, 200, breaks=((50, 10),))],
    )  # fmt: skip
    assert center.work() == [(45, 50, "home-0", 0), (60, 65, "home-0", 1), (65, 70, "home-0", 2)]


def test_blocks_due_meanwhile_follow_one_another():
    """Three blocks, the call ends when all are due."""
    breaks = ((50, 10), (55, 10), (75, 5))
    center = floor(Contact("calls", 45, 20), Contact("calls", 70, 5), shifts=[Shift("home", 0, 0, 200, breaks=breaks)])
    assert center.breaks() == [(65, 75), (75, 85), (85, 90)]
    assert center.work() == [(45, 65, "home-0", 0), (90, 95, "home-0", 1)]


def test_a_break_due_at_the_begin_comes_before_any_contact():
    """So is an agent away on paper present and paid, and never available."""
    center = floor(Contact("calls", 0, 5), shifts=[Shift("home", 0, 10, 50, breaks=((10, 40),))])
    assert center.work() == []
    assert center.duty() == [("home-0", 10, 50)]
    assert center.breaks() == [(10, 50)]


def test_a_break_that_would_begin_after_the_shift_is_dropped_and_one_still_on_is_cut():
    """The agent goes home at the end."""
    dropped = floor(Contact("calls", 80, 30), shifts=[Shift("home", 0, 0, 100, breaks=((90, 10),))])
    assert dropped.breaks() == [(-1, -1)]
    assert dropped.duty() == [("home-0", 0, 110)]

    cut = floor(Contact("calls", 80, 15), shifts=[Shift("home", 0, 0, 100, breaks=((90, 10),))])
    assert cut.breaks() == [(95, 100)]
    assert cut.duty() == [("home-0", 0, 100)]


def test_mail_paused_in_a_break_at_the_end_is_handed_over():
    """What an agent keeps returns to the queue when it goes home."""
    center = floor(
        Contact("mail", 40, 30), agents=2, hand_over=5,
        shifts=[Shift("home", 0, 0, 60, breaks=((50, 10),)), Shift("home", 1, 100, 200)],
    )  # fmt: skip
    assert center.work() == [(40, 50, "home-0", 0, "paused"), (100, 125, "home-1", 0)]
