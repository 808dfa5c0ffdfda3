"""Rule 13: customers come again after visits that were not answered, or not to the point."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ccsim.engine import simulate
from ccsim.errors import SimulationError
from ccsim.log import Outcome
from ccsim.plan import ContactChoice
from tests.builders import EMAIL, Contact, Pool, Type
from tests.customers import Calls, Customer, Further, Journeys, recontact, retrial


def again(outcome: Outcome, further: Further, calls: Type | None = None, **customer: object) -> Journeys:
    """One agent, busy from 0 to 100, and a customer who comes at 10 and may come again."""
    return Journeys(
        types=[calls or Type("calls"), Type("mail", EMAIL)],
        pools=[Pool("home")],
        moves={"again": retrial("calls", outcome), "writes": retrial("calls", outcome, to="mail")},
        contacts=[Contact("calls", 0, 100), Customer("calls", 10, 30, then=(further,), **customer)],
    )


OPEN_TWICE = ((0, 5), (100, 1000))


@pytest.mark.parametrize(
    ("outcome", "type", "customer", "calls", "comes"),
    [
        (Outcome.ABANDONED, Type("calls"), {"patience": 20}, {}, 230),
        (Outcome.BALKED, Type("calls"), {"balks": True}, {}, 210),
        (Outcome.BLOCKED, Type("calls", max_waiting=0), {}, {}, 210),
        (Outcome.CLOSED, Type("calls", open=OPEN_TWICE), {}, {}, 210),
        (Outcome.DISCONNECTED, Type("calls", open=((0, 50), (100, 1000)), disconnects=True), {}, {}, 250),
        (Outcome.UNREACHED, Type("calls"), {"accepts": True, "reached_at": 0}, {"calls": Calls(over=0)}, 310),
    ],
)
def test_a_customer_comes_again_after_each_outcome(outcome, type, customer, calls, comes):
    """The delay runs from when the customer left; the next visit is answered like any other."""
    center = replace(again(outcome, Further("again", 30, delay=200), type, **customer), calls=calls)
    assert center.outcomes() == ["answered", outcome.name.lower(), "answered"]
    assert center.arrived() == [0, 10, comes]
    assert center.waits()[2] == 0
    assert center.journeys() == [(0, 0, "first", -1), (1, 0, "first", 2), (1, 1, "retrial", -1)]


def test_nobody_comes_again_after_an_outcome_that_has_no_retrial():
    """What may follow is written for one outcome each."""
    center = again(Outcome.BALKED, Further("again", 30, delay=200), patience=20)
    assert center.outcomes() == ["answered", "abandoned"]


@pytest.mark.parametrize(("uniform", "comes"), [(0.4, True), (0.5, False)])
def test_the_chance_depends_on_the_visit(uniform, comes):
    """Column a of the move's probabilities holds after visit a: here 1, then 1/2."""
    twice = Further("again", 30, delay=0, patience=5, then=(Further("again", 30, delay=100, uniform=uniform),))
    center = replace(
        again(Outcome.ABANDONED, twice, patience=20),
        moves={"again": retrial("calls", Outcome.ABANDONED, chances=(1, 0.5))},
    )
    assert center.outcomes() == ["answered", "abandoned", "abandoned", *(["answered"] if comes else [])]
    assert center.arrived() == [0, 10, 30, *([135] if comes else [])]


def test_a_call_becomes_an_email():
    """The next visit may be of another type, with its own work."""
    center = again(Outcome.ABANDONED, Further("writes", 60, delay=200), patience=20)
    assert center.work() == [(0, 100, "home-0", 0), (230, 290, "home-0", 2)]
    assert center.log.visits.type.tolist() == [0, 0, 1]


def test_of_two_ways_to_come_again_the_first_is_taken():
    """A visit has at most one successor."""
    center = again(Outcome.ABANDONED, Further("again", 30, delay=200), patience=20)
    customer = replace(center.contacts[1], then=(Further("again", 30, delay=200), Further("writes", 60, delay=1)))
    both = replace(center, contacts=[center.contacts[0], customer])
    assert both.arrived() == [0, 10, 230]
    other = replace(customer, then=(Further("again", 30, uniform=1), Further("writes", 60, delay=1)))
    assert replace(center, contacts=[center.contacts[0], other]).arrived() == [0, 10, 31]


