"""More staff serves better, more load worse, and more patience longer: whatever model is asked."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.erlang import chat, erlang_a_uncertain, erlang_b, erlang_c, erlang_x, m_g_c, two_priorities

HANDLE_TIME, THRESHOLD = 200.0, 15.0
ROUNDING = 1e-10

LOADS, TEAMS = st.floats(1e-3, 300.0), st.integers(1, 250)
PATIENCE = st.floats(2.0, 20_000.0)
SHARES = st.floats(0.0, 0.95)


def never_rises(values):
    """Whether no number exceeds the one before by more than rounding."""
    values = np.asarray(values)
    return np.all(values[1:] <= values[:-1] * (1 + ROUNDING) + 1e-300)


def never_falls(values):
    return never_rises(np.asarray(values)[::-1])


@given(load=LOADS, lines=st.floats(0.0, 400.0), more=st.floats(1e-3, 5.0))
@settings(max_examples=60, deadline=None)
def test_more_lines_lose_less_and_more_load_more(load, lines, more):
    """Erlang B at real numbers of lines; more load is carried all the same."""
    assert never_rises(erlang_b(load, [lines, lines + more]))
    loads = np.array([load, load + more])
    lost = erlang_b(loads, lines)
    assert never_falls(lost)
    assert never_falls(loads * (1 - lost))


@given(agents=st.floats(0.5, 250.0), share=st.floats(0.01, 0.98))
@settings(max_examples=60, deadline=None)
def test_erlang_c_is_monotone(agents, share):
    """Waits and queues of a stable queue; level and percentile turn with them."""
    load = share * agents
    by_team = erlang_c(load, [agents, agents + 0.5, agents + 1], HANDLE_TIME)
    by_load = erlang_c([load, 1.01 * load], agents, HANDLE_TIME)
    for falls in ("waiting_probability", "mean_wait", "mean_wait_delayed", "mean_queue", "occupancy"):
        assert never_rises(getattr(by_team, falls)), falls
        assert never_falls(getattr(by_load, falls)), falls
    assert never_falls(by_team.service_level(THRESHOLD))
    assert never_rises(by_load.service_level(THRESHOLD))
    assert never_rises(by_team.wait_percentile(0.95))
    assert never_falls(by_load.service_level(0.0) / by_load.service_level([0.0, 0.0]))


@pytest.mark.slow
@given(load=LOADS, agents=TEAMS, patience=PATIENCE, again=SHARES, room=st.sampled_from([np.inf, 0.0, 5.0]))
@settings(max_examples=10, deadline=None)
def test_erlang_x_is_monotone(load, agents, patience, again, room):
    """With more agents fewer calls come again; with more load, or more who call again, more calls come in all."""
    given_ = {"handle_time": HANDLE_TIME, "patience": patience, "room": room, "again_blocked": 0.5}
    by_team = erlang_x(load / HANDLE_TIME, agents=[agents, agents + 1], again=again, **given_)
    by_load = erlang_x(np.array([load, 1.1 * load]) / HANDLE_TIME, agents=agents, again=again, **given_)
    by_insistence = erlang_x(load / HANDLE_TIME, agents=agents, again=[again, again + 0.04], **given_)
    for falls in (by_team.arrival_rate, by_team.customers_lost, by_team.queue.delay_probability):
        assert never_rises(falls)
    for grows in (by_load.calls_per_customer, by_load.customers_lost, by_load.queue.occupancy):
        assert never_falls(grows)
    assert never_falls(by_insistence.arrival_rate)
    assert never_falls(by_insistence.customers_answered)
    assert never_rises(by_insistence.service_level(THRESHOLD, "virtual"))


@given(load=LOADS, agents=TEAMS, patience=PATIENCE, again=SHARES)
@settings(max_examples=15, deadline=None)
def test_patience_with_retrials_answers_more(load, agents, patience, again):
    """Who waits longer is answered sooner or later: more customers are answered, in fewer calls each."""
    patient = erlang_x(load / HANDLE_TIME, HANDLE_TIME, [patience, 1.3 * patience], agents, again=again)
    assert never_falls(patient.customers_answered)
    assert never_rises(patient.calls_per_customer)
    assert never_falls(patient.queue.mean_virtual_wait)


@pytest.mark.slow
@given(load=st.floats(0.1, 60.0), agents=st.integers(1, 60), patience=PATIENCE, cv=st.floats(0.01, 0.6))
@settings(max_examples=8, deadline=None)
def test_uncertain_volume_is_monotone(load, agents, patience, cv):
    """In staff, in load, and in patience."""
    rate = load / HANDLE_TIME
    by_team = erlang_a_uncertain(rate, cv, HANDLE_TIME, patience, [agents, agents + 1])
    by_load = erlang_a_uncertain([rate, 1.1 * rate], cv, HANDLE_TIME, patience, agents)
    by_patience = erlang_a_uncertain(rate, cv, HANDLE_TIME, [patience, 1.2 * patience], agents)
    for falls in (by_team.abandonment_probability, by_team.delay_probability, by_patience.abandonment_probability):
        assert never_rises(falls)
    for grows in (by_load.abandonment_probability, by_load.occupancy, by_team.service_level(THRESHOLD)):
        assert never_falls(grows)


@given(agents=st.integers(1, 80), share=st.floats(0.1, 0.95), cv=st.floats(0.0, 2.5))
@settings(max_examples=15, deadline=None)
def test_any_law_of_handle_times_is_monotone(agents, share, cv):
    """In staff, in load, and in the spread of handle times."""
    load = share * agents
    for formula in ("kimura", "allen-cunneen"):
        assert never_rises(m_g_c(load, [agents, agents + 1], HANDLE_TIME, cv, formula=formula).mean_wait)
        assert never_falls(m_g_c([load, 1.02 * load], agents, HANDLE_TIME, cv, formula=formula).mean_wait)
        assert never_falls(m_g_c(load, agents, HANDLE_TIME, [cv, cv + 0.1], formula=formula).mean_wait)


@given(agents=st.integers(1, 80), one=st.floats(0.01, 0.6), two=st.floats(0.01, 0.35))
@settings(max_examples=40, deadline=None)
def test_priorities_conserve_the_queue_and_are_monotone(agents, one, two):
    """Whoever goes first, as many wait in all as by Erlang C; more of either class makes both wait longer."""
    first, second = one * agents, two * agents
    queue = two_priorities(first, second, agents, HANDLE_TIME)
    everybody = erlang_c(first + second, agents, HANDLE_TIME)
    total = queue.first_mean_queue + queue.second_mean_queue
    np.testing.assert_allclose(total, everybody.mean_queue, rtol=1e-12)
    more = [two_priorities(*loads, agents, HANDLE_TIME) for loads in ((1.05 * first, second), (first, 1.05 * second))]
    fewer = two_priorities(first, second, agents + 1, HANDLE_TIME)
    for wait in ("first_mean_wait", "second_mean_wait"):
        assert getattr(fewer, wait) <= getattr(queue, wait) <= min(getattr(other, wait) for other in more)


@given(
    agents=st.integers(1, 6),
    gains=st.lists(st.floats(0.0, 1.0), max_size=3),
    rate=st.floats(0.001, 0.2),
    patience=st.floats(10.0, 2_000.0),
)
@settings(max_examples=15, deadline=None)
def test_chat_is_monotone(agents, gains, rate, patience):
    """
    In staff, load and patience, where every further chat adds some output, the less the more are open.

    (Where k x speed[k] falls, longer patience may lose more: it keeps slow slots taken.)
    """
    speed = [total / k for k, total in enumerate(accumulate([1.0, *sorted(gains, reverse=True)]), start=1)]

    def floor(agents, rate, patience):
        return chat(rate, HANDLE_TIME, agents, speed, patience)

    found, staffed = floor(agents, rate, patience), floor(agents + 1, rate, patience)
    loaded, patient = floor(agents, 1.1 * rate, patience), floor(agents, rate, 1.3 * patience)
    for worse, better in ((found, staffed), (loaded, found)):
        assert never_rises([worse.waiting_probability, better.waiting_probability])
        assert never_rises([worse.abandonment + ROUNDING, better.abandonment + ROUNDING])
        assert never_rises([worse.mean_wait, better.mean_wait])
        assert never_falls([worse.service_level(THRESHOLD), better.service_level(THRESHOLD)])
    assert never_rises([found.abandonment + ROUNDING, patient.abandonment + ROUNDING])
    assert never_falls([found.waiting_probability, patient.waiting_probability])
