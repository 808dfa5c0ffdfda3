"""Service-level terms that are allowed but may not be meant."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ccsim.config.doubt import Doubt
from ccsim.model.terms import PenaltyLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.model.contract import Contract
    from ccsim.model.experiment import Calendar, Center


def doubts_of_terms(calendar: Calendar, center: Center) -> Iterator[Doubt]:
    for name, contract in center.contracts.items():
        path = ("contracts", name)
        yield from _out_of_reach((*path, "terms"), contract)
        months = _months(calendar)
        if contract.earn_back >= months:
            message = f"the counted period has {months} calendar month{'s' * (months > 1)}: nothing can be earned back"
            yield Doubt((*path, "earn_back"), message, True)


def _out_of_reach(path: tuple[str, ...], contract: Contract) -> Iterator[Doubt]:
    """Steps whose credit the cap never lets a term pay."""
    for term in contract.terms:
        if contract.at_risk is None or term.penalty is None or isinstance(term.penalty, PenaltyLine):
            continue
        most, last = term.weight * contract.at_risk, term.penalty[-1].credit
        if last > most:
            message = (
                f"{term.label}: its last step is {float(last * 100):.3g} % of the month's fees, but weight x at_risk "
                f"lets it cost {float(most * 100):.3g} % at most"
            )
            yield Doubt(path, message)


def _months(calendar: Calendar) -> int:
    """Calendar months of the counted period, those that are cut included."""
    first, last = calendar.start, calendar.start + timedelta(days=calendar.counted_days - 1)
    return (last.year - first.year) * 12 + last.month - first.month + 1
