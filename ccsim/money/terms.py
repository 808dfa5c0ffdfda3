"""
Service-level terms: penalties and bonuses of each month, what is earned back, and the scores they come from.

Credits are shares of the month's fees, exact until they become whole minor units of the contract's currency, once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.measures.contacts import Counted
from ccsim.money.belonging import Belonging
from ccsim.money.judging import excused, reaches, result, values
from ccsim.money.ledger import CLIENT, Line, minor_units, once, rounded
from ccsim.money.met import Met
from ccsim.money.scores import WHOLE_MONTH, Score, Scores
from ccsim.terms import Judged
from ccsim.terms import Line as PerUnit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccsim.contracts import Contract
    from ccsim.log import Log
    from ccsim.money.judging import Result, Value
    from ccsim.money.ledger import Writer
    from ccsim.plan import Plan
    from ccsim.terms import Schedule, Term

NO_VALUE = -1
UNLIMITED = 1 << 62


class Row(NamedTuple):
    """One row of scores."""

    key: Score
    numerator: float
    denominator: float
    met: int
    excused: bool
    credit: int
    relieved: int


@dataclass(frozen=True)
class Settled:
    """What a term comes to in each month [M], in minor units of the contract's currency; all 0 or more."""

    penalty: list[int]
    bonus: list[int]
    earned_back: list[int]

    def credit(self, month: int) -> int:
        """What is added to the month's invoice."""
        return self.bonus[month] + self.earned_back[month] - self.penalty[month]

    def lost(self, month: int, earn_back: int) -> int:
        """The month's penalty, unless it is given back so many months later."""
        later = month + earn_back
        is_back = earn_back > 0 and later < len(self.penalty) and self.earned_back[later] > 0
        return 0 if is_back else self.penalty[month]


def terms(plan: Plan, log: Log, fees: Sequence[Sequence[int]], writer: Writer) -> Scores:
    """
    Judge all terms of all contracts, and write what they cost and bring.

    Parameters
    ----------
    fees
        [contracts][M] what the provider's invoice of each month says without terms, of which credits are a share; less
        than nothing counts as nothing. [minor units of the contract's currency]
    writer
        Gets a line for each term and month: ``penalty`` (where it may cost something), ``bonus`` and ``earn-back``.
    """
    assert plan.contracts is not None
    counted = Counted(plan, log)
    belonging = Belonging(plan, log, counted)
    rows = [
        row
        for contract, own_fees in zip(plan.contracts.all, fees, strict=True)
        for term in contract.terms
        for row in _term(contract, term, [max(0, fee) for fee in own_fees], belonging, writer)
    ]
    columns = zip(*rows, strict=True) if rows else ((),) * len(Row._fields)
    keys, numerator, denominator, met, is_excused, credit, relieved = columns
    return Scores(
        keys=once(keys),
        numerator=np.array(numerator, dtype=np.float64),
        denominator=np.array(denominator, dtype=np.float64),
        met=np.array(met, dtype=np.int64),
        excused=np.array(is_excused, dtype=np.int64),
        credit=np.array(credit, dtype=np.int64),
        relieved=np.array(relieved, dtype=np.int64),
        met_by_all=Met.of([term for contract in plan.contracts.all for term in contract.terms], log, counted),
    )


def _term(contract: Contract, term: Term, fees: list[int], belonging: Belonging, writer: Writer) -> list[Row]:
    """Judge one term, and write its lines."""
    periods = _periods(contract, term, belonging)
    first = np.searchsorted(term.month, range(len(fees) + 1)).tolist()
    months = [result(term, periods[begin:end]) for begin, end in pairwise(first)]
    settled = settle(contract, term, months, fees)
    relieved = [0] * len(fees)
    if any(period.excused for period in periods):
        strict = [result(term, [one._replace(excused=False) for one in periods[a:b]]) for a, b in pairwise(first)]
        relieved = saved(settle(contract, term, strict, fees), settled, contract.earn_back)
    _write(contract, term, settled, fees, belonging.plan, writer)
    return [*_month_rows(contract, term, months, settled, relieved), *_period_rows(contract, term, periods)]


def _periods(contract: Contract, term: Term, belonging: Belonging) -> list[Value]:
    log, counted = belonging.log, belonging.counted
    claim = belonging.claim(contract.pools, term.belongs, term.clock)
    relieved = np.zeros(len(term.month), np.bool_)
    if contract.relief and contract.band is not None:
        relieved = excused(term, log, counted, contract.band)
    return values(term, log, counted, claim, relieved)


