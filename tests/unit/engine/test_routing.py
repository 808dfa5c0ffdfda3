"""Rule 7: who is asked first, who after a wait, under which condition; who takes what."""

from __future__ import annotations

import pytest

from ccsim.plan import AgentChoice, ContactChoice
from tests.builders import EMAIL, Center, Contact, Pool, Shift, Step, Type


def calls(*contacts: Contact, route: list[Step], shifts: list[Shift] | None = None, **type: object) -> Center:
    """Calls to two pools of one agent each, home and away."""
    return Center(
        types=[Type("calls", **type)], pools=[Pool("home"), Pool("away")], routing={"calls": route}, shifts=shifts,
        contacts=list(contacts),
    )  # fmt: skip


def test_ranks_are_asked_in_their_order():
    """away is asked only when nobody at home has room."""
    center = calls(
        Contact("calls", 0, 10), Contact("calls", 5, 10), Contact("calls", 20, 10),
        route=[Step("home", 0), Step("away", 1)],
    )  # fmt: skip
    assert [who for _, _, who, _ in center.work()] == ["home-0", "away-0", "home-0"]


def test_a_later_pool_joins_after_the_wait():
    """The end of the wait is an event at which the contact looks for an agent."""
    center = calls(
        Contact("calls", 0, 100), Contact("calls", 10, 10), route=[Step("home", 0), Step("away", 1, after=15)]
    )
    assert center.work() == [(0, 100, "home-0", 0), (25, 35, "away-0", 1)]


def test_an_agent_of_a_later_pool_takes_only_those_who_have_waited_long_enough():
    """Free at 20, away takes contact 1, which has waited 15 s, and at 30 contact 2."""
    center = calls(
        Contact("calls", 0, 100), Contact("calls", 5, 10), Contact("calls", 10, 10),
        route=[Step("home", 0), Step("away", 1, after=15)],
        shifts=[Shift("home", 0, 0, 500), Shift("away", 0, 20, 500)],
    )  # fmt: skip
    assert center.work() == [(0, 100, "home-0", 0), (20, 30, "away-0", 1), (30, 40, "away-0", 2)]


def test_the_wait_counts_from_arrival_for_an_agent_freed_at_that_very_instant():
    """Work ends in class 1, the wait in class 6 of the same instant: the agent may take the contact already."""
    center = Center(
        types=[Type("calls"), Type("other")],
        pools=[Pool("home"), Pool("away")],
        routing={"calls": [Step("home", 0), Step("away", 1, after=15)], "other": [Step("away")]},
        contacts=[Contact("calls", 0, 100), Contact("other", 0, 20), Contact("calls", 5, 10), Contact("other", 6, 5)],
    )
    assert center.work()[2:] == [(20, 30, "away-0", 2), (30, 35, "away-0", 3)]


def test_a_window_opens_and_closes_a_step():
    """From its begin waiting contacts look for agents; at its end nobody more is taken."""
    center = calls(
        Contact("calls", 0, 300), Contact("calls", 1, 50), Contact("calls", 2, 50), Contact("calls", 160, 50),
        route=[Step("home", 0), Step("away", 1, window=((30, 100),))],
    )  # fmt: skip
    assert center.work() == [
        (0, 300, "home-0", 0), (30, 80, "away-0", 1), (80, 130, "away-0", 2), (300, 350, "home-0", 3),
    ]  # fmt: skip


def test_a_pool_takes_over_while_another_sleeps():
    """asleep: from the end of the last planned spell to the begin of the next; a break is no sleep, overtime is."""
    center = calls(
        Contact("calls", 0, 110), Contact("calls", 90, 20), Contact("calls", 91, 20), Contact("calls", 150, 20),
        Contact("calls", 151, 20),
        route=[Step("home", 0), Step("away", 1, asleep="home")],
        shifts=[Shift("home", 0, 0, 100), Shift("away", 0, 0, 500), Shift("home", 0, 145, 200)],
    )  # fmt: skip
    assert center.work() == [
        (0, 110, "home-0", 0),
        (100, 120, "away-0", 1),
        (120, 140, "away-0", 2),
        (150, 170, "home-0", 3),
        (170, 190, "home-0", 4),
    ]


def test_awake_counts_breaks_but_not_absence():
    """Some agent of the pool within a planned spell, on a break or not."""
    route = [Step("home", 0), Step("away", 1, awake="home")]
    home = Shift("home", 0, 50, 500, breaks=((50, 100),))
    present = calls(Contact("calls", 0, 10), route=route, shifts=[home, Shift("away", 0, 0, 500)])
    absent = calls(
        Contact("calls", 0, 10), route=route, shifts=[Shift("home", 0, 50, 500, absent=True), Shift("away", 0, 0, 500)]
    )

    assert present.work() == [(50, 60, "away-0", 0)]
    assert absent.work() == []


def test_keep_free_starts_a_contact_only_while_more_agents_are_idle():
    """Two idle and one kept free: one contact starts, the next waits for a second idle agent."""
    center = Center(
        types=[Type("calls"), Type("mail", EMAIL)],
        pools=[Pool("home", agents=2)],
        routing={"calls": [Step("home")], "mail": [Step("home", keep_free=1)]},
        contacts=[Contact("mail", 0, 30), Contact("mail", 1, 10), Contact("calls", 5, 50)],
    )
    assert center.work() == [(0, 30, "home-0", 0), (5, 55, "home-1", 2), (55, 65, "home-1", 1)]


