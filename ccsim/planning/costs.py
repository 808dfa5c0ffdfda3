"""What it costs to run the sites of a scenario, by month."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from ccsim.calendar.clock import DAY
from ccsim.calendar.spans import Spans
from ccsim.costs import Added, Costs, PoolCosts, Price, Seniority, SiteCosts, Support, Training
from ccsim.model.cost import Costs as WrittenCosts
from ccsim.model.hours import Holidays
from ccsim.plan import SpellKind
from ccsim.planning.hours import are_holidays
from ccsim.planning.pay import premium_times
from ccsim.quantities import DAY as SECONDS_OF_A_DAY
from ccsim.quantities import HOUR, WEEK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.model.cost import SeniorityStep
    from ccsim.model.cost import Support as WrittenSupport
    from ccsim.model.cost import Training as WrittenTraining
    from ccsim.model.pool import Pool
    from ccsim.model.site import Site
    from ccsim.plan import Ints, Months
    from ccsim.planning.horizon import Horizon
    from ccsim.planning.roster import Line, Roster
    from ccsim.planning.rows import Rows
    from ccsim.quantities import Amount

SUPPORT: tuple[Literal["supervisors", "quality", "workforce"], ...] = ("supervisors", "quality", "workforce")
COUNTED = ("benefits", "holiday_pay", "seat", "equipment", "licences", "telecom", *SUPPORT, "recruiting", "training")
"""Keys of ``costs`` that stand for a cost of their own."""


def costs(rows: Rows, roster: Roster, months: Months, span: Horizon, *, is_asked: bool) -> Costs | None:
    """
    Own costs of all sites.

    None if the file has none of their keys and nobody asks for them: wages alone stand in ``plan.Sites``.
    """
    pools, sites = rows.pools.values(), rows.sites.values()
    if not is_asked and all(site.costs is None for site in sites) and not any(p.wage or p.seniority for p in pools):
        return None
    dates = span.clock().date(months.edges)
    return Costs(
        pools=tuple(_of_pool(row, pool, rows, roster, dates) for row, pool in enumerate(pools)),
        sites=tuple(_of_site(name, site, rows, dates, span) for name, site in rows.sites.items()),
        date=dates,
    )


def _of_pool(row: int, pool: Pool, rows: Rows, roster: Roster, dates: Ints) -> PoolCosts:
    site = rows.sites[pool.site]
    lines = [line for line in roster.lines if line.pool_row == row and line.kind != SpellKind.OVERTIME]
    return PoolCosts(
        wage=_price(pool.wage or site.wage),
        seniority=_seniority(pool.seniority),
        roster=tuple(sum(_seats(line, *of_month) for line in lines) for of_month in pairwise(dates.tolist())),
        is_replaced=pool.attrition is not None,
        is_trained=pool.learning is not None and pool.learning.training > 0,
    )


def _seats(line: Line, begins: int, ends: int) -> int:
    """Seats of a line from one local date up to another; none if it is not worked then."""
    if line.steps is not None:
        after = np.append(line.steps.date[1:], line.steps.date[-1:] + 1)
        return int(line.steps.number[(line.steps.date < ends) & (after > begins)].max(initial=0))
    first, last = (None, None) if line.shift is None else (line.shift.first_day, line.shift.last_day)
    is_worked = (first is None or first.toordinal() < ends) and (last is None or last.toordinal() >= begins)
    return line.seats if is_worked else 0


def _seniority(steps: tuple[SeniorityStep, ...]) -> Seniority | None:
    after = np.array([step.after / SECONDS_OF_A_DAY for step in steps])
    return Seniority(after, tuple(step.wage for step in steps)) if steps else None


def _of_site(name: str, site: Site, rows: Rows, dates: Ints, span: Horizon) -> SiteCosts:
    written = site.costs or WrittenCosts()
    licences, telecom = written.licences, written.telecom
    return SiteCosts(
        overtime=site.overtime,
        premiums=tuple(Added(one.add, *premium_times(one, site, span)) for one in site.all_premiums),
        holiday_pay=None if written.holiday_pay is None else on_holidays(written.holiday_pay, site, span),
        benefits=written.benefits,
        seat=_price(written.seat),
        equipment=_price(written.equipment),
        licences=None if licences is None else _price(licences.price),
        licences_per="agent" if licences is None else licences.per,
        minute=None if telecom is None else _price(telecom.minute),
        line=None if telecom is None else _price(telecom.line),
        support=tuple(_support(written)),
        recruiting=_price(written.recruiting),
        training=None if written.training is None else _training(written.training),
        turnover=written.turnover,
        index=_index(written, dates),
        not_counted=tuple(_not_counted(name, site, rows)),
    )


def _price(amount: Amount | None) -> Price | None:
    return None if amount is None else Price(amount.amount, amount.currency)


def on_holidays(share: Fraction, site: Site, span: Horizon) -> Added:
    """From midnight to midnight of the holidays on which the site starts no shift, or of all that its country has."""
    clock, until = span.clock(site.timezone), span.run_end + 2 * DAY
    dates = clock.dates(0, until)
    observed = site.holidays or Holidays(country=site.country, subdivision=site.subdivision)
    off = dates[are_holidays(dates, observed)]
    return Added(share, *Spans(clock.midnight(off), clock.midnight(off + 1)).merged())


def _support(written: WrittenCosts) -> Iterator[Support]:
    for item in SUPPORT:
        people: WrittenSupport | None = getattr(written, item)
        if people is not None:
            yield Support(item, people.span, Price(people.wage.amount, people.wage.currency))


def _training(written: WrittenTraining) -> Training:
    weeks = Fraction(written.lasts) / Fraction(WEEK)
    return Training(weeks * Fraction(written.hours_per_week) / Fraction(HOUR), _price(written.material))


def _index(written: WrittenCosts, dates: Ints) -> tuple[Fraction, ...]:
    """What a raise makes of amounts by month; up to the year of ``from`` they are as written."""
    years = [date.fromordinal(day).year for day in dates[:-1].tolist()]
    if written.raise_ is None:
        return (Fraction(1),) * len(years)
    since = years[0] if written.raise_.from_ is None else written.raise_.from_.year
    return tuple((1 + written.raise_.rate) ** max(0, year - since) for year in years)


def _not_counted(name: str, site: Site, rows: Rows) -> list[str]:
    """Keys that are missing; ``turnover`` only where hiring costs something and is not simulated."""
    written = site.costs or WrittenCosts()
    pools = [pool for pool in rows.pools.values() if pool.site == name]
    missing = [] if site.wage or all(pool.wage for pool in pools) else ["wage"]
    missing += [key for key in COUNTED if getattr(written, key) is None]
    hires = written.recruiting is not None or written.training is not None
    if hires and written.turnover is None and not all(pool.attrition for pool in pools):
        missing.append("turnover")
    return missing
