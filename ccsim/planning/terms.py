"""Service-level terms in numbers: thresholds, the hours whose arrivals count, the periods that are judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.clock import ticks
from ccsim.calendar.spans import Spans
from ccsim.model.terms import LESS_IS_BETTER, WITHIN, BonusLine, PenaltyLine
from ccsim.plan import Formula
from ccsim.planning import hours
from ccsim.planning.promises import FORMULAS
from ccsim.planning.rows import ints, joined, offsets
from ccsim.terms import Judged, Line, Measure, Step, Term

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from ccsim.model import terms as model
    from ccsim.model.contact_type import ContactType
    from ccsim.model.contract import Contract
    from ccsim.plan import Ints, Months
    from ccsim.planning.horizon import Horizon
    from ccsim.planning.rows import Rows

POINTS = 100
"""Of a share."""
DAYS_OF_WEEK = 7


def terms(contract: Contract, types: tuple[int, ...], rows: Rows, span: Horizon, months: Months) -> tuple[Term, ...]:
    """
    The terms of a contract for ``types``, the rows of its contact types.

    Those of which the scenario has no contact type are left out.
    """
    of_types = [(_types(term, types, rows), term) for term in contract.terms]
    return tuple(_term(contract, term, of, rows, span, months) for of, term in of_types if of)


def _types(term: model.Term, types: tuple[int, ...], rows: Rows) -> tuple[int, ...]:
    """Those that it names, or all of the contract that can be measured so."""
    if term.types:
        return tuple(sorted(rows.type(name) for name in term.types if name in rows.types))
    kinds = list(rows.types.values())
    return tuple(row for row in types if term.fits(kinds[row].channel))


def _term(contract: Contract, term: model.Term, of: tuple[int, ...], rows: Rows, span: Horizon, months: Months) -> Term:
    kinds = [kind if row in of else None for row, kind in enumerate(rows.types.values())]
    business = [_business(name, kind, term, span) for name, kind in zip(rows.types, kinds, strict=True)]
    counts = _hours(term, span)
    edges, month = _periods(term, span, months)
    return Term(
        name=term.label,
        measure=Measure(term.measure),
        types=of,
        threshold=ints(_threshold(kind, term) for kind in kinds),
        formula=ints(_formula(kind, term) for kind in kinds),
        business_offset=offsets(spans.begins for spans in business),
        business_from=joined([spans.begins for spans in business]),
        business_to=joined([spans.ends for spans in business]),
        hours_from=counts.begins,
        hours_to=counts.ends,
        edges=edges,
        month=month,
        judged=_judged(term),
        target=term.target.value,
        goal=term.goal.value,
        less_is_better=term.measure in LESS_IS_BETTER,
        penalty=_penalty(term),
        floor=None if term.floor is None else term.floor.value,
        weight=term.weight,
        bonus=_bonus(term),
        belongs=term.belongs or contract.belongs,
        clock=term.clock or contract.clock,
    )


def _threshold(kind: ContactType | None, term: model.Term) -> int:
    if kind is None or term.measure not in WITHIN:
        return -1
    within = term.within if kind.service_level is None or term.within is not None else kind.service_level.within
    assert within is not None
    return ticks(within)


def _formula(kind: ContactType | None, term: model.Term) -> int:
    own = None if kind is None or kind.service_level is None else kind.service_level.formula
    named = term.formula or own
    return Formula.OFFERED if named is None else FORMULAS[named]


def _business(name: str, kind: ContactType | None, term: model.Term, span: Horizon) -> Spans:
    """The hours of the type's target, far enough ahead for the threshold of the term; none for calendar time."""
    found = None
    if kind is not None and kind.service_level is not None and term.measure == "response":
        within = kind.service_level.within if term.within is None else term.within
        target = kind.service_level.model_copy(update={"within": within})
        kind = kind.model_copy(update={"service_level": target})
        found = hours.business_windows(name, kind, span, 0, span.run_end)
    return Spans(ints(()), ints(())) if found is None else found


def _hours(term: model.Term, span: Horizon) -> Spans:
    """Arrivals that count, within the counted period."""
    clock = span.clock(None if term.hours is None else term.hours.timezone)
    dates = clock.dates(span.counted_from, span.counted_to)
    kept = dates[~np.isin(dates, [day.toordinal() for day in term.exclude])]
    counts = Spans(clock.midnight(kept), clock.midnight(kept + 1)).clipped(span.counted_from, span.counted_to).merged()
    if term.hours is None:
        return counts
    return counts.and_(hours.windows(term.hours, clock, span.counted_from, span.counted_to))


def _periods(term: model.Term, span: Horizon, months: Months) -> tuple[Ints, Ints]:
    """
    Edges of the periods, and the month in which each is judged: that in which it begins.

    Days are those of the calendar's zone, weeks seven of them from the first counted day. A week that lies in two
    months is judged in the one in which it ends.
    """
    if term.per == "month":
        return months.edges, np.arange(len(months.name))
    if term.per == "interval":
        edges = np.arange(span.counted_from, span.counted_to + 1, span.interval, dtype=np.int64)
    else:
        dates = span.clock().dates(span.counted_from, span.counted_to)
        first = dates if term.per == "day" else dates[::DAYS_OF_WEEK]
        edges = np.append(span.clock().midnight(first), span.counted_to)
    at = edges[1:] - 1 if term.per == "week" else edges[:-1]
    return edges, np.searchsorted(months.edges, at, side="right") - 1


def _judged(term: model.Term) -> Judged:
    if term.per == "month":
        return Judged.POOLED
    return Judged.EACH if term.pooled else Judged.AVERAGED


def _penalty(term: model.Term) -> Line | tuple[Step, ...] | None:
    if isinstance(term.penalty, PenaltyLine):
        return Line(term.goal.value, _per_unit(term.penalty), None)
    return None if term.penalty is None else _steps(term.penalty)


def _bonus(term: model.Term) -> Line | tuple[Step, ...] | None:
    if isinstance(term.bonus, BonusLine):
        return Line(term.bonus.beyond.value, _per_unit(term.bonus), term.bonus.cap)
    return None if term.bonus is None else _steps(term.bonus)


def _per_unit(line: PenaltyLine) -> Fraction:
    return line.rate * POINTS if line.unit == "per_point" else line.rate


def _steps(written: Sequence[model.Step]) -> tuple[Step, ...]:
    return tuple(Step(step.beyond.value, step.credit) for step in written)
