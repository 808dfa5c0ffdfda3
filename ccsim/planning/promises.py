"""What was promised: targets, planning intervals, the hours in which response time counts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.clock import DAY, SECOND, ticks
from ccsim.errors import ConfigError, Problem
from ccsim.plan import Formula, Promises
from ccsim.planning.hours import business_windows
from ccsim.planning.rows import ints, joined, offsets

if TYPE_CHECKING:
    from ccsim.calendar.spans import Spans
    from ccsim.model.contact_type import ContactType
    from ccsim.model.experiment import Experiment
    from ccsim.plan import Ints
    from ccsim.planning.horizon import Horizon
    from ccsim.planning.rows import Rows

FORMULAS = {formula.name.lower().replace("_", "-"): formula for formula in Formula}


def promises(experiment: Experiment, rows: Rows, span: Horizon) -> Promises:
    """For measures and due times. Days and weeks count from the start of the counted period, in the reporting zone."""
    kinds = list(rows.types.values())
    targets = [kind.service_level for kind in kinds]
    edges = _edges(span)
    day = span.clock().date(edges[:-1]) - span.clock().date(span.counted_from)
    type_zones = [kind.demand.timezone or span.reporting for kind in kinds]
    site_zones = [site.timezone for site in rows.sites.values()]
    zones = sorted({span.reporting, *type_zones, *site_zones})
    business = [_business(name, kind, span) for name, kind in rows.types.items()]
    return Promises(
        edges=edges,
        interval_day=day,
        interval_week=day // 7,
        zone=tuple(zones),
        utc_offset=np.stack([span.clock(zone).utc_offset(edges[:-1]) for zone in zones]),
        type_zone=ints(zones.index(zone) for zone in type_zones),
        site_zone=ints(zones.index(zone) for zone in site_zones),
        reporting_zone=zones.index(span.reporting),
        threshold=ints(-1 if target is None else ticks(target.within) for target in targets),
        share=np.array([math.nan if target is None else target.share for target in targets], dtype=np.float64),
        formula=ints(Formula.OFFERED if target is None else FORMULAS[target.formula] for target in targets),
        short_call=ints(-1 if kind.short_call is None else ticks(kind.short_call) for kind in kinds),
        business_offset=offsets(() if spans is None else spans.begins for spans in business),
        business_from=joined([spans.begins for spans in business if spans is not None]),
        business_to=joined([spans.ends for spans in business if spans is not None]),
        minimum_agents=experiment.judged.minimum_agents,
        occupancy_ceiling=experiment.judged.occupancy_ceiling,
    )


def _edges(span: Horizon) -> Ints:
    """Edges of the planning intervals, all of one length, from the begin of the counted period to its end."""
    count, rest = divmod(span.counted_to - span.counted_from, span.interval)
    if rest:
        minutes = span.interval / SECOND / 60
        message = f"{minutes:g} min do not divide the counted period and its clock changes; take a shorter interval"
        raise ConfigError([Problem(span.file, 0, 0, "calendar.interval", message)])
    return span.counted_from + np.arange(count + 1, dtype=np.int64) * span.interval


def _business(name: str, kind: ContactType, span: Horizon) -> Spans | None:
    """Reaches back to the oldest contact of the opening backlog, and ahead to when the last arrival is due."""
    oldest = 0 if kind.opening_backlog is None else ticks(kind.opening_backlog.oldest)
    return business_windows(name, kind, span, -oldest - DAY, span.run_end)
