"""The small desk with books written by hand: what is paid follows from the Log in ways easily counted again."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from ccsim.contracts import Contract, Contracts, Per, Price
from ccsim.log import Outcome
from ccsim.money.books import Books
from ccsim.money.ledger import CLIENT, MARKET, Line, Writer
from ccsim.money.met import Met
from ccsim.money.scores import WHOLE_MONTH, Score, Scores
from ccsim.terms import Judged, Measure, Term

if TYPE_CHECKING:
    from ccsim.log import Log
    from ccsim.plan import Plan

RATE, WAGE, SEATS = Fraction("150.25"), Fraction("20.01"), Fraction("420.005")
"""PHP for an answered contact, USD for an agent, USD for a seat and month."""
PHP = Fraction("0.0175")
PENALTY = Fraction("-1000")
"""PHP in each month in which fewer than 95 % are answered."""
GOAL = 0.95


def small_books(plan: Plan, log: Log) -> Books:
    """The client pays wages and seats, and acme by contact answered; acme pays wages."""
    writer = Writer("USD")
    arrived, was_answered = log.visits.arrived, log.visits.outcome == Outcome.ANSWERED
    edges = plan.months.edges
    scores = []
    for month in range(len(plan.months.name)):
        here = (edges[month] <= arrived) & (arrived < edges[month + 1])
        answered, offered = int((here & was_answered).sum()), int(here.sum())
        came = Fraction(int((log.spells.begins >= 0).sum()), 7)

        def line(payer, item, currency, payee=MARKET, contract="", about="", month=month):
            return Line(payer, payee, contract, item, about, month, currency)

        writer.line(line(CLIENT, "wages", "USD", about="newark"), came, WAGE, Fraction(1))
        writer.line(line(CLIENT, "seats", "USD", about="newark"), Fraction(1), SEATS, Fraction(1))
        writer.line(line(CLIENT, "contact", "PHP", "acme", "care", "phone"), Fraction(answered), RATE, PHP)
        missed = answered < GOAL * offered
        writer.sum(line(CLIENT, "penalty", "PHP", "acme", "care"), Fraction(1), PENALTY * missed, PHP)
        writer.line(line(CLIENT, "spread", "USD", contract="care"), Fraction(answered), RATE * PHP / 100, Fraction(1))
        writer.line(line("acme", "wages", "PHP", about="manila"), Fraction(answered), Fraction(60), PHP)
        scores.append((answered, offered, not missed, 0, -100_000 * missed, 0))
    columns = (np.array(column) for column in zip(*scores, strict=True))
    keys = tuple(Score("care", "phone service_level", month, WHOLE_MONTH) for month in range(len(scores)))
    return Books(writer.ledger(), Scores(keys, *columns, met_by_all(log, plan)))


def met_by_all(log: Log, plan: Plan) -> Met:
    """Who was answered, of all who came, by planning interval."""
    edges = plan.promises.edges
    arrived, was_answered = log.visits.arrived, log.visits.outcome == Outcome.ANSWERED
    return Met(
        *(np.histogram(arrived[which], edges)[0][None, :].astype(float) for which in (was_answered, arrived >= 0))
    )


def with_contract(plan: Plan) -> Plan:
    """The plan with the contract that the books speak of."""
    nobody = np.empty(0, np.int64)
    nothing = dict.fromkeys(("baseline", "minimum_share", "minimum_amount", "band", "excess"))
    contract = Contract(
        name="care",
        provider="acme",
        currency="PHP",
        types=(0,),
        sites=(0,),
        pools=(0,),
        forecast_share=(Fraction(1),),
        prices=(Price(Per.CONTACT, (0,), (), Fraction(0), "available", 0, -1, Fraction(0)),),
        hour_premiums=(),
        language_premiums=(),
        ramp=Fraction(1),
        bills_training=False,
        index=(Fraction(1),) * len(plan.months.name),
        exchange_factor=Fraction(1),
        terms=(
            Term(
                "phone service_level", Measure.SERVICE_LEVEL, (0,), *(nobody,) * 7, plan.months.edges,
                np.arange(len(plan.months.name)), Judged.POOLED, Fraction("0.95"), Fraction("0.95"), False, None, None,
                Fraction(1), None, "answered by", "from offer",
            ),
        ),
        **nothing,
    )  # fmt: skip
    return replace(plan, contracts=Contracts((contract,)))
