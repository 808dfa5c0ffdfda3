"""Published numbers of Erlang C and A, with their sources; where one is not what its name says, the test tells."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.erlang import erlang_a, erlang_b, erlang_c


def test_call_centre_helper():
    """callcentrehelper.com, Erlang C formula: 100 calls in 30 minutes of 3 minutes, 14 agents, 20 seconds."""
    queue = erlang_c(10.0, 14, 180.0)
    assert round(float(queue.waiting_probability), 3) == 0.174
    assert round(float(queue.service_level(20.0)), 3) == 0.888
    assert round(float(queue.mean_wait), 1) == 7.8
    assert round(float(queue.occupancy), 3) == 0.714


@pytest.mark.parametrize(
    ("agents", "level", "waiting"),
    [
        (13, 0.7955947884177831, 0.285270453036493),
        (14, 0.8883500191794669, 0.1741319335950498),
        (15, 0.9414528428690223, 0.10204236700798798),
    ],
)
def test_pyworkforce_erlang_c(agents, level, waiting):
    """README of pyworkforce (ErlangC, MultiErlangC): the same case, all digits."""
    queue = erlang_c(10.0, agents, 180.0)
    assert queue.service_level(20.0) == pytest.approx(level, rel=1e-12)
    assert queue.waiting_probability == pytest.approx(waiting, rel=1e-12)


def test_pyworkforce_erlang_a():
    """
    README of pyworkforce (ErlangA): patience 5 minutes, 13 agents, three digits.

    Its ``average_speed_of_answer`` of 0.125 minutes is the mean wait of all calls, abandoned ones included; those who
    are answered wait less.
    """
    queue = erlang_a(100 / 1800, 180.0, 300.0, 13)
    assert round(float(queue.service_level(20.0)), 3) == 0.858
    assert round(float(queue.occupancy), 3) == 0.750
    assert round(float(queue.abandonment_probability), 3) == 0.025
    assert round(float(queue.waiting_probability), 3) == 0.226
    assert round(float(queue.mean_wait / 60), 3) == 0.125
    assert queue.mean_wait_answered < queue.mean_wait


def test_mandelbaum_and_zeltyn():
    """
    A. Mandelbaum and S. Zeltyn, The Palm/Erlang-A queue, with applications to call centers, 2005.

    50 agents, 48 calls a minute of a minute each, patience 2 minutes, beside nobody giving up.
    """
    patient, queue = erlang_c(48.0, 50, 60.0), erlang_a(0.8, 60.0, 120.0, 50)
    assert round(float(patient.mean_wait), 1) == 20.8
    assert round(float(patient.wait_percentile(0.9)), 1) == 58.1
    assert round(float(patient.mean_queue)) == 17
    assert round(float(patient.occupancy), 2) == 0.96
    assert round(float(queue.abandonment_probability), 3) == 0.031
    assert round(float(queue.mean_queue)) == 3
    assert round(float(queue.occupancy), 2) == 0.93


@pytest.mark.parametrize(("servers", "load"), [(1, 0.0101), (5, 1.361), (10, 4.461), (20, 12.03), (100, 84.06)])
def test_erlang_b_tables(servers, load):
    """Loads of which 1 % is lost, four digits, as in the usual tables of Erlang B."""
    assert erlang_b(load, servers) == pytest.approx(0.01, rel=0.003)


def test_no_waiting_probability_above_one():
    """pyworkforce ErlangC gives 1.957 for 10 erlang, 8 agents: there is no such queue, and with patience it is less."""
    queue = erlang_c(10.0, 8, 180.0)
    assert not queue.stable
    assert np.isnan([queue.waiting_probability, queue.occupancy, queue.service_level(20.0)]).all()
    assert 0 < erlang_a(10 / 180, 180.0, 120.0, 8).waiting_probability < 1


def test_speed_of_answer_leaves_out_who_was_not_answered():
    """10 erlang, 10 agents, patience 2 minutes, handle time 3: all wait 0.275 minutes, the answered 0.243."""
    queue = erlang_a(10 / 180, 180.0, 120.0, 10)
    assert round(float(queue.mean_wait / 60), 3) == 0.275
    assert round(float(queue.mean_wait_answered / 60), 3) == 0.243
