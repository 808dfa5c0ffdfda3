"""Rule 10: what is there at the start, and when the simulation ends."""

from __future__ import annotations

import pytest

from tests.builders import EMAIL, Center, Contact, Pool, Shift, Type


def test_opening_backlog_waits_at_the_start_in_order_of_age():
    """It came long ago: waits count from then, closing hours and limits do not touch it."""
    center = Center(
        types=[Type("mail", EMAIL, open=((50, 100),), max_waiting=0)],
        pools=[Pool("home")],
        contacts=[Contact("mail", -10, 20), Contact("mail", -30, 20), Contact("mail", 0, 5)],
    )
    assert center.work() == [(0, 20, "home-0", 0), (20, 40, "home-0", 1)]
    assert center.waits() == [30, 30, -1]
    assert center.outcomes() == ["answered", "answered", "closed"]


def served(counted: tuple[float, float], *contacts: Contact, **more: object) -> Center:
    return Center(types=[Type("calls")], pools=[Pool("home")], contacts=list(contacts), counted=counted, **more)


def test_the_run_ends_with_the_counted_period_if_all_counted_contacts_are_over():
    """What is still going on is cut there."""
    center = served((0, 100), Contact("calls", 10, 50))
    assert center.log.stopped == 100 * 2**20
    assert center.duty() == [("home-0", 0, 100)]


def test_else_it_ends_when_the_last_of_them_is_over_wrap_up_included():
    """Contacts that come after the counted period take part, but nobody waits for them."""
    center = served((50, 100), Contact("calls", 90, 50, wrap_up=10), Contact("calls", 110, 30))
    assert center.log.stopped == 150 * 2**20
    assert center.outcomes() == ["answered", "answered"]
    assert center.work() == [(90, 150, "home-0", 0), (150, 150, "home-0", 1, "cut")]


def test_who_comes_before_the_counted_period_is_not_awaited():
    """The warm-up is simulated, not counted."""
    center = served((50, 100), Contact("calls", 40, 500))
    assert center.log.stopped == 100 * 2**20
    assert center.work() == [(40, 100, "home-0", 0, "cut")]


def test_a_last_contact_who_gives_up_ends_the_run():
    """Abandonment is a final outcome."""
    center = served((0, 100), Contact("calls", 10, 1), Contact("calls", 95, 500), Contact("calls", 99, 1, patience=7))
    assert center.outcomes()[2] == "abandoned"
    shifts = [Shift("home", 0, 0, 98)]
    alone = served((0, 100), Contact("calls", 99, 1, patience=7), shifts=shifts)
    assert alone.log.stopped == 106 * 2**20


def test_at_the_end_of_the_run_on_what_is_unfinished_is_cut():
    """A call in service was answered, though its end is not known; one who still waits is open."""
    center = served((0, 100), Contact("calls", 90, 500), Contact("calls", 95, 5), run_end=200)
    assert center.log.stopped == 200 * 2**20
    assert center.outcomes() == ["answered", "open"]
    assert center.left() == [-1, -1]
    assert center.log.visits.ended.tolist() == [-1, -1]


def test_all_that_happens_at_the_last_instant_still_happens():
    """The instant is played to its end: here the call that ends as the run does."""
    center = served((0, 100), Contact("calls", 90, 10), run_end=100)
    assert center.outcomes() == ["answered"]
    assert center.left() == [100]


def test_spells_and_contacts_beyond_the_end_leave_no_trace():
    """Rows of the Workload that are never reached are open, without times."""
    center = served((0, 100), Contact("calls", 10, 5), Contact("calls", 300, 5), shifts=[
        Shift("home", 0, 0, 50), Shift("home", 0, 400, 500, breaks=((450, 10),)),
    ])  # fmt: skip
    assert center.outcomes() == ["answered", "open"]
    assert center.duty() == [("home-0", 0, 50), ("home-0", -1, -1)]
    assert center.breaks() == [(-1, -1)]


@pytest.mark.parametrize("agents", [1, 3])
def test_a_center_without_contacts_is_quiet(agents):
    """Nothing to do is no reason to fail."""
    center = Center(types=[Type("calls")], pools=[Pool("home", agents)], contacts=[])
    assert center.work() == []
    assert len(center.duty()) == agents
