"""The references themselves, against closed forms."""

from __future__ import annotations

import math

import pytest

from tests.theory.chains import erlang_b, erlang_c, mean, reached_within, stationary, transient


def birth_death(arrival: float, service: float, servers: int, room: int):
    def moves(n: int):
        if n < room:
            yield arrival, n + 1
        if n:
            yield min(n, servers) * service, n - 1

    return moves


def test_stationary_distribution_of_a_loss_system_is_erlang_b():
    distribution = stationary(0, birth_death(2.0, 0.5, 5, 5))
    assert distribution[5] == pytest.approx(erlang_b(5, 4.0), rel=1e-10)


def test_stationary_wait_of_a_delay_system_is_erlang_c():
    distribution = stationary(0, birth_death(2.0, 0.5, 6, 400))
    assert mean(distribution, lambda n: n >= 6) == pytest.approx(erlang_c(6, 4.0), rel=1e-9)


def test_first_passage_of_two_phases_is_erlang_two():
    def moves(n: int):
        if n:
            yield 3.0, n - 1

    within = reached_within({2: 1.0}, moves, 0.7, lambda n: n == 0)
    assert within == pytest.approx(1 - math.exp(-2.1) * (1 + 2.1), rel=1e-9)


def test_transient_of_infinite_servers_is_poisson_with_the_integrated_mean():
    """M/M/infinity from empty: mean = load (1 - exp(-mu t)); its time average is the integral of that."""
    arrival, service, length = 4.0, 0.5, 3.0
    after, share = transient({0: 1.0}, birth_death(arrival, service, 80, 80), length)
    load = arrival / service
    assert mean(after, float) == pytest.approx(load * (1 - math.exp(-service * length)), rel=1e-8)
    average = load * (1 - (1 - math.exp(-service * length)) / (service * length))
    assert mean(share, float) == pytest.approx(average, rel=1e-8)
