"""What it costs to run sites, every line counted again by hand from a small center's Log."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from typing import Any

import numpy as np
import pytest

from ccsim.costs import Added, Costs, Exchange, PoolCosts, Price, Seniority, SiteCosts, Support, Training
from ccsim.log import LoggedHires, Why
from ccsim.measures import measure
from ccsim.measures.staff import StaffTime
from ccsim.money.ledger import CLIENT, MARKET, Line, Writer
from ccsim.money.own import ITEMS, own_costs
from ccsim.money.unit_costs import with_costs
from ccsim.plan import Channel, Lines, Months, Plan, SpellKind
from tests.tiny_plan import FIRST_DATE, HOUR, TinyLine, TinyType, ints
from tests.written_logs import Break, Spell, Visit, answered, small_plan, values, written_log

H = 3600.0
LINES = (TinyLine("manila", 3, 0.0, 24.0), TinyLine("newark", 2, 0.0, 24.0))
TYPES = (TinyType("calls"), TinyType("mails", channel=Channel.EMAIL))
NIGHT = Added(F(1, 10), ints([0, 22 * HOUR]), ints([6 * HOUR, 24 * HOUR]))
USD = {"USD": Exchange(F(1), F(0)), "PHP": Exchange(F(7, 400), F(1, 100)), "EUR": Exchange(F(1), F(0))}
"""A peso is worth 0.0175 dollars, and changing money costs 1 %; a euro is a dollar."""
WAGE = Price(F(320), "PHP")


def dollars(amount: str) -> Price:
    return Price(F(amount), "USD")


def a_site(**given: Any) -> SiteCosts:
    """A site of which nothing is given but overtime at half as much again."""
    nothing = dict.fromkeys(
        (
            "holiday_pay",
            "benefits",
            "seat",
            "equipment",
            "licences",
            "minute",
            "line",
            "recruiting",
            "training",
            "turnover",
        )
    )
    usual = {"overtime": F(3, 2), "premiums": (), "support": (), "licences_per": "agent", "index": (F(1),) * 2}
    return SiteCosts(**{**nothing, **usual, "not_counted": (), **given})


def a_pool(**given: Any) -> PoolCosts:
    usual = {"wage": WAGE, "seniority": None, "roster": (3, 2), "is_replaced": False, "is_trained": False}
    return PoolCosts(**{**usual, **given})


def center(pool: PoolCosts | None = None, provider: str = "in-house", **site: Any) -> Plan:
    """
    Two pools of one site on a day whose halves pass for two months: 1/2 and 1/4 of their days are counted. Newark has
    no wage and two agents.
    """
    plan = small_plan(TYPES, LINES)
    unpaid = a_pool(wage=None, roster=(2, 2))
    return replace(
        plan,
        months=Months(("2026-03", "2026-04"), ints([0, 12 * HOUR, 24 * HOUR]), (F(1, 2), F(1, 4))),
        sites=replace(plan.sites, provider=(provider,)),
        costs=Costs(
            (pool or a_pool(), unpaid), (a_site(**site),), ints([FIRST_DATE, FIRST_DATE + 15, FIRST_DATE + 22])
        ),
        exchange=USD,
    )


def lines(plan: Plan, log: Any) -> dict[tuple[str, str], list[tuple[float, int]]]:
    """Quantity and invoiced minor units of both months, by item and what it is about."""
    writer = Writer(plan.currency)
    own_costs(plan, log, StaffTime.of(plan, log), writer)
    found: dict[tuple[str, str], list[tuple[float, int]]] = {}
    for line, quantity, invoiced in zip(writer.lines, writer.quantity, writer.invoiced, strict=True):
        found.setdefault((line.item, line.about), []).append((quantity, invoiced))
    return found


DAY_SHIFT = Spell(0, 8 * H, 16 * H)


def test_agents_time_is_paid_in_the_month_in_which_it_lies() -> None:
    """08:00 to 17:00 across a month's end at noon, the last hour in overtime: 4 h, 4 h, and an hour x 1.5."""
    log = written_log(spells=[replace(DAY_SHIFT, worked=(8 * H, 17 * H))])

    assert lines(center(provider="acme"), log) == {
        ("wages", "manila"): [(4.0, 4 * 320_00), (4.0, 4 * 320_00)],
        ("overtime", "manila"): [(0.0, 0), (1.0, 480_00)],
    }


def test_premiums_are_shares_of_the_plain_wage() -> None:
    """Two hours of a night worked in overtime: 1.5 wages and a tenth of one, not of one and a half."""
    log = written_log(spells=[Spell(0, 18 * H, 22 * H, worked=(18 * H, 24 * H))])
    found = lines(center(premiums=(NIGHT,)), log)

    assert found["premiums", "manila"] == [(0.0, 0), (2.0, 64_00)]
    assert found["overtime", "manila"][1] == (2.0, 960_00)


