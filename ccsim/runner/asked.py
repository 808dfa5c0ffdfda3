"""What whoever calls from Python asks for: a file or an experiment, perhaps with other numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccsim.errors import CcsimError
from ccsim.model.experiment import Experiment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from ccsim.errors import Problem


def resolved(
    experiment: Experiment | str | PathLike[str],
    *,
    replications: int | None = None,
    seed: int | None = None,
    scenarios: Sequence[str] = (),
    changes: Sequence[str] = (),
) -> Experiment:
    """
    The experiment asked for. Changes are written in the words of a file, so they need one.

    Raises
    ------
    ConfigError
        If the file is wrong, or has no such scenario.
    CcsimError
        If changes are asked of an experiment that is loaded already, or it has no such scenario.
    """
    if not isinstance(experiment, Experiment):
        from ccsim.config import load

        return load(experiment, changes=changes, scenarios=scenarios, replications=replications, seed=seed)
    if changes:
        raise CcsimError("changes are applied while a file is loaded: give the file, or ccsim.load(file, changes=...)")
    unknown = [name for name in scenarios if name not in experiment.scenarios]
    if unknown:
        raise CcsimError(f"there is no scenario {', '.join(unknown)}; there are {', '.join(experiment.scenarios)}")
    kept = {name: center for name, center in experiment.scenarios.items() if name in scenarios or not scenarios}
    given: dict[str, Any] = {"replications": replications, "seed": seed}
    update = {name: value for name, value in given.items() if value is not None}
    return experiment.model_copy(update=update | {"scenarios": kept})


def check(
    experiment: Experiment | str | PathLike[str], *, scenarios: Sequence[str] = (), changes: Sequence[str] = ()
) -> list[Problem]:
    """
    Doubtful choices of an experiment, each with what to do; empty if there are none.

    Raises
    ------
    ConfigError
        If the file is wrong, with every problem.
    """
    from ccsim.config import doubts

    return doubts(resolved(experiment, scenarios=scenarios, changes=changes))
