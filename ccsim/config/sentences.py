"""From what pydantic finds in a tree to problems with a place and a sentence."""

from __future__ import annotations

import types
import typing
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel

from ccsim.model.base import Slip
from ccsim.model.experiment import Experiment
from ccsim.model.site import Site
from ccsim.quantities import either, shown, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from ccsim.config.tree import Node
    from ccsim.errors import Problem

MOST_CHOICES = 8
"""More are not listed where one of them is near."""
WRITTEN_AS: dict[int | str, str] = {
    "mixture": "hyperexponential",
    "recorded_counts": "recorded",
    "recorded_times": "recorded",
    "pools": "pool",
    "exponential": "mean",
}
"""Fields of the model that may stand in a file under another key."""
SENTENCES = {
    "missing": "{name} is missing{owner}",
    "int_type": "{value} is not a whole number",
    "int_parsing": "{value} is not a whole number",
    "int_from_float": "{value} is not a whole number",
    "float_type": "{value} is not a number",
    "string_type": "{value} is not text; put it in quotes if it is meant as text",
    "bool_type": "{value} is not understood; write true or false",
    "tuple_type": "{value} is not a list; write it in brackets, for example [a, b]",
    "dict_type": "{value} is not understood here; write a map of names",
    "dataclass_exact_type": "{value} is not understood here; name a file, for example {{file: demand.csv}}",
    "dataclass_type": "{value} is not understood here; name a file, for example {{file: demand.csv}}",
    "greater_than": "{value} is too small; it must be more than {gt}",
    "greater_than_equal": "{value} is too small; it must be at least {ge}",
    "less_than": "{value} is too large; it must be less than {lt}",
    "less_than_equal": "{value} is too large; it must be at most {le}",
    "too_short": "nothing is listed here; write at least one",
    "string_too_short": "the text is empty; write something",
    "string_too_long": "the text is too long; at most {max_length} characters",
    "string_pattern_mismatch": "{value} is not understood here; write three capital letters of a currency, as in USD",
}


def problems_of(error: ValidationError, tree: Node) -> Iterator[Problem]:
    """Every problem that pydantic found in the plain values of a tree, at its place."""
    details = error.errors(include_url=False)
    misspelt = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    for detail in details:
        if detail["type"] == "missing" and _is_misspelt(detail["loc"], misspelt):
            continue
        if detail["type"] == "too_short" and any(_is_below(other["loc"], detail["loc"]) for other in details):
            continue  # what is wrong with its items is told; only valid ones are counted
        context: dict[str, Any] = detail.get("ctx", {})
        for slip in context.get("slips") or (_of_the_site(detail, tree) or _slip(detail),):
            yield _problem(tree, detail["loc"], slip)


def _is_misspelt(location: tuple[int | str, ...], misspelt: list[tuple[int | str, ...]]) -> bool:
    """Whether a missing key stands in the same map under a misspelt name, which is told already."""
    near = [other for other in misspelt if other[:-1] == location[:-1]]
    return any(suggest(str(other[-1]), [str(location[-1])]) for other in near)


def _is_below(location: tuple[int | str, ...], other: tuple[int | str, ...]) -> bool:
    return len(location) > len(other) and location[: len(other)] == other


def _slip(detail: ErrorDetails) -> Slip:
    kind, location = detail["type"], detail["loc"]
    context = {key: value for key, value in detail.get("ctx", {}).items() if isinstance(value, int | float | str)}
    if kind == "value_error":
        return Slip((), str(detail["ctx"]["error"]))
    if kind == "extra_forbidden":
        return Slip((), "unknown key" + _hint(location), on_key=True)
    if kind == "literal_error":
        choices = _choices(context["expected"])
        near = suggest(str(detail["input"]), choices)
        known = "" if near and len(choices) > MOST_CHOICES else f"; write {either(choices)}"
        return Slip((), f"{shown(detail['input'])} is not known here{known}{near}")
    name = str(location[-1]) if location else ""
    words = {"name": name, "owner": "", "value": shown(detail["input"])}
    if kind == "missing" and isinstance(location[-1], int):
        return Slip((), "one value is given; write two")
    if kind == "too_short" and (fewest := context["min_length"]) != 1:
        return Slip((), f"too few values are given; write at least {fewest}")
    if kind == "too_long":
        return Slip((), f"too many values are given; at most {context['max_length']}")
    sentence = SENTENCES.get(kind)
    return Slip((), sentence.format(**{**context, **words}) if sentence else detail["msg"], on_key=kind == "missing")


