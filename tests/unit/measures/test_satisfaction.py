"""Satisfaction as a file declares it, customer by customer from a Log written by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ccsim.measures import measure
from ccsim.measures.contacts import Counted
from ccsim.measures.experience import NOBODY, End, Experience
from ccsim.plan import TICKS_PER_SECOND
from ccsim.strings import Satisfaction
from tests.small_losses import FAR, NEAR, log_of_losses, plan_of_losses, with_journeys

LOG = log_of_losses()
DECLARED = Satisfaction(resolved=0.9, unresolved=0.4, unanswered=0.2, per_minute=0.02, pools=(1.0, 0.96))


def satisfied(declared, log):
    """Mean satisfaction, and the number of customers that it is of; by contact type, and ``""`` for all."""
    tally = measure(replace(plan_of_losses(), satisfaction=declared), log)
    return {
        key.name: (total / number, number)
        for key, total, number in zip(tally.keys, tally.numerator, tally.denominator, strict=True)
        if key.measure == "satisfaction_mean"
    }


def test_what_each_customer_met():
    """Neither closed doors nor mail that is still open are judged; two visits are one customer."""
    plan, log = plan_of_losses(), with_journeys(LOG)
    met = Experience.of(plan, log, Counted(plan, log))

    assert met.type.tolist() == [0] * 7 + [1]
    assert met.end.tolist() == [
        End.RESOLVED, End.RESOLVED, End.UNRESOLVED, End.UNANSWERED, End.UNANSWERED, End.UNANSWERED, End.UNANSWERED,
        End.RESOLVED,
    ]  # fmt: skip
    assert (met.wait / TICKS_PER_SECOND).tolist() == [230.0, 10.0, 240.0, 60.0, 0.0, 60.0, 0.0, 0.0]
    assert met.pool.tolist() == [FAR, NEAR, FAR, NOBODY, NOBODY, NOBODY, NOBODY, NEAR]


def test_satisfaction_is_what_was_declared():
    """Less two points for each minute waited, and less for the far pool; the wait of mail is not felt."""
    found = satisfied(DECLARED, with_journeys(LOG))
    calls = [
        (0.9 - 0.02 * 230 / 60) * 0.96,
        0.9 - 0.02 * 10 / 60,
        (0.4 - 0.02 * 4) * 0.96,
        0.2 - 0.02,
        0.2,
        0.2 - 0.02,
        0.2,
    ]
    assert found["calls"] == (pytest.approx(np.mean(calls)), 7)
    assert found["mail"] == (0.9, 1)
    assert found[""] == (pytest.approx(np.mean([*calls, 0.9])), 8)


def test_every_visit_is_a_customer_where_nobody_comes_again():
    """Then an answer resolves the matter: three calls were answered, five left unanswered."""
    flat = Satisfaction(resolved=1.0, unresolved=0.5, unanswered=0.0, per_minute=0.0, pools=(1.0, 1.0))
    assert satisfied(flat, LOG)["calls"] == (3 / 8, 8)


def test_nobody_is_less_than_not_satisfied_or_more_than_fully():
    steep = replace(DECLARED, per_minute=1.0, pools=(2.0, 1.0))
    found = satisfied(steep, with_journeys(LOG))
    assert found["calls"] == (pytest.approx((1.0 + 0.2 + 0.2) / 7), 7)
    assert found["mail"] == (1.0, 1)


def test_without_a_declaration_there_is_no_such_measure():
    assert satisfied(None, LOG) == {}
