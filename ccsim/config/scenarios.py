"""
From the tree of a file to the tree of an experiment whose every scenario is whole: ``extends``, ``change``,
``sweep``, ``--set``.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccsim import quantities
from ccsim.config import reading
from ccsim.config.merging import merge, set_value
from ccsim.config.tree import Node, Place, Source
from ccsim.errors import ConfigError
from ccsim.quantities import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccsim.errors import Problem

CENTER = ("contact_types", "lines", "sites", "pools", "routing", "customers", "outages", "contracts", "strings")
"""Keys of the file that belong to each scenario and may be changed by it."""
COMMON = (
    "title", "description", "calendar", "replications", "seed", "currency", "judged", "limits", "compare",
    "business_case", "selection",
)  # fmt: skip
"""Keys of the file that are the same for all scenarios."""
KEYS = (*COMMON, *CENTER, "scenarios", "extends")
SCENARIO_KEYS = ("description", "pools", "outages", "contracts", "what_if", "change", "extends", "sweep")
SELECTED = {
    "pools": "[newark, manila]",
    "outages": "[storm], or [] for none",
    "contracts": "[acme-per-contact], or [] for none",
}
"""Maps of the file of which a scenario may name those that it has, and how."""
NEEDED = {
    "contact_types": "channel",
    "sites": "location",
    "pools": "site",
    "lines": "limit",
    "outages": "lasts",
    "contracts": "provider",
}
"""A key without which nothing new can be named in these maps."""
MOST_SCENARIOS = 500


def read_file(name: str, path: Path, outer: tuple[Path, ...] = ()) -> Node:
    """The tree of a file on top of those that it extends, which lie in its folder."""
    source = Source(name, path.parent)
    tree = reading.read(source, path)
    if not isinstance(tree.value, dict):
        raise ConfigError([tree.place.problem("an experiment is a map of keys, beginning for example with title: ...")])
    base = tree.value.get("extends")
    if base is None:
        return tree
    below = inside(base)
    if below.resolve() in {seen.resolve() for seen in (*outer, path)}:
        raise ConfigError([base.place.problem(f"{base.value} extends itself")])
    if not below.is_file():
        raise ConfigError([base.place.problem(f"there is no file {base.value}")])
    shown = str(Path(name).parent / str(base.value))
    return merge(read_file(shown, below, (*outer, path)), tree.having(extends=None))


def inside(node: Node) -> Path:
    """The path of a file named by a value; it lies in the folder of the file that names it, or below."""
    written, folder = node.value, node.place.source.folder
    if not isinstance(written, str) or not written or "\0" in written:
        raise ConfigError([node.place.problem(f"{written!r} is not the name of a file")])
    path = folder / written
    if Path(written).is_absolute() or "\\" in written or not path.resolve().is_relative_to(folder.resolve()):
        raise ConfigError(
            [node.place.problem(f"{written} leaves the file's folder; put it there, or into a folder below")]
        )
    return path


def changes_of(written: Sequence[str], folder: Path) -> list[tuple[tuple[str, ...], Node]]:
    """Paths and values of ``path.to.key=value``, the value read as YAML."""
    found, problems = [], []
    for text in written:
        dotted, equals, value = text.partition("=")
        path = tuple(step.strip() for step in dotted.split("."))
        place = Place(Source(f"--set {text}", folder), path=path)
        if not equals or not all(path):
            problems.append(replace(place, path=()).problem("write path.to.key=value"))
            continue
        try:
            found.append((path, reading.parse(value, place.source, place)))
        except ConfigError as error:
            problems.extend(error.problems)
    if problems:
        raise ConfigError(problems)
    return found


@dataclass
class Resolution:
    """Scenarios made whole one by one, and the problems met on the way."""

    tree: Node
    changes: Sequence[tuple[tuple[str, ...], Node]]
    problems: list[Problem]

    def experiment(self) -> Node:
        """
        The tree of an Experiment: common keys, and every scenario as a whole center with the pools that it selects.
        """
        for path, value in self.changes:
            if path[0] not in CENTER:
                self.tree = self.attempt(self.tree, path, value)
        tree = self.tree
        self.unknown_keys(tree, KEYS)
        common = {key: tree.value[key] for key in COMMON if key in tree.value}
        names = tuple(Node(name, node.key, node.key) for name, node in tree.map("pools").items())
        common["all_pools"] = Node(names, tree.place, tree.place)
        common["scenarios"] = Node(dict(self.scenarios()), tree.place, tree.place)
        return replace(tree, value=common)

    def scenarios(self) -> Iterator[tuple[str, Node]]:
        """Name and tree of every scenario, those of a sweep one by one."""
        base = replace(self.tree, value={key: self.tree.value[key] for key in CENTER if key in self.tree.value})
        written = self.tree.value.get("scenarios")
        if written is None:
            yield "base", self.with_changes(base)
            return
        if not isinstance(written.value, dict) or not written.value:
            self.problems.append(
                written.place.problem("write a map of scenarios, for example {in-house: {pools: [newark]}}")
            )
            return
        count = 0
        for name, scenario in written.value.items():
            if not isinstance(scenario.value, dict):
                self.problems.append(scenario.place.problem("a scenario is a map; {} stands for the center as it is"))
                continue
            self.unknown_keys(scenario, SCENARIO_KEYS)
            try:
                quantities.name(name)
            except ValueError as error:
                self.problems.append(scenario.key.problem(str(error)))
            for label, values in self.grid(name, scenario):
                count += 1
                if count > MOST_SCENARIOS:
                    self.problems.append(
                        written.key.problem(f"there are more than {MOST_SCENARIOS} scenarios; sweep fewer values")
                    )
                    return
                yield label, self.resolved(base, scenario, values)

    def resolved(self, base: Node, scenario: Node, values: Sequence[tuple[tuple[str, ...], Node]]) -> Node:
        """
        One scenario whole: the center with its changes, swept values and ``--set`` on top, then only the pools,
        outages and contracts that it names.
        """
        tree = base
        own: dict[str, Node | None] = {}
        for layer in self.layers(scenario):
            change = layer.value.get("change")
            if change is not None:
                tree = merge(tree, self.founded(tree, self.checked_change(change)))
            own |= {key: layer.value[key] for key in (*SELECTED, "description", "what_if") if key in layer.value}
        for path, value in values:
            tree = self.attempt(tree, path, value)
        tree = self.with_changes(tree)
        for what in SELECTED:
            names = own.pop(what, None)
            if names is not None:
                tree = tree.having(**{what: self.selected(what, tree.value.get(what), names)})
        return replace(tree.having(**own), key=scenario.key)

    def layers(self, scenario: Node) -> list[Node]:
        """The scenarios that this one extends, first ancestor first, then itself."""
        written = self.tree.map("scenarios")
        found = [scenario]
        while (base := found[0].value.get("extends")) is not None:
            below = written.get(str(base.value))
            if below is None or not isinstance(below.value, dict):
                hint = suggest(str(base.value), written)
                self.problems.append(base.place.problem(f"there is no scenario {base.value}{hint}"))
                return found
            if below in found:
                self.problems.append(base.place.problem(f"{base.value} extends itself"))
                return found
            found.insert(0, below)
        return found

    def checked_change(self, change: Node) -> Node:
        if not isinstance(change.value, dict):
            self.problems.append(
                change.place.problem("a change is a map, for example {pools: {newark: {shifts: ...}}}")
            )
            return replace(change, value={})
        for key, node in change.value.items():
            if key in CENTER:
                continue
            reason = f"{key} is the same for all scenarios" if key in COMMON else "unknown key" + suggest(key, CENTER)
            self.problems.append(node.key.problem(f"{reason}; a scenario may change {', '.join(CENTER)}"))
        return replace(change, value={key: node for key, node in change.value.items() if key in CENTER})

    def founded(self, tree: Node, change: Node) -> Node:
        """The change without names that are neither there nor whole enough to be new, which are told."""
        kept: dict[str, Node | None] = {}
        for section, needed in NEEDED.items():
            there = tree.map(section)
            for name, node in change.map(section).items():
                if name not in there and needed not in node.map():
                    hint = suggest(name, there) or f"; there are {', '.join(there) or 'none'}"
                    self.problems.append(node.key.problem(f"there is no {name} to change{hint}"))
                    kept[section] = (kept.get(section) or change.value[section]).having(**{name: None})
        return change.having(**kept)

    def selected(self, what: str, there: Node | None, names: Node) -> Node | None:
        """Only the pools, outages or contracts that a scenario names, in the order of the file."""
        if not isinstance(names.value, tuple):
            self.problems.append(
                names.place.problem(f"write the list of the scenario's {what}, for example {SELECTED[what]}")
            )
            return there
        known = {} if there is None else there.value
        if not isinstance(known, dict):
            return there
        wanted = [str(node.value) for node in names.value]
        for number, node in enumerate(names.value):
            if wanted[number] in wanted[:number]:
                self.problems.append(node.place.problem(f"{node.value} is named twice"))
            if wanted[number] not in known:
                hint = suggest(wanted[number], known) or f"; there are {', '.join(known) or 'none'}"
                self.problems.append(node.place.problem(f"there is no {what.removesuffix('s')} {node.value}{hint}"))
        if there is None or not set(wanted) <= known.keys():
            return there
        return replace(there, value={name: node for name, node in known.items() if name in wanted})

    def grid(self, name: str, scenario: Node) -> Iterator[tuple[str, list[tuple[tuple[str, ...], Node]]]]:
        """Name and values of every point of a sweep; the scenario itself where nothing is swept."""
        sweep = scenario.value.get("sweep")
        axes: list[list[tuple[str, Node]]] = []
        for dotted, node in scenario.map("sweep").items():
            if not isinstance(node.value, tuple) or not node.value:
                self.problems.append(node.place.problem("write the list of values to try, for example [10, 12, 14]"))
            elif dotted.split(".")[0] not in CENTER:
                self.problems.append(node.key.problem(f"a sweep goes over paths in {', '.join(CENTER)}"))
            else:
                axes.append([(dotted, value) for value in node.value])
                self.problems.extend(self.changes_of_swept(dotted))
        if sweep is not None and not isinstance(sweep.value, dict):
            self.problems.append(
                sweep.place.problem("a sweep is a map, for example {pools.newark.shifts.day.agents: [10, 12]}")
            )
        if math.prod(map(len, axes)) > MOST_SCENARIOS and sweep is not None:
            self.problems.append(
                sweep.key.problem(f"the sweep makes more than {MOST_SCENARIOS} scenarios; sweep fewer values")
            )
            axes = []
        for point in itertools.product(*axes):
            label = " | ".join([name, *(f"{dotted}={_shown(value)}" for dotted, value in point)])
            yield label, [(tuple(dotted.split(".")), value) for dotted, value in point]

    def changes_of_swept(self, dotted: str) -> Iterator[Problem]:
        """A change of what is swept would leave scenarios with names that are not true of them."""
        swept = tuple(dotted.split("."))
        for path, value in self.changes:
            if path[: len(swept)] == swept[: len(path)]:
                yield value.place.problem(f"{dotted} is swept; change the values of the sweep in the file instead")

    def with_changes(self, tree: Node) -> Node:
        for path, value in self.changes:
            if path[0] in CENTER:
                tree = self.attempt(tree, path, value)
        return tree

    def attempt(self, tree: Node, path: tuple[str, ...], value: Node) -> Node:
        try:
            return set_value(tree, path, value)
        except ConfigError as error:
            self.problems.extend(error.problems)
            return tree

    def unknown_keys(self, tree: Node, known: tuple[str, ...]) -> None:
        for key, node in tree.value.items():
            if key not in known:
                hint = suggest(key, known) or f"; known are {', '.join(known)}"
                self.problems.append(node.key.problem(f"unknown key{hint}"))


def _shown(node: Node) -> Any:
    """A swept value in the name of its scenario."""
    if isinstance(node.value, dict):
        return "{" + ", ".join(f"{key}: {_shown(child)}" for key, child in node.value.items()) + "}"
    if isinstance(node.value, tuple):
        return "[" + ", ".join(str(_shown(child)) for child in node.value) + "]"
    return node.value
