"""What `import ccsim` gives, and what it costs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import ccsim

NAMES = [
    "CcsimError",
    "ConfigError",
    "Results",
    "SimulationError",
    "assert_service_level",
    "check",
    "compare_scenarios",
    "cost_and_service",
    "coverage_map",
    "explain",
    "load",
    "occupancy",
    "price",
    "run",
    "sensitivity",
    "service_level_over_week",
    "simulate",
    "staffing_over_week",
    "week_by_week",
]
HEAVY = {"numpy", "scipy", "pandas", "matplotlib", "pydantic", "simpy", "ruamel", "holidays", "typer", "loky"}


def test_public_names_are_these():
    """A name once public is hard to take back; whoever adds one changes this list on purpose."""
    assert ccsim.__all__ == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_can_be_had_and_says_what_it_is(name):
    assert getattr(ccsim, name).__doc__
    assert name in dir(ccsim)


def test_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'simulat'"):
        ccsim.simulat  # noqa: B018


@pytest.mark.parametrize("imported", ["ccsim", "ccsim.pytest_plugin", "ccsim.errors"])
def test_import_brings_nothing_heavy(imported):
    """The command line and every pytest session start with these."""
    told = subprocess.run(
        [sys.executable, "-c", f"import json, sys, {imported}; print(json.dumps(list(sys.modules)))"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert not HEAVY & {name.partition(".")[0] for name in json.loads(told.stdout)}
