"""The books of a simulated center, added up again spell by spell and call by call, without the formulas of ccsim."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction as F
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from ccsim.chance import draw
from ccsim.engine import simulate
from ccsim.money.books import books
from ccsim.plan import TICKS_PER_SECOND
from tests.small_center import PHONE, planned

MANILA = ZoneInfo("Asia/Manila")
NEW_YORK = ZoneInfo("America/New_York")
SITE = {
    "location": "in-house",
    "country": "PH",
    "timezone": "Asia/Manila",
    "wage": "250 PHP per hour",
    "night": {"from": "22:00", "to": "06:00", "add": "12.5%"},
    "overtime": "x1.25",
    "costs": {
        "benefits": "22%",
        "holiday_pay": "100%",
        "seat": "9000 PHP per month",
        "equipment": "41 USD per month",
        "telecom": {"minute": "0.9 PHP"},
        "supervisors": {"span": 9, "wage": "410 PHP per hour"},
        "recruiting": "21000 PHP",
        "training": {"lasts": "1 week", "material": "2500 PHP"},
    },
}
POOL = {
    "site": "manila",
    "handles": {"calls": {}},
    "shifts": {
        "night": {"from": "20:30", "to": "05:30", "agents": 9},
        "day": {"from": "06:00", "to": "12:00", "agents": 4},
    },
    "shrinkage": {"absence": "10%"},
    "attrition": "60%",
    "tenure": "29 days",
    "seniority": [{"after": "30 days", "wage": "x1.1"}, {"after": "5 weeks", "wage": "x1.25"}],
}
CALLS = {
    **PHONE,
    "demand": {"rate": "30 per hour"},
    "talk_time": {"exponential": "8 min"},
    "wrap_up": {"exponential": "1 min"},
}
CALLS.pop("handle_time")
PESO = F(175, 10_000)


@pytest.fixture(scope="module")
def run():
    """Three weeks around Holy Week and the end of a month; clocks go forward in New York before, in Manila never."""
    plan = planned(
        calendar={"start": "2026-03-18", "weeks": 3, "timezone": "America/New_York", "warm_up": "1 day"},
        currency={"report": "USD", "rates": {"PHP": {"rate": 0.0175, "spread": "1.5%"}}},
        contact_types={"calls": CALLS},
        sites={"manila": SITE},
        pools={"care": POOL},
    )
    log = simulate(plan, draw(plan, 20_260_318, 0))
    kept = books(plan, log)
    assert kept is not None
    assert kept.scores is None
    return plan, log, kept.ledger


def invoiced(ledger, item: str) -> list[int]:
    """Of both months, in minor units."""
    return [int(amount) for line, amount in zip(ledger.lines, ledger.invoiced, strict=True) if line.item == item]


def cents(amount: F) -> int:
    return int(amount * 100 + F(1, 2))


class Clock:
    """Ticks of moments on the wall clocks of both places."""

    def __init__(self, plan) -> None:
        self.epoch = plan.epoch

    def tick(self, moment: datetime) -> int:
        return int(moment.timestamp() - self.epoch) * TICKS_PER_SECOND

    def local(self, tick: int) -> datetime:
        return datetime.fromtimestamp(self.epoch + tick / TICKS_PER_SECOND, UTC).astimezone(MANILA)

    @property
    def months(self) -> list[tuple[int, int]]:
        """From 18 March to 1 April to 8 April, midnights of New York."""
        edges = [self.tick(datetime(2026, month, day, tzinfo=NEW_YORK)) for month, day in ((3, 18), (4, 1), (4, 8))]
        return list(pairwise(edges))

    def windows(self, begins: time, ends: time) -> list[tuple[int, int]]:
        """From one time of day to another of every date of Manila, tomorrow if it is not later."""
        dates = [date(2026, 3, 10) + timedelta(days=day) for day in range(40)]
        later = timedelta(days=0 if ends > begins else 1)
        return [
            (self.tick(datetime.combine(d, begins, MANILA)), self.tick(datetime.combine(d + later, ends, MANILA)))
            for d in dates
        ]


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def hours(ticks: int) -> F:
    return F(ticks, 3600 * TICKS_PER_SECOND)


HOLIDAYS = (date(2026, 3, 20), date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 4))
"""End of Ramadan, Maundy Thursday, Good Friday, Black Saturday."""


@pytest.fixture(scope="module")
def labor(run):
    """Wages, premiums, overtime and holiday pay of both months."""
    plan, log, _ = run
    clock, spells = Clock(plan), log.spells
    nights = clock.windows(time(22), time(6))
    holidays = [day for day in clock.windows(time(0), time(0)) if clock.local(day[0]).date() in HOLIDAYS]
    paid = {item: [F(0), F(0)] for item in ("wages", "premiums", "overtime", "holiday pay", "hours")}
    for row in range(len(spells.agent)):
        days = spells.tenure[row]
        wage = 250 * (F(5, 4) if days >= 35 else F(11, 10) if days >= 30 else 1)
        shift = int(spells.planned_from[row]), int(spells.planned_to[row])
        beyond = shift[1], max(shift[1], int(spells.ends[row]))
        for month, counted in enumerate(clock.months):
            for stretch, item, times in ((shift, "wages", F(1)), (beyond, "overtime", F(5, 4))):
                inside = max(stretch[0], counted[0]), min(stretch[1], counted[1])
                paid[item][month] += wage * times * hours(overlap(stretch, counted))
                paid["hours"][month] += hours(overlap(stretch, counted))
                paid["premiums"][month] += wage * F(1, 8) * sum(hours(overlap(inside, night)) for night in nights)
                paid["holiday pay"][month] += wage * sum(hours(overlap(inside, day)) for day in holidays)
    return paid


@pytest.mark.parametrize("item", ["wages", "premiums", "overtime", "holiday pay"])
def test_labor_is_paid_spell_by_spell(run, labor, item):
    """By the clock of Manila, in the months of New York, at the tenure of each shift's first day."""
    assert invoiced(run[2], item) == [cents(amount) for amount in labor[item]]
    assert min(labor[item]) > 0