def _of_the_site(detail: ErrorDetails, tree: Node) -> Slip | None:
    """A key of the site that stands in a pool of it."""
    *owner, key = detail["loc"]
    if detail["type"] != "extra_forbidden" or owner[-2:-1] != ["pools"] or key not in written_keys(Site):
        return None
    site = tree.get(*owner, "site")
    return Slip((), f"unknown key; it belongs to the site: sites.{site.value if site else 'NAME'}.{key}", on_key=True)


def _problem(tree: Node, location: tuple[int | str, ...], slip: Slip) -> Problem:
    """
    The problem at the deepest value that stands in the tree.

    Locations hold steps that no file has, such as fields behind a short form or branches of a union: they are passed
    over.
    """
    node, rest, on_key = tree, list((*location, *slip.at)), slip.on_key
    if rest and rest[-1] == "[key]":
        rest.pop()
        on_key = True
    while rest:
        step = rest.pop(0)
        below = node.child(step) or node.child(WRITTEN_AS.get(step, step))
        if below is not None:
            node = below
    return (node.key if on_key else node.place).problem(slip.sentence)


def _choices(expected: object) -> list[str]:
    """The words of pydantic's ``'a', 'b' or 'c'``."""
    return [word for number, word in enumerate(str(expected).split("'")) if number % 2]


def _hint(location: tuple[int | str, ...]) -> str:
    """What an unknown key may have meant: a key of the same map, or one that belongs elsewhere."""
    key = str(location[-1])
    owner = _model_at(location[:-1])
    known = written_keys(owner) if owner else []
    near = suggest(key, known)
    if near:
        return near
    elsewhere = HOMES.get(key)
    if elsewhere:
        return f"; {key} belongs to {either(elsewhere)}"
    return f"; known are {', '.join(known)}" if known else ""


def written_keys(model: type[BaseModel]) -> list[str]:
    """The keys that a planner may write for a value of the model."""
    return [*(field.alias or name for name, field in model.model_fields.items()), *getattr(model, "written_keys", ())]


def _model_at(location: tuple[int | str, ...]) -> type[BaseModel] | None:
    """The model of the value at a location of an Experiment."""
    current: Any = Experiment
    for step in location:
        current = _below(current, step)
        if current is None:
            return None
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def _below(annotation: Any, step: int | str) -> Any:
    """The type of what stands under one key or position of a value of this type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if step in (name, field.alias):
                return _unwrapped(field.annotation)
        return annotation  # the branch of a union, which pydantic puts into the location
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is dict:
        return _unwrapped(arguments[1])
    if origin is tuple:
        return _unwrapped(arguments[0])
    return None


def _unwrapped(annotation: Any) -> Any:
    """The model or container inside ``Annotated``, ``| None`` and unions with plain words."""
    origin = get_origin(annotation)
    if origin is typing.Annotated:
        return _unwrapped(get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        options = [_unwrapped(option) for option in get_args(annotation) if option is not type(None)]
        return next((o for o in options if get_origin(o) or (isinstance(o, type) and issubclass(o, BaseModel))), None)
    return annotation


def _homes() -> dict[str, list[str]]:
    """For every key, the paths of the maps that it belongs to, as in ``sites.NAME.timezone``."""
    found: dict[str, list[str]] = {}

    def visit(annotation: Any, path: tuple[str, ...]) -> None:
        annotation = _unwrapped(annotation)
        if get_origin(annotation) is dict:
            visit(get_args(annotation)[1], (*path, "NAME"))
        elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
            for name, field in annotation.model_fields.items():
                key = field.alias or name
                found.setdefault(key, []).append(".".join((*path, key)))
                visit(field.annotation, (*path, key))

    for name, field in Experiment.model_fields.items():
        if name == "scenarios":
            center = get_args(field.annotation)[1]
            for key, below in center.model_fields.items():
                visit(below.annotation, (key,))
        else:
            found.setdefault(name, []).append(name)
            visit(field.annotation, (name,))
    return {key: places[:3] for key, places in found.items()}


HOMES = _homes()