def settle(contract: Contract, term: Term, months: Sequence[Result], fees: Sequence[int]) -> Settled:
    """Penalty and bonus of each month by its result, and the penalties that later months earn back."""
    penalty = [
        min(rounded(penalty_share(term, month.held, contract.at_risk) * fee), most(contract, term, fee))
        if month.held is not None
        else 0
        for month, fee in zip(months, fees, strict=True)
    ]
    bonus = [
        rounded(passed(term.bonus, month.total / month.of, up=not term.sinks) * fee) if term.bonus and month.of else 0
        for month, fee in zip(months, fees, strict=True)
    ]
    return Settled(penalty, bonus, earned_back(contract, [bool(m.of) and m.is_met(term) for m in months], penalty))


def saved(strict: Settled, settled: Settled, earn_back: int) -> list[int]:
    """What each month's penalty would be more if nothing were excused, earn-back considered. [minor units]"""
    return [strict.lost(month, earn_back) - settled.lost(month, earn_back) for month in range(len(settled.penalty))]


def penalty_share(term: Term, held: Fraction, at_risk: Fraction | None) -> Fraction:
    """Share of the month's fees that a result costs: at most the term's weight of the amount at risk."""
    if not term.may_cost or reaches(held, term.goal, less_is_better=term.sinks):
        return Fraction(0)
    weight = None if at_risk is None else term.weight * at_risk
    loses_all = term.penalty is None and term.floor is None
    if term.floor is not None and not reaches(held, term.floor, less_is_better=term.sinks):
        loses_all = True
    if loses_all:
        assert weight is not None
        return weight
    share = passed(term.penalty, held, up=term.sinks) if term.penalty is not None else Fraction(0)
    return share if weight is None else min(share, weight)


def passed(schedule: Schedule, held: Fraction, *, up: bool) -> Fraction:
    """Share of the month's fees for a result that lies beyond what the schedule says, upward or downward."""

    def by(value: Fraction) -> Fraction:
        return held - value if up else value - held

    if isinstance(schedule, PerUnit):
        share = max(by(schedule.beyond), Fraction(0)) * schedule.per_unit
        return share if schedule.cap is None else min(share, schedule.cap)
    return max((step.credit for step in schedule if by(step.beyond) > 0), default=Fraction(0))


def most(contract: Contract, term: Term, fee: int) -> int:
    """
    The most that a term may cost in a month. [minor units]

    Terms share out the amount at risk, rounded down, in their order, so that not a cent more than it is ever lost.
    """
    if contract.at_risk is None:
        return UNLIMITED
    before = Fraction(0)
    for other in contract.terms:
        if other is term:
            break
        before += other.weight if other.may_cost else 0
    return math.floor((before + term.weight) * contract.at_risk * fee) - math.floor(before * contract.at_risk * fee)


def earned_back(contract: Contract, met: Sequence[bool], penalty: Sequence[int]) -> list[int]:
    """
    Penalties that are given back, in the last of as many months after theirs as must all be met.

    A month without a value proves nothing; one that is excused is as good as met. What the counted period does not show
    to the end stays with the client.
    """
    back = [0] * len(penalty)
    after = contract.earn_back
    for month in range(len(penalty) - after if after else 0):
        if all(met[month + 1 : month + 1 + after]):
            back[month + after] = penalty[month]
    return back


def _write(contract: Contract, term: Term, settled: Settled, fees: list[int], plan: Plan, writer: Writer) -> None:
    rate, units = plan.exchange[contract.currency].rate, minor_units(contract.currency)
    items = {
        "penalty": [-cost for cost in settled.penalty] if term.may_cost else None,
        "bonus": settled.bonus if term.bonus is not None else None,
        "earn-back": settled.earned_back if term.may_cost and contract.earn_back else None,
    }
    for month, fee in enumerate(fees):
        for item, amounts in items.items():
            if amounts is not None:
                line = Line(CLIENT, contract.provider, contract.name, item, term.name, month, contract.currency)
                share = Fraction(amounts[month], fee) if fee else Fraction(0)
                writer.sum(line, share, Fraction(amounts[month], units), rate)


def _month_rows(
    contract: Contract, term: Term, months: list[Result], settled: Settled, relieved: list[int]
) -> list[Row]:
    return [
        Row(
            key=Score(contract.name, term.name, number, WHOLE_MONTH),
            numerator=float(month.total),
            denominator=float(month.of),
            met=int(month.is_met(term)) if month.of else NO_VALUE,
            excused=month.excused,
            credit=settled.credit(number),
            relieved=relieved[number],
        )
        for number, month in enumerate(months)
    ]


def _period_rows(contract: Contract, term: Term, periods: list[Value]) -> list[Row]:
    """None where the period is the month."""
    if term.judged == Judged.POOLED:
        return []
    return [
        Row(
            key=Score(contract.name, term.name, month, number),
            numerator=period.total,
            denominator=period.of,
            met=int(reaches(period.quotient, term.target, less_is_better=term.less_is_better)) if period else NO_VALUE,
            excused=period.excused,
            credit=0,
            relieved=0,
        )
        for number, (period, month) in enumerate(zip(periods, term.month.tolist(), strict=True))
    ]
