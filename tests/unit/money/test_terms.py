"""What service-level terms cost and bring, recomputed by hand from small Logs."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from ccsim.contracts import Contracts
from ccsim.costs import Exchange
from ccsim.log import LoggedCalls, LoggedJourneys, Outcome
from ccsim.money.ledger import CLIENT, Line, Writer
from ccsim.money.terms import terms
from ccsim.plan import Cause, Channel, Formula, Months
from ccsim.terms import Judged, Measure, Step
from ccsim.terms import Line as PerUnit
from tests.small_terms import FEES, contract, in_periods, settle, term
from tests.tiny_plan import DAY, HOUR, TinyLine, TinyType, ints
from tests.written_logs import Step as Route
from tests.written_logs import Visit, abandoned, answered, small_plan, ticks, written_log

DAY_S = 24 * 3600.0
POINT = Fraction(1, 100)


def percent(number: float | str) -> Fraction:
    return Fraction(str(number)) / 100


def plan_of(days: int = 1, months: int = 1, **parts):
    """Home answers all; in a plan of several months each of them has the same number of days."""
    parts = {"lines": (TinyLine(agents=1, begins=0.0, ends=24.0),)} | parts
    plan = small_plan(days=days, hours=(0.0, 24.0 * days), **parts)
    edges = np.linspace(0, days * DAY, months + 1).astype(np.int64)
    names = tuple(f"2026-{month + 3:02d}" for month in range(months))
    return replace(plan, months=Months(names, edges, (Fraction(1),) * months))


def calls(in_time: int, late: int, day: int = 0, hour: float = 9.0, **more) -> list[Visit]:
    """So many calls answered within 20 s, and so many after a minute, all within a quarter of an hour."""
    at = day * DAY_S + hour * 3600
    waits = [20.0] * in_time + [60.0] * late
    return [answered(at + n, wait, **more) for n, wait in enumerate(waits)]


def result(visits, plan=None, months=1, **changes):
    """Of one contract with one term."""
    plan = plan_of(months, months) if plan is None else plan
    log = written_log(visits, stopped=DAY_S * 40)
    return settle(plan, log, contract(plan, term(plan, **changes)))


def line(per_point: float, beyond: float = 80) -> PerUnit:
    return PerUnit(percent(beyond), percent(per_point) / POINT, None)


STEPS = (Step(percent(80), percent(3)), Step(percent(75), percent(8)))


@pytest.mark.parametrize(("in_time", "cents"), [(80, 0), (79, 120_000), (0, 120_000)])
def test_without_a_penalty_a_miss_costs_the_whole_weight(in_time, cents):
    """12 % of 10,000 dollars; exactly at the target it is met."""
    found = result(calls(in_time, 100 - in_time))
    assert found.lines == {"penalty": [-cents]}
    assert (found.values, found.met, found.credit) == ([in_time / 100], [int(cents == 0)], [-cents])


@pytest.mark.parametrize(("in_time", "cents"), [(160, 0), (159, 10_000), (150, 100_000), (140, 120_000)])
def test_a_line_costs_pro_rata_up_to_the_weight(in_time, cents):
    """2 % of the fees a point: half a point is 100 dollars; 10 points would be 2,000, of which 1,200 are at risk."""
    assert result(calls(in_time, 200 - in_time), penalty=line(2)).lines["penalty"] == [-cents]


@pytest.mark.parametrize(("in_time", "cents"), [(80, 0), (79, 30_000), (75, 30_000), (74, 80_000), (0, 80_000)])
def test_of_steps_the_last_one_passed_counts(in_time, cents):
    """Below 80 % 3 %, below 75 % 8 %, not 11 %."""
    assert result(calls(in_time, 100 - in_time), penalty=STEPS).lines["penalty"] == [-cents]


@pytest.mark.parametrize(("in_time", "cents"), [(79, 10_000), (70, 100_000), (69, 120_000)])
def test_below_the_floor_the_whole_weight_is_lost(in_time, cents):
    """1 % a point down to the floor of 70 %, then all 12 %."""
    found = result(calls(in_time, 100 - in_time), penalty=line(1), floor=percent(70))
    assert found.lines["penalty"] == [-cents]


def test_a_floor_alone_leaves_what_lies_above_it_free():
    """The target is missed, and that is all."""
    found = result(calls(75, 25), floor=percent(70))
    assert (found.met, found.lines["penalty"]) == ([0], [0])


def test_of_abandonment_less_is_better():
    """5 % allowed, 1 % of the fees a point; 14 lost of 200 are 2 points more."""
    visits = calls(186, 0) + [abandoned(9 * 3600.0 + 500 + n, 5) for n in range(14)]
    abandonment = {"measure": Measure.ABANDONMENT, "target": percent(5), "less_is_better": True, "penalty": line(1, 5)}
    found = result(visits, **abandonment)
    assert (found.values, found.met, found.credit) == ([0.07], [0], [-20_000])
    assert result(visits, **abandonment, floor=percent(6.5)).credit == [-120_000]


def test_the_speed_of_answer_is_in_seconds():
    """40 s on average, 15 s more than allowed, at 0.2 % of the fees a second; who gave up is not in it."""
    found = result(
        [*calls(5, 5), abandoned(8 * 3600.0, 600)],
        measure=Measure.SPEED_OF_ANSWER,
        target=Fraction(25),
        less_is_better=True,
        penalty=PerUnit(Fraction(25), percent(0.2), None),
    )
    assert (found.values, found.credit) == ([40.0], [-30_000])


def test_a_term_has_its_own_threshold_and_formula():
    """Within a minute of those answered all are in time; by what the type promises it would be 2 of 5."""
    visits = [*calls(2, 2), abandoned(8 * 3600.0, 5)]
    assert result(visits).values == [0.4]
    found = result(visits, threshold=ticks([60]), formula=ints([Formula.ANSWERED]))
    assert (found.values, found.met) == ([1.0], [1])


def test_only_arrivals_in_its_hours_count():
    """Up to 12:00, from 14:00 on: the bad hour at 12:00 is out, whenever its calls were answered."""
    visits = calls(9, 1, hour=9) + calls(0, 10, hour=12) + calls(9, 1, hour=14)
    found = result(visits, hours_from=ints([0, 14 * HOUR]), hours_to=ints([12 * HOUR, DAY]))
    assert found.values == [0.9]


def test_types_are_pooled_by_contacts():
    """9 of 10 calls and 30 of 90 of the other type within their own thresholds are 39 of 100."""
    plan = plan_of(types=(TinyType(threshold=20.0), TinyType("tech", threshold=30.0)))
    visits = calls(9, 1) + [replace(visit, type=1) for visit in calls(30, 60, hour=10)]
    assert result(visits, plan, types=(0, 1)).values == [0.39]
    assert result(visits, plan, types=(1,)).values == [1 / 3]


def test_only_visits_of_the_contract_count():
    """Home's late calls are not acme's, nor are those who gave up before acme was asked."""
    lines = (TinyLine("1-home", begins=0, ends=24), TinyLine("2-acme", begins=0, ends=24))
    plan = plan_of(lines=lines, steps=((Route(0), Route(1, after=15)),))
    visits = [*calls(0, 5, pool=0), answered(100, 30, pool=1), answered(200, 40, pool=1), abandoned(300, 60)]
    log = written_log(visits)
    acme = contract(plan, term(plan), pools=(1,))
    assert settle(plan, log, acme).values == [0.5]
    assert settle(plan, log, contract(plan, term(plan, clock="from arrival"), pools=(1,))).values == [0.0]
    assert settle(plan, log, contract(plan, term(plan, belongs="offered to"), pools=(1,))).values == [1 / 8]


def test_the_wait_of_who_takes_a_callback_ends_with_its_offer():
    """Who is called back an hour later waited five seconds for the offer, as in the measures."""
    nothing = ints([-1])
    called = LoggedCalls(expected=nothing, offered=ticks([105]), accepted=ints([1]), attempts=ints([1]))
    log = replace(written_log([answered(100, 3600)]), calls=called)
    plan = plan_of()
    assert settle(plan, log, contract(plan, term(plan, threshold=ticks([5])))).values == [1.0]
    assert settle(plan, log, contract(plan, term(plan, threshold=ticks([4])))).values == [0.0]


def test_who_comes_again_is_judged_again():
    """Terms are of visits: one who is lost, calls again and is answered at once is one of two."""
    visits = [abandoned(9 * 3600.0, 60), answered(9 * 3600.0 + 300)]
    rows = np.arange(2)
    again = LoggedJourneys(rows, rows * 0, rows, ints([Cause.FIRST, Cause.RETRIAL]), rows, rows)
    plan = plan_of()
    log = replace(written_log(visits), journeys=again)
    assert settle(plan, log, contract(plan, term(plan))).values == [0.5]


def test_three_good_days_do_not_hide_a_bad_one():
    """92 % of the month's calls are in time, but on one day of four it was 60 %: 3 of 4 days, 90 % of days promised."""
    plan = plan_of(days=4)
    visits = calls(99, 1) + calls(99, 1, day=1) + calls(99, 1, day=2) + calls(60, 25, day=3)
    days = in_periods(plan, [day * DAY for day in range(5)]) | {"judged": Judged.EACH, "goal": percent(90)}
    assert result(visits, plan).met == [1]
    found = result(visits, plan, **days, penalty=line(0.5, 90))
    assert (found.values, found.met, found.credit) == ([0.75], [0], [-75_000])
    assert found.periods == [0.99, 0.99, 0.99, 60 / 85]


