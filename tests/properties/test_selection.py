"""Scores of any bids: what must hold whoever else bids, in whatever currency, under whatever weights."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.analysis.scoring import stays_first, worst_mean
from ccsim.model.selection import IN_ALL
from ccsim.results.selection import selection
from tests.small_bids import COST, SERVICE, asked, bid, record

REPLICATIONS = 6
costs = st.lists(st.floats(0, 300), min_size=REPLICATIONS, max_size=REPLICATIONS)
in_time = st.lists(st.floats(0, 1000), min_size=REPLICATIONS, max_size=REPLICATIONS)
bids = st.lists(st.tuples(costs, in_time), min_size=1, max_size=4)
weights = st.integers(1, 99)


def weighted(percent: int) -> dict[str, object]:
    return {"cost": {**COST, "weight": f"{percent}%"}, "service": {**SERVICE, "weight": f"{100 - percent}%"}}


@settings(max_examples=20)
@given(bids, st.tuples(costs, in_time))
def test_another_bid_never_changes_the_points_of_the_others(before: list, another: tuple) -> None:
    """The paradox of relative scoring cannot happen: what a bid is given depends on itself alone."""
    some = [bid(f"bid {place}", *numbers) for place, numbers in enumerate(before)]
    alone = selection(record(asked(), *some))
    joined = selection(record(asked(), *some, bid("another", *another)))
    columns = ["points", "points_low", "points_high"]
    kept = joined[joined["candidate"] != "another"]
    assert np.array_equal(alone[columns].to_numpy(), kept[columns].to_numpy(), equal_nan=True)


@settings(max_examples=25)
@given(costs, in_time, weights)
def test_points_lie_between_0_and_100_and_add_up(cost: list, served: list, percent: int) -> None:
    found = selection(record(asked(weighted(percent)), bid("a", cost, served)))
    total, parts = found[found["criterion"] == IN_ALL].iloc[0], found[found["criterion"] != IN_ALL]
    assert 0 <= total["points"] <= 100 + 1e-9
    assert abs(parts["points"].sum() - total["points"]) < 1e-9
    assert (parts["points"] <= 100 * parts["weight"] + 1e-9).all()
    assert total["points_low"] <= total["points"] <= total["points_high"]


@settings(max_examples=25)
@given(costs, in_time, st.floats(0, 100), st.floats(0, 200))
def test_who_costs_less_and_serves_better_never_has_fewer_points(
    cost: list, served: list, saved: float, more: float
) -> None:
    better = bid("better", np.array(cost) - saved, np.minimum(np.array(served) + more, 1000.0))
    found = selection(record(asked(), bid("a", cost, served), better))
    total = found[found["criterion"] == IN_ALL].set_index("candidate")["points"]
    assert total["better"] >= total["a"] - 1e-9


@settings(max_examples=25)
@given(costs, st.sampled_from([Fraction(1, 4), Fraction(3), Fraction(57)]))
def test_a_currency_is_as_good_as_another_one(cost: list, rate: Fraction) -> None:
    """Money and its anchors alike."""
    one = asked({"cost": {**COST, "weight": "100%"}})
    anchors = {key: f"{float(amount * rate)} USD" for key, amount in (("best", 100), ("worst", 200))}
    other = asked({"cost": {**COST, "weight": "100%", **anchors}})
    here = selection(record(one, bid("a", cost)))["points"]
    there = selection(record(other, bid("a", np.array(cost) * float(rate))))["points"]
    assert np.allclose(here, there)


scores = st.integers(2, 4).flatmap(
    lambda count: st.lists(
        st.lists(st.integers(0, 20).map(lambda n: n / 20), min_size=3, max_size=3), min_size=count, max_size=count
    )
)


@given(scores, st.tuples(weights, weights, weights), st.integers(0, 2), st.floats(0, 1))
def test_inside_its_range_the_first_bid_is_first_and_outside_it_is_not(
    given_scores: list, parts: tuple, criterion: int, at: float
) -> None:
    """Any weight that is tried agrees with the ends that were solved for."""
    table, share = np.array(given_scores), np.array(parts) / sum(parts)
    first = int(np.argmax(table @ share))
    found = stays_first(table, share, criterion)
    rest = 1 - share[criterion]
    tried = share * (1 - at) / rest
    tried[criterion] = at
    lead = (table @ tried)[first] - np.delete(table @ tried, first).max()
    if found.low + 1e-9 < at < found.high - 1e-9:
        assert lead >= -1e-9
    elif not found.low - 1e-9 <= at <= found.high + 1e-9:
        assert lead < 1e-9


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30), st.floats(0.01, 0.99))
def test_the_worst_share_is_no_better_than_the_mean_and_no_worse_than_the_worst(values: list, share: float) -> None:
    some = np.array(values)
    slack = 1e-9 * (1 + np.abs(some).max())
    assert some.mean() - slack <= worst_mean(some, share, highest=True) <= some.max() + slack
    assert some.min() - slack <= worst_mean(some, share, highest=False) <= some.mean() + slack
