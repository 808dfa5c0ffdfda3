"""Callbacks and campaigns in numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ccsim.plan import TICKS_PER_SECOND, Dialing, Plan, Predictor
from tests.small_center import DAY, HOUR, PHONE, POOL, in_hours, planned

SALES = {
    "channel": "outbound",
    "demand": {"rate": "20 per hour"},
    "handle_time": {"exponential": "4 min"},
    "campaign": {
        "preview_time": {"deterministic": "30 s"},
        "right_party": "40%",
        "attempts": 3,
        "retry_after": "1 day",
    },
}


def called(**callback: Any) -> Dialing:
    asked = {"when_over": "2 min", "accepted": "60%", **callback}
    found = planned(contact_types={"calls": {**PHONE, "callback": asked}}).dialing
    assert found is not None
    return found


def outbound(hours: Any = None, **parts: Any) -> Plan:
    types = {"calls": PHONE, "sales": SALES if hours is None else {**SALES, "opening_hours": hours}}
    pool = {**POOL, "handles": {"calls": {}, "sales": {}}, "keep_free": {"agents": 2, "below_priority": 1}}
    return planned(contact_types=types, pools={"care": pool}, **parts)


def test_nobody_is_called_by_default():
    assert planned().dialing is None


def test_a_callback_as_soon_as_an_agent_is_free():
    found = called()
    assert (found.offer_over / TICKS_PER_SECOND).tolist() == [120]
    assert found.predictor.tolist() == [Predictor.QUEUE_LENGTH]
    assert found.accepts.tolist() == [0.6]
    assert (found.window_from.tolist(), found.window_to.tolist()) == ([0], [-1])
    assert (found.reached.tolist(), found.attempts.tolist()) == ([0.93], [3])
    assert (found.mean_work / TICKS_PER_SECOND).tolist() == [300]
    assert not found.is_campaign.any()


def test_a_callback_in_a_promised_window():
    found = called(window=["1 h", "3 h"], predictor="last wait")
    assert (found.window_from.tolist(), found.window_to.tolist()) == ([HOUR], [3 * HOUR])
    assert found.predictor.tolist() == [Predictor.LAST_WAIT]


def test_campaigns_dial_everybody_and_offer_nothing():
    found = outbound().dialing
    assert found is not None
    assert found.is_campaign.tolist() == [False, True]
    assert found.offer_over.tolist() == [-1, -1]
    assert (found.reached.tolist(), found.attempts.tolist()) == ([0.0, 0.4], [0, 3])
    assert found.retry_after.tolist() == [0, DAY]
    assert [law and law.mean for law in found.dial_law] == [None, 30.0]


def test_outbound_contacts_wait_without_end_below_all_calls():
    """Lists are worked off when nobody calls: priority 0 as deferred work, and agents kept free of them."""
    found = outbound()
    assert found.types.patience_law[1] is None
    assert found.pools.priority.tolist() == [[1, 0]]
    assert found.routing.keep_free.tolist() == [0, 2]


def test_opening_hours_of_a_campaign_say_when_customers_may_be_dialed():
    """The list may be released at any time; the steps to agents hold only in the hours of the customers' zone."""
    found = outbound({"timezone": "America/New_York", "mon": "10:00-12:00", "tue": "10:00-11:00"})
    assert found.types.opening_from.tolist() == [0, 0]
    assert set(found.types.opening_to) == {found.run_end}
    assert found.routing.window.tolist() == [-1, 0]
    assert in_hours(found.windows.begins)[:2] == [14, 24 + 14]
    assert in_hours(found.windows.ends)[:2] == [16, 24 + 15]


def test_hours_of_a_step_and_of_a_campaign_must_both_hold():
    step = {"pool": "care", "when": {"hours": {"mon": "11:00-18:00"}}}
    found = outbound({"mon": "10:00-12:00", "tue": "10:00-12:00"}, routing={"sales": [step]})
    row = int(found.routing.window[1])
    own = slice(*found.windows.offset[row : row + 2])
    assert in_hours(found.windows.begins[own])[:1] == [11]
    assert in_hours(found.windows.ends[own])[:1] == [12]
    assert np.all(np.diff(found.windows.begins[own]) == 7 * DAY)


@pytest.mark.parametrize(("attempts", "days"), [(1, 2), (3, 4), (20, 9)])
def test_the_run_goes_on_while_customers_are_tried_again(attempts: int, days: int):
    """By a day for each further attempt a day later, but at most 7 days beyond the usual 2."""
    campaign = {**SALES["campaign"], "attempts": attempts}
    pool = {**POOL, "handles": {"sales": {}}}
    found = planned(contact_types={"sales": {**SALES, "campaign": campaign}}, pools={"care": pool})
    assert found.run_end - found.counted_to == days * DAY