def test_a_mean_of_days_weighs_them_alike():
    """90 % of 100 and 50 % of 2: 70 % by days, 89 % by calls."""
    plan = plan_of(days=2)
    visits = calls(90, 10) + calls(1, 1, day=1)
    days = in_periods(plan, [0, DAY, 2 * DAY]) | {"judged": Judged.AVERAGED}
    found = result(visits, plan, **days)
    assert (found.values, found.met) == ([pytest.approx(0.7)], [0])
    assert result(visits, plan).values == [91 / 102]


def test_periods_without_contacts_are_not_judged():
    """Nobody came on the second day: the share is of the days on which somebody did."""
    plan = plan_of(days=2)
    days = in_periods(plan, [0, DAY, 2 * DAY]) | {"judged": Judged.EACH, "goal": Fraction(1)}
    found = result(calls(9, 1), plan, **days)
    assert (found.values, found.periods) == ([1.0], [0.9, None])


def test_where_nobody_came_there_is_nothing_to_pay():
    """0/0 is no value: neither met nor missed."""
    found = result([], bonus=line(1, 85))
    assert (found.values, found.met, found.credit) == ([None], [-1], [0])


def test_each_month_is_judged_by_itself():
    """A visit belongs to the month of its arrival, however late it is answered."""
    found = result([*calls(10, 0), *calls(0, 1, hour=23.999), *calls(7, 3, day=1)], months=2)
    assert (found.values, found.credit) == ([10 / 11, 0.7], [0, -120_000])


