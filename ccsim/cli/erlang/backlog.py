"""``ccsim erlang deferred``: weeks of work that is done in opening hours, by the fluid backlog."""

from __future__ import annotations

import json as json_format
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import typer

from ccsim.cli.erlang.asked import above_zero, number
from ccsim.cli.erlang.words import aligned, whole
from ccsim.cli.sentences import Code, stop
from ccsim.erlang.deferred import MOST_AGENTS, agents_for_response, deferred
from ccsim.erlang.search import largest
from ccsim.erlang.solving import scheduled
from ccsim.quantities import DAY, HOUR, days, duration, stretch
from ccsim.report.numbers import count, percent, seconds

if TYPE_CHECKING:
    from datetime import time

    from numpy.typing import NDArray

    from ccsim.cli.erlang.asked import Asked
    from ccsim.erlang.deferred import Backlog

    Floats = NDArray[np.float64]

STEP = 300.0
"""Length of an interval: opening hours begin and end at its multiples. [s]"""
WEEKS = 13
"""A quarter of a year, so that a first week without the leftovers of another hardly counts."""
AROUND = 3
ASSUMES = (
    f"items come evenly while they come, {WEEKS} weeks alike from Monday 00:00; agents work all opening hours, "
    "first in, first out; chance and the handle time of an item are small against its target."
)


@dataclass(frozen=True)
class Week:
    """When items come and when agents work."""

    coming: Floats
    """Share of the mean rate of a week in each interval."""
    open: Floats
    """1 in the intervals in which agents work."""
    counts: NDArray[np.bool_]
    """Whether the clock of response times runs."""
    handle_time: float
    """[s]"""
    backlog: float
    """Items open at the start."""

    def capacity(self, agents: float) -> float:
        """Rate [1/s] above which the backlog grows from week to week, but for rounding."""
        return agents * float(self.open.mean()) / self.handle_time * (1 + 1e-12)

    def course(self, rate: float, agents: float) -> Backlog:
        """The backlog of a mean rate [1/s] and a number of agents."""
        return deferred(
            rate * self.coming * STEP,
            agents * self.open,
            STEP,
            self.handle_time,
            opening_backlog=self.backlog,
            counts=self.counts,
        )


def week(
    asked: Asked,
    handle_time: str | None,
    arriving: tuple[str, str],
    working: tuple[str, str],
    business_hours: bool,
    backlog: str,
) -> Week:
    """The week that was asked for; leaves with sentences if something in it is wrong."""
    work = asked.needs("--handle-time", handle_time, above_zero(duration), '"6 min"')
    coming = hours(asked, "--arriving", *arriving)
    opened = hours(asked, "--open", *working)
    items = asked.read("--backlog", backlog, number)
    asked.solve('--target "90% in 4 h"')
    if "service_level" not in asked.limits:
        asked.wrong("--target", 'says within which time items are to be completed; write for example "90% in 4 h"')
    if asked.threshold < work:
        asked.wrong("--target", f"a response in {seconds(asked.threshold)} is shorter than the handle time itself")
    asked.finish()
    counts = opened > 0 if business_hours else np.ones_like(opened, dtype=bool)
    return Week(coming / coming.mean(), opened, counts, work, items)


def hours(asked: Asked, option: str, between: str, on: str) -> Floats:
    """1 in the intervals of these hours of these days, for all weeks."""
    span = asked.read(option, between, stretch)
    weekdays = asked.read(f"{option}-days", on, days)
    if span is None or weekdays is None:
        return np.ones(1)
    begin, end = (of_day(edge) for edge in span)
    if begin % STEP or end % STEP:
        asked.wrong(option, f"{between} does not begin and end at a multiple of {seconds(STEP)}")
    # An end at or before the begin is on the next day.
    length = (end - begin) % DAY or DAY
    at = np.arange(0.0, 7 * DAY, STEP)
    inside = np.zeros(len(at))
    for weekday in weekdays:
        inside[(at - (weekday * DAY + begin)) % (7 * DAY) < length] = 1.0
    return np.tile(inside, WEEKS)


def of_day(edge: time) -> float:
    """Seconds since midnight."""
    return edge.hour * HOUR + edge.minute * 60.0


def tell(asked: Asked, around: Week, *, json: bool) -> None:
    """Solve and print."""
    sought = "agents" if asked.agents is None else "volume" if asked.rate is None else "measures"
    agents = needed(asked, around) if asked.agents is None else asked.agents
    rate = carried(asked, around) if asked.rate is None else asked.rate
    if rate > around.capacity(agents):
        raise stop(overloaded(around, rate, agents), Code.USAGE)
    found = {
        "schema_version": 1,
        "model": "Deferred work",
        "solved_for": sought,
        "arrival_rate_per_s": rate,
        "agents": agents,
        "scheduled": None if asked.shrinkage is None else int(scheduled(agents, asked.shrinkage)),
        "target": {"in_time": asked.limits["service_level"], "response_time_s": asked.threshold},
        "staffing": [line(asked, around, rate, n) for n in range(max(agents - AROUND, 1), agents + AROUND + 1)],
        "assumes": ASSUMES,
    }
    typer.echo(json_format.dumps(found, indent=2) if json else text(found, around))


