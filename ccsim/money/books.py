"""The books of one replication: who pays whom for what, and how contracts' service-level terms were kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccsim.measures.staff import StaffTime
from ccsim.money.fees import fees
from ccsim.money.ledger import Ledger, Writer
from ccsim.money.own import own_costs
from ccsim.money.spread import spread
from ccsim.money.strings import strings
from ccsim.money.terms import terms

if TYPE_CHECKING:
    from ccsim.log import Log
    from ccsim.money.scores import Scores
    from ccsim.plan import Plan


@dataclass(frozen=True)
class Books:
    """Of one replication. Lines and scores depend on the Plan alone, so books of replications stack."""

    ledger: Ledger
    scores: Scores | None
    """None without service-level terms."""


def books(plan: Plan, log: Log) -> Books | None:
    """
    Own costs first, then what contracts bill, then penalties and bonuses, which are shares of that, and what changing
    the money costs; at last what comes with outsourcing, and what lost customers cost.

    None if the scenario has none of these: then money costs no time either.
    """
    if plan.costs is None and plan.contracts is None and plan.strings is None:
        return None
    staff, writer = StaffTime.of(plan, log), Writer(plan.currency)
    own_costs(plan, log, staff, writer)
    billed = fees(plan, log, staff, writer)
    has_terms = plan.contracts is not None and any(contract.terms for contract in plan.contracts.all)
    scores = terms(plan, log, billed, writer) if has_terms else None
    spread(plan, writer)
    strings(plan, log, billed, writer)
    return Books(writer.ledger(), scores)
