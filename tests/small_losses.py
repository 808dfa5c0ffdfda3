"""A day of customers of whom some are lost: what each met is written by hand, and easily counted."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from typing import TYPE_CHECKING

import numpy as np

from ccsim.costs import Exchange
from ccsim.log import LoggedJourneys, Outcome
from ccsim.plan import Cause, Channel, Months
from tests.tiny_plan import HOUR, TinyLine, TinyType, ints
from tests.written_logs import Visit, abandoned, answered, small_plan, written_log

if TYPE_CHECKING:
    from ccsim.log import Log
    from ccsim.plan import Plan

NEAR, FAR = 0, 1
NOON = 12 * 3600.0
VISITS = [
    abandoned(0.0, 30.0),  # 0 comes again as 4
    answered(60.0, 10.0, pool=NEAR),  # 1 is resolved at once
    answered(120.0, 240.0, pool=FAR),  # 2 is not resolved, and does not come again
    abandoned(300.0, 60.0),  # 3 does not come again
    answered(900.0, 200.0, pool=FAR),  # 0 again: resolved
    Visit(NOON, Outcome.BALKED, left=NOON),  # 5 left at once
    Visit(NOON + 60, Outcome.DISCONNECTED, left=NOON + 120),  # 6 was cut off after a minute
    Visit(NOON + 180, Outcome.BLOCKED, left=NOON + 180),  # 7 found the line engaged
    Visit(NOON + 240, Outcome.CLOSED, left=NOON + 240),  # 8 came to closed doors
    answered(NOON + 300, 7200.0, pool=NEAR, type=1),  # 9 wrote, and was answered two hours later
    Visit(NOON + 360, Outcome.OPEN, type=1),  # 10 wrote, and nobody has read it
]
ONCE = [Cause.FIRST] * len(VISITS)


def plan_of_losses() -> Plan:
    """Calls and mail, two pools; noon divides the day into two months, of which half of the days are counted."""
    types = (TinyType("calls"), TinyType("mail", channel=Channel.EMAIL))
    plan = small_plan(types, (TinyLine("near", 1, 0.0, 24.0), TinyLine("far", 1, 0.0, 24.0)))
    return replace(
        plan,
        months=Months(("2026-03", "2026-04"), ints([0, 12 * HOUR, 24 * HOUR]), (F(1, 2), F(1, 2))),
        exchange={"USD": Exchange(F(1), F(0))},
    )


def log_of_losses() -> Log:
    """Without journeys: every visit is a customer, and every answer resolves the matter."""
    return written_log(VISITS)


def with_journeys(log: Log) -> Log:
    """The first customer comes again, and the third stays unresolved."""
    number = np.arange(len(VISITS))
    customer, attempt, following = number.copy(), number * 0, number * 0 - 1
    customer[4], attempt[4], following[0] = 0, 1, 4
    cause = np.array(ONCE, dtype=np.int64)
    cause[4] = Cause.RETRIAL
    resolved = np.where(log.visits.outcome == Outcome.ANSWERED, 1, -1)
    resolved[2] = 0
    return replace(log, journeys=LoggedJourneys(number, customer, attempt, cause, following, resolved))