@pytest.mark.parametrize(("delay", "comes"), [(10, 40), (30, 310), (20, 300), (0, 30)])
def test_a_delay_may_run_in_opening_hours_only(delay, comes):
    """Open until 50 and from 300: who would come at closing time comes when the doors open."""
    type = Type("calls", open=((0, 50), (300, 1000)))
    center = replace(
        again(Outcome.ABANDONED, Further("again", 30, delay=delay), type, patience=20),
        moves={"again": retrial("calls", Outcome.ABANDONED, in_opening_hours=True)},
    )
    assert center.arrived()[2] == comes


def test_who_finds_no_more_opening_hours_comes_after_the_run():
    """It is known that the customer would come, not when."""
    center = replace(
        again(Outcome.ABANDONED, Further("again", 30, delay=30), Type("calls", open=((0, 50),)), patience=20),
        moves={"again": retrial("calls", Outcome.ABANDONED, in_opening_hours=True)},
    )
    assert center.outcomes() == ["answered", "abandoned", "open"]
    assert center.journeys()[1] == (1, 0, "first", 2)
    assert center.log.visits.arrived[2] > center.plan.run_end


# Recontacts.


def unresolved(resolution: float, uniform: float = 0.0, **center: object) -> Journeys:
    """One call whose pool resolves half of them; of those unresolved half come again."""
    further = Further("back", 20, delay=100, uniform=uniform)
    return Journeys(
        types=[Type("calls")],
        pools=[Pool("home")],
        moves={"back": recontact("calls", chances=(0.5,))},
        resolves={"home": 0.5},
        contacts=[Customer("calls", 0, 30, wrap_up=5, resolution=resolution, then=(further,))],
        **center,
    )


def test_who_got_no_solution_comes_again():
    """The delay runs from the end of talk, not of wrap-up."""
    center = unresolved(0.5)
    assert center.arrived() == [0, 130]
    assert center.resolved() == [0, 1]
    assert center.journeys() == [(0, 0, "first", 1), (0, 1, "recontact", -1)]


def test_who_got_a_solution_stays_away():
    """Resolved if the uniform lies below the resolution of the pool."""
    center = unresolved(0.49)
    assert center.arrived() == [0]
    assert center.resolved() == [1]


def test_some_matters_stay_unresolved():
    """Not everybody comes again."""
    center = unresolved(0.5, uniform=0.5)
    assert center.arrived() == [0]
    assert center.resolved() == [0]


def test_the_pool_of_the_agent_decides_on_the_solution():
    """The same customer gets it from one pool and not from the other."""
    center = unresolved(0.7)
    pools = [Pool("home", agents=1), Pool("far", agents=1)]
    first, second = center.contacts[0], replace(center.contacts[0], at=1)
    both = replace(center, pools=pools, resolves={"home": 0.6, "far": 0.8}, contacts=[first, second])
    assert [both.agent_names[a] for a in both.log.visits.agent[:2]] == ["home-0", "far-0"]
    assert both.resolved()[:2] == [0, 1]


def test_an_email_is_resolved_when_it_is_done():
    """Deferred work is answered by its completion; who abandons was not answered at all."""
    center = Journeys(
        types=[Type("mail", EMAIL)],
        pools=[Pool("home")],
        moves={"back": recontact("mail")},
        resolves={"home": 0.0},
        contacts=[Customer("mail", 0, 60, then=(Further("back", 20, delay=100),))],
        run_end=50,
    )
    assert center.resolved() == [-1]
    assert replace(center, run_end=1000).arrived() == [0, 160]


def test_resolution_is_noted_without_any_moves():
    """First-contact resolution is a measure of its own."""
    assert replace(unresolved(0.5), moves={}, contacts=[Customer("calls", 0, 30, resolution=0.6)]).resolved() == [0]


# The order of arrivals.


def test_further_visits_stand_in_the_queue_by_arrival():
    """Their rows are behind all first ones, their places are not."""
    center = again(Outcome.ABANDONED, Further("again", 30, delay=10), patience=20)
    later = [Contact("calls", 39, 5), Contact("calls", 41, 5)]
    center = replace(center, contacts=[*center.contacts, *later])
    assert [visit for _, _, _, visit in center.work()] == [0, 2, 4, 3]


def test_at_one_instant_first_visits_come_first():
    """Ties by row (rule 11)."""
    center = again(Outcome.ABANDONED, Further("again", 30, delay=10), patience=20)
    center = replace(center, contacts=[*center.contacts, Contact("calls", 40, 5)])
    assert [visit for _, _, _, visit in center.work()] == [0, 2, 3]