def test_idle_agents_take_over_in_the_order_in_which_they_became_idle():
    """Longest idle: from the end of handling, the start of the spell or the end of a break."""
    center = Center(
        types=[Type("calls")],
        pools=[Pool("home", agents=3)],
        shifts=[Shift("home", 0, 0, 500), Shift("home", 1, 10, 500), Shift("home", 2, 0, 500, breaks=((5, 10),))],
        contacts=[Contact("calls", 1, 20), *(Contact("calls", 30 + i, 100) for i in range(3))],
    )
    assert center.work()[0] == (1, 21, "home-0", 0)
    assert [who for _, _, who, _ in center.work()][1:] == ["home-1", "home-2", "home-0"]


def test_idleness_counts_from_the_start_of_the_spell():
    """home-1 has been there since 0, home-0 since 10."""
    center = Center(
        types=[Type("calls")],
        pools=[Pool("home", agents=2)],
        shifts=[Shift("home", 1, 0, 500), Shift("home", 0, 10, 500)],
        contacts=[Contact("calls", 20, 10)],
    )
    assert center.work() == [(20, 30, "home-1", 0)]


def test_agents_who_start_at_one_instant_become_idle_in_the_drawn_order():
    """Not by number, which would load the first of the list."""
    shifts = [Shift("home", 0, 0, 500, order=2), Shift("home", 1, 0, 500, order=0), Shift("home", 2, 0, 500, order=1)]
    center = Center(
        types=[Type("calls")], pools=[Pool("home", agents=3)], shifts=shifts,
        contacts=[Contact("calls", at, 100) for at in (1, 2, 3)],
    )  # fmt: skip
    assert [who for _, _, who, _ in center.work()] == ["home-1", "home-2", "home-0"]


def test_pools_of_one_rank_are_one_set():
    """The longest idle of both, wherever it sits."""
    center = calls(
        Contact("calls", 10, 5), Contact("calls", 20, 50), Contact("calls", 30, 50),
        route=[Step("home"), Step("away")],
    )  # fmt: skip
    assert [who for _, _, who, _ in center.work()] == ["home-0", "away-0", "home-0"]


def test_in_order_takes_the_first_pool_of_the_list_then_the_lowest_number():
    """However long the others have been idle."""
    center = calls(
        Contact("calls", 0, 5), Contact("calls", 10, 5), Contact("calls", 11, 5),
        route=[Step("away"), Step("home")], choose=AgentChoice.IN_ORDER,
    )  # fmt: skip
    assert [who for _, _, who, _ in center.work()] == ["away-0", "away-0", "home-0"]


@pytest.mark.parametrize(("choice", "agent"), [(0.0, "home-0"), (0.34, "home-1"), (0.66, "home-1"), (0.99, "home-2")])
def test_at_random_is_the_contacts_own_uniform_over_agents_by_number(choice, agent):
    """floor(u * n) among the agents with room."""
    center = Center(
        types=[Type("calls", choose=AgentChoice.RANDOM)],
        pools=[Pool("home", agents=3)],
        contacts=[Contact("calls", 0, 10, choice=choice)],
    )
    assert center.work() == [(0, 10, agent, 0)]


def taken(choose: ContactChoice, *contacts: Contact, types: list[Type]) -> list[int]:
    """The order in which one agent, busy until 100, takes the contacts."""
    center = Center(
        types=[*types, Type("first")],
        pools=[Pool("home", choose=choose)],
        contacts=[Contact("first", 0, 100), *contacts],
    )
    return [visit for _, _, _, visit in center.work()][1:]


def test_an_agent_takes_the_highest_priority_then_the_longest_wait():
    """Live before deferred by default; within a priority across types by arrival."""
    order = taken(
        ContactChoice.LONGEST_WAITING,
        Contact("mail", 1, 5), Contact("calls", 2, 5), Contact("vip", 3, 5), Contact("other", 4, 5),
        Contact("calls", 5, 5),
        types=[Type("calls"), Type("vip", priority=7), Type("mail", EMAIL), Type("other")],
    )  # fmt: skip
    assert order == [3, 2, 4, 5, 1]


def test_due_first_takes_the_nearest_target_and_those_without_last():
    """Among the heads of the queues."""
    order = taken(
        ContactChoice.DUE_FIRST,
        Contact("b", 1, 5, due=400), Contact("a", 2, 5, due=300), Contact("c", 3, 5), Contact("a", 4, 5, due=500),
        types=[Type("a"), Type("b"), Type("c")],
    )  # fmt: skip
    assert order == [2, 1, 4, 3]


def test_weighted_compares_weight_times_wait_of_the_heads():
    """At 100: 1 x 60 against 3 x 30; then 1 x 65 against nothing."""
    order = taken(
        ContactChoice.WEIGHTED,
        Contact("a", 40, 5), Contact("b", 70, 5),
        types=[Type("a"), Type("b", weight=3)],
    )  # fmt: skip
    assert order == [2, 1]


def test_longest_queue_serves_the_type_with_most_waiting():
    """Two against one, then one against one: the lower number."""
    order = taken(
        ContactChoice.LONGEST_QUEUE,
        Contact("a", 1, 5), Contact("b", 2, 5), Contact("b", 3, 5),
        types=[Type("a"), Type("b")],
    )  # fmt: skip
    assert order == [2, 1, 3]
