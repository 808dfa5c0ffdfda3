"""Worlds of a center in which nothing is simple: the last one is the scenario, and all have the same customers."""

import numpy as np
import pytest

from ccsim.explanation import playing
from ccsim.explanation.playing import level_offered
from ccsim.explanation.steps import BACKWARD, EVERYTHING, FORWARD, Real
from ccsim.explanation.teams import teams
from ccsim.explanation.worlds import Worlds, worlds_needed
from ccsim.measures.tally import CONTACT_TYPE, Key
from ccsim.plan import Channel
from ccsim.runner.replication import replicate
from tests.small_center import planned, with_demand
from tests.tiny_plan import HOUR

STAFFED = {"care": {"site": "here", "handles": {"calls": {}}, "staffing": 2}}


def test_nothing_is_simple_here(tangled):
    """Else the tests below would test less than they say."""
    assert Worlds(tangled).simple == frozenset()
    assert len(worlds_needed(Worlds(tangled).told_apart)) == 14


def test_with_everything_real_it_is_the_ordinary_simulation_bit_by_bit(tangled):
    """The last step ends where ``ccsim run`` begins."""
    level = level_offered(*Worlds(tangled).world(EVERYTHING, 11, 2))
    (run,) = replicate([tangled], 11, (), 2)
    for type_, name in enumerate(tangled.types.name):
        row = run.keys.index(Key(CONTACT_TYPE, name, "service_level_offered"))
        assert run.numerator[row] == level.numerator[type_].sum()
        assert run.denominator[row] == level.denominator[type_].sum()


@pytest.mark.parametrize("order", [FORWARD, BACKWARD], ids=["forward", "reverse"])
def test_contacts_are_the_same_in_every_world(tangled, order):
    """
    Contact n of a date has the same patience, and but for the law the same work, from the first world to the last.
    """
    worlds, live = Worlds(tangled), [t for t, c in enumerate(tangled.types.channel) if c < Channel.EMAIL]
    seen = {}
    for k in range(len(order) + 1):
        real = frozenset(order[:k])
        visits = worlds.world(real, 11, 1)[1].visits
        for type_ in live:
            mine = visits.type == type_
            number = visits.number[mine]
            for key, values in {
                (type_, "patience", Real.PATIENCE in real): visits.patience[mine],
                (type_, "work", Real.HANDLE_TIME in real, real & {Real.SHARING}): visits.work[mine],
            }.items():
                if "work" in key and Real.SHARING not in real:
                    continue
                before = seen.setdefault(key, {})
                now = dict(zip(number.tolist(), values.tolist(), strict=True))
                common = before.keys() & now.keys()
                assert all(before[n] == now[n] for n in common)
                assert not before or len(common) > 0.5 * len(now)
                before.update(now)


def test_every_world_has_the_agents_that_erlang_reckons_with(tangled):
    """Agent hours of each type's team are the interval averages, rounded by fair draws."""
    worlds = Worlds(tangled)
    hours, expected = 0.0, 0.0
    for replication in range(1, 9):
        plan, workload = worlds.world(frozenset(), 3, replication)
        on_duty = workload.spells
        mine = np.array([name.endswith(": phone") for name in plan.pools.name])[plan.agents.pool[on_duty.agent]]
        hours += (on_duty.ends - on_duty.begins)[mine].sum() / HOUR
        made = teams(worlds.whole, frozenset())
        phone = [label == "phone" for label in made.label]
        expected += (made.agents[phone] * np.diff(worlds.grid)).sum() / HOUR
    assert hours == pytest.approx(expected, rel=0.03)


def test_a_center_as_the_textbook_has_it_is_one_world():
    """Steady calls, exponential work, endless patience, one team by numbers: all steps charge exactly nothing."""
    plan = planned(pools=STAFFED)

    assert Worlds(plan).simple == EVERYTHING
    assert worlds_needed(Worlds(plan).told_apart) == [EVERYTHING]


@pytest.mark.parametrize(
    ("real", "parts"),
    [
        (Real.PATIENCE, {"contact_types": with_demand({"rate": "10 per hour"}, patience={"deterministic": "2 min"})}),
        (
            Real.HANDLE_TIME,
            {"contact_types": with_demand({"rate": "10 per hour"}, handle_time={"deterministic": "5 min"})},
        ),
        (Real.DAYS, {"contact_types": with_demand({"rate": "10 per hour", "day_factor": "10%"})}),
        (Real.ROSTER, {"pools": {"care": {**STAFFED["care"], "shrinkage": {"absence": "10%"}}}}),
        (Real.SHARING, {"pools": {**STAFFED, "more": STAFFED["care"]}}),
    ],
    ids=lambda value: value.name if isinstance(value, Real) else "",
)
def test_what_is_not_simple_is_known(real, parts):
    """One thing at a time that Erlang A does not know."""
    assert Worlds(planned(**({"pools": STAFFED} | parts))).simple == EVERYTHING - {real}


def test_worlds_that_are_equal_are_played_once(monkeypatch):
    """Two scenarios that differ in the day factor alone: both have the world in which every day is as forecast."""
    plain = planned(pools=STAFFED, contact_types=with_demand({"rate": "10 per hour"}))
    varying = planned(pools=STAFFED, contact_types=with_demand({"rate": "10 per hour", "day_factor": "30%"}))
    seen = []
    monkeypatch.setattr(playing, "level_offered", lambda *world: seen.append(1) or level_offered(*world))
    alone, both = (playing.one_replication(plans, 7, 1) for plans in ([varying], [plain, varying]))

    assert len(seen) == 2 + 2
    for world, level in alone[0].worlds.items():
        assert all(map(np.array_equal, level, both[1].worlds[world]))


def test_a_type_alone_with_its_agents_is_drawn_as_where_nothing_is_shared(tangled):
    """Calls share the day pool with chats only, so that sharing without blending changes nothing of their team."""
    shared, alone = (teams(Worlds(tangled).whole, real) for real in ({Real.SHARING}, frozenset()))

    assert shared.label == alone.label
    assert np.array_equal(shared.agents, alone.agents)
