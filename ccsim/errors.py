"""What can go wrong, as a tree of exceptions: ``CcsimError`` > ``ConfigError``, ``SimulationError``."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, order=True)
class Problem:
    """
    One mistake in a file: where it stands, what is wrong and what to do.

    ``file`` is the name as the user wrote it; ``line`` and ``column`` count from 1, 0 where the whole file is meant;
    ``path`` is the key, as in ``pools.manila.shrinkage`` (empty for the whole file).
    """

    file: str
    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}  {self.path}: {self.message}" if self.path else f"{place}  {self.message}"


class CcsimError(Exception):
    """Base of all errors that ccsim raises on purpose."""


class ConfigError(CcsimError):
    """The experiment file, or a table it names, is wrong. Carries every problem found, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(str(self))

    def __str__(self) -> str:
        file = self.problems[0].file if self.problems else "experiment"
        count = len(self.problems)
        lines = [f"{file}: {count} problem{'s' if count != 1 else ''}"]
        return "\n".join(lines + [f"  {problem}" for problem in self.problems])


class SimulationError(CcsimError):
    """A replication could not be simulated to its end."""


@contextmanager
def naming(scenario: str, replication: int, seed: int | None = None) -> Iterator[None]:
    """Whatever goes wrong is a SimulationError that says where, so that it can be done again."""
    try:
        yield
    except Exception as problem:
        drawn = "" if seed is None else f", seed {seed}"
        cause = f"{type(problem).__name__}: {problem}"
        raise SimulationError(f"scenario {scenario}, replication {replication}{drawn} failed: {cause}") from problem
