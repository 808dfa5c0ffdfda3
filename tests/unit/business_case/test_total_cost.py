"""Total cost of ownership by hand: phases, what comes once, and what money of later months is worth."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.business_case.cases import Phase
from ccsim.business_case.total_cost import total_cost
from tests.small_cases import in_house, offshore, question


def test_money_of_a_year_later_is_discounted_by_a_year():
    """The first month counts in full, the thirteenth by 1 / 1.08, half a year by its root."""
    worth = question(25, keep=[("in", 25)]).present_value

    assert worth[[0, 6, 12, 24]] == pytest.approx([1.0, 1.08**-0.5, 1 / 1.08, 1 / 1.08**2], rel=1e-12)


def test_without_a_discount_every_month_counts_alike():
    assert question(3, "0", keep=[("in", 3)]).present_value.tolist() == [1.0, 1.0, 1.0]


def test_a_month_of_a_phase_costs_what_a_month_of_its_scenario_does():
    """Two months of 1,000 + 500 + 300 + 100, then three of 600 + 30."""
    case = (Phase("in", 2), Phase("off", 3))
    paid = total_cost(case, {"in": in_house(), "off": offshore()}).by_month()

    assert paid.tolist() == [[1900.0, 1900.0, 4630.0, 630.0, 1530.0]] * 2


def test_what_begins_and_ends_with_a_provider_comes_once_in_a_case():
    """Two phases with the provider: set-up with the first, exit with the last."""
    case = (Phase("moving", 2), Phase("off", 2))
    paid = total_cost(case, {"moving": offshore(1000.0), "off": offshore()}).by_month()

    assert paid[0].tolist() == [1050.0 + 4000.0, 1050.0, 630.0, 630.0 + 900.0]


def test_groups_add_up_to_the_case():
    """Every line is in one group, discounted or not."""
    costs = total_cost((Phase("in", 7), Phase("off", 5)), {"in": in_house([900.0, 1100.0]), "off": offshore()})
    worth = question(12, keep=[("in", 12)]).present_value
    groups = costs.by_group(worth)

    assert sum(groups.values()) == pytest.approx(costs.by_month() @ worth, rel=1e-12)
    assert groups["labor"] == pytest.approx(np.array([900 + 280, 1100 + 320]) * worth[:7].sum(), rel=1e-12)
    assert groups["transition"] == pytest.approx([4000 * worth[7]] * 2)
    assert groups["exit"] == pytest.approx([900 * worth[11]] * 2)
    assert list(groups) == ["labor", "people", "place", "fees", "transition", "governance", "exit"]


def test_cases_that_need_a_scenario_that_is_missing_are_left_out():
    """Some scenarios of a file may be run alone; without the baseline nothing can be compared."""
    asked = question(2, keep=[("in", 2)], give=[("off", 2)])

    assert list(asked.of({"in": 1}).cases) == ["keep"]
    assert asked.of({"off": 1}) is None
