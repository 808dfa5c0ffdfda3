"""Erlang backwards: agents, volume, patience, handle time."""

from __future__ import annotations

import time
from functools import partial

import numpy as np
import pytest

from ccsim.erlang.by_rate import at_rate, erlang_c_at, first_class, second_class
from ccsim.erlang.chats import chats
from ccsim.erlang.erlang_a import erlang_a
from ccsim.erlang.erlang_b import erlang_b
from ccsim.erlang.erlang_c import erlang_c
from ccsim.erlang.general_service import m_g_c
from ccsim.erlang.retrials import erlang_x
from ccsim.erlang.solving import (
    agents_for,
    arrival_rate_for,
    handle_time_for,
    load_for_blocking,
    patience_for,
    scheduled,
    servers_for_blocking,
)
from ccsim.erlang.target import Target
from ccsim.erlang.uncertain_volume import erlang_a_uncertain

RATE, HANDLE_TIME = 100 / 1800, 180.0
"""100 calls per half-hour of 3 minutes: 10 erlang."""
EIGHTY_TWENTY = Target(service_level=0.8, threshold=20.0)


def test_the_textbook_case_needs_fourteen():
    """80 % in 20 s: 14 agents give 88.8 %, 13 give 79.6 %, which is not 80."""
    assert agents_for(EIGHTY_TWENTY, erlang_c_at, arrival_rate=RATE, handle_time=HANDLE_TIME) == 14
    levels = erlang_c(10.0, [13, 14], HANDLE_TIME).service_level(20.0)
    assert levels == pytest.approx([0.7956, 0.8884], abs=1e-4)


def test_published_requirement_of_a_service_that_never_loses_more_than_one_percent():
    """Erlang B tables (R. B. Cooper, 1981, appendix): 10 erlang at 1 % need 18 trunks; 18 trunks carry 10.4 erlang."""
    assert servers_for_blocking(0.01, 10.0) == 18
    assert load_for_blocking(0.01, 18.0) == pytest.approx(10.437, abs=5e-4)


def test_blocking_at_the_extremes():
    """A hundred thousand servers, loads that nearly nothing or nearly everything is lost of; nobody needs nothing."""
    load = np.array([1e5, 1e5, 1e-4, 0.0])
    share = np.array([0.01, 0.5, 1e-9, 0.01])
    servers = servers_for_blocking(share, load)
    assert np.all(erlang_b(load, servers)[:3] <= share[:3])
    assert np.all(erlang_b(load[:3], servers[:3] - 1) > share[:3])
    assert servers[3] == 0
    shares = np.array([1e-9, 0.01, 1 - 1e-9])
    assert erlang_b(load_for_blocking(shares, 1e5), 1e5) == pytest.approx(shares, rel=1e-8)


@pytest.mark.parametrize(
    ("asked", "tightest"),
    [
        ({"occupancy": 0.6}, 17),
        ({"speed_of_answer": 1.0}, 17),
        ({"abandonment": 0.001}, 17),
        ({"service_level": 0.97}, 17),
    ],
)
def test_several_limits_at_once_need_as_many_as_the_tightest(asked, tightest):
    """Each limit alone sets a number; together they need the largest of these."""
    given = {"arrival_rate": RATE, "handle_time": HANDLE_TIME, "patience": 120.0}
    others = {"service_level": 0.8, "speed_of_answer": 20.0, "abandonment": 0.05, "occupancy": 0.85}
    alone = [agents_for(Target(**{name: value}), **given) for name, value in (others | asked).items()]
    assert agents_for(Target(**(others | asked)), **given) == max(alone) == agents_for(Target(**asked), **given)
    assert max(alone) > agents_for(Target(**others), **given)


@pytest.mark.parametrize("formula", ["offered", "answered", "ignored", "positive", "virtual"])
def test_each_formula_has_its_own_requirement(formula):
    """Proved by the neighbors, at a patience so short that the formulas differ."""
    target = Target(service_level=0.9, threshold=10.0, formula=formula)
    number = agents_for(target, arrival_rate=RATE, handle_time=HANDLE_TIME, patience=30.0)
    queue = erlang_a(RATE, HANDLE_TIME, 30.0, [number - 1, number])
    below, reached = queue.service_level(10.0, formula)
    assert below < 0.9 <= reached


