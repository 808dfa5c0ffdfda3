"""Whose visits they are in random centers of all mechanisms, held against what the engine let happen."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.log import Outcome
from ccsim.measures.contacts import Counted, is_deferred
from ccsim.money.belonging import Belonging
from tests.properties.random_centers import random_center
from tests.properties.random_journeys import random_journeys
from tests.properties.test_measures_of_random_centers import promised


def center_of(seed: int):
    """With customers who come again, are called and stand in lanes in two of three."""
    random = Random(seed)
    center = random_center(random)
    return random_journeys(random, center) if seed % 3 else center


centers = st.integers(0, 2**32 - 1).map(center_of)


@settings(max_examples=50)
@given(centers)
def test_who_took_a_visit_could_take_it(center):
    """
    No pool picks up before it could by plan, through every wait, window and lane; and it belongs to that pool alone.

    Where pools must be awake or asleep the plan may differ from what the engine saw: agents are absent, late, go home.
    """
    plan, log = promised(center), center.log
    counted = Counted(plan, log)
    belonging = Belonging(plan, log, counted)
    pools = range(len(plan.pools.name))
    by_plan = np.all((plan.routing.awake < 0) & (plan.routing.asleep < 0))
    count = np.zeros(len(counted.type), np.int64)
    for pool in pools:
        mine = np.arange(len(pools)) == pool
        claim = belonging.claim((pool,), "answered by", "from offer")
        wider = belonging.claim((pool,), "offered to", "from offer")
        count += claim.own
        assert not np.any(claim.own & ~wider.own)
        assert np.all((counted.arrived <= claim.since) & (claim.since <= belonging.until))
        took = belonging.answered & (belonging.answered_by == pool) & ~is_deferred(plan)[counted.type]
        assert np.all(claim.own[took])
        if by_plan:
            assert np.all(belonging.offered(mine)[took] <= log.visits.started[counted.rows[took]])
    assert np.all(count <= 1)
    assert np.all(count[counted.outcome == Outcome.ANSWERED] == 1)


@pytest.mark.slow
def test_random_centers_have_lanes_and_waits_to_be_seen():
    """Else the property above would hold of nothing."""
    found = [center_of(seed) for seed in range(60)]
    assert sum(center.log.lane is not None for center in found) > 5
    assert sum(bool(np.any(center.plan.routing.after > 0)) for center in found) > 20
    assert sum(bool(np.all(center.plan.routing.awake < 0)) for center in found) > 10
