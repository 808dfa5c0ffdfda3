"""The agents that Erlang C is given are those that the simulation has on average."""

import numpy as np
import pytest

from ccsim.chance import draw
from ccsim.engine import simulate
from ccsim.measures import StaffTime, hours_per_agent
from ccsim.measures.planned import expected_agents
from tests.tiny_plan import TinyLine, TinyType
from tests.written_logs import small_plan

BREAKS = ((2.0, 0.5, True), (4.0, 0.5, False), (6.0, 0.25, True))


@pytest.mark.parametrize("as_heads", [False, True], ids=["blocks", "heads"])
def test_expected_agents_are_those_available_on_average(as_heads):
    """Absence, breaks and off-phone time, in hours of a week over replications; the forecast must not be biased."""
    line = TinyLine(agents=12, begins=8.0, ends=16.0, breaks=BREAKS, absence=0.15, other=0.2, as_heads=as_heads)
    plan = small_plan((TinyType(per_day=0.01),), (line,), days=7, hours=(0.0, 7 * 24.0))
    hours = [
        hours_per_agent(StaffTime.of(plan, simulate(plan, draw(plan, 1, replication))))["available_hours"].sum()
        for replication in range(30)
    ]

    error = np.std(hours, ddof=1) / np.sqrt(len(hours))
    assert abs(np.mean(hours) - expected_agents(plan).sum() / 2) < 3.3 * error
    assert error < 0.01 * np.mean(hours)
