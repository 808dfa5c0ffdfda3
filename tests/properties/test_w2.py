"""The engine against another model of the same center, contact by contact."""

from __future__ import annotations

import pytest

from benchmarks import w2


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_model_of_w2_alone_gives_every_contact_the_same_agent_and_start(seed):
    """Written in SimPy's own style, one process per contact, it shares nothing with the engine but the Workload."""
    plan, workload = w2.draw(days=1, seed=seed)

    assert len(workload.visits.type) > 10_000
    assert w2.differences(plan, workload) == []
