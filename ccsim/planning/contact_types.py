"""Contact types and lines in numbers: the rules of their queues, the laws of their work, their opening hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.spans import Spans
from ccsim.model.contact_type import FinishIfUnder
from ccsim.plan import UNITS_PER_SECOND, AgentChoice, Channel, Lines, Types
from ccsim.planning import hours
from ccsim.planning.laws import canonical, scaled
from ccsim.planning.rows import ints, joined, key, offsets

if TYPE_CHECKING:
    from ccsim import plan
    from ccsim.model.contact_type import ContactType
    from ccsim.model.experiment import Center
    from ccsim.model.law import Law
    from ccsim.planning.horizon import Horizon
    from ccsim.planning.rows import Rows

CHANNELS = {channel.name.lower().replace("_", "-"): channel for channel in Channel}
AGENT_CHOICES = {choice.name.lower().replace("_", " "): choice for choice in AgentChoice}
ALWAYS_FINISH = 1 << 62
"""More base work than any contact has. [units]"""


def contact_types(center: Center, rows: Rows, span: Horizon) -> Types:
    """All types of the scenario, with ``Types.agent_choice`` from their routes."""
    kinds = list(rows.types.values())
    open_hours = [_open(kind, span) for kind in kinds]
    return Types(
        name=tuple(rows.types),
        stream=tuple(key(name, kind) for name, kind in rows.types.items()),
        channel=ints(CHANNELS[kind.channel] for kind in kinds),
        weight=ints(kind.weight for kind in kinds),
        max_waiting=ints(-1 if kind.max_waiting is None else kind.max_waiting for kind in kinds),
        line_group=ints(_line_group(name, rows) for name in rows.types),
        at_close_disconnect=np.array([kind.at_close == "disconnect" for kind in kinds], dtype=np.bool_),
        finish_if_under=ints(_finish_if_under(kind) for kind in kinds),
        hand_over_work=ints(_units(kind.hand_over) for kind in kinds),
        resume_work=ints(_units(kind.resume_overhead) for kind in kinds),
        interrupted_returns=np.array([kind.interrupted == "returned" for kind in kinds], dtype=np.bool_),
        agent_choice=ints(_agent_choice(name, kind, center) for name, kind in rows.types.items()),
        opening_offset=offsets(spans.begins for spans in open_hours),
        opening_from=joined([spans.begins for spans in open_hours]),
        opening_to=joined([spans.ends for spans in open_hours]),
        work_law=tuple(_remaining(_work(kind), kind) for kind in kinds),
        wrap_law=tuple(None if kind.wrap_up is None else _remaining(kind.wrap_up, kind) for kind in kinds),
        patience_law=tuple(_patience(kind) for kind in kinds),
        balk=np.array([kind.balk for kind in kinds], dtype=np.float64),
    )


def lines(rows: Rows) -> Lines:
    return Lines(name=tuple(rows.lines), limit=ints(group.limit for group in rows.lines.values()))


def _line_group(name: str, rows: Rows) -> int:
    return next((row for row, group in enumerate(rows.lines.values()) if name in group.types), -1)


def _open(kind: ContactType, span: Horizon) -> Spans:
    """A list of customers to call may be released at any time; when they may be dialed is a matter of routing."""
    if kind.opening_hours is None or kind.channel == "outbound":
        return Spans(np.array([0]), np.array([span.run_end]))
    return hours.windows(kind.opening_hours, span.clock(kind.opening_hours.timezone), 0, span.run_end)


def _agent_choice(name: str, kind: ContactType, center: Center) -> AgentChoice:
    route = center.routing.get(name)
    if route is not None and route.choose is not None:
        return AGENT_CHOICES[route.choose]
    return AgentChoice.LEAST_LOADED if kind.channel == "chat" else AgentChoice.LONGEST_IDLE


def _finish_if_under(kind: ContactType) -> int:
    if isinstance(kind.at_shift_end, FinishIfUnder):
        return _units(kind.at_shift_end.finish_if_under)
    return ALWAYS_FINISH if kind.at_shift_end == "finish" else 0


def _units(seconds: float) -> int:
    return round(seconds * UNITS_PER_SECOND)


def _work(kind: ContactType) -> Law:
    work = kind.handle_time if kind.talk_time is None else kind.talk_time
    assert work is not None
    return work


def _remaining(law: Law, kind: ContactType) -> plan.Law:
    """Work of the contacts that self-service leaves."""
    return scaled(canonical(law), 1.0 if kind.self_service is None else kind.self_service.remaining_handle_time)


def _patience(kind: ContactType) -> plan.Law | None:
    """None: who is called by an agent does not wait at all."""
    if kind.patience is None or kind.patience == "endless" or kind.channel == "outbound":
        return None
    return canonical(kind.patience)
