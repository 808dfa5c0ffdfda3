"""What stands in experiment files, as a tree whose every value knows its place; places travel when trees are merged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ccsim.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True)
class Source:
    """A file: its name as the user wrote it, and its folder, in which the files that it names must lie."""

    name: str
    folder: Path


@dataclass(frozen=True)
class Place:
    """
    Where a value stands: line and column count from 1 (0: no line, as for ``--set``); ``path`` is the key as written
    there.
    """

    source: Source
    line: int = 0
    column: int = 0
    path: tuple[str | int, ...] = ()

    def problem(self, message: str, *below: str | int) -> Problem:
        """A problem at this place, about the key ``below`` its own."""
        dotted = ".".join(map(str, (*self.path, *below)))
        return Problem(self.source.name, self.line, self.column, dotted, message)


@dataclass(frozen=True)
class Node:
    """
    A value with its place.

    ``value`` is a dict of nodes, a tuple of nodes, or what stands alone: text, number, truth value, or a table that
    was read.
    ``place`` is that of the value, ``key`` that of its key (the same for the whole file and for items of lists).
    """

    value: Any
    place: Place
    key: Place

    def get(self, *path: str | int) -> Node | None:
        """The node under these keys, if every one is there."""
        node = self
        for step in path:
            below = node.child(step)
            if below is None:
                return None
            node = below
        return node

    def child(self, step: str | int) -> Node | None:
        """The node under one key of a map or at one position of a list."""
        if isinstance(self.value, dict):
            return self.value.get(step)
        if isinstance(self.value, tuple) and isinstance(step, int) and 0 <= step < len(self.value):
            item: Node = self.value[step]
            return item
        return None

    def map(self, *path: str | int) -> dict[str, Node]:
        """The map under these keys; empty where there is none."""
        node = self.get(*path)
        return node.value if node is not None and isinstance(node.value, dict) else {}

    def items(self) -> Iterable[Node]:
        """The items of a list, or the value itself where no list is written."""
        return self.value if isinstance(self.value, tuple) else (self,)

    def having(self, **children: Node | None) -> Node:
        """This map with other children; None removes one."""
        value = {**self.value, **children}
        return replace(self, value={key: child for key, child in value.items() if child is not None})


def plain(node: Node) -> Any:
    """The values alone."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, tuple):
        return tuple(plain(child) for child in node.value)
    return node.value
