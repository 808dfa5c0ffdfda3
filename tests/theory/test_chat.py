"""Chat by its Markov chain, against a chain built apart, Erlang C and A, and what must hold for any speeds."""

from __future__ import annotations

import math
import time
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.erlang import chat, erlang_a, erlang_c, multiplied_agents, points_off
from ccsim.erlang.erlang_a import given_up
from tests.theory import cases_chat, cases_single
from tests.theory.chains import mean, reached_within, stationary

WORK, PATIENCE = 60 * cases_chat.HANDLE, 60 * cases_chat.PATIENCE
SPEED = cases_chat.SPEED


@pytest.mark.parametrize("agents", [1, 2, 4])
def test_measures_are_those_of_the_chain_over_sorted_agents(agents):
    """The reference of the simulation, whose state is the chats of each agent and whose queue is cut at 120."""
    expected = cases_chat.processor_sharing(agents / 3, agents, cases_chat.PATIENCE, fullest=False)
    found = chat(agents / 180, WORK, agents, SPEED, PATIENCE)
    assert {
        "service_level": found.service_level(20.0),
        "abandonment_rate": found.abandonment,
        "queue_mean": found.queue_mean,
        "handle_time_mean_s": found.chat_time,
        "occupancy": found.occupancy,
    } == pytest.approx({claim.measure: value for claim, value in expected.items()}, rel=1e-9)


def test_service_level_is_that_of_a_tagged_customer():
    """Two agents with three chats: who finds n waiting is answered after n + 1 ends, if still there."""
    rate, agents, full = 1 / 90, 2, 2 * 3 * SPEED[2] / WORK

    def moves(state):
        loads, waiting = state
        if loads == (3, 3):
            yield rate, (loads, waiting + 1) if waiting < 90 else state
            yield full + waiting / PATIENCE, (loads, waiting - 1) if waiting else ((2, 3), 0)
        else:
            yield rate, (tuple(sorted((min(loads) + 1, max(loads)))), 0)
        if loads != (3, 3):
            for load, other in (loads, loads[::-1]):
                if load:
                    yield load * SPEED[load - 1] / WORK, (tuple(sorted((load - 1, other))), 0)

    def tagged(ahead):
        if isinstance(ahead, int):
            yield full + ahead / PATIENCE, ahead - 1 if ahead else "answered"
            yield 1 / PATIENCE, "lost"

    at = stationary(((0, 0), 0), moves)
    waits = {waiting: p for (loads, waiting), p in at.items() if loads == (3, 3)}
    found = chat(rate, WORK, agents, SPEED, PATIENCE)
    assert found.waiting_probability == pytest.approx(sum(waits.values()), rel=1e-9)
    for threshold in (0.0, 20.0, 300.0):
        in_time = 1 - sum(waits.values()) + reached_within(waits, tagged, threshold, lambda s: s == "answered")
        assert found.service_level(threshold) == pytest.approx(in_time, rel=1e-9)
    assert found.open_chats == pytest.approx(mean(at, lambda s: sum(s[0])) / 2, rel=1e-9)


@pytest.mark.parametrize(("load", "agents"), [(0.2, 1), (8.0, 10), (90.0, 100), (980.0, 1_000), (5.0, 40)])
def test_one_chat_at_a_time_is_erlang_c(load, agents):
    """To nine digits, the rare waits of generous staffing included."""
    found, queue = chat(load / 300, 300.0, agents, [1.0]), erlang_c(load, agents, 300.0)
    assert found.waiting_probability == pytest.approx(float(queue.waiting_probability), rel=1e-9)
    assert found.mean_wait == pytest.approx(float(queue.mean_wait), rel=1e-9)
    assert found.service_level(20.0) == pytest.approx(float(queue.service_level(20.0)), rel=1e-12)
    assert found.occupancy == pytest.approx(load / agents, rel=1e-9)


@pytest.mark.parametrize("load", [2.0, 3.0, 9.0])
def test_one_chat_at_a_time_with_patience_is_erlang_a(load):
    """In underload, at balance and in overload."""
    expected = cases_single.impatient_system(load / 3, 3, 2.0)
    found = chat(load / 180, 180.0, 3, [1.0], 120.0)
    assert found.abandonment == pytest.approx(expected[cases_single.calls("abandonment_rate")], rel=1e-9)
    assert found.service_level(20.0) == pytest.approx(expected[cases_single.calls("service_level")], rel=1e-9)
    assert found.mean_wait == pytest.approx(expected[cases_single.calls("wait_mean_s")], rel=1e-9)
    answered = erlang_a(load / 180, 180.0, 120.0, 3).mean_wait_answered
    assert found.mean_wait_answered == pytest.approx(float(answered), rel=1e-12)


