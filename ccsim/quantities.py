"""
Quantities as planners write them: ``20 s``, ``80 %``, ``x1.12``, ``22:00``, ``mon-fri``: text to number.

Every function takes what stands in the file and raises ``ValueError`` with a sentence that says what is wrong
and what to write. Numbers have a decimal point and no separators of thousands.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MINUTE, HOUR, DAY, WEEK, YEAR = 60.0, 3600.0, 86_400.0, 604_800.0, 31_557_600.0
LONGEST = 5_200 * WEEK
UNITS = (
    (1.0, ("s", "sec", "secs", "second", "seconds")),
    (MINUTE, ("min", "mins", "minute", "minutes")),
    (HOUR, ("h", "hr", "hrs", "hour", "hours")),
    (DAY, ("d", "day", "days")),
    (WEEK, ("w", "week", "weeks")),
    (YEAR, ("year", "years")),
)
SECONDS = {name: seconds for seconds, names in UNITS for name in names}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
GROUPS_OF_DAYS = {"daily": range(7), "weekdays": range(5), "weekend": range(5, 7), "weekends": range(5, 7)}
NUMBER = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"


@dataclass(frozen=True)
class Amount:
    """An amount of a currency (ISO 4217 code), exactly as written: ``0.1 USD`` is a tenth."""

    amount: Fraction
    currency: str


def suggest(word: str, known: Iterable[str]) -> str:
    """``; did you mean X?`` with the known word nearest to a misspelt one, or nothing."""
    by_folded = {name.casefold(): name for name in known}
    near = get_close_matches(str(word).casefold(), by_folded, n=1, cutoff=0.6)
    return f"; did you mean {by_folded[near[0]]}?" if near else ""


def either(words: Sequence[str]) -> str:
    """``a, b or c``"""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def all_of(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``"""
    *head, last = words
    return f"{', '.join(head)} and {last}" if head else last


def duration(written: Any) -> float:
    """Seconds of ``20 s``, ``6 min``, ``1.5 h``, ``1 h 30 min``, ``12 hours``, ``2 days``, ``1 week``; not negative."""
    if _is_number(written):
        raise ValueError(f"{written} has no unit; write for example {written} s or {written} min")
    text = _text(written, "a duration", "20 s, 6 min or 1.5 h")
    pairs = re.findall(rf"({NUMBER})\s*([A-Za-z]+)", text)
    if not pairs or re.sub(rf"({NUMBER})\s*([A-Za-z]+)|\s", "", text):
        raise ValueError(f"{text} is not a duration; write for example 20 s, 6 min or 1.5 h")
    seconds = _finite(sum(float(number) * _unit(text, unit) for number, unit in pairs), text)
    if seconds > LONGEST:
        raise ValueError(f"{text} is longer than 100 years; is the unit wrong?")
    return seconds


def share(written: Any) -> float:
    """A share in [0, 1]: ``80 %``, ``80%`` or ``0.8``."""
    value = _percent(written)
    if value is None:
        if not _is_number(written):
            raise ValueError(f"{shown(written)} is not a share; write for example 80% or 0.8")
        value = float(written)
        if 1 < value <= 100:
            raise ValueError(f"{written:g} is not a share; write {written:g}% or {value / 100:g}")
    if not 0 <= value <= 1:
        raise ValueError(f"{shown(written)} is not a share; it must lie between 0% and 100%")
    return value


def cv(written: Any) -> float:
    """A coefficient of variation (standard deviation / mean): ``8%``, ``0.08`` or ``1.4``; from 0 to 10."""
    value = _percent(written)
    if value is None:
        if not _is_number(written):
            raise ValueError(f"{shown(written)} is not a coefficient of variation; write for example 8% or 0.08")
        value = float(written)
        if 10 < value <= 1000:
            raise ValueError(f"{written} is too large for a coefficient of variation; did you mean {written}%?")
    if not 0 <= value <= 10:
        raise ValueError(f"{shown(written)} is not a coefficient of variation; it must lie between 0 and 10")
    return value


def factor(written: Any) -> float:
    """A positive factor: ``x1.12`` or ``1.12``."""
    value = float(written) if _is_number(written) else _times(written)
    if value is None:
        raise ValueError(f"{shown(written)} is not a factor; write for example x1.12")
    if not 0 < value < math.inf:
        raise ValueError(f"{shown(written)} is not a factor; it must be more than 0")
    return value


def level(written: Any) -> float:
    """What remains or becomes of something: ``40%``, ``130%``, ``x0.4`` or ``0.4``; 0 or more."""
    value = _percent(written)
    if value is None:
        value = float(written) if _is_number(written) else _times(written)
    if value is None or not 0 <= value < math.inf:
        raise ValueError(f"{shown(written)} is not a level; write for example 40% or x1.3")
    return value


