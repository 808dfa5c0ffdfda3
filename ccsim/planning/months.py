"""Calendar months of the counted period, by which invoices are written and service levels are judged."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ccsim.plan import Months

if TYPE_CHECKING:
    from ccsim.planning.horizon import Horizon


def months(span: Horizon) -> Months:
    """Cut to the counted period; of the first and the last one perhaps only some days are counted."""
    clock = span.clock()
    first, after = (int(clock.date(np.array([at]))[0]) for at in (span.counted_from, span.counted_to))
    begins = [first]
    while (following := _next_month(begins[-1])) < after:
        begins.append(following)
    days = [*begins, after]
    return Months(
        name=tuple(f"{date.fromordinal(day):%Y-%m}" for day in begins),
        edges=clock.midnight(days),
        share=tuple(Fraction(to - begin, _days_of_month(begin)) for begin, to in pairwise(days)),
    )


def _next_month(day: int) -> int:
    """The first of the month after that of a date. [ordinal]"""
    on = date.fromordinal(day)
    return date(on.year + on.month // 12, on.month % 12 + 1, 1).toordinal()


def _days_of_month(day: int) -> int:
    return _next_month(day) - date.fromordinal(day).replace(day=1).toordinal()
