"""
Who the contacts are: work, wrap-up, patience and the uniforms of later decisions, each column from its own stream
(rule 3).
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from ccsim.business_hours import add_business
from ccsim.chance.arrivals import Arrivals, arrivals
from ccsim.chance.laws import quantile
from ccsim.plan import TICKS_PER_SECOND, UNITS_PER_SECOND, UNITS_PER_TICK, AgentChoice, Allocation
from ccsim.workload import Dialed, Visits

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ccsim.chance.streams import Streams
    from ccsim.plan import Dialing, Floats, Ints, Lanes, Law, Plan, Rows

Columns: TypeAlias = "dict[str, NDArray[Any]]"
Draws: TypeAlias = "dict[str, Callable[[], NDArray[Any]]]"
"""Columns yet to be drawn, as there may be more than memory holds twice."""
Uniforms: TypeAlias = "Callable[[str], Floats]"
"""For a purpose, one uniform for each contact."""

LONGEST = 2.0**26
"""Longer durations count as this: two years, which keeps base work within 64 bits. [s]"""


def visits(plan: Plan, streams: Streams) -> Visits:
    """Visits of customers who come for the first time."""
    return as_visits(first_visits(plan, streams))


def as_visits(columns: Columns) -> Visits:
    """Visits of these columns; choice and lane are empty where no type needs them."""
    columns = {"choice": np.empty(0), "lane": np.empty(0, np.int32), **columns}
    return Visits(**{field.name: columns[field.name] for field in fields(Visits)})


def dialed(columns: Columns) -> Dialed | None:
    """Draws of those who are called; None if nobody is."""
    if "dial_work" not in columns:
        return None
    return Dialed(columns["dial_work"], columns["reached_at"], columns["accepts"])


def first_visits(plan: Plan, streams: Streams) -> Columns:
    """
    All contacts that may come before the end of the run, ordered by (arrived, type, number), in the columns of
    ``draws`` and type, number, arrived and due.
    """
    types = [contacts(plan, streams, type_) for type_ in range(len(plan.types.name))]
    # Column after column, so that no more than one is held twice.
    columns = {name: np.concatenate([rows.pop(name) for rows in types]) for name in list(types[0])}
    order = np.lexsort((columns["number"], columns["type"], columns["arrived"]))
    order = order[: np.searchsorted(columns["arrived"], plan.run_end, sorter=order)]
    return {name: columns.pop(name)[order] for name in list(columns)}


def contacts(plan: Plan, streams: Streams, type_: int) -> Columns:
    """The contacts of one type."""
    key, who = plan.types.stream[type_], arrivals(plan, streams, type_)

    def uniforms(purpose: str) -> Floats:
        return streams.by_date(purpose, key, who.date.tolist(), who.count.tolist())

    return {
        "type": np.full(len(who.number), type_, np.int32),
        "number": who.number,
        "arrived": who.arrived,
        "due": due(plan, type_, who),
        **{name: draw() for name, draw in draws(plan, type_, uniforms, who.handle_level, who.patience_level).items()},
    }


def draws(plan: Plan, type_: int, uniforms: Uniforms, handle_level: Floats, patience_level: Floats) -> Draws:
    """
    What chance gives to contacts of a type, one for each level: work, wrap_up, patience, balks; choice, lane,
    resolution, dial_work, reached_at and accepts only where some type of the Plan needs them.
    """
    types, count = plan.types, len(handle_level)
    work, wrap, patience = types.work_law[type_], types.wrap_law[type_], types.patience_law[type_]

    def whole(purpose: str, law: Law, level: Floats, per_second: int, least: int = 0) -> Ints:
        return np.maximum(durations(law, uniforms, purpose, level, per_second), least)

    columns: Draws = {
        "work": lambda: whole("work", work, handle_level, UNITS_PER_SECOND, UNITS_PER_TICK),
        "wrap_up": lambda: whole("wrap-up", wrap, handle_level, UNITS_PER_SECOND) if wrap else np.zeros(count, int),
        "patience": lambda: (
            whole("patience", patience, patience_level, TICKS_PER_SECOND, 1) if patience else np.full(count, -1)
        ),
        "balks": lambda: uniforms("balk") < types.balk[type_],
    }
    if np.any(types.agent_choice == AgentChoice.RANDOM):
        is_random = types.agent_choice[type_] == AgentChoice.RANDOM
        columns["choice"] = lambda: uniforms("choice") if is_random else np.zeros(count)
    if (lanes := plan.lanes) is not None:
        shares = has_shares(lanes, type_)
        columns["lane"] = lambda: lane(lanes, type_, uniforms) if shares else np.zeros(count, np.int32)
    if plan.moves is not None:
        columns["resolution"] = lambda: uniforms("resolution")
    if plan.dialing is not None:
        columns |= called(plan.dialing, type_, uniforms, count)
    return columns


def durations(law: Law, uniforms: Uniforms, purpose: str, level: Floats | float, per_second: int) -> Ints:
    """Durations of a law in whole units or ticks, ``per_second`` of them a second."""
    part = uniforms(f"{purpose} part") if law.family == "mixture" else None
    seconds = np.minimum(quantile(law, uniforms(purpose), part) * level, LONGEST)
    return np.asarray(np.rint(seconds * per_second), dtype=np.int64)


def has_shares(lanes: Lanes, type_: int) -> bool:
    """Whether the contacts of a type are allocated to several lanes by share."""
    several = lanes.offset[type_ + 1] - lanes.offset[type_] > 1
    return bool(several and lanes.allocation[type_] == Allocation.SHARE)


def lane(lanes: Lanes, type_: int, uniforms: Uniforms) -> Rows:
    """The lane in whose part of the shares, one after the other, the contact's uniform lies."""
    bounds = np.cumsum(lanes.share[slice(*lanes.offset[type_ : type_ + 2])])[:-1]
    return np.searchsorted(bounds, uniforms("lane"), side="right").astype(np.int32)


def called(dialing: Dialing, type_: int, uniforms: Uniforms, count: int) -> Draws:
    """Work of dialing, attempt at which the customer is reached, acceptance of a callback; -1 if nobody is called."""
    law = dialing.dial_law[type_]
    if law is None:
        return {
            "dial_work": lambda: np.full(count, -1),
            "reached_at": lambda: np.full(count, -1, np.int8),
            "accepts": lambda: np.zeros(count, np.bool_),
        }

    def reached_at() -> Rows:
        attempt = attempt_reached(uniforms("reached"), float(dialing.reached[type_]))
        return np.where(attempt <= dialing.attempts[type_], attempt, 0).astype(np.int8)

    return {
        "dial_work": lambda: np.maximum(durations(law, uniforms, "dial", 1.0, UNITS_PER_SECOND), UNITS_PER_TICK),
        "reached_at": reached_at,
        "accepts": lambda: uniforms("accepts") < dialing.accepts[type_],
    }


def attempt_reached(uniform: Floats, probability: float) -> Floats:
    """
    Attempt, counted from 1, at which somebody is reached who answers each with this probability, in (0, 1].

    Inverse of the geometric distribution, P(attempt <= n) = 1 - (1 - p) ** n: who is reached more easily is reached
    no later.
    """
    if probability >= 1:
        return np.ones_like(uniform)
    return np.asarray(np.maximum(np.ceil(np.log1p(-uniform) / np.log1p(-probability)), 1.0))


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