def wall_time(written: Any) -> time:
    """Local wall clock ``22:00``; ``24:00`` is midnight at the end of the day, the same as ``00:00``."""
    text = written.strip() if isinstance(written, str) else ""
    match = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", text)
    if match is None:
        raise ValueError(f"{shown(written)} is not a time of day; write it on the 24-hour clock, for example 22:00")
    hour, minute = int(match[1]), int(match[2])
    if (hour, minute) == (24, 0):
        return time(0)
    if hour > 23 or minute > 59:
        raise ValueError(f"{text} is not a time of day; hours go from 00 to 23 and minutes from 00 to 59")
    return time(hour, minute)


def stretch(written: Any) -> tuple[time, time]:
    """Begin and end of ``08:00-20:00``; an end at or before the begin is meant for the next day."""
    begin, dash, end = written.partition("-") if isinstance(written, str) else ("", "", "")
    if not dash:
        raise ValueError(f"{shown(written)} is not a stretch of the day; write for example 08:00-20:00")
    return wall_time(begin), wall_time(end)


def days(written: Any) -> tuple[int, ...]:
    """Weekdays, Monday = 0, ascending: ``mon-fri``, ``sat, sun``, ``daily``, ``weekdays``, ``weekend``, or a list."""
    parts = written if isinstance(written, list | tuple) else _text(written, "days", "mon-fri").split(",")
    found: set[int] = set()
    for part in parts:
        found.update(_days(str(part).strip().casefold()))
    if not found:
        raise ValueError("no day is named; write for example mon-fri or daily")
    return tuple(sorted(found))


def rate(written: Any) -> float:
    """Per second, of ``12 per hour``, ``10/min``, ``100 per 30 min``, ``2 per year``."""
    if _is_number(written):
        raise ValueError(f"{written} has no time; write for example {written} per hour")
    text = _text(written, "a rate", "120 per hour")
    match = re.fullmatch(rf"({NUMBER})\s*(?:per|/)\s*({NUMBER})?\s*([A-Za-z]+)", text)
    if match is None:
        raise ValueError(f"{text} is not a rate; write for example 120 per hour or 100 per 30 min")
    span = float(match[2] or 1) * _unit(text, match[3])
    if span <= 0:
        raise ValueError(f"{text} is not a rate; the time must be more than 0")
    return _finite(float(match[1]) / span, text)


def weekly_volume(written: Any) -> float:
    """Contacts per week of ``5200 per week``."""
    return rate(written if not _is_number(written) else _without_unit(written, "per week")) * WEEK


def contacts_per_month(written: Any) -> Fraction:
    """Contacts each calendar month, exactly as written: ``4000 per month`` (or ``/ month``)."""
    text = str(written) if _is_number(written) else _text(written, "a number of contacts", "4000 per month")
    match = re.fullmatch(rf"({NUMBER})\s*(?:per|/)\s*month", text)
    if match is None:
        raise ValueError(f"{text} is not a number of contacts per month; write for example 4000 per month")
    return _decimal(match[1], text)


def hours_per_month(written: Any) -> Fraction:
    """Hours each calendar month, exactly as written: ``30 h per month`` (or ``/ month``)."""
    text = str(written) if _is_number(written) else _text(written, "a number of hours", "30 h per month")
    match = re.fullmatch(rf"({NUMBER})\s*(?:h|hr|hrs|hours?)\s*(?:per|/)\s*month", text)
    if match is None:
        raise ValueError(f"{text} is not a number of hours per month; write for example 30 h per month")
    return _decimal(match[1], text)


def money_per_hour(written: Any) -> Amount:
    """Wage of ``320 PHP per hour`` (or ``/ hour``)."""
    return _amount(written, "a wage", r"\s*(?:per|/)\s*(?:hour|h)", "amount, currency and hour", "320 PHP per hour")


def money_per_month(written: Any) -> Amount:
    """What is due every calendar month: ``420 USD per month`` (or ``/ month``)."""
    rest = r"\s*(?:per|/)\s*month"
    return _amount(written, "an amount per month", rest, "amount, currency and month", "420 USD per month")


def money_per_week(written: Any) -> Amount:
    """What is due every week: ``22000 USD per week`` (or ``/ week``)."""
    rest = r"\s*(?:per|/)\s*week"
    return _amount(written, "an amount per week", rest, "amount, currency and week", "22000 USD per week")


def money(written: Any) -> Amount:
    """An amount of money: ``1800 USD``."""
    return _amount(written, "an amount of money", "", "amount and currency", "1800 USD")


