"""Teams cut out of pools, and who stands in them when, by hand-made numbers."""

from dataclasses import replace

import numpy as np
import pytest

from ccsim.chance.attendance import spells
from ccsim.chance.streams import Streams
from ccsim.explanation.staffing import rounded, sent_to_teams, with_average_agents
from ccsim.explanation.steps import EVERYTHING, Real
from ccsim.explanation.teams import longer_work, on_teams, teams
from ccsim.explanation.worlds import Worlds
from ccsim.plan import Channel
from tests.tiny_plan import HOUR, TinyLine, TinyType, exponential
from tests.written_logs import Step, small_plan

ALL_DAY = {"begins": 0.0, "ends": 24.0}
DEDICATED = EVERYTHING - {Real.SHARING, Real.BLENDING, Real.ROSTER}


def steady(stream, erlangs=10.0, handling=300.0, **more):
    """A steady stream of this many erlangs."""
    return TinyType(stream, per_day=erlangs * 86_400 / handling, work=exponential(handling), threshold=20.0, **more)


def three_types(**line):
    """Calls and chats, 10 and 5 erlangs, and emails, in one pool of 18 agents."""
    types = (steady("calls"), steady("chats", 5.0, channel=Channel.CHAT), steady("mails", 3.0, channel=Channel.EMAIL))
    plan = small_plan(types, (TinyLine(agents=18, **(ALL_DAY | line)),))
    pools = replace(
        plan.pools,
        concurrency=np.array([3]),
        rate=np.full((1, 3, 3), 1 << 16) // np.array([1, 2, 2]),
        speed=np.array([[1.0, 0.5, 0.5]]),
    )
    return replace(plan, pools=pools)


def test_without_sharing_every_live_type_has_its_own_team():
    """18 agents at 10 and 5 erlangs: 12 and 6; chats not held together are three servers each; the rest is empty."""
    whole = Worlds(three_types()).whole
    made = teams(whole, DEDICATED)

    assert made.label == ("calls", "chats", "rest")
    assert made.agents[:, 0] == pytest.approx([12, 6, 0])
    assert made.servers.tolist() == [1, 3, 1]
    assert made.handles.tolist() == [[True, False, True], [False, True, True], [False, False, True]]


def test_with_sharing_calls_and_chats_have_a_team_each_and_with_blending_nobody():
    whole = Worlds(three_types()).whole

    assert teams(whole, DEDICATED | {Real.SHARING}).label == ("calls", "chats", "rest")
    assert teams(whole, DEDICATED | {Real.SHARING, Real.BLENDING}).label == ("all",)
    assert teams(whole, DEDICATED | {Real.SHARING, Real.BLENDING}).agents[0, 0] == pytest.approx(18)


def test_chats_one_at_a_time_take_as_long_as_at_full_load():
    """Half speed with three open: twice as long, at full rate; held together they have the pool's own speeds."""
    plan = three_types()
    whole = Worlds(plan).whole
    alone, together = (
        on_teams(plan, teams(whole, real), real).pools for real in (DEDICATED, DEDICATED | {Real.BLENDING})
    )

    assert longer_work(whole, DEDICATED)[:, 0].tolist() == [1, 2, 1]
    assert longer_work(whole, DEDICATED | {Real.BLENDING})[:, 0].tolist() == [1, 1, 1]
    assert alone.concurrency.tolist() == [1, 1, 1]
    assert alone.rate[:, :2, 0].tolist() == [[65536, 0], [0, 65536], [0, 0]]
    assert together.rate[1, 1].tolist() == [65536, 32768, 32768]


def test_work_takes_as_long_as_on_average_over_the_sites_until_agents_are_shared():
    """12 agents at x1.0 and 4 at x1.2, whoever answers: x1.05."""
    plan = small_plan((steady("calls"),), (TinyLine("a", agents=12, **ALL_DAY), TinyLine("b", agents=4, **ALL_DAY)))
    plan = replace(plan, pools=replace(plan.pools, factor=np.array([[1.0], [1.2]])))

    assert longer_work(Worlds(plan).whole, DEDICATED)[0, 0] == pytest.approx(1.05)
    assert longer_work(Worlds(plan).whole, DEDICATED | {Real.SHARING}) is None


