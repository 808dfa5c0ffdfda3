"""Which bid to choose, as a committee reads it: from frames written by hand."""

from __future__ import annotations

import io
from types import SimpleNamespace

import numpy as np
import pytest
from rich.console import Console

from ccsim.plots import bids
from ccsim.plots.style import figure
from ccsim.report.selection import Choice
from ccsim.report.terminal_money import tell_selection
from ccsim.results.selection import differences, requirements, selection, weights
from tests.small_bids import COST, SERVICE, asked, bid, record

LUCK = np.array([-6.0, 4.0, 2.0, -4.0, 8.0, -2.0, 6.0, -8.0])
CHEAP, GOOD = bid("cheap", 120 + LUCK, 700.0 + LUCK), bid("good", 160 + LUCK, 880.0 + LUCK)


def results(of, *candidates):
    """Frames as of a run."""
    made = record(of, *candidates)
    frames = {
        "selection": selection(made),
        "selection_requirements": requirements(made),
        "selection_differences": differences(made),
        "selection_weights": weights(made),
    }
    return SimpleNamespace(**{name: lambda frame=frame: frame for name, frame in frames.items()})


def choice(of, *candidates):
    return Choice(SimpleNamespace(results=results(of, *candidates)))


def test_the_winner_is_told_with_its_lead_and_what_that_hangs_on():
    """
    48 points for a cost of 120 and 20 for 70 %, against 24 and 38. By cost alone cheap leads by 0.4 of a score, by
    service good by 0.45: level at 0.45 / 0.85 = 52.9 %.
    """
    found = choice(asked(), GOOD, CHEAP)
    assert found.ranked == ["cheap", "good"]
    assert found.winner().startswith("cheap wins with 68.0 of 100 points (")
    assert ", 6.0 ahead of good (6.0 to 6.0)." in found.winner()
    assert found.weights() == (
        'It stays first as long as "cost" weighs more than 52.9 % (else good) and "service" weighs less than 47.1 % '
        "(else good); one weight at a time, the others in proportion."
    )


def test_a_lead_that_may_be_chance_is_not_called_a_win():
    noisy = bid("noisy", 118 + 5 * np.roll(LUCK, 1), 700.0)
    assert "may be chance." in choice(asked(), CHEAP, noisy).winner()


def test_with_too_few_replications_nobody_says_how_sure_it_is():
    few = [bid("cheap", [120.0, 121, 122]), bid("dear", [150.0, 151, 152])]
    assert choice(asked(), *few).winner().endswith("ahead of dear; how surely, is not known.")


def test_a_tail_that_holds_too_few_replications_says_how_many_would_do():
    of = asked({"cost": {**COST, "weight": "100%", "statistic": "worst 25%"}})
    assert choice(of, CHEAP, GOOD).sentences()[-1] == (
        '"cost": the worst 25% of 8 replications are 2, too few to say how sure anything is; run at least 20.'
    )


def test_who_is_first_whatever_weighs_is_told_so():
    best = bid("best", 110 + LUCK, 890.0)
    assert choice(asked(), CHEAP, best).weights() == (
        "It would be first with any weight of any one criterion, the others in proportion."
    )


LIMITS = {
    "service": {"measure": "service_level", "contact_type": "calls", "at_least": "75%"},
    "budget": {"measure": "total_cost", "at_most": "165 USD"},
}


def test_who_misses_a_requirement_is_out_and_how_often_it_does_is_told():
    """Cheap serves 70 % in every month; good keeps the budget on average, and misses it in two months of eight."""
    found = choice(asked(requirements=LIMITS), CHEAP, GOOD)
    out, kept = found.required()
    assert out.startswith('cheap, "service": out, 70.0 % (69.5 to 70.5 %) where at least 75.0 % is required, 100 % (')
    assert out.endswith(" of replications miss it.")
    assert kept.startswith('good, "budget": met on average, 160 USD (155 to 165 USD) for at most 165 USD; 25 % (')
    assert found.ranks() == ["out", "1"]
    assert found.winner().startswith("good is the only one of the bids that may be chosen, with ")


def test_nobody_wins_where_all_are_out():
    limit = {"budget": {"measure": "total_cost", "at_most": "100 USD"}}
    found = choice(asked(requirements=limit), CHEAP, GOOD)
    assert found.winner() == "No bid may be chosen: each one misses a requirement or lacks a value."
    assert found.weights() == ""
    assert found.ranks() == ["out", "out"]


def test_what_lies_beyond_an_anchor_is_told():
    """Nobody sees in the points that one of them is a hundred dollars dearer than the worst."""
    dear = bid("dear", 300 + LUCK, 700.0)
    assert list(choice(asked(), CHEAP, dear).beyond()) == [
        '"cost": dear lies beyond worst; how far, makes no difference to points.'
    ]


def test_a_line_says_what_is_measured_and_what_a_point_is_worth():
    cost, service = choice(asked(), CHEAP, GOOD).lines()
    assert cost[:4] == ("cost", "60 %", "200 to 100 USD", "1.67 USD")
    assert [(cell.points, cell.measured) for cell in cost.cells] == [("48.0", "120 USD"), ("24.0", "160 USD")]
    assert service[:4] == ("service", "40 %", "50.0 to 90.0 %", "1 %")


@pytest.mark.parametrize("count", [2, 5])
def test_the_terminal_has_a_row_for_each_criterion_or_for_each_of_many_bids(count):
    """No row is wider than the screen."""
    some = [bid(f"bid {place}", 120 + 5 * place + LUCK, 800.0) for place in range(count)]
    screen = io.StringIO()
    facts = SimpleNamespace(results=results(asked(), *some), sure="95 %")
    tell_selection(facts, Console(file=screen, width=100, no_color=True))
    text = screen.getvalue()
    assert "Which bid to choose, in points of 100" in text
    assert all(one.plan.scenario in text for one in some)
    assert text.count("in all") == 1
    assert max(map(len, text.splitlines())) <= 100


def test_bars_are_the_points_of_the_table_the_first_bid_on_top():
    """Criterion beside criterion, out bids pale and last."""
    dear = bid("out", 100 + LUCK, 600.0)
    limit = {"service": {"measure": "service_level", "contact_type": "calls", "at_least": "65%"}}
    ran = results(asked({"cost": COST, "service": SERVICE}, requirements=limit), dear, GOOD, CHEAP)
    ax = bids(ran, ax=figure(9, 2).subplots())
    assert [label.get_text() for label in ax.get_yticklabels()] == ["cheap", "good", "out"]
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([48, 24, 60, 20, 38, 10])
    assert {bar.get_alpha() for bar in ax.patches} == {1.0, 0.3}
