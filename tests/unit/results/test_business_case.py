"""Frames of a business case: they add up to the cent, and another run at a break-even value breaks even."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pandas.testing import assert_frame_equal

import ccsim
from ccsim.results.business_case import PAID, PRESENT_VALUE
from tests.small_cases import GIVE_OR_KEEP

FRAMES = ("ownership", "ownership_months", "break_even_months", "break_even")


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """Run a variant of the file: pairs of what is written and what stands there instead."""

    def ran(*changes):
        text = GIVE_OR_KEEP
        for written, instead in changes:
            assert written in text
            text = text.replace(written, instead)
        file = tmp_path_factory.mktemp("case") / "case.yaml"
        file.write_text(text, encoding="utf-8")
        return ccsim.run(file, workers=1)

    return ran


@pytest.fixture(scope="module")
def usual(case):
    return case()


def amounts(results, **of):
    """Means by group, exactly as printed."""
    rows = results.ownership()
    for column, value in of.items():
        rows = rows[rows[column] == value]
    return {group: Decimal(f"{mean:.2f}") for group, mean in zip(rows["group"], rows["mean"], strict=True)}


@pytest.mark.parametrize("name", ["keep", "give"])
@pytest.mark.parametrize("basis", [PAID, PRESENT_VALUE])
def test_groups_add_up_to_the_total_to_the_cent(usual, name, basis):
    found = amounts(usual, case=name, basis=basis)
    found.pop("difference", None)
    total = found.pop("total")

    assert len(found) >= 3
    assert sum(found.values()) == total


def test_the_difference_is_that_of_the_totals(usual):
    """Paired, with an interval in which it lies."""
    keep, give = (amounts(usual, case=name, basis=PRESENT_VALUE) for name in ("keep", "give"))
    row = usual.ownership().query("group == 'difference' and basis == @PRESENT_VALUE").iloc[0]

    assert give["difference"] == give["total"] - keep["total"]
    assert row["low"] < row["mean"] < row["high"]


def test_the_last_month_has_paid_for_everything(usual):
    months = usual.ownership_months()
    for name in ("keep", "give"):
        own = months[months["case"] == name]
        totals = {basis: float(amounts(usual, case=name, basis=basis)["total"]) for basis in (PAID, PRESENT_VALUE)}
        assert own["mean"].iloc[-1] == pytest.approx(totals[PRESENT_VALUE], abs=0.05)
        assert own["paid"].sum() == pytest.approx(totals[PAID], abs=0.2)


@pytest.mark.slow
def test_another_run_at_the_break_even_wage_costs_the_same(usual, case):
    """The wage in the file is replaced by the solution; lines of a week are rounded to cents, which months repeat."""
    found = usual.break_even().query("of == 'wage'").iloc[0]
    again = case(("25 USD per hour", f"{found['mean']:.8f} USD per hour"))
    difference = float(amounts(again, case="give", basis=PRESENT_VALUE)["difference"])
    before = float(amounts(usual, case="give", basis=PRESENT_VALUE)["difference"])

    assert abs(before) > 10_000
    assert abs(difference) < 24 * (365.25 / 12 / 7) * 0.005 * 10


def test_a_provider_breaks_even_once_its_set_up_is_paid(usual):
    """From the mean path by hand: the first month from which on giving away has cost no more."""
    months = usual.ownership_months().pivot(index="month", columns="case", values="mean")
    cheaper = (months["give"] <= months["keep"] + 0.005).to_numpy()
    first = max(month for month in range(24) if not cheaper[month]) + 2

    assert usual.break_even_months()["of_mean"].iloc[0] == first
    assert 2 < first < 24


def test_an_exchange_clause_has_no_break_even_rate(usual, case):
    """Beyond its dead band the clause moves the charges, too: costs are no straight line in the rate."""
    clause = "currency: PHP, exchange: {currency: USD, baseline: 57, dead_band: 2%, share: 50%}"

    assert "exchange rate" in set(usual.break_even()["of"])
    assert "exchange rate" not in set(case(("currency: PHP", clause)).break_even()["of"])


def test_a_case_with_unpaid_work_has_no_rows(case):
    """A provider without a contract works for nothing: that would win."""
    begin, end = GIVE_OR_KEEP.index("contracts:"), GIVE_OR_KEEP.index("strings:")
    found = case((GIVE_OR_KEEP[begin:end], ""), ("    governance: 5%\n", ""))

    assert set(found.ownership()["case"]) == {"keep"}
    assert found.break_even().empty


def test_without_a_business_case_there_are_no_tables(case, tmp_path):
    begin, end = GIVE_OR_KEEP.index("business_case:"), GIVE_OR_KEEP.index("contact_types:")
    found = case((GIVE_OR_KEEP[begin:end], ""))
    found.save(tmp_path)

    assert all(getattr(found, name)().empty for name in FRAMES)
    assert not any((tmp_path / f"{name}.csv").exists() for name in FRAMES)


def test_tables_come_back_from_disk(usual, tmp_path):
    usual.save(tmp_path)
    again = ccsim.Results.load(tmp_path)
    for name in FRAMES:
        assert_frame_equal(getattr(again, name)(), getattr(usual, name)(), check_dtype=False)
