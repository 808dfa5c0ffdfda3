"""What experiments/total_cost_of_ownership.yaml ends in: a third less over three years, paid for within the first."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import ccsim

FILE = Path(__file__).parents[2] / "experiments" / "total_cost_of_ownership.yaml"
pytestmark = pytest.mark.slow


@cache
def results():
    return ccsim.run(FILE, replications=5, workers=1)


def test_the_provider_costs_a_third_less_over_three_years():
    """Present values, with everything that comes with the move."""
    rows = results().ownership().query("basis == 'present value'").set_index(["case", "group"])
    keep = rows.loc[("keep", "total"), "mean"]
    saved = rows.loc[("give away", "difference")]

    assert saved["high"] < 0
    assert saved["mean"] / keep == pytest.approx(-0.34, abs=0.02)
    assert rows.loc[("give away", "transition"), "mean"] == 210_000


def test_the_move_has_paid_for_itself_in_month_nine_and_earlier_if_agents_learn_faster():
    months = results().break_even_months().set_index("case")

    assert months["of_mean"].to_dict() == {"give away": 9.0, "give away at once": 5.0}
    assert (months["share"] == 1).all()


def test_it_would_take_half_the_wage_or_a_much_dearer_hour_to_lose_that():
    values = results().break_even().set_index(["case", "of"]).loc["give away"]

    assert values.loc["wage", "mean"] == pytest.approx(10.5, abs=0.2)
    assert values.loc["price", "mean"] == pytest.approx(1_256, abs=15)
    assert values.loc["exchange rate", "mean"] == pytest.approx(0.0297, abs=0.0004)


def test_no_number_within_its_range_makes_keeping_it_cheaper():
    """One week of two replications: what the wage at home and the price abroad do is far beyond chance."""
    found = ccsim.sensitivity(FILE, changes=["calendar.weeks=1"], replications=2)
    bars = found.tornado().query("outcome == 'difference' and case == 'give away'")

    assert len(bars) == 14
    assert (bars[["as_it_is", "at_low", "at_high"]] < 0).all(axis=None)
    assert bars["name"].tolist()[:3] == ["wage in Columbus", "price of an hour in Manila", "exchange rate"]
    assert set(found.break_even()["verdict"]) == {"none between"}
