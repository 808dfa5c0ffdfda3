"""What may go dark: sites, providers, countries and channels as masks of pools and contact types (rule 14)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ccsim import plan
from ccsim.calendar.clock import ticks
from ccsim.model.law import Law
from ccsim.plan import OutageLaws
from ccsim.planning.laws import canonical
from ccsim.planning.rows import by_stream, ints, key

if TYPE_CHECKING:
    from ccsim.model.experiment import Center
    from ccsim.model.outage import Outage
    from ccsim.planning.horizon import Horizon
    from ccsim.planning.rows import Rows


def outages(center: Center, rows: Rows, span: Horizon) -> OutageLaws | None:
    """All outages that hit a pool or contact type of the scenario; None if there are none."""
    written = by_stream(center.outages)
    pools = {name: _pools(outage, rows) for name, outage in written.items()}
    types = {name: [kind.channel == outage.channel for kind in rows.types.values()] for name, outage in written.items()}
    names = [name for name in written if any(pools[name]) or any(types[name])]
    if not names:
        return None
    hit = [written[name] for name in names]
    return OutageLaws(
        name=tuple(names),
        stream=tuple(key(name, written[name]) for name in names),
        pools=np.array([pools[name] for name in names], dtype=np.bool_),
        types=np.array([types[name] for name in names], dtype=np.bool_),
        requeues=np.array([outage.live == "requeued" for outage in hit], dtype=np.bool_),
        begins=ints(0 if one.from_ is None else span.clock(one.timezone).instant(one.from_) for one in hit),
        rate=np.array([math.nan if outage.rate is None else outage.rate for outage in hit], dtype=np.float64),
        lasts=tuple(_lasts(outage) for outage in hit),
        back_over=ints(ticks(outage.back_over) for outage in hit),
    )


def _pools(outage: Outage, rows: Rows) -> list[bool]:
    """Whose agents stop."""
    sites = [rows.sites[pool.site] for pool in rows.pools.values()]
    if outage.site is not None:
        return [pool.site == outage.site for pool in rows.pools.values()]
    if outage.provider is not None:
        return [site.provider == outage.provider for site in sites]
    return [outage.country is not None and site.country == outage.country for site in sites]


def _lasts(outage: Outage) -> plan.Law:
    if isinstance(outage.lasts, Law):
        return canonical(outage.lasts)
    return plan.Law("constant", (outage.lasts,), outage.lasts, 0.0)
