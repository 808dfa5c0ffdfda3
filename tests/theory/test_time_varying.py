"""The transient queue against chains built apart, closed forms, and the stationary queue that it settles into."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.erlang import erlang_c, time_varying
from tests.theory import cases_shift_end, cases_single
from tests.theory.chains import reached_within, transient

RATE, HANDLE, PATIENCE = (
    cases_shift_end.RATE / 60,
    60 * cases_shift_end.HANDLE,
    60 * cases_shift_end.PATIENCE,
)
HALF_HOUR = 1800.0
AGENTS = [6, 6, 3, 3, 3]


@pytest.mark.parametrize("leavers", ["named", "pooled"])
def test_both_ends_of_shift_are_those_of_the_reference(leavers, monkeypatch):
    """The chains that the simulation is held against, with room for more contacts than they ever hold."""
    monkeypatch.setattr(cases_shift_end, "MOST", 90)
    day = time_varying(np.full(5, RATE), AGENTS, HALF_HOUR, HANDLE, PATIENCE, leavers=leavers)
    expected = list(cases_shift_end.queue_per_half_hour(leavers).values())
    assert day.queue_mean[1:] == pytest.approx(expected, rel=1e-8)


def followed_through_the_end(leavers: str, threshold: float) -> float:
    """
    Share answered in time of those who come in the half-hour before three of six agents leave, one by one: the state
    they find, what happens before them until the change, the change, what happens after it.
    """
    minutes, patience = threshold / 60, cases_shift_end.PATIENCE

    def six_ahead(n):
        if n == "answered" or n == "lost":
            return
        yield 1 / patience, "lost"
        ends = 6 / cases_shift_end.HANDLE + (n - 6) / patience
        yield ends, n - 1 if n > 6 else "answered"

    def three_ahead(state):
        leaving, n = state
        if n < 3 or n == 999:
            return
        yield 1 / patience, (leaving, 999)
        yield max(n - 3, 0) / patience, (leaving, n - 1)
        if leavers == "named":
            yield 3 / cases_shift_end.HANDLE, (leaving, n - 1)
            yield leaving / cases_shift_end.HANDLE, (leaving - 1, n)
        elif leaving:
            yield (3 + leaving) / cases_shift_end.HANDLE, (leaving - 1, n)
        else:
            yield 3 / cases_shift_end.HANDLE, (0, n - 1)

    def change(at):
        if leavers == "named":
            return cases_shift_end.named_leave(at)
        return {(min(n, 6) - 3, n - min(n, 6) + 3): p for n, p in at.items()}

    def in_time(at, left):
        """Of those who come so many minutes before the change."""
        at_once = sum(p for n, p in at.items() if n < 6)
        waits = {n: p for n, p in at.items() if n >= 6}
        ahead, _ = transient(waits, six_ahead, min(left, minutes))
        answered = at_once + ahead.pop("answered")
        if left >= minutes:
            return answered
        ahead.pop("lost")
        return answered + reached_within(change(ahead), three_ahead, minutes - left, lambda s: s[1] < 3)

    at, _ = transient({0: 1.0}, cases_shift_end.six_agents, 30.0)
    late, early_share = transient(at, cases_shift_end.six_agents, 30.0 - minutes)
    nodes, weights = np.polynomial.legendre.leggauss(12)
    total = (30 - minutes) * in_time(early_share, math.inf)
    for node, weight in zip((nodes + 1) / 2 * minutes, weights / 2 * minutes, strict=True):
        found, _ = transient(late, cases_shift_end.six_agents, node)
        total += weight * in_time(found, minutes - node)
    return total / 30


@pytest.mark.parametrize("leavers", ["named", "pooled"])
def test_who_waits_while_agents_leave_is_followed_through_the_change(leavers, monkeypatch):
    """A threshold of ten minutes, so that a third of the half-hour sees the change."""
    monkeypatch.setattr(cases_shift_end, "MOST", 60)
    day = time_varying(np.full(5, RATE), AGENTS, HALF_HOUR, HANDLE, PATIENCE, leavers=leavers, threshold=600)
    assert day.service_level[1] == pytest.approx(followed_through_the_end(leavers, 600), rel=1e-8)


def test_enough_agents_for_all_are_infinitely_many():
    """M(t)/M/infinity from three contacts: the mean decays to the load of each interval; nobody waits."""
    rates = np.array([1.0, 3.0, 0.0]) / 60
    day = time_varying(rates, 60, 600.0, 300.0, in_system=3)
    mean = [3.0]
    for rate in rates:
        load = rate * 300.0
        mean.append(load + (mean[-1] - load) * math.exp(-2))
    assert day.in_system == pytest.approx(mean[1:], rel=1e-10)
    assert day.service_level[:2] == pytest.approx(1.0, abs=1e-12)
    assert np.isnan(day.service_level[2])
    assert day.lost == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("balk", [0.0, 0.4])
def test_a_long_day_settles_into_erlang_a(balk):
    """Every formula of the service level, abandonment and occupancy of the stationary queue."""
    expected = cases_single.impatient_system(1.0, 3, 2.0, balk)
    day = time_varying(np.full(12, 1 / 60), 3, HALF_HOUR, 180.0, 120.0, balk=balk)
    found = {
        "service_level": day.service_level,
        "service_level_positive": day.service_level_positive,
        "service_level_ignored": day.service_level_ignored,
        "abandonment_rate": day.lost / day.arrivals,
        "wait_mean_s": day.queue_mean * 60,
        "occupancy": day.occupancy,
    }
    for claim, value in expected.items():
        if claim.measure in found:
            assert found[claim.measure][-1] == pytest.approx(value, rel=1e-9), claim.measure


def test_endless_patience_settles_into_erlang_c():
    day = time_varying(np.full(40, 1 / 60), 4, HALF_HOUR, 180.0)
    queue = erlang_c(3.0, 4, 180.0)
    assert day.waited[-1] == pytest.approx(queue.waiting_probability, rel=1e-7)
    assert day.service_level[-1] == pytest.approx(queue.service_level(20.0), rel=1e-7)
    assert day.queue_mean[-1] == pytest.approx(queue.mean_wait / 60, rel=1e-7)


@settings(max_examples=15, deadline=None)
@given(
    rates=st.lists(st.floats(0, 0.05), min_size=1, max_size=4),
    agents=st.lists(st.integers(0, 6), min_size=4, max_size=4),
    patience=st.sampled_from([60.0, 600.0, math.inf]),
    balk=st.sampled_from([0.0, 0.3]),
    leavers=st.sampled_from(["named", "pooled"]),
    start=st.integers(0, 8),
)
def test_contacts_are_neither_made_nor_lost_on_the_way(rates, agents, patience, balk, leavers, start):
    """
    What is there + what comes = what is there afterwards + what is answered in full + what is lost, in every interval;
    shares stay shares.
    """
    day = time_varying(
        rates, agents[: len(rates)], 900.0, 200.0, patience, balk=balk, leavers=leavers, threshold=60, in_system=start
    )
    staffed = np.array(agents[: len(rates)]) + day.overtime
    completed = np.nan_to_num(day.occupancy) * staffed * 900 / 200
    before = np.concatenate([[start], day.in_system[:-1]])
    assert before + day.arrivals == pytest.approx(day.in_system + completed + day.lost, rel=1e-9, abs=1e-9)
    for share in (day.service_level, day.service_level_positive, day.waited, day.occupancy):
        known = share[~np.isnan(share)]
        assert np.all((known > -1e-12) & (known < 1 + 1e-12))
    assert np.all(np.nan_to_num(day.service_level_positive - day.service_level) > -1e-12)


@pytest.mark.slow
@settings(max_examples=6, deadline=None)
@given(agents=st.integers(1, 6), rate=st.floats(0.001, 0.04), leavers=st.sampled_from(["named", "pooled"]))
def test_one_more_agent_all_day_never_hurts(agents, rate, leavers):
    rates = [rate, 2 * rate, rate]
    fewer, more = (
        time_varying(rates, [n, n + 2, n], 900.0, 200.0, 300.0, leavers=leavers) for n in (agents, agents + 1)
    )
    assert np.all(more.queue_mean <= fewer.queue_mean + 1e-12)
    assert np.all(more.service_level >= fewer.service_level - 1e-12)


def test_pooled_leavers_cost_more_than_named_ones_who_finish_beside_the_rest():
    named, pooled = (
        time_varying(np.full(5, RATE), AGENTS, HALF_HOUR, HANDLE, PATIENCE, leavers=rule)
        for rule in ("named", "pooled")
    )
    assert np.all(pooled.queue_mean[2:] > named.queue_mean[2:])
    assert np.all(pooled.service_level[2:] < named.service_level[2:])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"arrival_rate": [-1.0]}, "arrival_rate"),
        ({"agents": 2.5}, "whole numbers"),
        ({"interval": 0.0}, "interval"),
        ({"handle_time": 0.0}, "handle_time"),
        ({"patience": 0.0}, "patience"),
        ({"balk": 1.4}, "between 0 and 1"),
        ({"leavers": "first"}, "named or pooled"),
        ({"threshold": 1000.0}, r"one interval \(900.0\)"),
        ({"in_system": -1}, "in_system"),
        ({"arrival_rate": [300.0], "agents": 5_000}, "at most 200,000 are solved"),
    ],
)
def test_impossible_days_are_refused(change, message):
    usual = {"arrival_rate": [0.1], "agents": 2, "interval": 900.0, "handle_time": 60.0}
    with pytest.raises(ValueError, match=message):
        time_varying(**(usual | change))
