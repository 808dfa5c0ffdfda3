"""When sites, providers, countries and channels are out: known outages, and those at random (rule 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.chance.laws import quantile
from ccsim.plan import TICKS_PER_SECOND
from ccsim.workload import Outages

if TYPE_CHECKING:
    from ccsim.chance.streams import Streams
    from ccsim.plan import Floats, Ints, OutageLaws, Plan


def outages(plan: Plan, laws: OutageLaws, streams: Streams) -> Outages:
    """All outages that reach into the run; those that begin together in the order of their stream keys."""
    found = [times(laws, row, plan.run_end, streams) for row in range(len(laws.name))]
    row = np.repeat(np.arange(len(found)), [len(begins) for begins, _ in found])
    nth = np.concatenate([np.arange(len(begins)) for begins, _ in found])
    begins, ends = (np.concatenate(side) for side in zip(*found, strict=True))
    order = np.lexsort((row, begins))
    row, nth = row[order], nth[order]
    return Outages(
        begins=begins[order],
        ends=ends[order],
        pools=laws.pools[row],
        types=laws.types[row],
        requeues=laws.requeues[row],
        back=np.stack([back(plan, laws, r, n, streams) for r, n in zip(row.tolist(), nth.tolist(), strict=True)])
        if len(row)
        else np.empty((0, len(plan.agents.pool)), np.int64),
        name=tuple(laws.name[r] for r in row.tolist()),
    )


def times(laws: OutageLaws, row: int, run_end: int, streams: Streams) -> tuple[Ints, Ints]:
    """
    Begins and ends of the outages of one row that reach into the run. [ticks]

    At random they alternate with times without, exponential at the row's rate, the first from tick 0.
    """
    if np.isnan(laws.rate[row]):
        begins = laws.begins[row : row + 1]
        ends = begins + lasting(laws, row, 1, streams)
    else:
        begins, ends = alternating(laws, row, run_end, streams)
    inside = (ends > 0) & (begins < run_end)
    return np.maximum(begins[inside], 0), ends[inside]


def alternating(laws: OutageLaws, row: int, run_end: int, streams: Streams) -> tuple[Ints, Ints]:
    """Outages and the times between them, until the run is over."""
    count = int(2 * laws.rate[row] * run_end / TICKS_PER_SECOND) + 8
    while True:
        gaps = -np.log1p(-streams.uniforms("outage begins", laws.stream[row], 0, count)) / laws.rate[row]
        lasts = lasting(laws, row, count, streams)
        ends = np.cumsum(whole(gaps) + lasts)
        if ends[-1] >= run_end:
            return ends - lasts, ends
        count *= 2


def lasting(laws: OutageLaws, row: int, count: int, streams: Streams) -> Ints:
    """How long the first outages of a row last. [ticks, at least 1]"""
    law, key = laws.lasts[row], laws.stream[row]
    part = streams.uniforms("outage lasts part", key, 0, count) if law.family == "mixture" else None
    return np.maximum(whole(quantile(law, streams.uniforms("outage lasts", key, 0, count), part)), 1)


def back(plan: Plan, laws: OutageLaws, row: int, nth: int, streams: Streams) -> Ints:
    """
    [N] when each agent of the pools hit comes back after the n-th outage of a row, from its end. [ticks]

    Agent k of a line has the k-th uniform of the line, the outage and n.
    """
    agents, offset = plan.agents, np.zeros(len(plan.agents.pool), np.int64)
    hit = laws.pools[row][agents.pool]
    for line in np.unique(agents.line[hit]).tolist() if laws.back_over[row] else ():
        mine = np.flatnonzero(agents.line == line)
        key = f"{laws.stream[row]}\n{agents.line_name[line]}"
        offset[mine] = streams.uniforms("back after outage", key, nth, len(mine)) * laws.back_over[row]
    return offset


def whole(seconds: Floats) -> Ints:
    """[ticks]"""
    return np.asarray(np.rint(seconds * TICKS_PER_SECOND), dtype=np.int64)
