"""Statutory holidays of countries, from the library ``holidays``."""

from __future__ import annotations

from datetime import date
from functools import cache


def statutory(country: str, subdivision: str | None, first: int, last: int) -> frozenset[int]:
    """
    Public holidays, observed substitutes included, between two dates (ordinals, both included).

    ``country`` is an ISO 3166 code, ``subdivision`` a code of the library; both were checked where the file was read.
    """
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    return frozenset(day for year in years for day in _of_year(country, subdivision, year) if first <= day <= last)


@cache
def _of_year(country: str, subdivision: str | None, year: int) -> frozenset[int]:
    import holidays

    return frozenset(day.toordinal() for day in holidays.country_holidays(country, subdiv=subdivision, years=year))