def test_without_sharing_all_teams_of_a_type_are_asked_at_once_and_always():
    """The second pool joins after a minute in truth; a dedicated team knows no overflow."""
    lines = (TinyLine("a", agents=12, **ALL_DAY), TinyLine("b", agents=4, **ALL_DAY))
    plan = small_plan((steady("calls"),), lines, steps=((Step(0), Step(1)),))
    rank, after = np.array([0, 1]), np.array([0, 60 << 20])
    plan = replace(plan, routing=replace(plan.routing, rank=rank, after=after))
    whole = Worlds(plan).whole
    alone, shared = (
        on_teams(plan, teams(whole, real), real).routing for real in (DEDICATED, DEDICATED | {Real.SHARING})
    )

    assert (alone.rank.tolist(), alone.after.tolist()) == ([0, 0], [0, 0])
    assert (shared.rank.tolist(), shared.after.tolist()) == ([0, 1], [0, 60 << 20])


def test_rounded_agents_are_right_on_average_and_vary_by_one_however_many_pools():
    """5.4 agents out of three pools: 5 or 6 in all, 5.4 on average over many draws."""
    plan = small_plan(
        (steady("calls"),), tuple(TinyLine(key, agents=3, absence=0.4, **ALL_DAY) for key in "abc"), interval=0.25
    )
    made = teams(Worlds(plan).whole, DEDICATED)
    numbers = np.array([rounded(made, Streams(1, replication)) for replication in range(1, 41)])
    total = numbers.sum(axis=1)

    assert set(np.unique(total).tolist()) == {5, 6}
    error = (0.4 * 0.6 / total.size) ** 0.5
    assert abs(total.mean() - 5.4) < 4 * error
    assert numbers[:, made.agents.any(axis=1)].mean(axis=(0, 2)) == pytest.approx([1.8, 1.8, 1.8], abs=0.05)


def test_numbers_hold_from_interval_to_interval():
    """Eight agents until noon and four after it stand there as spells of whole hours."""
    plan = small_plan((steady("calls", 3.0),), (TinyLine("floor/day", numbers=((0.0, 8), (12.0, 4))),))
    worlds = Worlds(plan)
    made = teams(worlds.whole, DEDICATED)
    streams = Streams(1, 1)
    staffed = with_average_agents(on_teams(plan, made, DEDICATED), made, worlds.grid, streams)
    on_duty = spells(staffed, streams)

    assert sorted((on_duty.ends / HOUR).tolist()) == [12.0] * 4 + [24.0] * 4
    assert not on_duty.absent.any()
    assert len(on_duty.block_due) == 0


def test_people_of_the_roster_go_to_teams_as_their_shares_are_with_their_breaks():
    """18 people from 08:00 to 16:00 with a break at 12:00: 12 and 6 of them in every interval, each on one break."""
    plan = three_types(begins=8.0, ends=16.0, breaks=((4.0, 0.5, False),))
    worlds, real = Worlds(plan), DEDICATED | {Real.ROSTER, Real.BLENDING}
    made, streams = teams(worlds.whole, real), Streams(1, 1)
    planned = spells(plan, streams)
    sent_plan, sent = sent_to_teams(on_teams(plan, made, real), made, worlds.grid, planned, streams, plan.agents)
    team = sent_plan.agents.pool[sent.agent]
    at_nine = (sent.begins <= 9 * HOUR) & (sent.ends > 9 * HOUR)

    assert np.bincount(team[at_nine], minlength=3).tolist() == [12, 6, 0]
    assert (sent.ends - sent.begins).sum() == (planned.ends - planned.begins).sum()
    assert sent.block_length.sum() == planned.block_length.sum()
    owner = np.repeat(np.arange(len(sent.agent)), np.diff(sent.block_offset))
    assert ((sent.begins[owner] <= sent.block_due) & (sent.block_due < sent.ends[owner])).all()


def test_an_agent_stands_in_the_team_as_often_as_it_makes_servers():
    """Six chat agents of three chats each, one at a time: eighteen servers."""
    plan = three_types(begins=8.0, ends=16.0)
    worlds, real = Worlds(plan), DEDICATED | {Real.ROSTER}
    made, streams = teams(worlds.whole, real), Streams(1, 1)
    sent_plan, sent = sent_to_teams(
        on_teams(plan, made, real), made, worlds.grid, spells(plan, streams), streams, plan.agents
    )
    at_nine = (sent.begins <= 9 * HOUR) & (sent.ends > 9 * HOUR)

    assert np.bincount(sent_plan.agents.pool[sent.agent][at_nine], minlength=3).tolist() == [12, 18, 0]
