"""All scenarios of an experiment, replication by replication, until enough of them are done."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Literal

import numpy as np

from ccsim.analysis.estimates import CONFIDENCE, estimate
from ccsim.analysis.stopping import confidence_of_looks, is_precise, looks
from ccsim.measures.tally import CONTACT_TYPE, Key
from ccsim.model.experiment import Precision
from ccsim.planning import plan
from ccsim.results import Results
from ccsim.results.record import Record, Replication
from ccsim.runner.crew import alone, hired, suitable_workers, together
from ccsim.runner.manifest import manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Executor

    from ccsim.model.experiment import Experiment
    from ccsim.plan import Plan

Finished = dict[int, list[Replication]]
"""By number of the replication, each in the order of the scenarios."""


def run(
    experiment: Experiment,
    *,
    workers: int | None = None,
    keep_log: Literal["none", "first", "all"] = "none",
    progress: Callable[[int, int], None] | None = None,
    executor: Executor | None = None,
) -> Results:
    """
    Simulate every scenario and say what came out.

    The result does not depend on the number of workers, to the last bit. After Ctrl-C it holds the replications
    finished until then, and ``Results.complete`` is False.

    Parameters
    ----------
    workers
        Processes; 1 stays in this one. One per core, as far as there is work for them, if not given.
    keep_log
        Of which replications the log is kept (replications count from 1).
    progress
        Called with the replications finished and the number to come to at the next look.
    executor
        Whose workers to use instead, as of a Dask cluster; they must have ccsim installed.

    Raises
    ------
    SimulationError
        If a replication fails; names scenario, replication and seed.
    """
    began = time.time()
    plans = {name: plan(experiment, name) for name in experiment.scenarios}
    stages, confidence = staged(experiment)
    finished: Finished = {}
    complete = True
    try:
        with ExitStack() as stack:
            if workers is None:
                workers = suitable_workers(list(plans.values()), stages[0])
            if executor is None and workers > 1:
                executor = stack.enter_context(hired(min(workers, stages[-1])))
            for until in stages:
                for number, replication in work(executor, experiment, plans, finished, until, keep_log):
                    finished[number] = replication
                    if progress is not None:
                        progress(len(finished), until)
                if until == stages[-1] or precise(experiment, record(experiment, plans, finished, confidence)):
                    break
    except KeyboardInterrupt:
        complete = False
    made = record(experiment, plans, finished, confidence)
    return Results.of(made, manifest(experiment, made, complete=complete, began=began, workers=workers or 1))


def staged(experiment: Experiment) -> tuple[tuple[int, ...], float]:
    """Numbers of replications at which to look, and the confidence of every interval."""
    wanted = experiment.replications
    if isinstance(wanted, Precision):
        stages = looks(wanted.at_most)
        return stages, confidence_of_looks(len(stages))
    return (wanted,), CONFIDENCE


def work(
    executor: Executor | None,
    experiment: Experiment,
    plans: Mapping[str, Plan],
    finished: Finished,
    until: int,
    keep_log: str,
) -> Iterator[tuple[int, list[Replication]]]:
    """The replications still missing to ``until``."""
    numbers = range(len(finished) + 1, until + 1)
    logged = {"none": range(0), "first": range(1, 2), "all": numbers}[keep_log]
    if executor is None:
        return alone(list(plans.values()), experiment.seed, numbers, logged)
    return together(executor, list(plans.values()), experiment.seed, numbers, logged)


def record(experiment: Experiment, plans: Mapping[str, Plan], finished: Finished, confidence: float) -> Record:
    """All finished replications, in the order of their numbers, whoever finished first."""
    numbers = tuple(sorted(finished))
    return Record(
        plans,
        numbers,
        {name: tuple(finished[number][row] for number in numbers) for row, name in enumerate(plans)},
        confidence,
        experiment.compare,
    )


def precise(experiment: Experiment, made: Record) -> bool:
    """Whether every declared service level of every scenario is known as precisely as asked."""
    assert isinstance(experiment.replications, Precision)
    sums = [
        made.sums[scenario].of(Key(CONTACT_TYPE, name, "service_level"))
        for scenario, center in experiment.scenarios.items()
        for name, contact_type in center.contact_types.items()
        if contact_type.service_level is not None
    ]
    if not sums:
        return True
    numerator, denominator = (np.column_stack([pair[side] for pair in sums]) for side in (0, 1))
    return is_precise(estimate("share", numerator, denominator, made.confidence), experiment.replications.precision)
