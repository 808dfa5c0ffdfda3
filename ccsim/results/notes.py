"""What a reader of the tables should know before believing them."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ccsim.analysis.estimates import FEWEST
from ccsim.analysis.periods import proof_needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ccsim.results.results import Results

PROOF = 0.95
"""Share of days or weeks in target that people ask to be proved."""
CUT_OFF = 0.01
"""If more customers than this share would come again only after the run, what became of customers is biased."""


def notes(results: Results) -> list[str]:
    """Sentences; none if there is nothing to warn of."""
    summary = results.summary()
    return [
        *of_replications(results),
        *of_unstable(summary),
        *of_cut_off(summary),
        *of_periods(summary, results.replications),
        *of_months(results),
    ]


def of_replications(results: Results) -> Iterator[str]:
    if not results.complete:
        yield f"The run was interrupted; {results.replications} replications were finished."
    if results.replications < FEWEST:
        yield f"With fewer than {FEWEST} replications there are no intervals and no verdicts."


def of_unstable(summary: pd.DataFrame) -> Iterator[str]:
    """Contact types whose waits have no value because their backlog grows."""
    rows = summary[summary["method"].str.startswith("no value, grows")]
    for (scenario, name), group in rows.groupby(["scenario", "name"], sort=False):
        growth = group["method"].iloc[0].removeprefix("no value, ")
        yield f"{name} in {scenario} is unstable: its backlog {growth}, so its waits have no value."


def of_cut_off(summary: pd.DataFrame) -> Iterator[str]:
    """Contact types many of whose customers were not seen to the end."""
    of_types = summary[summary["scope"] == "contact_type"].set_index(["scenario", "name", "measure"])["mean"]
    for scenario, name, measure in of_types.index:
        if measure == "customers_cut_off":
            cut_off, customers = of_types[scenario, name, measure], of_types[scenario, name, "customers"]
            if cut_off > CUT_OFF * customers:
                yield (
                    f"{100 * cut_off / customers:.1f} % of the customers of {name} in {scenario} would come again only "
                    "after the end of the simulation, and count as if they did not; let calendar.run_on last longer."
                )


def of_periods(summary: pd.DataFrame, replications: int) -> Iterator[str]:
    """Where the share of days or weeks in target looks good enough, but too few replications could prove it."""
    if replications == 0:
        return
    for period in ("day", "week"):
        rows = summary[summary["measure"] == f"target_met_share_{period}"]
        if ((rows["mean"] >= PROOF) & ~(rows["low"] >= PROOF)).any():
            sentence = proof_needs(PROOF, period, replications)
            if sentence:
                yield sentence


def of_months(results: Results) -> Iterator[str]:
    """Where money is told, months of which only some days are counted."""
    if results.costs().empty:
        return
    calendar = results.experiment["calendar"]
    start = date.fromisoformat(calendar["start"])
    days = [start + timedelta(day) for day in range(calendar["days"] or 7 * calendar["weeks"])]
    counted = Counter((day.year, day.month) for day in days)
    lengths = {month: monthrange(*month)[1] for month in counted}
    partial = [
        f"{year}-{month:02} for {counted[year, month]} of its {lengths[year, month]} days"
        for year, month in counted
        if counted[year, month] < lengths[year, month]
    ]
    if partial:
        yield f"Amounts per month are counted in part: {', '.join(partial)}."
