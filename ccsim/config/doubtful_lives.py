"""Agents' working lives that are allowed but may not be meant."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ccsim.config.doubt import Doubt
from ccsim.quantities import WEEK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ccsim.model.cost import Costs
    from ccsim.model.experiment import Calendar, Center
    from ccsim.model.pool import Pool


def doubts_of_lives(calendar: Calendar, center: Center) -> Iterator[Doubt]:
    for name, pool in center.pools.items():
        path = ("pools", name)
        yield from _of_turnover(path, pool, center.sites[pool.site].costs)
        recontacts = any(center.contact_types[handled].recontact is not None for handled in pool.handles)
        if pool.learning is not None and pool.learning.resolves < 1 and not recontacts:
            message = "new agents resolve less, but no contact type that they handle has a recontact: nobody comes back"
            yield Doubt((*path, "learning", "resolves"), message, True)
        yield from _of_shifts(calendar, path, pool)
        yield from _of_hiring(calendar, path, pool)
        yield from _of_attendance(path, pool)


def _of_turnover(path: tuple[str, ...], pool: Pool, costs: Costs | None) -> Iterator[Doubt]:
    if pool.learning is not None and pool.attrition is None and pool.tenure == "experienced":
        yield Doubt((*path, "learning"), "nobody here is new; write attrition, or tenure: new", True)
    pays = bool(pool.seniority) or (costs is not None and bool(costs.recruiting or costs.training))
    if pool.attrition is not None and pool.learning is None and pool.hiring is None and not pays:
        message = "who leaves is replaced at once by somebody as good; write hiring, or learning, for it to matter"
        yield Doubt((*path, "attrition"), message, True)


def _of_shifts(calendar: Calendar, path: tuple[str, ...], pool: Pool) -> Iterator[Doubt]:
    begins, ends = _simulated(calendar)
    for name, shift in (pool.shifts or {}).items():
        for key, is_outside in (
            ("first_day", shift.first_day is not None and shift.first_day > ends),
            ("last_day", shift.last_day is not None and shift.last_day < begins),
        ):
            if is_outside:
                message = f"nobody works this shift in the simulated time, {begins} to {ends}"
                yield Doubt((*path, "shifts", name, key), message, True)


def _of_hiring(calendar: Calendar, path: tuple[str, ...], pool: Pool) -> Iterator[Doubt]:
    if pool.hiring is None:
        return
    simulated = calendar.warm_up + timedelta(days=calendar.counted_days).total_seconds()
    training = pool.learning.training if pool.learning is not None else 0.0
    if pool.hiring.lead_time + training >= simulated:
        message = f"nobody hired is on the floor before the simulated {simulated / WEEK:.3g} weeks are over"
        yield Doubt((*path, "hiring"), message)
    begins, ends = _simulated(calendar)
    for number, planned in enumerate(pool.hiring.classes):
        if not begins <= planned.starts <= ends:
            where = f"{begins} to {ends}"
            yield Doubt((*path, "hiring", "classes", str(number)), f"it starts outside of the simulated time, {where}")


def _simulated(calendar: Calendar) -> tuple[date, date]:
    """First and last date, warm-up included, run-on left out."""
    return calendar.start - timedelta(seconds=calendar.warm_up), calendar.start + timedelta(days=calendar.counted_days)


def _of_attendance(path: tuple[str, ...], pool: Pool) -> Iterator[Doubt]:
    shifts = (pool.shifts or {}).values()
    if pool.shrinkage.absence == 0:
        if pool.shrinkage.absence_lasts > 1:
            yield Doubt(
                (*path, "shrinkage", "absence_lasts"), "nobody is ever absent; write absence, for example 6%", True
            )
        if pool.replace_absent.bench or pool.replace_absent.overtime:
            yield Doubt((*path, "replace_absent"), "nobody is ever absent; write shrinkage: {absence: 6%}", True)
    if pool.breaks_late is not None and not any(shift.breaks for shift in shifts):
        yield Doubt((*path, "breaks_late"), "its shifts have no breaks", True)
    seats = sum(shift.agents for shift in shifts)
    if pool.early_leave is not None and pool.early_leave.keep_idle >= seats - 1:
        message = f"more than {pool.early_leave.keep_idle} others of {seats} agents are never idle: nobody leaves early"
        yield Doubt((*path, "early_leave", "keep_idle"), message, True)
