"""What was asked on the command line, read from text; everything wrong with it is told at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from ccsim.cli.sentences import Code, stop
from ccsim.quantities import NUMBER, cv, duration, rate, service_level, share

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")
TARGETS = {"--target", "--asa", "--abandonment", "--max-occupancy", "--blocking"}
"""Options that say what is to be kept."""
USUAL = 20.0
"""Threshold of the service level that is shown where none is asked. [s]"""


class Asked:
    """The options of ``ccsim erlang``, and what is wrong with them."""

    def __init__(self, command: str) -> None:
        self.command = command
        self.problems: list[str] = []
        self.people = "--agents"
        """The option that says how many."""
        self.rate: Any = None
        """[1/s], None where it is sought."""
        self.agents: Any = None
        """None where they are sought."""
        self.shrinkage: Any = None
        """None where nothing is to be scheduled."""
        self.limits: dict[str, float] = {}
        """What is to be kept, under the names of ``Target``."""
        self.threshold = USUAL
        """[s]"""
        self.formula = "offered"

    def team(self, volume: str | None, agents: str | None, shrinkage: str | None, people: str = "--agents") -> None:
        """How much comes, to how many."""
        self.people = people
        self.rate = self.read("--volume", volume, above_zero(rate))
        self.agents = self.read(people, agents, heads)
        self.shrinkage = self.read("--shrinkage", shrinkage, below_one)

    def target(
        self,
        goal: str | None,
        within: str | None,
        formula: str = "offered",
        asa: str | None = None,
        abandonment: str | None = None,
        max_occupancy: str | None = None,
        blocking: str | None = None,
    ) -> None:
        """What is to be kept, all of it at once."""
        self.level(goal)
        if goal is not None and within is not None:
            self.wrong("--within", "the target names its time already; leave one of them out")
        self.threshold = self.read("--within", within, duration) if within else self.threshold
        self.limit("speed_of_answer", "--asa", asa, above_zero(duration))
        for name, option, written in (
            ("abandonment", "--abandonment", abandonment),
            ("occupancy", "--max-occupancy", max_occupancy),
            ("blocking", "--blocking", blocking),
        ):
            self.limit(name, option, written, above_zero(below_one))
        self.formula = self.read("--formula", formula, known_formula)

    def level(self, goal: str | None) -> None:
        """Share and time of ``--target``."""
        found = self.read("--target", goal, service_level)
        if found is None:
            return
        self.limits["service_level"], self.threshold = found
        if found[0] == 0:
            self.wrong("--target", "0% asks for nothing; write for example 80% in 20 s")
        if found[0] == 1:
            self.wrong("--target", "100% is kept by no number of agents; write for example 99.9%")

    def limit(self, name: str, option: str, written: str | None, parse: Callable[[str], float]) -> None:
        value = self.read(option, written, parse)
        if value is not None:
            self.limits[name] = value

    def read(self, option: str, written: str | None, parse: Callable[[str], Value]) -> Any:
        """The value of an option, ``None`` where it is not given or wrong."""
        if written is None:
            return None
        try:
            return parse(written)
        except ValueError as error:
            self.wrong(option, str(error))
            return None

    def needs(self, option: str, written: str | None, parse: Callable[[str], Value], example: str) -> Any:
        """The value of an option that cannot be left out."""
        if written is None:
            self.wrong(option, f"is needed; write for example {option} {example}")
        return self.read(option, written, parse)

    def wrong(self, option: str, message: str) -> None:
        self.problems.append(f"{option}: {message}")

    def finish(self) -> None:
        """Leave if anything is wrong."""
        if self.problems:
            raise stop("\n  ".join([f"ccsim erlang {self.command}:", *self.problems]), Code.USAGE)

    def solve(self, *options: str) -> None:
        """Leave unless what is left out can be solved for by what is to be kept."""
        faulty = {problem.partition(":")[0] for problem in self.problems}
        left_out = {"--volume": self.rate is None, self.people: self.agents is None}
        sought = [option for option, missing in left_out.items() if missing and option not in faulty]
        if len(sought) == 2:
            self.wrong("--volume", f"is needed unless {self.people} and a target are given")
        elif sought and not self.limits and not faulty & TARGETS:
            self.wrong(options[0].partition(" ")[0], f"what is to be kept? Write {' or '.join(options)}")
        self.finish()

    @property
    def aim(self) -> Any:
        """What is to be kept as a ``Target``, or None."""
        from ccsim.erlang.target import Target

        return Target(**self.limits, threshold=self.threshold, formula=self.formula) if self.limits else None


def number(written: str) -> float:
    """A number that is 0 or more."""
    if not re.fullmatch(NUMBER, written.strip()):
        raise ValueError(f"{written} is not a number that is 0 or more")
    return float(written)


def heads(written: str) -> int:
    """A whole number of agents or lines, 1 or more."""
    if not re.fullmatch(r"[0-9]{1,7}", written.strip()) or int(written) == 0:
        raise ValueError(f"{written} is not a whole number from 1 to 9999999")
    return int(written)


def places(written: str) -> int:
    """A whole number of waiting places, 0 or more."""
    if not re.fullmatch(r"[0-9]{1,7}", written.strip()):
        raise ValueError(f"{written} is not a number of waiting places; write a whole number from 0 to 9999999")
    return int(written)


def fraction(written: str) -> float:
    """A share written with or without a percent sign."""
    return share(float(written) if re.fullmatch(NUMBER, written.strip()) else written)


def variation(written: str) -> float:
    """A coefficient of variation, at most 3."""
    if (value := cv(float(written) if re.fullmatch(NUMBER, written.strip()) else written)) > 3:
        raise ValueError(f"{written} is more than 300%; write for example 10%")
    return value


def below_one(written: str) -> float:
    """A share below 100 %."""
    if (value := fraction(written)) >= 1:
        raise ValueError(f"{written} leaves nothing; write less than 100%")
    return value


def above_zero(parse: Callable[[str], float]) -> Callable[[str], float]:
    """Read a quantity that is more than 0."""

    def parsed(written: str) -> float:
        if (value := parse(written)) <= 0:
            raise ValueError(f"{written} is nothing; write more than 0")
        return value

    return parsed


def known_formula(written: str) -> str:
    """A formula of the service level."""
    from ccsim.erlang.erlang_a import FORMULAS
    from ccsim.quantities import suggest

    if written not in FORMULAS:
        raise ValueError(
            f"{written} is not a formula of the service level; write {', '.join(FORMULAS)}" + suggest(written, FORMULAS)
        )
    return written


def speeds(written: str) -> tuple[float, ...]:
    """Speeds of each of 1, 2, ... chats at once."""
    parts = [part.strip() for part in written.split(",")]
    if not all(re.fullmatch(NUMBER, part) and 0 < float(part) <= 10 for part in parts):
        raise ValueError(f"{written}: a speed is more than 0 and at most 10; write for example 1, 0.8, 0.65")
    return tuple(map(float, parts))
