"""
Cost against service: which scenarios are worth a thought, and which another one leaves behind.

A scenario is dominated if another one costs no more and serves no worse, and is surely better in one of the two: the
paired interval of that difference lies on one side of 0. All intervals of the frame hold together (Bonferroni).
What nobody can choose (``what_if``) dominates nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.comparisons import difference, simultaneous
from ccsim.analysis.estimates import estimate
from ccsim.measures.tally import CONTACT_TYPE, TOTAL, Key
from ccsim.results.columns import frame
from ccsim.results.record import shown_names
from ccsim.results.unstable import unstable_types

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas as pd

    from ccsim.analysis.estimates import Estimates
    from ccsim.plan import Floats
    from ccsim.results.record import Record, Sums

OVERALL = ""
COST = Key(TOTAL, "", "total_cost")


@dataclass(frozen=True)
class Place:
    """Where a scenario stands: the client's total cost and the service level, sums of R replications each."""

    scenario: str
    cost: tuple[Floats, Floats]
    level: tuple[Floats, Floats]

    @cached_property
    def cheapness(self) -> float:
        """Mean cost, for the choice among several that dominate."""
        return float(self.cost[0].sum() / self.cost[1].sum())


def frontier(record: Record) -> pd.DataFrame:
    """For the whole center and each contact type: cost, service level, and who dominates; empty without total costs."""
    priced = [sums for sums in record.sums.values() if COST in sums.keys and (sums.of(COST)[1] > 0).any()]
    names = dict.fromkeys(name for sums in priced for name in shown_names(sums.plan)[CONTACT_TYPE])
    groups = {name: [place for sums in priced if (place := placed(sums, name))] for name in (OVERALL, *names)}
    asked = sum(len(places) * (len(places) - 1) for places in groups.values())
    paired = simultaneous(asked, record.confidence)
    return frame(
        "frontier",
        [
            row
            for name, places in groups.items()
            for row in rows(name, places, record.confidence, paired, record.what_ifs)
        ],
    )


def placed(sums: Sums, name: str) -> Place | None:
    """
    A scenario by the service level of a contact type; overall all contacts are pooled, each by its own type's promise.

    None where it has no value, or a backlog grows without end.
    """
    types = [name] if name else shown_names(sums.plan)[CONTACT_TYPE]
    keys = [Key(CONTACT_TYPE, one, "service_level") for one in types]
    known = [sums.of(key) for key in keys if key in sums.keys]
    if not known or unstable_types(sums).keys() & set(types):
        return None
    numerator, denominator = (np.sum(part, axis=0) for part in zip(*known, strict=True))
    if not (denominator > 0).any():
        return None
    return Place(sums.plan.scenario, sums.of(COST), (numerator, denominator))


def rows(
    name: str, places: Sequence[Place], confidence: float, paired: float, what_ifs: Collection[str] = ()
) -> list[tuple[object, ...]]:
    """Of one contact type, scenarios as in the file; of several that dominate the cheapest is named."""
    by: dict[str, list[Place]] = {place.scenario: [] for place in places}
    for one, other in permutations(places, 2):
        if one.scenario not in what_ifs and dominates(one, other, paired):
            by[other.scenario].append(one)
    found: list[tuple[object, ...]] = []
    for place in places:
        cost, level = of_one("amount", place.cost, confidence), of_one("share", place.level, confidence)
        ahead = min(by[place.scenario], key=lambda one: one.cheapness, default=None)
        found.append((
            place.scenario, name, *cost.alone, *level.alone, int(level.n[0]), ahead.scenario if ahead else "",
        ))  # fmt: skip
    return found


def dominates(one: Place, other: Place, confidence: float) -> bool:
    """Whether one scenario costs no more and serves no worse than another, and one of the two is sure."""
    dearer = difference("amount", column(other.cost), column(one.cost), confidence)
    better = difference("share", column(other.level), column(one.level), confidence)
    return bool(dearer.mean[0] <= 0 <= better.mean[0] and (dearer.high[0] < 0 or better.low[0] > 0))


def of_one(kind: str, sums: tuple[Floats, Floats], confidence: float) -> Estimates:
    return estimate(kind, *column(sums), confidence)


def column(sums: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """[R, 1]"""
    return sums[0][:, None], sums[1][:, None]
