"""The answer as text, and as a document for programs."""

from __future__ import annotations

import json as json_format
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import typer

from ccsim.cli.erlang.answer import MEASURES, solved
from ccsim.cli.erlang.words import aims, aligned, erlangs, people, verb, volume, whole
from ccsim.cli.sentences import Code, stop
from ccsim.report.numbers import count, percent, seconds

if TYPE_CHECKING:
    from ccsim.cli.erlang.answer import Answer
    from ccsim.cli.erlang.models import Question


EXPLAINED = ("patience", "handle_time")
"""Sought so that they explain an abandonment, which is then no target."""


def tell(question: Question, *, json: bool) -> None:
    """Solve and print."""
    # Measures that underflow at odd extremes are shown as missing; that is no reason for a warning.
    try:
        with np.errstate(all="ignore"):
            answer = solved(question)
    except ValueError as error:
        raise stop(f"{question.name} cannot be solved here: {error}", Code.USAGE) from None
    typer.echo(json_format.dumps(document(answer), indent=2) if json else text(answer))


def text(answer: Answer) -> str:
    """Sentence, table and assumptions."""
    question = answer.question
    lines = [sentence(answer)]
    if answer.scheduled is not None:
        lines.append(
            f"Scheduled: {answer.scheduled}, of whom {whole(question.asked.shrinkage)} are not available at a time."
        )
    formula = "" if question.asked.formula == "offered" else f", formula {question.asked.formula}"
    titled = f"{question.name}, {volume(answer.rate, question)}, {erlangs(answer.load)}"
    if "service_level" in question.shown:
        titled += f"; service level within {seconds(question.asked.threshold)}{formula}"
    return "\n".join([*lines, "", titled, *grid(answer), "", f"Assumes: {question.assumes}"])


def grid(answer: Answer) -> list[str]:
    """The staffing table, the answer marked."""
    shown = answer.question.shown
    rows = [["", answer.question.people, *(MEASURES[name].title for name in shown), ""]]
    for row in answer.staffing:
        values = [MEASURES[name].told(row[name]) for name in shown]
        kept = "" if row["stable"] else "unstable"
        if row.get("keeps_target") and answer.sought not in EXPLAINED:
            kept = "keeps the target"
        rows.append([">" if row["agents"] == answer.agents else "", count(row["agents"]), *values, kept])
    return aligned(rows)


def sentence(answer: Answer) -> str:
    """The answer in words."""
    question = answer.question
    team = people(answer.agents, question)
    if answer.sought == "agents":
        less = "" if answer.agents == 1 else f"; {answer.agents - 1:,} would not do"
        return f"{team} {verb(answer.agents, 'keep')} {aims(question)}{less}."
    if answer.sought == "volume":
        return f"{team} can carry {volume(answer.rate, question)} and {verb(2, 'keep')} {aims(question)}."
    if answer.sought in EXPLAINED:
        told = f"A mean {answer.sought.replace('_', ' ')} of {seconds(answer.given[answer.sought])} explains that"
        return f"{told} {whole(question.asked.limits['abandonment'])} of the calls are abandoned."
    return measured(answer)


def measured(answer: Answer) -> str:
    """What a team does, and whether that keeps what is asked."""
    question, row = answer.question, answer.row
    team = people(answer.agents, question)
    if "service_level" not in row:
        told = f"{team} {verb(answer.agents, 'lose')} {percent(row['blocking'])} of the {question.contacts}"
    elif question.asked.formula == "offered":
        level = f"{percent(row['service_level'])} of the {question.contacts} within {seconds(question.asked.threshold)}"
        told = f"{team} {verb(answer.agents, 'answer')} {level}"
    else:
        level = f"{percent(row['service_level'])} in {seconds(question.asked.threshold)}"
        told = f"{team} {verb(answer.agents, 'reach')} a service level ({question.asked.formula}) of {level}"
    if question.asked.aim is None:
        return f"{told}."
    return f"{told} and {verb(answer.agents, 'keep' if row['keeps_target'] else 'miss')} {aims(question)}."


def document(answer: Answer) -> dict[str, Any]:
    """The answer for programs: SI units, shares as fractions, null where there is no number."""
    asked = answer.question.asked
    return {
        "schema_version": 1,
        "model": answer.question.name,
        "solved_for": answer.sought,
        "arrival_rate_per_s": answer.rate,
        "load_erlang": answer.load,
        "agents": answer.agents,
        "scheduled": answer.scheduled,
        "parameters_s": {name: number(value) for name, value in answer.given.items()},
        "target": {**asked.limits, "threshold_s": asked.threshold, "formula": asked.formula},
        "measures": {name: number(answer.row[name]) for name in answer.question.shown},
        "staffing": [{name: number(value) for name, value in row.items()} for row in answer.staffing],
        "assumes": answer.question.assumes,
    }


def number(value: Any) -> Any:
    """A value of JSON; what is not finite is null."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
