"""What agents' hours do with the queue: who is called in when, and who may go home early (rule 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.calendar.clock import ticks
from ccsim.plan import Flexibility
from ccsim.planning.rows import ints

if TYPE_CHECKING:
    from ccsim.planning.roster import Roster
    from ccsim.planning.rows import Rows


def flexibility(rows: Rows, roster: Roster) -> Flexibility | None:
    """None if hours do not depend on the queue."""
    leave = [pool.early_leave for pool in rows.pools.values()]
    call = [line.on_call for line in roster.lines]
    if not any(leave) and not any(call):
        return None
    return Flexibility(
        leave_after_idle=ints(-1 if one is None else ticks(one.after_idle) for one in leave),
        leave_keep_idle=ints(-1 if one is None else one.keep_idle for one in leave),
        leave_at_least_left=ints(-1 if one is None else ticks(one.at_least_left) for one in leave),
        call_when_waiting=ints(-1 if one is None else one.when_waiting for one in call),
        call_lead=ints(-1 if one is None else ticks(one.lead_time) for one in call),
        call_stays=ints(-1 if one is None else ticks(one.stays) for one in call),
        call_pause=ints(-1 if one is None else ticks(one.pause) for one in call),
    )
