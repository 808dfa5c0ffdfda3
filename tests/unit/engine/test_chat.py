"""Rule 5: several chats at once, each slower the more there are; calls beside them where the pool allows it."""

from __future__ import annotations

from ccsim.plan import AgentChoice
from tests.builders import CHAT, EMAIL, PHONE, Center, Contact, Pool, Type

CHATS = Type("chats", CHAT)


def chats(*contacts: tuple[float, float], speed: tuple[float, ...] = (1.0, 0.5), agents: int = 1) -> Center:
    """(arrived, work) of each chat."""
    return Center(
        types=[CHATS],
        pools=[Pool("home", agents=agents, speed=speed)],
        contacts=[Contact("chats", at, work) for at, work in contacts],
    )


def test_a_second_chat_slows_down_the_first():
    """30 s alone, then both at half speed until the second ends, then alone again."""
    center = chats((0, 60), (30, 10))
    assert center.work() == [(0, 70, "home-0", 0), (30, 50, "home-0", 1)]


def test_a_freed_slot_is_refilled_at_once():
    """The third chat waits until one of the first two is done."""
    center = chats((0, 20), (0, 30), (5, 10))
    assert center.work() == [(0, 40, "home-0", 0), (0, 60, "home-0", 1), (40, 60, "home-0", 2)]


def test_side_by_side_at_full_speed_chats_do_not_feel_each_other():
    """Speed [1, 1]."""
    assert chats((0, 60), (30, 10), speed=(1.0, 1.0)).work() == [(0, 60, "home-0", 0), (30, 40, "home-0", 1)]


def test_a_new_chat_goes_to_the_agent_with_the_fewest_open():
    """Spread first, then double; among equals to who has been at that load longest."""
    center = chats((0, 100), (1, 100), (2, 100), (3, 100), agents=2, speed=(1.0, 1.0))
    assert [who for _, _, who, _ in center.work()] == ["home-0", "home-1", "home-0", "home-1"]


def test_longest_at_the_load_counts_from_the_last_change():
    """home-0 came back to one open chat at 20, home-1 came to it at 5: the next goes to home-1."""
    center = chats((0, 100), (5, 100), (10, 10), (30, 5), agents=2, speed=(1.0, 1.0))
    assert {visit: who for _, _, who, visit in center.work()} == {0: "home-0", 1: "home-1", 2: "home-0", 3: "home-1"}


def test_most_loaded_fills_one_agent_before_the_next():
    """The agent who has most open and still room."""
    center = Center(
        types=[Type("chats", CHAT, choose=AgentChoice.MOST_LOADED)],
        pools=[Pool("home", agents=2, speed=(1.0, 1.0))],
        contacts=[Contact("chats", at, 100) for at in range(3)],
    )
    assert [who for _, _, who, _ in center.work()] == ["home-0", "home-0", "home-1"]


def test_agents_holding_chats_take_no_calls_unless_the_pool_mixes():
    """Without mix_calls a call waits although there are slots."""
    contacts = [Contact("chats", 0, 50), Contact("calls", 10, 20)]
    types = [CHATS, Type("calls", PHONE)]
    apart = Center(types=types, pools=[Pool("home", speed=(1.0, 0.5))], contacts=contacts)
    mixed = Center(types=types, pools=[Pool("home", speed=(1.0, 0.5), mixes=True)], contacts=contacts)

    assert apart.work() == [(0, 50, "home-0", 0), (50, 70, "home-0", 1)]
    # The call runs at full rate; the chat at half speed from 10 to 30.
    assert mixed.work() == [(0, 60, "home-0", 0), (10, 30, "home-0", 1)]


def test_no_agent_holds_two_calls():
    """A call beside at most c - 1 chats, one call at a time."""
    center = Center(
        types=[CHATS, Type("calls", PHONE)],
        pools=[Pool("home", speed=(1.0, 1.0, 1.0), mixes=True)],
        contacts=[Contact("calls", 0, 50), Contact("calls", 1, 10), Contact("chats", 2, 5)],
    )
    assert center.work() == [(0, 50, "home-0", 0), (2, 7, "home-0", 2), (50, 60, "home-0", 1)]


def test_a_call_goes_to_an_idle_agent_before_one_with_chats():
    """Idle agents first, then those with fewest open."""
    center = Center(
        types=[CHATS, Type("calls", PHONE)],
        pools=[Pool("home", agents=2, speed=(1.0, 1.0), mixes=True)],
        contacts=[Contact("chats", 0, 50), Contact("calls", 1, 50), Contact("chats", 2, 5)],
    )
    assert [who for _, _, who, _ in center.work()] == ["home-0", "home-1", "home-0"]


def test_wrap_up_keeps_the_slot():
    """A chat in wrap-up still counts: the second waits until it is over."""
    center = Center(
        types=[CHATS],
        pools=[Pool("home", speed=(1.0,))],
        contacts=[Contact("chats", 0, 10, wrap_up=20), Contact("chats", 5, 5)],
    )
    assert center.work() == [(0, 30, "home-0", 0), (30, 35, "home-0", 1)]


def test_an_agent_with_chats_does_no_deferred_work():
    """Email waits until no chat is open."""
    center = Center(
        types=[CHATS, Type("mail", EMAIL)],
        pools=[Pool("home", speed=(1.0, 1.0))],
        contacts=[Contact("chats", 0, 10), Contact("mail", 1, 5), Contact("chats", 8, 10)],
    )
    assert center.work() == [(0, 10, "home-0", 0), (8, 18, "home-0", 2), (18, 23, "home-0", 1)]


def test_two_chats_that_end_in_the_same_tick_free_both_slots():
    """One event ends both, then the slots are refilled."""
    center = chats((0, 10), (0, 10), (1, 5), (2, 5), speed=(1.0, 1.0))
    assert center.work() == [
        (0, 10, "home-0", 0), (0, 10, "home-0", 1), (10, 15, "home-0", 2), (10, 15, "home-0", 3),
    ]  # fmt: skip
