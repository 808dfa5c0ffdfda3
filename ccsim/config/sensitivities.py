"""Can the values of sensitivities stand where their keys lead? Experiments with one of them in place of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccsim.config.scenarios import CENTER, COMMON
from ccsim.config.tree import plain
from ccsim.errors import ConfigError
from ccsim.quantities import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccsim.config.file import Change, File, Understood
    from ccsim.config.tree import Node
    from ccsim.errors import Problem
    from ccsim.model.experiment import Experiment

LOW, HIGH = "low", "high"
OF_THE_CASE = ("months", "discount", "cases")
"""Keys of a business case that may be otherwise; its baseline and its sensitivities may not."""


def problems_with_sensitivities(file: File, found: Understood) -> list[Problem]:
    """
    Keys that may not be otherwise, and values that may not stand there.

    All low values are tried together, and all high ones: only where that goes wrong each is looked at alone.
    """
    case = found.experiment.business_case
    if case is None or not case.sensitivities:
        return []
    refused = [problem for name in case.sensitivities for problem in problems_with_key(found, name)]
    if refused:
        return refused
    for end in (LOW, HIGH):
        try:
            file.understood(*(change(found, name, written(found, name, end)) for name in case.sensitivities))
        except ConfigError:
            return [problem for name in case.sensitivities for problem in problems_with_values(file, found, name)]
    return []


def problems_with_key(found: Understood, name: str) -> Iterator[Problem]:
    """A key that says how the experiment is asked, not what the center is."""
    case = found.experiment.business_case
    assert case is not None
    first, second, *more = case.sensitivities[name].path
    place = written(found, name, "key").place
    if first == "scenarios" and more[:1] != ["change"]:
        yield place.problem("of a scenario only what it changes may be otherwise: scenarios.NAME.change. and so on")
    elif first == "business_case" and second not in OF_THE_CASE:
        yield place.problem(f"of a business case only {', '.join(OF_THE_CASE)} may be otherwise")
    elif (first, second) == ("business_case", "cases") and (not more or more[0] not in case.cases):
        yield place.problem(f"there is no case {more[0] if more else ''}; there are {', '.join(case.cases)}")
    elif first not in (*CENTER, "currency", "scenarios", "business_case"):
        near = suggest(first, CENTER) if first not in COMMON else ""
        known = ", ".join((*CENTER, "currency", "business_case", "scenarios"))
        yield place.problem(f"{first} is nothing that may be otherwise{near or '; a key begins with ' + known}")


def problems_with_values(file: File, found: Understood, name: str) -> list[Problem]:
    """What is wrong with either value; with both in the same words, with the key."""
    told: dict[str, list[Problem]] = {}
    for end in (LOW, HIGH):
        try:
            with_value(file, found, name, written(found, name, end))
            told[end] = []
        except ConfigError as error:
            told[end] = error.problems
    if told[LOW] and [one.message for one in told[LOW]] == [one.message for one in told[HIGH]]:
        place = written(found, name, "key").place
        return [place.problem(one.message) for one in told[LOW]]
    return told[LOW] + told[HIGH]


def with_value(file: File, found: Understood, name: str, value: Node) -> Experiment:
    """
    The experiment with another value under the key of a sensitivity, and all else as it is.

    Raises
    ------
    ConfigError
        If the value cannot stand there; every problem is told where the sensitivity stands.
    """
    path, placed = change(found, name, value)
    try:
        return file.understood((path, placed)).experiment
    except ConfigError as error:
        raise ConfigError([at_home(problem, placed) for problem in error.problems]) from None


def at_home(problem: Problem, value: Node) -> Problem:
    """A problem of the experiment with a value, where the value or its key stands in the file."""
    places = (value.place, value.key)
    if any((problem.line, problem.column) == (place.line, place.column) for place in places):
        return problem
    return value.place.problem(f"with this value {problem.path}: {problem.message}")


def change(found: Understood, name: str, value: Node) -> Change:
    """A value under the key of a sensitivity; what is wrong with the key is told where the key stands."""
    case = found.experiment.business_case
    assert case is not None
    return case.sensitivities[name].path, replace(value, key=written(found, name, "key").place)


def written(found: Understood, name: str, key: str) -> Node:
    """What stands in the file under a key of a sensitivity."""
    node = found.written.get("business_case", "sensitivities", name, key)
    assert node is not None
    return node


def value_of(found: Understood, name: str, value: Any) -> Node:
    """Another value than the two of a sensitivity, as if it stood in the place of the low one."""
    return replace(written(found, name, LOW), value=value)


def values_now(found: Understood, name: str) -> list[Any]:
    """What stands under the key of a sensitivity in the scenarios, each value once; a default stands nowhere."""
    case = found.experiment.business_case
    assert case is not None
    path = case.sensitivities[name].path
    centers = found.tree.map("scenarios")
    if path[0] == "scenarios":
        nodes = [below(center, path[3:]) for own, center in centers.items() if own == path[1]]
    elif path[0] in CENTER:
        nodes = [below(center, path) for center in centers.values()]
    else:
        nodes = [below(found.written, path)]
    values: list[Any] = []
    for node in nodes:
        if node is not None and plain(node) not in values:
            values.append(plain(node))
    return values


def below(node: Node, path: Sequence[str]) -> Node | None:
    """The node under the keys of a path, in which positions in lists are words, too."""
    return node.get(*(int(step) if step.isdecimal() and node.get(step) is None else step for step in path))
