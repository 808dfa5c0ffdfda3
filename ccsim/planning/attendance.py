"""Who comes late, who stands in for the absent, who may be called in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.plan import Attendance, SpellKind
from ccsim.planning.laws import canonical
from ccsim.planning.rows import ints, joined

if TYPE_CHECKING:
    from ccsim import plan
    from ccsim.model.law import Law
    from ccsim.model.pool import Pool
    from ccsim.plan import Ints
    from ccsim.planning.roster import Line, Roster


def attendance(roster: Roster) -> Attendance | None:
    """Attendance of all lines; None if nobody is ever late, ill for longer, replaced, called in or sent home."""
    lines = roster.lines
    if not any(_is_used(line.pool) for line in lines):
        return None
    lateness = [line.pool.lateness if line.kind == SpellKind.ON_DUTY else None for line in lines]
    early = [line.pool.early_leave if line.kind != SpellKind.ON_CALL else None for line in lines]
    return Attendance(
        kind=ints(line.kind for line in lines),
        absence_lasts=np.array([line.pool.shrinkage.absence_lasts for line in lines], dtype=np.float64),
        late=np.array([0.0 if one is None else one.share for one in lateness], dtype=np.float64),
        late_law=tuple(None if one is None else canonical(one.by) for one in lateness),
        breaks_late_law=tuple(_law(line.pool.breaks_late) for line in lines),
        stand_in=_stand_ins(lines),
        replaced=np.array([line.pool.replace_absent.overtime or 1.0 for line in lines], dtype=np.float64),
        willing=np.array([0.0 if one is None else one.share for one in early], dtype=np.float64),
        call_agent=joined([windows.agent for windows in roster.on_call]),
        call_date=joined([windows.date for windows in roster.on_call]),
        call_begins=joined([windows.begins for windows in roster.on_call]),
        call_ends=joined([windows.ends for windows in roster.on_call]),
    )


def _is_used(pool: Pool) -> bool:
    instead = pool.replace_absent
    return bool(
        pool.shrinkage.absence_lasts > 1
        or pool.lateness
        or pool.breaks_late
        or instead.bench
        or instead.overtime
        or pool.on_call
        or pool.early_leave
    )


def _law(law: Law | None) -> plan.Law | None:
    return None if law is None else canonical(law)


def _stand_ins(lines: list[Line]) -> Ints:
    """The line of those who stand in follows the line for which they do."""
    comes_next = [line.kind in (SpellKind.BENCH, SpellKind.OVERTIME) for line in lines[1:]]
    return ints(row + 1 if stands_in else -1 for row, stands_in in enumerate([*comes_next, False][: len(lines)]))
