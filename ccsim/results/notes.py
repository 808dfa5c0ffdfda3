"""What a reader of the tables should know before believing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.analysis.estimates import FEWEST
from ccsim.analysis.periods import proof_needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ccsim.results.results import Results

PROOF = 0.95
"""Share of days or weeks in target that people ask to be proved."""


def notes(results: Results) -> list[str]:
    """Sentences; none if there is nothing to warn of."""
    summary = results.summary()
    return [*of_replications(results), *of_unstable(summary), *of_periods(summary, results.replications)]


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
