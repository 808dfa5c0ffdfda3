"""Types whose contacts are allocated to several queues (rule 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.clock import ticks
from ccsim.plan import Allocation, Lanes
from ccsim.planning.rows import ints, offsets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccsim.model.experiment import Center
    from ccsim.model.routing import Lane, Route
    from ccsim.plan import Floats, Ints, Pools, Routing, Types
    from ccsim.planning.rows import Rows

ALLOCATIONS = {allocation.name.lower().replace("_", " "): allocation for allocation in Allocation}
ONE_QUEUE = ""
"""Name of the lane of a type that has no lanes."""


def in_order(route: Route) -> Mapping[str, Lane]:
    """
    The lanes of a route. Drawn by share they stand in the order of their names, so that the order of the file moves
    no contact; where the wait decides the order of the file is a rule: the first one is protected and wins ties.
    """
    return dict(sorted(route.lanes.items())) if route.allocate == "share" else route.lanes


def lanes(center: Center, rows: Rows, left: list[list[str]], mean_work: Ints) -> Lanes | None:
    """
    The lanes that the scenario leaves to each type, by name; None if every type has one queue.

    Lanes without a pool of the scenario are struck, and the others' shares grow in proportion. ``mean_work`` by type.
    [ticks]
    """
    routes = [center.routing.get(name) for name in rows.types]
    if not any(route is not None and route.lanes for route in routes):
        return None
    return Lanes(
        offset=offsets(left),
        name=tuple(name for names in left for name in names),
        allocation=ints(ALLOCATIONS["share" if route is None else route.allocate] for route in routes),
        share=np.concatenate([_shares(route, names) for route, names in zip(routes, left, strict=True)]),
        protect=ints(-1 if route is None or route.protect is None else ticks(route.protect) for route in routes),
        mean_work=mean_work,
    )


def _shares(route: Route | None, names: list[str]) -> Floats:
    """Adding to 1; equal where no shares are written."""
    written = [1.0 if name == ONE_QUEUE or route is None else route.lanes[name].share for name in names]
    shares = np.array([1.0 if share is None else share for share in written])
    return shares / shares.sum() if shares.sum() else np.full(len(names), 1 / len(names))


def mean_work(types: Types, pools: Pools, routing: Routing) -> Ints:
    """
    [T] mean handle time of a contact, wrap-up included, over the pools that its steps lead to, for expected waits.
    [ticks]
    """
    found = []
    for row, (work, wrap) in enumerate(zip(types.work_law, types.wrap_law, strict=True)):
        asked = np.unique(routing.pool[slice(*routing.offset[row : row + 2])])
        factor = float(np.mean(pools.factor[asked, row])) if len(asked) else 1.0
        found.append(ticks((work.mean + (wrap.mean if wrap else 0.0)) * factor))
    return ints(found)