def test_the_formulas_do_not_agree():
    """Whoever names a service level without its formula may mean up to several agents more."""
    target = [Target(service_level=0.9, threshold=10.0, formula=formula) for formula in ("offered", "positive")]
    needs = [agents_for(t, arrival_rate=10 * RATE, handle_time=HANDLE_TIME, patience=30.0) for t in target]
    assert needs[0] > needs[1]


def test_a_hundred_thousand_agents():
    """The requirement of a huge team and of a tiny one in one call."""
    rate = np.array([99_000.0, 1e-4]) / HANDLE_TIME
    for model, patience in ((erlang_c_at, {}), (erlang_a, {"patience": np.array([[120.0], [np.inf]])})):
        number = agents_for(EIGHTY_TWENTY, model, arrival_rate=rate, handle_time=HANDLE_TIME, **patience)
        assert np.all(EIGHTY_TWENTY.kept(model(arrival_rate=rate, handle_time=HANDLE_TIME, agents=number, **patience)))
        assert np.all(number[..., 1] == 1)
        less = model(arrival_rate=rate[0], handle_time=HANDLE_TIME, agents=number[..., :1] - 1, **patience)
        assert not np.any(EIGHTY_TWENTY.kept(less))


def test_nobody_is_needed_where_nobody_calls():
    """And the answer is the number 0, not the lack of one."""
    assert agents_for(EIGHTY_TWENTY, erlang_c_at, arrival_rate=[0.0, RATE], handle_time=180.0).tolist() == [0, 14]


def test_a_target_beyond_ten_million_agents_has_no_answer():
    """NaN, the explicit lack of a number."""
    tight = Target(occupancy=1e-7)
    assert np.isnan(agents_for(tight, erlang_c_at, arrival_rate=RATE, handle_time=HANDLE_TIME))


def test_the_volume_that_a_team_carries_is_the_last_that_keeps_the_target():
    """A millionth of a millionth more, and the target is missed."""
    for model, given in ((erlang_c_at, {}), (erlang_a, {"patience": 120.0})):
        given = {"agents": np.array([1.0, 14.0, 3000.0]), "handle_time": HANDLE_TIME, **given}
        rate = arrival_rate_for(EIGHTY_TWENTY, model, **given)
        assert np.all(EIGHTY_TWENTY.kept(model(arrival_rate=rate, **given)))
        assert not np.any(EIGHTY_TWENTY.kept(model(arrival_rate=rate * (1 + 1e-11), **given)))


def test_without_abandonment_no_target_is_kept_at_or_above_full_load():
    """Whatever else is asked, Erlang C carries less than the agents: the edge of stability is the answer."""
    rate = arrival_rate_for(Target(abandonment=0.5), erlang_c_at, agents=5.0, handle_time=HANDLE_TIME)
    assert rate * HANDLE_TIME == pytest.approx(5.0, rel=1e-11)
    assert rate * HANDLE_TIME < 5.0


def test_patience_and_handle_time_explain_what_they_caused():
    """Forwards and back again."""
    agents = np.array([8.0, 10.0, 12.0])
    lost = erlang_a(RATE, HANDLE_TIME, 120.0, agents).abandonment_probability
    found = patience_for(lost, arrival_rate=RATE, handle_time=HANDLE_TIME, agents=agents)
    assert found == pytest.approx([120.0] * 3, rel=1e-9)
    found = handle_time_for(lost, arrival_rate=RATE, patience=120.0, agents=agents)
    assert found == pytest.approx([HANDLE_TIME] * 3, rel=1e-9)


def test_no_patience_explains_more_than_is_lost_without_any_nor_less_than_overload():
    """10 erlang at 10 agents lose 21.5 % even if nobody waits; at 8 agents endless patience would lose 20 %."""
    assert np.isnan(patience_for([0.22, 0.19], arrival_rate=RATE, handle_time=HANDLE_TIME, agents=[10.0, 8.0])).all()


