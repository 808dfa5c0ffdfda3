"""Numbers as a planner reads them. A missing value (NaN) is a dash, never a number."""

from __future__ import annotations

from math import ceil, isnan

from ccsim.money.ledger import minor_units

MISSING = "-"


def percent(share: float, digits: int = 1) -> str:
    """A share as percent; 100 % and 0 % are said only of what is exactly that."""
    if isnan(share):
        return MISSING
    if share in (0, 1):
        return f"{100 * share:.0f} %"
    least = 10.0**-digits
    shown = 100 * share
    if 0 < share < 1:
        shown = min(max(shown, least), 100 - least)
    return f"{shown:.{digits}f} %"


def points(difference: float) -> str:
    """A difference of shares in points, signed."""
    if isnan(difference):
        return MISSING
    text = f"{100 * difference:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text


def count(number: float) -> str:
    """A number of contacts, people or hours, with thousands apart."""
    if isnan(number):
        return MISSING
    return f"{number:,.0f}" if abs(number) >= 100 or number == round(number) else f"{number:,.1f}"


def whole(people: float) -> str:
    """A number of people that is needed: whole ones, rounded up."""
    return MISSING if isnan(people) else count(ceil(round(people, 6)))


def seconds(duration: float) -> str:
    """A duration in the unit one would say it in; whole numbers without decimals."""
    if isnan(duration):
        return MISSING
    for unit, size, least in (("days", 86400, 2 * 86400), ("h", 3600, 2 * 3600), ("min", 60, 120)):
        if abs(duration) >= least:
            return f"{trimmed(duration / size)} {unit}"
    return f"{trimmed(duration)} s" if abs(duration) < 9.95 else f"{duration:.0f} s"


def trimmed(number: float) -> str:
    """One decimal, none for a whole number."""
    return f"{number:.0f}" if number == round(number) else f"{number:,.1f}"


def value(number: float, unit: str) -> str:
    """Any measure by its unit as written in the tables; three capitals are a currency."""
    if isnan(number):
        return MISSING
    if unit == "share":
        return percent(number)
    if unit == "s":
        return seconds(number)
    if unit == "visits":
        return f"{number:.2f}"
    if is_currency(unit):
        return f"{number:,.0f} {unit}" if abs(number) >= 100 else f"{number:,.2f} {unit}"
    return count(number)


def money(number: float, currency: str) -> str:
    """An amount to its smallest unit, without its currency, so that what is shown adds up."""
    if isnan(number):
        return MISSING
    return f"{number:,.{len(str(minor_units(currency))) - 1}f}"


def is_currency(unit: str) -> bool:
    return len(unit) == 3 and unit.isupper()


def signed(number: float, unit: str) -> str:
    """A difference without its unit, which stands elsewhere; shares in points."""
    if isnan(number):
        return MISSING
    if unit == "share":
        return points(number)
    digits = 0 if abs(number) >= 99.5 else 2 if is_currency(unit) or unit == "visits" else 1
    text = f"{number:+,.{digits}f}"
    return "0" if float(text.replace(",", "")) == 0 else text


def difference(number: float, unit: str) -> str:
    """A signed difference by the unit of its measure: points for shares."""
    if isnan(number):
        return MISSING
    if unit == "share":
        return points(number)
    sign = "+" if number > 0 else "-" if number < 0 else ""
    return sign + value(abs(number), unit)


def span(low: float, high: float, unit: str) -> str:
    """An interval, ``81.2 to 83.0 %``; empty where there is none."""
    if isnan(low) or isnan(high):
        return ""
    first, last = value(low, unit), value(high, unit)
    same_unit = first.rpartition(" ")[2] == last.rpartition(" ")[2]
    return f"{first.rpartition(' ')[0] if same_unit and ' ' in first else first} to {last}"
