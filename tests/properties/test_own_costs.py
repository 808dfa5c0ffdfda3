"""Own costs of random days: what must hold whoever works when, at whatever price, in whatever currency."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.costs import Added, Costs, Exchange, PoolCosts, Price, Seniority, SiteCosts, Support
from ccsim.measures.staff import StaffTime
from ccsim.money.ledger import Writer
from ccsim.money.own import own_costs
from ccsim.money.pay import pay
from ccsim.plan import Months, Plan
from tests.tiny_plan import FIRST_DATE, HOUR, TinyLine, TinyType, ints
from tests.written_logs import Spell, small_plan, values, written_log

QUARTER = 900.0
AGENTS = 3
ITEMS = ("wages", "premiums", "overtime", "holiday pay", "benefits", "supervisors", "seats")

quarters = st.tuples(st.integers(0, 95), st.integers(1, 96)).filter(lambda pair: pair[0] < pair[1])
shifts = st.lists(
    st.tuples(quarters, st.integers(0, 8), st.booleans(), st.integers(0, 800)), min_size=AGENTS, max_size=AGENTS
)
shares = st.fractions(0, 2, max_denominator=1000)
windows = st.lists(st.tuples(quarters, shares), max_size=3)
prices = st.fractions(0, 1000, max_denominator=100)
cuts = st.lists(st.integers(1, 95), max_size=2, unique=True).map(sorted)


@st.composite
def centers(draw: st.DrawFn) -> tuple[Plan, list[Spell], list[float]]:
    """A day in up to three months; each agent has one shift, is absent or stays longer, and has some tenure."""
    spells, tenure = [], []
    for agent, ((begin, end), longer, absent, days) in enumerate(draw(shifts)):
        worked = (begin * QUARTER, min(end + longer, 96) * QUARTER)
        spells.append(Spell(agent, begin * QUARTER, end * QUARTER, worked, absent))
        tenure.append(float(days))
    edges = [0, *draw(cuts), 96]
    months = len(edges) - 1
    added = [Added(share, ints([b * HOUR // 4]), ints([e * HOUR // 4])) for (b, e), share in draw(windows)]
    holiday = [Added(share, ints([b * HOUR // 4]), ints([e * HOUR // 4])) for (b, e), share in draw(windows)[:1]]
    site = SiteCosts(
        overtime=1 + draw(shares), premiums=tuple(added), holiday_pay=holiday[0] if holiday else None,
        benefits=draw(shares), seat=Price(draw(prices), "USD"), equipment=None, licences=None, licences_per="agent",
        minute=None, line=None, support=(Support("supervisors", F(7), Price(draw(prices), "USD")),), recruiting=None,
        training=None, turnover=None, index=tuple(1 + draw(shares) for _ in range(months)), not_counted=(),
    )  # fmt: skip
    seniority = Seniority(np.array([200.0, 500.0]), (F(11, 10), F(5, 4)))
    pool = PoolCosts(Price(draw(prices), "USD"), seniority, (AGENTS,) * months, False, False)
    plan = small_plan((TinyType(),), (TinyLine("care", AGENTS, 0.0, 24.0),))
    share = tuple(F(later - earlier, 96) for earlier, later in pairwise(edges))
    return (
        replace(
            plan,
            months=Months(tuple(map(str, range(months))), ints(edges) * HOUR // 4, share),
            costs=Costs((pool,), (site,), ints(edges) * 0 + FIRST_DATE),
            exchange={"USD": Exchange(F(1), F(0)), "EUR": Exchange(F(1), F(0))},
        ),
        spells,
        tenure,
    )


def log_of(spells: list[Spell], tenure: list[float]):
    log = written_log(spells=spells)
    return replace(log, spells=replace(log.spells, tenure=np.array(tenure)))


def written(plan: Plan, log) -> Writer:
    writer = Writer("USD")
    own_costs(plan, log, StaffTime.of(plan, log), writer)
    return writer


def quarter_by_quarter(plan: Plan, spells: list[Spell], tenure: list[float]) -> list[dict[str, F]]:
    """Pay of each month, added up from each quarter of an hour that somebody is paid for."""
    assert plan.costs is not None
    (site,), (pool,), edges = plan.costs.sites, plan.costs.pools, (plan.months.edges // (HOUR // 4)).tolist()
    assert pool.wage is not None
    months: list[dict[str, F]] = [dict.fromkeys(ITEMS[:4], F(0)) for _ in site.index]
    for spell, days in zip(spells, tenure, strict=True):
        factor = F(5, 4) if days >= 500 else F(11, 10) if days >= 200 else F(1)
        until = spell.ends if spell.absent else spell.worked[1]
        for quarter in range(round(spell.begins / QUARTER), round(until / QUARTER)):
            month = next(m for m, end in enumerate(edges[1:]) if quarter < end)
            wage = pool.wage.amount * factor * site.index[month] / 4
            planned = quarter < spell.ends / QUARTER
            months[month]["wages" if planned else "overtime"] += wage if planned else wage * site.overtime
            for item, windows_ in (
                ("premiums", site.premiums),
                ("holiday pay", [site.holiday_pay] if site.holiday_pay else []),
            ):
                for one in windows_:
                    inside = one.begins[0] <= quarter * HOUR // 4 < one.ends[0]
                    months[month][item] += wage * one.share * inside
    return months


@settings(deadline=None, max_examples=25)
@given(centers())
def test_labor_is_what_every_quarter_of_an_hour_costs(case) -> None:
    """To the last fraction of a cent, before lines are rounded."""
    plan, spells, tenure = case
    log = log_of(spells, tenure)
    assert plan.costs is not None
    (found,) = pay(plan, plan.costs, log, StaffTime.of(plan, log))
    assert found is not None
    kinds = dict(zip(ITEMS[:4], (found.regular, found.premium, found.overtime, found.holiday), strict=True))

    for month, expected in enumerate(quarter_by_quarter(plan, spells, tenure)):
        assert {item: kind.pay[month] for item, kind in kinds.items()} == expected


@settings(deadline=None, max_examples=15)
@given(centers())
def test_one_currency_is_as_good_as_another_that_is_worth_the_same(case) -> None:
    """Not a cent differs."""
    plan, spells, tenure = case
    assert plan.costs is not None
    (site,), (pool,) = plan.costs.sites, plan.costs.pools
    assert site.seat is not None
    assert pool.wage is not None
    euros = replace(site, seat=replace(site.seat, currency="EUR"), support=tuple(
        replace(one, wage=replace(one.wage, currency="EUR")) for one in site.support
    ))  # fmt: skip
    paid_in_euros = replace(pool, wage=replace(pool.wage, currency="EUR"))
    other = replace(plan, costs=replace(plan.costs, sites=(euros,), pools=(paid_in_euros,)))
    ledgers = [written(one, log_of(spells, tenure)).ledger() for one in (plan, other)]

    assert ledgers[0].amount.tolist() == ledgers[1].amount.tolist()
    assert {line.currency for line in ledgers[1].lines} == {"EUR"}


@settings(deadline=None, max_examples=15)
@given(centers())
def test_labor_cost_is_the_sum_of_the_lines_of_labor(case) -> None:
    """But for half a cent of rounding on each line."""
    plan, spells, tenure = case
    log = log_of(spells, tenure)
    ledger = written(plan, log).ledger()
    labor = [int(amount) for line, amount in zip(ledger.lines, ledger.amount, strict=True) if line.item in ITEMS[:4]]
    cost = values(plan, log, "total")["labor_cost"]

    assert cost is not None
    assert abs(sum(labor) / 100 - cost) <= 0.005 * len(labor) + 1e-9


@settings(deadline=None, max_examples=15)
@given(centers())
def test_months_divide_the_cost_and_add_nothing(case) -> None:
    """Where no prices rise, a period billed in months costs what it costs billed at once, but for rounding."""
    plan, spells, tenure = case
    assert plan.costs is not None
    (site,), (pool,) = plan.costs.sites, plan.costs.pools
    ends = plan.months.edges[[0, -1]]
    parts = len(site.index)
    level = replace(plan, costs=replace(plan.costs, sites=(replace(site, index=(F(1),) * parts, seat=None),)))
    whole = replace(
        plan,
        months=Months(("0",), ends, (F(1),)),
        costs=Costs(
            (replace(pool, roster=(AGENTS,)),), (replace(site, index=(F(1),), seat=None),), plan.costs.date[[0, -1]]
        ),
    )
    log = log_of(spells, tenure)
    totals = [int(written(one, log).ledger().amount.sum()) for one in (level, whole)]

    assert abs(totals[0] - totals[1]) <= 0.5 * (parts + 1) * len(ITEMS)
