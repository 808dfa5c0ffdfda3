"""Sites and what an hour of their agents costs."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccsim.calendar.clock import DAY, weekday
from ccsim.calendar.spans import Spans
from ccsim.calendar.weekly import on_dates, together
from ccsim.costs import Exchange
from ccsim.plan import Sites
from ccsim.planning.rows import joined, offsets

if TYPE_CHECKING:
    from ccsim.model.experiment import Currency
    from ccsim.model.site import Premium, Site
    from ccsim.plan import Floats
    from ccsim.planning.horizon import Horizon
    from ccsim.planning.rows import Rows


def sites(rows: Rows, currency: Currency, span: Horizon) -> Sites:
    """The sites of the scenario's pools. Where no wage is given, money is in the reporting currency."""
    all_sites = list(rows.sites.values())
    wages = [site.wage for site in all_sites]
    currencies = tuple(currency.report if wage is None else wage.currency for wage in wages)
    worth = exchange(currency)
    premiums = [_premiums(site, span) for site in all_sites]
    return Sites(
        name=tuple(rows.sites),
        location=tuple(site.location for site in all_sites),
        country=tuple(site.country for site in all_sites),
        provider=tuple(site.provider for site in all_sites),
        currency=currencies,
        exchange=np.array([float(worth[code].rate) for code in currencies]),
        wage=np.array([math.nan if wage is None else float(wage.amount) for wage in wages], dtype=np.float64),
        overtime=np.array([site.overtime for site in all_sites], dtype=np.float64),
        pays_absence=np.array([site.pays_absence for site in all_sites], dtype=np.bool_),
        premium_offset=offsets(found.spans.begins for found in premiums),
        premium_from=joined([found.spans.begins for found in premiums]),
        premium_to=joined([found.spans.ends for found in premiums]),
        premium_share=np.concatenate([np.empty(0), *(found.share for found in premiums)]),
    )


def exchange(currency: Currency) -> dict[str, Exchange]:
    """What one unit of each currency is worth, the reporting one included."""
    foreign = {code: Exchange(worth.rate, worth.spread) for code, worth in currency.rates.items()}
    return foreign | {currency.report: Exchange(Fraction(1), Fraction(0))}


class Premiums(NamedTuple):
    """Times that add a share of the wage, ascending; they may overlap."""

    spans: Spans
    share: Floats


def _premiums(site: Site, span: Horizon) -> Premiums:
    """The premiums of a site, for overtime after the run-on two days longer than the simulation."""
    times = [premium_times(premium, site, span) for premium in site.all_premiums]
    spans, added = together(times), np.array([float(premium.add) for premium in site.all_premiums])
    share = np.repeat(added, [len(one.begins) for one in times])
    order = np.argsort(spans.begins, kind="stable")
    return Premiums(Spans(spans.begins[order], spans.ends[order]), share[order])


def premium_times(premium: Premium, site: Site, span: Horizon) -> Spans:
    """When a premium holds, by the wall clock of each instant."""
    clock, until = span.clock(site.timezone), span.run_end + 2 * DAY
    dates = clock.dates(-DAY, until)
    chosen = dates[np.isin(weekday(dates), premium.days)]
    return clock.windows(on_dates(chosen, premium.from_, premium.to), 0, until)
