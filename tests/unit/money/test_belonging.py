"""Whose visit it is, and since when its provider's clock runs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ccsim.log import LoggedOutages, Outcome
from ccsim.measures.contacts import Counted
from ccsim.money.belonging import Belonging
from ccsim.plan import TICKS_PER_SECOND, Channel
from tests.tiny_plan import HOUR, TinyLine, TinyType, ints
from tests.written_logs import Step, Visit, abandoned, answered, small_plan, written_log

HOME, ACME = 0, 1
POOLS = (TinyLine("1-home", begins=0, ends=24), TinyLine("2-acme", begins=8, ends=16))
NOON = 12 * 3600.0


def center(*steps: Step, types: tuple[TinyType, ...] = (TinyType(threshold=20.0),), windows=()):
    """Home and acme, whose agents are there from 8:00 to 16:00; contacts are asked to go by these steps."""
    return small_plan(types, POOLS, steps=(steps,) * len(types), windows=windows)


OVERFLOW = center(Step(HOME), Step(ACME, after=15))


def claims(plan, visits, rule="answered by", clock="from offer", log=None):
    """For home and for acme: which visits are theirs, and how many seconds after their arrival its clock begins."""
    log = written_log(visits) if log is None else log
    counted = Counted(plan, log)
    found = [Belonging(plan, log, counted).claim((pool,), rule, clock) for pool in (HOME, ACME)]
    rows = [np.flatnonzero(claim.own).tolist() for claim in found]
    begun = [((claim.since - counted.arrived)[claim.own] / TICKS_PER_SECOND).tolist() for claim in found]
    return rows, begun


def test_an_answered_visit_belongs_to_who_answered_it():
    """And the clock of each begins when it could first take it: acme's only after 15 s."""
    rows, begun = claims(OVERFLOW, [answered(0, 10, pool=HOME), answered(100, 22, pool=ACME)])
    assert rows == [[0], [1]]
    assert begun == [[0], [15]]


def test_an_unanswered_visit_belongs_to_the_first_who_could_take_it():
    """Home stands first in the list, however long the customer waited; a list that begins with acme is acme's."""
    lost = [abandoned(0, 10), abandoned(100, 300), Visit(200, Outcome.BALKED, left=200), Visit(300, Outcome.OPEN)]
    assert claims(OVERFLOW, lost)[0] == [[0, 1, 2, 3], []]
    assert claims(center(Step(ACME), Step(HOME)), lost)[0] == [[], [0, 1, 2, 3]]


def test_who_was_never_offered_to_a_provider_is_not_its_loss():
    """Acme comes first but from 9:00 on: who leaves before is home's, and nobody's where home must wait, too."""
    at_nine = (((9.0, 24.0),),)
    early = [abandoned(9 * 3600.0 - 60, 30), abandoned(9 * 3600.0 - 60, 60)]
    rows, begun = claims(center(Step(ACME, window=0), Step(HOME), windows=at_nine), early)
    assert rows == [[0], [1]]
    assert begun == [[0], [60]]
    assert claims(center(Step(ACME, window=0), Step(HOME, after=45), windows=at_nine), early)[0] == [[], [1]]


def test_the_clock_begins_with_the_window_or_when_the_pool_is_awake_by_plan():
    """At 7:59 acme sleeps; ``after`` runs meanwhile. While it is awake home is not asked."""
    plan = center(Step(ACME, awake=ACME, after=15), Step(HOME, asleep=ACME))
    rows, begun = claims(plan, [answered(8 * 3600.0 - 60, 70, pool=ACME), answered(NOON, 20, pool=ACME)])
    assert (rows, begun) == ([[], [0, 1]], [[], [60, 15]])
    assert claims(plan, [abandoned(8 * 3600.0 - 60, 10), abandoned(NOON, 20), abandoned(NOON + 100, 10)])[0] == [
        [0],
        [1],
    ]


def test_the_clock_may_run_from_arrival():
    """The customer's wait, whoever's fault the first part of it was."""
    visits = [answered(0, 10, pool=HOME), answered(100, 22, pool=ACME)]
    assert claims(OVERFLOW, visits, clock="from arrival")[1] == [[0], [0]]


def test_offered_visits_count_wherever_they_go():
    """
    Home loses nothing by letting a call overflow if those answered elsewhere are not counted; so they may be. Who is
    answered at once, or before the other's turn came, was not offered to the other.
    """
    visits = [answered(0, 0, pool=HOME), answered(100, 15, pool=HOME), answered(200, 22, pool=ACME)]
    assert claims(OVERFLOW, visits, "offered to") == ([[0, 1, 2], [2]], [[0, 0, 0], [15]])
    assert claims(OVERFLOW, [abandoned(0, 14), abandoned(100, 15)], "offered to")[0] == [[0, 1], [1]]


def test_a_provider_has_one_clock_for_all_its_pools():
    """A second pool that is asked later does not set it back."""
    plan, log = OVERFLOW, written_log([answered(0, 22, pool=ACME)])
    claim = Belonging(plan, log, Counted(plan, log)).claim((HOME, ACME), "answered by", "from offer")
    assert (claim.own.tolist(), claim.since.tolist()) == ([True], [0])


def test_lost_contacts_of_a_lane_belong_to_who_serves_it():
    """By the list alone they would all be home's."""
    plan = center(Step(HOME, lane=0), Step(ACME, lane=1))
    log = replace(written_log([abandoned(0, 30), abandoned(100, 30), abandoned(200, 30)]), lane=ints([1, 0, 1]))
    assert claims(plan, [], log=log)[0] == [[1], [0, 2]]


def test_deferred_work_belongs_to_who_completes_it():
    """Though home has begun it: follow the sun."""
    plan = center(Step(HOME), Step(ACME), types=(TinyType(channel=Channel.EMAIL, threshold=7200.0),))
    mail = Visit(0, Outcome.ANSWERED, 600, 5000, 5000, due=7200, pool=ACME)
    assert claims(plan, [mail, Visit(100, Outcome.OPEN, 700, pool=ACME)])[0] == [[1], [0]]


def test_a_call_put_back_by_an_outage_belongs_to_who_picked_up():
    """Home's agent answered; that the line went dead and acme went on is no answer of acme's."""
    plan = center(Step(HOME), Step(ACME))
    dark = LoggedOutages(ints([50]), ints([60]), np.array([[True, False]]), np.array([[False]]))
    call = Visit(0, Outcome.ANSWERED, 10, 200, 200, pool=ACME)
    acme_agent = POOLS[HOME].agents
    work = [(0, 0, 10.0, 50.0), (0, acme_agent, 70.0, 200.0)]
    assert claims(plan, [], log=replace(written_log([call], work), outages=dark))[0] == [[0], []]


@pytest.mark.parametrize("pool", [HOME, ACME])
def test_a_call_cut_off_in_hand_belongs_to_who_had_it(pool):
    """It was picked up, though it does not count as answered."""
    cut = Visit(0, Outcome.DISCONNECTED, 30, 100, pool=pool)
    assert claims(OVERFLOW, [cut])[0][pool] == [0]


def test_only_counted_visits_are_asked_for():
    """Those of the warm-up are nobody's business."""
    plan = small_plan((TinyType(threshold=20.0),), POOLS, hours=(1.0, 2.0))
    log = written_log([answered(0, 0, pool=HOME), answered(3700, 0, pool=HOME)])
    counted = Counted(plan, log)
    claim = Belonging(plan, log, counted).claim((HOME,), "answered by", "from arrival")
    assert claim.since.tolist() == [3700 * TICKS_PER_SECOND]
    assert HOUR < claim.since[0] < 2 * HOUR
