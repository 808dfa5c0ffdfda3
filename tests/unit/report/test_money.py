"""The block of costs: what terminal and page say is what the frames of money say, and nothing where no books are."""

from __future__ import annotations

import re
from decimal import Decimal
from io import StringIO

import pytest
from rich.console import Console

import ccsim
from ccsim.report import html, prices, terminal
from ccsim.report.facts import Facts
from ccsim.report.money import Money, changes
from ccsim.report.numbers import money
from tests.small_contract import SMALL_CONTRACT, small_contract
from tests.small_run import small_run


def told(results, tell=terminal, width=120):
    file = StringIO()
    tell(results, Console(file=file, width=width))
    return file.getvalue()


@pytest.fixture(scope="module")
def block():
    text = told(small_contract())
    return text[text.index("Who pays whom") : text.index("Somebody is on duty")]


def amounts(block, title):
    """The second column of the rows under a title: what the scenario with the provider pays."""
    rows = block.split(title)[1].splitlines()[1:]
    found = {}
    for row in rows:
        if not row.startswith("  "):
            break
        label, *cells = re.split(r"\s{2,}", row.strip())
        found[label] = Decimal(cells[-1].split(" (")[0].replace(",", "")) if cells[-1] != "-" else Decimal(0)
    return found


def test_what_is_printed_adds_up_to_the_cent(block):
    client = amounts(block, "client, own sites") | amounts(block, "client to acme (care)")
    assert sum(client.values()) == amounts(block, "client in all")["pays"]
    assert client["penalty"] < 0
    own = amounts(block, "acme, own sites")
    last = amounts(block, "acme in all")
    assert sum(own.values()) == last["pays"]
    paid = amounts(block, "client to acme (care)")
    assert sum(paid.values()) - paid["spread"] - last["pays"] == last["margin: what it keeps"]


def test_the_block_says_what_one_of_each_costs_what_is_missing_and_how_terms_were_kept(block):
    assert re.search(r"per answered contact +\d\.\d\d \(\d", block)
    assert re.search(r"per resolution +\d", block)
    assert "Not counted: newark: holiday pay, equipment" in block
    assert "Amounts per month are counted in part: 2026-03 for 2 of its 31 days" in block
    assert re.search(r"care: phone service level +90\.0 %", block)


def test_what_nobody_pays_has_no_row(block):
    assert "overtime" not in block


def test_a_run_without_books_says_nothing_of_payers():
    assert "Who pays whom" not in told(small_run())
    assert "Who pays whom" not in html(small_run(), [])
    assert not Money(Facts(small_run())).exists


def test_the_page_has_the_same_amounts(block):
    page = html(small_contract(), [])
    assert "Who pays whom for what" in page
    assert "How service-level terms were kept" in page
    for amount in amounts(block, "client to acme (care)").values():
        assert f">{amount:,}" in page


def test_the_headline_weighs_all_that_the_client_pays():
    """Labor of a provider is no cost of the client."""
    results = small_contract()
    assert Facts(results).cost == "total_cost"
    assert "paid by the client in all" in html(results, [])
    assert Facts(small_run()).cost == "labor_cost"


def test_prices_alone_are_costs_and_their_differences():
    """After repricing nobody needs to read of service again: it is as it was."""
    text = told(small_contract(), lambda results, console: prices(results, results, console))
    assert "Who pays whom for what" in text
    assert "total cost [USD]" in text
    assert "Erlang C" not in text
    assert "service level  " not in text.split("Differences")[1]


def test_of_many_scenarios_sums_alone_are_told(tmp_path):
    """Four columns of amounts would not fit a screen."""
    file = tmp_path / "sweep.yaml"
    sweep = "  helped: {pools: [newark, manila], sweep: {pools.manila.staffing: [1, 2, 3, 4]}}"
    file.write_text(SMALL_CONTRACT.replace("  helped: {pools: [newark, manila]}", sweep), encoding="utf-8")
    text = told(ccsim.run(file, workers=1, replications=2))
    assert "What the client pays in all, in USD" in text
    assert "helped (staffing=4)" in text
    assert "Not counted: newark" in text