def relieved(visits, band: str = "0.1", plan=None, log=None, **changes):
    """100 calls are forecast for each day."""
    plan = plan_of() if plan is None else plan
    log = written_log(visits, stopped=DAY_S * 40) if log is None else log
    return settle(plan, log, contract(plan, term(plan, **changes), relief=True, band=Fraction(band)))


def test_more_calls_than_the_forecast_allows_excuse_a_month():
    """110 are within the band, 111 are not; the value stays what it is."""
    found = relieved(calls(50, 60))
    assert (found.excused, found.met, found.credit) == ([0], [0], [-120_000])
    found = relieved(calls(50, 61))
    assert (found.excused, found.met, found.credit) == ([1], [1], [0])
    assert found.values == [50 / 111]


def test_what_relief_excuses_is_the_penalty_that_would_be_due_without_it():
    """50 of 111 in time would cost all of the 1,200 USD at risk; 88 of 111 at 2 % a point less: 144.14 USD."""
    assert relieved(calls(50, 60)).relieved == [0]
    assert relieved(calls(50, 61)).relieved == [120_000]
    assert relieved(calls(88, 23), penalty=line(2)).relieved == [round(FEES * 2 * (0.8 - 88 / 111))]
    assert relieved(calls(100, 11)).relieved == [0]