def test_a_further_visit_is_due_in_business_hours():
    """Arrival plus threshold; the Workload does not know when it arrives."""
    center = replace(
        again(Outcome.ABANDONED, Further("writes", 60, delay=200), patience=20),
        thresholds={"mail": 100},
        business={"mail": ((0, 240), (1000, 2000))},
    )
    assert center.due() == [-1, -1, 1090]
    assert replace(center, business={}).due() == [-1, -1, 330]


def test_the_nearest_target_counts_for_further_visits_too():
    """An agent who takes what is due first knows when they are."""
    center = replace(
        again(Outcome.ABANDONED, Further("writes", 60, delay=10), patience=20),
        pools=[Pool("home", choose=ContactChoice.DUE_FIRST)],
        thresholds={"mail": 100},
    )
    contacts = [*center.contacts, Contact("mail", 50, 5, due=160), Contact("mail", 52, 5, due=130)]
    types = [replace(center.types[0], priority=0), center.types[1], Type("letters", EMAIL)]
    contacts.append(Contact("letters", 53, 5, due=139))
    center = replace(center, types=types, contacts=contacts)
    assert [visit for _, _, _, visit in center.work()][:3] == [0, 4, 5]


# The end of the run (rule 10).


def test_the_run_goes_on_until_counted_customers_are_done():
    """Else eventual success would be cut off; the later visit is not itself counted."""
    center = again(Outcome.ABANDONED, Further("again", 30, delay=5000), patience=20)
    center = replace(center, counted=(0, 200))
    assert center.outcomes() == ["answered", "abandoned", "answered"]
    assert center.log.stopped == center.log.visits.ended[2]


def test_the_run_does_not_wait_for_customers_who_are_not_counted():
    """One who first came in the warm-up may be yet to come when it stops: open, with its arrival."""
    center = again(Outcome.ABANDONED, Further("again", 30, delay=5000), patience=20)
    center = replace(center, counted=(50, 200))
    assert center.outcomes() == ["answered", "abandoned", "open"]
    assert center.arrived() == [0, 10, 5030]
    assert center.journeys()[1][3] == 2
    assert center.log.stopped < center.log.visits.arrived[2]


def test_the_run_waits_for_counted_visits_of_customers_who_are_not_counted():
    """A further visit that arrives in the counted period is a counted visit."""
    center = again(Outcome.ABANDONED, Further("again", 300, delay=100), patience=20)
    center = replace(center, counted=(50, 200))
    assert center.outcomes() == ["answered", "abandoned", "answered"]


def test_who_would_come_after_the_run_is_open():
    """It is sure to come, and too late."""
    center = again(Outcome.ABANDONED, Further("again", 30, delay=5000), patience=20)
    center = replace(center, counted=(0, 200), run_end=4000)
    assert center.outcomes() == ["answered", "abandoned", "open"]
    assert center.log.stopped == center.plan.counted_to


def test_possible_visits_that_did_not_take_place_are_left_out_of_the_log():
    """Rows of the Log say which row of the Workload they are."""
    never = Further("again", 30, delay=50, uniform=1.0)
    contacts = [
        Contact("calls", 0, 100),
        Customer("calls", 10, 30, patience=20, then=(never,)),
        Customer("calls", 20, 30, patience=20, then=(replace(never, uniform=0.0),)),
    ]
    center = replace(again(Outcome.ABANDONED, never), contacts=contacts)
    assert center.log.journeys is not None
    assert center.log.journeys.row.tolist() == [0, 1, 2, 4]
    assert center.log.visits.number.tolist() == [0, 1, 2, 2]
    assert center.log.segments.visit.tolist() == [0, 3]


# What cannot be played.


def test_a_workload_drawn_without_moves_is_refused():
    """Else nobody would come again, and nobody would notice."""
    center = again(Outcome.ABANDONED, Further("again", 30), patience=20)
    with pytest.raises(SimulationError, match="moves: the workload has no draws for them"):
        simulate(center.plan, replace(center.workload, journeys=None))


def test_a_visit_that_cannot_follow_is_refused():
    """A chain of visits never turns back on itself."""
    center = again(Outcome.ABANDONED, Further("writes", 30), patience=20)
    center = replace(center, moves={"writes": retrial("mail", Outcome.ABANDONED)})
    with pytest.raises(SimulationError, match="visit 2 cannot follow visit 1"):
        center.work()
