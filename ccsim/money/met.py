"""
What customers met, beside what a provider reports: everybody who came, whoever served them, from their arrival on.

Neither hours nor excluded dates, neither clocks nor belonging nor formulas of a contract take anybody out. Measure and
threshold alone are those of the term, so that both sides speak of one promise.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.money.judging import due_times, measured
from ccsim.plan import Formula

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ccsim.log import Log
    from ccsim.measures.contacts import Counted
    from ccsim.plan import Floats
    from ccsim.terms import Term


class Met(NamedTuple):
    """
    Of each term of each contract [N], by planning interval of arrival [I]: value = numerator / denominator.

    In single precision, which holds counts exactly and seconds to seven digits: there are many intervals.
    """

    numerator: NDArray[np.float32]
    denominator: NDArray[np.float32]

    @classmethod
    def of(cls, terms: list[Term], log: Log, counted: Counted) -> Met:
        """Terms in the order of the contracts."""
        shape = len(terms), len(counted.plan.promises.edges) - 1
        met = cls(np.zeros(shape, np.float32), np.zeros(shape, np.float32))
        for row, term in enumerate(terms):
            met.numerator[row], met.denominator[row] = met_by_all(term, log, counted)
        return met


def met_by_all(term: Term, log: Log, counted: Counted) -> tuple[Floats, Floats]:
    """One term; service levels by the formula ``offered``. [I] each"""
    promises = replace(
        counted.plan.promises, threshold=term.threshold, formula=np.full_like(term.formula, Formula.OFFERED)
    )
    everybody = counted.only(np.isin(counted.type, term.types), promises)
    due = due_times(term, everybody, everybody.arrived)
    everybody.in_time, everybody.overdue = everybody.left <= due, due < log.stopped
    numerator, denominator = (part[list(term.types)].sum(axis=0) for part in measured(term.measure, everybody))
    return numerator, denominator
