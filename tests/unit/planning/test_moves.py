"""Retrials, recontacts and transfers in numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsim.log import Outcome
from ccsim.plan import TICKS_PER_SECOND, Cause, Moves, Plan
from tests.small_center import CHAT, EMAIL, PHONE, POOL, planned

SOON = {"exponential": "10 min"}
TYPES = {"calls": PHONE, "chats": CHAT, "mails": EMAIL}


def pool(**handles: Any) -> dict[str, Any]:
    return {**POOL, "handles": {name: keys or {} for name, keys in handles.items()}}


def moving(types: dict[str, Any] = TYPES, **parts: Any) -> Plan:
    pools = {"care": pool(calls={}, chats={}, mails={})}
    return planned(**{"contact_types": types, "pools": pools, **parts})


def told(found: Plan) -> list[tuple[str, str, str, int]]:
    """(cause, from, to, outcome) of all moves."""
    moves, name = found.moves, found.types.name
    assert moves is not None
    rows = zip(moves.cause, moves.from_type, moves.to_type, moves.outcome, strict=True)
    return [(Cause(c).name, name[f], name[t], int(o)) for c, f, t, o in rows]


def test_nobody_comes_again_by_default():
    """No part of the Plan says so: what is not used costs nothing."""
    assert moving().moves is None


def test_retrials_stand_by_outcome_and_recontacts_behind():
    """Whatever their order in the file; ``to`` names the next type, the same one if not given."""
    retrial = {
        "blocked": {"probability": "90%", "delay": SOON},
        "abandoned": {"probability": ["60%", "40%"], "delay": SOON, "to": "mails", "in_opening_hours": True},
    }
    recontact = {"delay": {"deterministic": "1 day"}, "probability": "70%"}
    found = moving({**TYPES, "calls": {**PHONE, "retrial": retrial, "recontact": recontact}})
    assert told(found) == [
        ("RETRIAL", "calls", "mails", Outcome.ABANDONED),
        ("RETRIAL", "calls", "calls", Outcome.BLOCKED),
        ("RECONTACT", "calls", "calls", -1),
    ]
    moves = found.moves
    assert moves is not None
    assert moves.probability.tolist() == [[0.6, 0.4, 0.4, 0.4, 0.4], [0.9] * 5, [0.7] * 5]
    assert moves.in_opening_hours.tolist() == [True, False, False]
    assert [law and law.mean for law in moves.delay_law] == [600.0, 600.0, 86400.0]


def test_what_never_happens_is_no_move():
    """A probability of 0, nobody who may come again, a transfer of nobody."""
    never = {"abandoned": {"probability": 0.0, "delay": SOON}}
    transfer = {"transfer": {"to": "mails", "probability": "0%"}}
    types = {**TYPES, "calls": {**PHONE, "retrial": never, "recontact": {"delay": SOON, "probability": 0.0}}}
    assert moving(types, pools={"care": pool(calls=transfer, chats={}, mails={})}).moves is None
    often = {**TYPES, "calls": {**PHONE, "recontact": {"delay": SOON}}}
    assert moving(often, customers={"at_most": 0}).moves is None


def test_at_most_says_how_many_visits_have_a_probability():
    types = {**TYPES, "calls": {**PHONE, "recontact": {"delay": SOON}}}
    moves = moving(types, customers={"at_most": 2}).moves
    assert moves is not None
    assert moves.probability.shape == (1, 2)


def test_transfers_are_conditional_on_those_before():
    """30 % to chat, 20 % to mail: 2/7 of those not passed to the chat. Of another pool, its own."""
    both = [{"to": "mails", "probability": "20%"}, {"to": "chats", "probability": "30%", "keeps_clock": True}]
    one = {"to": "mails", "probability": "50%"}
    pools = {
        "care": pool(calls={"transfer": both}, chats={}, mails={}),
        "desk": pool(calls={"transfer": one}),
    }
    found = moving(pools=pools)
    assert told(found) == [("TRANSFER", "calls", "chats", -1), ("TRANSFER", "calls", "mails", -1)]
    moves = found.moves
    assert moves is not None
    assert moves.transfers == pytest.approx(np.array([[0.3, 0.2 / 0.7], [0.0, 0.5]]))
    assert moves.keeps_clock.tolist() == [True, False]
    assert np.isnan(moves.probability).all()


def test_warm_and_cold_transfers_of_two_pools_are_two_moves():
    """And the time to hold belongs to the warm one."""
    pools = {
        "care": pool(calls={"transfer": {"to": "mails", "probability": "20%"}}, chats={}, mails={}),
        "desk": pool(calls={"transfer": {"to": "mails", "probability": "40%", "warm": True, "hold_limit": "30 s"}}),
    }
    moves = moving(pools=pools).moves
    assert moves is not None
    assert moves.warm.tolist() == [False, True]
    assert (moves.hold_limit / TICKS_PER_SECOND).tolist() == [0, 30]
    assert moves.transfers.tolist() == [[0.2, 0.0], [0.0, 0.4]]


@given(shares=st.lists(st.floats(0.0, 1.0), min_size=2, max_size=2), factor=st.floats(0.1, 8.0))
def test_conditional_transfers_give_the_shares_as_written(shares: list[float], factor: float):
    """
    The product of not being passed on before, times the conditional probability, is the share times the language's
    factor, scaled down where both together pass 1.
    """
    total = max(1.0, sum(shares))
    written = [{"to": to, "probability": share / total} for to, share in zip(("chats", "mails"), shares, strict=True)]
    types = {**TYPES, "calls": {**PHONE, "language": "Spanish"}}
    care = pool(calls={"transfer": written}, chats={}, mails={})
    found = moving(types, pools={"care": {**care, "proficiency": {"Spanish": {"transfers": factor}}}})
    meant = {to: share / total * factor for to, share in zip(("chats", "mails"), shares, strict=True)}
    left, moves = 1.0, found.moves
    passed_on = dict.fromkeys(meant, 0.0)
    for row, (_, _, to, _) in enumerate(told(found) if moves is not None else ()):
        assert moves is not None
        passed_on[to] = left * float(moves.transfers[0, row])
        left -= passed_on[to]
    over = max(1.0, sum(meant.values()))
    assert passed_on == pytest.approx({to: share / over for to, share in meant.items()}, abs=1e-12)


def test_resolution_of_what_each_pool_handles():
    """Without recontact too: how many are resolved is asked all the same."""
    pools = {"care": pool(calls={"resolves": "70%"}, chats={}), "desk": pool(calls={}, mails={})}
    moves = moving(pools=pools).moves
    assert moves is not None
    assert moves.from_type.tolist() == []
    np.testing.assert_array_equal(moves.resolves, [[0.7, 1.0, np.nan], [1.0, np.nan, 1.0]])


def spoken(**factors: Any) -> tuple[Plan, Moves]:
    """A pool that resolves 80 %, and its proficiency in the language of the calls."""
    care = pool(calls={"resolves": "80%", "handle_time": "x1.2"}, chats={"resolves": "80%"})
    types = {"calls": {**PHONE, "language": "French"}, "chats": CHAT}
    found = planned(contact_types=types, pools={"care": {**care, "proficiency": {"French": factors}}})
    assert found.moves is not None
    return found, found.moves


def test_a_language_acts_on_handle_time_and_resolution():
    """Only on contacts in that language; the factor multiplies the pool's own and the rate at which it serves."""
    found, moves = spoken(handle_time="x1.5", resolves=0.9)
    assert found.pools.factor[0].tolist() == pytest.approx([1.8, 1.0])
    assert found.pools.rate[0, :, 0].tolist() == [round(65536 / 1.8), 65536]
    assert moves.resolves[0].tolist() == pytest.approx([0.72, 0.8])


def test_nobody_resolves_more_than_everything():
    assert spoken(resolves="x1.5")[1].resolves[0, 0] == 1.0


@given(order=st.permutations(["calls", "chats", "mails"]), pools=st.permutations(["care", "desk"]))
def test_reordering_the_file_moves_no_move(order: list[str], pools: list[str]):
    recontact = {"delay": SOON}
    types = {name: {**TYPES[name], "recontact": recontact} for name in order}
    passing = {
        "care": pool(calls={"transfer": {"to": "mails", "probability": "20%"}}, chats={}, mails={}),
        "desk": pool(chats={"transfer": {"to": "calls", "probability": "10%"}}),
    }
    found = moving(types, pools={name: passing[name] for name in pools})
    assert told(found) == [
        ("RECONTACT", "calls", "calls", -1),
        ("TRANSFER", "calls", "mails", -1),
        ("RECONTACT", "chats", "chats", -1),
        ("TRANSFER", "chats", "calls", -1),
        ("RECONTACT", "mails", "mails", -1),
    ]
