"""Any law of handle times, and two priorities: exact formulas and approximations, with the errors they have."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest

from ccsim.erlang import erlang_c, m_d_c, m_g_1, m_g_c, two_priorities, two_priorities_one_agent
from ccsim.erlang.general_service import queue_by_blocks, queue_by_roots
from tests.theory.chains import mean, stationary


def test_pollaczek_and_khinchine_by_hand():
    """Half the wait for constant handle times; M/M/1 for cv 1."""
    assert m_g_1(0.8, 100.0, 1.0).mean_wait == pytest.approx(400.0)
    assert m_g_1(0.8, 100.0, 0.0).mean_wait == pytest.approx(200.0)
    assert m_g_1(0.8, 100.0, 0.0).mean_queue == pytest.approx(1.6)
    assert not m_g_1(1.0, 100.0, 0.0).stable


def test_one_agent_and_exponential_handle_times_are_exact():
    """Both approximations are Pollaczek-Khinchine for one agent and Erlang C for cv = 1."""
    cvs, loads = np.array([0.0, 0.5, 1.0, 3.0]), np.array([2.0, 5.0, 7.9])
    for formula in ("kimura", "allen-cunneen"):
        single = m_g_c(0.7, 1, 60.0, cvs, formula=formula)
        assert single.mean_wait == pytest.approx(m_g_1(0.7, 60.0, cvs).mean_wait, rel=1e-9)
        many = m_g_c(loads, 8, 60.0, 1.0, formula=formula)
        assert many.mean_wait == pytest.approx(erlang_c(loads, 8, 60.0).mean_wait, rel=1e-12)


@pytest.mark.parametrize(("load", "agents"), [(0.9, 1), (9.0, 10), (95.0, 100), (1980.0, 2000)])
def test_constant_handle_times_in_two_ways(load, agents):
    """Blocks of calls (a real series) and roots of Lambert's W (complex) are the same number."""
    needed = np.array([40.0 / (agents * (load / agents - 1 - np.log(load / agents)))])
    blocks = queue_by_blocks(np.array([load]), np.array([float(agents)]), needed)
    assert queue_by_roots(load, float(agents)) == pytest.approx(blocks[0], rel=1e-10)


def excess_wait(load, agents):
    """Mean wait of M/D/c in handle times, by the series over blocks of calls in thirty digits."""
    with mpmath.workdps(30):
        queue, block = mpmath.mpf(0), 0
        while True:
            block += 1
            mean, count = block * mpmath.mpf(load), block * agents
            term = mpmath.exp(count * mpmath.log(mean) - mean - mpmath.loggamma(count + 1))
            excess, more = mpmath.mpf(0), 0
            while not more or more * term > excess * mpmath.mpf(10) ** -20:
                more += 1
                term *= mean / (count + more)
                excess += more * term
            queue += excess / block
            if excess / block < queue * mpmath.mpf(10) ** -16:
                return queue / load


VAST = pytest.param(99_300.0, 100_000, marks=pytest.mark.slow)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("load", "agents"),
    [(1e-4, 1), (0.5, 1), (0.01, 10), (8.0, 10), (0.05, 40), (450.0, 500), (9_800.0, 10_000), VAST],
)
def test_constant_handle_times_agree_with_thirty_digits(load, agents):
    """From hardly a call to a huge team, through both ways of summing."""
    assert float(m_d_c(load, agents, 1.0).mean_wait) == pytest.approx(float(excess_wait(load, agents)), rel=1e-9)


def test_constant_handle_times_known():
    """
    M/D/1 by hand; M/D/2 at 80 %: the probabilities of the number of calls, by the recursion over one handle time.

    N after a handle time = calls not yet begun before it + those who arrived: a chain with Poisson steps.
    """
    assert m_d_c(0.5, 1, 60.0).mean_wait == pytest.approx(30.0, rel=1e-12)
    load, agents, size = 1.6, 2, 200
    arrivals = np.exp(np.arange(size) * np.log(load) - load - np.cumsum(np.log(np.maximum(np.arange(size), 1))))
    steps = np.zeros((size, size))
    for calls in range(size):
        left = max(calls - agents, 0)
        steps[calls, left:] = arrivals[: size - left]
    steps /= steps.sum(axis=1, keepdims=True)
    balance = np.vstack([(steps.T - np.eye(size))[1:], np.ones(size)])
    calls = np.linalg.solve(balance, np.r_[np.zeros(size - 1), 1.0])
    waiting = float(np.maximum(np.arange(size) - agents, 0) @ calls)
    assert m_d_c(load, agents, 60.0).mean_queue == pytest.approx(waiting, rel=1e-9)


def exact_wait(agents, occupancy, phases, most):
    """
    Mean wait in handle times for Erlang-2 or two kinds of exponential handle times, by the chain of phases.

    ``phases`` are (share of calls that begin here, rate, where it leads) for two phases; ``None`` leads out.
    """
    rate = agents * occupancy

    def begin(state):
        counts, queue = state
        for phase, (share, _, _) in enumerate(phases):
            if share:
                yield share, (tuple(n + (k == phase) for k, n in enumerate(counts)), queue)

    def moves(state):
        counts, queue = state
        if sum(counts) < agents:
            for share, following in begin(state):
                yield rate * share, following
        elif queue < most:
            yield rate, (counts, queue + 1)
        for phase, (_, speed, leads) in enumerate(phases):
            if not counts[phase]:
                continue
            fewer = tuple(n - (k == phase) for k, n in enumerate(counts))
            if leads is not None:
                yield speed * counts[phase], (tuple(n + (k == leads) for k, n in enumerate(fewer)), queue)
            elif queue:
                for share, following in begin((fewer, queue - 1)):
                    yield speed * counts[phase] * share, following
            else:
                yield speed * counts[phase], (fewer, queue)

    return mean(stationary(((0, 0), 0), moves), lambda state: state[1]) / rate


