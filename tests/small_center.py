"""A small center for tests of planning: one phone type, one site, one pool, one week; every part can be replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.model.experiment import Experiment
from ccsim.plan import TICKS_PER_SECOND
from ccsim.planning import plan

if TYPE_CHECKING:
    from ccsim.plan import Ints, Plan

HOUR = 3600 * TICKS_PER_SECOND
DAY = 24 * HOUR

CALENDAR = {"start": "2026-06-01", "days": 7, "timezone": "UTC"}
"""Monday, 1 June 2026: no clock changes near, hours of the week are hours of the simulation."""
PHONE = {
    "channel": "phone",
    "demand": {"rate": "10 per hour"},
    "handle_time": {"exponential": "5 min"},
    "patience": "endless",
}
EMAIL = {"channel": "email", "demand": {"rate": "5 per hour"}, "handle_time": {"exponential": "10 min"}}
CHAT = {**PHONE, "channel": "chat"}
SITE = {"location": "in-house", "country": "US", "timezone": "UTC"}
SHIFT = {"from": "08:00", "to": "16:00", "agents": 2}
POOL = {"site": "here", "handles": {"calls": {}}, "shifts": {"day": SHIFT}}


def experiment(*, calendar: Any = CALENDAR, all_pools: tuple[str, ...] = (), **parts: Any) -> Experiment:
    """An experiment whose one scenario, ``base``, has these parts; ``currency`` and ``judged`` are its own."""
    own = {key: parts.pop(key) for key in ("currency", "judged") if key in parts}
    center = {"contact_types": {"calls": PHONE}, "sites": {"here": SITE}, "pools": {"care": POOL}, **parts}
    whole = {"title": "small", "file": "small.yaml", "calendar": calendar, **own, "scenarios": {"base": center}}
    return Experiment.model_validate(_as_read({**whole, "all_pools": all_pools or tuple(center["pools"])}))


def _as_read(written: Any) -> Any:
    """Lists become tuples, as when a file is read."""
    if isinstance(written, dict):
        return {key: _as_read(value) for key, value in written.items()}
    return tuple(map(_as_read, written)) if isinstance(written, list | tuple) else written


def planned(**parts: Any) -> Plan:
    """The Plan of such an experiment."""
    return plan(experiment(**parts), "base")


def with_demand(demand: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """Contact types with one, ``calls``, of this demand."""
    return {"calls": {**PHONE, **keys, "demand": demand}}


def with_shift(**keys: Any) -> dict[str, Any]:
    """Pools with one, ``care``, of one shift: 08:00 to 16:00, two agents, but for these keys."""
    return {"care": {**POOL, "shifts": {"day": {**SHIFT, **keys}}}}


def in_hours(instants: Ints) -> list[float]:
    """Ticks as hours since the start of the simulation."""
    return (np.asarray(instants) / HOUR).tolist()
