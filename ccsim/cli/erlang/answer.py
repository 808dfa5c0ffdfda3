"""The answer to a question: whatever was left out, and a staffing table around it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.cli.erlang.words import aims, erlangs, people, volume, whole
from ccsim.cli.sentences import Code, stop
from ccsim.erlang import solving
from ccsim.erlang.target import abandonment, blocking, occupancy, of_calls, service_level, speed_of_answer, stable
from ccsim.report.numbers import count, percent, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ccsim.cli.erlang.models import Question

    Floats = NDArray[np.float64]

AROUND = 3
"""Agents less and more in the staffing table."""


@dataclass(frozen=True)
class Measure:
    """What is shown of a queue."""

    title: str
    unit: str
    """``share``, ``s``, or nothing for a number."""
    of: Callable[[Any, float, str], Floats]
    """From a queue, a threshold [s] and a formula."""

    def told(self, value: float) -> str:
        """A value as a planner reads it."""
        if self.unit == "":
            return "-" if math.isnan(value) else f"{value:.2f}"
        return percent(value) if self.unit == "share" else seconds(value)


MEASURES = {
    "service_level": Measure("service level", "share", service_level),
    "speed_of_answer": Measure("speed of answer", "s", lambda queue, *_: speed_of_answer(queue)),
    "waiting_probability": Measure("wait at all", "share", lambda queue, *_: of_calls(queue).waiting_probability),
    "abandonment": Measure("abandoned", "share", lambda queue, *_: abandonment(queue)),
    "blocking": Measure("blocked", "share", lambda queue, *_: blocking(queue)),
    "occupancy": Measure("occupancy", "share", lambda queue, *_: occupancy(queue)),
    "calls_per_customer": Measure("calls per customer", "", lambda queue, *_: queue.calls_per_customer),
    "customers_lost": Measure("customers lost", "share", lambda queue, *_: queue.customers_lost),
}


@dataclass(frozen=True)
class Answer:
    """A question without anything left out."""

    question: Question
    sought: str
    """``agents``, ``volume``, ``measures``, ``patience`` or ``handle_time``."""
    rate: float
    """[1/s]"""
    agents: int
    given: dict[str, float]
    """What else the model was given. [SI]"""
    staffing: list[dict[str, Any]]
    """A row for each of a few numbers of agents; NaN where the queue is not stable."""

    @property
    def row(self) -> dict[str, Any]:
        """The line of the staffing table that is the answer."""
        return next(row for row in self.staffing if row["agents"] == self.agents)

    @property
    def load(self) -> float:
        """[erlang]"""
        return self.rate * self.given.get("handle_time", self.given.get("work", math.nan))

    @property
    def scheduled(self) -> int | None:
        """People to schedule, where a shrinkage was given."""
        shrinkage = self.question.asked.shrinkage
        return None if shrinkage is None else int(solving.scheduled(self.agents, shrinkage))


def solved(question: Question) -> Answer:
    """Find what is left out; a sentence where nothing can be found."""
    asked, given = question.asked, dict(question.given)
    rate, agents, sought = asked.rate, asked.agents, "measures"
    for name, value in question.given.items():
        if value is None:
            sought, given[name] = name, explanation(question, name)
    if agents is None:
        found = solving.agents_for(asked.aim, question.model, most=question.most, arrival_rate=rate, **given)
        sought, agents = "agents", int(reached(found, question))
    elif rate is None:
        found = solving.arrival_rate_for(asked.aim, question.model, agents=agents, **given)
        sought, rate = "volume", carried(found, question)
    answer = Answer(question, sought, rate, agents, given, staffing(question, rate, agents, given))
    if not answer.row["stable"]:
        raise stop(unstable(answer), Code.USAGE)
    return answer


def explanation(question: Question, name: str) -> float:
    """Patience or handle time that explains the abandonment."""
    asked = question.asked
    others = {key: value for key, value in question.given.items() if key != name}
    solve: Callable[..., Floats] = getattr(solving, f"{name}_for")
    lost = asked.limits["abandonment"]
    found = float(solve(lost, question.model, arrival_rate=asked.rate, agents=asked.agents, **others))
    if math.isnan(found):
        told = f"No {name.replace('_', ' ')} explains an abandonment of {whole(lost)}"
        raise stop(f"{told} with {people(asked.agents, question)} at this volume.", Code.USAGE)
    return found


def reached(found: Floats, question: Question) -> float:
    if np.isnan(found):
        told = f"More than {count(question.most)} {question.people} would be needed for {aims(question)}"
        raise stop(f"{told}: more than can be solved.", Code.USAGE)
    return float(found)


def carried(found: Floats, question: Question) -> float:
    if not np.isfinite(found):
        what = "Any" if np.isinf(found) else "No"
        raise stop(f"{what} volume keeps {aims(question)} with {people(question.asked.agents, question)}.", Code.USAGE)
    return float(found)


def unstable(answer: Answer) -> str:
    """Why there is no number."""
    question = answer.question
    return (
        f"{people(answer.agents, question)} cannot carry {volume(answer.rate, question)} ({erlangs(answer.load)} of "
        "work): where nobody gives up, the queue grows without end. Give more agents, or say how patient customers "
        f"are with {question.patient}."
    )


def staffing(question: Question, rate: float, agents: int, given: dict[str, Any]) -> list[dict[str, Any]]:
    """Measures of a few agents less and more."""
    asked = question.asked
    numbers = np.arange(max(agents - AROUND, 1), min(agents + AROUND, question.most) + 1)
    queue = question.model(arrival_rate=rate, agents=numbers, **given)
    columns = {"agents": numbers, "stable": stable(queue)}
    columns |= {name: MEASURES[name].of(queue, asked.threshold, asked.formula) for name in question.shown}
    if asked.aim is not None:
        columns["keeps_target"] = asked.aim.kept(queue)
    rows = zip(*(np.broadcast_to(column, numbers.shape).tolist() for column in columns.values()), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in rows]
