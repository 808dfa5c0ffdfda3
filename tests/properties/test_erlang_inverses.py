"""What holds for every question that Erlang answers backwards."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.erlang.by_rate import erlang_c_at
from ccsim.erlang.erlang_a import erlang_a
from ccsim.erlang.erlang_b import erlang_b
from ccsim.erlang.solving import agents_for, arrival_rate_for, load_for_blocking, servers_for_blocking
from ccsim.erlang.target import Target

loads = st.floats(-4, 4.9).map(lambda x: 10.0**x)
seconds = st.floats(10.0, 3000.0)
shares = st.floats(0.01, 0.99)
formulas = st.sampled_from(["offered", "answered", "ignored", "positive", "virtual"])
queues = st.one_of(
    st.tuples(st.just(erlang_c_at), st.fixed_dictionaries({"handle_time": seconds})),
    st.tuples(st.just(erlang_a), st.fixed_dictionaries({"handle_time": seconds, "patience": seconds})),
)


@st.composite
def targets(draw):
    """One limit or several."""
    limits = {
        "service_level": shares,
        "speed_of_answer": st.floats(0.1, 300.0),
        "abandonment": shares,
        "occupancy": shares,
    }
    asked = draw(st.lists(st.sampled_from(sorted(limits)), min_size=1, unique=True))
    found = {name: draw(limits[name]) for name in asked}
    return Target(**found, threshold=draw(st.floats(0.0, 120.0)), formula=draw(formulas))


@given(target=targets(), queue=queues, load=loads)
@settings(max_examples=40, deadline=None)
def test_a_requirement_keeps_its_target_and_one_agent_less_does_not(target, queue, load):
    """The smallest integer, proved by its neighbor, from 1e-4 to 80,000 erlang."""
    model, parameters = queue
    rate = load / parameters["handle_time"]
    number = agents_for(target, model, arrival_rate=rate, **parameters)
    assert target.kept(model(arrival_rate=rate, agents=number, **parameters))
    if number > 1:
        assert not target.kept(model(arrival_rate=rate, agents=number - 1, **parameters))


@pytest.mark.slow
@given(target=targets(), queue=queues, agents=st.integers(1, 5000))
@settings(max_examples=20, deadline=None)
def test_what_a_team_carries_it_is_required_for(target, queue, agents):
    """
    The volume of a team keeps the target, and needs no more than this team; a little more needs another agent.

    Or any volume keeps it: in the formula ``positive`` whoever hangs up in time is a success.
    """
    model, parameters = queue
    rate = arrival_rate_for(target, model, agents=agents, **parameters)
    if np.isinf(rate):
        assert target.kept(model(arrival_rate=1e6 * agents, agents=agents, **parameters))
        return
    assert target.kept(model(arrival_rate=rate, agents=agents, **parameters))
    assert agents_for(target, model, arrival_rate=rate, **parameters) <= agents
    assert agents_for(target, model, arrival_rate=rate * (1 + 1e-8), **parameters) > agents


@given(blocking=st.floats(-9, -0.01).map(lambda x: 10.0**x), load=loads)
@settings(max_examples=100, deadline=None)
def test_servers_for_a_blocking_are_proved(blocking, load):
    servers = servers_for_blocking(blocking, load)
    assert erlang_b(load, servers) <= blocking < erlang_b(load, servers - 1)


@given(blocking=st.floats(-9, -0.01).map(lambda x: 10.0**x), servers=st.floats(1.0, 1e5))
@settings(max_examples=100, deadline=None)
def test_the_load_for_a_blocking_is_the_last_one(blocking, servers):
    load = load_for_blocking(blocking, servers)
    assert erlang_b(load, servers) <= blocking < erlang_b(load * (1 + 1e-7), servers)
