"""How service-level terms were kept, from scores to a frame: each term of each contract over the counted period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.analysis.estimates import estimate, ratio
from ccsim.money.ledger import minor_units
from ccsim.money.scores import WHOLE_MONTH
from ccsim.results.columns import frame
from ccsim.terms import Judged, Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from ccsim.contracts import Contract
    from ccsim.money.scores import Score, Scores
    from ccsim.plan import Floats, Ints
    from ccsim.results.record import Record, Sums
    from ccsim.terms import Term


@dataclass(frozen=True)
class Kept:
    """Scores of one term over R replications, [R, rows] each."""

    keys: list[Score]
    numerator: Floats
    denominator: Floats
    met: Ints
    excused: Ints
    credit: Ints
    relieved: Ints

    @classmethod
    def of(cls, scores: Sequence[Scores], rows: list[int]) -> Kept:
        """Some rows of them."""

        def stacked(name: str) -> Any:
            return np.stack([getattr(one, name)[rows] for one in scores])

        names = ("numerator", "denominator", "met", "excused", "credit", "relieved")
        return cls([scores[0].keys[row] for row in rows], *(stacked(name) for name in names))

    @property
    def value(self) -> float:
        """Ratio of sums."""
        return float(ratio(self.numerator.sum(), self.denominator.sum()))

    @property
    def missed(self) -> float:
        """Share of the rows with a value that missed their target."""
        return float(ratio((self.met == 0).sum(), (self.met >= 0).sum()))


def terms(record: Record) -> pd.DataFrame:
    """Each service-level term: how often months miss it, with what credit, and which month is the worst."""
    return frame("terms", [row for sums in record.sums.values() for row in term_rows(sums, record.confidence)])


def term_rows(sums: Sums, confidence: float) -> list[tuple[object, ...]]:
    if sums.books is None or not sums.books.scores or sums.plan.contracts is None:
        return []
    return [
        (sums.plan.scenario, contract.name, term.name, *told(sums, contract, term, confidence))
        for contract in sums.plan.contracts.all
        for term in contract.terms
    ]


def told(sums: Sums, contract: Contract, term: Term, confidence: float) -> tuple[object, ...]:
    """The columns of one term after its names."""
    assert sums.books is not None
    scores = sums.books.scores
    own = [row for row, key in enumerate(scores[0].keys) if (key.contract, key.term) == (contract.name, term.name)]
    months = Kept.of(scores, [row for row in own if scores[0].keys[row].period == WHOLE_MONTH])
    periods = Kept.of(scores, [row for row in own if scores[0].keys[row].period != WHOLE_MONTH])
    missed, judged = (months.met == 0).sum(axis=1), (months.met >= 0).sum(axis=1)
    share = estimate("share", missed[:, None].astype(np.float64), judged[:, None].astype(np.float64), confidence)
    credits = months.credit.sum(axis=1)
    credit = estimate("plain", credits[:, None].astype(np.float64), np.ones((len(credits), 1)), confidence)
    unit = minor_units(contract.currency)
    money = np.array([*credit.mean, *credit.low, *credit.high, credits.min()]).round() / unit
    missed_in = (float(column[0]) for column in (share.mean, share.low, share.high))
    return (
        "s" if is_time(term) else "share", float(term.goal), months.value, *missed_in, int(share.n[0]), periods.missed,
        float(months.excused.mean()), contract.currency, *money.tolist(), *worst(sums, months, term),
    )  # fmt: skip


def is_time(term: Term) -> bool:
    """Whether results of months are seconds."""
    return term.measure == Measure.SPEED_OF_ANSWER and term.judged != Judged.EACH


def worst(sums: Sums, months: Kept, term: Term) -> tuple[str, float, float]:
    """Name of the month that is missed most often, of several such that of the worst value; its share and value."""
    missed = ratio((months.met == 0).sum(axis=0), (months.met >= 0).sum(axis=0))
    value = ratio(months.numerator.sum(axis=0), months.denominator.sum(axis=0))
    known = [row for row in range(len(missed)) if missed[row] == missed[row]]
    if not known:
        return "", np.nan, np.nan
    row = max(known, key=lambda row: (missed[row], value[row] if term.sinks else -value[row]))
    return sums.plan.months.name[months.keys[row].month], float(missed[row]), float(value[row])
