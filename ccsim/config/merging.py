"""
How one tree changes another: ``extends`` and ``change`` merge maps and replace everything else; ``sweep`` and
``--set`` set one value.
"""

from __future__ import annotations

from dataclasses import replace

from ccsim.config.tree import Node
from ccsim.errors import ConfigError
from ccsim.model.outage import PLACES
from ccsim.quantities import days, suggest

ALTERNATIVES = tuple(
    tuple(frozenset(side.split()) for side in group.split("|"))
    for group in (
        "rate | weekly | table | file | recorded",
        "volume | volume_by_week | volume_by_date",
        "exponential | deterministic | lognormal | gamma | weibull | erlang | uniform | mixture | hyperexponential"
        " | empirical",
        "mean cv | mu sigma | median sigma | shape scale",
        "handle_time | talk_time wrap_up",
        "shifts | staffing",
        "from to | parts",
        "days | rotation",
        "weeks | days",
        "pool | pools",
        "ranks | lanes allocate protect",
        "lead_time class_size | classes",
        "bench | overtime",
    )
)
"""Keys of one map that exclude each other: who writes one of a group in a change means it instead of the others."""

OF_OUTAGES = (
    tuple(frozenset([place]) for place in PLACES),
    (frozenset(["from"]), frozenset(["rate"])),
)
"""
Exclude each other where something lasts: a site has a country and a provider, and prices rise at a rate from a date on.
"""

TABLE_OR_NUMBER = ("file", "missing", "always")
"""Keys that exclude days of the week, in staffing and profiles."""


def merge(base: Node, change: Node) -> Node:
    """
    The base with the change on top: maps are merged key by key, everything else is replaced.

    Where a key of the change excludes one of the base (another law, another form of demand), it takes its place.
    """
    if not isinstance(base.value, dict) or not isinstance(change.value, dict):
        return change
    groups = (*ALTERNATIVES, *OF_OUTAGES) if "lasts" in base.value else ALTERNATIVES
    kept = {
        key: node for key, node in base.value.items() if key in change.value or not _excluded(key, change.value, groups)
    }
    merged = {key: merge(node, change.value[key]) if key in change.value else node for key, node in kept.items()}
    merged.update((key, node) for key, node in change.value.items() if key not in kept)
    return replace(base, value=merged)


def _excluded(key: str, chosen: dict[str, Node], groups: tuple[tuple[frozenset[str], ...], ...]) -> bool:
    """Whether the keys of a change exclude a key of the base."""
    for group in groups:
        own = [side for side in group if key in side]
        others = [side for side in group if key not in side]
        if own and any(side & chosen.keys() for side in others) and not any(side & chosen.keys() for side in own):
            return True
    if key in TABLE_OR_NUMBER:
        return any(_names_days(other) for other in chosen)
    return any(other in chosen for other in TABLE_OR_NUMBER) and _names_days(key)


def _names_days(key: str) -> bool:
    try:
        days(key)
    except ValueError:
        return False
    return True


NAMED = ("contact_types", "sites", "pools", "lines", "outages", "contracts", "scenarios")
"""Maps of the file whose names a path must find, not make."""


def set_value(tree: Node, path: tuple[str, ...], value: Node, done: int = 0) -> Node:
    """
    The tree with one value set, as ``path.to.key=value`` writes it; a number in a path is a position in a list, from 0.

    Maps on the way that are not there are made; a map as value is merged. ``ConfigError`` where the path leads through
    a single value or past the end of a list.
    """
    if done == len(path):
        return merge(tree, value)
    step, so_far = path[done], ".".join(path[:done])
    if isinstance(tree.value, tuple):
        below = tree.child(int(step)) if step.isdecimal() else None
        if below is None:
            last = len(tree.value) - 1
            raise ConfigError([value.place.problem(f"{so_far} is a list; {step} is not a position from 0 to {last}")])
        items = list(tree.value)
        items[int(step)] = set_value(below, path, value, done + 1)
        return replace(tree, value=tuple(items))
    if not isinstance(tree.value, dict):
        raise ConfigError([value.place.problem(f"{so_far} is a single value; there is no {step} under it")])
    below = tree.value.get(step)
    if below is None and done == 1 and path[0] in NAMED:
        hint = suggest(step, tree.value) or f"; there are {', '.join(tree.value) or 'none'}"
        raise ConfigError([value.place.problem(f"{so_far} has no {step}{hint}")])
    if below is None:
        below = Node({}, value.place, value.place) if done + 1 < len(path) else value
    return merge(tree, Node({step: set_value(below, path, value, done + 1)}, tree.place, tree.key))