def test_premiums_that_overlap_add() -> None:
    """An hour counts for each: 4 h of the night and 8 h of a Sunday."""
    sunday = Added(F(3, 10), ints([0]), ints([24 * HOUR]))
    log = written_log(spells=[Spell(0, 2 * H, 10 * H)])

    assert lines(center(premiums=(NIGHT, sunday)), log)["premiums", "manila"][0] == (12.0, 32 * (4 * 100 + 8 * 300))


def test_holiday_pay_is_added_for_paid_time_on_the_holiday() -> None:
    """Also to those who are absent and paid; here the holiday begins at ten."""
    holiday = Added(F(1), ints([10 * HOUR]), ints([24 * HOUR]))
    log = written_log(spells=[Spell(0, 8 * H, 12 * H), Spell(1, 8 * H, 12 * H, absent=True)])
    found = lines(center(holiday_pay=holiday), log)

    assert found["holiday pay", "manila"] == [(4.0, 4 * 320_00), (0.0, 0)]
    assert found["wages", "manila"][0] == (8.0, 8 * 320_00)


def test_a_shift_is_paid_by_the_tenure_of_its_first_day() -> None:
    """52 weeks are enough, 363 days are not; what is worked beyond the shift is paid alike."""
    pool = a_pool(seniority=Seniority(np.array([364.0, 728.0]), (F(108, 100), F(12, 10))))
    spells = [
        Spell(0, 0.0, 4 * H),
        Spell(0, 4 * H, 8 * H, worked=(4 * H, 9 * H)),
        Spell(1, 0.0, 1 * H),
        Spell(2, 0.0, 1 * H),
    ]
    log = written_log(spells=spells)
    log = replace(log, spells=replace(log.spells, tenure=np.array([363.0, 364.0, np.inf, 0.0])))
    found = lines(center(pool), log)

    assert found["wages", "manila"][0] == (10.0, round(32_000 * (4 + 4 * 1.08 + 1.2 + 1)))
    assert found["overtime", "manila"][0] == (1.0, round(32_000 * 1.08 * 1.5))


def test_agents_without_careers_have_all_seniority() -> None:
    pool = a_pool(seniority=Seniority(np.array([364.0]), (F(11, 10),)))

    assert lines(center(pool), written_log(spells=[DAY_SHIFT]))["wages", "manila"][0] == (4.0, 4 * 352_00)


def test_a_raise_is_on_all_amounts_of_the_site() -> None:
    """3 % from the second month on: on wages and on seats, of which a quarter is counted."""
    found = lines(center(index=(F(1), F(103, 100)), seat=dollars("400")), written_log(spells=[DAY_SHIFT]))

    assert [invoiced for _, invoiced in found["wages", "manila"]] == [128_000, 131_840]
    assert [invoiced for _, invoiced in found["seats", "here"]] == [200_00, 103_00]


def test_supervisors_and_benefits_follow_the_paid_hours() -> None:
    """5 agents x 4 h in each month make two hours of a supervisor of ten; 28 % on both."""
    spells = [Spell(agent, 8 * H, 16 * H) for agent in range(3)] + [
        Spell(3 + agent, 8 * H, 16 * H) for agent in range(2)
    ]
    support = (Support("supervisors", F(10), Price(F(500), "PHP")),)
    found = lines(center(support=support, benefits=F(28, 100)), written_log(spells=spells))

    assert found["supervisors", "here"] == [(2.0, 1000_00)] * 2
    assert found["benefits", "here"] == [(12 * 320 + 1000.0, (12 * 320 + 1000) * 28)] * 2


HIRES = LoggedHires(ints([0, 1, 3]), ints([FIRST_DATE - 1, FIRST_DATE + 14, FIRST_DATE + 15]))
"""Of manila one before the counted period and one on the last date of its first month; one of newark in the second."""


def test_people_hired_in_the_simulation_are_counted_by_date() -> None:
    """Each costs recruiting, 160 h of training at the wage, and material."""
    training = Training(F(160), dollars("300"))
    log = replace(written_log(), hires=HIRES)
    found = lines(center(a_pool(is_replaced=True), recruiting=dollars("1800"), training=training, turnover=F(9)), log)

    assert found["recruiting", "manila"] == [(1.0, 1800_00), (0.0, 0)]
    assert found["training", "manila"] == [(160.0, 160 * 320_00), (0.0, 0)]
    assert found["training material", "manila"] == [(1.0, 300_00), (0.0, 0)]
    newark = 9 * 2 * 7 / 365.25
    assert found["recruiting", "newark"][1] == (pytest.approx(newark + 1), round((newark + 1) * 1800_00))


