"""Contracts with terms made by hand, and what they come to for a Log."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ccsim.contracts import Contract, Contracts
from ccsim.costs import Exchange
from ccsim.money.ledger import Writer
from ccsim.money.scores import WHOLE_MONTH
from ccsim.money.terms import terms
from ccsim.terms import Judged, Measure, Term
from tests.tiny_plan import ints

if TYPE_CHECKING:
    from ccsim.log import Log
    from ccsim.plan import Plan

FEES = 1_000_000
"""10,000 dollars, in cents."""


def term(plan: Plan, **changes: Any) -> Term:
    """80 % by the promises of the plan's first type, of all contacts of a month; to miss it costs the whole weight."""
    months, nothing = plan.months, ints([])
    usual = Term(
        name="care service_level",
        measure=Measure.SERVICE_LEVEL,
        types=(0,),
        threshold=plan.promises.threshold,
        formula=plan.promises.formula,
        business_offset=np.zeros(len(plan.types.name) + 1, np.int64),
        business_from=nothing,
        business_to=nothing,
        hours_from=ints([plan.counted_from]),
        hours_to=ints([plan.counted_to]),
        edges=months.edges,
        month=np.arange(len(months.name)),
        judged=Judged.POOLED,
        target=Fraction("0.8"),
        goal=changes.get("target", Fraction("0.8")),
        less_is_better=False,
        penalty=None,
        floor=None,
        weight=Fraction(1),
        bonus=None,
        belongs="answered by",
        clock="from offer",
    )
    return replace(usual, **changes)


def in_periods(plan: Plan, edges: list[int], month: list[int] | None = None) -> dict[str, Any]:
    """What makes a term one of these periods, all of the first month unless said."""
    return {"edges": ints(edges), "month": ints([0] * (len(edges) - 1) if month is None else month)}


def contract(plan: Plan, *terms: Term, **changes: Any) -> Contract:
    """With the provider acme, for all types and pools."""
    usual = Contract(
        name="care",
        provider="acme",
        currency="USD",
        types=tuple(range(len(plan.types.name))),
        sites=(0,),
        pools=tuple(range(len(plan.pools.name))),
        forecast_share=(),
        prices=(),
        baseline=None,
        minimum_share=None,
        minimum_amount=None,
        band=None,
        excess=None,
        hour_premiums=(),
        language_premiums=(),
        ramp=Fraction(1),
        bills_training=False,
        index=(),
        exchange_factor=Fraction(1),
        terms=terms,
        at_risk=Fraction("0.12"),
    )
    return replace(usual, **changes)


class Settlement(NamedTuple):
    """Of the first contract, in cents: lines by item [M], and of its terms the results of months."""

    lines: dict[str, list[int]]
    values: list[float | None]
    met: list[int]
    excused: list[int]
    credit: list[int]
    relieved: list[int]
    periods: list[float | None]
    """Values of all shorter periods."""


def settle(plan: Plan, log: Log, *contracts: Contract, fees: list[int] | None = None) -> Settlement:
    """What terms come to, of fees of 10,000 dollars a month unless given."""
    fees = [FEES] * len(plan.months.name) if fees is None else fees
    exchange = {of.currency: Exchange(Fraction(1), Fraction(0)) for of in contracts}
    plan = replace(plan, contracts=Contracts(contracts), exchange=exchange)
    writer = Writer("USD")
    scores = terms(plan, log, [fees] * len(contracts), writer)
    values = [up / down if down else None for up, down in zip(scores.numerator, scores.denominator, strict=True)]
    whole = [row for row, key in enumerate(scores.keys) if key.period == WHOLE_MONTH]
    ledger = writer.ledger()
    lines: dict[str, list[int]] = {}
    for line, amount in zip(ledger.lines, ledger.amount.tolist(), strict=True):
        lines.setdefault(line.item, []).append(amount)
    assert sum(ledger.invoiced.tolist()) == int(scores.credit.sum())
    return Settlement(
        lines=lines,
        values=[values[row] for row in whole],
        met=scores.met[whole].tolist(),
        excused=scores.excused[whole].tolist(),
        credit=scores.credit[whole].tolist(),
        relieved=scores.relieved[whole].tolist(),
        periods=[value for row, value in enumerate(values) if row not in whole],
    )
