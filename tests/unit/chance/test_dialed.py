"""Who is reached at which call, who takes a callback, and who goes to which lane."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ccsim.chance import draw
from ccsim.chance.contacts import attempt_reached
from ccsim.plan import UNITS_PER_SECOND, Allocation, Lanes
from tests.tiny_plan import TinyType, callbacks, ints, tiny_plan

if TYPE_CHECKING:
    from ccsim.workload import Dialed, Visits

FALSE_ALARM = 1e-6
CALLS, MAILS = TinyType("calls", per_day=4000.0), TinyType("mails", per_day=50.0)


def called(reached: float = 0.4, attempts: int = 3, accepts: float = 0.7) -> tuple[Visits, Dialed]:
    """Calls are called back, mails are not."""
    calling = callbacks(reached, attempts, accepts)
    workload = draw(replace(tiny_plan((CALLS, MAILS), days=2), dialing=calling), crc32(b"called"), 0)
    assert workload.dialed is not None
    return workload.visits, workload.dialed


def test_everybody_is_reached_with_the_same_probability_at_each_attempt():
    """Chi-square against p, (1 - p) p, (1 - p)^2 p, and the (1 - p)^3 who are never reached, at 1e-6."""
    visits, dialed = called()
    found = np.bincount(dialed.reached_at[visits.type == 0], minlength=4)
    expected = np.array([0.6**3, 0.4, 0.6 * 0.4, 0.36 * 0.4]) * found.sum()
    assert stats.chisquare(found, expected).pvalue > FALSE_ALARM


def test_the_drawn_share_accepts():
    visits, dialed = called()
    calls = visits.type == 0
    assert stats.binomtest(int(dialed.accepts[calls].sum()), int(calls.sum()), 0.7).pvalue > FALSE_ALARM


def test_who_is_not_called_has_no_draws():
    visits, dialed = called()
    mails = visits.type == 1
    assert set(dialed.work[mails]) == set(dialed.reached_at[mails]) == {-1}
    assert not dialed.accepts[mails].any()
    assert set(dialed.work[~mails]) == {25 * UNITS_PER_SECOND}


def test_more_attempts_reach_more_and_nobody_later():
    (_, few), (_, many) = called(attempts=2), called(attempts=6)
    assert np.array_equal(few.reached_at, np.where(many.reached_at <= 2, many.reached_at, 0))


@given(low=st.floats(1e-9, 1.0), high=st.floats(1e-9, 1.0), uniform=st.floats(2.0**-54, 1 - 2.0**-53))
def test_who_is_easier_to_reach_is_reached_no_later(low: float, high: float, uniform: float):
    low, high = sorted((low, high))
    hard, easy = (attempt_reached(np.array([uniform]), p)[0] for p in (low, high))
    assert 1 <= easy <= hard


@pytest.mark.parametrize("probability", [0.01, 0.3, 0.85, 1.0])
def test_the_attempt_inverts_the_geometric_distribution(probability: float):
    """P(attempt <= n) = 1 - (1 - p)^n, on both sides of each step."""
    for n in range(1, 6):
        step = -np.expm1(n * np.log1p(-probability)) if probability < 1 else 1.0
        assert attempt_reached(np.array([step * (1 - 1e-9)]), probability)[0] == min(n, 1 if probability == 1 else n)
        if step < 1:
            assert attempt_reached(np.array([step * (1 + 1e-9)]), probability)[0] == n + 1


SHARES = (0.2, 0.5, 0.3)


def laned(shares: tuple[float, ...] = SHARES, allocation: Allocation = Allocation.SHARE) -> Visits:
    lanes = Lanes(
        offset=ints([0, len(shares), len(shares) + 1]),
        name=(*map(str, range(len(shares))), ""),
        allocation=ints([allocation, Allocation.SHARE]),
        share=np.array([*shares, 1.0]),
        protect=ints([-1, -1]),
        mean_work=ints([0, 0]),
    )
    return draw(replace(tiny_plan((CALLS, MAILS), days=2), lanes=lanes), crc32(b"laned"), 0).visits


def test_lanes_get_their_shares():
    """Chi-square at 1e-6; a type with one queue is in its first lane."""
    visits = laned()
    found = np.bincount(visits.lane[visits.type == 0])
    assert stats.chisquare(found, np.array(SHARES) * found.sum()).pvalue > FALSE_ALARM
    assert set(visits.lane[visits.type == 1]) == {0}


def test_a_larger_share_takes_from_the_next_lane_only():
    """Everybody else stays where they were: scenarios with other shares are compared on the same contacts."""
    before, after = laned().lane, laned((0.3, 0.4, 0.3)).lane
    assert set(zip(before[before != after].tolist(), after[before != after].tolist(), strict=True)) == {(1, 0)}


def test_lanes_by_wait_are_not_drawn():
    assert set(laned(allocation=Allocation.SHORTEST_WAIT).lane) == {0}


def test_without_lanes_there_is_no_column():
    assert len(draw(tiny_plan((CALLS,)), 1, 0).visits.lane) == 0
