"""From a file to a checked experiment, or every problem found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ccsim.config.attaching import with_tables
from ccsim.config.crossing import problems_across
from ccsim.config.names import problems_with_names
from ccsim.config.scenarios import Resolution, changes_of, read_file
from ccsim.config.sentences import problems_of
from ccsim.config.sizes import problems_with_size
from ccsim.config.tree import Node, Place, Source, plain
from ccsim.errors import ConfigError
from ccsim.model.experiment import Experiment
from ccsim.quantities import suggest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from ccsim.errors import Problem


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
    file = Path(path)
    root = _with_arguments(read_file(str(path), file), file, replications, seed)
    resolution = Resolution(root, changes_of(changes, file.parent), [])
    tree = resolution.experiment()
    problems: list[Problem] = [*resolution.problems, *problems_with_names(tree, resolution.tree)]
    tree = with_tables(tree, problems)
    try:
        experiment = Experiment.model_validate({**plain(tree), "file": str(path), "changes": tuple(changes)})
    except ValidationError as error:
        raise ConfigError([*problems, *problems_of(error, tree)]) from None
    problems.extend(problems_across(experiment, tree, names_hold=not problems))
    problems.extend(problems_with_size(experiment, tree))
    if problems:
        raise ConfigError(problems)
    return _only(experiment, scenarios)


def _with_arguments(root: Node, file: Path, replications: int | None, seed: int | None) -> Node:
    """The tree with the numbers that were given beside the file."""
    given = {}
    for name, value in (("replications", replications), ("seed", seed)):
        if value is not None:
            place = Place(Source(f"--{name} {value}", file.parent), path=(name,))
            given[name] = Node(value, place, place)
    return root.having(**given)


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
