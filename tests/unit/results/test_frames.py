"""Frames: columns as documented, rows in the order of the file, numbers that agree with each other."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from ccsim.measures.catalog import CATALOG
from ccsim.results.columns import COLUMNS
from ccsim.results.log_tables import LogTables
from ccsim.results.over_time import local_texts
from ccsim.results.results import SOME_RUNS

DOCS = Path(__file__).parents[3] / "docs" / "results.md"


def documented(table):
    """Column names in the section of docs/results.md that is named after the file."""
    section = DOCS.read_text(encoding="utf-8").split(f"## {table}.csv\n")[1].split("\n## ")[0]
    return [name for name in re.findall(r"^\| (\w+) \|", section, flags=re.M) if name != "column"]


@pytest.mark.parametrize("table", COLUMNS)
def test_columns_are_those_of_the_docs(results, table):
    frame = results.sums() if table == "replications" else getattr(results, table)()
    assert list(frame.columns) == documented(table)
    assert len(frame) > 0 or table in SOME_RUNS  # three days have no weeks, and a desk without costs no books


@pytest.mark.parametrize(("place", "table"), list(enumerate(LogTables._fields)))
def test_columns_of_the_log_are_those_of_the_docs(results, place, table):
    frame = results.log("in-house")[place]
    assert list(frame.columns) == documented(table)
    assert len(frame) > 0


def test_every_measure_stands_for_every_name_of_its_scopes(results):
    """A planner looks for a row and finds it, if only without a value; what a scenario does not use has no rows."""
    summary = results.summary()
    found = set(
        summary[summary["scenario"] == "offshore"][["scope", "name", "measure"]].itertuples(index=False, name=None)
    )
    names = {"contact_type": ["phone", "email", "calls-back"], "pool": ["manila-care"], "total": [""]}
    for measure in (one for one in CATALOG.values() if not one.needs):
        for scope in set(measure.scopes) & set(names):
            assert {(scope, name, measure.name) for name in names[scope]} <= found


def test_names_stand_in_the_order_of_the_file(results):
    """phone, email, calls-back, as the planner wrote them; not in that of the alphabet."""
    summary = results.summary()
    assert list(summary[summary["scope"] == "contact_type"]["name"].drop_duplicates()) == [
        "phone",
        "email",
        "calls-back",
    ]
    assert list(summary["scope"].drop_duplicates()) == ["contact_type", "pool", "site", "total"]
    assert list(summary["scenario"].drop_duplicates()) == ["in-house", "offshore"]


def test_summary_is_the_ratio_of_the_sums(results):
    """Whoever computes an estimate from replications.csv gets the one in summary.csv."""
    sums = results.sums().groupby(["scenario", "scope", "name", "measure"])[["numerator", "denominator"]].sum()
    summary = results.summary().set_index(["scenario", "scope", "name", "measure"])
    ratios = summary[summary["method"].isin(["jackknife of the logit", "jackknife of the logarithm"])]
    expected = sums.loc[ratios.index]
    assert len(ratios) > 50
    np.testing.assert_allclose(ratios["mean"], expected["numerator"] / expected["denominator"], rtol=1e-12)


def test_intervals_add_up_to_the_period(results):
    for measure in ("offered", "answered", "abandoned"):
        intervals, summary = results.intervals(), results.summary()
        total = intervals[(intervals["measure"] == measure) & (intervals["scope"] == "contact_type")]
        period = summary[(summary["measure"] == measure) & (summary["scope"] == "contact_type")]
        assert total["mean"].sum() == pytest.approx(period["mean"].sum())


def test_interval_starts_follow_the_clock_change(results):
    """6 to 8 March 2026 in New York are 71 hours: on the 8th, 01:30 is followed by 03:00."""
    phone = results.intervals().query("scenario == 'in-house' and name == 'phone' and measure == 'offered'")
    local = list(phone["interval_start_local"])
    assert len(phone) == 2 * 71
    assert local[local.index("2026-03-08T01:30:00-05:00") + 1] == "2026-03-08T03:00:00-04:00"
    assert str(phone["interval_start_utc"].iloc[0]) == "2026-03-06 05:00:00+00:00"


def test_pools_have_the_wall_clock_of_their_site(results):
    manila = results.intervals().query("scenario == 'offshore' and name == 'manila-care'")
    assert manila["interval_start_local"].iloc[0] == "2026-03-06T13:00:00+08:00"


def test_local_texts_of_zones_west_and_with_half_hours():
    starts = np.array([0, 3600])
    assert local_texts(starts, np.array([-12600, -12600])) == ["1969-12-31T20:30:00-03:30", "1969-12-31T21:30:00-03:30"]
    assert local_texts(starts, np.array([19800, 0])) == ["1970-01-01T05:30:00+05:30", "1970-01-01T01:00:00+00:00"]


def test_comparisons_are_of_the_means_and_wider_than_one_alone(results):
    """Pairs in the order of the file; emails have no abandonment and no row."""
    comparisons = results.comparisons()
    means = results.summary().set_index(["scenario", "name", "measure"])["mean"]
    for row in comparisons[comparisons["contact_type"] != ""].itertuples():
        expected = means[row.b, row.contact_type, row.measure] - means[row.a, row.contact_type, row.measure]
        assert row.mean == pytest.approx(expected)
    kept = list(comparisons[["measure", "contact_type"]].itertuples(index=False, name=None))
    assert ("abandonment_rate", "email") not in kept
    assert ("service_level", "calls-back") not in kept
    assert kept[-1] == ("labor_cost", "")
    assert comparisons.iloc[-1]["verdict"] == "lower"


def test_targets_are_those_declared_with_their_verdicts(results):
    targets = results.targets().set_index(["scenario", "contact_type"])
    assert list(targets.index) == [
        ("in-house", "phone"),
        ("in-house", "email"),
        ("offshore", "phone"),
        ("offshore", "email"),
    ]
    phone, email = targets.loc[("offshore", "phone")], targets.loc[("offshore", "email")]
    assert (phone["share"], phone["threshold_s"], phone["formula"]) == (0.8, 20, "offered")
    assert phone["verdict"] == "missed"
    assert (email["verdict"], email["replications_needed"]) == ("undecided", 59)


def test_hours_of_agents_add_up_to_those_of_their_pool(results):
    agents, summary = results.agents(), results.summary()
    for hours in ("paid_hours", "handling_hours", "overtime_hours"):
        pool = summary[(summary["scope"] == "pool") & (summary["measure"] == hours)].set_index("name")["mean"]
        assert agents.groupby("pool")[hours].sum().to_dict() == pytest.approx(pool.to_dict())


def test_frames_are_copies(results):
    """Whoever sorts or fills a frame changes it for nobody else."""
    mine = results.summary()
    mine["mean"] = 0.0
    assert results.summary()["mean"].sum() > 0
