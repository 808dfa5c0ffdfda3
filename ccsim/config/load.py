"""From a file to a checked experiment, or every problem found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ccsim.config.file import File
from ccsim.config.sensitivities import problems_with_sensitivities
from ccsim.config.tree import Place, Source
from ccsim.errors import ConfigError
from ccsim.quantities import suggest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from ccsim.model.experiment import Experiment


def load(
    path: str | PathLike[str],
    *,
    changes: Sequence[str] = (),
    scenarios: Sequence[str] = (),
    replications: int | None = None,
    seed: int | None = None,
) -> Experiment:
    """
    The experiment that a file describes, its scenarios resolved and whole.

    Parameters
    ----------
    path
        Experiment file (YAML). Files that it names lie in its folder or below.
    changes
        ``path.to.key=value``, the value read as YAML, applied last and to every scenario.
    scenarios
        Names of the scenarios to keep, in the order of the file; a scenario with a sweep is kept by its own name, too.
        All if empty.
    replications, seed
        Instead of those of the file.

    Raises
    ------
    ConfigError
        With every problem of the file, its tables and the changes: place, key, what is wrong and what to do.
    """
    file = File(path, changes, replications, seed)
    found = file.understood()
    problems = problems_with_sensitivities(file, found)
    if problems:
        raise ConfigError(problems)
    return _only(found.experiment, scenarios)


def _only(experiment: Experiment, names: Sequence[str]) -> Experiment:
    """The experiment with the named scenarios alone."""
    if not names:
        return experiment
    kept = {}
    for scenario, center in experiment.scenarios.items():
        if scenario in names or scenario.partition(" | ")[0] in names:
            kept[scenario] = center
    whole = {scenario.partition(" | ")[0] for scenario in kept} | set(kept)
    known = list(dict.fromkeys([*experiment.scenarios, *(name.partition(" | ")[0] for name in experiment.scenarios)]))
    place = Place(Source("--scenario", Path()))
    unknown = [
        place.problem(f"there is no scenario {name}{suggest(name, known) or '; there are ' + ', '.join(known)}")
        for name in names
        if name not in whole
    ]
    if unknown:
        raise ConfigError(unknown)
    return experiment.model_copy(update={"scenarios": kept})
