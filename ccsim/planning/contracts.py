"""Contracts in numbers: whom and what they are about in a scenario, exact rates, and clauses by month."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from ccsim.calendar.clock import ticks
from ccsim.contracts import OF_CONTACTS, Band, Baseline, Contract, Contracts, Excess, HourPremium, Per, Price
from ccsim.costs import Added
from ccsim.model.allotment import pools_of, share_of_forecast, types_of
from ccsim.planning.costs import on_holidays
from ccsim.planning.pay import premium_times
from ccsim.planning.terms import terms
from ccsim.quantities import HOUR, Amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccsim.costs import Exchange
    from ccsim.model import contract as model
    from ccsim.model.experiment import Center
    from ccsim.plan import Months
    from ccsim.planning.horizon import Horizon
    from ccsim.planning.rows import Rows


def contracts(
    center: Center, rows: Rows, span: Horizon, months: Months, exchange: Mapping[str, Exchange]
) -> Contracts | None:
    """All contracts whose provider has pools in the scenario, by name; None without any."""
    there = {name: one for name, one in sorted(center.contracts.items()) if pools_of(center, one)}
    if not there:
        return None
    return Contracts(tuple(_contract(name, one, center, rows, span, months, exchange) for name, one in there.items()))


def _contract(
    name: str,
    written: model.Contract,
    center: Center,
    rows: Rows,
    span: Horizon,
    months: Months,
    exchange: Mapping[str, Exchange],
) -> Contract:
    pools = pools_of(center, written)
    sites = {center.pools[pool].site for pool in pools}
    handled = sorted(types_of(center, written), key=rows.type)
    types = tuple(rows.type(type_) for type_ in handled)
    minimum = written.minimum
    return Contract(
        name=name,
        provider=written.provider,
        currency=written.currency,
        types=types,
        sites=tuple(sorted(map(rows.site, sites))),
        pools=tuple(sorted(map(rows.pool, pools))),
        forecast_share=tuple(share_of_forecast(center, written, type_) or Fraction(0) for type_ in handled),
        prices=tuple(_prices(written, types, rows)),
        baseline=None if written.baseline is None else _baseline(written.baseline),
        minimum_share=minimum if isinstance(minimum, Fraction) else None,
        minimum_amount=minimum.amount if isinstance(minimum, Amount) else None,
        band=None if written.forecast is None else written.forecast.band,
        excess=None if written.forecast is None else _excess(written.forecast.excess),
        hour_premiums=tuple(premium for site in sorted(sites) for premium in _hour_premiums(written, site, rows, span)),
        language_premiums=tuple(_language_premiums(written, types, rows)),
        ramp=written.ramp.billed,
        bills_training=written.ramp.training == "billed",
        index=_index(written.indexation, months),
        exchange_factor=_exchange_factor(written, exchange),
        follows=None if written.exchange is None else written.exchange.currency,
        terms=terms(written, types, rows, span, months),
        at_risk=written.at_risk,
        earn_back=written.earn_back,
        relief=written.relief,
        belongs=written.belongs,
        clock=written.clock,
    )


def _prices(written: model.Contract, types: tuple[int, ...], rows: Rows) -> Iterator[Price]:
    """Those of time, and those of contacts of which the scenario has some of their types."""
    for price in written.price:
        named = types
        if price.types is not None:
            named = tuple(row for row in types if list(rows.types)[row] in price.types)
        per = Per(price.per)
        if per in OF_CONTACTS and not named:
            continue
        yield Price(
            per=per,
            types=named if per in OF_CONTACTS else (),
            bands=tuple(Band(None if up_to is None else Fraction(up_to), rate) for up_to, rate in price.rates),
            hours=Fraction(0) if price.hours is None else Fraction(price.hours) / Fraction(HOUR),
            counts=price.counts,
            round_up=ticks(price.round_up),
            window=-1 if price.window is None else ticks(price.window),
            share=price.share or Fraction(0),
        )


def _baseline(written: model.Baseline) -> Baseline:
    return Baseline(written.volume, written.dead_band, written.additional.amount, written.reduced.amount)


def _excess(written: Amount | Fraction | None) -> Excess | None:
    if written is None:
        return None
    return Excess(written.amount, None) if isinstance(written, Amount) else Excess(None, written)


def _hour_premiums(written: model.Contract, site: str, rows: Rows, span: Horizon) -> Iterator[HourPremium]:
    """By the clock and the holidays of the site."""
    premiums, place = written.premiums, rows.sites[site]
    if premiums.night is not None:
        spans = premium_times(premiums.night, place, span).merged()
        yield HourPremium("night premium", rows.site(site), Added(premiums.night.add, *spans))
    if premiums.holiday is not None:
        yield HourPremium("holiday premium", rows.site(site), on_holidays(premiums.holiday, place, span))


def _language_premiums(written: model.Contract, types: tuple[int, ...], rows: Rows) -> Iterator[tuple[int, Fraction]]:
    for row in types:
        language = list(rows.types.values())[row].language
        if language is not None and language in written.premiums.languages:
            yield row, written.premiums.languages[language]


def _index(written: model.Indexation | None, months: Months) -> tuple[Fraction, ...]:
    """Whole years passed since the date of the prices, at the begin of each month; before it they are as written."""
    if written is None:
        return (Fraction(1),) * len(months.name)
    since = written.from_
    begins = [date.fromisoformat(f"{name}-01") for name in months.name]
    years = [max(0, day.year - since.year - (day.month < since.month)) for day in begins]
    return tuple((1 + written.rate * written.share) ** passed for passed in years)


def _exchange_factor(written: model.Contract, exchange: Mapping[str, Exchange]) -> Fraction:
    """1 + share x how far the rate has moved beyond the dead band, up or down, relative to the baseline."""
    clause = written.exchange
    if clause is None:
        return Fraction(1)
    now = exchange[clause.currency].rate / exchange[written.currency].rate
    moved = now / clause.baseline - 1
    beyond = max(Fraction(0), abs(moved) - clause.dead_band)
    return 1 + clause.share * (beyond if moved > 0 else -beyond)
