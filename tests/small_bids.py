"""Bids written by hand: what they cost and how they serve in each replication, and what a committee asks of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from ccsim.measures.tally import CONTACT_TYPE, TOTAL, Key
from ccsim.model.selection import Selection

if TYPE_CHECKING:
    from ccsim.results.record import Record

CALLS = 1000.0


def bid(name: str, cost: Any, in_time: Any = 800.0) -> Any:
    """Sums of a scenario: what it costs, and how many of 1,000 calls are answered in time, one for each replication."""
    cost, in_time = np.broadcast_arrays(np.asarray(cost, float), np.asarray(in_time, float))
    sums = {
        Key(TOTAL, "", "total_cost"): (cost, np.ones_like(cost)),
        Key(CONTACT_TYPE, "calls", "service_level"): (in_time, np.full_like(in_time, CALLS)),
    }
    plan = SimpleNamespace(scenario=name, currency="USD")
    return SimpleNamespace(plan=plan, keys=tuple(sums), of=sums.__getitem__, finished=(None,) * len(cost))


def record(asked: Selection, *bids: Any, what_ifs: frozenset[str] = frozenset(), confidence: float = 0.95) -> Record:
    """A run of these bids."""
    names = {one.plan.scenario: one for one in bids}
    replications = tuple(range(1, len(bids[0].finished) + 1))
    made = SimpleNamespace(
        selection=asked, plans=names, sums=names, replications=replications, what_ifs=what_ifs, confidence=confidence
    )
    return cast("Record", made)


COST = {"weight": "60%", "measure": "total_cost", "best": "100 USD", "worst": "200 USD"}
SERVICE = {"weight": "40%", "measure": "service_level", "contact_type": "calls", "best": "90%", "worst": "50%"}


def asked(criteria: dict[str, Any] | None = None, **other: Any) -> Selection:
    """Cost for 60 points, service for 40, if nothing else is said."""
    return Selection.model_validate({"criteria": criteria or {"cost": COST, "service": SERVICE}, **other})
