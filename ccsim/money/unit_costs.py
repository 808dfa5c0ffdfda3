"""What one of something costs the client: an answered contact, a minute, a resolution, an hour."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ccsim.measures.tally import CONTACT_TYPE, TOTAL, Key, Ratio
from ccsim.money.ledger import CLIENT, minor_units
from ccsim.money.not_counted import all_work_is_paid

if TYPE_CHECKING:
    from ccsim.measures.tally import Tally
    from ccsim.money.ledger import Ledger
    from ccsim.plan import Plan


def with_costs(tally: Tally, ledger: Ledger, plan: Plan) -> Tally:
    """
    The tally of a replication and, of the whole center, the client's total cost in all and for one of each.

    They have no value where nobody knows what some of the work costs: work that is free would win every comparison.
    """
    ratios = unit_costs(tally, total_cost(ledger, plan.currency))
    if not all_work_is_paid(plan):
        ratios = {measure: Ratio(ratio.numerator * 0, ratio.denominator * 0) for measure, ratio in ratios.items()}
    return replace(
        tally,
        keys=(*tally.keys, *(Key(TOTAL, "", measure) for measure in ratios)),
        numerator=np.concatenate([tally.numerator, *(ratio.numerator for ratio in ratios.values())]),
        denominator=np.concatenate([tally.denominator, *(ratio.denominator for ratio in ratios.values())]),
    )


def total_cost(ledger: Ledger, currency: str) -> float:
    """All that the client pays, less credits. [reporting currency]"""
    paid = [int(amount) for line, amount in zip(ledger.lines, ledger.amount, strict=True) if line.payer == CLIENT]
    return sum(paid) / minor_units(currency)


def unit_costs(tally: Tally, cost: float) -> dict[str, Ratio]:
    """
    [1] each: the total cost over 1, answered contacts, minutes, resolutions, productive hours; of all the center's.

    Minutes are agents' time on answered contacts, wrap-up included. A resolution is a customer whose matter is resolved
    in the end; where nobody comes again every answered contact is one. Hours are productive while agents handle
    contacts or are available for them.
    """
    of: dict[tuple[str, str], float] = {}
    for key, numerator in zip(tally.keys, tally.numerator, strict=True):
        of[key.scope, key.measure] = of.get((key.scope, key.measure), 0.0) + float(numerator)
    answered = of[TOTAL, "answered"]
    over = {
        "total_cost": 1.0,
        "total_cost_per_answered": answered,
        "total_cost_per_handled_minute": of[CONTACT_TYPE, "handle_time_mean_s"] / 60,
        "total_cost_per_resolution": of.get((CONTACT_TYPE, "resolution_rate"), answered),
        "total_cost_per_productive_hour": of[TOTAL, "available_hours"],
    }
    return {measure: Ratio(np.array([cost]), np.array([number])) for measure, number in over.items()}
