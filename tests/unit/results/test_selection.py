"""Bids scored by hand, and what a run of two scenarios says of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pandas.testing import assert_frame_equal
from scipy.stats import t

import ccsim
from ccsim.model.selection import IN_ALL
from ccsim.report import html
from ccsim.report.facts import Facts
from ccsim.report.selection import Choice
from ccsim.results.columns import COLUMNS, frame
from ccsim.results.selection import differences, requirements, selection, weights
from tests.small_bids import COST, SERVICE, asked, bid, record
from tests.small_cases import GIVE_OR_KEEP

LUCK = np.array([-6.0, 4.0, 2.0, -4.0, 8.0, -2.0, 6.0, -8.0])
FRAMES = ("selection", "selection_requirements", "selection_differences", "selection_weights")


def points(found, candidate, criterion=IN_ALL, column="points"):
    rows = found[(found["candidate"] == candidate) & (found["criterion"] == criterion)]
    assert len(rows) == 1
    return rows[column].iloc[0]


def test_points_are_weight_times_the_way_between_the_anchors():
    """150 is half way from 200 to 100: 30 of 60 points; 80 % three quarters of the way from 50 to 90 %: 30 of 40."""
    found = selection(record(asked(), bid("a", 150 + LUCK, 800 + LUCK)))
    assert points(found, "a", "cost") == pytest.approx(30)
    assert points(found, "a", "service") == pytest.approx(30)
    assert points(found, "a") == pytest.approx(60)
    assert points(found, "a", column="rank") == 1


def test_points_are_those_of_the_estimate_not_means_of_the_replications_points():
    """Months of 100 and of 340 cost 220 on average, which is beyond the worst: no points, though half had all."""
    found = selection(record(asked(), bid("a", [100.0, 340.0] * 4)))
    assert points(found, "a", "cost") == 0


def test_a_deviation_is_that_between_replications():
    of = asked({"risk": {**COST, "weight": "100%", "statistic": "deviation", "best": "0 USD", "worst": "10 USD"}})
    found = selection(record(of, bid("a", 500 + LUCK / 2)))
    assert points(found, "a", "risk", "mean") == pytest.approx(np.std(LUCK / 2, ddof=1))
    assert points(found, "a") == pytest.approx(100 * (1 - np.std(LUCK / 2, ddof=1) / 10))


@pytest.mark.parametrize("replications", [1, 2, 4])
def test_few_replications_have_points_but_no_intervals(replications):
    """Only a deviation needs two of them to be one."""
    of = asked({"cost": COST, "risk": {**COST, "weight": "40%", "statistic": "deviation", "worst": "300 USD"}})
    both = record(of, bid("a", 150 + LUCK[:replications]), bid("b", 190 + LUCK[:replications]))
    found = selection(both)
    assert points(found, "a", "cost") == pytest.approx(60 * (50 - LUCK[:replications].mean()) / 100)
    assert math.isnan(points(found, "a")) == (replications == 1)
    assert found[["points_low", "points_high"]].isna().all(axis=None)
    assert set(differences(both)["verdict"]) <= {"not distinguishable"}


def test_the_worst_of_costs_are_the_dearest_and_of_service_the_lowest():
    """Of eight replications a quarter are two."""
    of = asked({"cost": {**COST, "statistic": "worst 25%"}, "service": {**SERVICE, "statistic": "worst 25%"}})
    found = selection(record(of, bid("a", 150 + LUCK, 800 + LUCK)))
    assert points(found, "a", "cost", "mean") == pytest.approx(150 + (8 + 6) / 2)
    assert points(found, "a", "service", "mean") == pytest.approx(0.8 - (8 + 6) / 2 / 1000)


def test_a_tail_of_fewer_than_five_replications_has_no_interval_and_decides_nothing():
    """A quarter of eight is two: points, but nothing that says how sure they are; of forty it is ten."""
    of = asked({"cost": {**COST, "weight": "100%", "statistic": "worst 25%"}})
    few = record(of, bid("a", 150 + LUCK), bid("b", 190 + LUCK))
    assert math.isnan(points(selection(few), "a", column="points_low"))
    assert differences(few)["verdict"].tolist() == ["not distinguishable"]
    many = record(of, bid("a", np.tile(150 + LUCK, 5)), bid("b", np.tile(190 + LUCK, 5)))
    assert points(selection(many), "a", column="points_low") < points(selection(many), "a")
    assert differences(many)["verdict"].tolist() == ["lower"]


def test_the_interval_of_points_is_that_of_the_mean_where_points_are_a_straight_line_in_it():
    """The jackknife of a mean is the t interval; a point is 100 / 60 USD here."""
    found = selection(record(asked(), bid("a", 150 + LUCK)))
    half = t.ppf(0.975, 7) * np.std(LUCK, ddof=1) / math.sqrt(8) * 60 / 100
    assert points(found, "a", column="points_high") - points(found, "a") == pytest.approx(half)
    assert points(found, "a") - points(found, "a", column="points_low") == pytest.approx(half)


def test_leads_are_paired_so_that_common_luck_cancels():
    """Both vary by 6 USD and more, but one is always 5 cheaper: 3 points, to the last digit."""
    found = differences(record(asked(), bid("dear", 155 + LUCK), bid("cheap", 150 + LUCK)))
    row = found.iloc[0]
    assert (row["a"], row["b"], row["verdict"]) == ("dear", "cheap", "higher")
    assert [row["mean"], row["low"], row["high"]] == pytest.approx([3, 3, 3])


def test_intervals_of_all_pairs_hold_together():
    """Three pairs: each interval is that of 1 - 5 % / 3."""
    three = [bid("a", 150 + LUCK), bid("b", 150 - LUCK), bid("c", 160 + np.roll(LUCK, 1))]
    row = differences(record(asked(), *three)).iloc[0]
    half = t.ppf(1 - 0.05 / 6, 7) * np.std(2 * LUCK, ddof=1) / math.sqrt(8) * 0.6
    assert row["high"] - row["mean"] == pytest.approx(half)


LIMIT = {"measure": "total_cost", "at_most": "152 USD"}


def test_a_bid_that_misses_a_requirement_is_out_however_many_points_it_has():
    """The other one is first, and no weights could bring the first one back."""
    of = asked(requirements={"budget": LIMIT})
    dear = record(of, bid("dear", 160 + LUCK, 890.0), bid("cheap", 140 + LUCK, 700.0))
    found = selection(dear)
    assert points(found, "dear") > points(found, "cheap")
    assert math.isnan(points(found, "dear", column="rank"))
    assert points(found, "cheap", column="rank") == 1
    assert weights(dear)[["low", "high"]].to_numpy().tolist() == [[0, 1], [0, 1]]


def test_a_requirement_tells_how_often_it_is_missed():
    """On average 150 of at most 152; five of eight replications are dearer or not, by hand."""
    row = requirements(record(asked(requirements={"budget": LIMIT}), bid("a", 150 + LUCK))).iloc[0]
    assert (row["limit"], row["at"], row["verdict"]) == ("at_most", 152.0, "undecided")
    assert row["missed"] == pytest.approx(np.mean(LUCK > 2))
    assert row["missed_low"] < row["missed"] < row["missed_high"]


@pytest.mark.parametrize(("in_time", "verdict"), [(900.0, "met"), (600.0, "missed"), (752.0, "undecided")])
def test_a_requirement_is_met_or_missed_if_the_whole_interval_says_so(in_time, verdict):
    of = asked(requirements={"service": {"measure": "service_level", "contact_type": "calls", "at_least": "75%"}})
    assert requirements(record(of, bid("a", 150.0, in_time + LUCK)))["verdict"].tolist() == [verdict]


def test_a_bid_without_a_value_has_neither_points_nor_a_rank():
    """Nobody knows what it costs; what is required of that is not shown either."""
    unpriced = bid("unpriced", 150 + LUCK)
    cost, _ = unpriced.of(unpriced.keys[0])
    free = bid("unpriced", 150 + LUCK)
    free.of = {free.keys[0]: (cost, np.zeros(8)), free.keys[1]: unpriced.of(unpriced.keys[1])}.__getitem__
    both = record(asked(requirements={"budget": LIMIT}), free, bid("priced", 150 + LUCK))
    found = selection(both)
    assert math.isnan(points(found, "unpriced"))
    assert math.isnan(points(found, "unpriced", column="rank"))
    assert points(found, "priced", column="rank") == 1
    assert requirements(both).set_index("candidate").loc["unpriced", "verdict"] == "undecided"
    assert differences(both).empty


def test_a_point_is_worth_what_weights_and_anchors_say_together():
    """100 USD are 60 points, 40 percentage points of service 40."""
    found = weights(record(asked(), bid("a", 150 + LUCK)))
    assert found["point"].tolist() == pytest.approx([100 / 60, 0.01])
    assert found["unit"].tolist() == ["USD", "share"]


def test_whoever_would_be_first_beyond_a_range_is_named():
    """Cheap leads by cost (0.8 to 0.5), good by service (0.9 to 0.5): level at 0.3 t = 0.4 (1 - t)."""
    both = record(asked(), bid("cheap", 120.0 + LUCK, 700.0), bid("good", 150.0 + LUCK, 860.0))
    cost = weights(both).iloc[0]
    assert cost["low"] == pytest.approx(4 / 7)
    assert (cost["high"], cost["below"], cost["above"]) == (1.0, "good", "")


def test_only_candidates_compete_and_never_what_nobody_can_choose():
    """Named ones; of a sweep all; without names all but yardsticks."""
    all_of = [bid(name, 150 + LUCK) for name in ("a", "b | x=1", "b | x=2", "yardstick")]
    named = selection(record(asked(candidates=("b",)), *all_of))
    assert named["candidate"].unique().tolist() == ["b | x=1", "b | x=2"]
    unnamed = selection(record(asked(), *all_of, what_ifs=frozenset({"yardstick"})))
    assert unnamed["candidate"].unique().tolist() == ["a", "b | x=1", "b | x=2"]


ASKED = """
selection:
  criteria:
    cost: {weight: 60%, measure: total_cost, best: 500 USD, worst: 3000 USD}
    service: {weight: 40%, measure: service_level, contact_type: phone, best: 100%, worst: 50%}
  requirements:
    abandoned: {measure: abandonment_rate, contact_type: phone, at_most: 30%}
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    file = tmp_path_factory.mktemp("bids") / "bids.yaml"
    begin, end = GIVE_OR_KEEP.index("business_case:"), GIVE_OR_KEEP.index("contact_types:")
    text = GIVE_OR_KEEP[:begin] + ASKED + GIVE_OR_KEEP[end:]
    file.write_text(text.replace("weeks: 1,", "days: 1,"), encoding="utf-8")
    return ccsim.run(file, workers=1)


