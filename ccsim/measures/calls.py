"""Customers who are called: callbacks offered and taken, campaigns, and how well waits were foretold (rule 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.business_hours import first_stretch
from ccsim.log import Outcome
from ccsim.measures.tally import Ratio

if TYPE_CHECKING:
    from ccsim.log import Log
    from ccsim.measures.contacts import Counted
    from ccsim.plan import Floats, Ints


def calls(counted: Counted, log: Log) -> dict[str, Floats | Ratio]:
    """
    [T, I] of the visits whose customers were offered a callback or, in a campaign, dialed.

    The error of a foretold wait is foretold less real, of those answered without a callback; a wait foretold while
    nobody was on shift is no number and left out.
    """
    dialing, logged = counted.plan.dialing, log.calls
    if dialing is None or logged is None:
        return {}
    offered, expected = logged.offered[counted.rows], logged.expected[counted.rows]
    accepted = logged.accepted[counted.rows] == 1
    answered = counted.outcome == Outcome.ANSWERED
    dialed = accepted | dialing.is_campaign[counted.type]
    reached, vain = dialed & answered, dialed & (counted.outcome == Outcome.UNREACHED)
    promised = accepted & (dialing.window_to[counted.type] >= 0)
    started = log.visits.started[counted.rows]
    delay = started - offered
    in_window = promised & answered & (started <= window_ends(counted, offered))
    foretold = answered & ~dialed & (expected >= 0)
    error = expected - counted.wait
    callbacks = counted.number(accepted & answered)
    return {
        "callbacks_offered": counted.number(offered >= 0),
        "callbacks_accepted": counted.number(accepted),
        "callback_answered_share": Ratio(callbacks, counted.number(accepted)),
        "callback_in_window_share": Ratio(counted.number(in_window), counted.number(promised)),
        "callback_wait_mean_s": Ratio(counted.seconds(accepted & answered, delay), callbacks),
        "reached_share": Ratio(counted.number(reached), counted.number(reached | vain)),
        "wait_error_mean_s": Ratio(counted.seconds(foretold, error), counted.number(foretold)),
        "wait_error_absolute_s": Ratio(counted.seconds(foretold, np.abs(error)), counted.number(foretold)),
    }


def window_ends(counted: Counted, offered: Ints) -> Ints:
    """Of each visit, when the window ends that would be promised with an offer at this time. [ticks]"""
    types, dialing = counted.plan.types, counted.plan.dialing
    ends = offered.copy()
    if dialing is None:
        return ends
    for type_ in np.flatnonzero(dialing.window_to >= 0):
        hours, own = slice(*types.opening_offset[type_ : type_ + 2]), counted.type == type_
        begins, lasts = dialing.window_from[type_], dialing.window_to[type_] - dialing.window_from[type_]
        ends[own] = lasts + first_stretch(
            offered[own] + begins, int(lasts), types.opening_from[hours], types.opening_to[hours]
        )
    return ends
