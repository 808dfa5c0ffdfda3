"""What has to be known to do a run again, and to trust that it was done so."""

from __future__ import annotations

import hashlib
import platform
import sys
import time
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from datetime import time as clock
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccsim.model.base import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccsim.model.experiment import Experiment

PACKAGES = ("ccsim", "numpy", "scipy", "simpy", "pandas", "holidays", "tzdata")


def manifest(
    experiment: Experiment,
    replications: Sequence[int],
    confidence: float,
    *,
    complete: bool,
    began: float,
    workers: int,
) -> dict[str, Any]:
    """Plain data; only ``started``, ``wall_s`` and ``workers`` differ between two runs of the same experiment."""
    resolved = readable(experiment)
    return {
        "title": experiment.title,
        "seed": experiment.seed,
        "replications": list(replications),
        "changes": list(experiment.changes),
        "complete": complete,
        "confidence": confidence,
        "started": datetime.fromtimestamp(began, UTC).isoformat(timespec="seconds"),
        "wall_s": round(time.time() - began, 3),
        "workers": workers,
        "versions": {"python": platform.python_version(), "platform": sys.platform} | versions(),
        "inputs": {name: digest(name, experiment.file) for name in sorted(set(files(resolved)))},
        "experiment": resolved,
    }


def readable(value: Any) -> Any:
    """Plain data in the words of the file; exact numbers as decimal ones, dates and times as in ISO 8601."""
    if isinstance(value, Frozen):
        keys = {name: field.alias or name for name, field in type(value).model_fields.items()}
        return {key: readable(getattr(value, name)) for name, key in keys.items()}
    if is_dataclass(value):
        return {field.name: readable(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(readable(key)): readable(child) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [readable(child) for child in value]
    if isinstance(value, Fraction):
        return float(value)
    return value.isoformat() if isinstance(value, date | clock) else value


def versions() -> dict[str, str | None]:
    """Of everything that numbers depend on; None where it is not installed as a package."""
    found: dict[str, str | None] = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = None
    return found


def files(resolved: Any) -> Iterator[str]:
    """Every ``file`` named anywhere in the experiment, itself included."""
    if isinstance(resolved, dict):
        if isinstance(resolved.get("file"), str) and resolved["file"]:
            yield resolved["file"]
        for value in resolved.values():
            yield from files(value)
    elif isinstance(resolved, list):
        for value in resolved:
            yield from files(value)


def digest(name: str, experiment_file: str) -> str | None:
    """SHA-256 of an input file as named in the experiment; None if it is gone."""
    for path in (Path(name), Path(experiment_file).parent / name):
        if path.is_file():
            return hashlib.sha256(path.read_bytes()).hexdigest()
    return None