def test_a_run_scores_its_scenarios_by_what_it_measures(run):
    """Estimates and intervals are those of the summary."""
    found, summary = run.selection(), run.summary().set_index(["scenario", "name", "measure"])
    for name in run.scenarios:
        for criterion, key in (("cost", (name, "", "total_cost")), ("service", (name, "phone", "service_level"))):
            for column in ("mean", "low", "high"):
                assert points(found, name, criterion, column) == pytest.approx(summary.loc[key, column], nan_ok=True)


def test_frames_of_a_selection_come_back_from_disk(run, tmp_path):
    run.save(tmp_path)
    again = ccsim.Results.load(tmp_path)
    for name in FRAMES:
        assert len(getattr(run, name)()) > 0
        assert_frame_equal(getattr(again, name)(), getattr(run, name)(), check_dtype=False)


def test_the_page_of_a_run_begins_with_who_wins(run):
    """Among the first sentences, and again with all that it hangs on."""
    page, winner = html(run, []), Choice(Facts(run)).winner()
    assert page.index(winner) < page.index("What the choice hangs on") < page.rindex(winner)
    assert "What the choice hangs on" not in html(without_selection(run), [])


def without_selection(run):
    """The same tables of an experiment that selects nothing."""
    tables = {name: getattr(run, name) for name in ("summary", "intervals", "comparisons", "targets", "costs")}
    empty = {name: (lambda name=name: frame(name, [])) for name in COLUMNS}
    return ccsim.Results(run.manifest, {**empty, **tables}, {})