def exact_number(written: Any) -> Fraction:
    """A number, exactly as written."""
    if not _is_number(written):
        raise ValueError(f"{shown(written)} is not a number")
    return _exactly(written)


def exact_share(written: Any) -> Fraction:
    """A share in [0, 1], exactly as written."""
    share(written)
    return _exactly(written)


def exact_level(written: Any) -> Fraction:
    """What remains or becomes of something, exactly as written; 0 or more."""
    level(written)
    return _exactly(written)


def exact_factor(written: Any) -> Fraction:
    """A positive factor, exactly as written."""
    factor(written)
    return _exactly(written)


def share_per_year(written: Any) -> Fraction:
    """A share or more of something each year, exactly as written: ``3% per year`` (or ``/ year``)."""
    text = written.strip() if isinstance(written, str) else ""
    match = re.fullmatch(rf"({NUMBER})\s*%\s*(?:per|/)\s*year", text)
    if match is None:
        raise ValueError(f"{shown(written)} is not a share per year; write for example 3% per year")
    return _decimal(match[1], text) / 100


def zone(written: Any) -> str:
    """The name of an IANA time zone, as the package tzdata knows it."""
    names = zones()
    if isinstance(written, str) and written in names:
        return written
    by_city = {name.rpartition("/")[2].casefold(): name for name in sorted(names, reverse=True)}
    city = by_city.get(str(written).strip().replace(" ", "_").casefold())
    hint = f"; did you mean {city}?" if city else suggest(str(written), names)
    raise ValueError(f"{shown(written)} is not a time zone{hint or '; write an IANA name like Asia/Manila'}")


