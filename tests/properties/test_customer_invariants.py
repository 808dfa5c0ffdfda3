"""Laws of customers' journeys in centers of all mechanisms, and proof that their checks have teeth."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.engine import simulate
from ccsim.engine.dialing import Called
from ccsim.engine.journeys import Journeys as EngineJourneys
from ccsim.engine.transfers import Transfers
from ccsim.log import Outcome, Why
from ccsim.plan import Cause
from tests.properties import laws_of_shifts as shifts
from tests.properties.laws_of_customers import LAWS, CustomersStory, broken_laws
from tests.properties.laws_of_the_floor import LAWS as LAWS_OF_THE_FLOOR
from tests.properties.random_centers import random_center
from tests.properties.random_journeys import random_journeys
from tests.properties.sweeps import breaches
from tests.properties.working_lives import random_working_center

if TYPE_CHECKING:
    from ccsim.log import Log
    from tests.customers import Journeys

CENTERS = 200


def journeys(seed: int) -> Journeys:
    random = Random(seed)
    return random_journeys(random, random_center(random))


@pytest.fixture(scope="module")
def centers() -> list[Journeys]:
    return [journeys(seed) for seed in range(CENTERS)]


def broken(seed: int) -> list[str]:
    center = journeys(seed)
    return broken_laws(center.plan, center.workload, center.log)


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_no_law_is_broken(seed):
    """Whatever customers do: what follows, who holds, who is called, in which order, and all laws of the floor."""
    assert broken(seed) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(10_000, 10_600, 150))
def test_no_law_is_broken_in_many_centers(first):
    """The same, at leisure."""
    assert breaches(broken, range(first, first + 150)) == {}


class Everything(CustomersStory, shifts.WorkingStory):
    """A center whose customers come again and whose agents are not always there."""


AGENTS_LAWS = [law for law in shifts.LAWS if law not in LAWS_OF_THE_FLOOR]
UNLESS_CALLED = {shifts.agents_are_called_in_when_needed, shifts.live_contacts_are_lost_or_requeued}
"""Read from arrivals and talk alone: who is dialed joins its queue later, and is not lost in an outage."""


def with_everything(seed: int) -> Journeys:
    """
    One queue for each type, so that it is known who waits for whom; outages between the instants at which all else
    begins and ends, since here it is not the order of an instant that is at stake.
    """
    random = Random(seed)
    center = replace(random_journeys(random, random_working_center(random)), lanes={})
    outages = tuple(replace(o, begins=o.begins + 0.3, ends=o.ends + 0.3) for o in center.outages)
    return replace(center, outages=outages)


def broken_with_everything(seed: int) -> list[str]:
    center = with_everything(seed)
    story = Everything(center.plan, center.workload, center.log)
    replaced = {law.__name__ for law in AGENTS_LAWS}
    laws = [law for law in LAWS if law.__name__ not in replaced]
    laws += [law for law in AGENTS_LAWS if not (center.calls and law in UNLESS_CALLED)]
    return [breach for law in laws for breach in law(story)]


@settings(max_examples=15, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_no_law_is_broken_with_everything_at_once(seed):
    """Customers come again to agents who are late, called in, sent home, learn, or sit in the dark."""
    assert broken_with_everything(seed) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(10_000, 10_400, 100))
def test_no_law_is_broken_with_everything_at_once_in_many_centers(first):
    """The same, at leisure."""
    assert breaches(broken_with_everything, range(first, first + 100)) == {}


@given(st.integers(min_value=0, max_value=2**32))
@settings(max_examples=8, deadline=None)
def test_same_plan_and_workload_give_the_same_log(seed):
    """Nothing is left to the order of memory or to an earlier run."""
    first, again = (with_everything(seed) for _ in range(2))
    for table in ("visits", "segments", "spells", "journeys", "calls"):
        one, other = (getattr(center.log, table) for center in (first, again))
        assert (one is None) == (other is None)
        assert one is None or all(np.array_equal(column, vars(other)[name]) for name, column in vars(one).items())


def the_limit_is_forgotten(monkeypatch: pytest.MonkeyPatch, center: Journeys) -> Log:
    """Agents hold as long as it takes."""
    pass_on = Transfers.pass_on

    def for_ever(self, contact, agent, passed_on, move, now):
        pass_on(self, contact, agent, passed_on, replace(move, hold_limit=1 << 40), now)

    monkeypatch.setattr(Transfers, "pass_on", for_ever)
    return simulate(center.plan, center.workload)


def attempts_are_not_counted(monkeypatch: pytest.MonkeyPatch, center: Journeys) -> Log:
    """Every visit has the chances of the first one."""
    monkeypatch.setattr(EngineJourneys, "attempt_of", lambda self, row: 0)
    return simulate(center.plan, center.workload)


def a_callback_goes_to_the_end_of_the_queue(monkeypatch: pytest.MonkeyPatch, center: Journeys) -> Log:
    """Its place is not kept when it is called again."""
    dialed = Called.dialed

    def loses_its_place(self):
        dialed(self)
        self.stands_since += 1 << 60

    monkeypatch.setattr(Called, "dialed", loses_its_place)
    return simulate(center.plan, center.workload)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("engine", "law"),
    [
        (the_limit_is_forgotten, "holds_are_as_long_as_they_should_be"),
        (attempts_are_not_counted, "draws_decide_what_follows"),
        (a_callback_goes_to_the_end_of_the_queue, "queues_are_in_the_order_of_places"),
    ],
)
def test_a_broken_engine_is_caught(engine, law, centers, monkeypatch):
    """The checks find what they are for, in the first hundred centers, by the law that forbids it."""
    check = next(check for check in LAWS if check.__name__ == law)
    stories = (CustomersStory(center.plan, center.workload, engine(monkeypatch, center)) for center in centers[:100])
    assert any(breach for story in stories for breach in check(story))


def mechanisms(center: Journeys) -> set[str]:
    """What really happened in a center."""
    story = CustomersStory(center.plan, center.workload, center.log)
    seen = {f"ended {outcome.name.lower()}" for outcome in story.outcome}
    seen |= {f"stretch {Why(s.why).name.lower()}" for stretches in story.stretches.values() for s in stretches}
    seen |= {f"came as {Cause(cause).name.lower()}" for cause in story.cause}
    seen |= {f"resolved {resolved}" for resolved in story.resolved}
    for v, after in enumerate(story.next):
        if after >= 0 and story.cause[after] == Cause.RETRIAL:
            seen |= {f"again after {story.outcome[v].name.lower()}"}
        if after >= 0 and story.cause[after] == Cause.TRANSFER:
            clock = story.moves.keeps_clock[story.move_of(after)]
            seen |= {"clock kept" if clock else "clock lost"}
        for s in story.stretches.get(v, []):
            if s.why == Why.HOLDING:
                limit = s.start + int(story.moves.hold_limit[story.move_of(after)])
                seen |= {"hold to the limit"} if s.end == limit else set()
                seen |= {"hold until answered"} if s.end == story.started[after] > s.start else set()
                seen |= {"hold until lost"} if s.end == story.left[after] > s.start > story.started[after] else set()
    if story.log.calls is not None:
        calls = story.log.calls
        seen |= {f"callback accepted {accepted}" for accepted in calls.accepted.tolist()}
        seen |= {"reached at a later attempt"} if any(calls.attempts[story.log.visits.started >= 0] > 1) else set()
    seen |= {"campaign"} if any(calls.campaign for calls in center.calls.values()) else set()
    seen |= {"lanes"} if center.lanes else set()
    return seen


EVERY_MECHANISM = {
    *(f"ended {outcome.name.lower()}" for outcome in Outcome),
    *(f"stretch {why.name.lower()}" for why in Why if why != Why.OUTAGE),
    *(f"came as {cause.name.lower()}" for cause in Cause),
    *(f"again after {name}" for name in ("abandoned", "balked", "blocked", "closed", "disconnected", "unreached")),
    *("resolved 0", "resolved 1", "resolved -1", "clock kept", "clock lost", "hold to the limit"),
    *("hold until answered", "hold until lost", "callback accepted 0", "callback accepted 1"),
    *("reached at a later attempt", "campaign", "lanes"),
}


@pytest.mark.slow
def test_each_mechanism_occurs_in_one_center_of_twenty(centers):
    """A law that is never put to the test proves nothing."""
    seen = Counter(mechanism for center in centers for mechanism in mechanisms(center))
    rare = {mechanism: seen[mechanism] for mechanism in EVERY_MECHANISM if seen[mechanism] < 0.05 * CENTERS}
    assert rare == {}
