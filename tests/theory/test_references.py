"""
The references that the simulation is held against, where they must reduce to a closed form or to each other.

None of this runs the simulation: a reference that were wrong in the same way as the engine would be no reference.
"""

from __future__ import annotations

import pytest

from tests.theory import (
    cases_chat,
    cases_email,
    cases_hand_over,
    cases_journeys,
    cases_order,
    cases_shared,
    cases_shift_end,
    cases_single,
)
from tests.theory.agreement import Claim
from tests.theory.cases_shared import occupancy
from tests.theory.cases_single import HANDLE, TEAM, calls
from tests.theory.chains import erlang_b, mean, transient

EXACT = 1e-6


def one_phase_work(busy: tuple[int, int]):
    if busy[0]:
        yield busy[0] / HANDLE, (busy[0] - 1, busy[1]), True


def pollaczek_khinchine(rate: float, squared_cv: float) -> float:
    """Mean wait of M/G/1. [s]"""
    return 60 * rate * HANDLE**2 * (1 + squared_cv) / 2 / (1 - rate * HANDLE)


def test_phases_with_one_phase_are_exponential():
    found = cases_single.phase_system(1.0, 4, one_phase_work, [(1.0, (1, 0))])
    expected = cases_single.delay_system(1.0, 4)
    assert found == pytest.approx({claim: expected[claim] for claim in found}, rel=EXACT)


@pytest.mark.parametrize(
    ("found", "squared_cv"),
    [
        (cases_single.deterministic_system(0.2, 1), 0.0),
        (cases_single.phase_system(0.2, 1, cases_single.erlang_two_work, [(1.0, (1, 0))]), 0.5),
        (
            cases_single.phase_system(
                0.2,
                1,
                cases_single.hyperexponential_work,
                [(cases_single.SHARE_SHORT, (1, 0)), (1 - cases_single.SHARE_SHORT, (0, 1))],
            ),
            2 * (5 / 7 * 1.0 + 2 / 7 * 64.0) / 9.0 - 1,
        ),
    ],
    ids=["M/D/1", "M/E2/1", "M/H2/1"],
)
def test_a_single_agent_waits_by_pollaczek_khinchine(found, squared_cv):
    assert found[calls("wait_mean_s")] == pytest.approx(pollaczek_khinchine(0.2, squared_cv), rel=1e-5)


def test_constant_work_waits_about_half_as_long():
    """M/D/c lies between half and all of M/M/c."""
    constant = cases_single.deterministic_system(1.0, 4)[calls("wait_mean_s")]
    assert 0.5 < constant / cases_single.delay_system(1.0, 4)[calls("wait_mean_s")] < 0.56


def test_endless_patience_is_erlang_c():
    expected = cases_single.delay_system(0.8, 4)
    found = cases_single.impatient_system(0.8, 4, patience=1e9)
    assert found[calls("service_level")] == pytest.approx(expected[calls("service_level")], rel=EXACT)
    assert found[calls("abandonment_rate")] == pytest.approx(0.0, abs=EXACT)


def test_everybody_balking_is_erlang_b():
    blocked = cases_single.limited_system(4, 4)[calls("blocked", over="arrived")]
    found = cases_single.impatient_system(1.0, 4, patience=2.0, balk=1.0)
    assert found[calls("abandonment_rate")] == pytest.approx(blocked, rel=EXACT)
    assert found[calls("service_level")] == pytest.approx(1 - blocked, rel=EXACT)


def test_days_that_hardly_vary_are_one_rate():
    found = cases_single.mixed_over_days(4, 2.0, cv=0.003)
    expected = cases_single.impatient_system(1.0, 4, 2.0)
    assert found == pytest.approx({claim: expected[claim] for claim in found}, rel=1e-4)


def test_a_second_pool_of_equal_speed_is_one_pool():
    found = cases_shared.two_ranks(0.9, 2, 2, slower=1.0)
    expected = cases_single.delay_system(0.9, 4)
    assert found[calls("wait_mean_s")] == pytest.approx(expected[calls("wait_mean_s")], rel=EXACT)
    assert found[occupancy("near")] + found[occupancy("far")] == pytest.approx(2 * expected[TEAM], rel=EXACT)


@pytest.mark.parametrize(
    "found",
    [
        cases_shared.v_model(0.5, 0.5, 3, 3.0, 3.0, 2.0),
        cases_shared.reserved(0.5, 0.5, 3, 2.0, keep=0),
    ],
    ids=["V-model", "agents kept free, but none"],
)
def test_priorities_share_out_the_same_total(found):
    """Equal work and patience: whoever comes first, as many are lost in all."""
    lost = sum(found[Claim(name, "abandonment_rate")] for name in "ab") / 2
    expected = cases_single.impatient_system(1.0, 3, 2.0)
    assert lost == pytest.approx(expected[calls("abandonment_rate")], rel=EXACT)
    assert found[TEAM] == pytest.approx(expected[TEAM], rel=EXACT)
    assert found[Claim("a", "abandonment_rate")] < found[Claim("b", "abandonment_rate")]


def test_chats_at_full_speed_each_are_independent_agents(monkeypatch):
    """Three agents with three slots that do not slow each other down are nine agents, however chats are spread."""
    monkeypatch.setattr(cases_chat, "SPEED", (1.0, 1.0, 1.0))
    monkeypatch.setattr(cases_single, "HANDLE", cases_chat.HANDLE)
    monkeypatch.setattr(cases_single, "ARRIVALS", 2.0)
    expected = cases_single.impatient_system(2.0, 9, cases_chat.PATIENCE)[calls("abandonment_rate")]
    for fullest in (False, True):
        found = cases_chat.processor_sharing(2.0, 3, cases_chat.PATIENCE, fullest)
        assert found[calls("abandonment_rate")] == pytest.approx(expected, rel=EXACT)
        assert found[calls("handle_time_mean_s")] == pytest.approx(60 * cases_chat.HANDLE, rel=EXACT)


