"""All cases in which theory knows what the simulation must say, by technique."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.theory import (
    cases_any_handle_time,
    cases_backlog,
    cases_chat,
    cases_day,
    cases_email,
    cases_hand_over,
    cases_journeys,
    cases_order,
    cases_outages,
    cases_patience,
    cases_people,
    cases_shared,
    cases_shift_end,
    cases_single,
    cases_ssj,
)

if TYPE_CHECKING:
    from tests.theory.agreement import Case

TECHNIQUES: dict[str, list[Case]] = {
    "queue of one type": cases_single.CASES,
    "any law of patience": cases_patience.CASES,
    "one agent, any law of handle times": cases_any_handle_time.CASES,
    "several types or pools": cases_shared.CASES,
    "order of service": cases_order.CASES,
    "chat: limited processor sharing": cases_chat.CASES,
    "deferred work, interrupted": cases_email.CASES,
    "deferred work as a fluid": cases_backlog.CASES,
    "deferred work at the end of a shift": cases_hand_over.CASES,
    "customers who come again, are passed on or called": cases_journeys.CASES,
    "agents who learn, differ, stay away and leave": cases_people.CASES,
    "transient queue at the end of a shift": cases_shift_end.CASES,
    "transient queue through an outage, or with agents on call": cases_outages.CASES,
    "transient queue of a day, by half-hour": cases_day.CASES,
    "transient queue of a day, mixed over its busyness": cases_ssj.CASES,
}
CASES = [case for cases in TECHNIQUES.values() for case in cases]
FAMILY = 420
"""Claims that are judged together, at most: to count them all exact values would have to be computed."""
