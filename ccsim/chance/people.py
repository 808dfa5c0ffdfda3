"""Who holds each seat when: people leave, and others are hired in their place, before the engine runs."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cache
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from ccsim.workload import Hires

if TYPE_CHECKING:
    from ccsim.chance.streams import Streams
    from ccsim.plan import Careers, Floats, Ints, Plan

NEVER = 1 << 23
"""A date that no calendar has: whoever leaves then stays. Dates below it leave room beside them in 64 bits."""


@dataclass(frozen=True)
class People:
    """Holders of seats, one row each, ordered by (agent, hired)."""

    agent: Ints
    number: Ints
    """People of one seat, counted from 0; with seat and line it names all their draws."""
    hired: Ints
    """Local date from which the person has the seat, and the tenure below. [ordinal]"""
    left: Ints
    """First local date on which the person has it no more. [ordinal]"""
    tenure: Floats
    """On ``hired``; inf = experienced. [days]"""

    def holding(self, agent: Ints, date: Ints) -> Ints:
        """Row of the person who has each seat on a date; -1 = it is vacant."""
        since = self.agent * NEVER + self.hired
        first = np.searchsorted(self.agent, agent)
        row = np.maximum(np.searchsorted(since, agent * NEVER + date, side="right") - 1, first)
        return np.where(date < self.left[row], row, -1)

    def hires(self, plan: Plan) -> Hires | None:
        """Who begins without tenure; None where nobody asks what hiring costs."""
        new = self.tenure == 0
        return None if plan.costs is None else Hires(self.agent[new], self.hired[new])


def people(plan: Plan, streams: Streams) -> People:
    """
    Everybody who ever has a seat of the scenario, from the line's first day on.

    Person j of a seat stays for a time drawn from stream (line, j), the seat's own uniform of it, so that neither other
    seats nor other lines nor the rules of hiring move it; who leaves sooner by one uniform does so under every rate.
    """
    careers = plan.careers
    assert careers is not None
    agents = plan.agents
    line = agents.line
    stays = Stays(plan, streams)
    opens, everyone = careers.opens[line], np.arange(len(line))
    left = opens + np.concatenate([np.empty(0, np.int64), *map(stays.first, range(len(agents.line_name)))])
    rows = [(everyone, np.zeros(len(line), np.int64), opens, left, careers.tenure[line])]
    for pool in range(len(plan.pools.name)):
        goes = np.flatnonzero((agents.pool == pool) & (left <= careers.closes[line]))
        hired = hires(plan, stays, pool, list(zip(left[goes].tolist(), goes.tolist(), strict=True)))
        rows.append((*np.array(hired, np.int64).reshape(-1, 4).T, np.zeros(len(hired))))
    columns = [np.concatenate(column) for column in zip(*rows, strict=True)]
    order = np.lexsort((columns[2], columns[0]))
    return People(*(column[order] for column in columns))


class Stays:
    """How many days people stay, drawn for a whole line at once."""

    def __init__(self, plan: Plan, streams: Streams) -> None:
        assert plan.careers is not None
        self.careers: Careers = plan.careers
        self.agents = plan.agents
        self.streams = streams
        self.seats = np.bincount(plan.agents.line, minlength=len(plan.agents.line_name))
        self.hired = cache(self._hired)

    def first(self, line: int) -> Ints:
        """Of the first person of each seat."""
        return self.drawn(line, 0, float(self.careers.tenure[line]))

    def _hired(self, line: int, number: int) -> Ints:
        """Of the person with this number, in each seat, who begins without tenure."""
        return self.drawn(line, number, 0.0)

    def drawn(self, line: int, number: int, tenure: float) -> Ints:
        own = slice(*self.careers.band_offset[line : line + 2])
        until, hazard = self.careers.band_until[own], self.careers.band_hazard[own]
        uniform = self.streams.uniforms("leaving", self.agents.line_name[line], number, int(self.seats[line]))
        return np.minimum(np.ceil(stay(until, hazard, tenure, uniform)), NEVER).astype(np.int64)


def stay(until: Floats, hazard: Floats, tenure: float, uniform: Floats) -> Floats:
    """
    Days that people of this tenure stay, at these probabilities; inf where they never leave.

    The rate of leaving is constant within a band of tenure, so the inverse of its integral is linear between the
    bands. Whoever is hired on date d is there on date d + n if this is more than n: with probability exp(-integral of
    the rate from 0 to n).
    """
    begins = np.concatenate([[0.0], until[:-1]])
    reached = np.concatenate([[0.0], np.cumsum(hazard[:-1] * np.diff(begins))])
    now = min(tenure, float(begins[-1]))
    band = int(np.searchsorted(begins, now, side="right")) - 1
    leaves_at = reached[band] + hazard[band] * (now - begins[band]) - np.log1p(-uniform)
    last = np.searchsorted(reached, leaves_at, side="right") - 1
    beyond = np.full(len(uniform), np.inf)
    np.divide(leaves_at - reached[last], hazard[last], out=beyond, where=hazard[last] > 0)
    return np.asarray(begins[last] + beyond - now)


def hires(plan: Plan, stays: Stays, pool: int, leavers: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """
    Who is hired for a pool: agent, number, hired, left.

    Seats are filled longest vacant first. As many vacancies as make a class are filled together, a lead time after the
    last of them; planned classes fill what is vacant on their date, no later vacancies.

    Parameters
    ----------
    leavers
        First people of the pool who leave: (first date without them, agent).
    """
    careers, agents = plan.careers, plan.agents
    assert careers is not None
    vacant: deque[int] = deque()
    found: list[tuple[int, int, int, int]] = []
    number: dict[int, int] = {}
    heapify(leavers)

    def next_vacancy() -> int:
        """The first date of the next vacancy, which now waits to be filled."""
        date, agent = heappop(leavers)
        vacant.append(agent)
        return date

    def fill(places: int, date: int) -> None:
        """Hire for the longest vacant seats of lines that still are on this date."""
        while vacant and places:
            agent = vacant.popleft()
            line, seat = int(agents.line[agent]), int(agents.seat[agent])
            if date > careers.closes[line]:
                continue
            places -= 1
            number[agent] = number.get(agent, 0) + 1
            left = date + int(stays.hired(line, number[agent])[seat])
            found.append((agent, number[agent], date, left))
            if left <= careers.closes[line]:
                heappush(leavers, (left, agent))

    size, lead = int(careers.class_size[pool]), int(careers.lead[pool])
    while size and leavers:
        date = next_vacancy()
        if len(vacant) == size:
            fill(size, date + lead)
    planned = slice(*careers.class_offset[pool : pool + 2])
    for date, places in zip(careers.class_date[planned].tolist(), careers.class_agents[planned].tolist(), strict=True):
        while leavers and leavers[0][0] <= date:
            next_vacancy()
        fill(places, date)
    return found
