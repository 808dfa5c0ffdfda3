"""What comes with outsourcing, by month: what is known before anything happens, and what is expected on average."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from ccsim.calendar.clock import ticks
from ccsim.costs import Price
from ccsim.quantities import WEEK
from ccsim.strings import Churn, OfProvider, Planned, Satisfaction, Strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccsim.model import losses
    from ccsim.model import strings as model
    from ccsim.model.experiment import Center
    from ccsim.plan import Months
    from ccsim.planning.horizon import Horizon
    from ccsim.planning.rows import Rows
    from ccsim.quantities import Amount

    Quantities = tuple[Fraction, ...]
    """[M]"""

DAYS_PER_YEAR = Fraction(1461, 4)


def strings(center: Center, rows: Rows, months: Months, span: Horizon) -> Strings | None:
    """Those of providers with pools in the scenario, and what customers cost; None if nothing of it costs anything."""
    there = {site.provider for site in rows.sites.values()}
    period = Period.of(months, span)
    providers = tuple(
        OfProvider(
            provider=name,
            planned=tuple(_planned(written, period)),
            governance=None if written.governance is None else written.governance.share,
            hedging=written.hedging,
        )
        for name, written in sorted(center.strings.items())
        if name in there
    )
    customers = center.customers
    if not providers and customers.abandoned is None and customers.churn is None:
        return None
    return Strings(
        providers=providers,
        abandoned=None if customers.abandoned is None else _price(customers.abandoned),
        churn=None if customers.churn is None else _churn(customers.churn, rows),
    )


@dataclass(frozen=True)
class Period:
    """How much of something falls into each month as far as it is counted."""

    share: Quantities
    """Of the month's days."""
    years: Quantities
    """Counted days in years of 365.25 days."""

    @classmethod
    def of(cls, months: Months, span: Horizon) -> Period:
        dates = span.clock().date(months.edges).tolist()
        return cls(months.share, tuple((end - begin) / DAYS_PER_YEAR for begin, end in pairwise(dates)))

    def at_the_begin(self, over: int | None) -> Quantities:
        """Once: in the first month, or in equal parts over so many months as they are counted."""
        return self._spread(over) if over is not None else (Fraction(1), *(Fraction(0) for _ in self.share[1:]))

    def at_the_end(self, over: int | None) -> Quantities:
        """Once: in the last month, or in equal parts over so many months as they are counted."""
        return self._spread(over) if over is not None else (*(Fraction(0) for _ in self.share[1:]), Fraction(1))

    def _spread(self, over: int) -> Quantities:
        reached = (min(Fraction(over), counted) for counted in accumulate(self.share, initial=Fraction(0)))
        return tuple((after - before) / over for before, after in pairwise(reached))


def _planned(written: model.Strings, period: Period) -> Iterator[Planned]:
    """All that does not depend on what happens, in the order of a report."""
    if written.transition is not None:
        yield from _transition(written.transition, period)
    if written.governance is not None and written.governance.fixed is not None:
        yield Planned("governance", _price(written.governance.fixed), period.share)
    if written.change_requests is not None:
        each = written.change_requests
        yield Planned("change requests", _price(each.price), _times(each.per_month, period.share))
    if written.security is not None:
        yield Planned("security", _price(written.security), period.share)
    if written.management is not None:
        own = written.management
        yield Planned("management", _price(own.wage), _times(own.hours, period.share))
    if written.exit is not None:
        back = written.exit
        quantity = _times(back.probability, period.at_the_end(back.spread_over))
        yield Planned("exit (expected)", _price(back.cost), quantity, back.probability)
    for item, loss in (("breach (expected)", written.breach), ("outage (expected)", written.outage)):
        if loss is not None:
            yield Planned(item, _price(loss.loss), _times(loss.probability, period.years))


def _transition(written: model.Transition, period: Period) -> Iterator[Planned]:
    once = period.at_the_begin(written.spread_over)
    amounts = {
        "set-up": written.set_up,
        "knowledge transfer": written.knowledge_transfer,
        "travel": written.travel,
    }
    for item, amount in amounts.items():
        if amount is not None:
            yield Planned(item, _price(amount), once, Fraction(1))
    if written.parallel_run is not None:
        weeks = Fraction(written.parallel_run.lasts) / Fraction(WEEK)
        yield Planned("parallel run", _price(written.parallel_run.costs), _times(weeks, once), weeks)


def _churn(written: losses.Churn, rows: Rows) -> Churn:
    waited = written.waited
    return Churn(
        value=_price(written.value),
        unanswered=written.unanswered,
        unresolved=written.unresolved,
        after=0 if waited is None else ticks(waited.after),
        waited=Fraction(0) if waited is None else waited.add,
        pools=_of_pools(written.pools, rows),
    )


def satisfaction(center: Center, rows: Rows) -> Satisfaction | None:
    """None if the file does not say how satisfied customers are."""
    written = center.customers.satisfaction
    if written is None:
        return None
    unresolved, unanswered = (
        written.start if level is None else level for level in (written.unresolved, written.unanswered)
    )
    return Satisfaction(
        resolved=float(written.start),
        unresolved=float(unresolved),
        unanswered=float(unanswered),
        per_minute=float(written.per_minute_waited),
        pools=tuple(map(float, _of_pools(written.pools, rows))),
    )


def _of_pools(factors: Mapping[str, Fraction], rows: Rows) -> Quantities:
    """[P] 1 for pools that are not named."""
    return tuple(factors.get(name, Fraction(1)) for name in rows.pools)


def _times(number: Fraction, quantity: Quantities) -> Quantities:
    return tuple(number * one for one in quantity)


def _price(amount: Amount) -> Price:
    return Price(amount.amount, amount.currency)
