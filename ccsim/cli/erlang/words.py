"""How answers are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.quantities import all_of
from ccsim.report.numbers import seconds

if TYPE_CHECKING:
    from ccsim.cli.erlang.models import Question


def whole(share: float) -> str:
    """A share as it was asked for."""
    return f"{round(100 * share, 6):g} %"


def aligned(rows: list[list[str]]) -> list[str]:
    """Lines of a table, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def aims(question: Question) -> str:
    """What is to be kept, in words."""
    asked = question.asked
    words = {
        "service_level": lambda value: f"{whole(value)} in {seconds(asked.threshold)}",
        "speed_of_answer": lambda value: f"a speed of answer of {seconds(value)}",
        "abandonment": lambda value: f"an abandonment of {whole(value)}",
        "occupancy": lambda value: f"an occupancy of {whole(value)}",
        "blocking": lambda value: f"a blocking of {whole(value)}",
    }
    return all_of([words[name](value) for name, value in asked.limits.items()])


def people(number: int | None, question: Question) -> str:
    """A number of agents or lines."""
    return f"{number:,} {question.people if number != 1 else question.people[:-1]}"


def verb(number: int, word: str) -> str:
    """A verb, with an s for one alone."""
    return word if number != 1 else f"{word}es" if word.endswith(("ss", "ch")) else f"{word}s"


def volume(rate: float, question: Question) -> str:
    """A volume in a unit in which it is a number to speak of."""
    units = ((1800.0, "30 min"), (3600.0, "hour"), (86400.0, "day"))
    number, unit = next((rate * size, unit) for size, unit in units if rate * size >= 10 or unit == "day")
    told = f"{number:,.0f}" if number >= 1000 else f"{number:.4g}"
    return f"{told} {question.contacts} per {unit}"


def erlangs(load: float) -> str:
    """A load."""
    return f"{load:,.2f} erlang" if load >= 0.1 else f"{load:.2g} erlang"
