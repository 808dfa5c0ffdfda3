"""Selections that are allowed but may not be meant."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from ccsim.config.doubt import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.model.experiment import Experiment

FEWEST = 5
"""Replications in a tail below which it has no interval, and the choice none either."""


def doubts_of_selection(experiment: Experiment) -> Iterator[Doubt]:
    if experiment.selection is None:
        return
    given = experiment.most_replications
    for name, criterion in experiment.selection.criteria.items():
        share = criterion.statistic.share
        if share is not None and share * given < FEWEST:
            message = (
                f"of {given} replications these are {float(share * given):g}, too few to say how sure the choice is; "
                f"run at least {ceil(FEWEST / share)}"
            )
            yield Doubt(("selection", "criteria", name, "statistic"), message)
