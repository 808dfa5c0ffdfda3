"""How much of the penalties is due to the client's forecast error: scenarios that are the same but for what comes."""

from __future__ import annotations

import numpy as np
import pytest
from pandas.testing import assert_frame_equal
from scipy.stats import t as student

import ccsim
from tests.small_contract import SMALL_CONTRACT

SCENARIOS = """\
scenarios:
  usual: {}
  surprised: {change: {contact_types: {phone: {demand: {actual: x1.4, forecast_error: {cv: 10%, per: month}}}}}}
  right: {extends: surprised, what_if: right_forecast}
  dearer: {extends: surprised, change: {contracts: {care: {price: [{per: month, rate: 20000 PHP}]}}}}
  if dearer: {extends: dearer, what_if: right_forecast}
  lonely: {extends: surprised, change: {pools: {newark: {staffing: 3}}}}
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """The desk and its provider, whom more customers call than forecast; a morning, five replications."""
    text = SMALL_CONTRACT.replace("days: 3", "days: 1").replace("replications: 6", "replications: 5")
    text = text.replace("rate: 20 per hour", 'rate: 20 per hour, ends: "2026-03-30 08:00"')
    file = tmp_path_factory.mktemp("errors") / "surprised.yaml"
    file.write_text(text.partition("scenarios:")[0] + SCENARIOS, encoding="utf-8")
    return ccsim.run(file, workers=1)


def test_scenarios_belong_together_that_differ_in_what_comes_alone(results):
    """With the same contracts, pools and forecast; nobody has the forecast of the lonely one right."""
    found = results.forecast_error()
    assert found[["scenario", "right"]].drop_duplicates().to_numpy().tolist() == [
        ["surprised", "usual"],
        ["dearer", "if dearer"],
    ]
    assert found["term"].tolist() == ["phone service level", ""] * 2


def test_what_comes_if_the_forecast_is_right_is_what_comes_without_an_error(results):
    """Not a call, not a cent is different from a scenario that never had one."""
    sums = results.sums().set_index("scenario")
    usual, right = (sums.loc[name].reset_index(drop=True) for name in ("usual", "right"))
    assert_frame_equal(usual, right)


def test_what_is_due_is_the_paired_difference_of_the_penalties(results):
    """Penalties of each replication in PHP; the intervals of all four rows hold together."""
    row = results.forecast_error().query("scenario == 'surprised' and term == ''").iloc[0]
    each = results.billed().pivot_table(index="replication", columns="scenario", values="penalty")
    apart = (each["surprised"] - each["usual"]) / 0.0175
    assert row["mean"] == pytest.approx(row["penalty"] - row["penalty_right"], abs=0.011)
    assert row["mean"] == pytest.approx(apart.mean(), abs=1)
    half = student.ppf(1 - 0.05 / 4 / 2, 4) * np.std(apart, ddof=1) / 5**0.5
    assert [row["low"], row["high"]] == pytest.approx([apart.mean() - half, apart.mean() + half], abs=1)
    assert row["verdict"] == ("higher" if row["low"] > 0 else "not distinguishable")


def test_tables_of_penalties_come_back_from_disk(results, tmp_path):
    """Also what is empty, and amounts that happen to be whole."""
    loaded = ccsim.Results.load(results.save(tmp_path / "run"))
    for table in ("penalties", "forecast_error", "billed"):
        assert_frame_equal(getattr(loaded, table)(), getattr(results, table)())
