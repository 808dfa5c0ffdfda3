"""What cannot be played is refused with a sentence, not by hanging."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ccsim.engine import simulate
from ccsim.errors import SimulationError
from tests.builders import Center, Contact, Outage, Pool, Shift, Step, Type

CENTER = Center(
    types=[Type("calls")], pools=[Pool("home")], contacts=[Contact("calls", 0, 10), Contact("calls", 5, 10)]
)


def visits(**columns: object):
    return replace(CENTER.workload, visits=replace(CENTER.workload.visits, **columns))


@pytest.mark.parametrize(
    ("workload", "message"),
    [
        (visits(arrived=np.array([5, 0])), "visits must be ordered by arrival"),
        (visits(work=np.array([10, 0])), "visit 1 has work 0 and wrap-up 0"),
        (visits(type=np.array([0, 7])), "contact types that the plan does not have"),
    ],
)
def test_impossible_visits_are_refused(workload, message):
    """Order is what ties rest on; work of nothing would never end."""
    with pytest.raises(SimulationError, match=message):
        simulate(CENTER.plan, workload)


@pytest.mark.parametrize(
    ("shifts", "message"),
    [
        ([Shift("home", 0, 10, 10)], "spell 0 ends at 10485760, which must be > its begin"),
        ([Shift("home", 0, 0, 10), Shift("home", 0, 10, 20)], "agent 0 has spells that touch or overlap"),
        ([Shift("home", 0, -5, 10)], "none may begin before the simulation"),
        ([Shift("home", 0, 0, 10, breaks=((5, 0),))], "must have a length > 0"),
    ],
)
def test_impossible_spells_are_refused(shifts, message):
    """Adjacent spells of one agent are one spell (rule 8)."""
    with pytest.raises(SimulationError, match=message):
        replace(CENTER, shifts=shifts).work()


def test_a_spell_may_touch_one_from_which_its_agent_was_absent():
    """Absence is drawn per date: who was absent last night comes in the morning."""
    center = replace(CENTER, shifts=[Shift("home", 0, 0, 10, absent=True), Shift("home", 0, 10, 50)])
    assert center.work() == [(10, 20, "home-0", 0), (20, 30, "home-0", 1)]


def test_a_pool_that_does_not_handle_the_type_is_refused():
    """Its rate is 0: the contact would never end."""
    center = replace(CENTER, pools=[Pool("home", handles=())], routing={"calls": [Step("home")]})
    with pytest.raises(SimulationError, match="calls is routed to pool home, which does not handle it"):
        center.work()


def test_a_counted_period_beyond_the_run_is_refused():
    """Counted contacts would never be over."""
    with pytest.raises(SimulationError, match="must lie within 0 to"):
        replace(CENTER, counted=(0, 300), run_end=200).work()


@pytest.mark.parametrize(
    ("outage", "match"),
    [
        (Outage(50, 50, ("home",)), "must end after its begin"),
        (Outage(20, 50, ("home",), back={"home-0": -5}), "after its end"),
        (Outage(-20, 50, ("home",)), "none may begin before the simulation"),
    ],
)
def test_an_outage_out_of_order_is_refused(outage, match):
    center = Center(types=[Type("calls")], pools=[Pool("home")], contacts=[], outages=(outage,))
    with pytest.raises(SimulationError, match=match):
        simulate(center.plan, center.workload)


def test_who_is_called_in_for_no_time_is_refused():
    center = Center(types=[Type("calls")], pools=[Pool("home", calls=(0, 10, 0, 0))], contacts=[])
    with pytest.raises(SimulationError, match="must stay for a time > 0"):
        simulate(center.plan, center.workload)
