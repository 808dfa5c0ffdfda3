"""What is told of a broken file."""

from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from ccsim.config import load
from ccsim.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


def told_of(file: Path) -> list[str]:
    """All problems of a file, each as a planner in its folder reads it."""
    with chdir(file.parent), pytest.raises(ConfigError) as error:
        load(file.name)
    return [str(problem) for problem in error.value.problems]
