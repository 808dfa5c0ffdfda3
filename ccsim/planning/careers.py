"""Learning, tenure, attrition and hiring of the lines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ccsim.model.workforce import Hiring, Learning
from ccsim.plan import Careers, SpellKind
from ccsim.planning.rows import ints, offsets
from ccsim.quantities import DAY, WEEK

if TYPE_CHECKING:
    from ccsim.model.workforce import Attrition
    from ccsim.plan import Floats
    from ccsim.planning.horizon import Horizon
    from ccsim.planning.roster import Line, Roster
    from ccsim.planning.rows import Rows

MONTH = 365.25 / 12
"""[days]"""
NOTHING_TO_LEARN = Learning.model_construct(handle_time=1.0, half_life=WEEK)
REPLACED_AT_ONCE = Hiring()


def careers(rows: Rows, roster: Roster, span: Horizon) -> Careers | None:
    """
    Careers of all lines; None if agents are all alike and stay.

    Who comes only if needed is experienced and stays.
    """
    pools = list(rows.pools.values())
    if not any(pool.speed_spread or pool.learning or pool.attrition or pool.seniority for pool in pools):
        return None
    lines = roster.lines
    regular = [line.kind == SpellKind.ON_DUTY for line in lines]
    learning = [line.pool.learning or NOTHING_TO_LEARN for line in lines]
    bands = [_bands(line.pool.attrition if leaves else None) for line, leaves in zip(lines, regular, strict=True)]
    hiring = [pool.hiring or REPLACED_AT_ONCE for pool in pools]
    classes = [sorted(one.classes, key=lambda group: group.starts) for one in hiring]
    return Careers(
        opens=ints(_opens(line, span) for line in lines),
        closes=ints(_closes(line, span) for line in lines),
        spread=np.array([line.pool.speed_spread for line in lines], dtype=np.float64),
        tenure=np.array([_tenure(line) for line in lines], dtype=np.float64),
        training=np.array([one.training / DAY for one in learning], dtype=np.float64),
        nesting=np.array([one.nesting / DAY for one in learning], dtype=np.float64),
        nesting_share=np.array([one.nesting_share for one in learning], dtype=np.float64),
        new_handle_time=np.array([one.handle_time for one in learning], dtype=np.float64),
        new_resolves=np.array([one.resolves for one in learning], dtype=np.float64),
        half_life=np.array([one.half_life / WEEK for one in learning], dtype=np.float64),
        band_offset=offsets(list(until) for until, _ in bands),
        band_until=np.concatenate([np.empty(0), *(until for until, _ in bands)]),
        band_hazard=np.concatenate([np.empty(0), *(hazard for _, hazard in bands)]),
        class_size=ints(0 if one.classes else one.class_size for one in hiring),
        lead=ints(math.ceil(one.lead_time / DAY) for one in hiring),
        class_offset=offsets(classes),
        class_date=ints(one.starts.toordinal() for group in classes for one in group),
        class_agents=ints(one.agents for group in classes for one in group),
    )


def _opens(line: Line, span: Horizon) -> int:
    """First local date with agents: of the shift, or of tick 0."""
    begins = int(span.clock(line.site.timezone).date(0))
    first = None if line.shift is None else line.shift.first_day
    return begins if first is None else max(begins, first.toordinal())


def _closes(line: Line, span: Horizon) -> int:
    """Last local date with agents: of the shift, or of the run."""
    ends = int(span.clock(line.site.timezone).date(span.run_end))
    last = None if line.shift is None else line.shift.last_day
    return ends if last is None else min(ends, last.toordinal())


def _tenure(line: Line) -> float:
    """Of the line's first people. [days]"""
    tenure = line.pool.tenure
    if tenure == "experienced" or line.kind != SpellKind.ON_DUTY:
        return math.inf
    return 0.0 if isinstance(tenure, str) else tenure / DAY


def _bands(attrition: Attrition | None) -> tuple[Floats, Floats]:
    """
    Bands of tenure: until [days], and rate of leaving [1/day].

    A share m that leaves within a month is a rate of -ln(1 - m) a month, constant within a band.
    """
    if attrition is None:
        return np.array([math.inf]), np.zeros(1)
    until = [math.inf if band.under is None else band.under / DAY for band in attrition.bands]
    hazard = [-math.log1p(-band.monthly) / MONTH for band in attrition.bands]
    return np.array(until), np.array(hazard)
