"""Frames of money: they add up to the cent, and say what the books of the replications say."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

import ccsim
from ccsim.money.ledger import CLIENT, rounded
from ccsim.results.money import MARGIN, TOTAL
from ccsim.results.record import Record
from ccsim.runner import replication, running
from tests.small_books import PHP, RATE, SEATS, small_books, with_contract
from tests.small_desk import SMALL_DESK

START = "start: 2026-03-30, days: 3"
"""Two days of March and one of April."""


@pytest.fixture(scope="module")
def paid(tmp_path_factory):
    """The small desk with books, and the record that its frames are made of."""
    file = tmp_path_factory.mktemp("desk") / "desk.yaml"
    file.write_text(SMALL_DESK.replace("start: 2026-03-06, days: 3", START), encoding="utf-8")
    records = []

    def kept(*parts):
        records.append(Record(*parts))
        return records[-1]

    plan = running.plan
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replication, "books", small_books)
        patch.setattr(running, "plan", lambda *asked: with_contract(plan(*asked)))
        patch.setattr(running, "Record", kept)
        results = ccsim.run(file, workers=1)
        for name in ("costs", "invoices", "terms", "summary", "comparisons"):
            getattr(results, name)()
    return results, records[-1]


def rows(frame, **wanted):
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    return frame


def exact(numbers):
    """Money as it is printed, exactly."""
    return sum((Decimal(str(number)) for number in numbers), Decimal(0))


def test_what_a_party_pays_is_the_sum_of_its_printed_lines(paid):
    """To the cent, as printed: means of lines are rounded, totals are sums of these."""
    costs = paid[0].costs()
    for scenario in ("in-house", "offshore"):
        for payer in (CLIENT, "acme"):
            own = rows(costs, scenario=scenario, payer=payer)
            lines = own[~own["item"].isin([TOTAL, MARGIN])]
            assert exact(lines["mean"]) == exact(rows(own, item=TOTAL)["mean"])
            assert len(rows(own, item=TOTAL)) == 1


def test_margin_is_what_a_provider_is_paid_less_what_it_pays(paid):
    """The client's cost of changing money is nobody's income."""
    costs = rows(paid[0].costs(), scenario="offshore")
    income, spent = exact(rows(costs, payee="acme")["mean"]), exact(rows(costs, payer="acme", item=TOTAL)["mean"])
    assert exact(rows(costs, payer="acme", item=MARGIN)["mean"]) == income - spent
    assert income > spent > 0
    assert rows(costs, payer=CLIENT, item=MARGIN).empty


def test_an_invoice_is_the_sum_of_its_printed_lines_in_its_currency(paid):
    invoices = rows(paid[0].invoices(), scenario="offshore", contract="care")
    assert list(invoices["month"].unique()) == ["2026-03", "2026-04"]
    assert set(invoices["currency"]) == {"PHP"}
    for _, month in invoices.groupby("month"):
        assert list(month["item"]) == ["contact", "penalty", TOTAL]
        assert exact(month["mean"][:-1]) == exact(month["mean"][-1:])
        assert math.isnan(month["quantity"].iloc[-1])


def test_a_line_is_the_mean_of_the_replications_rounded_once(paid):
    """Counted again from the sums: contacts x rate, each replication and month to the cent."""
    results, record = paid
    books = [one.books.ledger for one in record.finished["offshore"]]
    line = rows(results.costs(), scenario="offshore", item="contact")
    assert len(line) == 1
    at = [place for place, line in enumerate(books[0].lines) if line.item == "contact"]
    cents = [sum(int(ledger.amount[place]) for place in at) for ledger in books]
    assert Decimal(str(line["mean"].iloc[0])) == Decimal(rounded(Fraction(sum(cents), len(cents)))) / 100
    for ledger in books:
        for place in at:
            billed = rounded(Fraction(int(ledger.quantity[place])) * RATE * 100)
            assert ledger.invoiced[place] == billed
            assert ledger.amount[place] == rounded(billed * PHP)


def test_total_cost_is_a_measure_like_any_other(paid):
    """In the summary with its interval, per answered contact, handled minute, resolution and productive hour."""
    results = paid[0]
    summary = rows(results.summary(), scenario="offshore", scope="total").set_index("measure")
    total = rows(results.costs(), scenario="offshore", payer=CLIENT, item=TOTAL).iloc[0]
    assert summary.loc["total_cost", "mean"] == pytest.approx(total["mean"], abs=0.05)
    assert summary.loc["total_cost", "low"] == pytest.approx(total["low"], abs=0.01)
    assert summary.loc["total_cost", "method"] == "jackknife of the logarithm"
    for measure, over in (
        ("total_cost_per_answered", summary.loc["answered", "mean"]),
        ("total_cost_per_resolution", summary.loc["answered", "mean"]),
        ("total_cost_per_productive_hour", summary.loc["available_hours", "mean"]),
    ):
        assert summary.loc[measure, "mean"] == pytest.approx(summary.loc["total_cost", "mean"] / over)
    sums = rows(results.sums(), scenario="offshore", measure="handle_time_mean_s", scope="contact_type")
    minutes = sums["numerator"].sum() / 60 / results.replications
    expected = summary.loc["total_cost", "mean"] / minutes
    assert summary.loc["total_cost_per_handled_minute", "mean"] == pytest.approx(expected)


def test_what_is_alike_in_all_replications_has_no_interval(paid):
    """Seats: 420.005 USD in each of two months, each rounded to 420.01."""
    seats = rows(paid[0].costs(), scenario="in-house", item="seats").iloc[0]
    assert (seats["mean"], SEATS) == (840.02, Fraction("420.005"))
    assert math.isnan(seats["low"])


def test_terms_say_how_often_months_are_missed_and_what_that_costs(paid):
    results, record = paid
    for scenario in ("in-house", "offshore"):
        term = rows(results.terms(), scenario=scenario).iloc[0]
        scores = [one.books.scores for one in record.finished[scenario]]
        met = np.array([one.met for one in scores])
        assert term["missed"] == pytest.approx((met == 0).mean())
        assert term["value"] == pytest.approx(
            sum(one.numerator.sum() for one in scores) / sum(one.denominator.sum() for one in scores)
        )
        assert term["credit"] == pytest.approx(-1000 * (met == 0).sum() / len(met), abs=0.005)
        assert term["credit_worst"] == -1000 * (met == 0).sum(axis=1).max()
        assert term["credit_low"] <= term["credit"] <= term["credit_high"] or math.isnan(term["credit_low"])
        assert math.isnan(term["periods_missed"])
        assert term["low"] <= term["missed"] <= term["high"]
        worst = ["2026-03", "2026-04"].index(term["worst_month"])
        assert term["worst_month_missed"] == (met == 0).mean(axis=0).max() == (met[:, worst] == 0).mean()


def test_tables_of_money_come_back_from_disk(paid, tmp_path):
    loaded = ccsim.Results.load(paid[0].save(tmp_path))
    for table in ("costs", "invoices", "terms"):
        assert_frame_equal(getattr(loaded, table)(), getattr(paid[0], table)())


def test_cents_are_printed_with_two_digits_at_most(paid, tmp_path):
    paid[0].save(tmp_path)
    for line in (tmp_path / "costs.csv").read_text(encoding="utf-8").splitlines()[1:]:
        for amount in line.split(",")[-4:-1]:
            assert len(amount.partition(".")[2]) <= 2


def test_a_run_without_books_writes_no_tables_of_money(results, tmp_path):
    results.save(tmp_path)
    assert not {"costs.csv", "invoices.csv", "terms.csv"} & {path.name for path in tmp_path.iterdir()}
    assert "total_cost" not in set(results.summary()["measure"])