def test_chat_needs_as_many_as_its_chain_says():
    """Three chats at once, each slower beside others; one agent less misses the target."""
    model = partial(chats, speed=(1.0, 0.75, 0.6))
    number = agents_for(EIGHTY_TWENTY, model, arrival_rate=RATE, work=480.0)
    assert EIGHTY_TWENTY.kept(model(arrival_rate=RATE, work=480.0, agents=number)).all()
    assert not EIGHTY_TWENTY.kept(model(arrival_rate=RATE, work=480.0, agents=number - 1)).any()


def test_chat_one_at_a_time_is_erlang_c():
    """Backwards, too."""
    model = partial(chats, speed=(1.0,))
    assert agents_for(EIGHTY_TWENTY, model, arrival_rate=RATE, work=HANDLE_TIME) == 14


def test_shrinkage_divides():
    """100 at 30 % are 143, not 130; 70 at 30 % are 100, whatever 0.7 is in binary."""
    assert scheduled([100, 70, 14, 0], 0.3).tolist() == [143, 100, 20, 0]
    with pytest.raises(ValueError, match=r"shrinkage \(=1.0\) must be below 1"):
        scheduled(100, 1.0)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({}, "at least one of service_level, speed_of_answer"),
        ({"service_level": 1.0}, r"service_level \(=1.0\) must be a share of at least 0 and below 1"),
        ({"service_level": [0.8, 1.4]}, r"service_level \(=1.4\)"),
        ({"service_level": 0.8, "threshold": -1.0}, r"threshold \(=-1.0\)"),
        ({"service_level": 0.8, "formula": "best"}, r"formula \(='best'\) must be one of offered"),
        ({"speed_of_answer": 0.0}, r"speed_of_answer \(=0.0\)"),
        ({"abandonment": float("nan")}, r"abandonment \(=nan\)"),
        ({"occupancy": 1.1}, r"occupancy \(=1.1\)"),
    ],
)
def test_impossible_targets_are_refused(asked, message):
    with pytest.raises(ValueError, match=message):
        Target(**asked)


def test_tables_of_a_month_are_quick():
    """13,440 quarter-hours: Erlang C well under a second of processor time, Erlang A in seconds."""
    load = np.random.default_rng(1).permutation(np.linspace(0.1, 40.0, 24 * 7 * 4 * 20))
    begin = time.process_time()
    number = agents_for(EIGHTY_TWENTY, erlang_c_at, arrival_rate=load / 300.0, handle_time=300.0)
    assert time.process_time() - begin < 1.0
    assert np.all(erlang_c(load, number, 300.0).service_level(20.0) >= 0.8)


def test_targets_broadcast_with_what_is_given():
    """A table of targets times volumes, each cell as if it were alone."""
    level, rate = np.array([[0.7], [0.9], [0.99]]), RATE * np.array([1.0, 3.0])
    table = agents_for(Target(service_level=level), arrival_rate=rate, handle_time=HANDLE_TIME, patience=60.0)
    alone = [
        [agents_for(Target(service_level=x), arrival_rate=y, handle_time=HANDLE_TIME, patience=60.0) for y in rate]
        for x in level[:, 0]
    ]
    assert table.tolist() == np.array(alone).tolist()


def test_a_limited_room_may_ask_for_agents_against_blocking():
    """Two waiting places: who is blocked never waits, so that a service level alone is kept by too few."""
    model = partial(erlang_a, room=2)
    given = {"arrival_rate": RATE, "handle_time": HANDLE_TIME, "patience": 120.0}
    open_door = agents_for(EIGHTY_TWENTY, model, **given)
    both = Target(service_level=0.8, threshold=20.0, blocking=0.01)
    number = agents_for(both, model, **given)
    assert number > open_door
    blocked = erlang_a(RATE, HANDLE_TIME, 120.0, [number - 1, number], room=2).blocking_probability
    assert blocked[0] > 0.01 >= blocked[1]


