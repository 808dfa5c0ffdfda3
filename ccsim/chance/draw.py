"""From a Plan to one replication's Workload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.chance.attendance import attendance
from ccsim.chance.contacts import as_visits, dialed, first_visits
from ccsim.chance.journeys import with_further_visits
from ccsim.chance.outages import outages
from ccsim.chance.possible import Possible
from ccsim.chance.streams import Streams
from ccsim.workload import Workload

if TYPE_CHECKING:
    from ccsim.plan import Plan


def draw(plan: Plan, seed: int, replication: int) -> Workload:
    """
    All that chance decides in one replication: who comes when with how much work, and who is on duty when.

    Depends on nothing but its arguments: the same plan, seed and replication give the same Workload on every machine,
    and what two plans have in common (a contact type, a line of agents, a date) is drawn alike in both.
    """
    streams = Streams(seed, replication)
    spells, rates, hires = attendance(plan, streams)
    out = None if plan.outages is None else outages(plan, plan.outages, streams)
    visits, journeys = first_visits(plan, streams), None
    if plan.moves is not None:
        visits, journeys = with_further_visits(streams, visits, Possible(plan, rates, out))
    return Workload(as_visits(visits), spells, journeys, dialed(visits), rates, out, hires)
