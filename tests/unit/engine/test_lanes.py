"""Rule 7: types whose contacts are allocated to several queues."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ccsim.log import Outcome
from ccsim.plan import Allocation
from tests.builders import EMAIL, Contact, Pool, Shift, Step, Type
from tests.customers import Customer, Further, Journeys, Lanes, retrial

OURS, THEIRS = (Step("home"),), (Step("far"),)


def two_lanes(*contacts: Contact, types: tuple[Type, ...] = (Type("calls"),), **lanes: object) -> Journeys:
    """A pool to each lane."""
    return Journeys(
        types=list(types),
        pools=[Pool("home"), Pool("far")],
        lanes={"calls": Lanes((OURS, THEIRS), **lanes)},
        contacts=list(contacts),
    )


def shortest(*contacts: Contact, **lanes: object) -> Journeys:
    return two_lanes(*contacts, allocation=Allocation.SHORTEST_WAIT, **lanes)


def test_a_contact_stays_in_its_lane():
    """Though the other pool is idle; first come, first served in each."""
    center = two_lanes(*(Customer("calls", at, 30, lane=lane) for at, lane in [(0, 1), (10, 1), (20, 0), (25, 1)]))
    assert center.work() == [
        (0, 30, "far-0", 0), (20, 50, "home-0", 2), (30, 60, "far-0", 1), (60, 90, "far-0", 3),
    ]  # fmt: skip


def test_the_log_knows_the_lane_of_who_is_not_answered():
    """Whose contact it was would else be anybody's guess."""
    center = two_lanes(
        *(Customer("calls", at, 30, lane=lane) for at, lane in [(0, 1), (10, 1), (20, 0)]),
        types=(Type("calls", patience=5),),
    )
    assert center.log.visits.outcome.tolist() == [Outcome.ANSWERED, Outcome.ABANDONED, Outcome.ANSWERED]
    assert center.log.lane.tolist() == [1, 1, 0]


def test_an_agent_of_two_lanes_takes_who_has_waited_longest():
    """Lanes are queues like those of several types."""
    center = two_lanes(*(Customer("calls", at, 30, lane=lane) for at, lane in [(0, 0), (10, 1), (20, 0)]))
    center = replace(center, pools=[Pool("home")], lanes={"calls": Lanes((OURS, OURS))})
    assert [row[3] for row in center.work()] == [0, 1, 2]


def test_an_overflow_belongs_to_its_lane():
    """Steps hold for one lane only."""
    center = two_lanes(*(Customer("calls", at, 50, lane=0) for at in (0, 10)))
    assert center.work()[1] == (50, 100, "home-0", 1)
    center = replace(center, lanes={"calls": Lanes(((*OURS, Step("far", 1, after=20)), THEIRS))})
    assert center.work()[1] == (30, 80, "far-0", 1)


def test_the_shortest_expected_wait_attracts_the_next():
    """(Waiting + 1) x mean / agents on shift: two agents bear twice as many; ties go to the first lane."""
    center = shortest(*(Contact("calls", 10 + at, 100) for at in range(7)))
    center = replace(center, pools=[Pool("home"), Pool("far", agents=2)])
    allocated = [center.agent_names[agent][:-2] for agent in center.log.visits.agent]
    # Idle agents first. Then 1/1 against 1/2, a tie of 1/1 and 2/2, 2/1 against 2/2, 2/1 against 3/2.
    assert allocated == ["home", "far", "far", "far", "home", "far", "far"]


def test_a_lane_without_agents_is_the_last_to_choose():
    """Its wait has no end; if neither has agents, the first one is taken."""
    contacts = [Contact("calls", at, 10) for at in (10, 11, 12)]
    center = replace(shortest(*contacts), shifts=[Shift("home", 0, 500, 900), Shift("far", 0, 0, 900)])
    assert {center.agent_names[agent] for agent in center.log.visits.agent} == {"far-0"}
    nobody = replace(center, shifts=[Shift("home", 0, 500, 900), Shift("far", 0, 600, 900)])
    assert [row[:1] + row[2:] for row in nobody.work()] == [(500, "home-0", 0), (510, "home-0", 1), (520, "home-0", 2)]


@pytest.mark.parametrize(
    ("protect", "allocated"),
    [
        (-1, ["home", "far", "home", "far"]),
        (59, ["home", "far", "home", "far"]),
        (60, ["home", "home", "far", "far"]),
        (120, ["home", "home", "home", "far"]),
    ],
)
def test_the_first_lane_may_be_protected(protect, allocated):
    """It is kept while its own wait is at most so long, though the other is idle: 60 for the first in the queue."""
    center = shortest(*(Contact("calls", at, 500) for at in range(4)), protect=protect)
    assert [center.agent_names[agent][:-2] for agent in center.log.visits.agent] == allocated


def test_an_agent_who_may_be_interrupted_counts_as_free():
    """The call would be taken at once."""
    center = shortest(Contact("calls", 0, 100), Contact("mail", 5, 100), Contact("calls", 10, 20))
    center = replace(
        center,
        types=[Type("calls"), Type("mail", EMAIL)],
        pools=[Pool("home"), Pool("far", interruptible=True)],
    )
    assert center.work()[2] == (10, 30, "far-0", 2)


def test_the_waiting_room_is_that_of_the_type():
    """One may wait, in whichever lane."""
    contacts = [Customer("calls", at, 50, lane=lane) for at, lane in [(0, 0), (1, 1), (2, 0), (3, 1)]]
    center = two_lanes(*contacts, types=(Type("calls", max_waiting=1),))
    assert center.outcomes() == ["answered", "answered", "answered", "blocked"]


def test_at_closing_time_all_lanes_are_cut_off():
    """Opening hours are those of the type."""
    contacts = [Customer("calls", at, 50, lane=lane) for at, lane in [(0, 0), (1, 1), (2, 0), (3, 1)]]
    center = two_lanes(*contacts, types=(Type("calls", open=((0, 20),), disconnects=True),))
    assert center.outcomes() == ["answered", "answered", "disconnected", "disconnected"]


def test_a_further_visit_is_allocated_anew():
    """By its own draw."""
    again = Further("again", 30, delay=100, lane=1)
    center = two_lanes(Contact("calls", 0, 100), Customer("calls", 10, 30, patience=20, then=(again,)))
    center = replace(center, moves={"again": retrial("calls", Outcome.ABANDONED)})
    assert center.work()[1] == (130, 160, "far-0", 2)


def test_types_without_lanes_stay_as_they_are():
    """They have one queue."""
    contacts = [Contact("other", 0, 10), Customer("calls", 5, 30, lane=1)]
    center = two_lanes(*contacts, types=(Type("other"), Type("calls")))
    assert center.work() == [(0, 10, "home-0", 0), (5, 35, "far-0", 1)]
