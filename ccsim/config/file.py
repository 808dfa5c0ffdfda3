"""An experiment file that was read once, understood as it is written or with other values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from ccsim.config.attaching import with_tables
from ccsim.config.crossing import problems_across
from ccsim.config.forecasts import with_right_forecasts
from ccsim.config.names import problems_with_names
from ccsim.config.scenarios import Resolution, changes_of, read_file
from ccsim.config.sentences import problems_of
from ccsim.config.sizes import problems_with_size
from ccsim.config.tree import Node, Place, Source, plain
from ccsim.errors import ConfigError
from ccsim.model.experiment import Experiment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from ccsim.config.attaching import Tables
    from ccsim.errors import Problem

Change = tuple[tuple[str, ...], Node]
"""Keys that lead to a value, and the value, which knows its place."""


class Understood(NamedTuple):
    """What a file says, and where it says so."""

    experiment: Experiment
    written: Node
    """The file with what it extends and with all changes, its scenarios not yet resolved."""
    tree: Node
    """The same with every scenario whole."""


class File:
    """
    An experiment file with changes: its text is read once, and each of its tables.

    Raises
    ------
    ConfigError
        If it cannot be read, or a change is no ``path.to.key=value``.
    """

    def __init__(
        self,
        path: str | PathLike[str],
        changes: Sequence[str] = (),
        replications: int | None = None,
        seed: int | None = None,
    ) -> None:
        self.name, folder = str(path), Path(path).parent
        self.root = with_arguments(read_file(self.name, Path(path)), folder, replications, seed)
        self.told = tuple(changes)
        self.changes = changes_of(changes, folder)
        self.tables: Tables = {}

    def understood(self, *others: Change) -> Understood:
        """
        What the file says, with other values on top of all changes.

        Raises
        ------
        ConfigError
            With every problem.
        """
        resolution = Resolution(self.root, [*self.changes, *others], [])
        tree = resolution.experiment()
        problems: list[Problem] = [*resolution.problems, *problems_with_names(tree, resolution.tree)]
        tree = with_tables(tree, problems, self.tables)
        try:
            experiment = Experiment.model_validate({**plain(tree), "file": self.name, "changes": self.told})
        except ValidationError as error:
            raise ConfigError([*problems, *problems_of(error, tree)]) from None
        problems.extend(problems_across(experiment, tree, names_hold=not problems))
        problems.extend(problems_with_size(experiment, tree))
        if problems:
            raise ConfigError(problems)
        return Understood(with_right_forecasts(experiment), resolution.tree, tree)


def with_arguments(root: Node, folder: Path, replications: int | None, seed: int | None) -> Node:
    """The tree with the numbers that were given beside the file."""
    given = {}
    for name, value in (("replications", replications), ("seed", seed)):
        if value is not None:
            place = Place(Source(f"--{name} {value}", folder), path=(name,))
            given[name] = Node(value, place, place)
    return root.having(**given)
