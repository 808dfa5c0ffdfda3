"""Rule 13: contacts are passed on, cold or with the agent on hold, and agents never wait for one another for ever."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ccsim.log import Outcome
from ccsim.plan import AgentChoice, ContactChoice
from tests.builders import CHAT, EMAIL, Contact, Outage, Pool, Shift, Step, Type
from tests.customers import Calls, Customer, Further, Journeys, recontact, retrial, transfer


def passed_on(
    further: Further | None = None, *others: Contact, expert_busy: float = 0, wrap_up: float = 0, **move: object
) -> Journeys:
    """
    A call to the front from 10 to 40 that goes on to an expert, who is busy until ``expert_busy``, for another 20.
    """
    busy = [Contact("expert", 0, expert_busy)] if expert_busy else []
    further = further or Further("up", 20)
    return Journeys(
        types=[Type("calls"), Type("expert")],
        pools=[Pool("front", handles=("calls",)), Pool("back", handles=("expert",))],
        moves={"up": transfer("calls", "expert", **move)},
        contacts=[*busy, Customer("calls", 10, 30, wrap_up=wrap_up, then=(further,)), *others],
    )


# Cold.


def test_a_contact_goes_on_at_the_end_of_talk():
    """The next visit begins at this very instant; the one before was answered, and resolved nothing yet."""
    center = passed_on()
    assert center.work() == [(10, 40, "front-0", 0, "transferred"), (40, 60, "back-0", 1)]
    assert center.outcomes() == ["answered", "answered"]
    assert center.left() == [40, 60]
    assert center.resolved() == [-1, 1]
    assert center.journeys() == [(0, 0, "first", 1), (0, 1, "transfer", -1)]
    assert center.log.visits.ended.tolist() == center.log.visits.left.tolist()


def test_wrap_up_follows_beside_the_next_talk():
    """The customer is with the next agent, the first one writes its notes."""
    center = passed_on(wrap_up=5)
    assert center.work() == [(10, 40, "front-0", 0, "transferred"), (40, 45, "front-0", 0), (40, 60, "back-0", 1)]
    assert center.left() == [40, 60]


def test_the_contact_looks_for_an_agent_before_the_agent_looks_for_a_contact():
    """Else the agent who passed it on might be asked first. It may take it, if nobody else does."""
    center = Journeys(
        types=[Type("calls", priority=2), Type("expert")],
        pools=[Pool("home", agents=2)],
        moves={"up": transfer("calls", "expert")},
        contacts=[Customer("calls", 10, 30, then=(Further("up", 20),))],
    )
    assert center.work() == [(10, 40, "home-0", 0, "transferred"), (40, 60, "home-1", 1)]
    alone = replace(center, pools=[Pool("home")], contacts=[*center.contacts, Contact("expert", 20, 7)])
    assert [(start, visit) for start, _, _, visit, *_ in alone.work()] == [(10, 0), (40, 1), (47, 2)]


def test_the_next_visit_waits_and_loses_patience_like_any_other():
    """Each visit draws its own patience."""
    center = passed_on(Further("up", 20, patience=15), expert_busy=100)
    assert center.outcomes() == ["answered", "answered", "abandoned"]
    assert center.left() == [100, 40, 55]


def test_pools_pass_on_different_shares():
    """The uniform of the visit lies below the probability of one pool and not of the other."""
    center = passed_on(Further("up", 20, uniform=0.3), passes_on={"front": 0.3})
    assert center.work() == [(10, 40, "front-0", 0)]
    assert center.resolved() == [1]
    assert len(replace(center, moves={"up": transfer("calls", "expert", passes_on={"front": 0.31})}).work()) == 2


def test_transfers_are_tried_in_their_order_each_by_its_own_uniform():
    """A contact goes on to one place only; what is not passed on may be unresolved and come again."""
    more = (Further("up", 20, uniform=0.6), Further("over", 10, uniform=0.6), Further("back", 5, delay=100))
    center = replace(
        passed_on(),
        types=[Type("calls"), Type("expert"), Type("sales")],
        pools=[Pool("front", handles=("calls",)), Pool("back", handles=("expert", "sales"))],
        resolves={"front": 0.0},
        contacts=[Customer("calls", 10, 30, then=more)],
    )

    def chances(up: float, over: float) -> Journeys:
        moves = {
            "back": recontact("calls"),
            "up": transfer("calls", "expert", passes_on={"front": up}),
            "over": transfer("calls", "sales", passes_on={"front": over}),
        }
        return replace(center, moves=moves)

    assert [type for type, *_ in visited(chances(0.7, 0.7))] == ["calls", "expert"]
    assert [type for type, *_ in visited(chances(0.5, 0.7))] == ["calls", "sales"]
    assert [type for type, *_ in visited(chances(0.5, 0.5))] == ["calls", "calls"]


def visited(center: Journeys) -> list[tuple[str, float]]:
    return [(center.type_names[type], at) for type, at in zip(center.log.visits.type, center.arrived(), strict=True)]


def test_an_email_is_passed_on_cold_whatever_is_written():
    """Nobody is on the line: there is nobody to hold for."""
    center = Journeys(
        types=[Type("mail", EMAIL), Type("expert", EMAIL)],
        pools=[Pool("front", handles=("mail",)), Pool("back", handles=("expert",))],
        moves={"up": transfer("mail", "expert", warm=True)},
        contacts=[
            Contact("expert", 0, 100),
            Customer("mail", 10, 30, then=(Further("up", 20),)),
            Contact("mail", 20, 5),
        ],
    )
    assert center.work() == [
        (0, 100, "back-0", 0), (10, 40, "front-0", 1, "transferred"), (40, 45, "front-0", 2), (100, 120, "back-0", 3),
    ]  # fmt: skip
    assert center.outcomes() == ["answered"] * 4


def test_the_line_of_the_talk_is_free_for_the_next_visit():
    """One line in all: it is given up at the end of talk, and taken again."""
    center = passed_on()
    types = [replace(type, lines="lines") for type in center.types]
    center = replace(center, types=types, lines={"lines": 1})
    assert center.outcomes() == ["answered", "answered"]


def test_transfers_go_on_and_on():
    """A visit that was passed on may be passed on."""
    center = replace(
        passed_on(Further("up", 20, then=(Further("home", 10),))),
        moves={"up": transfer("calls", "expert"), "home": transfer("expert", "calls")},
    )
    assert [row[:4] for row in center.work()] == [(10, 40, "front-0", 0), (40, 60, "back-0", 1), (60, 70, "front-0", 2)]


# Place and clock.


@pytest.mark.parametrize(("keeps", "order"), [(False, [0, 1, 2, 3, 4]), (True, [0, 1, 4, 2, 3])])
def test_a_contact_may_keep_its_clock(keeps, order):
    """Its customer came at 10, and it was passed on at 40: behind or before those who came at 15 and 30."""
    center = passed_on(None, Contact("expert", 15, 5), Contact("expert", 30, 5), expert_busy=50, keeps_clock=keeps)
    assert [row[3] for row in center.work()] == order


def test_the_clock_runs_from_the_first_of_a_chain_of_transfers():
    """Passed on twice, it stands where its customer came in, whatever was kept between."""
    chain = Further("up", 20, then=(Further("home", 10),))
    center = replace(
        passed_on(chain, Contact("calls", 35, 40), Contact("calls", 45, 5), Contact("calls", 50, 5)),
        moves={"up": transfer("calls", "expert"), "home": transfer("expert", "calls", keeps_clock=True)},
    )
    assert [row[3] for row in center.work()] == [0, 1, 4, 5, 2, 3]


def test_an_overflow_counts_the_wait_in_this_queue():
    """Though it keeps its clock, a second pool may take it only when it has waited here."""
    center = passed_on(expert_busy=100, keeps_clock=True)
    center = replace(
        center,
        pools=[*center.pools, Pool("help", handles=("expert",))],
        routing={"expert": [Step("back"), Step("help", 1, after=20)]},
    )
    assert center.work()[-2:] == [(10, 40, "front-0", 1, "transferred"), (60, 80, "help-0", 2)]


def test_a_weighted_wait_counts_from_the_clock_that_is_kept():
    """Weight 1 each: 60 s since it came go before 55 s, though it has stood in this queue for 30 s."""
    center = passed_on(Further("up", 20), Contact("other", 15, 5), expert_busy=70, keeps_clock=True)
    center = replace(
        center,
        types=[*center.types, Type("other")],
        pools=[center.pools[0], Pool("back", handles=("expert", "other"), choose=ContactChoice.WEIGHTED)],
    )
    assert [row[3] for row in center.work()] == [0, 1, 3, 2]
    lost = replace(center, moves={"up": transfer("calls", "expert")})
    assert [row[3] for row in lost.work()] == [0, 1, 2, 3]


# Warm.


def test_the_first_agent_holds_until_the_next_one_answers():
    """Holding is a stretch of its own, on the first visit; wrap-up follows it, then the next call."""
    center = passed_on(None, Contact("calls", 20, 10), expert_busy=100, wrap_up=5, warm=True)
    assert center.work() == [
        (0, 100, "back-0", 0),
        (10, 40, "front-0", 1, "transferred"),
        (40, 100, "front-0", 1, "holding"),
        (100, 105, "front-0", 1),
        (100, 120, "back-0", 3),
        (105, 115, "front-0", 2),
    ]
    assert center.left() == [100, 40, 115, 120]
    assert [ended / 2**20 for ended in center.log.visits.ended] == [100, 105, 115, 120]


def test_without_wrap_up_the_agent_is_free_when_the_next_one_answers():
    """Within the same event."""
    center = passed_on(None, Contact("calls", 20, 10), expert_busy=90, warm=True)
    assert center.work()[2:] == [
        (40, 90, "front-0", 1, "holding"), (90, 100, "front-0", 2), (90, 110, "back-0", 3),
    ]  # fmt: skip


def test_who_is_answered_at_once_needs_no_holding():
    """A stretch without length says that it was warm."""
    center = passed_on(None, Contact("calls", 20, 10), warm=True)
    assert center.work() == [
        (10, 40, "front-0", 0, "transferred"), (40, 40, "front-0", 0, "holding"), (40, 50, "front-0", 1),
        (40, 60, "back-0", 2),
    ]  # fmt: skip


@pytest.mark.parametrize("wrap_up", [0, 5])
def test_at_the_hold_limit_the_transfer_turns_cold(wrap_up):
    """The customer waits on, the agent goes on."""
    center = passed_on(None, Contact("calls", 20, 10), expert_busy=100, wrap_up=wrap_up, warm=True, hold_limit=25)
    assert (40, 65, "front-0", 1, "holding") in center.work()
    assert (65 + wrap_up, 75 + wrap_up, "front-0", 2) in center.work()
    assert center.work()[-1] == (100, 120, "back-0", 3)


def test_who_gives_up_frees_the_agent_at_once():
    """Nobody is left to hold for."""
    center = passed_on(Further("up", 20, patience=15), Contact("calls", 20, 10), expert_busy=100, warm=True)
    assert center.work()[2:] == [(40, 55, "front-0", 1, "holding"), (55, 65, "front-0", 2)]
    assert center.outcomes() == ["answered", "answered", "answered", "abandoned"]


@pytest.mark.parametrize(
    ("expert", "outcome"),
    [
        (Type("expert", max_waiting=0), "blocked"),
        (Type("expert", open=((0, 30),)), "closed"),
    ],
)
def test_who_is_turned_away_frees_the_agent_at_once(expert, outcome):
    """The hold has no length."""
    center = passed_on(None, Contact("calls", 20, 10), expert_busy=100, warm=True)
    center = replace(center, types=[center.types[0], expert])
    assert center.work()[2:] == [(40, 40, "front-0", 1, "holding"), (40, 50, "front-0", 2)]
    assert center.outcomes()[3] == outcome


def test_who_is_cut_off_at_closing_time_frees_the_agent():
    """At 70 the experts close."""
    center = passed_on(None, Contact("calls", 20, 10), expert_busy=100, warm=True)
    center = replace(center, types=[center.types[0], Type("expert", open=((0, 70),), disconnects=True)])
    assert center.work()[2:] == [(40, 70, "front-0", 1, "holding"), (70, 80, "front-0", 2)]


def test_who_accepts_a_callback_frees_the_agent():
    """The customer hangs up, and is called in its turn."""
    center = passed_on(Further("up", 20, accepts=True), Contact("calls", 20, 10), expert_busy=100, warm=True)
    center = replace(center, calls={"expert": Calls(over=0)})
    assert center.work()[2:] == [
        (40, 40, "front-0", 1, "holding"), (40, 50, "front-0", 2), (100, 130, "back-0", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("wrap_up", [0, 5])
@pytest.mark.parametrize("pooled", [False, True])
def test_at_the_end_of_its_shift_the_agent_holds_no_longer(wrap_up, pooled):
    """It leaves at once, or after its wrap-up; the customer waits on."""
    center = passed_on(expert_busy=100, wrap_up=wrap_up, warm=True)
    shifts = [Shift("front", 0, 0, 60), Shift("back", 0, 0, 500)]
    pools = [replace(center.pools[0], pooled_leavers=pooled), center.pools[1]]
    center = replace(center, shifts=shifts, pools=pools)
    assert (40, 60, "front-0", 1, "holding") in center.work()
    assert center.duty()[0] == ("front-0", 0, 60 + wrap_up)
    assert center.work()[-1] == (100, 120, "back-0", 2)


def test_who_passes_on_in_overtime_does_not_hold():
    """Its shift is over."""
    center = passed_on(expert_busy=100, warm=True)
    center = replace(center, shifts=[Shift("front", 0, 0, 30), Shift("back", 0, 0, 500)])
    assert center.duty()[0] == ("front-0", 0, 40)


def test_a_break_waits_for_the_end_of_a_hold():
    """Live contacts are finished first, and the hold is one."""
    center = passed_on(None, Contact("calls", 50, 10), expert_busy=80, warm=True)
    center = replace(center, shifts=[Shift("front", 0, 0, 500, breaks=((60, 15),)), Shift("back", 0, 0, 500)])
    assert center.breaks() == [(80, 95)]
    assert (95, 105, "front-0", 2) in center.work()


def test_who_holds_in_an_outage_lets_go():
    """The transfer turns cold: the customer waits on."""
    center = replace(passed_on(expert_busy=100, wrap_up=5, warm=True), outages=(Outage(60, 200, pools=("front",)),))
    assert center.work() == [
        (0, 100, "back-0", 0), (10, 40, "front-0", 1, "transferred"), (40, 60, "front-0", 1, "holding"),
        (60, 60, "front-0", 1, "outage"), (100, 120, "back-0", 2),
    ]  # fmt: skip
    assert center.outcomes() == ["answered"] * 3


def test_a_chat_on_hold_keeps_its_slot_and_slows_down_the_others():
    """With two open each goes at half speed; the hold itself takes as long as it takes."""
    center = Journeys(
        types=[Type("chats", CHAT), Type("expert", CHAT)],
        pools=[Pool("front", handles=("chats",), speed=(1.0, 0.5)), Pool("back", handles=("expert",))],
        moves={"up": transfer("chats", "expert", warm=True, hold_limit=1000)},
        contacts=[
            Contact("expert", 0, 100),
            Customer("chats", 0, 20, then=(Further("up", 20),)),
            Contact("chats", 30, 50),
            Contact("chats", 35, 5),
        ],
    )
    assert center.work() == [
        (0, 20, "front-0", 0, "transferred"),
        (0, 100, "back-0", 1),
        (20, 100, "front-0", 0, "holding"),
        (30, 120, "front-0", 2),
        (100, 110, "front-0", 3),
        (100, 120, "back-0", 4),
    ]


def test_two_pools_that_transfer_to_each_other_cannot_deadlock():
    """Each holds for the other until the limit; then one is free, answers, and frees the other."""
    center = Journeys(
        types=[Type("one"), Type("two")],
        pools=[Pool("first", handles=("one",)), Pool("second", handles=("two",))],
        moves={
            "over": transfer("one", "two", warm=True, hold_limit=30),
            "back": transfer("two", "one", warm=True, hold_limit=40),
        },
        contacts=[
            Customer("one", 0, 10, then=(Further("over", 5),)),
            Customer("two", 0, 10, then=(Further("back", 5),)),
        ],
    )
    assert center.work() == [
        (0, 10, "first-0", 0, "transferred"),
        (0, 10, "second-0", 1, "transferred"),
        (10, 40, "first-0", 0, "holding"),
        (10, 40, "second-0", 1, "holding"),
        (40, 45, "first-0", 3),
        (40, 45, "second-0", 2),
    ]


def test_an_agent_may_answer_the_chat_that_it_holds_for():
    """It has room beside the hold; the chat that follows goes at full speed."""
    center = Journeys(
        types=[Type("chats", CHAT), Type("expert", CHAT)],
        pools=[Pool("home", speed=(1.0, 0.5))],
        moves={"up": transfer("chats", "expert", warm=True)},
        contacts=[Customer("chats", 0, 20, then=(Further("up", 20),))],
    )
    assert center.work() == [
        (0, 20, "home-0", 0, "transferred"), (20, 20, "home-0", 0, "holding"), (20, 40, "home-0", 1),
    ]  # fmt: skip


def test_two_chats_passed_on_at_one_instant_both_look_before_the_agent_does():
    """Both go to the experts, and the agent takes both who wait."""
    center = Journeys(
        types=[Type("chats", CHAT), Type("expert", CHAT)],
        pools=[Pool("front", handles=("chats",), speed=(1.0, 1.0)), Pool("back", agents=2, handles=("expert",))],
        moves={"up": transfer("chats", "expert", warm=True)},
        contacts=[
            *(Customer("chats", 0, 20, then=(Further("up", 20),)) for _ in range(2)),
            *(Contact("chats", 10, 5) for _ in range(2)),
        ],
    )
    started = [(start, agent, visit) for start, _, agent, visit, *why in center.work() if "holding" not in why]
    assert started[2:] == [(20, "front-0", 2), (20, "front-0", 3), (20, "back-0", 4), (20, "back-1", 5)]


def test_a_chat_that_ends_as_another_is_passed_on_to_its_agent_ends_then():
    """Its work is done, by less than a tick more than it had: it takes no time beside the next one, nor gives any."""
    center = Journeys(
        types=[Type("chats", CHAT), Type("expert", CHAT)],
        pools=[
            Pool("front", handles=("chats",), speed=(0.8, 0.5)),
            Pool("back", handles=("expert",), speed=(0.8, 0.5)),
        ],
        moves={"up": transfer("chats", "expert")},
        contacts=[Customer("chats", 0, 20, then=(Further("up", 20),)), Contact("expert", 0, 20)],
    )
    visits = center.log.visits
    assert visits.agent.tolist() == [0, 1, 1]
    talk = visits.ended[0] - visits.started[0]
    assert visits.ended.tolist() == [talk, talk, 2 * talk]


def test_a_lost_transfer_may_be_tried_again():
    """Its own retrial follows it, as the third visit of the customer."""
    center = passed_on(Further("up", 20, patience=15, then=(Further("again", 20, delay=100),)), expert_busy=100)
    center = replace(center, moves={**center.moves, "again": retrial("expert", Outcome.ABANDONED)})
    assert center.arrived() == [0, 10, 40, 155]
    assert center.journeys()[1:] == [(1, 0, "first", 2), (1, 1, "transfer", 3), (1, 2, "retrial", -1)]


def test_the_run_waits_for_the_visits_that_follow():
    """Both visits of a customer who came in the counted period are awaited."""
    center = replace(passed_on(expert_busy=100, warm=True, wrap_up=5), counted=(5, 20))
    assert center.outcomes() == ["answered", "answered", "answered"]
    assert center.log.stopped == center.log.visits.ended[2]


@pytest.mark.parametrize("patience", [20, 19])
def test_a_break_is_taken_though_its_time_came_while_the_agent_held(patience):
    """Who gives up at the very instant at which the break is due frees the agent after that."""
    center = passed_on(Further("up", 20, patience=patience), expert_busy=100, warm=True)
    center = replace(center, shifts=[Shift("front", 0, 0, 500, breaks=((60, 15),)), Shift("back", 0, 0, 500)])
    assert center.breaks() == [(60, 75)]


def test_an_older_clock_does_not_shut_out_those_who_may_be_taken():
    """The first in the queue has not waited long enough here for the second pool; the one behind it has."""
    center = passed_on(None, Contact("expert", 30, 5), expert_busy=100, keeps_clock=True)
    center = replace(
        center,
        pools=[*center.pools, Pool("help", handles=("expert",))],
        routing={"expert": [Step("back"), Step("help", 1, after=20)]},
        shifts=[Shift("front", 0, 0, 500), Shift("back", 0, 0, 500), Shift("help", 0, 55, 500)],
    )
    assert center.work()[2:] == [(55, 60, "help-0", 2), (60, 80, "help-0", 3)]
    window = replace(center, shifts=None, routing={"expert": [Step("back"), Step("help", 1, 20, window=((52, 500),))]})
    assert window.work()[2:] == [(52, 57, "help-0", 2), (60, 80, "help-0", 3)]


def test_who_lets_go_and_stays_in_place_of_another_has_room_again():
    """Its end has come, an idle colleague leaves instead: with one chat in hand it takes the next."""
    center = Journeys(
        types=[Type("chats", CHAT, choose=AgentChoice.MOST_LOADED), Type("expert", CHAT)],
        pools=[
            Pool("front", agents=2, handles=("chats",), speed=(1.0, 1.0), pooled_leavers=True),
            Pool("back", handles=("expert",)),
        ],
        moves={"up": transfer("chats", "expert", warm=True, hold_limit=1000)},
        contacts=[
            Customer("chats", 0, 20, then=(Further("up", 20),)),
            Contact("expert", 0, 500),
            Contact("chats", 30, 200),
            Contact("chats", 70, 10),
        ],
        shifts=[Shift("front", 0, 0, 60), Shift("front", 1, 0, 900), Shift("back", 0, 0, 900)],
    )
    assert center.work() == [
        (0, 20, "front-0", 0, "transferred"), (0, 500, "back-0", 1), (20, 60, "front-0", 0, "holding"),
        (30, 230, "front-0", 2), (70, 80, "front-0", 3), (500, 520, "back-0", 4),
    ]  # fmt: skip
    assert center.duty()[:2] == [("front-0", 0, 900), ("front-1", 0, 60)]
