"""A stored run under other contracts: the same replications, priced again without simulating them."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ccsim.errors import CcsimError, naming
from ccsim.model.plain import from_data
from ccsim.planning import plan
from ccsim.results import Results
from ccsim.results.files import read_manifest
from ccsim.results.traces import RUN_AGAIN, fingerprint, read_about, read_log
from ccsim.runner.crew import finish, hands, suitable_workers
from ccsim.runner.manifest import manifest
from ccsim.runner.replication import told
from ccsim.runner.running import record, uncounted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from os import PathLike

    from ccsim.log import Log
    from ccsim.model.experiment import Experiment
    from ccsim.plan import Plan
    from ccsim.results.record import Replication
    from ccsim.runner.running import Finished


def price(
    folder: str | PathLike[str],
    contracts: str | PathLike[str],
    *,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Results:
    """
    What a stored run would have cost under other contracts.

    Everything but money is as it was: the same customers came, and the same agents answered them.

    Parameters
    ----------
    folder
        Of a run that kept its traces (``run(..., keep_traces=True)``).
    contracts
        A file like an experiment's, of which ``contracts`` count, ``currency`` if it is given, and which scenario has
        which contracts if it has ``scenarios``; all else is as in the run.
    workers, progress
        As in ``run``.

    Raises
    ------
    ConfigError
        If the file is wrong, with every problem.
    CcsimError
        If the run kept no traces or finished nothing, or they do not belong to the experiment as it is understood now.
    """
    from ccsim.config.repricing import with_contracts

    began, folder = time.time(), Path(folder)
    run = read_manifest(folder)
    written, fingerprints = read_about(folder)
    experiment = with_contracts(stored(written, folder), contracts)
    plans = {name: plan(experiment, name) for name in experiment.scenarios}
    if {name: fingerprint(made) for name, made in plans.items()} != fingerprints:
        raise CcsimError(
            f"{folder}: this version of ccsim or of its calendars plans the experiment otherwise; {RUN_AGAIN}"
        )
    numbers = run["replications"]
    if not numbers:
        raise CcsimError(f"{folder}: the run was interrupted before a replication was finished; {RUN_AGAIN}")
    if workers is None:
        workers = suitable_workers(list(plans.values()), len(numbers))
    finished: Finished = {}
    with hands(min(workers, len(numbers)), None) as crew:
        finish(crew, partial(priced, list(plans.values()), folder), numbers, finished, len(numbers), progress)
    made = record(experiment, plans, finished, run["confidence"])
    about = manifest(experiment, numbers, run["confidence"], complete=run["complete"], began=began, workers=workers)
    about |= uncounted(plans)
    return Results.of(made, about | {"priced": {"run": str(folder), "contracts": str(contracts)}, "logs": []})


def stored(written: object, folder: Path) -> Experiment:
    """The experiment of a run, exactly."""
    try:
        experiment: Experiment = from_data(written)
    except (KeyError, TypeError, ValueError):
        raise CcsimError(f"{folder}: the traces are of another version of ccsim; {RUN_AGAIN}") from None
    return experiment


def priced(plans: Sequence[Plan], folder: Path, replication: int) -> list[Replication]:
    """
    One replication of every scenario, in their order.

    Raises
    ------
    SimulationError
        Naming scenario and replication.
    """
    return [one_scenario(plan, read_log(folder, row, replication), replication) for row, plan in enumerate(plans)]


def one_scenario(plan: Plan, log: Log, replication: int) -> Replication:
    with naming(plan.scenario, replication):
        return told(plan, log)
