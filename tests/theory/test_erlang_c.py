"""Erlang B and C against the same formulas in forty digits."""

from __future__ import annotations

import time

import mpmath
import numpy as np
import pytest

from ccsim.erlang import erlang_b, erlang_c

HANDLE_TIME, THRESHOLD = 300.0, 20.0
SMALLEST = mpmath.mpf(10) ** -290


def forty_digits(load: float, agents: float) -> tuple[mpmath.mpf, ...]:
    """Loss and waiting probability, mean wait and service level, from 1/B = integral of a exp(-a t) (1 + t)**c."""
    with mpmath.workdps(40):
        a, c, seconds = mpmath.mpf(load), mpmath.mpf(agents), mpmath.mpf(HANDLE_TIME)
        lost = mpmath.exp(c * mpmath.log(a) - a) / mpmath.gammainc(c + 1, a, mpmath.inf)
        waiting = c * lost / (c - a * (1 - lost))
        level = 1 - waiting * mpmath.exp(-(c - a) * THRESHOLD / seconds)
        return lost, waiting, waiting * seconds / (c - a), level


def sizes() -> list[tuple[float, float]]:
    """Loads and agents from 1 to 100,000, whole and broken: light, square-root staffed, next to unstable."""
    agents = [1.0, 1.5, 2.0, 7.3, 15.9, 16.1, 34.0, 120.7, 999.0, 5_823.1, 31_622.7, 100_000.0]
    loads = [[c * 0.1, c * 0.5, c * 0.9, c - c**0.5 * 0.5, c - c**0.5 * 0.01, c * (1 - 1e-9), 1e-4] for c in agents]
    return [(a, c) for c, row in zip(agents, loads, strict=True) for a in row]


@pytest.mark.parametrize(("load", "agents"), sizes())
def test_erlang_agrees_with_forty_digits(load, agents):
    """Relative error at most 1e-9; what underflows is 0."""
    queue = erlang_c(load, agents, HANDLE_TIME)
    ours = (erlang_b(load, agents), queue.waiting_probability, queue.mean_wait, queue.service_level(THRESHOLD))
    for value, exact in zip(ours, forty_digits(load, agents), strict=True):
        assert abs(value - exact) <= (exact * 1e-9 if exact > SMALLEST else 1e-280)


@pytest.mark.parametrize(
    ("load", "agents"), [(3.0, 1.0), (1e3, 40.5), (1.1e5, 1e5), (2e5, 1e5), (1e9, 1e5), (900.0, 0.3)]
)
def test_erlang_b_in_overload_agrees_with_forty_digits(load, agents):
    """Far beyond the number of servers, where a Poisson count below it underflows."""
    with mpmath.workdps(40):
        a, c = mpmath.mpf(load), mpmath.mpf(agents)
        ends = [x / (a - c) for x in (0, 1, 5, 20, 200)]
        inverse = a * mpmath.quad(lambda t: mpmath.exp(-a * t + c * mpmath.log1p(t)), ends)
        assert abs(erlang_b(load, agents) * inverse - 1) < 1e-12


@pytest.mark.parametrize(("load", "agents"), [(0.5, 1), (9.0, 10), (95.0, 100), (99_900.0, 100_000)])
def test_percentiles_lead_back_to_their_share(load, agents):
    """Where they are above 0; below the share answered at once they are 0."""
    queue = erlang_c(load, agents, HANDLE_TIME)
    late = 1 - queue.waiting_probability * 0.2
    assert queue.service_level(queue.wait_percentile(late)) == pytest.approx(float(late), rel=1e-12)
    assert queue.wait_percentile(0.5 * queue.answered_at_once) == 0.0
    median = queue.delayed_wait_percentile(0.5)
    assert queue.waits_longer(median) == pytest.approx(float(queue.waiting_probability) / 2, rel=1e-12)


