"""What holds of service-level terms whatever they are and however the months went."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.log import Outcome
from ccsim.measures.contacts import Counted
from ccsim.money.belonging import Belonging
from ccsim.money.judging import Result, Value, result
from ccsim.money.terms import passed, penalty_share, saved, settle
from ccsim.terms import Judged, Line, Step
from tests.small_terms import contract, in_periods, term
from tests.small_terms import settle as judge
from tests.tiny_plan import HOUR, TinyLine, TinyType
from tests.written_logs import Step as Route
from tests.written_logs import Visit, small_plan, values, written_log

PLAN = small_plan()
shares = st.fractions(0, 1, max_denominator=200)
fees = st.integers(-(10**6), 10**9)


@st.composite
def schedules(draw, goal: Fraction, *, down: bool):
    """A line from the goal on, or steps away from it."""
    if draw(st.booleans()):
        cap = None if down else draw(st.none() | shares)
        return Line(goal, draw(st.fractions(0, 5, max_denominator=50)), cap)
    sign = -1 if down else 1
    away = sorted(draw(st.sets(st.fractions(0, 1, max_denominator=50), min_size=1, max_size=4)))
    credits = sorted(draw(st.sets(shares, min_size=len(away), max_size=len(away))))
    return tuple(Step(goal + sign * by, credit) for by, credit in zip(away, credits, strict=True))


@st.composite
def whole_terms(draw, **changes):
    """Shares of which more or less is better; a penalty, a floor, both or neither; perhaps a bonus."""
    goal, less = draw(st.fractions(Fraction(1, 10), Fraction(9, 10), max_denominator=100)), draw(st.booleans())
    beyond = draw(st.none() | st.fractions(Fraction(1, 100), Fraction(1, 10), max_denominator=100))
    made = {
        "target": goal,
        "goal": goal,
        "less_is_better": less,
        "penalty": draw(st.none() | schedules(goal, down=not less)),
        "floor": None if beyond is None else goal + beyond * (1 if less else -1),
        "bonus": draw(st.none() | schedules(goal, down=less)),
        "weight": draw(shares),
        "judged": draw(st.sampled_from([Judged.POOLED, Judged.AVERAGED])),
    }
    return term(PLAN, **(made | changes))


@st.composite
def lists_of_terms(draw):
    """Whose weights add to at most 100 %."""
    several = draw(st.lists(whole_terms(), min_size=1, max_size=4))
    whole = sum(one.weight for one in several)
    return [replace(one, weight=one.weight / max(whole, 1), name=str(k)) for k, one in enumerate(several)]


def of_month(share: Fraction | None) -> Result:
    """A month with this value and nothing excused."""
    return Result(Fraction(0), Fraction(0), None, False) if share is None else Result(share, Fraction(1), share, False)


months = st.lists(st.tuples(st.none() | shares, st.integers(0, 10**9)), min_size=1, max_size=8)


@given(lists_of_terms(), shares, st.data())
def test_not_more_than_what_is_at_risk_is_lost(several, at_risk, data):
    """All terms together, to the cent, in every month."""
    fee = data.draw(st.integers(0, 10**9))
    agreed = contract(PLAN, *several, at_risk=at_risk)
    results = [of_month(data.draw(st.none() | shares)) for _ in several]
    lost = sum(settle(agreed, one, [held], [fee]).penalty[0] for one, held in zip(several, results, strict=True))
    assert 0 <= lost <= at_risk * fee


@given(whole_terms(), shares, shares, shares)
def test_who_does_better_never_gets_less(one, at_risk, worse, better):
    """Neither penalty nor bonus has a cliff in the wrong direction."""
    worse, better = sorted((worse, better), reverse=one.sinks)
    assert penalty_share(one, better, at_risk) <= penalty_share(one, worse, at_risk)
    if one.bonus is not None:
        assert passed(one.bonus, better, up=not one.sinks) >= passed(one.bonus, worse, up=not one.sinks)


values_of_periods = st.lists(
    st.builds(
        lambda of, up, excused: Value(float(min(of, up)), float(of), excused),
        st.integers(0, 30),
        st.integers(0, 30),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@given(whole_terms(), values_of_periods, shares, st.sampled_from(list(Judged)))
def test_relief_never_raises_a_penalty(one, periods, at_risk, judged):
    """However periods are judged, and whichever of them are excused, good ones too."""
    if judged == Judged.POOLED:
        periods = periods[:1]
    one = replace(one, judged=judged, goal=one.target)
    agreed, fee = contract(PLAN, one, at_risk=at_risk), 10**7
    penalty = [
        settle(agreed, one, [result(one, some)], [fee]).penalty[0]
        for some in (periods, [period._replace(excused=False) for period in periods])
    ]
    assert penalty[0] <= penalty[1]


@given(
    whole_terms(judged=Judged.POOLED),
    st.lists(st.tuples(shares, st.booleans()), min_size=1, max_size=6),
    shares,
    st.integers(0, 2),
)
def test_relief_excuses_no_less_than_nothing(one, history, at_risk, after):
    """Month by month, though an excused month earns back what another one lost; and without excuses it is nothing."""
    agreed = contract(PLAN, one, at_risk=at_risk, earn_back=after)

    def settled(*, strict):
        values = [Value(float(share), 1.0, excused and not strict) for share, excused in history]
        return settle(agreed, one, [result(one, [value]) for value in values], [10**7] * len(history))

    without, relieved = settled(strict=True), settled(strict=False)
    assert min(saved(without, relieved, after)) >= 0
    assert any(excused for _, excused in history) or not any(saved(without, relieved, after))
    whole = sum(without.penalty) - sum(without.earned_back) - sum(relieved.penalty) + sum(relieved.earned_back)
    assert sum(saved(without, relieved, after)) == whole


@given(whole_terms(), values_of_periods)
def test_pooled_over_one_period_is_averaged(one, periods):
    """A mean of one value is that value."""
    pooled, averaged = (result(replace(one, judged=judged), periods[:1]) for judged in (Judged.POOLED, Judged.AVERAGED))
    assert pooled.held == averaged.held
    assert bool(pooled.of) == bool(averaged.of)


@given(st.fractions(Fraction(1, 1000), Fraction(1, 20)), st.integers(1, 12), shares, st.booleans())
def test_steps_and_lines_agree_where_they_meet(width, count, rate, up):
    """Steps that reach a line at their far ends lie above it between them, and on it there."""
    goal, sign = Fraction(1, 2), 1 if up else -1
    line = Line(goal, rate, None)
    steps = tuple(Step(goal + sign * width * k, rate * width * (k + 1)) for k in range(count))
    for k in range(count + 1):
        assert passed(steps, goal + sign * width * k, up=up) == passed(line, goal + sign * width * k, up=up)
    between = goal + sign * width * (count - Fraction(1, 2))
    assert passed(steps, between, up=up) >= passed(line, between, up=up)


@given(whole_terms(), months, shares, st.integers(1, 4))
def test_no_more_is_earned_back_than_was_paid(one, history, at_risk, after):
    """At the end of every month, and a penalty once."""
    agreed = contract(PLAN, one, at_risk=at_risk, earn_back=after)
    settled = settle(agreed, one, [of_month(share) for share, _ in history], [fee for _, fee in history])
    paid = np.cumsum([0] * after + settled.penalty)[: len(history)]
    assert np.all(np.cumsum(settled.earned_back) <= paid)
    assert not any(back and cost for back, cost in zip(settled.earned_back, settled.penalty, strict=True))


# Random days.

LINES = (TinyLine("1-home", begins=0, ends=24), TinyLine("2-acme", begins=8, ends=16))
TYPES = (TinyType(threshold=20.0), TinyType("tech", threshold=60.0))
ROUTES = (
    (Route(0), Route(1, after=15)),
    (Route(1, window=0), Route(0, asleep=1)),
)
CENTER = small_plan(TYPES, LINES, steps=ROUTES, windows=(((6.0, 20.0),),))
GONE = (Outcome.ABANDONED, Outcome.BALKED, Outcome.DISCONNECTED, Outcome.BLOCKED, Outcome.CLOSED, Outcome.OPEN)


@st.composite
def visits(draw):
    """Answered by either provider, or not at all."""
    at, wait = draw(st.integers(0, 86_399)), draw(st.sampled_from([0, 10, 15, 20, 40, 60, 3600]))
    type_, pool = draw(st.integers(0, 1)), draw(st.integers(0, 1))
    if draw(st.booleans()):
        return Visit(at, Outcome.ANSWERED, at + wait, at + wait + 60, at + wait + 60, type_, pool=pool)
    outcome = draw(st.sampled_from(GONE))
    stays = {Outcome.ABANDONED: wait, Outcome.DISCONNECTED: wait}.get(outcome, 0)
    return Visit(at, outcome, left=-1 if outcome == Outcome.OPEN else at + stays, type=type_)


days = st.lists(visits(), max_size=30)


@settings(max_examples=25)
@given(days)
def test_a_visit_belongs_to_one_provider_at_most(written):
    """And those that are answered to one exactly; whoever has it, it was offered to, no later than its answer."""
    log = written_log(written, stopped=200_000.0)
    counted = Counted(CENTER, log)
    belonging = Belonging(CENTER, log, counted)
    own = [belonging.claim((pool,), "answered by", "from offer") for pool in (0, 1)]
    offered = [belonging.claim((pool,), "offered to", "from offer") for pool in (0, 1)]
    count = own[0].own.astype(int) + own[1].own
    assert np.all(count <= 1)
    assert np.all(count[counted.outcome == Outcome.ANSWERED] == 1)
    for claim, wider in zip(own, offered, strict=True):
        assert not np.any(claim.own & ~wider.own)
        assert np.all(claim.since[claim.own] >= counted.arrived[claim.own])
        assert np.all(claim.since[claim.own] <= belonging.until[claim.own])


@settings(max_examples=20)
@given(days)
def test_a_term_of_everything_says_what_the_measure_says(written):
    """One provider, the promises of the type, all hours: the service level of the results."""
    plan = small_plan(TYPES[:1], LINES[:1])
    log = written_log([replace(visit, type=0, pool=0) for visit in written], stopped=200_000.0)
    found = judge(plan, log, contract(plan, term(plan)))
    assert found.values == [values(plan, log)["service_level"]]


@settings(max_examples=15)
@given(days)
def test_a_day_of_hours_counts_what_its_hours_count(written):
    """Judged by hour and pooled by day are the same contacts."""
    plan = small_plan(TYPES[:1], LINES[:1])
    log = written_log([replace(visit, type=0, pool=0) for visit in written], stopped=200_000.0)
    hours = in_periods(plan, [hour * HOUR for hour in range(25)]) | {"judged": Judged.EACH, "goal": Fraction(1)}
    day, by_hour = (judge(plan, log, contract(plan, term(plan, **how))) for how in ({}, hours))
    assert (day.values == [None]) == (by_hour.values == [None])
    if by_hour.met == [1]:
        assert day.met == [1]


@pytest.mark.parametrize("code", ["USD", "EUR"])
@settings(max_examples=10)
@given(days)
def test_one_currency_is_another_at_rate_one(code, written):
    """Nothing but its name depends on it."""
    plan = small_plan(TYPES[:1], LINES[:1])
    log = written_log([replace(visit, type=0, pool=0) for visit in written], stopped=200_000.0)
    usual, other = (contract(plan, term(plan), currency=currency) for currency in ("USD", code))
    assert judge(plan, log, usual).lines == judge(plan, log, other).lines