def test_a_provider_of_whose_costs_nothing_is_known_is_left_out_in_a_few_words(tmp_path):
    """A client does not know them; and a contract that is named like its provider is named once."""
    file = tmp_path / "unknown.yaml"
    known = "    wage: 320 PHP per hour\n    night: {from: 22:00, to: 06:00, add: 10%}\n    costs: {benefits: 20%}\n"
    text = SMALL_CONTRACT.replace(known, "").replace("  care:\n", "  acme:\n")
    file.write_text(text, encoding="utf-8")
    said = " ".join(told(ccsim.run(file, workers=1, replications=1)).split())
    assert "telecom, supervisors, quality, workforce, recruiting, training; what manila costs acme." in said
    assert "client to acme contacts" in said


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (1234.5, "USD", "1,234.50"),
        (-0.004, "USD", "-0.00"),
        (1234.0, "JPY", "1,234"),
        (1234.5, "TND", "1,234.500"),
        (float("nan"), "USD", "-"),
    ],
)
def test_amounts_have_the_digits_of_their_currency(amount, currency, text):
    assert money(amount, currency) == text


def test_work_that_nobody_pays_leaves_no_total_cost(tmp_path):
    """A provider without a contract would be free, and win every comparison."""
    file = tmp_path / "free.yaml"
    text = SMALL_CONTRACT.replace(
        "helped: {pools: [newark, manila]}", "helped: {pools: [newark, manila], contracts: []}"
    )
    file.write_text(text, encoding="utf-8")
    results = ccsim.run(file, workers=1, replications=2)
    costs = results.summary().query("measure.str.startswith('total_cost')").set_index(["scenario", "measure"])["mean"]
    assert costs["helped"].isna().all()
    assert costs["alone"].notna().all()
    text = " ".join(told(results).split())
    assert "Of helped there is no total cost, since nobody pays for some of the work." in text
    assert "acme: contract" in text


def test_under_other_contracts_the_difference_is_paired(tmp_path):
    """On the same work a price that is half as high again adds half the fees, in every replication."""
    file = tmp_path / "dearer.yaml"
    file.write_text(SMALL_CONTRACT.replace("150.25 PHP", "225.375 PHP"), encoding="utf-8")
    before, now = small_contract(), ccsim.run(file, workers=1)
    alone, helped = changes(before, now)
    assert (alone.scenario, alone.difference.mean, alone.difference.low) == ("alone", 0, 0)
    paid = before.costs().query("item == 'contacts'")["mean"].sum()
    assert helped.difference.mean == pytest.approx(paid / 2, rel=0.1)  # penalties and spread grow with the fees
    assert helped.difference.low > 0
    each = [of.sums().query("scenario == 'helped' and measure == 'total_cost'")["numerator"] for of in (before, now)]
    assert helped.difference.mean == pytest.approx((each[1] - each[0]).mean())
    assert "* +" in told(now, lambda results, console: prices(before, results, console))


def test_without_a_total_before_nothing_is_compared():
    assert changes(small_run(), small_run()) == []


def test_what_comes_beside_fees_and_lost_customers_stand_apart(tmp_path):
    """Own sites, fees, what comes with them, customers: spreads of fees and of strings are not mixed up."""
    file = tmp_path / "strings.yaml"
    beside = "strings: {acme: {governance: 900 USD per month, security: 9000 PHP per month}}"
    text = SMALL_CONTRACT.replace("scenarios:\n", f"{beside}\ncustomers: {{abandoned: 4 USD}}\nscenarios:\n")
    file.write_text(text, encoding="utf-8")
    found = {part.title: part.rows for part in Money(Facts(ccsim.run(file, workers=1, replications=2))).parts()}
    assert list(found) == [
        "client, own sites",
        "client to acme (care)",
        "client, beside the fees of acme",
        "client, lost customers",
        "client in all",
        "acme, own sites",
        "acme in all",
    ]
    assert [row.label for row in found["client, beside the fees of acme"]] == ["governance", "security", "spread"]
    assert [row.label for row in found["client, lost customers"]] == ["abandonment"]