def text(found: dict[str, Any], around: Week) -> str:
    """Sentence, table and assumptions."""
    week = found["arrival_rate_per_s"] * 7 * DAY
    lines = [sentence(found)]
    if found["scheduled"] is not None:
        lines.append(f"Scheduled: {found['scheduled']:,} in every opening hour.")
    titled = f"Deferred work, {week:,.0f} items per week, {week * around.handle_time / HOUR:,.1f} hours of work"
    return "\n".join([*lines, "", titled, *grid(found), "", f"Assumes: {found['assumes']}"])


def sentence(found: dict[str, Any]) -> str:
    """The answer in words."""
    agents, target = found["agents"], found["target"]
    team = f"{agents:,} agent{'s' if agents != 1 else ''} in opening hours"
    goal = f"{whole(target['in_time'])} in {seconds(target['response_time_s'])}"
    if found["solved_for"] == "agents":
        return f"{team} complete {goal}" + (f"; {agents - 1:,} would not do." if agents > 1 else ".")
    if found["solved_for"] == "volume":
        return f"{team} can complete {goal} of {found['arrival_rate_per_s'] * 7 * DAY:,.0f} items per week."
    row = next(row for row in found["staffing"] if row["agents"] == agents)
    verdict = "kept" if row["keeps_target"] else "missed"
    return f"{team} complete {percent(row['in_time'])} in time; the target of {goal} is {verdict}."


def grid(found: dict[str, Any]) -> list[str]:
    """The staffing table, the answer marked."""
    head = ["", "agents", "in time", "largest backlog", "in hours of work", "backlog at the end", ""]
    rows = [
        [
            ">" if row["agents"] == found["agents"] else "",
            count(row["agents"]),
            percent(row["in_time"]) if row["stable"] else "-",
            count(row["largest_backlog_items"]),
            count(row["largest_backlog_hours"]),
            count(row["last_backlog_items"]),
            "keeps the target" if row["keeps_target"] else "" if row["stable"] else "unstable",
        ]
        for row in found["staffing"]
    ]
    return aligned([head, *rows])


def needed(asked: Asked, around: Week) -> int:
    """Smallest number of agents that keeps the target, and does not fall behind from week to week."""
    best = around.course(asked.rate, MOST_AGENTS).within(asked.threshold)
    if math.isnan(best):
        raise stop(
            f"--target: no item falls due in the {WEEKS} weeks that are looked at; write a shorter time", Code.USAGE
        )
    if best < asked.limits["service_level"]:
        raise stop(
            f"No number of agents keeps {aim(asked)}: with any number {percent(best)} are in time, since the others "
            "come too long before the next opening.",
            Code.USAGE,
        )
    in_time = agents_for_response(
        asked.rate * around.coming * STEP,
        around.open,
        STEP,
        around.handle_time,
        share=asked.limits["service_level"],
        target=asked.threshold,
        opening_backlog=around.backlog,
        counts=around.counts,
    )
    return max(in_time, math.ceil(float(asked.rate) / around.capacity(1)))


def carried(asked: Asked, around: Week) -> float:
    """Largest mean rate. [1/s]"""

    capacity = around.capacity(asked.agents)

    def margin(rates: Floats, cells: object) -> Floats:
        in_time = np.array([around.course(rate, asked.agents).within(asked.threshold) for rate in rates])
        return np.where(rates > capacity, np.nan, in_time - asked.limits["service_level"])

    found = float(largest(margin, np.array([capacity]))[0])
    if not math.isfinite(found):
        raise stop(f"No volume keeps {aim(asked)}: some items come too long before the next opening.", Code.USAGE)
    return found


def aim(asked: Asked) -> str:
    """What is to be kept, in words."""
    return f"{whole(asked.limits['service_level'])} in {seconds(asked.threshold)}"


def overloaded(around: Week, rate: float, agents: int) -> str:
    """Why there is no number."""
    needs, has = (7 * DAY * pace * around.handle_time / HOUR for pace in (rate, around.capacity(agents)))
    return (
        f"{agents:,} agent{'s' if agents != 1 else ''} cannot complete {rate * 7 * DAY:,.0f} items per week: they are "
        f"{needs:,.1f} hours of work, agents have {has:,.1f} in opening hours, and the backlog grows without end. Give "
        "more agents or longer opening hours."
    )


def line(asked: Asked, around: Week, rate: float, agents: int) -> dict[str, Any]:
    """What a number of agents does."""
    course = around.course(rate, agents)
    within = course.within(asked.threshold)
    stable = rate <= around.capacity(agents)
    return {
        "agents": agents,
        "stable": stable,
        "in_time": within if stable else None,
        "largest_backlog_items": float(course.items.max()),
        "largest_backlog_hours": float(course.hours.max()),
        "last_backlog_items": float(course.items[-1]),
        "keeps_target": bool(stable and within >= asked.limits["service_level"]),
    }
