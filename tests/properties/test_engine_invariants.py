"""Laws that hold in every center of all mechanisms, and proof that their checks have teeth."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.engine import arrivals, simulate
from ccsim.engine.agents import Agent
from ccsim.engine.shifts import Roster
from ccsim.log import Outcome, Why
from ccsim.plan import AgentChoice, Channel
from tests.builders import EMAIL, Center, Contact, Pool, Shift, Step, Type
from tests.properties.laws_of_the_floor import LAWS, Story, broken_laws
from tests.properties.random_centers import random_center
from tests.properties.sweeps import breaches

if TYPE_CHECKING:
    from ccsim.log import Log
    from ccsim.plan import Plan
    from ccsim.workload import Workload

CENTERS = 400


def story_of(center: Center) -> Story:
    return Story(center.plan, center.workload, center.log)


@pytest.fixture(scope="module")
def centers() -> list[Center]:
    return [random_center(Random(seed)) for seed in range(CENTERS)]


def broken(seed: int) -> list[str]:
    center = random_center(Random(seed))
    return broken_laws(center.plan, center.workload, center.log)


@settings(max_examples=50, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_no_law_is_broken(seed):
    """Conservation, capacity, duty, breaks, work, order: in any center whatsoever."""
    assert broken(seed) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(10_000, 14_000, 1_000))
def test_no_law_is_broken_in_many_centers(first):
    """The same, at leisure."""
    assert breaches(broken, range(first, first + 1_000)) == {}


@given(st.integers(min_value=0, max_value=2**32))
@settings(max_examples=15, deadline=None)
def test_same_plan_and_workload_give_the_same_log(seed):
    """Nothing is left to the order of memory or to an earlier run."""
    first, again = (random_center(Random(seed)) for _ in range(2))
    for table in ("visits", "segments", "spells"):
        one, other = (vars(getattr(center.log, table)) for center in (first, again))
        assert all(np.array_equal(one[column], other[column]) for column in one)


def test_the_workload_may_be_read_in_blocks_of_any_size(monkeypatch, centers):
    """Blocks only save memory."""
    monkeypatch.setattr(arrivals, "BLOCK", 3)
    for center in centers[:20]:
        again = simulate(center.plan, center.workload)
        assert np.array_equal(again.segments.start, center.log.segments.start)
        assert np.array_equal(again.visits.outcome, center.log.visits.outcome)


def an_agent_is_lost_at_a_tie(monkeypatch: pytest.MonkeyPatch, plan: Plan, workload: Workload) -> Log:
    """Of two agents who come to one place at the same instant only one is found again."""
    stand_ready = Agent.stand_ready

    def lose(agent: Agent) -> None:
        stand_ready(agent)
        if agent.place is not None and sum(other.since == agent.since for other in agent.place) > 1:
            agent.step_aside()

    monkeypatch.setattr(Agent, "stand_ready", lose)
    return simulate(plan, workload)


def a_chat_too_many(_: pytest.MonkeyPatch, plan: Plan, workload: Workload) -> Log:
    """Agents hold one contact more than their pool allows."""
    pools = plan.pools
    rate = np.concatenate([pools.rate, np.ones_like(pools.rate[:, :, :1])], axis=2)
    last = rate.max(axis=2, keepdims=True)
    rate = np.where((rate < 2) & (last > 1), last, rate)
    return simulate(replace(plan, pools=replace(pools, concurrency=pools.concurrency + 1, rate=rate)), workload)


def a_hand_over_forgets_work(monkeypatch: pytest.MonkeyPatch, plan: Plan, workload: Workload) -> Log:
    """The colleague believes that half of the work was done."""
    handed = Roster.work_to_hand_over

    def forget(roster: Roster, agent: Agent, now: int):
        work = handed(roster, agent, now)
        if work is not None:
            work.left = max(1, work.left // 2)
        return work

    monkeypatch.setattr(Roster, "work_to_hand_over", forget)
    return simulate(plan, workload)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("engine", "law"),
    [
        (an_agent_is_lost_at_a_tie, "nobody_waits_beside_a_free_agent"),
        (a_chat_too_many, "agents_do_one_thing_at_a_time"),
        (a_hand_over_forgets_work, "work_is_conserved"),
    ],
)
def test_a_broken_engine_is_caught(engine, law, centers, monkeypatch):
    """The checks find what they are for, in the first hundred centers, by the law that forbids it."""
    caught = Counter(
        check.__name__
        for center in centers[:100]
        for story in [Story(center.plan, center.workload, engine(monkeypatch, center.plan, center.workload))]
        for check in LAWS
        if any(check(story))
    )
    assert caught[law] > 0


def an_agent_comes_before_its_pool_wakes(monkeypatch: pytest.MonkeyPatch, plan: Plan, workload: Workload) -> Log:
    """Who comes on duty takes what it may take only while its own pool sleeps."""
    begin = Roster.begin

    def too_early(roster: Roster, agent: Agent, spell: int, now: int) -> None:
        agent.pool.on_shift -= 1
        begin(roster, agent, spell, now)
        agent.pool.on_shift += 1

    monkeypatch.setattr(Roster, "begin", too_early)
    return simulate(plan, workload)


def test_conditions_are_read_in_the_course_of_the_instant(monkeypatch):
    """
    A call that "here" may take only while "here" sleeps: it is awake from the moment at which its only agent comes, and
    to read that a moment late is caught.
    """
    center = Center(
        types=[Type("calls")],
        pools=[Pool("here")],
        routing={"calls": [Step("here", asleep="here")]},
        shifts=[Shift("here", 0, 50, 100)],
        contacts=[Contact("calls", 10, 20)],
        run_end=200,
    )
    assert center.work() == []
    assert broken_laws(center.plan, center.workload, center.log) == []
    log = an_agent_comes_before_its_pool_wakes(monkeypatch, center.plan, center.workload)
    assert broken_laws(center.plan, center.workload, log) == ["agent 0 may not take visit 0 at 52428800"]


def test_where_a_pool_starts_again_contacts_interrupt_by_number():
    """
    The one exception to priority: one of two agents is to leave at 50 and busy until 100; who waits then looks for
    somebody to interrupt in the order of arrival, and the call came before the vip.
    """
    center = Center(
        types=[Type("calls"), Type("vip", priority=2), Type("mail", EMAIL)],
        pools=[Pool("home", agents=2, interruptible=True, pooled_leavers=True)],
        shifts=[Shift("home", 0, 0, 50), Shift("home", 1, 0, 1000)],
        contacts=[Contact("calls", 0, 100), Contact("mail", 10, 300), Contact("calls", 60, 50), Contact("vip", 70, 50)],
    )
    assert center.work() == [
        (0, 100, "home-0", 0),
        (10, 100, "home-1", 1, "interrupted"),
        (100, 150, "home-1", 2),
        (150, 200, "home-1", 3),
        (200, 410, "home-1", 1),
    ]
    assert broken_laws(center.plan, center.workload, center.log) == []


def mechanisms(center: Center) -> set[str]:
    """What really happened in a center."""
    story, types, pools = story_of(center), center.types, center.pools
    seen = {f"ended {outcome.name.lower()}" for outcome in story.outcome}
    seen |= {f"stretch {Why(s.why).name.lower()}" for s in story.segments}
    worked = [d for d in range(len(story.begins)) if story.worked(d)]
    planned = center.workload.spells
    lines = center.plan.types.line_group
    for s in story.segments:
        type, pool = types[story.type_of[s.visit]], pools[story.pool_of[s.agent]]
        hands = {story.channel[story.type_of[v]] for v in story.hands(s.agent, s.start)}
        rows = [step for step in center.steps(type) if step.pool == pool.name]
        seen |= {"two contacts at once"} if len(story.hands(s.agent, s.start)) > 1 else set()
        seen |= {"call beside chats"} if hands == {Channel.PHONE, Channel.CHAT} else set()
        seen |= {"later rank"} if any(step.rank > 0 for step in rows) else set()
        seen |= {"after a wait"} if any(step.after > 0 for step in rows) else set()
        seen |= {"in a window"} if any(step.window for step in rows) else set()
        seen |= {"while awake"} if any(step.awake for step in rows) else set()
        seen |= {"while asleep"} if any(step.asleep for step in rows) else set()
        seen |= {"with a reserve"} if any(step.keep_free for step in rows) else set()
        choice = AgentChoice(int(center.plan.types.agent_choice[story.type_of[s.visit]]))
        seen |= {f"agent {choice.name.lower()}", f"contact {pool.choose.name.lower()}"}
    for d in worked:
        pool = pools[story.pool_of[story.spell_agent[d]]]
        seen |= {"overtime"} if story.ends[d] > story.planned_to[d] else set()
        seen |= {"ends traded"} if story.planned_to[d] != planned.ends[d] else set()
        seen |= {"late begin"} if not pool.pooled_leavers and story.begins[d] > planned.begins[d] else set()
        for block in story.blocks(d):
            begun = story.block_from[block]
            seen |= {"break dropped"} if begun < 0 else {"break taken"}
            seen |= {"break late"} if begun > story.block_due[block] else set()
            seen |= {"break cut"} if 0 <= begun > story.block_to[block] - story.block_length[block] else set()
    seen |= {"absence"} if planned.absent.any() else set()
    for d in worked:
        kept = [until for a, _, since, until in story.kept if a == story.spell_agent[d] and since <= story.ends[d]]
        seen |= {"kept, then handed over"} if story.released(d) in kept else set()
    seen |= {"work kept"} if story.kept else set()
    for v, outcome in enumerate(story.outcome):
        returned = center.plan.types.interrupted_returns[story.type_of[v]]
        interrupted = any(s.why == Why.INTERRUPTED for s in story.by_visit.get(v, []))
        seen |= {"interrupted and returned"} if interrupted and returned else set()
        seen |= {"blocked by lines"} if outcome == Outcome.BLOCKED and lines[story.type_of[v]] >= 0 else set()
        seen |= {"opening backlog"} if story.arrived[v] < 0 else set()
    return seen


EVERY_MECHANISM = {
    *(f"ended {outcome.name.lower()}" for outcome in Outcome if outcome != Outcome.UNREACHED),
    *(f"stretch {why.name.lower()}" for why in Why if why <= Why.CUT),
    *(f"agent {choice}" for choice in ("longest_idle", "least_loaded", "most_loaded", "random", "in_order")),
    *(f"contact {choice}" for choice in ("longest_waiting", "due_first", "weighted", "longest_queue")),
    *("two contacts at once", "call beside chats", "later rank", "after a wait", "in a window", "while awake"),
    *("while asleep", "with a reserve", "overtime", "ends traded", "late begin", "break dropped", "break taken"),
    *("break late", "break cut", "absence", "kept, then handed over", "work kept", "interrupted and returned"),
    *("blocked by lines", "opening backlog"),
}


@pytest.mark.slow
def test_each_mechanism_occurs_in_one_center_of_twenty(centers):
    """A law that is never put to the test proves nothing."""
    seen = Counter(mechanism for center in centers for mechanism in mechanisms(center))
    rare = {mechanism: seen[mechanism] for mechanism in EVERY_MECHANISM if seen[mechanism] < 0.05 * CENTERS}
    assert rare == {}
