"""All sensitivities of an experiment: at both ends, and where they would turn the decision."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ccsim.analysis.estimates import CONFIDENCE
from ccsim.runner.crew import hands, suitable_workers
from ccsim.runner.manifest import manifest
from ccsim.sensitivities.bars import bars, outcomes_now
from ccsim.sensitivities.design import design
from ccsim.sensitivities.floor import Floor
from ccsim.sensitivities.found import Sensitivity
from ccsim.sensitivities.looking import break_even

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from os import PathLike

    from ccsim.model.experiment import Experiment
    from ccsim.sensitivities.bars import Bar, Now
    from ccsim.sensitivities.design import Design
    from ccsim.sensitivities.looking import BreakEven


def sensitivity(
    experiment: Experiment | str | PathLike[str],
    *,
    replications: int | None = None,
    seed: int | None = None,
    changes: Sequence[str] = (),
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Sensitivity:
    """
    Say which numbers of a business case decide it: each in turn at either end of its range, all else as it is.

    All versions of the experiment are played on the same chance; what two of them have in common is simulated once, and
    what differs in money alone is priced again. The result does not depend on the number of workers. After Ctrl-C it
    holds the sensitivities finished until then, and ``Sensitivity.complete`` is False.

    Parameters
    ----------
    experiment
        A file with ``business_case: {sensitivities: ...}``, or what ``load`` made of it.
    replications, seed, changes, workers
        As in ``run``; where the experiment asks for a precision, as many replications as it may take.
    progress
        Called with the replications of scenarios simulated and with their number; looking for break-evens adds to it.

    Raises
    ------
    ConfigError
        If the file is wrong, with every problem; if it has no sensitivities, if cases leave work unpaid, or if nothing
        depends on one of the keys.
    SimulationError
        If a replication fails; names scenario, replication and seed.
    KeyboardInterrupt
        If Ctrl-C comes before the experiment as it is has been simulated.
    """
    asked = design(experiment, replications=replications, seed=seed, changes=changes)
    return play(asked, workers=workers, progress=progress)


def play(
    asked: Design, *, workers: int | None = None, progress: Callable[[int, int], None] | None = None
) -> Sensitivity:
    """What is designed: first as it is, then every sensitivity at both ends, then where it would turn the decision."""
    began, experiment, count = time.time(), asked.experiment, asked.replications
    plans = list(asked.plans.values())
    hired = workers or suitable_workers(plans, count)
    baseline, planned = asked.base.question.baseline, len(asked.ranges)
    now: list[Now] = []
    made: list[Bar] = []
    evens: list[BreakEven] = []
    complete = False
    with TemporaryDirectory(prefix="ccsim-") as folder:
        try:
            with hands(min(hired, count), None) as crew:
                played = Floor(crew, experiment.seed, count, Path(folder), len(plans) * count, progress)
                now += outcomes_now(played.totals([asked.base])[0], baseline, CONFIDENCE)
                for range_ in asked.ranges:
                    low, high = played.totals(range_.ends)
                    made += bars(range_.name, low, high, baseline, planned, CONFIDENCE)
                for range_ in asked.ranges:
                    evens += [break_even(asked, played, range_, case, CONFIDENCE) for case in asked.others]
                complete = True
        except KeyboardInterrupt:
            if not now:
                raise
    about = manifest(experiment, played.numbers, CONFIDENCE, complete=complete, began=began, workers=hired)
    return Sensitivity(about | {"simulated": played.simulated}, asked.ranges, tuple(now), tuple(made), tuple(evens))
