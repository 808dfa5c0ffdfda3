"""Rule 6: deferred work gives way to live contacts where the pool allows it."""

from __future__ import annotations

from tests.builders import EMAIL, Center, Contact, Pool, Shift, Type


def floor(*contacts: Contact, agents: int = 1, pool: dict | None = None, **mail: object) -> Center:
    """Calls and mail at one pool whose agents may be interrupted."""
    return Center(
        types=[Type("calls"), Type("mail", EMAIL, **mail)],
        pools=[Pool("home", agents=agents, **({"interruptible": True} | (pool or {})))],
        contacts=list(contacts),
    )


def test_a_call_interrupts_and_the_work_waits_for_its_agent():
    """Kept (the default): 10 of 60 s done, resumed after the call with what resuming costs."""
    center = floor(Contact("mail", 0, 60), Contact("calls", 10, 20), resume=5)
    assert center.work() == [(0, 10, "home-0", 0, "interrupted"), (10, 30, "home-0", 1), (30, 85, "home-0", 0)]


def test_where_the_pool_does_not_allow_it_the_call_waits():
    """Interruption is the pool's choice."""
    center = floor(Contact("mail", 0, 60), Contact("calls", 10, 20), pool={"interruptible": False})
    assert center.work() == [(0, 60, "home-0", 0), (60, 80, "home-0", 1)]


def test_a_call_interrupts_only_if_nobody_has_room():
    """First rank by rank among agents with room, only then among those it may interrupt."""
    center = Center(
        types=[Type("calls"), Type("mail", EMAIL)],
        pools=[Pool("first", interruptible=True), Pool("second", handles=("calls",))],
        contacts=[Contact("mail", 0, 60), Contact("calls", 10, 20)],
    )
    assert center.work() == [(0, 60, "first-0", 0), (10, 30, "second-0", 1)]


def test_the_present_stretch_that_began_last_is_interrupted():
    """Least is lost; at a tie the lowest number."""
    center = floor(Contact("mail", 0, 60), Contact("mail", 5, 60), Contact("calls", 10, 100), agents=2)
    assert (5, 10, "home-1", 1, "interrupted") in center.work()

    tied = floor(Contact("mail", 5, 60), Contact("mail", 5, 60), Contact("calls", 10, 100), agents=2)
    assert (5, 10, "home-0", 0, "interrupted") in tied.work()


def test_live_contacts_come_before_kept_work_and_kept_before_other_work():
    """The agent takes both calls, then its own mail, then the older one waiting in the queue."""
    center = floor(Contact("mail", 0, 30), Contact("calls", 10, 10), Contact("mail", 12, 5), Contact("calls", 15, 10))
    assert center.work() == [
        (0, 10, "home-0", 0, "interrupted"),
        (10, 20, "home-0", 1),
        (20, 30, "home-0", 3),
        (30, 50, "home-0", 0),
        (50, 55, "home-0", 2),
    ]


def test_returned_work_goes_to_whoever_is_free_at_its_old_place():
    """Returned: resuming is paid at once, and it stands before the mail that came later."""
    center = floor(
        Contact("mail", 0, 30), Contact("mail", 1, 30), Contact("mail", 2, 30), Contact("calls", 10, 100),
        agents=2, returned=True, resume=5,
    )  # fmt: skip
    assert center.work() == [
        (0, 30, "home-0", 0),
        (1, 10, "home-1", 1, "interrupted"),
        (10, 110, "home-1", 3),
        (30, 56, "home-0", 1),
        (56, 86, "home-0", 2),
    ]


def test_returned_work_is_taken_at_once_by_an_idle_agent_of_another_pool():
    """Nobody waits beside an agent who may take it."""
    center = Center(
        types=[Type("calls"), Type("mail", EMAIL, returned=True)],
        pools=[Pool("home", interruptible=True), Pool("back", handles=("mail",))],
        shifts=[Shift("home", 0, 0, 500), Shift("back", 0, 5, 500)],
        contacts=[Contact("mail", 0, 30), Contact("calls", 10, 20)],
    )
    assert center.work() == [(0, 10, "home-0", 0, "interrupted"), (10, 30, "home-0", 1), (10, 30, "back-0", 0)]


def test_an_interrupted_wrap_up_goes_on_and_is_not_lost_at_closing_time():
    """The answer was given at 10; what returns to the queue is the rest of the wrap-up."""
    center = floor(
        Contact("mail", 0, 10, wrap_up=20), Contact("calls", 15, 60),
        returned=True, open=((0, 50),), disconnects=True,
    )  # fmt: skip
    assert center.work() == [(0, 15, "home-0", 0, "interrupted"), (15, 75, "home-0", 1), (75, 90, "home-0", 0)]
    assert center.outcomes() == ["answered", "answered"]
    assert center.left() == [10, 75]


def test_resumed_work_may_be_interrupted_again():
    """One kept item at a time; each resumption costs."""
    center = floor(Contact("mail", 0, 30), Contact("calls", 10, 10), Contact("calls", 25, 5), resume=1)
    assert center.work() == [
        (0, 10, "home-0", 0, "interrupted"),
        (10, 20, "home-0", 1),
        (20, 25, "home-0", 0, "interrupted"),
        (25, 30, "home-0", 2),
        (30, 47, "home-0", 0),
    ]


def test_an_agent_whose_end_or_break_is_due_is_not_interrupted():
    """At the very instant of its end an agent takes nothing any more, not even by interruption."""
    center = Center(
        types=[Type("calls", patience=20), Type("mail", EMAIL, finish_if_under=1000)],
        pools=[Pool("home", interruptible=True)],
        shifts=[Shift("home", 0, 0, 10)],
        contacts=[Contact("mail", 0, 30), Contact("calls", 10, 10)],
    )
    assert center.work() == [(0, 30, "home-0", 0)]
    assert center.outcomes() == ["answered", "abandoned"]