def test_training_that_is_simulated_is_paid_once() -> None:
    """Its hours are paid hours of the shift; only material comes on top."""
    pool = a_pool(is_replaced=True, is_trained=True)
    found = lines(center(pool, training=Training(F(160), dollars("300"))), replace(written_log(), hires=HIRES))

    assert found["training", "manila"] == [(0.0, 0), (0.0, 0)]
    assert found["training material", "manila"][0] == (1.0, 300_00)


def test_turnover_stands_for_hires_where_nobody_leaves() -> None:
    """40 % a year of 3 and 2 seats, over 15 and 7 days."""
    found = lines(center(recruiting=dollars("1800"), turnover=F(4, 10)), written_log())
    people = [0.4 * 3 * 15 / 365.25, 0.4 * 2 * 7 / 365.25]

    assert found["recruiting", "manila"] == [(pytest.approx(n), round(n * 1800_00)) for n in people]


def test_benefits_are_on_training_too() -> None:
    """It is paid as wages."""
    site = {"training": Training(F(160), None), "turnover": F(1), "benefits": F(1, 4)}
    found = lines(center(**site), written_log())

    assert found["benefits", "here"][0][1] == pytest.approx(found["training", "manila"][0][1] / 4, abs=1)


def test_seats_are_those_scheduled_when_most_are_at_once() -> None:
    """Three at ten o'clock, one of them absent, and one in the afternoon, at 420 a month of which 1/2 and 1/4 count."""
    spells = [
        Spell(0, 8 * H, 16 * H),
        Spell(1, 6 * H, 11 * H),
        Spell(3, 9 * H, 12 * H, absent=True),
        Spell(4, 2 * H, 6 * H),
    ]
    found = lines(center(seat=dollars("420")), written_log(spells=spells))

    assert found["seats", "here"] == [(1.5, 630_00), (0.25, 105_00)]


def test_equipment_and_licences_are_for_named_agents_or_for_those_present() -> None:
    """Five seats, then four; present are two at once, one of them on a break, then one."""
    spells = [
        Spell(0, 8 * H, 16 * H),
        Spell(1, 6 * H, 11 * H, breaks=(Break(9 * H, 10 * H),)),
        Spell(2, 8 * H, 9 * H, absent=True),
    ]
    log = written_log(spells=spells)
    site = {"equipment": dollars("55"), "licences": dollars("110")}

    named = lines(center(**site), log)
    assert named["equipment", "here"] == [(2.5, 137_50), (1.0, 55_00)]
    assert named["licences", "here"] == [(2.5, 275_00), (1.0, 110_00)]
    assert lines(center(**site, licences_per="concurrent"), log)["licences", "here"] == [(1.0, 110_00), (0.25, 27_50)]


def phone_log(**changes: Any) -> Any:
    """A call from 11:58 to 12:03 with two minutes of wrap-up, another in its midst that a hold ends, and an email."""
    visits = [
        Visit(11 * H, started=11 * H + 3480, left=12 * H + 180, ended=12 * H + 300),
        replace(answered(11.5 * H, 1860, 60), left=12 * H + 120),
        answered(6 * H, 0, 600, type=1),
    ]
    work = [
        (1, 0, 11 * H + 3480, 12 * H + 300),
        (2, 1, 12 * H + 60, 12 * H + 120),
        (2, 1, 12 * H + 120, 12 * H + 180),
        (0, 2, 6 * H, 6 * H + 600),
    ]
    log = written_log(visits, work, [DAY_SHIFT, replace(DAY_SHIFT, agent=1)])
    why = np.where(log.segments.start == int(12 * H + 120) << 20, Why.HOLDING, Why.DONE)
    return replace(log, segments=replace(log.segments, why=why, **changes))


def test_telephone_minutes_are_talk_and_holding_in_the_month_in_which_they_lie() -> None:
    """Two minutes before noon; after it three of the first call and two, one of them on hold, of the second."""
    found = lines(center(minute=dollars("0.018")), phone_log())

    assert found["telephone minutes", "here"] == [(2.0, 4), (5.0, 9)]


def test_calls_that_reach_nobody_are_no_talk() -> None:
    log = phone_log()
    log = replace(log, segments=replace(log.segments, why=np.full(4, Why.DIALED)))

    assert lines(center(minute=dollars("0.018")), log)["telephone minutes", "here"] == [(0.0, 0), (0.0, 0)]


def test_lines_are_those_of_the_groups_or_as_many_as_calls_at_once() -> None:
    """One call, then two; or 40 lines of the group."""
    plan = center(line=dollars("12"))
    assert lines(plan, phone_log())["telephone lines", "here"] == [(0.5, 6_00), (0.5, 6_00)]

    grouped = replace(plan, types=replace(plan.types, line_group=ints([0, -1])), lines=Lines(("trunk",), ints([40])))
    assert lines(grouped, phone_log())["telephone lines", "here"] == [(20.0, 240_00), (10.0, 120_00)]


