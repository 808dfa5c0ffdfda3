"""Books of all replications of a scenario, one above the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.errors import SimulationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccsim.money.books import Books
    from ccsim.money.ledger import Line
    from ccsim.money.scores import Scores
    from ccsim.plan import Floats, Ints


@dataclass(frozen=True)
class Stacked:
    """Of R replications; money in minor units."""

    lines: tuple[Line, ...]
    quantity: Floats
    """[R, L]"""
    invoiced: Ints
    """[R, L] in the line's currency."""
    amount: Ints
    """[R, L] in the reporting currency."""
    scores: tuple[Scores, ...]
    """[R]; empty without service-level terms."""

    @classmethod
    def of(cls, books: Sequence[Books]) -> Stacked | None:
        """None of none. Lines that differ between replications would be summed up wrongly, so that is refused."""
        if not books:
            return None
        ledgers = [one.ledger for one in books]
        scores = tuple(one.scores for one in books if one.scores is not None)
        if any(one.lines != ledgers[0].lines for one in ledgers) or any(one.keys != scores[0].keys for one in scores):
            raise SimulationError("books of two replications have different lines")
        return cls(
            ledgers[0].lines,
            np.stack([one.quantity for one in ledgers]),
            np.stack([one.invoiced for one in ledgers]),
            np.stack([one.amount for one in ledgers]),
            scores,
        )
