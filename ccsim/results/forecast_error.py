"""
How much of the penalties is due to the client's own forecast error: paired with a scenario whose forecast was right.

Two scenarios belong together if their Plans are the same but for what comes: in one so many times the forecast
(``actual``) or a drawn error of it, in the other one what was forecast. Replication r has the same customers, agents
and days in both, so the difference in penalties is what the error of the forecast brought.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.comparisons import difference, simultaneous, verdict
from ccsim.money.ledger import minor_units
from ccsim.planning.demand import come_true, is_right
from ccsim.results.columns import frame
from ccsim.results.penalties import ALL_TERMS, losses
from ccsim.results.traces import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from ccsim.contracts import Contract
    from ccsim.plan import Floats
    from ccsim.results.record import Record, Sums


def forecast_error(record: Record) -> pd.DataFrame:
    """Each term and each contract of scenarios whose forecast is wrong, where another one has it right."""
    pairs = [
        ((wrong.plan.scenario, right.plan.scenario), *found)
        for wrong, right in with_right_forecast(record.sums)
        for found in zip(penalties_of(wrong), penalties_of(right), strict=True)
    ]
    confidence = simultaneous(len(pairs), record.confidence)
    return frame(
        "forecast_error",
        [
            (*names, contract.name, term, contract.currency, *due(each, if_right, contract, confidence))
            for names, (contract, term, each), (_, _, if_right) in pairs
        ],
    )


def with_right_forecast(all_sums: Mapping[str, Sums]) -> Iterator[tuple[Sums, Sums]]:
    """Scenarios with terms whose forecast errs, each with the first one that is the same without that."""
    known: dict[str, Sums] = {}
    of_terms = [sums for sums in all_sums.values() if sums.books is not None and sums.books.scores]
    for sums in of_terms:
        if is_right(sums.plan.forecast):
            known.setdefault(but_for_the_error(sums), sums)
    for sums in of_terms:
        if not is_right(sums.plan.forecast) and but_for_the_error(sums) in known:
            yield sums, known[but_for_the_error(sums)]


def but_for_the_error(sums: Sums) -> str:
    """What tells Plans apart, contracts included, if what comes is what was forecast."""
    return fingerprint(replace(sums.plan, forecast=come_true(sums.plan.forecast)), leaving_out=frozenset({"scenario"}))


def penalties_of(sums: Sums) -> Iterator[tuple[Contract, str, Floats]]:
    """[R, 1] the penalty of each term, then of each contract, in the counted period. [minor units]"""
    for contract, term, lost in losses(sums):
        yield contract, ALL_TERMS if term is None else term.name, lost.penalty.sum(axis=1)[:, None].astype(float)


def due(each: Floats, if_right: Floats, contract: Contract, confidence: float) -> tuple[object, ...]:
    """Both means, and their paired difference."""
    ones, unit = np.ones_like(each), minor_units(contract.currency)
    found = difference("amount", (if_right, ones), (each, ones), confidence)
    mean, low, high = (float(end[0].round()) / unit for end in (found.mean, found.low, found.high))
    means = (round(float(side.mean())) / unit for side in (each, if_right))
    return *means, mean, low, high, len(each), verdict("amount", mean, low, high)