def test_a_provider_pays_for_its_sites_and_the_client_for_its_own() -> None:
    """The client has to change money, and pays 1 % of the pesos for it; providers are paid in what they choose."""
    log = written_log(spells=[DAY_SHIFT])
    for provider, payer, items in (
        ("in-house", CLIENT, {"wages", "overtime", "spread"}),
        ("acme", "acme", {"wages", "overtime"}),
    ):
        writer, plan = Writer("USD"), center(provider=provider)
        own_costs(plan, log, StaffTime.of(plan, log), writer)
        assert {line.payer for line in writer.lines} == {payer}
        assert {line.item for line in writer.lines} == items
        assert writer.lines[0] == Line(payer, MARKET, "", "wages", "manila", 0, "PHP")
        assert (writer.invoiced[0], writer.amount[0]) == (1280_00, 22_40)

    assert lines(center(), log)["spread", "here"] == [(1280.0, 12_80), (1280.0, 12_80)]


def test_each_line_is_rounded_once_and_the_spread_is_on_what_is_invoiced() -> None:
    """A third of 4 h x 320.01 is 426.68 pesos, no cent less; 1 % of it 4.27."""
    found = lines(center(a_pool(wage=Price(F("320.01") / 3, "PHP"))), written_log(spells=[DAY_SHIFT]))

    assert found["wages", "manila"][0] == (4.0, 426_68)
    assert found["spread", "here"][0] == (426.68, 4_27)


def test_which_lines_there_are_follows_from_the_plan_alone() -> None:
    """So that ledgers of replications stack: an empty day has the lines of a busy one, at nothing."""
    site = {"premiums": (NIGHT,), "seat": dollars("420"), "minute": dollars("0.018"), "recruiting": dollars("5")}
    plan, ledgers = center(**site), []
    for log in (written_log(), phone_log()):
        writer = Writer("USD")
        own_costs(plan, log, StaffTime.of(plan, log), writer)
        ledgers.append(writer.ledger())

    assert ledgers[0].lines == ledgers[1].lines
    assert not ledgers[0].amount.any()
    assert {line.item for line in ledgers[0].lines} <= set(ITEMS)


def test_nothing_is_written_where_no_costs_are_known() -> None:
    plan = replace(center(), costs=None)

    assert lines(plan, written_log(spells=[DAY_SHIFT])) == {}


def test_labor_cost_is_what_the_books_have_for_labor() -> None:
    """In dollars; holiday pay is among the premiums."""
    holiday = Added(F(1), ints([10 * HOUR]), ints([24 * HOUR]))
    plan = center(premiums=(NIGHT,), holiday_pay=holiday, index=(F(1), F(103, 100)))
    spells = [replace(DAY_SHIFT, worked=(8 * H, 17 * H)), Spell(1, 1 * H, 7 * H, kind=SpellKind.OVERTIME)]
    log = written_log(spells=spells)
    found, measured = lines(plan, log), values(plan, log, "pool", "manila")

    paid = {item: sum(invoiced for _, invoiced in found[item, "manila"]) * 0.0175 / 100 for item in ITEMS[:4]}
    assert measured["labor_cost_regular"] == pytest.approx(paid["wages"])
    assert measured["labor_cost_premium"] == pytest.approx(paid["premiums"] + paid["holiday pay"])
    assert measured["labor_cost_overtime"] == pytest.approx(paid["overtime"])
    assert values(plan, log, "pool", "newark")["labor_cost"] is None


def total_cost(plan: Plan, log: Any) -> float | None:
    writer = Writer("USD")
    own_costs(plan, log, StaffTime.of(plan, log), writer)
    tally = with_costs(measure(plan, log), writer.ledger(), plan)
    row = [key.measure for key in tally.keys].index("total_cost")
    return tally.numerator[row] / tally.denominator[row] if tally.denominator[row] else None


def test_a_total_that_leaves_work_unpaid_is_none() -> None:
    """Agents without a wage, or a provider without a contract, would be free and win every comparison."""
    log = written_log(spells=[DAY_SHIFT, replace(DAY_SHIFT, agent=3)])
    paid = center(a_pool(wage=dollars("20")))
    assert paid.costs is not None
    paid = replace(paid, costs=replace(paid.costs, pools=(a_pool(wage=dollars("20")), a_pool(wage=dollars("30")))))

    assert total_cost(paid, log) == 8 * 20 + 8 * 30
    assert total_cost(center(a_pool(wage=dollars("20"))), log) is None
    assert total_cost(replace(paid, sites=replace(paid.sites, provider=("acme",))), log) is None
