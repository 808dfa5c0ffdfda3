"""
Who bears the risk: how much a contract's invoice and its provider's margin vary between replications, and with what.

Amounts are of the counted period in the reporting currency. Three causes are looked at, each of a replication: contacts
offered of the contract's types; mean handle time of its pools; the share of their paid hours in which they were not
available. What they do not explain is chance of other kinds: when calls came, who waited, what a term cost.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.analysis.comparisons import difference, simultaneous, verdict
from ccsim.analysis.estimates import estimate
from ccsim.analysis.variance import deviation, deviation_difference, explained
from ccsim.measures.catalog import BOOKS, CATALOG
from ccsim.measures.tally import CONTACT_TYPE, POOL, Key
from ccsim.money.ledger import CLIENT, MARKET, minor_units
from ccsim.results.columns import frame

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.contracts import Contract
    from ccsim.plan import Floats
    from ccsim.results.record import Record, Sums

INVOICE, MARGIN = "invoice", "margin"


class Result(NamedTuple):
    """What one party has of a contract, or of all contracts of a provider (contract empty), in each replication."""

    party: str
    provider: str
    contract: str
    item: str
    amounts: Floats
    """[R] units of the reporting currency."""
    of: tuple[Contract, ...]


def risk(record: Record) -> pd.DataFrame:
    """Invoices and margins: mean, standard deviation, and what explains it; empty without contracts."""
    found = [(sums, result) for sums in record.sums.values() for result in of_contracts(sums)]
    return frame("risk", [row(sums, result, record.confidence) for sums, result in found])


def of_contracts(sums: Sums) -> list[Result]:
    """The invoice of each contract, then the margin of each provider whose own costs are known."""
    if sums.plan.contracts is None or sums.books is None:
        return []
    contracts = sums.plan.contracts.all
    invoices = [
        Result(CLIENT, one.provider, one.name, INVOICE, paid(sums, contract=one.name), (one,)) for one in contracts
    ]
    return [*invoices, *margins(sums)]


def margins(sums: Sums) -> list[Result]:
    """What providers are paid less what they pay."""
    assert sums.plan.contracts is not None
    assert sums.books is not None
    found = []
    for provider in dict.fromkeys(one.provider for one in sums.plan.contracts.all):
        if not any(line.payer == provider for line in sums.books.lines):
            continue
        own = tuple(one for one in sums.plan.contracts.all if one.provider == provider)
        earned = paid(sums, payee=provider) - paid(sums, payer=provider)
        found.append(Result(provider, provider, own[0].name if len(own) == 1 else "", MARGIN, earned, own))
    return found


def paid(sums: Sums, *, contract: str = "", payer: str = "", payee: str = "") -> Floats:
    """[R] all lines of a contract that go to its provider, or all that somebody pays or is paid."""
    assert sums.books is not None
    which = [
        row
        for row, line in enumerate(sums.books.lines)
        if (contract and line.contract == contract and line.payee != MARKET)
        or (payer and line.payer == payer)
        or (payee and line.payee == payee)
    ]
    found: Floats = sums.books.amount[:, which].sum(axis=1) / minor_units(sums.plan.currency)
    return found


def row(sums: Sums, result: Result, confidence: float) -> tuple[object, ...]:
    amounts, drawn = result.amounts, causes(sums, result.of)
    found = estimate("amount", amounts[:, None], np.ones((len(amounts), 1)), confidence)
    known = np.isfinite(drawn).all(axis=1)
    parts = explained(amounts[known], drawn[known], confidence)
    return (
        sums.plan.scenario, result.party, result.contract, result.item, sums.plan.currency,
        *found.alone, *deviation(amounts, confidence), len(amounts),
        *(number for part in parts for number in part), 1 - sum(part.mean for part in parts),
    )  # fmt: skip


def causes(sums: Sums, contracts: tuple[Contract, ...]) -> Floats:
    """[R, 3] contacts offered, mean handle time [s], and share of paid hours not available; NaN where there is none."""
    types = [sums.plan.types.name[one] for one in sorted({one for contract in contracts for one in contract.types})]
    pools = [sums.plan.pools.name[one] for one in sorted({one for contract in contracts for one in contract.pools})]
    volume, _ = added(sums, CONTACT_TYPE, types, "offered")
    work, answered = added(sums, POOL, pools, "handle_time_mean_s")
    (paid_for, _), (available, _) = (added(sums, POOL, pools, name) for name in ("paid_hours", "available_hours"))
    nothing = np.full(len(volume), np.nan)
    handle_time = np.divide(work, answered, out=nothing.copy(), where=answered > 0)
    in_use = np.divide(available, paid_for, out=nothing.copy(), where=paid_for > 0)
    return np.column_stack([volume, handle_time, 1 - in_use])


def added(sums: Sums, scope: str, names: list[str], measure: str) -> tuple[Floats, Floats]:
    """Numerators and denominators of several types or pools together. [R] each"""
    parts = [sums.of(Key(scope, name, measure)) for name in names]
    return np.sum([part[0] for part in parts], axis=0), np.sum([part[1] for part in parts], axis=0)


def shifts(record: Record) -> pd.DataFrame:
    """
    What each party has more or less under other contracts for the same service, paired; empty where none differ so.

    All intervals of the frame hold together.
    """
    pairs = [
        (a.plan, b.plan, one, other)
        for a, b in combinations(record.sums.values(), 2)
        if is_same_service(a, b)
        for one in of_parties(a)
        for other in of_parties(b)
        if one[:4] == other[:4]
    ]
    confidence = simultaneous(2 * len(pairs), record.confidence)
    return frame(
        "shifts", [(a.scenario, b.scenario, *shift(one, other, a.currency, confidence)) for a, b, one, other in pairs]
    )


def is_same_service(a: Sums, b: Sums) -> bool:
    """Whether both have contracts and the same replications but for money: not a call, not an hour is different."""
    if a.plan.contracts is None or b.plan.contracts is None or not a.finished:
        return False
    of_a, of_b = ([key for key in sums.keys if CATALOG[key.measure].needs != BOOKS] for sums in (a, b))
    return of_a == of_b and all(
        np.array_equal(one, other, equal_nan=True)
        for key in of_a
        for one, other in zip(a.of(key), b.of(key), strict=True)
    )


def of_parties(sums: Sums) -> list[Result]:
    """What the client pays each provider by all its contracts, then margins, whatever contracts are called."""
    assert sums.plan.contracts is not None
    invoices = [one for one in of_contracts(sums) if one.item == INVOICE]
    found = []
    for provider in dict.fromkeys(one.provider for one in invoices):
        own = [one for one in invoices if one.provider == provider]
        amounts = np.sum([one.amounts for one in own], axis=0)
        found.append(Result(CLIENT, provider, "", INVOICE, amounts, ()))
    return [*found, *(one._replace(contract="") for one in margins(sums))]


def shift(one: Result, other: Result, currency: str, confidence: float) -> tuple[object, ...]:
    """Of ``other`` against ``one``: in the mean, and in the standard deviation."""
    ones = np.ones((len(one.amounts), 1))
    found = difference("amount", (one.amounts[:, None], ones), (other.amounts[:, None], ones), confidence)
    mean, low, high = found.alone
    varies = deviation_difference(one.amounts, other.amounts, confidence)
    return (
        one.party, one.provider, one.item, currency, mean, low, high, len(ones), verdict("plain", mean, low, high),
        *varies, verdict("plain", *varies),
    )  # fmt: skip
