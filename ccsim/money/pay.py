"""What agents earn, exactly: by pool, month and reason, in the currency of their wage."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.measures.level import Level
from ccsim.measures.timeline import AgentSpans, Timeline
from ccsim.plan import TICKS_PER_SECOND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from ccsim.costs import Added, Costs, SiteCosts
    from ccsim.log import Log
    from ccsim.measures.staff import StaffTime
    from ccsim.plan import Floats, Ints, Plan

    Fractions = NDArray[np.object_]

TICKS_PER_HOUR = 3600 * TICKS_PER_SECOND


class Earned(NamedTuple):
    """Hours that are paid for one reason, and what is paid for them. [M] exact fractions each."""

    hours: Fractions
    pay: Fractions


@dataclass(frozen=True)
class Pay:
    """
    What the agents of a pool earn. Paid absence is paid like work, premiums included. All that is added is a share of
    the wage at the agent's seniority, not of the raised wage.
    """

    regular: Earned
    """Paid time but for overtime, at the wage."""
    premium: Earned
    """Paid time within the hours of premiums, overtime included; an hour counts for each of its premiums."""
    overtime: Earned
    """At the wage x the site's factor."""
    holiday: Earned
    """Paid time on holidays, overtime included."""


class Grade(NamedTuple):
    """Agents who earn the same: how many are in paid time, how many in overtime, and [M] their wage."""

    paid: Level
    overtime: Level
    wage: Fractions


def pay(plan: Plan, costs: Costs, log: Log, time: StaffTime) -> list[Pay | None]:
    """[P] None for a pool without a wage."""
    paid, overtime = (by_grade(plan, costs, log, spans) for spans in (time.paid, time.overtime))
    found: list[Pay | None] = [None] * len(costs.pools)
    for row, pool in enumerate(costs.pools):
        if pool.wage is not None:
            site = costs.sites[plan.pools.site[row]]
            factors = (Fraction(1), *(() if pool.seniority is None else pool.seniority.factor))
            wages = [exact(site.index) * pool.wage.amount * factor for factor in factors]
            grades = [Grade(*grade) for grade in zip(paid[row], overtime[row], wages, strict=True)]
            found[row] = _of_pool(site, grades, plan.months.edges)
    return found


def _of_pool(site: SiteCosts, grades: list[Grade], edges: Ints) -> Pay:
    def earned(kind: Iterator[Earned]) -> Earned:
        return Earned(*np.sum([_nothing(edges), *kind], axis=0))

    holidays = [] if site.holiday_pay is None else [site.holiday_pay]
    return Pay(
        regular=earned(_regular(grade, edges) for grade in grades),
        premium=earned(_added(grade, added, edges) for grade in grades for added in site.premiums),
        overtime=earned(_overtime(grade, site.overtime, edges) for grade in grades),
        holiday=earned(_added(grade, added, edges) for grade in grades for added in holidays),
    )


def _nothing(edges: Ints) -> Earned:
    return Earned(in_hours(edges[1:] * 0), in_hours(edges[1:] * 0))


def _regular(grade: Grade, edges: Ints) -> Earned:
    hours = in_hours(grade.paid.total(edges) - grade.overtime.total(edges))
    return Earned(hours, hours * grade.wage)


def _overtime(grade: Grade, factor: Fraction, edges: Ints) -> Earned:
    hours = in_hours(grade.overtime.total(edges))
    return Earned(hours, hours * grade.wage * factor)


def _added(grade: Grade, added: Added, edges: Ints) -> Earned:
    hours = in_hours(within(grade.paid, added, edges))
    return Earned(hours, hours * grade.wage * added.share)


def exact(values: Iterable[Fraction]) -> Fractions:
    """Fractions that are added and multiplied one by one."""
    return np.array(list(values), dtype=object)


def counted(numbers: Ints, unit: int = 1) -> Fractions:
    """Whole numbers as exact multiples of a unit."""
    return exact(Fraction(number, unit) for number in numbers.tolist())


def in_hours(ticks: Ints) -> Fractions:
    """Whole ticks as exact hours."""
    return counted(ticks, TICKS_PER_HOUR)


def within(level: Level, added: Added, edges: Ints) -> Ints:
    """[M] number x time within some spans, between neighboring edges. [ticks]"""
    inside = np.clip([added.begins, added.ends], edges[:-1, None, None], edges[1:, None, None])
    begins, ends = level.until(inside.ravel()).reshape(inside.shape).swapaxes(0, 1)
    total: Ints = (ends - begins).sum(axis=1)
    return total


def by_grade(plan: Plan, costs: Costs, log: Log, spans: AgentSpans) -> list[list[Level]]:
    """[P][grades of the pool] agents of each grade over time: below the first step of seniority, and from each on."""
    pool = plan.agents.pool[spans.agent]
    tenure = np.zeros(len(pool))
    if any(one.seniority is not None for one in costs.pools):
        spans, tenure = by_tenure(plan, log, spans)
        pool = plan.agents.pool[spans.agent]
    found = []
    for row, one in enumerate(costs.pools):
        steps = np.empty(0) if one.seniority is None else one.seniority.after
        grade = np.where(pool == row, np.searchsorted(steps, tenure, side="right"), -1)
        found.append([Level.count(spans.begins[grade == g], spans.ends[grade == g]) for g in range(len(steps) + 1)])
    return found


def by_tenure(plan: Plan, log: Log, spans: AgentSpans) -> tuple[AgentSpans, Floats]:
    """
    The same time cut where an agent's spells begin, and the tenure at the begin of the spell that each piece is in.

    Whoever works a spell is paid by the tenure on its first day to its end, overtime included. [days]
    """
    spells, timeline = log.spells, Timeline.of(plan)
    if spells.tenure is None:
        return spans, np.full(len(spans.agent), np.inf)
    starts = np.where(spells.begins >= 0, np.minimum(spells.begins, spells.planned_from), spells.planned_from)
    order = np.lexsort((starts, spells.agent))
    cuts, tenure = timeline.place(spells.agent, starts)[order], spells.tenure[order]
    begins, ends = timeline.place(spans.agent, spans.begins), timeline.place(spans.agent, spans.ends)
    first, last = np.searchsorted(cuts, begins, side="right") - 1, np.searchsorted(cuts, ends, side="left") - 1
    pieces = last - first + 1
    whole = np.repeat(np.arange(len(begins)), pieces)
    spell = np.arange(len(whole)) - np.repeat(np.cumsum(pieces) - pieces - first, pieces)
    since = np.maximum(begins[whole], cuts[spell])
    until = np.minimum(ends[whole], np.append(cuts[1:], ends.max(initial=0))[spell])
    clock = (spans.begins - begins)[whole]
    return AgentSpans(spans.agent[whole], since + clock, until + clock), tenure[spell]