def test_of_excused_days_relief_excuses_what_they_add():
    """One of four days is missed for too many calls, another one for nothing: half of the days, or a third."""
    plan = plan_of(days=4)
    days = in_periods(plan, [day * DAY for day in range(5)]) | {"judged": Judged.EACH, "goal": percent(90)}
    written = calls(9, 1) + calls(20, 100, day=1) + calls(9, 1, day=2) + calls(5, 5, day=3)
    found = relieved(written, plan=plan, **days, penalty=line(0.1, 90))
    assert found.relieved == [round(FEES * (2 / 3 - 0.5) * 0.1)]


def test_relief_excuses_nothing_of_what_is_earned_back():
    """March is missed and earned back by April; with a wild April, excused, it would not be: 1,200 USD and April's."""
    plan = plan_of(days=3, months=3)
    usual, wild = calls(79, 21), calls(50, 61, day=1)
    agreed = {"relief": True, "band": Fraction("0.1"), "earn_back": 1}

    def found(*visits):
        log = written_log([visit for month in visits for visit in month], stopped=DAY_S * 40)
        return settle(plan, log, contract(plan, term(plan), **agreed))

    calm = found(usual, calls(80, 20, day=1), calls(80, 20, day=2))
    assert (calm.lines["earn-back"], calm.relieved) == ([0, 120_000, 0], [0, 0, 0])
    excused = found(usual, wild, calls(79, 21, day=2))
    assert (excused.lines["earn-back"], excused.relieved) == ([0, 120_000, 0], [120_000, 120_000, 0])


