"""Routes struck to the pools of a scenario (rule 7)."""

from __future__ import annotations

from typing import Any

from ccsim.plan import TICKS_PER_SECOND, Plan
from tests.small_center import EMAIL, PHONE, POOL, in_hours, planned

ALL = ("early", "late", "night")


def routed(ranks: Any, pools: tuple[str, ...] = ALL) -> Plan:
    """Calls routed over the ranks, in a scenario with these of the three pools."""
    return planned(pools={name: POOL for name in pools}, routing={"calls": ranks}, all_pools=ALL)


def steps(found: Plan) -> list[tuple[str, int, float]]:
    """(pool, rank, after in seconds) of all steps."""
    routing = found.routing
    return [
        (found.pools.name[pool], rank, after / TICKS_PER_SECOND)
        for pool, rank, after in zip(routing.pool.tolist(), routing.rank.tolist(), routing.after.tolist(), strict=True)
    ]


def test_ranks_in_the_order_of_the_list() -> None:
    """Pools of one rank stand together, in the order of the file."""
    found = routed([["night", "early"], {"pool": "late", "after": "15 s"}])
    assert steps(found) == [("night", 0, 0), ("early", 0, 0), ("late", 1, 15)]


def test_without_a_list_all_pools_that_handle_it_are_asked_at_once() -> None:
    """One set, in the order of the rows, so that the order of the file moves nothing."""
    pools = {"zulu": POOL, "mails": {**POOL, "handles": {"mails": {}}}, "alpha": POOL}
    found = planned(contact_types={"calls": PHONE, "mails": EMAIL}, pools=pools)
    assert steps(found) == [("alpha", 0, 0), ("zulu", 0, 0), ("mails", 0, 0)]
    assert found.routing.offset.tolist() == [0, 2, 3]


def test_a_first_wait_is_kept_where_no_pool_was_struck() -> None:
    """Who writes a wait before the first pool means it."""
    assert steps(routed([{"pool": "early", "after": "10 s"}, "late"])) == [("early", 0, 10), ("late", 1, 0)]


def test_where_a_pool_was_struck_the_first_one_left_joins_at_once() -> None:
    """Otherwise callers would wait 15 s for nobody beside idle agents; the next rank keeps its wait."""
    ranks = ["early", {"pool": "late", "after": "15 s"}, {"pool": "night", "after": "30 s"}]
    assert steps(routed(ranks, ("late", "night"))) == [("late", 0, 0), ("night", 1, 30)]


def test_a_rank_loses_only_the_pools_that_are_not_there() -> None:
    """And stays a rank."""
    assert steps(routed([["early", "late"], {"pool": "night", "after": "9 s"}], ("late", "night"))) == [
        ("late", 0, 0),
        ("night", 1, 9),
    ]


def test_conditions_become_rows() -> None:
    """Hours as windows of the simulation, pools as rows; -1 where there is none."""
    ranks = [
        "early",
        {"pool": "late", "when": {"hours": {"mon": "08:00-10:00"}, "asleep": "early"}},
        {"pool": "night", "when": {"awake": "late"}},
    ]
    found = routed(ranks)
    assert found.routing.window.tolist() == [-1, 0, -1]
    assert found.routing.asleep.tolist() == [-1, 0, -1]
    assert found.routing.awake.tolist() == [-1, -1, 1]
    assert in_hours(found.windows.begins) == [8, 7 * 24 + 8]
    assert in_hours(found.windows.ends) == [10, 7 * 24 + 10]


def test_equal_hours_are_one_window() -> None:
    """In whichever way they are written."""
    night = {"hours": {"mon": "20:00-24:00", "tue": "00:00-04:00"}}
    same = {"hours": {"mon": "20:00-04:00"}}
    found = routed(["early", {"pool": "late", "when": night}, {"pool": "night", "when": same}])
    assert found.routing.window.tolist() == [-1, 0, 0]
    assert len(found.windows.offset) == 2


def test_a_pool_that_is_not_there_sleeps() -> None:
    """So what asks for it awake never holds, and what asks for it asleep always does."""
    ranks = [
        {"pool": "late", "when": {"awake": "early"}},
        {"pool": "night", "after": "5 s", "when": {"asleep": "early"}},
    ]
    found = routed(ranks, ("late", "night"))
    assert steps(found) == [("night", 1, 5)]
    assert found.routing.asleep.tolist() == [-1]


def test_keep_free_holds_for_lower_priorities() -> None:
    """Two agents are kept free of what has priority 0."""
    pool = {**POOL, "handles": {"calls": {}, "mails": {}}, "keep_free": {"agents": 2, "below_priority": 1}}
    found = planned(contact_types={"calls": PHONE, "mails": EMAIL}, pools={"care": pool})
    assert found.routing.keep_free.tolist() == [0, 2]