SHARE = (1 + np.sqrt(3 / 5)) / 2
ERLANG_2 = ((1.0, 2.0, 1), (0.0, 2.0, None))
HYPEREXPONENTIAL = ((SHARE, 2 * SHARE, None), (1 - SHARE, 2 * (1 - SHARE), None))


@pytest.mark.parametrize(
    ("phases", "cv", "kimura", "allen"), [(ERLANG_2, 0.5**0.5, 0.04, 0.10), (HYPEREXPONENTIAL, 2.0, 0.06, 0.64)]
)
@pytest.mark.parametrize(("agents", "occupancy"), [(2, 0.5), (5, 0.9), (10, 0.5)])
def test_approximations_err_as_their_docstring_says(phases, cv, kimura, allen, agents, occupancy):
    """Kimura errs less than Allen-Cunneen in every case, and both within the limits that are promised."""
    exact = exact_wait(agents, occupancy, phases, int(50 / (1 - occupancy)))
    errors = [
        abs(float(m_g_c(agents * occupancy, agents, 1.0, cv, formula=formula).mean_wait) / exact - 1)
        for formula in ("kimura", "allen-cunneen")
    ]
    assert errors[0] < kimura
    assert errors[0] < errors[1] < allen


def test_no_numbers_where_there_is_no_queue():
    """Unstable, or no calls."""
    queue = m_g_c([2.0, 1.0, 0.0], 2, 60.0, 0.5)
    assert queue.stable.tolist() == [False, True, True]
    assert np.isnan(queue.mean_wait).tolist() == [True, False, False]
    assert queue.mean_wait[2] == 0.0


def test_two_priorities_agree_with_the_markov_chain():
    """Numbers waiting of both classes, nobody interrupted; calls in service do not differ."""
    first, second, agents, most = 1.1, 1.0, 3, 60

    def moves(state):
        busy, one, two = state
        if busy < agents:
            yield first + second, (busy + 1, 0, 0)
        else:
            if one < most:
                yield first, (busy, one + 1, two)
            if two < 2 * most:
                yield second, (busy, one, two + 1)
        if one:
            yield busy, (busy, one - 1, two)
        elif two:
            yield busy, (busy, one, two - 1)
        elif busy:
            yield busy, (busy - 1, 0, 0)

    states = stationary((0, 0, 0), moves)
    queue = two_priorities(first, second, agents, 1.0)
    assert queue.first_mean_queue == pytest.approx(mean(states, lambda state: state[1]), rel=1e-6)
    assert queue.second_mean_queue == pytest.approx(mean(states, lambda state: state[2]), rel=1e-6)


def test_the_order_does_not_change_the_mean_over_all():
    """With one law of handle times the classes together wait as Erlang C says; none of the other class: Erlang C."""
    queue, all_ = two_priorities(6.0, 3.0, 10, 60.0), erlang_c(9.0, 10, 60.0)
    assert queue.first_mean_queue + queue.second_mean_queue == pytest.approx(float(all_.mean_queue), rel=1e-12)
    assert queue.first_mean_wait < all_.mean_wait < queue.second_mean_wait
    assert two_priorities(9.0, 0.0, 10, 60.0).first_mean_wait == pytest.approx(float(all_.mean_wait), rel=1e-12)


def test_the_first_class_is_stable_alone():
    """Too much for both: the second class grows without end, the first waits as if all agents were always busy."""
    queue = two_priorities([6.0, 11.0], 5.0, 10, 60.0)
    assert queue.first_stable.tolist() == [True, False]
    assert queue.second_stable.tolist() == [False, False]
    assert queue.first_mean_wait[0] == pytest.approx(6.0 / 0.4)
    assert np.isnan(queue.second_mean_wait).all()


def test_one_agent_with_two_handle_times():
    """By hand: loads 0.2 (constant 10 s) and 0.6 (exponential 60 s): rest 0.2 x 5 + 0.6 x 60 = 37 s."""
    queue = two_priorities_one_agent(0.2, 0.6, 10.0, 60.0, 0.0, 1.0)
    assert queue.first_mean_wait == pytest.approx(37 / 0.8)
    assert queue.second_mean_wait == pytest.approx(37 / 0.8 / 0.2)
    same = two_priorities_one_agent(0.2, 0.6, 60.0, 60.0, 1.0, 1.0)
    known = two_priorities(0.2, 0.6, 1, 60.0)
    assert same.first_mean_wait == pytest.approx(float(known.first_mean_wait), rel=1e-12)
    assert same.second_mean_wait == pytest.approx(float(known.second_mean_wait), rel=1e-12)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (lambda: m_g_c(1.0, 2, 60.0, 1.0, formula="cosmetatos"), "must be one of kimura, allen-cunneen"),
        (lambda: m_d_c(1.0, 2.5, 60.0), r"agents \(=2.5\) must be whole"),
        (lambda: m_g_1(0.5, 60.0, -1.0), r"cv \(=-1.0\) must be"),
        (lambda: two_priorities(1.0, -1.0, 3, 60.0), r"second_load \(=-1.0\) must be"),
    ],
)
def test_impossible_questions_are_refused(asked, message):
    with pytest.raises(ValueError, match=message):
        asked()