@cache
def zones() -> frozenset[str]:
    """Names of all time zones."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


@cache
def countries() -> frozenset[str]:
    """ISO 3166 codes of all countries."""
    table = resources.files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    return frozenset(line.partition("\t")[0] for line in table.splitlines() if not line.startswith("#"))


def country(written: Any) -> str:
    """An ISO 3166 code of a country, as in US."""
    if isinstance(written, str) and written in countries():
        return written
    upper = str(written).strip().upper()
    hint = {"UK": "GB"}.get(upper, upper)
    hint = (
        f"; did you mean {hint}?"
        if hint in countries()
        else "; write the two capital letters of ISO 3166, for example US"
    )
    raise ValueError(f"{shown(written)} is not a country{hint}")


def name(written: str) -> str:
    """A name of a type, pool, site, shift or scenario. No dots, since the keys of a path are joined by dots."""
    if not 1 <= len(written) <= 60 or not written[0].isalnum() or not all(c.isalnum() or c in " _&+-" for c in written):
        rule = "a name has at most 60 letters, digits, spaces and - _ & +, and begins with a letter or digit"
        raise ValueError(f"{shown(written)!r} is not a name; {rule}")
    return written


def points(written: Any) -> float:
    """A difference of shares: ``1 point`` is 0.01; from more than 0 to 100 points."""
    match = re.fullmatch(rf"({NUMBER})\s*(?:points?|pp)", written.strip()) if isinstance(written, str) else None
    if match is None:
        raise ValueError(f"{shown(written)} is not a number of points; write for example 1 point or 0.5 points")
    value = float(match[1]) / 100
    if not 0 < value <= 1:
        raise ValueError(f"{written} is out of range; it must be more than 0 and at most 100 points")
    return value


def service_level(written: Any) -> tuple[float, float]:
    """Share and seconds of ``80% in 20 s``."""
    text = _text(written, "a service level", "80% in 20 s") if not _is_number(written) else str(written)
    first, word, second = re.sub(r"\bwithin\b", "in", text).partition(" in ")
    if not word:
        raise ValueError(f"{text} is not a service level; write share and time, for example 80% in 20 s")
    return share(first if "%" in first else _number(first)), duration(second)


def rotation(written: Any) -> tuple[int, int]:
    """Days on and off of ``4 on 2 off``."""
    text = written.strip() if isinstance(written, str) else ""
    match = re.fullmatch(r"([0-9]{1,3})\s*on\s*,?\s*([0-9]{1,3})\s*off", text)
    if match is None:
        raise ValueError(f"{shown(written)} is not a rotation; write for example 4 on 2 off")
    return int(match[1]), int(match[2])


def day(written: Any) -> date:
    """A local date, ``2026-03-02``."""
    try:
        if not isinstance(written, str):
            raise ValueError
        return date.fromisoformat(written.strip())
    except ValueError:
        raise ValueError(f"{shown(written)} is not a date; write for example 2026-03-02") from None


def moment(written: Any) -> datetime:
    """A local wall-clock time on a date, ``2026-03-02 08:00``, without zone or offset."""
    try:
        if not isinstance(written, str):
            raise ValueError
        found = datetime.fromisoformat(written.strip())
    except ValueError:
        raise ValueError(f"{shown(written)} is not a date and time; write for example 2026-03-02 08:00") from None
    if found.tzinfo is not None:
        raise ValueError(f"{written} has an offset; write local wall-clock time, for example 2026-03-02 08:00")
    return found


def _is_number(written: Any) -> bool:
    return isinstance(written, int | float) and not isinstance(written, bool)


def shown(written: Any) -> str:
    """How a value is quoted in a sentence: short, as it was written."""
    if isinstance(written, bool):
        return "true" if written else "false"
    if isinstance(written, dict):
        return "a map"
    if isinstance(written, list | tuple):
        return "a list"
    text = str(written)
    return text if len(text) <= 60 else text[:57] + "..."


def _text(written: Any, what: str, example: str) -> str:
    if not isinstance(written, str) or not written.strip():
        raise ValueError(f"{shown(written) or 'empty text'} is not {what}; write for example {example}")
    text = written.strip()
    if re.match(r"-\s*[0-9.]", text):
        raise ValueError(f"{text} is negative; {what} is 0 or more")
    if re.search(r"[0-9],[0-9]", text):
        raise ValueError(f"{text} has a comma; write a decimal point and no separators, for example {example}")
    return text


def _unit(text: str, unit: str) -> float:
    """Seconds of a unit of time."""
    if unit == "m":
        raise ValueError(f"{text}: m may mean minutes or months; write min")
    if unit.casefold() in ("month", "months"):
        raise ValueError(f"{text}: months differ in length; use days, weeks or years (of 365.25 days)")
    if unit.casefold() not in SECONDS:
        raise ValueError(f"{text}: {unit} is not a unit of time; use s, min, h, days, weeks or years")
    return SECONDS[unit.casefold()]


def _amount(written: Any, what: str, rest: str, parts: str, example: str) -> Amount:
    """Number and code of a currency, and what must follow them."""
    text = _text(written, what, example) if not _is_number(written) else str(written)
    match = re.fullmatch(rf"({NUMBER})\s*([A-Za-z]{{3}}){rest}", text)
    if match is None:
        raise ValueError(f"{text} is not {what}; write {parts}, for example {example}")
    return Amount(_decimal(match[1], text), match[2].upper())


def _exactly(written: Any) -> Fraction:
    """A number, percentage or factor as written; a float is the shortest decimal number that reads back as it."""
    text = str(written).strip()
    number = _decimal(text.strip("x×% \t"), text)
    return number / 100 if text.endswith("%") else number


def _decimal(number: str, text: str) -> Fraction:
    """The value of decimal digits, perhaps with an exponent; bounded, since exact numbers can be of any size."""
    exponent = number.casefold().partition("e")[2] or "0"
    if len(number) > 40 or abs(int(exponent)) > 15 or abs(float(number)) > 1e15:
        raise ValueError(f"{text[:40]} is too large a number, or has too many digits")
    return Fraction(number)


def _percent(written: Any) -> float | None:
    match = re.fullmatch(rf"\s*({NUMBER})\s*%\s*", written) if isinstance(written, str) else None
    return float(match[1]) / 100 if match else None


def _times(written: Any) -> float | None:
    match = re.fullmatch(rf"\s*[x×]\s*({NUMBER})\s*", written) if isinstance(written, str) else None
    return float(match[1]) if match else None


def _number(text: str) -> Any:
    """The number in a text, or the text where there is none."""
    return float(text) if re.fullmatch(NUMBER, text.strip()) else text


def _finite(value: float, text: str) -> float:
    if not math.isfinite(value):
        raise ValueError(f"{text[:40]} is too large a number")
    return value


def _without_unit(written: Any, unit: str) -> str:
    raise ValueError(f"{written} has no unit; write {written} {unit}")


def _days(text: str) -> Iterable[int]:
    if text in GROUPS_OF_DAYS:
        return GROUPS_OF_DAYS[text]
    first, dash, last = (part.strip() for part in text.partition("-"))
    begin = _weekday(first, text)
    end = _weekday(last, text) if dash else begin
    return [(begin + step) % 7 for step in range((end - begin) % 7 + 1)]


def _weekday(word: str, text: str) -> int:
    for names in (WEEKDAYS, FULL_WEEKDAYS):
        if word in names:
            return names.index(word)
    hint = suggest(word, (*WEEKDAYS, *GROUPS_OF_DAYS))
    raise ValueError(f"{text or 'empty text'} is not a day of the week; write for example sat, mon-fri or daily{hint}")