def test_all_steps_of_seniority_occur(run):
    """Or the run would say little of them."""
    tenure = run[1].spells.tenure
    assert [bool(((low <= tenure) & (tenure < high)).any()) for low, high in ((0, 30), (30, 35), (35, 99))] == [
        True
    ] * 3


def test_people_and_benefits(run, labor):
    """Hires by date; training of a week at the wage, here not simulated; benefits on all of it."""
    _, log, ledger = run
    edges = [date(2026, 3, 18).toordinal(), date(2026, 4, 1).toordinal(), date(2026, 4, 8).toordinal()]
    hired = [int(((log.hires.date >= low) & (log.hires.date < high)).sum()) for low, high in pairwise(edges)]
    training = [F(n * 40 * 250) for n in hired]
    supervisors = [of_month / 9 * 410 for of_month in labor["hours"]]
    items = ("wages", "premiums", "overtime", "holiday pay")
    wages = [sum(labor[item][month] for item in items) + training[month] + supervisors[month] for month in range(2)]

    assert sum(hired) > 3
    assert invoiced(ledger, "recruiting") == [n * 21_000_00 for n in hired]
    assert invoiced(ledger, "training") == [cents(amount) for amount in training]
    assert invoiced(ledger, "training material") == [n * 2_500_00 for n in hired]
    assert invoiced(ledger, "supervisors") == [cents(amount) for amount in supervisors]
    assert invoiced(ledger, "benefits") == [cents(amount * 22 / 100) for amount in wages]


def test_place_and_telephone(run):
    """Nine of the night are scheduled at once, unless some seats are vacant all the time; 13 have a computer."""
    plan, log, ledger = run
    share = [F(14, 31), F(7, 30)]
    clock, spells, visits, work = Clock(plan), log.spells, log.visits, log.segments
    talk, most = [0, 0], [0, 0]
    for month, counted in enumerate(clock.months):
        for row in range(len(work.visit)):
            until = min(int(work.end[row]), int(visits.left[work.visit[row]]))
            talk[month] += overlap((int(work.start[row]), until), counted)
        here = (spells.planned_from < counted[1]) & (spells.planned_to > counted[0])
        starts = np.maximum(spells.planned_from[here], counted[0])
        most[month] = max(int(((spells.planned_from <= at) & (spells.planned_to > at)).sum()) for at in starts)

    assert invoiced(ledger, "telephone minutes") == [cents(F(9, 10) * hours(ticks) * 60) for ticks in talk]
    assert invoiced(ledger, "seats") == [cents(9000 * most[month] * share[month]) for month in range(2)]
    assert invoiced(ledger, "equipment") == [cents(41 * 13 * part) for part in share]


def test_what_is_in_pesos_is_changed_at_a_spread(run):
    """Of 1.5 % of what is invoiced; equipment is in dollars. In dollars each line is rounded once more."""
    _, _, ledger = run
    pesos = [0, 0]
    for line, amount in zip(ledger.lines, ledger.invoiced, strict=True):
        if line.currency == "PHP" and line.item != "spread":
            pesos[line.month] += int(amount)

    assert invoiced(ledger, "spread") == [cents(F(amount, 100) * F(15, 1000)) for amount in pesos]
    for line, amount, paid in zip(ledger.lines, ledger.invoiced, ledger.amount, strict=True):
        assert paid == (cents(F(int(amount), 100) * PESO) if line.currency == "PHP" else amount)
