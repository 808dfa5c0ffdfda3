"""Puts the tables that an experiment names into its tree, where the model expects them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccsim import quantities
from ccsim.config import tables
from ccsim.config.scenarios import inside
from ccsim.errors import ConfigError, Problem
from ccsim.model.table import IntervalTable, ProfileTable, Sample, TimesTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccsim.config.tree import Node

RETRIALS = ("abandoned", "balked", "blocked", "closed", "disconnected", "unreached")
LAWS_OF_TYPES = (
    *((key,) for key in ("handle_time", "talk_time", "wrap_up", "patience")),
    *(("retrial", outcome, "delay") for outcome in RETRIALS),
    ("recontact", "delay"),
    ("callback", "dial_time"),
    ("campaign", "preview_time"),
)
LAWS_OF_POOLS = (("lateness", "by"), ("breaks_late",))
LAWS_OF_OUTAGES = (("lasts",),)
Read = Callable[[Path, tables.Reading], Any]
NO_INTERVALS = IntervalTable("", (), (), ())
NO_TIMES = TimesTable("", (), ())
NO_PROFILE = ProfileTable("", ())
NO_SAMPLE = Sample("", ())


Tables = dict[tuple[Any, ...], Any]
"""By path and what was asked of them."""


def with_tables(tree: Node, problems: list[Problem], known: Tables) -> Node:
    """
    The tree of an experiment with every named table read; problems are added to the list, what is read to the tables
    that are known.
    """
    attach = _Attach(_zone_of(tree.get("calendar", "timezone"), "UTC"), problems, known)
    scenarios = {name: attach.center(center) for name, center in tree.map("scenarios").items()}
    return tree.having(scenarios=replace(tree.value["scenarios"], value=scenarios))


def _zone_of(node: Node | None, default: str) -> str:
    """The zone that a key names; a wrong one is told elsewhere."""
    known = node is not None and isinstance(node.value, str) and node.value in quantities.zones()
    return str(node.value) if node is not None and known else default


def _file_of(node: Node) -> Node:
    """The node that names the file, of ``FILE`` or ``{file: FILE}``."""
    return node.map().get("file", node)


@dataclass
class _Attach:
    """Walks through centers; each table is read and checked once, however many scenarios share it."""

    calendar: str
    problems: list[Problem]
    read: Tables

    def center(self, center: Node) -> Node:
        types = {name: self.contact_type(name, node) for name, node in center.map("contact_types").items()}
        pools = {name: self.pool(center, node) for name, node in center.map("pools").items()}
        outages = {name: self.laws(node, LAWS_OF_OUTAGES) for name, node in center.map("outages").items()}
        found = {}
        for key, children in (("contact_types", types), ("pools", pools), ("outages", outages)):
            if children:
                found[key] = replace(center.value[key], value=children)
        return center.having(**found)

    def contact_type(self, name: str, node: Node) -> Node:
        if not isinstance(node.value, dict):
            return node
        node = self.laws(node, LAWS_OF_TYPES)
        demand = node.get("demand")
        return node if demand is None else node.having(demand=self.demand(name, demand))

    def demand(self, name: str, node: Node) -> Node:
        """``file``, ``table`` and ``recorded`` become tables, and so does the profile of ``weekly``."""
        if not isinstance(node.value, dict):
            return node
        zone = _zone_of(node.get("timezone"), self.calendar)
        found: dict[str, Node | None] = {}
        if "table" in node.value:
            found["table"] = self.interval(node.value["table"], "offered", zone, name)
        elif "file" in node.value:
            found = {"file": None, "missing": None, "table": self.interval(node, "offered", zone, name)}
        if "recorded" in node.value:
            found |= {"recorded": None, **self.recorded(name, node.value["recorded"], zone)}
        profile = node.get("weekly", "profile")
        if profile is not None and "file" in profile.map():
            self.only(profile, "file")
            table = self.table(_file_of(profile), "profile", tables.profile_table, NO_PROFILE)
            found["weekly"] = node.value["weekly"].having(profile=table)
        return node.having(**found)

    def recorded(self, name: str, node: Node, zone: str) -> dict[str, Node]:
        """Counts or times that were recorded."""
        given = [key for key in ("counts", "times") if key in node.map()]
        self.only(node, "counts", "times")
        if len(given) != 1:
            self.problems.append(node.place.problem("give one of counts and times, for example {counts: calls.csv}"))
            return {"recorded_counts": replace(node, value=NO_INTERVALS)}
        below = node.value[given[0]]
        if given == ["counts"]:
            return {"recorded_counts": self.interval(below, "offered", zone, name, whole=True)}
        self.only(below, "file")

        def times(path: Path, reading: tables.Reading) -> TimesTable:
            return tables.times_table(path, reading, contact_type=name)

        return {"recorded_times": self.table(_file_of(below), f"times of {name}", times, NO_TIMES)}

    def pool(self, center: Node, node: Node) -> Node:
        """Numbers of agents by a file become a table."""
        node = self.laws(node, LAWS_OF_POOLS)
        staffing = node.get("staffing")
        if staffing is None or not {"file", "table"} & staffing.map().keys():
            return node
        site = node.get("site")
        home = _zone_of(center.get("sites", str(site.value) if site else "", "timezone"), self.calendar)
        zone = _zone_of(staffing.get("timezone"), home)
        table = self.interval(staffing.value.get("table", staffing), "agents", zone, whole=True)
        return node.having(staffing=staffing.having(file=None, missing=None, table=table))

    def laws(self, node: Node, paths: Iterable[tuple[str, ...]]) -> Node:
        """A value with its laws read, those that are there."""
        for path in paths:
            node = self.law_at(node, path)
        return node

    def law_at(self, node: Node, path: tuple[str, ...]) -> Node:
        if not path:
            return self.law(node)
        below = node.get(path[0])
        return node if below is None else node.having(**{path[0]: self.law_at(below, path[1:])})

    def law(self, node: Node) -> Node:
        """The law with its observed durations, and those of its mixture's parts."""
        if not isinstance(node.value, dict):
            return node
        found: dict[str, Node | None] = {}
        if "empirical" in node.value:
            below = node.value["empirical"]
            self.only(below, "file")
            found["empirical"] = self.table(_file_of(below), "sample", tables.sample, NO_SAMPLE)
        if "law" in node.value:
            found["law"] = self.law(node.value["law"])
        mixture = node.value.get("mixture")
        if mixture is not None and isinstance(mixture.value, tuple):
            found["mixture"] = replace(mixture, value=tuple(self.law(part) for part in mixture.value))
        return node.having(**found)

    def interval(
        self, node: Node, value: str, zone: str, contact_type: str | None = None, *, whole: bool = False
    ) -> Node:
        """A table of intervals from ``FILE``, or from a map with ``file`` and perhaps ``missing: zero``."""
        if node.key.path[-1:] in (("table",), ("counts",)):
            self.only(node, "file", "missing")
        if isinstance(node.value, dict) and "file" not in node.value:
            self.problems.append(node.key.problem("file is missing; write for example {file: demand.csv}"))
            return replace(node, value=NO_INTERVALS)
        missing = node.map().get("missing")
        if missing is not None and missing.value != "zero":
            self.problems.append(
                missing.place.problem(f"{quantities.shown(missing.value)} is not understood; write zero")
            )

        def rows(path: Path, reading: tables.Reading) -> IntervalTable:
            return tables.interval_table(
                path,
                reading,
                value=value,
                whole=whole,
                zone=zone,
                zero_where_missing=missing is not None,
                contact_type=contact_type,
            )

        what = f"{value} of {contact_type} in {zone}, {missing is not None}, {whole}"
        return self.table(_file_of(node), what, rows, NO_INTERVALS)

    def table(self, file: Node, what: str, read: Read, empty: Any) -> Node:
        """The node of a table; an empty one where it cannot be read, which is told once."""
        try:
            path = inside(file)
            if (path, what) not in self.read:
                self.read[path, what] = empty
                folder = Path(file.place.source.name).parent if file.place.line else file.place.source.folder
                self.read[path, what] = read(path, tables.Reading(str(folder / str(file.value)), file.place, []))
            return replace(file, value=self.read[path, what])
        except ConfigError as error:
            self.problems.extend(error.problems)
            return replace(file, value=empty)

    def only(self, node: Node, *known: str) -> None:
        """Tell of keys that a small map does not have."""
        for key, below in node.map().items():
            if key not in known:
                hint = quantities.suggest(key, known) or f"; known are {', '.join(known)}"
                self.problems.append(below.key.problem(f"unknown key{hint}"))