@pytest.mark.slow
def test_tables_of_a_month_with_patience_take_seconds():
    """13,440 quarter-hours of Erlang A, three limits at once: about three seconds of processor time."""
    load = np.random.default_rng(1).permutation(np.linspace(0.1, 40.0, 24 * 7 * 4 * 20))
    target = Target(service_level=0.8, abandonment=0.05, speed_of_answer=15.0)
    begin = time.process_time()
    number = agents_for(target, arrival_rate=load / 300.0, handle_time=300.0, patience=120.0)
    assert time.process_time() - begin < 10.0
    assert np.all(target.kept(erlang_a(load / 300.0, 300.0, 120.0, number)))


def test_any_law_of_handle_times_has_its_requirement():
    """M/G/c by rate: steadier calls need fewer agents for the same speed of answer; each number is proved."""
    target, given = Target(speed_of_answer=5.0), {"arrival_rate": 10 * RATE, "handle_time": HANDLE_TIME}
    number = agents_for(target, at_rate(m_g_c), **given, cv=[0.0, 1.0, 2.0])
    assert number[0] < number[1] < number[2]
    assert number[1] == agents_for(target, erlang_c_at, **given)
    waits = [m_g_c(100.0, number - less, HANDLE_TIME, [0.0, 1.0, 2.0]).mean_wait for less in (0, 1)]
    assert np.all(waits[0] <= 5.0)
    assert np.all(waits[1] > 5.0)


def test_who_lets_others_pass_needs_more_agents():
    """Half the calls go first: the second class sets the number, and beside nobody either class is Erlang C."""
    target, given = Target(speed_of_answer=10.0), {"arrival_rate": RATE / 2, "handle_time": HANDLE_TIME}
    first = agents_for(target, first_class, **given, second_load=5.0)
    second = agents_for(target, second_class, **given, first_load=5.0)
    assert first < second
    alone = agents_for(target, erlang_c_at, **given)
    assert alone == agents_for(target, first_class, **given, second_load=0.0)
    assert alone == agents_for(target, second_class, **given, first_load=0.0)


def test_a_model_of_means_has_no_service_level():
    """Said, instead of guessed from the mean."""
    with pytest.raises(ValueError, match="knows mean waits but no service level"):
        agents_for(EIGHTY_TWENTY, at_rate(m_g_c), arrival_rate=RATE, handle_time=HANDLE_TIME, cv=1.0)


def test_retrials_and_uncertain_volumes_need_more():
    """Erlang X on both its sides, each number proved; nobody calling again and a sure volume are Erlang A."""
    given = {"arrival_rate": 10 * RATE, "handle_time": HANDLE_TIME, "patience": 120.0}
    plain = agents_for(EIGHTY_TWENTY, **given)
    for model, extra, none in ((erlang_x, {"again": 0.8}, 0.0), (erlang_a_uncertain, {"volume_cv": 0.3}, 0.0)):
        (name,) = extra
        assert agents_for(EIGHTY_TWENTY, model, **given, **{name: none}) == plain
        number = agents_for(EIGHTY_TWENTY, model, **given, **extra)
        assert number > plain
        assert EIGHTY_TWENTY.kept(model(**given, **extra, agents=number))
        assert not EIGHTY_TWENTY.kept(model(**given, **extra, agents=number - 1))


def test_the_formula_asked_is_the_formula_kept_with_retrials():
    """Calls, first and repeated, are judged by the formula that the target names."""
    given = {"arrival_rate": RATE, "handle_time": HANDLE_TIME, "patience": 30.0, "again": 0.5}
    needs = [
        agents_for(Target(service_level=0.9, threshold=10.0, formula=name), erlang_x, **given)
        for name in ("offered", "answered")
    ]
    assert needs[0] > needs[1]


def test_patience_is_found_behind_retrials():
    """Forwards and back, where a fifth of those who hang up call again."""
    lost = erlang_x(RATE, HANDLE_TIME, 90.0, 10.0, again=0.2).queue.abandonment_probability
    found = patience_for(lost, erlang_x, arrival_rate=RATE, handle_time=HANDLE_TIME, agents=10.0, again=0.2)
    assert found == pytest.approx(90.0, rel=1e-7)
