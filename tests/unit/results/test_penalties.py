"""What missing terms may cost, counted by hand from the Logs of six replications of three months."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest

from ccsim.contracts import Contracts
from ccsim.costs import Exchange
from ccsim.money.books import Books
from ccsim.money.ledger import Writer
from ccsim.money.terms import terms
from ccsim.plan import Months
from ccsim.results.penalties import billed, penalties
from ccsim.results.stacked import Stacked
from ccsim.terms import Line, Measure
from tests.small_terms import FEES, contract, term
from tests.tiny_plan import DAY, TinyLine
from tests.written_logs import answered, small_plan, written_log

MONTHS = ("2026-03", "2026-04", "2026-05")
IN_TIME = ((80, 80, 80), (79, 80, 80), (79, 78, 80), (60, 80, 80), (80, 80, 75), (80, 80, 80))
"""Of 100 calls in each month of each replication; the promise is 80, a point costs 100 USD, and 1,200 are at risk."""
DAY_S = 86_400.0


def plan_of(one):
    """Three months of a day each."""
    days = len(MONTHS)
    plan = small_plan(days=days, hours=(0.0, 24.0 * days), lines=(TinyLine(agents=1, begins=0.0, ends=24.0),))
    edges = np.arange(days + 1) * DAY
    plan = replace(plan, months=Months(MONTHS, edges, (Fraction(1),) * days), currency="USD")
    return replace(plan, contracts=Contracts((one(plan),)), exchange={"USD": Exchange(Fraction(1), Fraction(0))})


def per_point(plan, **changes):
    """The promise of all these tests."""
    return term(plan, penalty=Line(Fraction("0.8"), Fraction(1), None), **changes)


def care(**changes):
    return lambda plan: contract(plan, per_point(plan), **changes)


def record(one):
    """As of a run of one scenario."""
    plan = plan_of(one)
    books = []
    for replication in IN_TIME:
        waits = [[20.0] * good + [60.0] * (100 - good) for good in replication]
        visits = [
            answered(day * DAY_S + 36_000 + n, wait) for day, month in enumerate(waits) for n, wait in enumerate(month)
        ]
        writer = Writer("USD")
        log = written_log(visits, stopped=DAY_S * 40)
        scores = terms(plan, log, [[FEES] * len(MONTHS)], writer)
        books.append(Books(writer.ledger(), scores))
    sums = SimpleNamespace(plan=plan, books=Stacked.of(books))
    return SimpleNamespace(sums={"a": sums}, confidence=0.95, replications=(1, 2, 3, 4, 5, 6))


def by_month(found, of="care service_level"):
    """Rows of one term, or ("") of all terms together."""
    return found[found["term"] == of].set_index("month")


def rows(one):
    return penalties(record(one))


@pytest.fixture(scope="module")
def care_rows():
    return by_month(rows(care()))


def test_the_distribution_of_the_penalty_is_that_of_the_replications(care_rows):
    """0, 100, 300, 1,200 (not 2,000), 500 and 0 USD."""
    whole = care_rows.loc["all"]
    assert whole[["penalty", "median", "p90", "p95", "largest", "n"]].tolist() == [350, 100, 1200, 1200, 1200, 6]
    assert math.isnan(whole["p90_high"])
    assert (whole["bonus"], math.isnan(whole["relieved"])) == (0, True)


def test_a_month_is_missed_and_any_month_is_missed(care_rows):
    """5 of 18 months, in 4 of 6 replications, of which each is one trial."""
    whole = care_rows.loc["all"]
    assert whole["months_missed"] == pytest.approx(5 / 18)
    assert whole["missed"] == pytest.approx(4 / 6)
    assert whole[["missed_low", "missed_high"]].tolist() == pytest.approx([0.2228, 0.9567], abs=1e-4)


def test_each_month_has_its_own_row(care_rows):
    """March costs most: 100, 100 and 1,200 in 6 replications."""
    assert care_rows.loc[list(MONTHS), "penalty"].tolist() == pytest.approx([1400 / 6, 200 / 6, 500 / 6], abs=0.01)
    assert care_rows.loc[list(MONTHS), "missed"].tolist() == pytest.approx([3 / 6, 1 / 6, 1 / 6])
    assert care_rows.loc["2026-03", "value"] == pytest.approx((80 + 79 + 79 + 60 + 80 + 80) / 600)
    assert care_rows.loc["2026-03", "value_tenth"] == 0.6


def test_the_worst_month_is_that_of_each_replication(care_rows):
    """In the third one April with 200 USD, in the fifth May; where nothing costs anything the worst result."""
    worst = care_rows.loc["worst"]
    assert worst["penalty"] == pytest.approx((0 + 100 + 200 + 1200 + 500 + 0) / 6, abs=0.01)
    assert worst["value"] == pytest.approx((80 + 79 + 78 + 60 + 75 + 80) / 600)
    assert worst["months_missed"] == worst["missed"] == pytest.approx(4 / 6)


def test_what_is_earned_back_was_no_penalty():
    """After one good month: March of the second and the fourth, April of the third; May has nobody after it."""
    found = by_month(rows(care(earn_back=1)))
    assert found.loc[["all", *MONTHS], "penalty"].tolist() == pytest.approx([100, 100 / 6, 0, 500 / 6], abs=0.01)
    assert found.loc["all", "largest"] == 500
    assert found.loc["all", "missed"] == pytest.approx(4 / 6)


def test_terms_of_a_contract_share_its_cap():
    """Each may cost half of 1,200 USD: 600 + 600 in the fourth replication, and twice the others'."""

    def two(plan):
        half = Fraction(1, 2)
        return contract(plan, per_point(plan, weight=half), per_point(plan, weight=half, name="again"))

    found = rows(two)
    assert by_month(found, "again").loc["all", "largest"] == 600
    both = by_month(found, "").loc["all"]
    assert both[["penalty", "largest", "p90"]].tolist() == pytest.approx([(200 + 600 + 1200 + 1000) / 6, 1200, 1200])
    assert both["missed"] == pytest.approx(4 / 6)
    assert math.isnan(both["value"])


