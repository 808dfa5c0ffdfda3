"""A business case on terminal and page: what is printed adds up, and says what it is made of."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from rich.console import Console

import ccsim
from ccsim.plots import cost_bridge, cumulative_cost
from ccsim.plots.pages import pages
from ccsim.plots.style import figure
from ccsim.report import answer, html, terminal
from ccsim.report.business_case import Ownership, even
from ccsim.report.facts import Facts
from tests.small_cases import GIVE_OR_KEEP


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    file = tmp_path_factory.mktemp("case") / "case.yaml"
    file.write_text(GIVE_OR_KEEP, encoding="utf-8")
    return ccsim.run(file, workers=1)


@pytest.fixture(scope="module")
def told(results):
    return Ownership(Facts(results))


@pytest.mark.slow
def test_the_printed_groups_add_up_in_every_case(told):
    """Groups of which nothing is paid anywhere are left out, and nothing else."""
    *groups, total, difference, paid = told.groups()
    for column in range(2):
        cells = [group.cells[column].mean for group in groups if group.cells[column].exists]
        assert sum(Decimal(f"{cell:.2f}") for cell in cells) == Decimal(f"{total.cells[column].mean:.2f}")
    assert [row.label for row in (total, difference, paid)] == ["in all", "more than keep", "in all, as it is paid"]
    assert not difference.cells[0].exists


def test_the_first_case_is_the_baseline(told):
    assert told.cases == ["keep", "give"]
    assert told.baseline == "keep"


def test_the_terminal_says_what_weeks_stand_for_and_when_it_breaks_even(results, told):
    """Title, table, the numbers of break-even, and sentences."""
    console = Console(file=io.StringIO(), width=200)
    terminal(results, console)
    shown = console.file.getvalue()

    assert "Total cost of ownership over 24 months, in USD, present value at 8 % a year" in shown
    assert "1 counted weeks" not in shown
    assert "1 counted week of each scenario stands for all months of the 24 in which it runs" in shown
    assert "give costs no more than keep from month" in shown
    assert "give: wage newark" in shown
    assert "25 USD per hour" in shown
    assert all(sentence in shown.replace("\n", " ") for sentence in told.sentences())


@pytest.mark.slow
def test_the_page_has_the_section_and_the_picture(results):
    shown = html(results)

    assert "<h2>Total cost of ownership</h2>" in shown
    assert 'id="picture-ownership"' in shown


def test_the_lines_of_two_cases_are_drawn_month_by_month(results):
    """Each line ends in the present value of all 24 months."""
    ax = cumulative_cost(results, ax=figure(4, 3).subplots())
    months = results.ownership_months()

    assert [line.get_label() for line in ax.get_lines()] == ["keep", "give"]
    for line in ax.get_lines():
        own = months[months["case"] == line.get_label()]
        assert line.get_ydata().tolist() == own["mean"].tolist()
        assert len(own) == 24


@pytest.mark.slow
def test_scenarios_of_a_sweep_are_cases_under_short_names(tmp_path):
    """Each scenario is a case; of many there is a row each. At its break-even price every bid is the same one."""
    begin, end = GIVE_OR_KEEP.index("  cases:"), GIVE_OR_KEEP.index("contact_types:")
    swept = (
        "{pools: [manila], sweep: {contracts.bid.price.0.rate: [120 PHP, 200 PHP, 300 PHP, 400 PHP, 500 PHP, 600 PHP]}}"
    )
    text = (GIVE_OR_KEEP[:begin] + GIVE_OR_KEEP[end:]).replace("given: {pools: [manila]}", f"given: {swept}")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    found = ccsim.run(tmp_path / "case.yaml", workers=1, replications=2)
    console = Console(file=io.StringIO(), width=200)
    terminal(found, console)
    shown = console.file.getvalue()
    prices = found.break_even().query("of == 'price'")["mean"]

    assert "more than kept" in shown
    assert "\ngiven (rate=300 PHP) " in shown
    assert "there is no total cost" not in shown
    assert len(prices) == 6
    assert prices.to_list() == pytest.approx([prices[prices.index[0]]] * 6, rel=1e-5)


def test_a_bridge_leads_from_the_baseline_to_a_case_group_by_group(results):
    """Each bar begins where the one before ends; what both pay alike leads nowhere; the ends are the totals."""
    worth = results.ownership().query("basis == 'present value'").set_index(["case", "group"])["mean"]
    ax = cost_bridge(results, "give", ax=figure(6, 4).subplots())
    first, *groups, last = [(bar.get_x(), bar.get_width()) for bar in ax.patches]
    assert first == (0, pytest.approx(worth["keep", "total"]))
    begin = first[1]
    for at, width in groups:
        assert at == pytest.approx(begin)
        begin += width
    assert last == (0, pytest.approx(begin))
    assert begin == pytest.approx(worth["give", "total"], abs=0.05)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names[:2] == ["keep", "labor"]
    assert names[-1] == "in all"
    assert groups[0][1] == pytest.approx(worth["give", "labor"] - worth["keep", "labor"])


@pytest.mark.slow
def test_the_page_shows_what_makes_the_difference(results):
    assert [name for name, _, _ in pages(results) if name in ("ownership", "bridge")] == ["ownership", "bridge"]


def test_a_price_of_many_rates_is_told_as_a_factor():
    """All rates of the contract together: 1 is what they are now."""
    row = {
        "case": "give",
        "of": "price",
        "name": "bid",
        "unit": "x",
        "now": 1.0,
        "mean": 2.3212,
        "low": 2.3,
        "high": 2.34,
    }
    assert even(row) == ("give", "price bid", "x1", "x2.321", "x2.3 to x2.34")


def test_the_first_lines_say_what_the_cases_cost_over_the_years(results, told):
    """A page that opens with the targets of a week would leave out what was asked."""
    worth = results.ownership().query("basis == 'present value'").set_index(["case", "group"])
    apart, keep = worth.loc[("give", "difference")], worth.loc[("keep", "total"), "mean"]
    word = "less" if apart["high"] < 0 else "more"
    (sentence,) = told.answers()
    amount = abs(apart["mean"])
    assert sentence.startswith(
        f"Over 24 months give costs {amount:,.0f} USD ({100 * amount / keep:.0f} %) {word} than keep"
    )
    assert sentence in answer.findings(Facts(results))


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-30.0, -10.0, "Over 24 months give costs 20.00 USD (20 %) less than keep; it has paid for itself in month 7."),
        (10.0, 30.0, "Over 24 months give costs 20.00 USD (20 %) more than keep."),
        (-10.0, 30.0, "Over 24 months give and keep cannot be told apart by what they cost."),
        (float("nan"), float("nan"), ""),
    ],
)
def test_no_more_is_said_of_a_case_than_is_sure(told, low, high, said):
    mean = 20.0 if high > 0 else -20.0
    assert told.answer("give", {"mean": mean, "low": low, "high": high}, 100.0, 7.0) == said
