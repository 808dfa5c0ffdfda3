"""
An experiment as plain data and back, exactly, without reading it again as a planner's text.

The manifest shows a resolved experiment to people. This form is for programs: each value says what it is, so that
nothing has to be understood twice.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from fractions import Fraction
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from ccsim import model, quantities
from ccsim.model.base import Frozen

MAP = "map"
WRITTEN: dict[str, Any] = {
    "date": date.isoformat,
    "datetime": datetime.isoformat,
    "time": time.isoformat,
    "Fraction": str,
}
READ: dict[str, Any] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "Fraction": Fraction,
}


def as_data(value: Any) -> Any:
    """Maps, lists, texts and numbers for JSON; whatever is more than that stands as ``{"is": name, "of": ...}``."""
    if isinstance(value, Frozen):
        return {"is": name(type(value)), "of": {key: as_data(getattr(value, key)) for key in type(value).model_fields}}
    if is_dataclass(value):
        return {"is": name(type(value)), "of": {one.name: as_data(getattr(value, one.name)) for one in fields(value)}}
    if type(value).__name__ in WRITTEN:
        return {"is": type(value).__name__, "of": WRITTEN[type(value).__name__](value)}
    if isinstance(value, dict):
        return {"is": MAP, "of": [[as_data(key), as_data(child)] for key, child in value.items()]}
    if isinstance(value, tuple):
        return [as_data(child) for child in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise TypeError(f"{value!r} has no plain form")


def from_data(data: Any) -> Any:
    """What ``as_data`` was given. Unknown names raise KeyError."""
    if isinstance(data, list):
        return tuple(from_data(child) for child in data)
    if not isinstance(data, dict):
        return data
    kind, of = data["is"], data["of"]
    if kind == MAP:
        return {from_data(key): from_data(child) for key, child in of}
    if kind in READ:
        return READ[kind](of)
    return built(kinds()[kind], {key: from_data(child) for key, child in of.items()})


def built(kind: type[Any], children: dict[str, Any]) -> Any:
    """A value of the model, which was checked when it was first made."""
    if not issubclass(kind, Frozen):
        return kind(**children)
    aliases = {key: kind.model_fields[key].alias or key for key in children}
    return kind.model_construct(**{aliases[key]: child for key, child in children.items()})


def name(kind: type[Any]) -> str:
    """``site.Premium``: module and class."""
    return f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}"


@cache
def kinds() -> dict[str, type[Any]]:
    """All classes of values by their names."""
    modules = [import_module(f"{model.__name__}.{found.name}") for found in iter_modules(model.__path__)]
    classes = [value for module in (quantities, *modules) for value in vars(module).values() if isinstance(value, type)]
    return {name(kind): kind for kind in classes if issubclass(kind, Frozen) or is_dataclass(kind)}