def test_a_month_of_a_contract_is_missed_if_one_of_its_terms_is():
    """One term of 70 %, which only the first month of the fourth replication misses, and one of 80 %."""

    def two(plan):
        easy = term(plan, target=Fraction("0.7"), weight=Fraction(0), name="easy")
        return contract(plan, per_point(plan, weight=Fraction(1)), easy)

    found = rows(two)
    assert by_month(found, "easy").loc["all", "missed"] == pytest.approx(1 / 6)
    assert by_month(found, "").loc["all", "missed"] == pytest.approx(4 / 6)
    assert by_month(found, "").loc["all", "months_missed"] == pytest.approx(5 / 18)


def test_of_waits_the_longest_is_the_worst():
    """Mean waits of 28, 28.4, ..., 36 s; nothing is missed, so the worst month is that of the longest."""

    def speed(plan):
        wait = {"measure": Measure.SPEED_OF_ANSWER, "target": Fraction(60), "less_is_better": True}
        return contract(plan, term(plan, **wait))

    found = by_month(rows(speed))
    assert found.loc["worst", "unit"] == "s"
    assert found.loc["worst", "value"] == pytest.approx(20 + 40 * (20 + 21 + 22 + 40 + 25 + 20) / 600)
    assert found.loc["2026-03", "value_tenth"] == 36


def test_bonuses_stand_apart():
    """A bonus of 100 USD for each point above 79 %, in 13 of 18 months, and the penalties as ever."""

    def with_bonus(plan):
        return contract(plan, per_point(plan, bonus=Line(Fraction("0.79"), Fraction(1), None)))

    found = by_month(rows(with_bonus))
    assert found.loc["all", ["penalty", "bonus"]].tolist() == pytest.approx([350, 1300 / 6], abs=0.01)


def test_without_terms_there_are_no_rows():
    """A contract without promises has nothing to miss."""
    assert rows(lambda plan: contract(plan)).empty


def test_each_replication_is_billed():
    """Penalties are less what is earned back, and the invoice has them already."""
    found = billed(record(care(earn_back=1)))
    assert found["replication"].tolist() == [1, 2, 3, 4, 5, 6]
    assert found["penalty"].tolist() == [0, 0, 100, 0, 500, 0]
    assert found["invoice"].tolist() == [0, 0, -100, 0, -500, 0]
