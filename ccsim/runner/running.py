"""All scenarios of an experiment, replication by replication, until enough of them are done."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ccsim.analysis.estimates import CONFIDENCE, estimate
from ccsim.analysis.stopping import confidence_of_looks, is_precise, looks
from ccsim.measures.tally import CONTACT_TYPE, Key
from ccsim.model.experiment import Precision
from ccsim.model.plain import as_data
from ccsim.money.not_counted import not_counted
from ccsim.planning import plan
from ccsim.results import Results
from ccsim.results.record import Record, Replication
from ccsim.results.traces import Traces, fingerprint
from ccsim.runner.asked import resolved
from ccsim.runner.business_case import business_case
from ccsim.runner.crew import finish, hands, suitable_workers
from ccsim.runner.manifest import manifest
from ccsim.runner.replication import replicate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Executor
    from os import PathLike

    from ccsim.model.experiment import Experiment
    from ccsim.plan import Plan

Finished = dict[int, list[Replication]]
"""By number of the replication, each in the order of the scenarios."""


def run(
    experiment: Experiment | str | PathLike[str],
    *,
    replications: int | None = None,
    seed: int | None = None,
    scenarios: Sequence[str] = (),
    changes: Sequence[str] = (),
    workers: int | None = None,
    keep_log: Literal["none", "first", "all"] = "none",
    keep_traces: bool = False,
    progress: Callable[[int, int], None] | None = None,
    executor: Executor | None = None,
) -> Results:
    """
    Simulate every scenario and say what came out.

    The result does not depend on the number of workers, to the last bit. After Ctrl-C it holds the replications
    finished until then, and ``Results.complete`` is False.

    Parameters
    ----------
    experiment
        A file, or what ``load`` made of it.
    replications, seed
        Instead of the experiment's.
    scenarios
        Only these.
    changes
        ``path.to.key=value``, applied to the file last.
    workers
        Processes; 1 stays in this one. One per core, as far as there is work for them, if not given.
    keep_log
        Of which replications the log is kept (replications count from 1).
    keep_traces
        Whether every replication is kept exactly, so that the saved results can be priced again (``price``).
    progress
        Called with the replications finished and the number to come to at the next look.
    executor
        Whose workers to use instead, as of a Dask cluster; they must have ccsim installed.

    Raises
    ------
    ConfigError
        If the file is wrong, with every problem.
    SimulationError
        If a replication fails; names scenario, replication and seed.
    """
    began = time.time()
    experiment = resolved(experiment, replications=replications, seed=seed, scenarios=scenarios, changes=changes)
    plans = {name: plan(experiment, name) for name in experiment.scenarios}
    stages, confidence = staged(experiment)
    finished: Finished = {}
    complete = True
    try:
        if workers is None:
            workers = suitable_workers(list(plans.values()), stages[0])
        with hands(min(workers, stages[-1]), executor) as crew:
            for until in stages:
                numbers = range(len(finished) + 1, until + 1)
                logged = {"none": range(0), "first": range(1, 2), "all": numbers}[keep_log]
                task = partial(replicate, list(plans.values()), experiment.seed, logged, traced=keep_traces)
                finish(crew, task, numbers, finished, until, progress)
                if until == stages[-1] or precise(experiment, record(experiment, plans, finished, confidence)):
                    break
    except KeyboardInterrupt:
        complete = False
    made = record(experiment, plans, finished, confidence)
    about = manifest(experiment, made.replications, confidence, complete=complete, began=began, workers=workers or 1)
    about |= uncounted(plans)

    def again(replications: int) -> Results:
        more = experiment.model_copy(update={"replications": replications})
        return run(more, workers=workers, keep_log=keep_log, keep_traces=keep_traces)

    return Results.of(made, about, again, traces(experiment, made) if keep_traces else None)


def uncounted(plans: Mapping[str, Plan]) -> dict[str, Any]:
    """For the manifest of a run with books: what they leave out, by scenario and by site or provider."""
    if all(plan.costs is None and plan.contracts is None for plan in plans.values()):
        return {}
    return {"not_counted": {name: not_counted(plan) for name, plan in plans.items()}}


def traces(experiment: Experiment, made: Record) -> Traces:
    """All that the replications left to be priced again."""
    logs = {
        (row, replication): one.trace
        for row, finished in enumerate(made.finished.values())
        for replication, one in zip(made.replications, finished, strict=True)
        if one.trace is not None
    }
    return Traces(as_data(experiment), {name: fingerprint(plan) for name, plan in made.plans.items()}, logs)


def staged(experiment: Experiment) -> tuple[tuple[int, ...], float]:
    """Numbers of replications at which to look, and the confidence of every interval."""
    wanted = experiment.replications
    if isinstance(wanted, Precision):
        stages = looks(wanted.at_most)
        return stages, confidence_of_looks(len(stages))
    return (wanted,), CONFIDENCE


def record(experiment: Experiment, plans: Mapping[str, Plan], finished: Finished, confidence: float) -> Record:
    """All finished replications, in the order of their numbers, whoever finished first."""
    numbers = tuple(sorted(finished))
    return Record(
        plans,
        numbers,
        {name: tuple(finished[number][row] for number in numbers) for row, name in enumerate(plans)},
        confidence,
        experiment.compared,
        business_case(experiment),
        frozenset(name for name, center in experiment.scenarios.items() if center.what_if),
        experiment.selection,
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
