"""What a run takes, guessed before anything is simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccsim.plan import Plan

CONTACTS_PER_SECOND = 50_000
"""Simulated and measured by one worker on an ordinary machine; half or twice as many is common."""
START_S = 8.0
"""Importing, starting workers, drawing plots and writing the report."""


def guess(plans: Sequence[Plan], replications: int, workers: int | None = None) -> str:
    """``about 20 s with 2 workers (an estimate; machines differ)``; as many workers as suit if not given."""
    from ccsim.runner.crew import suitable_workers

    hired = workers or suitable_workers(plans, replications)
    seconds = START_S + replications * sum(map(contacts, plans)) / CONTACTS_PER_SECOND / hired
    return f"about {rounded(seconds)} with {counted(hired, 'worker')} (an estimate; machines differ)"


def contacts(plan: Plan) -> float:
    """Contacts expected in one replication, warm-up and run-on included."""
    return float(plan.forecast.piece_contacts.sum())


def counted(number: int, noun: str) -> str:
    """``1 agent``, ``2 agents``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def rounded(seconds: float) -> str:
    """A guess, rounded like one."""
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.0f} h"
