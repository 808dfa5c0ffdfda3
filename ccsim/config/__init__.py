"""HOW an experiment is written: places in files, extends, change, sweep, --set, names, tables, JSON Schema."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from ccsim.config.load import load

if TYPE_CHECKING:
    from ccsim.errors import Problem
    from ccsim.model.experiment import Experiment

__all__ = ["doubts", "load", "new_experiment", "schema"]


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of an experiment file, short and partial forms included."""
    from ccsim.config.json_schema import schema

    return schema()


def doubts(experiment: Experiment) -> list[Problem]:
    """What is allowed but may not be meant, in the order of the file."""
    from ccsim.config.doubtful import doubts

    return doubts(experiment)


def new_experiment() -> str:
    """The text of a small commented experiment to start from."""
    return resources.files("ccsim.config").joinpath("starter.yaml").read_text(encoding="utf-8")
