"""What chance does to money: a dot for every replication, where its amount says."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from ccsim import plots
from ccsim.plots.pages import contract_risk_page, cost_risk_page, pages
from ccsim.plots.risk import billed, piled, total_costs
from tests.small_contract import small_contract
from tests.small_run import small_run


@pytest.fixture(autouse=True)
def no_figure_stays():
    yield
    plt.close("all")


def dots(ax):
    return ax.collections[0].get_offsets().data


def line(ax, label):
    return next(line.get_xdata()[0] for line in ax.get_lines() if line.get_label() == label)


def test_each_replication_is_a_dot_at_what_the_client_pays():
    """With their mean, and where the worst tenth begins; both scenarios on one axis."""
    ax, other = (plots.cost_risk(small_contract(), name) for name in ("helped", "alone"))
    sums = small_contract().sums().query("scenario == 'helped' and measure == 'total_cost'")["numerator"]
    assert sorted(dots(ax)[:, 0]) == sorted(sums)
    assert line(ax, "mean") == pytest.approx(sums.mean())
    assert line(ax, "worst tenth begins") == sums.max()
    assert ax.get_xlim() == other.get_xlim()


def test_penalties_and_invoices_are_those_of_each_replication():
    each = small_contract().billed()
    for item in ("invoice", "penalty"):
        ax = plots.contract_risk(small_contract(), "helped", "care", item)
        assert sorted(dots(ax)[:, 0]) == sorted(each[item])
    assert ax.get_title(loc="left") == "helped"


def test_what_comes_to_the_same_is_piled_up():
    """Three replications at 0, one of them is no dot behind another one; the dearest of ten is dark."""
    amounts = np.array([0.0, 0, 0, 10, 20, 30, 40, 50, 60, 100])
    ax = piled(amounts, [amounts], "here", "helped", small_contract(), Figure().subplots())
    assert dots(ax)[:3].tolist() == [[0, 0.5], [0, 1.5], [0, 2.5]]
    colors = ax.collections[0].get_facecolors()
    assert np.any(colors[-1] != colors[0])
    assert np.all(colors[:-1] == colors[0])


def test_too_many_dots_are_a_histogram():
    """All replications are in it, those of the worst tenth apart."""
    amounts = np.linspace(0, 1, 201)
    ax = piled(amounts, [amounts], "here", "helped", small_contract(), Figure().subplots())
    heights = [bar.get_height() for bar in ax.patches]
    assert sum(heights) == 201
    assert sum(heights[len(heights) // 2 :]) == 20


def test_a_run_with_money_has_pages_of_risk_and_others_have_none():
    """Where nothing varies nobody bears a risk, and without contracts nobody bills."""
    names = (name for name, _, _ in pages(small_contract()))
    assert [next(names) for _ in range(4)] == ["comparison", "costs", "cost-risk", "contract-risk"]
    assert total_costs(small_run()) == billed(small_run(), "invoice") == {}
    assert len(cost_risk_page(small_contract()).axes) == len(total_costs(small_contract())) == 2
    assert len(contract_risk_page(small_contract()).axes) == 2