def test_mean_queue_is_arrivals_times_wait():
    """Little's law, and the mean wait is that of the delayed times their share."""
    loads = np.array([0.1, 5.0, 9.99])
    queue = erlang_c(loads, 10, HANDLE_TIME)
    assert queue.mean_queue == pytest.approx(loads / HANDLE_TIME * queue.mean_wait, rel=1e-12)
    assert queue.mean_wait == pytest.approx(queue.waiting_probability * queue.mean_wait_delayed, rel=1e-12)


def test_overload_loses_what_the_recursion_loses():
    """Erlang B beyond the number of servers, against the recursion in whole servers."""
    loads = np.array([0.5, 3.0, 30.0, 80.0])
    lost = np.ones(4)
    for servers in range(1, 41):
        lost = loads * lost / (servers + loads * lost)
        assert erlang_b(loads, servers) == pytest.approx(lost, rel=1e-12)


@pytest.mark.parametrize("agents", [0.3, 1.7, 12.5, 200.4])
def test_real_servers_keep_the_recursion(agents):
    """B(c + 1) = a B(c) / (c + 1 + a B(c)) holds between whole numbers too: this makes it *the* continuation."""
    load = 0.8 * agents
    lost = erlang_b(load, agents)
    assert erlang_b(load, agents + 1) == pytest.approx(load * lost / (agents + 1 + load * lost), rel=1e-12)


def test_known_values():
    """M/M/1 by hand: P(W > 0) = rho, mean wait = rho / (mu - lambda)."""
    queue = erlang_c(0.5, 1, 100.0)
    assert queue.waiting_probability == pytest.approx(0.5)
    assert queue.mean_wait == pytest.approx(100.0)
    assert queue.occupancy == pytest.approx(0.5)
    assert queue.service_level(0.0) == pytest.approx(0.5)
    assert erlang_c(2.0, 3, 1.0).waiting_probability == pytest.approx(4 / 9)


@pytest.mark.parametrize(("load", "agents"), [(3.0, 3.0), (3.1, 3.0), (1.0, 0.0), (0.0, 0.0)])
def test_a_queue_without_a_stationary_state_has_no_numbers(load, agents):
    """Load at or above the number of agents: no value, whatever is asked."""
    queue = erlang_c([load, 1.0], [agents, 2.0], HANDLE_TIME)
    assert queue.stable.tolist() == [False, True]
    for values in (queue.waiting_probability, queue.mean_wait, queue.occupancy, queue.service_level(THRESHOLD)):
        assert np.isnan(values).tolist() == [True, False]


def test_nobody_waits_where_nobody_calls():
    """No load: all (that is none) are answered at once."""
    queue = erlang_c(0.0, 2.5, HANDLE_TIME)
    assert (queue.waiting_probability, queue.mean_wait, queue.service_level(0.0)) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-1.0, 2.0, 60.0), r"load \(=-1.0\) must be finite and not negative"),
        ((1.0, float("nan"), 60.0), r"agents \(=nan\) must be"),
        ((1.0, 2.0, float("inf")), r"handle_time \(=inf\) must be"),
        ((1.0, 2.0, 0.0), r"handle_time \(=0.0\) must be > 0"),
    ],
)
def test_impossible_arguments_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        erlang_c(*arguments)


def test_a_month_of_quarter_hours_for_twenty_types_is_quick():
    """Four weeks of quarter hours, 20 types, take milliseconds; a second leaves room for a slow machine."""
    load = np.linspace(0.1, 40.0, 24 * 7 * 4 * 4 * 20)
    begin = time.process_time()
    erlang_c(load, load + 2.5, HANDLE_TIME).service_level(THRESHOLD)
    assert time.process_time() - begin < 1.0


def test_a_percentile_of_everybody_is_refused():
    """Somebody waits longer than any wait."""
    with pytest.raises(ValueError, match=r"share \(=1.0\) must be below 1"):
        erlang_c(1.0, 2.0, 60.0).wait_percentile(1.0)
