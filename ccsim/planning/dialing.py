"""Whom agents call: callbacks and campaigns in numbers (rule 13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.clock import ticks
from ccsim.plan import Dialing, Predictor
from ccsim.planning.laws import canonical
from ccsim.planning.rows import ints

if TYPE_CHECKING:
    from ccsim.model.contact_type import ContactType
    from ccsim.model.experiment import Center
    from ccsim.plan import Ints, Law
    from ccsim.planning.rows import Rows

PREDICTORS = {predictor.name.lower().replace("_", " "): predictor for predictor in Predictor}


@dataclass(frozen=True)
class Calls:
    """How customers of one type are called."""

    is_campaign: bool = False
    offer_over: int = -1
    predictor: Predictor = Predictor.QUEUE_LENGTH
    accepts: float = 0.0
    window: tuple[int, int] = (0, -1)
    dial_law: Law | None = None
    reached: float = 0.0
    attempts: int = 0
    retry_after: int = 0


NOBODY = Calls()


def dialing(rows: Rows, mean_work: Ints) -> Dialing | None:
    """Callbacks and campaigns of all types; None if nobody is called. ``mean_work`` by type. [ticks]"""
    calls = [_calls(kind) for kind in rows.types.values()]
    if all(one is NOBODY for one in calls):
        return None
    return Dialing(
        is_campaign=np.array([one.is_campaign for one in calls], dtype=np.bool_),
        offer_over=ints(one.offer_over for one in calls),
        predictor=ints(one.predictor for one in calls),
        mean_work=mean_work,
        accepts=np.array([one.accepts for one in calls]),
        window_from=ints(one.window[0] for one in calls),
        window_to=ints(one.window[1] for one in calls),
        dial_law=tuple(one.dial_law for one in calls),
        reached=np.array([one.reached for one in calls]),
        attempts=ints(one.attempts for one in calls),
        retry_after=ints(one.retry_after for one in calls),
    )


def longest_pursuit(center: Center) -> float:
    """From the first to the last attempt to reach a customer, pauses alone; of the type where it is longest. [s]"""
    called = [kind.campaign or kind.callback for kind in center.contact_types.values()]
    return max((one.retry_after * (one.attempts - 1) for one in called if one is not None), default=0.0)


def _calls(kind: ContactType) -> Calls:
    if kind.campaign is not None:
        campaign = kind.campaign
        return Calls(
            is_campaign=True,
            dial_law=canonical(campaign.preview_time),
            reached=campaign.right_party,
            attempts=campaign.attempts,
            retry_after=ticks(campaign.retry_after),
        )
    if kind.callback is not None:
        callback = kind.callback
        earliest, latest = callback.window or (0.0, None)
        return Calls(
            offer_over=ticks(callback.when_over),
            predictor=PREDICTORS[callback.predictor],
            accepts=callback.accepted,
            window=(ticks(earliest), -1 if latest is None else ticks(latest)),
            dial_law=canonical(callback.dial_time),
            reached=callback.reached,
            attempts=callback.attempts,
            retry_after=ticks(callback.retry_after),
        )
    return NOBODY