def test_calls_do_not_feel_the_emails_that_they_interrupt(monkeypatch):
    """Both rules: calls are M/M/c+M; work is conserved, so kept and returned emails keep agents equally busy."""
    monkeypatch.setattr(cases_single, "HANDLE", cases_email.CALL)
    expected = cases_single.impatient_system(cases_email.CALLS, cases_email.AGENTS, cases_email.PATIENCE)
    kept, returned = cases_email.kept(), cases_email.returned()
    for found in (kept, returned):
        assert found[calls("abandonment_rate")] == pytest.approx(expected[calls("abandonment_rate")], rel=EXACT)
    assert kept[TEAM] == pytest.approx(returned[TEAM], rel=EXACT)
    assert kept[Claim("email", "backlog_mean")] > returned[Claim("email", "backlog_mean")]


def test_a_queue_in_order_is_the_plain_queue_where_one_type_comes(monkeypatch):
    """Three agents and three places with a second type that hardly ever comes: M/M/3/6."""
    monkeypatch.setattr(cases_order, "RATE", {"a": 1.0, "b": 1e-12})
    monkeypatch.setattr(cases_order, "HANDLE", {"a": HANDLE, "b": HANDLE})
    expected = cases_single.limited_system(3, 6)
    for found in (cases_order.one_team(3), cases_order.special_and_general(0, 3)):
        assert found[Claim("a", "wait_mean_s")] == pytest.approx(expected[calls("wait_mean_s")], rel=EXACT)
        blocked = found[Claim("a", "blocked", over="arrived")]
        assert blocked == pytest.approx(expected[calls("blocked", over="arrived")], rel=EXACT)


def test_an_n_model_without_special_agents_is_a_v_model():
    one_team, general = cases_order.one_team(3), cases_order.special_and_general(0, 3)
    for claim, value in one_team.items():
        if claim.scope == "contact_type":
            assert general[claim] == pytest.approx(value, rel=EXACT)
    assert general[occupancy("general")] == pytest.approx(one_team[TEAM], rel=EXACT)


def test_both_rules_of_shift_end_agree_until_it_comes():
    named, pooled = (cases_shift_end.queue_per_half_hour(rule) for rule in ("named", "pooled"))
    before, after = Claim("calls", "queue_mean", interval=1), Claim("calls", "queue_mean", interval=2)
    assert named[before] == pytest.approx(pooled[before], rel=1e-9)
    assert named[after] < pooled[after], "stayers go on working where leavers are named"


def test_named_leavers_are_drawn_without_regard_to_what_they_do():
    """Four of six busy: of three leavers two are busy on average."""
    after = cases_shift_end.named_leave({4: 1.0})
    assert sum(after.values()) == pytest.approx(1.0)
    assert sum(leaving * p for (leaving, _), p in after.items()) == pytest.approx(2.0)


def test_leavers_who_finish_add_their_work_to_that_of_those_who_stay():
    handed_over, finished = (cases_hand_over.backlog_per_half_hour(finishes) for finishes in (False, True))
    before, after = Claim("email", "backlog_mean", interval=1), Claim("email", "backlog_mean", interval=2)
    assert handed_over[before] == pytest.approx(finished[before], rel=1e-9)
    assert finished[after] < handed_over[after]


def test_without_leavers_the_shift_end_changes_nothing():
    """Three agents before and after: the chain with nobody in overtime is the chain of those who stay."""
    alone, _ = transient({0: 1.0}, cases_hand_over.staffed(cases_shift_end.AFTER), 90.0)
    beside, _ = transient({(0, 0): 1.0}, cases_hand_over.with_overtime, 90.0)
    assert mean(beside, sum) == pytest.approx(mean(alone, float), rel=1e-9)


def test_an_orbit_of_nobody_is_erlang_a():
    found, expected = cases_journeys.with_orbit(5.0, 3, again=0.0), cases_single.impatient_system(1.0, 3, 1.0)
    assert found[calls("service_level")] == pytest.approx(expected[calls("service_level")], rel=EXACT)
    assert found[calls("wait_mean_s")] == pytest.approx(expected[calls("wait_mean_s")], rel=EXACT)


def test_orbits_far_away_are_erlang_x():
    """The error falls as fast as the delay grows."""
    limit = cases_journeys.said_by_erlang_x(5)
    for claim, value in limit.items():
        off = [abs(cases_journeys.with_orbit(delay, 5)[claim] / value - 1) for delay in (60.0, 120.0, 240.0)]
        assert off[2] < 0.004
        assert off[0] / off[1] == pytest.approx(2, rel=0.15)
        assert off[1] / off[2] == pytest.approx(2, rel=0.15)


def test_blocked_who_never_come_again_are_erlang_b():
    found = cases_journeys.blocked_at_most_twice(0.0, 0.0)
    assert found[calls("blocked", over="arrived")] == pytest.approx(erlang_b(3, HANDLE), rel=EXACT)


def test_enough_agents_to_hold_leave_experts_alone():
    """Then what they hold is a queue like any other."""
    found, expected = cases_journeys.warm(40), cases_journeys.alone("expert", 0.32, 3, 4.0)
    assert found[Claim("expert", "wait_mean_s")] == pytest.approx(expected[Claim("expert", "wait_mean_s")], rel=EXACT)
    assert found[calls("wait_mean_s")] == pytest.approx(0.0, abs=1e-4)
