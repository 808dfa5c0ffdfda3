"""
From the text of an experiment file to a tree with places.

YAML 1.2, of which only what a planner needs: maps, lists and single values in one document. Values follow the core
schema, so that ``22:00``, ``NO`` and ``2026-03-02`` stay text. Duplicate keys, empty values, anchors, aliases, merge
keys, tags and directives are problems.
"""

from __future__ import annotations

import math
import os
import re
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from ccsim.config.tree import Node, Place, Source
from ccsim.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.errors import Problem

MOST_BYTES = 1_000_000
"""Of one experiment file: more is a table in the wrong place."""
MOST_DEPTH = 40
"""Of maps and lists within each other."""
INTEGER = re.compile(r"[-+]?[0-9]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
EMPTY = ("", "~", "null", "Null", "NULL")
TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def read(source: Source, path: os.PathLike[str]) -> Node:
    """The tree of a file, or ``ConfigError`` with every problem found."""
    whole = Place(source)
    try:
        if os.path.getsize(path) > MOST_BYTES:
            most = f"{MOST_BYTES // 1_000_000} MB"
            raise ConfigError([whole.problem(f"the file is larger than {most}; put tables into files of their own")])
        with open(path, "rb") as stream:
            text = stream.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(
            [whole.problem(f"the file is not UTF-8 (byte {error.start + 1}); save it as UTF-8")]
        ) from None
    except IsADirectoryError:
        raise ConfigError([whole.problem("this is a folder; name an experiment file")]) from None
    except OSError as error:
        raise ConfigError([whole.problem(f"the file cannot be read: {(error.strerror or 'error').lower()}")]) from None
    return parse(text, source)


def parse(text: str, source: Source, at: Place | None = None) -> Node:
    """
    The tree of a text, or ``ConfigError`` with every problem found.

    ``at`` is the place of all its values where the text is no file of its own, as for ``--set``.
    """
    reader = _Reader(text, source, at)
    try:
        tree = reader.document()
    except MarkedYAMLError as error:
        reader.problems.append(_not_yaml(error, at or Place(source)))
    except YAMLError as error:
        reader.problems.append((at or Place(source)).problem(f"this is not valid YAML: {str(error).splitlines()[0]}"))
    if reader.problems:
        raise ConfigError(reader.problems)
    return tree


def _not_yaml(error: MarkedYAMLError, at: Place) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = at if at.path or mark is None else Place(at.source, mark.line + 1, mark.column + 1)
    what = " ".join(filter(None, (error.context, error.problem)))
    hint = "; quote text with special characters, and indent with spaces" if mark else ""
    return place.problem(f"this is not valid YAML: {what}{hint}")


class _Reader:
    """Builds the tree from the parser's events and collects problems on the way."""

    def __init__(self, text: str, source: Source, at: Place | None) -> None:
        self.events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
        self.source, self.at = source, at
        self.problems: list[Problem] = []

    def document(self) -> Node:
        """The one document of the text."""
        found: Node | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                place = self.place(event, ())
                if found is not None:
                    self.problems.append(place.problem("a second document begins; an experiment is one document"))
                if event.version is not None or event.tags:
                    self.problems.append(place.problem("YAML directives (%) are not understood; remove the line"))
                node = self.node(next(self.events), (), None)
                found = found or node
        if found is None:
            place = self.at or Place(self.source)
            self.problems.append(place.problem("it is empty; write a value" if self.at else "the file is empty"))
            return Node({}, place, place)
        return found

    def place(self, event: Any, path: tuple[str | int, ...]) -> Place:
        if self.at is not None:
            return self.at
        return Place(self.source, event.start_mark.line + 1, event.start_mark.column + 1, path)

    def node(self, event: Any, path: tuple[str | int, ...], key: Place | None) -> Node:
        """The value that begins with this event."""
        place = self.place(event, path)
        self.refuse_references(event, place)
        if len(path) > MOST_DEPTH:
            raise ConfigError(
                [*self.problems, place.problem(f"maps and lists lie within each other more than {MOST_DEPTH} deep")]
            )
        if isinstance(event, MappingStartEvent):
            return Node(self.children(path), place, key or place)
        if isinstance(event, SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(event := next(self.events), SequenceEndEvent):
                items.append(self.node(event, (*path, len(items)), None))
            return Node(tuple(items), place, key or place)
        return Node(self.scalar(event, place, key), place, key or place)

    def children(self, path: tuple[str | int, ...]) -> dict[str, Node]:
        """The keys of a map and their values."""
        found: dict[str, Node] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            name = str(event.value) if isinstance(event, ScalarEvent) else "?"
            place = self.place(event, (*path, name))
            self.refuse_references(event, place)
            if not isinstance(event, ScalarEvent):
                self.node(event, path, None)
                self.problems.append(place.problem("a key is a single word or text, not a map or a list"))
            elif name == "<<":
                self.problems.append(
                    place.problem("merge keys (<<) are not understood; write the keys out, or use extends")
                )
            elif name in found:
                self.problems.append(place.problem(f"the key is given twice, first in line {found[name].key.line}"))
            child = self.node(next(self.events), (*path, name), place)
            found.setdefault(name, child)
        return found

    def refuse_references(self, event: Any, place: Place) -> None:
        """Anchors, aliases and tags would make one value depend on another place of the file."""
        if isinstance(event, AliasEvent):
            self.problems.append(place.problem("aliases (*) are not understood; write the value out, or use extends"))
        elif event.anchor is not None:
            self.problems.append(place.problem("anchors (&) are not understood; write values out where they are used"))
        if getattr(event, "ctag", None) is not None or getattr(event, "tag", None) is not None:
            self.problems.append(place.problem("tags (!) are not understood; remove the tag"))

    def scalar(self, event: Any, place: Place, key: Place | None) -> Any:
        """The value of a single word, number or text."""
        if isinstance(event, AliasEvent):
            return ""
        text = str(event.value)
        if event.style not in (None, ""):
            return text
        if text in EMPTY:
            self.problems.append((key or place).problem("a key without a value; write the value or remove the key"))
            return ""
        if text in TRUTH:
            return TRUTH[text]
        if NOT_FINITE.fullmatch(text):
            self.problems.append(place.problem(f"{text} is not a number that can be used here; write a finite number"))
            return 0
        if INTEGER.fullmatch(text) and len(text) < 30:
            return int(text)
        if FLOAT.fullmatch(text):
            value = float(text)
            if math.isinf(value):
                self.problems.append(place.problem(f"{text[:40]} is too large a number"))
                return 0
            return value
        return text
