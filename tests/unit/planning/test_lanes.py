"""Types with several queues."""

from __future__ import annotations

from typing import Any

import pytest

from ccsim.plan import TICKS_PER_SECOND, Allocation, Lanes, Plan
from tests.small_center import EMAIL, PHONE, POOL, planned

ALL = ("early", "late", "night")


def laned(lanes: dict[str, Any], pools: tuple[str, ...] = ALL, **route: Any) -> tuple[Plan, Lanes]:
    found = planned(pools={name: POOL for name in pools}, routing={"calls": {"lanes": lanes, **route}}, all_pools=ALL)
    assert found.lanes is not None
    return found, found.lanes


def steps(found: Plan) -> list[tuple[int, str, int, float]]:
    """(lane, pool, rank, after in seconds) of all steps."""
    r = found.routing
    rows = zip(r.lane.tolist(), r.pool.tolist(), r.rank.tolist(), r.after.tolist(), strict=True)
    return [(lane, found.pools.name[pool], rank, after / TICKS_PER_SECOND) for lane, pool, rank, after in rows]


SPLIT = {
    "south": {"share": 0.3, "ranks": ["late", {"pool": "night", "after": "20 s"}]},
    "north": {"share": 0.5, "ranks": ["early"]},
    "west": {"share": 0.2, "ranks": ["night"]},
}


def test_without_lanes_every_type_has_one_queue():
    found = planned()
    assert found.lanes is None
    assert set(found.routing.lane) == {0}


def test_lanes_by_share_stand_by_name_with_their_own_ranks():
    """The order of the file must not move a contact from one lane to another."""
    found, lanes = laned(SPLIT)
    assert lanes.name == ("north", "south", "west")
    assert lanes.share.tolist() == pytest.approx([0.5, 0.3, 0.2])
    assert lanes.allocation.tolist() == [Allocation.SHARE]
    assert steps(found) == [(0, "early", 0, 0), (1, "late", 0, 0), (1, "night", 1, 20), (2, "night", 0, 0)]


def test_lanes_by_wait_stand_in_the_order_of_the_file():
    """There it is a rule: the first one is protected, and wins ties."""
    written = {"south": ["late"], "north": ["early"]}
    _, lanes = laned(written, allocate="shortest wait", protect="45 s")
    assert lanes.name == ("south", "north")
    assert lanes.allocation.tolist() == [Allocation.SHORTEST_WAIT]
    assert lanes.protect.tolist() == [45 * TICKS_PER_SECOND]


def test_lanes_without_a_pool_are_struck_and_the_others_take_their_share():
    """In proportion; a lane that lost its first pool asks the next one at once."""
    found, lanes = laned(SPLIT, ("early", "night"))
    assert lanes.name == ("north", "south", "west")
    assert steps(found) == [(0, "early", 0, 0), (1, "night", 0, 0), (2, "night", 0, 0)]
    found, lanes = laned(SPLIT, ("early", "late"))
    assert lanes.name == ("north", "south")
    assert lanes.share.tolist() == pytest.approx([0.625, 0.375])


def test_a_type_without_lanes_beside_one_with_lanes_has_one():
    pools = {name: {**POOL, "handles": {"calls": {}, "mails": {}}} for name in ALL}
    types = {"calls": PHONE, "mails": EMAIL}
    found = planned(contact_types=types, pools=pools, routing={"calls": {"lanes": SPLIT}})
    assert found.lanes is not None
    assert found.lanes.offset.tolist() == [0, 3, 4]
    assert found.lanes.share[3] == 1.0


def test_the_expected_wait_reckons_with_the_pools_of_the_type():
    """Five minutes as written, in pools that need 1 and 1.5 times as long."""
    pools = {"early": POOL, "late": {**POOL, "handles": {"calls": {"handle_time": "x1.5"}}}}
    found = planned(
        pools=pools, routing={"calls": {"lanes": {"a": ["early"], "b": ["late"]}, "allocate": "shortest wait"}}
    )
    assert found.lanes is not None
    assert found.lanes.mean_work.tolist() == [375 * TICKS_PER_SECOND]