def test_a_queue_of_millions_is_no_longer_in_the_computing():
    """Ten years of patience in overload: what cannot be done is lost, to all digits, and at once."""
    speed, patience = (1.0, 0.8, 0.65), 3e8
    begin = time.process_time()
    found = chat(0.05, 480.0, 10, speed, patience)
    assert time.process_time() - begin < 1.0
    lost = 1 - 10 * 3 * 0.65 / 480 / 0.05
    assert found.abandonment == pytest.approx(lost, rel=1e-12)
    assert found.mean_wait == pytest.approx(lost * patience, rel=1e-12)


def test_long_patience_is_endless_patience():
    found, limit = (chat(0.05, WORK, 10, SPEED, patience) for patience in (1e12, math.inf))
    assert found.waiting_probability == pytest.approx(limit.waiting_probability, rel=1e-8)
    assert found.service_level(20.0) == pytest.approx(limit.service_level(20.0), rel=1e-8)
    assert found.abandonment == pytest.approx(0.0, abs=1e-10)


@pytest.mark.parametrize("patience", [100.0, math.inf])
def test_chats_that_do_not_slow_each_other_down_are_erlang_with_agents_multiplied(patience):
    """The one case in which what planners usually do is right, wherever chats are put."""
    speed = (1.0, 1.0, 1.0)
    found, usual = (model(0.02, 300.0, 3, speed, patience) for model in (chat, multiplied_agents))
    assert found.waiting_probability == pytest.approx(usual.waiting_probability, rel=1e-10)
    assert found.chat_time == pytest.approx(300.0, rel=1e-10)
    assert points_off(0.02, 300.0, 3, speed, 20.0, patience) == pytest.approx(0.0, abs=1e-9)


def test_multiplied_agents_promise_too_little():
    """Agents with few chats are faster than at full load, so the usual formula is pessimistic."""
    assert points_off(0.1, WORK, 20, SPEED, 20.0) < -10


@pytest.mark.parametrize("agents", [2, 5])
def test_multiplied_agents_that_cannot_keep_up_count_as_no_service(agents):
    """At the full-load handle time the load exceeds the slots where the chain is unstable too."""
    full = 1.001 * agents * 3 * SPEED[2] / WORK
    overloaded = chat(full, WORK, agents, SPEED)
    assert not overloaded.stable
    assert math.isnan(overloaded.mean_wait)
    assert math.isnan(overloaded.service_level(20.0))
    assert points_off(full, WORK, agents, SPEED, 20.0) == 0.0


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    agents=st.integers(1, 5),
    gains=st.lists(st.floats(0.0, 1.0), max_size=3),
    rate=st.floats(0.001, 0.2),
    patience=st.floats(10.0, 2_000.0),
)
def test_laws_of_any_floor(agents, gains, rate, patience):
    """
    Shares are shares, customers give up at the rate of those waiting, and an agent has at least one chat when
    occupied. Where every further chat adds some output, the less the more are open, one more agent loses nobody more,
    nor does more patience. (Where k * speed[k] falls, longer patience may lose more: it keeps slow slots taken.)
    """
    speed = [total / k for k, total in enumerate(accumulate([1.0, *sorted(gains, reverse=True)]), start=1)]
    found = chat(rate, 200.0, agents, speed, patience)
    for share in (found.waiting_probability, found.abandonment, found.occupancy, found.service_level(30.0)):
        assert -1e-12 < share < 1 + 1e-12
    gone = found.slots.integrals(given_up)[0] / found.slots.everybody
    assert found.mean_wait == pytest.approx(found.waiting_probability * gone * patience, rel=1e-9)
    assert found.occupancy <= found.open_chats + 1e-12 <= len(speed) * found.occupancy + 2e-12
    assert found.service_level(0.0) == pytest.approx(1 - found.waiting_probability, abs=1e-9)
    assert found.service_level(60.0) >= found.service_level(30.0) - 1e-12
    assert chat(rate, 200.0, agents + 1, speed, patience).abandonment <= found.abandonment + 1e-12
    assert chat(rate, 200.0, agents, speed, 2 * patience).abandonment <= found.abandonment + 1e-12


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"arrival_rate": 0.0}, "arrival_rate"),
        ({"work": -1.0}, "work"),
        ({"agents": 1.5}, "whole number"),
        ({"speed": []}, "speed"),
        ({"patience": 0.0}, "patience"),
        ({"agents": 60}, "60 agents with up to 3 chats each can be spread in 39,711 ways; at most 30,000"),
    ],
)
def test_impossible_floors_are_refused(change, message):
    usual = {"arrival_rate": 0.1, "work": WORK, "agents": 30, "speed": SPEED}
    with pytest.raises(ValueError, match=message):
        chat(**(usual | change))


def test_a_negative_threshold_is_refused():
    with pytest.raises(ValueError, match="threshold"):
        chat(0.01, WORK, 2, SPEED).service_level(-1.0)
