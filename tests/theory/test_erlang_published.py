"""Published numbers, with their sources; where one is not what its name says, or is wrong, the test tells."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.erlang import (
    Target,
    agents_for,
    chat,
    erlang_a,
    erlang_b,
    erlang_c,
    erlang_c_at,
    erlang_x,
    queue_with_patience,
)
from ccsim.erlang.patience import Deterministic
from tests.theory.chains import stationary


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


def test_the_r_package_erlangc():
    """README of ErlangC 0.1.0 on CRAN: the same case again, seven digits, and 14 agents for 80 % at 85 % occupancy."""
    queue = erlang_c(10.0, 14, 180.0)
    assert queue.waiting_probability == pytest.approx(0.1741319, abs=5e-8)
    assert queue.answered_at_once == pytest.approx(0.8258681, abs=5e-8)
    assert queue.service_level(20.0) == pytest.approx(0.88835, abs=5e-7)
    assert queue.mean_wait == pytest.approx(7.83593701177724, rel=1e-12)
    target = Target(service_level=0.8, threshold=20.0, occupancy=0.85)
    assert agents_for(target, erlang_c_at, arrival_rate=100 / 1800, handle_time=180.0) == 14


def test_the_r_package_queueing():
    """Tests of queueing on CRAN: M/M/1, M/M/2, and with limited room M/M/1/15, M/M/5/12 and M/M/15/15."""
    assert erlang_c(0.75, 1, 3.0).mean_wait == pytest.approx(9.0)
    assert erlang_c(0.5, 2, 0.1).mean_wait + 0.1 == pytest.approx(0.1066667, abs=5e-8)
    single = erlang_a(5.0, 1 / 5.714, np.inf, 1, room=14)
    assert single.mean_wait + 1 / 5.714 == pytest.approx(0.9907347, abs=5e-8)
    assert single.mean_queue == pytest.approx(4.0006, abs=5e-5)
    many = erlang_a(8.0, 0.25, np.inf, 5, room=7)
    assert many.mean_wait + 0.25 == pytest.approx(0.2549332, abs=5e-8)
    assert many.mean_queue + 5 * many.occupancy == pytest.approx(2.04, abs=5e-3)
    lines = erlang_a(3.0, 4.0, np.inf, 15, room=0)
    assert 15 * lines.occupancy == pytest.approx(10.97, abs=5e-3)


@pytest.mark.parametrize(
    ("agents", "waiting", "queue"), [(2, 0.245, 0.175), (3, 0.058, 0.022), (4, 0.011, 0.003), (5, 0.002, 0.000)]
)
def test_a_textbook_sheet_of_waiting_lines(agents, waiting, queue):
    """Multiple Server Queueing Model, a worksheet of Cengage Learning: 10 customers per hour, 12 served by each."""
    found = erlang_c(10 / 12, agents, 1 / 12)
    assert round(float(found.waiting_probability), 3) == waiting
    assert round(float(found.mean_queue), 3) == queue


def test_ccmath_erlang_c():
    """Demo of the Python package ErlangCCmath: 4 calls a minute of 3 minutes, 14 agents, 20 seconds."""
    queue = erlang_c(12.0, 14, 3.0)
    assert round(float(queue.mean_wait), 2) == 0.72
    assert round(float(queue.service_level(0.333)), 4) == 0.6142
    assert round(float(queue.occupancy), 4) == 0.8571


def test_ccmath_erlang_x():
    """
    The same demo, Erlang X: patience 1 minute, 100 lines, nobody calls again.

    Its service level of 87.97 % and its speed of answer of 0.1 minutes are those of a customer who would never give
    up; of the offered calls only 86.15 % are answered in time, and who is answered waits 0.06 minutes.
    """
    queue = erlang_x(4.0, 3.0, 1.0, 14, again=0.0, room=86).queue
    assert round(float(queue.service_level(0.333, "virtual")), 4) == 0.8797
    assert round(float(queue.mean_virtual_wait), 2) == 0.10
    assert round(float(queue.abandonment_probability), 4) == 0.0743
    assert round(float(queue.occupancy), 4) == 0.7934
    assert queue.blocking_probability < 1e-80
    assert round(float(queue.service_level(0.333)), 4) == 0.8615
    assert round(float(queue.mean_wait_answered), 2) == 0.06


def test_ccmath_chat_levels_the_agents_all_the_time():
    """
    The same demo, Erlang Chat: 5 agents, chats of 3, 3.5 or 4 minutes where 1, 2 or 3 are open, patience 1 minute.

    Its abandonment of 15.44 % and occupancy (of slots) of 86.78 % are those of agents who hand chats over to each
    other until all have the same number, a chain of the number of chats alone. Chats stay where they are: who is left
    with few is fast, others are slow, and 15.55 % are lost.
    """
    agents, times = 5, (3.0, 3.5, 4.0)
    ends = [load / time for load, time in zip(range(4), (1.0, *times), strict=True)]

    def moves(chats):
        least, more = divmod(min(chats, 15), agents)
        if chats < 100:
            yield 4.0, chats + 1
        if chats:
            yield more * ends[min(least + 1, 3)] + (agents - more) * ends[least] + max(chats - 15, 0) / 1.0, chats - 1

    leveled = stationary(0, moves)
    lost = sum(max(chats - 15, 0) * probability for chats, probability in leveled.items()) / 4.0
    taken = sum(min(chats, 15) * probability for chats, probability in leveled.items()) / 15
    assert (round(lost, 4), round(taken, 4)) == (0.1544, 0.8678)

    found = chat(4.0, 3.0, agents, [3.0 / time for time in times], 1.0)
    assert round(found.abandonment, 4) == 0.1555
    assert round(found.open_chats / 3, 4) == 0.8701


@pytest.mark.parametrize(("load", "agents", "patience"), [(0.8, 1, 1.0), (4.5, 5, 0.3), (95.0, 100, 0.05)])
def test_boots_and_tijms(load, agents, patience):
    """
    N. Boots and H. Tijms, A multiserver queueing system with impatient customers, Management Science 45, 1999.

    Everybody gives up after the same time t: with Erlang C's P(W > t), which is also that of nobody giving up,
    (1 - rho) P(W > t) / (1 - rho P(W > t)) are lost; exact for exponential handle times.
    """
    late = erlang_c(load, agents, 1.0).waits_longer(patience)
    share = load / agents
    queue = queue_with_patience(load, 1.0, Deterministic(patience), agents)
    assert queue.abandonment_probability == pytest.approx((1 - share) * late / (1 - share * late), rel=1e-11)


@pytest.mark.parametrize(("load", "lines", "again"), [(5.0, 10, 0.4), (20.0, 20, 0.5), (9.0, 5, 0.9)])
def test_extended_erlang_b(load, lines, again):
    """
    The recursion by which calculators of the Extended Erlang B formula let blocked calls come back: offered load +
    again x load x blocking, until it stands still. Here it is Erlang X without waiting places.
    """
    offered = load
    for _ in range(2000):
        offered = load + again * offered * float(erlang_b(offered, lines))
    queue = erlang_x(load, 1.0, 1.0, lines, again=0.0, again_blocked=again, room=0)
    assert queue.arrival_rate == pytest.approx(offered, rel=1e-10)
    assert queue.queue.blocking_probability == pytest.approx(float(erlang_b(offered, lines)), rel=1e-10)


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
