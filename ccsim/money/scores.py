"""How a provider did by the terms of its contracts: every judged period, and the result of every month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ccsim.money.ledger import once

if TYPE_CHECKING:
    from ccsim.money.met import Met
    from ccsim.plan import Floats, Ints

WHOLE_MONTH = -1


class Score(NamedTuple):
    """What a row of scores is of. Rows depend on the Plan alone, so scores of replications stack."""

    contract: str
    term: str
    month: int
    """Row of the Plan's months."""
    period: int
    """
    ``WHOLE_MONTH``: the result of the month, which decides on credits. Terms judged by interval, day or week also have
    rows of these, counted from the begin of the counted period.
    """


@dataclass(frozen=True)
class Scores:
    """
    Scores [S]: the value is numerator / denominator, 0 / 0 is no value.

    Values of periods, and of months whose contacts are pooled, are those of the measure: shares, or seconds. A month's
    mean over periods has their number as denominator; where periods are judged one by one a month's value is the share
    of those with a value that met the target. Values are as it happened, relief left aside.
    """

    keys: tuple[Score, ...]
    numerator: Floats
    denominator: Floats
    met: Ints
    """1 target met, 0 missed, -1 no value; of a month its goal, relief included."""
    excused: Ints
    """1: more contacts came than the forecast and its band allow; of a month of periods: it was relieved of some."""
    credit: Ints
    """
    Added to the month's invoice, in minor units of the contract's currency: bonus and what is earned back less the
    penalty. 0 but for whole months.
    """
    relieved: Ints
    """
    What relief saves the provider of the month's penalty, less what is earned back of it, in minor units of the
    contract's currency: 0 or more. 0 but for whole months.
    """
    met_by_all: Met
    """What customers met of the promise of each term, in the order of the contracts."""

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Home from another process."""
        self.__dict__.update(state, keys=once(state["keys"]))
