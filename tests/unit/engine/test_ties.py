"""Rule 11: what happens first of all that happens at one instant. Each test is one pair of neighbors."""

from __future__ import annotations

from tests.builders import EMAIL, Center, Contact, Pool, Shift, Step, Type


def one_agent(*contacts: Contact, shifts: list[Shift] | None = None, **type: object) -> Center:
    return Center(types=[Type("calls", **type)], pools=[Pool("home")], contacts=list(contacts), shifts=shifts)


def test_work_ends_before_contacts_arrive():
    """1 before 5: the agent freed at 10 takes the call of 10 without a wait."""
    assert one_agent(Contact("calls", 0, 10), Contact("calls", 10, 5, balks=True)).outcomes() == ["answered"] * 2


def test_work_ends_by_agent_number():
    """1: of two freed at one instant the lower number takes the contact that waits, the higher the next."""
    center = Center(
        types=[Type("calls")],
        pools=[Pool("home", agents=2)],
        contacts=[Contact("calls", 0, 10), Contact("calls", 0, 10), Contact("calls", 1, 5), Contact("calls", 2, 5)],
    )
    assert center.work()[2:] == [(10, 15, "home-0", 2), (10, 15, "home-1", 3)]


def test_work_ends_before_agents_come():
    """1 before 2: the waiting call goes to the agent who is freed, the newcomer stays idle."""
    center = Center(
        types=[Type("calls")],
        pools=[Pool("home", agents=2)],
        shifts=[Shift("home", 1, 0, 100), Shift("home", 0, 10, 100)],
        contacts=[Contact("calls", 0, 10), Contact("calls", 5, 5)],
    )
    assert center.work() == [(0, 10, "home-1", 0), (10, 15, "home-1", 1)]


def test_agents_come_before_agents_go():
    """2 before 3: a colleague who comes at the end of the shift finds the mail only when it is handed over."""
    center = Center(
        types=[Type("mail", EMAIL)],
        pools=[Pool("home", agents=2)],
        shifts=[Shift("home", 1, 0, 10), Shift("home", 0, 10, 100)],
        contacts=[Contact("mail", 0, 30)],
    )
    assert center.work() == [(0, 10, "home-1", 0, "handed_over"), (10, 30, "home-0", 0)]


def test_agents_come_and_go_before_contacts_arrive():
    """2 and 3 before 5: a call at the begin is answered at once, one at the end not any more."""
    shifts = [Shift("home", 0, 10, 20)]
    center = one_agent(Contact("calls", 10, 1, balks=True), Contact("calls", 20, 1, balks=True), shifts=shifts)
    assert center.outcomes() == ["answered", "balked"]


def test_agents_go_before_the_type_closes():
    """3 before 4: an agent who comes back at closing time takes the waiting call; one whose end it is does not."""
    back = one_agent(Contact("calls", 5, 1), open=((0, 10),), disconnects=True, shifts=[Shift("home", 0, 10, 20)])
    gone = one_agent(
        Contact("calls", 0, 10),
        Contact("calls", 5, 1),
        open=((0, 10),),
        disconnects=True,
        shifts=[Shift("home", 0, 0, 10)],
    )
    assert back.outcomes() == ["answered"]
    assert gone.outcomes() == ["answered", "disconnected"]


def test_a_type_closes_before_contacts_arrive():
    """4 before 5: who comes at closing time is closed out, who waits is disconnected."""
    center = one_agent(
        Contact("calls", 0, 50), Contact("calls", 5, 1), Contact("calls", 10, 1), open=((0, 10),), disconnects=True
    )
    assert center.outcomes() == ["answered", "disconnected", "closed"]


def test_a_window_opens_before_contacts_arrive():
    """4 before 5: the call that waits for the window gets the idle agent, not the one that arrives as it opens."""
    center = Center(
        types=[Type("calls"), Type("other")],
        pools=[Pool("home")],
        routing={"calls": [Step("home", window=((10, 50),))], "other": [Step("home")]},
        contacts=[Contact("calls", 5, 20), Contact("other", 10, 5)],
    )
    assert center.work() == [(10, 30, "home-0", 0), (30, 35, "home-0", 1)]


def test_contacts_arrive_in_the_order_of_arrival_type_and_number():
    """5: the first type of the plan is asked first."""
    center = Center(
        types=[Type("a"), Type("b")], pools=[Pool("home")], contacts=[Contact("b", 0, 10), Contact("a", 0, 10)]
    )
    assert [contact.type for contact in center.arrivals] == ["a", "b"]
    assert center.waits() == [0, 10]


def test_contacts_arrive_before_waits_end():
    """5 before 6: the call that arrives when another's wait for the second pool ends gets the idle agent there."""
    center = Center(
        types=[Type("calls"), Type("other")],
        pools=[Pool("home"), Pool("away")],
        routing={"calls": [Step("home"), Step("away", 1, after=10)], "other": [Step("away")]},
        contacts=[Contact("calls", 0, 50), Contact("calls", 5, 5), Contact("other", 15, 5)],
    )
    assert center.work() == [(0, 50, "home-0", 0), (15, 20, "away-0", 2), (20, 25, "away-0", 1)]


def test_waits_end_before_patience():
    """6 before 8: at an exact tie the contact is answered by the pool that joins."""
    center = Center(
        types=[Type("calls", patience=10)],
        pools=[Pool("home"), Pool("away")],
        routing={"calls": [Step("home"), Step("away", 1, after=10)]},
        contacts=[Contact("calls", 0, 50), Contact("calls", 5, 5)],
    )
    assert center.outcomes() == ["answered", "answered"]
