"""Who is hired stands in the Workload and in the Log, where hiring costs something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.chance import draw
from ccsim.chance.people import people
from ccsim.chance.streams import Streams
from ccsim.engine import simulate
from tests.small_center import PHONE, POOL, SHIFT, SITE, planned

if TYPE_CHECKING:
    from ccsim.plan import Plan

QUARTER = {"start": "2026-06-01", "weeks": 13, "timezone": "UTC", "run_on": "0 s"}
QUIET = {"calls": {**PHONE, "demand": {"rate": "1 per day"}}}
RECRUITING = {**SITE, "costs": {"recruiting": "1800 USD"}}


def center(site: Any, **keys: Any) -> Plan:
    pool = {**POOL, "shifts": {"day": {**SHIFT, "agents": 8}}, **keys}
    return planned(calendar=QUARTER, contact_types=QUIET, sites={"here": site}, pools={"care": pool})


def test_replacements_are_hired_on_the_first_date_on_the_payroll() -> None:
    """Those of the people model, in its order; the first holders were hired before."""
    plan = center(RECRUITING, attrition="20%", hiring={"lead_time": "1 week"})
    everyone, found = people(plan, Streams(7, 0)), simulate(plan, draw(plan, 7, 0)).hires

    assert found is not None
    assert len(found.agent) > 0
    assert np.array_equal(found.agent, everyone.agent[everyone.number > 0])
    assert np.array_equal(found.date, everyone.hired[everyone.number > 0])


def test_a_line_that_begins_without_tenure_is_hired_when_it_begins() -> None:
    """A new team has to be recruited, too."""
    learning = {"handle_time": "x1.5", "half_life": "4 weeks"}
    hires = draw(center(RECRUITING, tenure="new", learning=learning), 7, 0).hires

    assert hires is not None
    assert hires.agent.tolist() == list(range(8))
    assert set(hires.date.tolist()) == {739_768}, "1 June 2026"


def test_nobody_notes_hires_that_cost_nothing() -> None:
    assert draw(center(SITE, attrition="20%"), 7, 0).hires is None
    assert draw(center(RECRUITING), 7, 0).hires is None
