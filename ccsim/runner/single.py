"""One replication of one scenario, to look at in detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.chance import draw
from ccsim.engine import simulate as play
from ccsim.errors import CcsimError
from ccsim.planning import plan
from ccsim.results.log_tables import LogTables, log_tables
from ccsim.runner.asked import resolved

if TYPE_CHECKING:
    from os import PathLike

    from ccsim.model.experiment import Experiment


def simulate(
    experiment: Experiment | str | PathLike[str],
    scenario: str | None = None,
    replication: int = 1,
    *,
    seed: int | None = None,
) -> LogTables:
    """
    The log of one replication as three frames: visits, segments of work, agents' spells.

    The scenario need not be named where there is one only. Replications count from 1; this one is the same as in
    ``run`` with the same seed (the experiment's if not given).
    """
    asked = resolved(experiment, seed=seed, scenarios=() if scenario is None else (scenario,))
    if len(asked.scenarios) > 1:
        raise CcsimError(f"one scenario is simulated at a time; name one of {', '.join(asked.scenarios)}")
    [name] = asked.scenarios
    made = plan(asked, name)
    return log_tables(made, play(made, draw(made, asked.seed, replication)))
