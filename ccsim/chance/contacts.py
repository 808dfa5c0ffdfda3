"""
Who the contacts are: work, wrap-up, patience and the uniforms of later decisions, each column from its own stream
(rule 3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.calendar.business import add_business
from ccsim.chance.arrivals import Arrivals, arrivals
from ccsim.chance.laws import quantile
from ccsim.plan import TICKS_PER_SECOND, UNITS_PER_SECOND, UNITS_PER_TICK, AgentChoice
from ccsim.workload import Visits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ccsim.chance.streams import Streams
    from ccsim.plan import Floats, Ints, Law, Plan

LONGEST = 2.0**26
"""Longer durations count as this: two years, which keeps base work within 64 bits. [s]"""


def visits(plan: Plan, streams: Streams) -> Visits:
    """All contacts that may come before the end of the run, ordered by (arrived, type, number)."""
    types = [contacts(plan, streams, type_) for type_ in range(len(plan.types.name))]
    columns = {name: np.concatenate([rows[name] for rows in types]) for name in types[0]}
    order = np.lexsort((columns["number"], columns["type"], columns["arrived"]))
    order = order[: np.searchsorted(columns["arrived"][order], plan.run_end)]
    chosen = {name: column[order] for name, column in columns.items()}
    if not np.any(plan.types.agent_choice == AgentChoice.RANDOM):
        chosen["choice"] = np.empty(0)
    chosen["lane"] = np.empty(0, np.int64)
    return Visits(**chosen)


def contacts(plan: Plan, streams: Streams, type_: int) -> dict[str, NDArray[Any]]:
    """The columns of ``Visits`` for one type."""
    types, key = plan.types, plan.types.stream[type_]
    who = arrivals(plan, streams, type_)
    count = len(who.number)

    def uniforms(purpose: str) -> Floats:
        return streams.by_date(purpose, key, who.date.tolist(), who.count.tolist())

    def whole(purpose: str, law: Law, level: Floats, per_second: int) -> Ints:
        part = uniforms(f"{purpose} part") if law.family == "mixture" else None
        seconds = np.minimum(quantile(law, uniforms(purpose), part) * level, LONGEST)
        return np.asarray(np.rint(seconds * per_second), dtype=np.int64)

    wrap, patience = types.wrap_law[type_], types.patience_law[type_]
    none = np.zeros(count, np.int64)
    work_units = whole("work", types.work_law[type_], who.handle_level, UNITS_PER_SECOND)
    wrap_units = whole("wrap-up", wrap, who.handle_level, UNITS_PER_SECOND) if wrap else none
    patience_ticks = whole("patience", patience, who.patience_level, TICKS_PER_SECOND) if patience else none
    return {
        "type": np.full(count, type_),
        "number": who.number,
        "arrived": who.arrived,
        "work": np.maximum(work_units, UNITS_PER_TICK),
        "wrap_up": wrap_units,
        "patience": np.maximum(patience_ticks, 1) if patience else none - 1,
        "due": due(plan, type_, who),
        "balks": uniforms("balk") < types.balk[type_],
        "choice": uniforms("choice") if types.agent_choice[type_] == AgentChoice.RANDOM else np.zeros(count),
    }


def due(plan: Plan, type_: int, who: Arrivals) -> Ints:
    """
    When each contact must be answered, or completed if it is deferred: arrival plus threshold, in business hours
    where those count.
    """
    promises = plan.promises
    threshold = int(promises.threshold[type_])
    if threshold < 0:
        return np.full(len(who.number), -1)
    hours = slice(*promises.business_offset[type_ : type_ + 2])
    return add_business(who.arrived, threshold, promises.business_from[hours], promises.business_to[hours])
