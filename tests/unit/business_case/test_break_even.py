"""When a case has paid for itself, and at which wage, price or rate it would: solved, and put in again."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ccsim.business_case.break_even import NEVER, break_even_month, break_even_value, months_of
from ccsim.business_case.levers import PRICE, RATE, WAGE, Lever, Lines, Share
from ccsim.business_case.total_cost import total_cost
from tests.small_cases import in_house, kind, offshore, question, scenario

WAGES = Lever(
    WAGE, "newark", "USD per hour", 20.0, Lines(("wages",), frozenset(["care"])),
    (Share(Lines(("benefits",), frozenset(["newark"])), Lines(("wages", "supervisors"))),),
)  # fmt: skip
FEES = Lever(
    PRICE, "bid", "USD per contact", 3.0, Lines(contract="bid"),
    (Share(Lines(("governance, share of fees",)), Lines(payee="acme")),),
)  # fmt: skip


def test_a_path_breaks_even_from_the_month_on_in_which_it_stays_at_or_below():
    """Who dips below and rises again has not yet broken even."""
    paths = [[5.0, 2.0, 0.0, -1.0], [-1.0, 2.0, -1.0, -3.0], [-1.0, -2.0, -3.0, -4.0], [3.0, -1.0, 2.0, 1.0]]

    assert months_of(np.array(paths)).tolist() == [3, 3, 1, NEVER]


def test_the_break_even_month_has_a_share_a_median_and_a_range():
    """Moving costs 40 and saves 10, 20 or nothing a month: after 4 months, after 2, never; on average after 4."""
    saved = np.array([10.0, 10.0, 20.0, 0.0, 20.0, 10.0])
    more = np.repeat(-saved[:, None], 8, axis=1)
    more[:, 0] += 40
    found = break_even_month(more, 0.95)

    assert found.share.mean[0] == pytest.approx(5 / 6)
    assert 0 < found.share.low[0] < 5 / 6 < found.share.high[0] < 1
    assert (found.earliest, found.median, found.latest) == (2.0, 4.0, 4.0)
    assert found.of_mean == 4.0


def test_what_never_breaks_even_has_no_month():
    found = break_even_month(np.ones((5, 4)), 0.95)

    assert found.share.mean[0] == 0.0
    assert math.isnan(found.median)
    assert math.isnan(found.of_mean)


def test_only_the_agents_part_of_benefits_moves_with_their_wage():
    """Benefits of 300 are on wages of 1,000 and on supervisors of 500."""
    portions = WAGES.portions(in_house())

    assert portions[kind("wages", "care")].tolist() == [1000.0, 1000.0]
    assert portions[kind("benefits", "newark")] == pytest.approx([200.0, 200.0])
    assert len(portions) == 2


@pytest.mark.parametrize(
    ("lever", "again"),
    [
        (WAGES, lambda f: ({"in": in_house(np.array([950.0, 1000, 1010, 990, 1060]) * f)}, {})),
        (FEES, lambda f: ({}, {"off": offshore(np.array([600.0, 640, 610, 590, 605]) * f)})),
    ],
    ids=["wage", "price"],
)
def test_at_the_break_even_value_both_cost_the_same_to_the_cent(lever, again):
    """A closed solution is put to the test by pricing everything again with it."""
    asked = question(24, keep=[("in", 24)], give=[("in", 3), ("off", 21)])
    worth = asked.present_value
    wages, fees = np.array([950.0, 1000, 1010, 990, 1060]), np.array([600.0, 640, 610, 590, 605])
    first = {"in": in_house(wages), "off": offshore(fees)}

    def beyond(scenarios):
        keep, give = (total_cost(asked.cases[name], scenarios) for name in ("keep", "give"))
        parts = lever.part(give, scenarios, worth) - lever.part(keep, scenarios, worth)
        return (give.by_month() - keep.by_month()) @ worth, parts

    more, parts = beyond(first)
    found = break_even_value(more, parts, lever.now, 0.95)
    kept, given = again(found.mean[0] / lever.now)
    there, _ = beyond(first | kept | given)

    assert abs(more.mean()) > 1000
    assert abs(there.mean()) < 0.005
    assert found.low[0] < found.mean[0] < found.high[0]


def test_an_exchange_rate_moves_all_lines_in_its_currency():
    """Fees of 50 % in PHP cost as much as wages when the peso is worth twice as much."""
    rate = Lever(RATE, "PHP", "USD per PHP", 0.0175, Lines(currency="PHP"))
    keep = scenario({kind("wages", "care"): 900})
    give = scenario({kind("contacts", payee="acme", contract="bid", currency="PHP"): 450})
    asked = question(12, keep=[("in", 12)], give=[("off", 12)])
    scenarios = {"in": keep, "off": give}
    costs = {name: total_cost(case, scenarios) for name, case in asked.cases.items()}
    more = (costs["give"].by_month() - costs["keep"].by_month()) @ asked.present_value
    part = rate.part(costs["give"], scenarios, asked.present_value)

    assert break_even_value(more, part, rate.now, 0.95).mean[0] == pytest.approx(0.035)


def test_there_is_no_value_where_none_would_do():
    """Nothing proportional, a negative price, and a number that works in either direction by chance."""
    ones = np.ones(5)

    assert math.isnan(break_even_value(ones, 0 * ones, 1.0, 0.95).mean[0])
    assert math.isnan(break_even_value(3 * ones, ones, 1.0, 0.95).mean[0])
    assert math.isnan(break_even_value(ones, np.array([1.0, -0.5, 1, 1, 1]), 1.0, 0.95).mean[0])


def test_a_number_of_the_baseline_alone_works_the_other_way():
    """Keeping costs 100, of which 60 are wages; giving away 130: wages of x1.5 make both alike."""
    found = break_even_value(np.full(5, 30.0), np.full(5, -60.0), 20.0, 0.95)

    assert found.mean[0] == pytest.approx(30.0)
