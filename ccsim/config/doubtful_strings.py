"""Strings of outsourcing, and costs of customers, that are allowed but may not be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.config.doubt import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.model.experiment import Center, Experiment

SHORT = 180
"""Days that hardly bear a whole transition."""


def doubts_of_strings(experiment: Experiment, center: Center) -> Iterator[Doubt]:
    # A business case pays once what comes once, however few days are simulated.
    days = experiment.calendar.counted_days
    is_short = days < SHORT and experiment.business_case is None
    there = {center.sites[pool.site].provider for pool in center.pools.values()}
    for provider, strings in center.strings.items():
        if provider not in there:
            yield Doubt(("strings", provider), "no scenario has pools of this provider", True)
            continue
        for key, once in (("transition", strings.transition), ("exit", strings.exit)):
            if once is not None and once.spread_over is None and is_short:
                message = f"these {days} days bear all of it; write for how many months it is paid"
                yield Doubt(("strings", provider, key), f"{message}, for example spread_over: 36 months")
    customers = center.customers
    if customers.abandoned is not None and customers.churn is not None and customers.churn.unanswered:
        message = "who gives up for good costs this, and by churn.unanswered the value of a customer, too"
        yield Doubt(("customers", "abandoned"), message)
