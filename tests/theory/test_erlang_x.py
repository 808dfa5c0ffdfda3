"""Erlang A with retrials and with uncertain volume."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.erlang import erlang_a, erlang_a_uncertain, erlang_x
from tests.theory.chains import stationary
from tests.theory.test_erlang_a import FORMULAS, everything

HANDLE_TIME, PATIENCE = 300.0, 120.0


def test_no_retrials_are_erlang_a():
    """Nobody calls again: one call per customer, and the same queue."""
    loads = np.array([5.0, 10.0, 30.0])
    known = erlang_a(loads / HANDLE_TIME, HANDLE_TIME, PATIENCE, 10, room=4, balk=0.1)
    queue = erlang_x(loads / HANDLE_TIME, HANDLE_TIME, PATIENCE, 10, again=0.0, room=4, balk=0.1)
    assert queue.calls_per_customer == pytest.approx([1.0] * 3, rel=1e-12)
    for name, value in everything(queue.queue, 20.0).items():
        assert value == pytest.approx(everything(known, 20.0)[name], rel=1e-9), name


@pytest.mark.parametrize("room", [None, 3])
def test_calls_are_first_calls_and_those_repeated(room):
    """The fixed point holds, and every customer is answered or lost in the end."""
    first = np.array([1e-6, 2.0, 10.0, 50.0]) / HANDLE_TIME
    queue = erlang_x(first, HANDLE_TIME, PATIENCE, 10, again=0.6, again_blocked=0.3, room=room, balk=0.05)
    met = queue.queue
    lost = (1 - met.blocking_probability) * (met.abandonment_probability + met.balking_probability)
    again = queue.arrival_rate * (0.6 * lost + 0.3 * met.blocking_probability)
    assert queue.arrival_rate == pytest.approx(first + again, rel=1e-11)
    assert queue.customers_answered + queue.customers_lost == pytest.approx([1.0] * 4, rel=1e-11)
    assert queue.arrival_rate * (1 - met.blocking_probability) * met.answer_probability == pytest.approx(
        first * queue.customers_answered, rel=1e-11
    )


def test_customers_who_never_stop_calling_need_agents_for_all():
    """All call until answered: stable while their load is below the agents, and then all are answered."""
    queue = erlang_x(np.array([9.0, 10.5]) / HANDLE_TIME, HANDLE_TIME, PATIENCE, 10, again=1.0)
    assert queue.stable.tolist() == [True, False]
    assert queue.customers_answered[0] == pytest.approx(1.0, rel=1e-10)
    assert queue.queue.occupancy[0] == pytest.approx(0.9, rel=1e-10)
    for values in (queue.arrival_rate, queue.calls_per_customer, queue.customers_lost, queue.service_level(20.0)):
        assert np.isnan(values).tolist() == [False, True]


def test_endless_patience_in_overload_has_no_balance():
    """Nobody gives up and the first calls alone are too many: unstable, not the edge of stability."""
    queue = erlang_x(np.array([0.5, 5.0]) / HANDLE_TIME, HANDLE_TIME, np.inf, 1, again=0.3)
    assert queue.stable.tolist() == [True, False]
    for values in (queue.arrival_rate, queue.customers_answered, queue.queue.occupancy, queue.service_level(20.0)):
        assert np.isnan(values).tolist() == [False, True]


def test_late_retrials_agree_with_the_chain_that_has_an_orbit():
    """Customers who call again after 200 handle times, as a Markov chain of calls and of customers to come back."""
    first, agents, again, delay = 1.5 / HANDLE_TIME, 2, 0.5, 200 * HANDLE_TIME

    def moves(state):
        calls, orbit = state
        waiting = max(calls - agents, 0)
        if calls < 14:
            yield first, (calls + 1, orbit)
            if orbit:
                yield orbit / delay, (calls + 1, orbit - 1)
        yield min(calls, agents) / HANDLE_TIME, (calls - 1, orbit)
        yield waiting / PATIENCE * (1 - again), (calls - 1, orbit)
        if orbit < 130:
            yield waiting / PATIENCE * again, (calls - 1, orbit + 1)

    states = stationary((0, 60), moves)
    busy = sum(min(calls, agents) * probability for (calls, _), probability in states.items()) / agents
    assert erlang_x(first, HANDLE_TIME, PATIENCE, agents, again=again).queue.occupancy == pytest.approx(busy, abs=0.002)


def test_impossible_retrials_are_refused():
    with pytest.raises(ValueError, match=r"again \(=1.2\) must be at most 1"):
        erlang_x(0.1, 60.0, 60.0, 5, again=1.2)


def test_a_sure_volume_is_erlang_a():
    """No spread: the same numbers; very little of it: nearly."""
    known = erlang_a(0.03, HANDLE_TIME, PATIENCE, 10, room=6)
    for cv, digits in ((0.0, 1e-12), (1e-4, 1e-6)):
        queue = erlang_a_uncertain(0.03, cv, HANDLE_TIME, PATIENCE, 10, room=6)
        for name in ("blocking_probability", "answer_probability", "mean_wait", "mean_wait_answered", "occupancy"):
            assert getattr(queue, name) == pytest.approx(float(getattr(known, name)), rel=digits), name
        for formula in FORMULAS:
            assert queue.service_level(20.0, formula) == pytest.approx(
                float(known.service_level(20.0, formula)), rel=digits
            )


@pytest.mark.parametrize(
    ("volume_cv", "agents"),
    [(0.1, 32), *(pytest.param(*case, marks=pytest.mark.slow) for case in ((0.5, 25), (2.0, 32)))],
)
def test_uncertain_volume_agrees_with_plain_sums(volume_cv, agents):
    """Volume-weighted ratios: expectation of answered in time over expectation of offered (and of answered)."""
    rate, shape = 0.1, volume_cv**-2
    # Equal steps in the logarithm of the factor: for smooth functions that vanish at both ends nothing is better.
    logarithm = np.linspace(-170.0, 6.0, 60_001)
    weight = np.exp(shape * (logarithm - np.expm1(logarithm)))
    weight /= weight.sum()
    factor = np.exp(logarithm)
    met = erlang_a(rate * factor, HANDLE_TIME, PATIENCE, agents)
    in_time, answered = weight @ (factor * met.service_level(20.0)), weight @ (factor * met.answer_probability)

    queue = erlang_a_uncertain(rate, volume_cv, HANDLE_TIME, PATIENCE, agents)
    assert queue.service_level(20.0) == pytest.approx(in_time, rel=1e-9)
    assert queue.answer_probability == pytest.approx(answered, rel=1e-9)
    assert queue.service_level(20.0, "answered") == pytest.approx(in_time / answered, rel=1e-9)
    assert queue.mean_queue == pytest.approx(weight @ met.mean_queue, rel=1e-9)


def test_uncertainty_costs_service():
    """The more the volume may differ from the forecast, the fewer are answered in time (at a good level)."""
    levels = erlang_a_uncertain(0.1, [0.0, 0.05, 0.1, 0.2, 0.4], HANDLE_TIME, PATIENCE, 34).service_level(20.0)
    assert np.all(np.diff(levels) < 0)


def test_endless_patience_under_uncertain_volume_is_unstable():
    """Some volumes are beyond any number of agents: no value."""
    queue = erlang_a_uncertain(0.1, 0.1, HANDLE_TIME, np.inf, 40)
    assert np.isnan([queue.mean_wait, queue.occupancy, queue.service_level(20.0)]).all()
