"""What agents' time costs, against counting minutes and by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.plan import SpellKind
from tests.tiny_plan import HOUR, TinyLine, TinyType, ints
from tests.written_logs import Spell, small_plan, values, written_log

H = 3600.0
LINES = (TinyLine("manila", 2, 0.0, 24.0), TinyLine("newark", 1, 0.0, 24.0))


def center(premiums=(), **sites):
    """Two pools of one site; ``premiums`` are (from hour, to hour, share)."""
    plan = small_plan((TinyType(),), LINES)
    changes = {
        "premium_offset": ints([0, len(premiums)]),
        "premium_from": ints([int(begin * HOUR) for begin, _, _ in premiums]),
        "premium_to": ints([int(end * HOUR) for _, end, _ in premiums]),
        "premium_share": np.array([share for *_, share in premiums], dtype=float),
        "wage": np.array([320.0]),
        "exchange": np.array([0.0175]),
        "overtime": np.array([1.5]),
    }
    return replace(plan, sites=replace(plan.sites, **(changes | sites)))


def cost(plan, log, scope="total"):
    names = ["labor_cost", "labor_cost_regular", "labor_cost_premium", "labor_cost_overtime"]
    result = values(plan, log, scope)
    return [result[name] for name in names]


def test_paid_hours_cost_the_wage_in_the_reporting_currency():
    """8 h x 320 PHP x 0.0175 USD/PHP."""
    log = written_log(spells=[Spell(0, 0.0, 8 * H)])

    assert cost(center(), log) == pytest.approx([44.8, 44.8, 0, 0])


def test_night_premium_is_added_within_its_hours_only():
    """22:00 to 06:00 adds 10 %: two of the eight hours lie in it."""
    log = written_log(spells=[Spell(0, 4 * H, 12 * H)])

    assert cost(center([(0.0, 6.0, 0.1), (22.0, 24.0, 0.1)]), log)[2] == pytest.approx(0.1 * 2 * 5.6)


def test_overlapping_premiums_add():
    """A night that is also a Sunday earns both."""
    log = written_log(spells=[Spell(0, 0.0, 8 * H)])

    assert cost(center([(0.0, 6.0, 0.1), (4.0, 24.0, 0.3)]), log)[2] == pytest.approx((0.1 * 6 + 0.3 * 4) * 5.6)


def test_a_shift_that_somebody_works_in_overtime_costs_the_wage_of_overtime():
    """Beside the paid absence: 8 h at the wage and 8 h at half as much again."""
    spells = [Spell(0, 0.0, 8 * H, absent=True), Spell(1, 0.0, 8 * H, kind=SpellKind.OVERTIME)]

    assert cost(center(), written_log(spells=spells)) == pytest.approx([112, 44.8, 0, 67.2])


def test_who_is_not_called_costs_nothing_and_who_goes_home_early_no_more():
    spells = [
        Spell(0, 0.0, 8 * H, comes=False, kind=SpellKind.ON_CALL),
        Spell(1, 0.0, 8 * H, worked=(0.0, 5 * H), sent_home=True),
    ]

    assert cost(center(), written_log(spells=spells))[0] == pytest.approx(28)


def test_overtime_costs_its_factor_and_a_premium_on_the_plain_wage():
    """An hour of overtime at night: 1.5 wages and a tenth of one, not of one and a half."""
    log = written_log(spells=[Spell(0, 0.0, 4 * H, worked=(0.0, 5 * H))])

    assert cost(center([(4.0, 5.0, 0.1)]), log) == pytest.approx([5.6 * 5.6, 4 * 5.6, 0.1 * 5.6, 1.5 * 5.6])


def test_paid_absence_costs_what_work_would_have_cost():
    """Premium included; an absence that the site does not pay costs nothing."""
    log = written_log(spells=[Spell(0, 0.0, 8 * H, absent=True)])

    assert cost(center([(0.0, 6.0, 0.1)]), log)[0] == pytest.approx(8.6 * 5.6)
    assert cost(center(pays_absence=np.array([False])), log)[0] == 0


@pytest.mark.parametrize("scope", ["pool", "site", "total"])
def test_no_wage_is_no_cost_not_a_cost_of_nothing(scope):
    """A free site would win every comparison."""
    assert cost(center(wage=np.array([np.nan])), written_log(), scope) == [None] * 4


def test_one_site_without_a_wage_leaves_the_total_without_a_value():
    """A sum that leaves something out is no sum."""
    plan = center()
    two = {name: np.repeat(getattr(plan.sites, name), 2) for name in ("exchange", "overtime", "pays_absence")} | {
        "name": ("here", "there"),
        "wage": np.array([320.0, np.nan]),
        "premium_offset": ints([0, 0, 0]),
    }
    plan = replace(plan, sites=replace(plan.sites, **two), pools=replace(plan.pools, site=np.array([0, 1])))
    log = written_log(spells=[Spell(0, 0.0, 8 * H)])

    assert values(plan, log, "site", "here")["labor_cost"] == pytest.approx(44.8)
    assert values(plan, log, "site", "there")["labor_cost"] is None
    assert values(plan, log, "total")["labor_cost"] is None
    assert values(plan, log, "total")["paid_hours"] == 8


quarters = st.tuples(st.integers(0, 96), st.integers(0, 96)).map(sorted)


@settings(deadline=None, max_examples=20)
@given(
    st.lists(st.tuples(quarters, st.integers(0, 8), st.booleans()), min_size=3, max_size=3),
    st.lists(st.tuples(quarters, st.sampled_from([0.1, 0.25, 0.5])), max_size=4),
)
def test_cost_agrees_with_counting_every_quarter_of_an_hour(shifts, premiums):
    """Whatever overlaps with whatever: wage, premiums and overtime of each paid quarter, added one by one."""
    spells = [
        Spell(agent, 900.0 * low, 900.0 * high, (900.0 * low, 900.0 * min(high + late, 96)), absent)
        for agent, ((low, high), late, absent) in enumerate(shifts)
        if low < high
    ]
    plan = center([(low / 4, high / 4, share) for (low, high), share in premiums])
    expected = 0.0
    for spell in spells:
        until = spell.ends if spell.absent else spell.worked[1]
        for quarter in range(int(spell.begins // 900), int(until // 900)):
            overtime = quarter * 900 >= spell.ends
            added = sum(share for (low, high), share in premiums if low <= quarter < high)
            expected += 0.25 * 5.6 * ((1.5 if overtime else 1.0) + added)

    assert cost(plan, written_log(spells=spells))[0] == pytest.approx(expected)
