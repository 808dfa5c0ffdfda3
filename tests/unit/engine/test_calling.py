"""Rule 13: callbacks that keep a place in the queue, and campaigns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ccsim.errors import SimulationError
from ccsim.plan import Predictor
from tests.builders import CHAT, EMAIL, Contact, Outage, Pool, Shift, Step, Type, seconds
from tests.customers import OUTBOUND, Calls, Customer, Journeys


def offered(*others: Contact, type: Type | None = None, calls: Calls | None = None, **customer: object) -> Journeys:
    """One agent, busy from 0 to 100, and a customer who comes at 10, with 30 of talk and 10 of dialing."""
    return Journeys(
        types=[type or Type("calls")],
        pools=[Pool("home")],
        calls={"calls": calls or Calls(over=59)},
        contacts=[Contact("calls", 0, 100), Customer("calls", 10, 30, **{"accepts": True, **customer}), *others],
    )


def calls(center: Journeys) -> list[tuple[float, float, int, int]]:
    """Per visit: (expected wait, when offered, accepted, attempts)."""
    c = center.log.calls
    assert c is not None
    rows = zip(c.expected, c.offered, c.accepted, c.attempts, strict=True)
    return [(seconds(expected), seconds(offered), int(yes), int(times)) for expected, offered, yes, times in rows]


# The offer.


@pytest.mark.parametrize(("over", "is_offered"), [(59, True), (60, False)])
def test_a_callback_is_offered_to_who_expects_to_wait_too_long(over, is_offered):
    """Nobody else waits, one agent, 60 a call: exactly at the threshold nothing is offered."""
    center = offered(calls=Calls(over=over, mean=60))
    assert calls(center)[1][:3] == ((60, 10, 1) if is_offered else (60, -1, -1))


def test_the_expected_wait_grows_with_the_queue_and_falls_with_agents_on_shift():
    """(Waiting + 1) x mean / agents of the pools whose conditions hold; breaks count, `after` does not."""
    center = offered(Contact("calls", 20, 5), Contact("calls", 30, 5), accepts=False)
    center = replace(
        center,
        pools=[Pool("home"), Pool("help", agents=2), Pool("night")],
        routing={"calls": [Step("home"), Step("help", 1, after=500), Step("night", 1, window=((300, 400),))]},
        shifts=[
            Shift("home", 0, 0, 500),
            Shift("help", 0, 0, 500, breaks=((5, 400),)),
            Shift("help", 1, 25, 500),
            Shift("night", 0, 0, 500),
        ],
    )
    assert [expected for expected, *_ in calls(center)] == [-1, 30, 60, 60]


def test_without_agents_the_wait_has_no_end():
    """It is offered, and no number is known."""
    center = replace(offered(), shifts=[Shift("home", 0, 500, 900)], contacts=[Customer("calls", 10, 30, accepts=True)])
    assert calls(center) == [(-1, 10, 1, 1)]


def test_the_last_wait_predicts_the_next():
    """Without history nobody waits; then as long as the last one who had to, its offer and attempts left aside."""
    center = offered(
        Contact("calls", 20, 30),
        Contact("calls", 125, 5),
        Contact("calls", 500, 50),
        Contact("calls", 510, 5),
        calls=Calls(over=95, predictor=Predictor.LAST_WAIT),
        accepts=False,
    )
    assert [expected for expected, *_ in calls(center)] == [-1, 0, 0, 90, -1, 35]
    assert [when for _, when, *_ in calls(center)] == [-1] * 6


def test_who_is_to_be_called_has_waited_as_well():
    """From when it stood in the queue, at 140, to its turn, at 185."""
    center = offered(
        Customer("calls", 110, 30, accepts=True),
        Contact("calls", 135, 50),
        Contact("calls", 190, 5),
        calls=Calls(over=80, predictor=Predictor.LAST_WAIT, window=(30, 100)),
    )
    assert [expected for expected, *_ in calls(center)] == [-1, 0, 90, -1, 45]


def test_who_declines_waits_as_others_do():
    """With its patience."""
    center = offered(accepts=False, patience=20)
    assert center.outcomes() == ["answered", "abandoned"]
    assert calls(center)[1] == (60, 10, 0, -1)


def test_who_declines_may_balk():
    """The offer comes before."""
    center = offered(accepts=False, balks=True)
    assert center.outcomes() == ["answered", "balked"]
    assert calls(center)[1][:3] == (60, 10, 0)
    assert offered(balks=True).outcomes() == ["answered", "answered"]


def test_who_is_turned_away_is_offered_nothing():
    """A full waiting room comes first."""
    center = offered(type=Type("calls", max_waiting=0))
    assert calls(center)[1] == (-1, -1, -1, -1)


# Its turn.


def test_a_callback_keeps_its_place():
    """Called before those who came later: dialing, then talk, in one stretch, whose begin is the answer."""
    center = offered(Contact("calls", 20, 5), wrap_up=5, patience=20)
    assert center.work() == [(0, 100, "home-0", 0), (100, 145, "home-0", 1), (145, 150, "home-0", 2)]
    assert center.waits() == [0, 90, 125]
    assert center.left()[1] == 140
    assert calls(center)[1] == (60, 10, 1, 1)


def test_a_callback_frees_its_line():
    """Two lines: one talks, the callback holds none, neither while it waits nor when it is called."""
    center = offered(Contact("calls", 20, 5), Contact("calls", 105, 5), type=Type("calls", lines="lines"))
    center = replace(center, lines={"lines": 2})
    assert center.outcomes() == ["answered"] * 4


def test_a_callback_leaves_its_seat_in_the_waiting_room():
    """One may wait: the callback is not among them."""
    center = offered(Contact("calls", 20, 5), Contact("calls", 30, 5), type=Type("calls", max_waiting=1))
    assert center.outcomes() == ["answered", "answered", "answered", "blocked"]


def test_a_callback_in_a_promised_window_stands_in_line_from_its_begin():
    """At the place of its arrival even then."""
    center = offered(Contact("calls", 20, 60), Contact("calls", 30, 5), calls=Calls(over=59, window=(95, 200)))
    assert center.work() == [
        (0, 100, "home-0", 0), (100, 160, "home-0", 2), (160, 200, "home-0", 1), (200, 205, "home-0", 3),
    ]  # fmt: skip


def test_a_window_that_would_reach_beyond_closing_time_is_promised_for_the_next_opening():
    """Offered at 10 for 35 to 65 while the doors close at 60: called from 300 on, when they open again."""
    hours = Type("calls", open=((0, 60), (300, 500)))
    center = offered(type=hours, calls=Calls(over=59, window=(25, 55)))
    assert center.work() == [(0, 100, "home-0", 0), (300, 340, "home-0", 1)]
    assert offered(type=hours, calls=Calls(over=59, window=(25, 50))).work()[1] == (100, 140, "home-0", 1)


def test_hours_too_short_for_a_window_are_better_than_none():
    """No stretch lasts 300: the window begins with the first opening after the time that was meant."""
    hours = Type("calls", open=((0, 60), (150, 200)))
    assert offered(type=hours, calls=Calls(over=59, window=(100, 400))).work()[1] == (150, 190, "home-0", 1)


def test_who_is_called_in_its_window_looks_for_an_agent():
    """Somebody may be idle by then."""
    center = offered(calls=Calls(over=59, window=(195, 300)))
    assert center.work()[1] == (205, 245, "home-0", 1)


def test_dialing_is_work_at_the_agents_rate():
    """An agent half as fast takes twice as long to dial, too."""
    center = replace(offered(), pools=[Pool("home", slower={"calls": 2.0})])
    assert center.work() == [(0, 200, "home-0", 0), (200, 280, "home-0", 1)]


def test_a_call_beside_chats_slows_them_down_while_it_is_dialed():
    """Dialing counts among the contacts in hand."""
    center = offered(Contact("chats", 100, 40))
    center = replace(
        center, types=[Type("calls"), Type("chats", CHAT)], pools=[Pool("home", speed=(1.0, 0.5), mixes=True)]
    )
    assert center.work()[1:] == [(100, 140, "home-0", 1), (100, 160, "home-0", 2)]


def test_who_is_not_reached_is_called_again_at_its_place():
    """After a pause, before those who came later; the answer is the stretch in which it was reached."""
    center = offered(Contact("calls", 20, 195), Contact("calls", 30, 5), reached_at=2, calls=Calls(over=59, attempts=3))
    assert center.work() == [
        (0, 100, "home-0", 0),
        (100, 110, "home-0", 1, "dialed"),
        (110, 305, "home-0", 2),
        (305, 345, "home-0", 1),
        (345, 350, "home-0", 3),
    ]
    assert center.waits()[1] == 295
    assert calls(center)[1] == (60, 10, 1, 2)


def test_who_is_reached_at_no_attempt_is_unreached():
    """Its visit ends with the last attempt; it was never answered."""
    center = offered(reached_at=0, calls=Calls(over=59, attempts=2))
    assert center.work()[1:] == [(100, 110, "home-0", 1, "dialed"), (210, 220, "home-0", 1, "dialed")]
    assert center.outcomes() == ["answered", "unreached"]
    assert center.left()[1] == 220
    assert center.waits()[1] == -1
    assert center.log.visits.ended[1] == -1
    assert calls(center)[1] == (60, 10, 1, 2)


def test_at_closing_time_callbacks_stand():
    """A promise is kept after hours; others are cut off."""
    center = offered(Contact("calls", 20, 5), type=Type("calls", open=((0, 50),), disconnects=True))
    assert center.outcomes() == ["answered", "answered", "disconnected"]


def test_the_end_of_the_run_waits_for_callbacks():
    """Those of the counted period, also while they wait for their next attempt."""
    center = replace(offered(reached_at=2, calls=Calls(over=59, attempts=2)), counted=(0, 150))
    assert center.outcomes() == ["answered", "answered"]
    cut = replace(center, run_end=205)
    assert cut.outcomes() == ["answered", "open"]
    assert cut.waits()[1] == -1


def test_who_is_being_dialed_when_the_run_ends_was_not_answered():
    """Nobody knows whether it would have been reached."""
    center = replace(offered(), run_end=105)
    assert center.work()[1] == (100, 105, "home-0", 1, "cut")
    assert center.outcomes()[1] == "open"
    assert replace(offered(), run_end=115).outcomes()[1] == "answered"


def test_an_outage_while_dialing_puts_the_callback_back():
    """No customer is lost who was not on the line; one in talk is."""
    center = replace(offered(), outages=(Outage(105, 200, pools=("home",)),))
    assert center.outcomes() == ["answered", "answered"]
    assert center.work()[2] == (200, 235, "home-0", 1)
    talking = replace(offered(), outages=(Outage(115, 200, pools=("home",)),))
    assert talking.outcomes() == ["answered", "disconnected"]


# Campaigns.


def campaign(*others: Contact, attempts: int = 2, **pool: object) -> Journeys:
    """A list released at 0: one customer reached at the first attempt, one at the second."""
    return Journeys(
        types=[Type("calls"), Type("mail", EMAIL), Type("list", OUTBOUND, priority=0)],
        pools=[Pool("home", **pool)],
        calls={"list": Calls(campaign=True, attempts=attempts, retry_after=100)},
        contacts=[Customer("list", 0, 30), Customer("list", 0, 20, reached_at=2), *others],
    )


def test_a_campaign_is_dialed_from_the_first_start():
    """Preview and dialing, then talk; who is not reached is called again after a while."""
    center = campaign()
    assert center.work() == [(0, 40, "home-0", 0), (40, 50, "home-0", 1, "dialed"), (150, 180, "home-0", 1)]
    assert center.outcomes() == ["answered", "answered"]
    assert calls(center) == [(-1, -1, -1, 1), (-1, -1, -1, 2)]
    assert campaign(attempts=1).outcomes() == ["answered", "unreached"]


def test_callers_go_before_the_list():
    """Priority 0, and no call in hand is cut short."""
    center = campaign(Contact("calls", 5, 10))
    assert [row[:1] + row[3:4] for row in center.work()] == [(0, 0), (40, 2), (50, 1), (160, 1)]


def test_a_list_is_dialed_only_while_others_stay_free():
    """Blending: more than one agent idle."""
    center = replace(campaign(agents=2), routing={"list": [Step("home", keep_free=1)]})
    assert center.work() == [(0, 40, "home-0", 0), (40, 50, "home-0", 1, "dialed"), (150, 180, "home-1", 1)]


def test_a_list_is_dialed_only_in_its_hours():
    """Nobody is called before local opening hours."""
    center = replace(campaign(), routing={"list": [Step("home", window=((60, 500),))]})
    assert center.work()[0] == (60, 100, "home-0", 0)


def test_a_list_does_not_interrupt_mail_nor_come_before_kept_mail():
    """No customer waits."""
    center = campaign(Contact("mail", 0, 50), interruptible=True)
    contacts = [Contact("mail", 0, 50), Customer("list", 10, 30), Contact("calls", 20, 10)]
    center = replace(center, contacts=contacts)
    assert center.work() == [
        (0, 20, "home-0", 0, "interrupted"), (20, 30, "home-0", 2), (30, 60, "home-0", 0), (60, 100, "home-0", 1),
    ]  # fmt: skip


def test_a_list_is_not_dialed_beside_chats():
    """Only agents with nothing in hand dial; a chat may join a call to a customer."""
    center = campaign(speed=(1.0, 1.0), mixes=True)
    types = [Type("chats", CHAT), center.types[2]]
    contacts = [Contact("chats", 0, 50), Customer("list", 10, 30), Contact("chats", 60, 10)]
    center = replace(center, types=types, contacts=contacts)
    assert center.work() == [(0, 50, "home-0", 0), (50, 90, "home-0", 1), (60, 70, "home-0", 2)]


def test_at_the_end_of_the_shift_the_call_in_hand_is_finished():
    """The rest of the list waits for the next shift."""
    center = replace(campaign(), shifts=[Shift("home", 0, 0, 20), Shift("home", 0, 200, 400)])
    assert center.work() == [
        (0, 40, "home-0", 0), (200, 210, "home-0", 1, "dialed"), (310, 340, "home-0", 1),
    ]  # fmt: skip


def test_dialing_takes_time():
    """Work of nothing would never end."""
    with pytest.raises(SimulationError, match="dialing must take time"):
        replace(campaign(), contacts=[Customer("list", 0, 30, dial=0)]).work()
