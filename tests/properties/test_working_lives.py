"""Laws hold where agents are late, called in, sent home, learn, and sites go dark; and their checks have teeth."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.engine import flexibility, outages, simulate
from ccsim.engine.flexibility import Line
from ccsim.engine.outages import Darkness
from ccsim.engine.shifts import Roster
from ccsim.log import Outcome, Why
from ccsim.plan import SpellKind
from tests.builders import Center, Contact, Pool, Shift, Step, Type
from tests.properties.laws_of_shifts import LAWS, WorkingStory, broken_laws
from tests.properties.sweeps import breaches
from tests.properties.working_lives import random_working_center

if TYPE_CHECKING:
    from ccsim.engine.agents import Agent
    from ccsim.log import Log

CENTERS = 200


@pytest.fixture(scope="module")
def centers() -> list[Center]:
    return [random_working_center(Random(seed)) for seed in range(CENTERS)]


def story_of(center: Center) -> WorkingStory:
    return WorkingStory(center.plan, center.workload, center.log)


def broken(seed: int) -> list[str]:
    center = random_working_center(Random(seed))
    return broken_laws(center.plan, center.workload, center.log)


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_no_law_is_broken(seed):
    """Conservation, capacity, duty, breaks, work, order, the dark, calls for help, going home: in any center."""
    assert broken(seed) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(10_000, 12_000, 500))
def test_no_law_is_broken_in_many_centers(first):
    """The same, at leisure."""
    assert breaches(broken, range(first, first + 500)) == {}


@given(st.integers(min_value=0, max_value=2**32))
@settings(max_examples=10, deadline=None)
def test_same_plan_and_workload_give_the_same_log(seed):
    """Nothing is left to the order of memory or to an earlier run."""
    first, again = (random_working_center(Random(seed)) for _ in range(2))
    for table in ("visits", "segments", "spells", "downtime"):
        one, other = (vars(part) if part else {} for part in (getattr(c.log, table) for c in (first, again)))
        assert all(np.array_equal(one[column], other[column]) for column in one)


def work_goes_on_in_the_dark(monkeypatch: pytest.MonkeyPatch, center: Center) -> Log:
    """Nothing is cut off."""
    monkeypatch.setattr(Darkness, "cut_off", lambda *_: [])
    return simulate(center.plan, center.workload)


def everything_is_requeued(monkeypatch: pytest.MonkeyPatch, center: Center) -> Log:
    """Nobody is ever lost."""
    cut_off = Darkness.cut_off
    monkeypatch.setattr(Darkness, "cut_off", lambda self, agent, _, now: cut_off(self, agent, True, now))
    return simulate(center.plan, center.workload)


def agents_are_back_too_soon(monkeypatch: pytest.MonkeyPatch, center: Center) -> Log:
    """All of them when the outage ends."""
    made = outages.Darkness.__init__

    def at_once(self: Darkness, *parts: object) -> None:
        made(self, *parts)
        self.outages = type(self.outages)(**{**vars(self.outages), "back": np.zeros_like(self.outages.back)})

    monkeypatch.setattr(outages.Darkness, "__init__", at_once)
    return simulate(center.plan, center.workload)


def lines_never_rest(monkeypatch: pytest.MonkeyPatch, center: Center) -> Log:
    """Every contact that waits calls somebody."""
    monkeypatch.setattr(Line, "rests_until", property(lambda _: 0, lambda *_: None), raising=False)
    return simulate(center.plan, center.workload)


def one_too_many_goes_home(monkeypatch: pytest.MonkeyPatch, center: Center) -> Log:
    """One agent fewer is kept idle."""
    made = flexibility.EarlyLeave.__init__

    def generous(self: flexibility.EarlyLeave, *parts: object) -> None:
        made(self, *parts)
        self.keep_idle = [keep - 1 for keep in self.keep_idle]

    monkeypatch.setattr(flexibility.EarlyLeave, "__init__", generous)
    return simulate(center.plan, center.workload)


@pytest.mark.parametrize(
    ("engine", "law"),
    [
        (work_goes_on_in_the_dark, "nobody_works_in_the_dark"),
        (everything_is_requeued, "live_contacts_are_lost_or_requeued"),
        (agents_are_back_too_soon, "who_is_out_is_down_but_for_breaks"),
        (lines_never_rest, "agents_are_called_in_when_needed"),
        (one_too_many_goes_home, "idle_agents_go_home_when_enough_are_left"),
    ],
)
def test_a_broken_engine_is_caught(engine, law, centers, monkeypatch):
    """By the law that forbids it."""
    check = next(check for check in LAWS if check.__name__ == law)
    caught = 0
    for center in centers[:60]:
        try:
            log = engine(monkeypatch, center)
        except RuntimeError:
            continue
        caught += any(check(WorkingStory(center.plan, center.workload, log)))
    assert caught > 0


def an_agent_comes_before_its_pool_wakes(monkeypatch: pytest.MonkeyPatch, center: Center) -> Log:
    """Who comes on duty takes what it may take only while its own pool sleeps."""
    begin = Roster.begin

    def too_early(roster: Roster, agent: Agent, spell: int, now: int) -> None:
        agent.pool.on_shift -= 1
        begin(roster, agent, spell, now)
        agent.pool.on_shift += 1

    monkeypatch.setattr(Roster, "begin", too_early)
    return simulate(center.plan, center.workload)


def test_who_is_called_in_to_come_at_once_wakes_its_pool_in_the_event_that_calls(monkeypatch):
    """
    Calls that the gig may take only while it sleeps: the first calls its agent in, at the instant at which it comes,
    and to read a moment late that the gig is awake from then on is caught.
    """
    center = Center(
        types=[Type("calls")],
        pools=[Pool("gig", calls=(0, 0, 100, 0))],
        routing={"calls": [Step("gig", asleep="gig")]},
        shifts=[Shift("gig", 0, 0, 500, kind=SpellKind.ON_CALL)],
        contacts=[Contact("calls", 50, 20), Contact("calls", 50, 20)],
        run_end=200,
    )
    assert center.work() == []
    assert broken_laws(center.plan, center.workload, center.log) == []
    log = an_agent_comes_before_its_pool_wakes(monkeypatch, center)
    law = "conditions_hold_when_work_starts"
    assert broken_laws(center.plan, center.workload, log) == [f"{law}: agent 0 may not take visit 0 at {50 << 20}"]


def mechanisms(center: Center) -> set[str]:
    """What really happened in a center."""
    story = story_of(center)
    seen = {f"stretch {Why(s.why).name.lower()}" for s in story.segments}
    worked = [d for d in range(len(story.begins)) if story.worked(d)]
    for s in story.segments:
        if s.why == Why.OUTAGE:
            live, later = not story.is_deferred(s.visit), [o for o in story.by_visit[s.visit] if o.start >= s.end]
            seen |= {"wrap-up dropped"} if story.completes(s) else set()
            seen |= {"lost"} if live and story.outcome[s.visit] == Outcome.DISCONNECTED else set()
            seen |= {"requeued"} if live and len(later) else set()
            seen |= {"deferred work cut off"} if not live else set()
            seen |= {"failed over"} if any(story.pool_of[o.agent] != story.pool_of[s.agent] for o in later) else set()
    for d in worked:
        agent, late = story.spell_agent[d], story.comes[d] > story.window[d][0] and not story.on_call[d]
        seen |= {"late"} if late else set()
        seen |= {"called in"} if story.called[d] else set()
        seen |= {"sent home"} if story.sent_home[d] else set()
        seen |= {"down"} if story.downtime[d] else set()
        seen |= {"down twice"} if len(story.downtime[d]) > 1 else set()
        seen |= {"begun in the dark"} if story.downtime[d] and story.downtime[d][0][0] == story.begins[d] else set()
        seen |= {"ended in the dark"} if story.downtime[d] and story.downtime[d][-1][1] == story.ends[d] else set()
        seen |= {"straight on"} if story.goes_on_into(d) is not None else set()
        for block in range(story.offset[d], story.offset[d + 1]):
            length = int(center.workload.spells.block_length[block])
            seen |= {"break passed"} if block in story.passed else set()
            seen |= {"rest of a break"} if story.block_length[block] < length else set()
            dark = any(story.block_from[block] < falls < story.block_to[block] for falls, _ in story.dark[agent])
            seen |= {"break in the dark"} if story.block_from[block] >= 0 and dark else set()
    for d in range(len(story.begins)):
        seen |= {"never came"} if story.comes[d] >= story.window[d][1] and not story.on_call[d] else set()
        seen |= {"never called"} if story.on_call[d] and not story.called[d] else set()
    out = [o for o in story.outages if any(o[2])]
    seen |= {"overlapping outages"} if any(a is not b and a[0] < b[0] < a[1] for a in out for b in out) else set()
    channels = [(o, t) for o in story.outages for t in range(len(story.channel)) if o[3][t]]
    for v, outcome in enumerate(story.outcome):
        dark = any(t == story.type_of[v] and o[0] <= story.arrived[v] < o[1] for o, t in channels)
        seen |= {"blocked in the dark"} if dark and outcome == Outcome.BLOCKED else set()
    return seen


EVERY_MECHANISM = {
    *("stretch outage", "wrap-up dropped", "lost", "requeued", "deferred work cut off", "failed over", "late"),
    *("called in", "sent home", "down", "down twice", "begun in the dark", "ended in the dark", "straight on"),
    *("break passed", "rest of a break", "break in the dark", "never came", "never called", "overlapping outages"),
    "blocked in the dark",
}


@pytest.mark.slow
def test_each_mechanism_occurs_in_one_center_of_forty(centers):
    """A law that is never put to the test proves nothing."""
    seen = Counter(mechanism for center in centers for mechanism in mechanisms(center))
    rare = {mechanism: seen[mechanism] for mechanism in EVERY_MECHANISM if seen[mechanism] < CENTERS / 40}
    assert rare == {}
