"""``ccsim erlang table``: an interval table in, the same with required agents out."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.cli.erlang.asked import above_zero
from ccsim.cli.sentences import Code, stop
from ccsim.config.tables import Reading, cell, columns, number, sheet
from ccsim.config.tree import Place, Source
from ccsim.erlang.by_rate import erlang_c_at
from ccsim.erlang.erlang_a import erlang_a
from ccsim.erlang.solving import MOST_AGENTS, agents_for, scheduled
from ccsim.erlang.target import abandonment, service_level, speed_of_answer
from ccsim.quantities import duration

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ccsim.cli.erlang.asked import Asked
    from ccsim.config.spreadsheets import Row
    from ccsim.config.tables import Sheet

    Floats = NDArray[np.float64]

UNSTABLE, ABSENT = "unstable", "no agents"
BEYOND = f"more than {MOST_AGENTS:.0f}"


def staffed(file: Path, asked: Asked, patience: str | None, interval: str | None) -> str:
    """The table as CSV, with the columns that it was asked for."""
    mean = asked.read("--patience", patience, above_zero(duration))
    length = asked.read("--interval", interval, above_zero(duration))
    if not asked.limits:
        asked.wrong("--target", 'what are the agents to keep? Write --target "80% in 20 s", --asa or --max-occupancy')
    asked.finish()
    reading = Reading(str(file), Place(Source(str(file), file.parent)), [])
    found = sheet(file, reading)
    names = [name.casefold() for name in found.header.cells]
    if "volume" in names and "offered" in names:
        reading.wrong("volume and offered are two names of one column; leave one of them out", found.header.number)
    volume = "volume" if "volume" in names else "offered"
    places = columns(found, reading, ("interval_start", volume, "handle_time_s"), ("agents", "patience_s"))
    if not found.body:
        reading.wrong("there are no rows below the header", found.header.number)
        reading.stop()
    contacts = read(found, places, volume, reading)
    work = read(found, places, "handle_time_s", reading, needed=contacts > 0)
    endless = "abandonment" in asked.limits and mean is None and "patience_s" not in places
    if endless:
        asked.wrong("--abandonment", "nobody gives up without --patience or a column patience_s")
    if mean is not None and "patience_s" in places:
        asked.wrong("--patience", "the table has a column patience_s; leave one of them out")
    asked.finish()
    patient = read(found, places, "patience_s", reading, needed=contacts > 0) if "patience_s" in places else None
    given = read(found, places, "agents", reading) if "agents" in places else None
    seconds = length or step(found, places, reading)
    reading.stop()
    impatience = patient if patient is not None else mean
    new = answers(asked, contacts / seconds, work, impatience, given)
    for name in filter(names.__contains__, new):
        told = f"the column {name} is there already, and would be of the answer; name it otherwise"
        reading.wrong(told, found.header.number, names.index(name) + 1)
    reading.stop()
    return written(found, new)


def read(found: Sheet, places: dict[str, int], name: str, reading: Reading, needed: Any = False) -> Floats:
    """A column of numbers; where it is not ``needed``, an empty cell is 0, where it is, 0 is wrong."""
    place = places[name]
    wanted = np.broadcast_to(needed, len(found.body))
    values = [
        number(row, place, name, reading) if cell(row, place) or must or name not in OPTIONAL else 0.0
        for row, must in zip(found.body, wanted, strict=True)
    ]
    for row, value, must in zip(found.body, values, wanted, strict=True):
        if must and value == 0 and cell(row, place):
            reading.wrong(f"{name}: a duration is more than 0", row.number, place + 1)
    return np.array(values)


OPTIONAL = ("handle_time_s", "patience_s")
"""Columns whose cells may be empty where nobody calls."""


def step(found: Sheet, places: dict[str, int], reading: Reading) -> float:
    """Length of an interval: the smallest distance of two of its beginnings. [s]"""
    place = places["interval_start"]
    starts = {moment for row in found.body if (moment := begin(row, place, reading)) is not None}
    if len({moment.tzinfo is None for moment in starts}) > 1:
        told = "interval_start: some have an offset from UTC and some have none; write all alike"
        reading.wrong(told, found.header.number, place + 1)
    reading.stop()
    distances = [later - earlier for earlier, later in pairwise(sorted(starts))]
    if not distances:
        raise stop(
            '--interval: one interval does not tell how long it is; write for example --interval "30 min"', Code.USAGE
        )
    return min(distances) / timedelta(seconds=1)


def begin(row: Row, place: int, reading: Reading) -> datetime | None:
    """When an interval begins, in local time, or None and a problem."""
    text = cell(row, place)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        what = f"{text} is not a date and time" if text else "the cell is empty"
        reading.wrong(f"interval_start: {what}; write for example 2026-03-02 08:00", row.number, place + 1)
        return None


def answers(
    asked: Asked, rate: Floats, work: Floats, patience: Floats | float | None, given: Floats | None
) -> dict[str, list[str]]:
    """The columns that are new."""
    used = rate > 0
    # Where nobody calls, handle time and patience do not matter, and may be left empty.
    parameters: dict[str, Any] = {"handle_time": np.where(used, work, 1.0)}
    model: Any = erlang_c_at
    if patience is not None:
        model, parameters["patience"] = erlang_a, np.where(used, patience, 1.0)
    required = agents_for(asked.aim, model, arrival_rate=rate, **parameters)
    new = {"required": whole_numbers(required)}
    if asked.shrinkage is not None:
        new["scheduled"] = whole_numbers(scheduled(required, asked.shrinkage))
    if given is not None:
        new |= achieved(asked, model, rate, given, parameters)
    return new


def written(found: Sheet, new: dict[str, list[str]]) -> str:
    """Everything that came in, and what was found beside it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*found.header.cells, *new])
    width = len(found.header.cells)
    for row, *values in zip(found.body, *new.values(), strict=True):
        writer.writerow([*(row.cells + [""] * width)[:width], *values])
    return out.getvalue()


def whole_numbers(values: Floats) -> list[str]:
    """Numbers of people; a word where even ten million would not do."""
    return [f"{value:.0f}" if np.isfinite(value) else BEYOND for value in values]


def achieved(asked: Asked, model: Any, rate: Floats, given: Floats, parameters: dict[str, Any]) -> dict[str, list[str]]:
    """What the given agents reach; a word where there is no number, nothing where nobody calls."""
    queue = model(arrival_rate=rate, agents=np.where(given > 0, given, 1.0), **parameters)
    measures = {
        "service_level": (service_level(queue, asked.threshold, asked.formula), ".4f"),
        "speed_of_answer_s": (speed_of_answer(queue), ".1f"),
        "occupancy": (queue.occupancy, ".4f"),
    }
    if "patience" in parameters:
        measures["abandonment"] = (abandonment(queue), ".4f")
    return {
        name: [
            "" if nobody else ABSENT if people == 0 else f"{value:{digits}}" if stable else UNSTABLE
            for value, nobody, people, stable in zip(values, rate == 0, given, queue.stable, strict=True)
        ]
        for name, (values, digits) in measures.items()
    }