def test_calls_from_outside_the_hours_of_the_term_excuse_nobody():
    """50 are forecast for half a day, and 60 came in it."""
    visits = calls(30, 30) + calls(60, 0, hour=13)
    half = {"hours_from": ints([0]), "hours_to": ints([DAY // 2])}
    assert relieved(visits, **half).excused == [1]
    assert relieved(calls(30, 20) + calls(60, 0, hour=13), **half).excused == [0]


def test_who_comes_again_excuses_nobody():
    """The forecast is of first visits: a provider who lets customers call twice has not been surprised."""
    visits = calls(50, 61)
    cause = np.full(111, Cause.FIRST)
    rows = np.arange(111)
    again = LoggedJourneys(rows, rows, rows, np.where(rows < 11, Cause.RETRIAL, cause), rows, rows)
    log = replace(written_log(visits, stopped=DAY_S * 40), journeys=again)
    assert relieved([], log=log).excused == [0]


def test_excused_days_are_left_out_where_that_is_better():
    """
    Of four days the second is excused. Missed, it is left out: 2 of 3 instead of 2 of 4. Met, it stays: 3 of 4, not 2
    of 3.
    """
    plan = plan_of(days=4)
    days = in_periods(plan, [day * DAY for day in range(5)]) | {"judged": Judged.EACH, "goal": percent(90)}
    others = calls(9, 1) + calls(9, 1, day=2) + calls(5, 5, day=3)
    found = relieved(others + calls(20, 100, day=1), plan=plan, **days, penalty=line(0.1, 90))
    assert (found.values, found.excused) == ([0.5], [1])
    assert found.credit == [-round(FEES * (0.9 - 2 / 3) * 0.1)]
    found = relieved(others + calls(119, 1, day=1), plan=plan, **days, penalty=line(0.1, 90))
    assert (found.values, found.excused, found.credit) == ([0.75], [0], [-15_000])


def test_a_month_of_excused_days_alone_is_excused():
    """Nothing is left to hold against anybody."""
    plan = plan_of(days=2)
    days = in_periods(plan, [0, DAY, 2 * DAY]) | {"judged": Judged.AVERAGED}
    found = relieved(calls(20, 100) + calls(20, 100, day=1), plan=plan, **days)
    assert (found.excused, found.met, found.credit) == ([1], [1], [0])


@pytest.mark.parametrize(("in_time", "cents"), [(84, 0), (85, 0), (86, 10_000), (100, 30_000)])
def test_a_bonus_grows_from_its_mark_to_its_cap(in_time, cents):
    """1 % of the fees for every point above 85 %, 3 % at most; a term with a bonus alone costs nothing."""
    bonus = PerUnit(percent(85), percent(1) / POINT, percent(3))
    found = result(calls(in_time, 100 - in_time), bonus=bonus)
    assert found.lines == {"bonus": [cents]}
    assert found.credit == [cents]


def test_a_bonus_may_come_in_steps():
    """Above 85 % 1 %, above 90 % 2 %: at 90 % it is still 1 %."""
    steps = (Step(percent(85), percent(1)), Step(percent(90), percent(2)))
    assert [result(calls(n, 100 - n), bonus=steps).credit[0] for n in (85, 86, 90, 91)] == [0, 10_000, 10_000, 20_000]


def test_a_surprise_excuses_penalties_and_leaves_the_bonus():
    """Relief is for who missed."""
    bonus = PerUnit(percent(85), percent(1) / POINT, None)
    assert relieved(calls(190, 10), bonus=bonus).credit == [100_000]


def test_terms_share_what_is_at_risk_by_their_weights():
    """12 % of 10,000 dollars: 60 % of that and 40 %, together the cap."""
    plan = plan_of()
    log = written_log([*calls(10, 10), *(abandoned(100 + n, 30) for n in range(10))])
    less = {"measure": Measure.ABANDONMENT, "target": percent(5), "less_is_better": True, "name": "care abandonment"}
    both = contract(plan, term(plan, weight=percent(60)), term(plan, weight=percent(40), **less))
    assert settle(plan, log, both).lines["penalty"] == [-72_000, -48_000]


def test_not_a_cent_more_than_the_cap_is_lost():
    """Half of 101 cents each: both rounded up would be 102."""
    plan = plan_of()
    one, other = term(plan, weight=percent(50)), term(plan, weight=percent(50), name="again")
    both = contract(plan, one, other, at_risk=Fraction(1))
    assert settle(plan, written_log(calls(1, 1)), both, fees=[101]).credit == [-50, -51]


def test_without_a_cap_penalties_are_what_they_say():
    """30 points at 2 % each."""
    plan = plan_of()
    free = contract(plan, term(plan, penalty=line(2)), at_risk=None)
    assert settle(plan, written_log(calls(5, 5)), free).credit == [-600_000]


def test_of_less_than_nothing_no_share_is_taken():
    """An invoice of credits alone, as of charges for missing volume, has no fees that could be lost."""
    plan = plan_of()
    assert settle(plan, written_log(calls(0, 9)), contract(plan, term(plan)), fees=[-5_000]).credit == [0]


def test_a_penalty_is_earned_back_by_the_months_after_it():
    """
    March is missed, April and May are met: March comes back in May. June is missed, July is met, and nobody knows of
    August.
    """
    visits = [visit for day, late in enumerate([9, 0, 0, 9, 0]) for visit in calls(9, late, day=day)]
    plan = plan_of(5, 5)
    found = settle(plan, written_log(visits, stopped=DAY_S * 9), contract(plan, term(plan), earn_back=2))
    assert found.lines["penalty"] == [-120_000, 0, 0, -120_000, 0]
    assert found.lines["earn-back"] == [0, 0, 120_000, 0, 0]
    assert found.credit == [-120_000, 0, 120_000, -120_000, 0]


def test_a_month_without_contacts_earns_nothing_back():
    """It proves nothing."""
    plan = plan_of(2, 2)
    found = settle(plan, written_log(calls(0, 9), stopped=DAY_S * 9), contract(plan, term(plan), earn_back=1))
    assert found.lines["earn-back"] == [0, 0]


def response(visits, plan, **changes):
    return result(visits, plan, measure=Measure.RESPONSE, **changes)


def mail(arrived: float, done: float | None, pool: int = 0) -> Visit:
    """Completed at a time, or open at the end of the run."""
    if done is None:
        return Visit(arrived, Outcome.OPEN)
    return Visit(arrived, Outcome.ANSWERED, done - 60, done, done, pool=pool)


def test_deferred_work_is_in_time_by_the_hours_of_the_term():
    """Two business hours from 8 to 16 on: who writes at 15:00 has an answer in time until 9:00 the next morning."""
    plan = plan_of(days=2, types=(TinyType(channel=Channel.EMAIL, threshold=3600.0),))
    hours = [8 * HOUR, DAY + 8 * HOUR], [16 * HOUR, DAY + 16 * HOUR]
    business = {"business_offset": ints([0, 2]), "business_from": ints(hours[0]), "business_to": ints(hours[1])}
    at = 15 * 3600.0
    visits = [mail(at, DAY_S + 9 * 3600), mail(at + 1, DAY_S + 9 * 3600 + 2)]
    assert response(visits, plan, threshold=ticks([7200]), **business).values == [0.5]
    assert response(visits, plan, threshold=ticks([7200])).values == [0.0]


def test_deferred_work_that_is_not_yet_due_is_not_judged():
    """Of two open items at the end of the run one is overdue."""
    plan = plan_of(types=(TinyType(channel=Channel.EMAIL, threshold=3600.0),))
    log = written_log([mail(0, 600), mail(3600, None), mail(DAY_S - 60, None)], stopped=DAY_S)
    of = contract(plan, term(plan, measure=Measure.RESPONSE))
    assert settle(plan, log, of).values == [0.5]


def test_the_clock_of_deferred_work_begins_with_the_offer():
    """Acme may take mail from noon on: what came at 9 and was done at 13:30 took it an hour and a half."""
    lines = (TinyLine("1-home", begins=0, ends=24), TinyLine("2-acme", begins=0, ends=24))
    types = (TinyType(channel=Channel.EMAIL, threshold=3600.0),)
    plan = plan_of(types=types, lines=lines, steps=((Route(1, window=0),),), windows=(((12.0, 24.0),),))
    log = written_log([mail(9 * 3600.0, 13.5 * 3600, pool=1)])

    def met(within: float, clock: str) -> list[int]:
        one = term(plan, measure=Measure.RESPONSE, threshold=ticks([within]), clock=clock)
        return settle(plan, log, contract(plan, one, pools=(1,))).met

    assert met(1.5 * 3600, "from offer") == [1]
    assert met(1.5 * 3600 - 1, "from offer") == [0]
    assert met(4.5 * 3600 - 1, "from arrival") == [0]


def test_lines_are_in_the_currency_of_the_contract():
    """12 % of 100,000 pesos, at a rate of 0.0175; the client pays that much less."""
    plan = plan_of()
    pesos = contract(plan, term(plan), currency="PHP")
    plan = replace(plan, contracts=Contracts((pesos,)), exchange={"PHP": Exchange(Fraction("0.0175"), Fraction(0))})
    writer = Writer("USD")
    scores = terms(plan, written_log(calls(0, 9)), [[10_000_000]], writer)
    ledger = writer.ledger()
    assert ledger.lines == (Line(CLIENT, "acme", "care", "penalty", "care service_level", 0, "PHP"),)
    assert (ledger.invoiced.tolist(), ledger.amount.tolist()) == ([-1_200_000], [-21_000])
    assert scores.credit.tolist() == [-1_200_000]


def test_lines_depend_on_the_plan_alone():
    """Amounts of nothing stay in, so that books of replications stack."""
    plan = plan_of(2, 2)
    of = replace(plan, contracts=Contracts((contract(plan, term(plan, bonus=line(1, 85), penalty=line(1))),)))
    of = replace(of, exchange={"USD": Exchange(Fraction(1), Fraction(0))})
    written = []
    for visits in ([], calls(9, 1), calls(0, 9, day=1)):
        writer = Writer("USD")
        scores = terms(of, written_log(visits, stopped=DAY_S * 9), [[FEES, 0]], writer)
        written.append((writer.ledger().lines, scores.keys))
    assert written[0] == written[1] == written[2]
