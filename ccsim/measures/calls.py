"""Customers who are called: callbacks offered and taken, campaigns, and how well waits were foretold (rule 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.log import Outcome
from ccsim.measures.tally import Ratio

if TYPE_CHECKING:
    from ccsim.log import Log
    from ccsim.measures.contacts import Counted
    from ccsim.plan import Floats


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
    window = dialing.window_to[counted.type]
    promised, delay = accepted & (window >= 0), log.visits.started[counted.rows] - offered
    foretold = answered & ~dialed & (expected >= 0)
    error = expected - counted.wait
    callbacks = counted.number(accepted & answered)
    return {
        "callbacks_offered": counted.number(offered >= 0),
        "callbacks_accepted": counted.number(accepted),
        "callback_answered_share": Ratio(callbacks, counted.number(accepted)),
        "callback_in_window_share": Ratio(
            counted.number(promised & answered & (delay <= window)), counted.number(promised)
        ),
        "callback_wait_mean_s": Ratio(counted.seconds(accepted & answered, delay), callbacks),
        "reached_share": Ratio(counted.number(reached), counted.number(reached | vain)),
        "wait_error_mean_s": Ratio(counted.seconds(foretold, error), counted.number(foretold)),
        "wait_error_absolute_s": Ratio(counted.seconds(foretold, np.abs(error)), counted.number(foretold)),
    }
