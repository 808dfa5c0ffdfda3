"""Rule 4: closed, blocked, an agent takes it, balks, waits; and how waiting ends."""

from __future__ import annotations

from tests.builders import EMAIL, Center, Contact, Pool, Shift, Type


def busy(*contacts: Contact, **type: object) -> Center:
    """One agent, busy from 0 to 100 with contact 0, and the contacts that come meanwhile."""
    return Center(
        types=[Type("calls", **type)], pools=[Pool("home")], contacts=[Contact("calls", 0, 100), *contacts],
        lines={"lines": 2},
    )  # fmt: skip


def test_contacts_wait_their_turn():
    """First come, first served."""
    center = busy(Contact("calls", 20, 10), Contact("calls", 10, 10))
    assert center.work() == [(0, 100, "home-0", 0), (100, 110, "home-0", 1), (110, 120, "home-0", 2)]
    assert center.waits() == [0, 90, 90]


def test_who_loses_patience_leaves_unanswered():
    """Patience runs from arrival."""
    center = busy(Contact("calls", 10, 10, patience=30), Contact("calls", 20, 10))
    assert center.outcomes() == ["answered", "abandoned", "answered"]
    assert center.left() == [100, 40, 110]


def test_at_an_exact_tie_of_patience_and_free_agent_the_contact_is_answered():
    """Work ends in class 1, patience in class 8 (rule 11)."""
    center = busy(Contact("calls", 10, 10, patience=90))
    assert center.outcomes() == ["answered", "answered"]


def test_a_balker_leaves_at_once_but_not_if_an_agent_is_free():
    """Only those who would have to wait are put off."""
    center = busy(Contact("calls", 10, 10, balks=True), Contact("calls", 200, 10, balks=True))
    assert center.outcomes() == ["answered", "balked", "answered"]
    assert center.left() == [100, 10, 210]


def test_deferred_work_neither_balks_nor_loses_patience():
    """An email has no patience, whatever is drawn."""
    center = Center(
        types=[Type("mail", EMAIL)],
        pools=[Pool("home")],
        contacts=[Contact("mail", 0, 100), Contact("mail", 10, 10, patience=5, balks=True)],
    )
    assert center.outcomes() == ["answered", "answered"]


def test_lines_limit_waiting_and_talking_contacts_together():
    """Two lines: one talks, one waits, the third is blocked; the line is free again at the end of talk."""
    center = busy(Contact("calls", 10, 10), Contact("calls", 20, 10), Contact("calls", 100, 10), lines="lines")
    assert center.outcomes() == ["answered", "answered", "blocked", "answered"]


def test_a_line_is_held_until_the_end_of_talk_not_of_wrap_up():
    """During wrap-up nobody is on the line."""
    center = Center(
        types=[Type("calls", lines="lines")],
        pools=[Pool("home")],
        lines={"lines": 1},
        contacts=[Contact("calls", 0, 30, wrap_up=30), Contact("calls", 29, 5), Contact("calls", 40, 5)],
    )
    assert center.outcomes() == ["answered", "blocked", "answered"]
    assert center.waits() == [0, -1, 20]


def test_who_loses_patience_frees_the_line():
    """Lines are held by those who wait, too."""
    center = busy(
        Contact("calls", 10, 10, patience=5), Contact("calls", 14, 10), Contact("calls", 16, 10), lines="lines"
    )
    assert center.outcomes() == ["answered", "abandoned", "blocked", "answered"]


def test_a_blocked_contact_holds_no_line_and_types_share_lines():
    """Lines of one group serve all its types."""
    center = Center(
        types=[Type("calls", lines="lines"), Type("vip", lines="lines")],
        pools=[Pool("home")],
        lines={"lines": 2},
        contacts=[Contact("calls", 0, 100), Contact("vip", 10, 10), Contact("vip", 20, 10), Contact("calls", 105, 10)],
    )
    assert center.outcomes() == ["answered", "answered", "blocked", "answered"]


def test_no_more_than_max_waiting_wait():
    """The limit is on those who wait, of this type."""
    center = busy(Contact("calls", 10, 10), Contact("calls", 20, 10), max_waiting=1)
    assert center.outcomes() == ["answered", "answered", "blocked"]


def test_with_max_waiting_zero_contacts_are_answered_at_once_or_blocked():
    """An agent who is free takes the contact before the limit is tested."""
    center = busy(Contact("calls", 10, 10), Contact("calls", 100, 10), max_waiting=0)
    assert center.outcomes() == ["answered", "blocked", "answered"]


def test_outside_opening_hours_contacts_are_closed_out():
    """From the opening's begin, up to but not at its end."""
    center = Center(
        types=[Type("calls", open=((10, 20), (40, 50)))],
        pools=[Pool("home", agents=2)],
        contacts=[Contact("calls", at, 1) for at in (9, 10, 19, 20, 39, 40, 50)],
    )
    assert center.outcomes() == ["closed", "answered", "answered", "closed", "closed", "answered", "closed"]


def test_at_closing_time_those_who_wait_are_served_or_disconnected():
    """The rule is the type's; who is in service is served to the end."""
    waiting = [Contact("calls", 90, 10)]
    assert busy(*waiting, open=((0, 95),)).outcomes() == ["answered", "answered"]

    center = busy(*waiting, open=((0, 95),), disconnects=True)
    assert center.outcomes() == ["answered", "disconnected"]
    assert center.left() == [100, 95]


def test_the_end_of_the_simulation_is_no_closing_time():
    """Opening hours are clipped to the run; nobody is disconnected by that."""
    center = Center(
        types=[Type("calls", open=((0, 50),), disconnects=True)],
        pools=[Pool("home")],
        shifts=[Shift("home", 0, 0, 5)],
        contacts=[Contact("calls", 10, 10)],
        run_end=50,
    )
    assert center.outcomes() == ["open"]
