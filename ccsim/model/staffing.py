"""How many agents there are, where a number per time is given instead of named shifts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from ccsim import quantities
from ccsim.model.base import (
    Frozen,
    Heads,
    Slip,
    Zone,
    slips,
)
from ccsim.model.hours import seconds_between
from ccsim.model.table import IntervalTable


class HeadCount(Frozen):
    """``agents`` from ``begins`` to ``ends`` on one weekday; an end at or before the begin is tomorrow."""

    weekday: int
    begins: time
    ends: time
    agents: Heads


class Staffing(Frozen):
    """
    A number of agents per time instead of named shifts.

    Written ``staffing: 12`` (always), ``staffing: {mon-fri: {08:00-16:00: 10, 16:00-20:00: 6}, sat: {...}}`` or
    ``staffing: {file: agents.csv}`` (columns ``interval_start``, ``agents``). Local wall clock of the site.
    """

    written_keys = ("file", "missing", "mon-fri", "sat", "sun")
    short_forms = "write a number, {mon-fri: {08:00-16:00: 10}} or {file: agents.csv}"

    always: Heads | None = None
    weekly: tuple[HeadCount, ...] = ()
    table: IntervalTable | None = None
    timezone: Zone | None = None

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        if isinstance(written, int) and not isinstance(written, bool):
            return {"always": written}
        fields = super().spell_out(written)
        kept = {key: fields[key] for key in ("always", "table", "timezone") if key in fields}
        week = {key: value for key, value in fields.items() if key not in kept}
        forms = [key for key in ("always", "table") if key in kept] + (["days"] if week else [])
        if week and "weekly" not in week:
            kept["weekly"] = _weekly(week)
        elif "weekly" in week:
            kept["weekly"] = week["weekly"]
        if len(forms) != 1:
            raise ValueError(f"{' and '.join(forms) or 'no numbers'} given; {cls.short_forms}")
        return kept


def _weekly(written: Mapping[str, Any]) -> tuple[HeadCount, ...]:
    """Head counts of ``{mon-fri: {08:00-16:00: 10}, sat: 4}``, ascending."""
    found: list[HeadCount] = []
    wrong: list[Slip] = []
    for key, counts in written.items():
        try:
            weekdays = quantities.days(key)
        except ValueError:
            hint = quantities.suggest(key, ("file", "missing", "timezone", "always", *quantities.WEEKDAYS, "mon-fri"))
            wrong.append(Slip((key,), f"unknown key{hint or '; write days like mon-fri'}", on_key=True))
            continue
        for hours, agents in counts.items() if isinstance(counts, Mapping) else [("00:00-24:00", counts)]:
            at = (key, hours) if isinstance(counts, Mapping) else (key,)
            try:
                begins, ends = quantities.stretch(hours)
            except ValueError as error:
                wrong.append(Slip(at, str(error), on_key=True))
                continue
            if isinstance(agents, bool) or not isinstance(agents, int) or not 0 <= agents <= 20_000:
                wrong.append(
                    Slip(
                        at,
                        f"{quantities.shown(agents)} is not a number of agents; write a whole number from 0 to 20000",
                    )
                )
                continue
            for weekday in weekdays:
                count = HeadCount(weekday=weekday, begins=begins, ends=ends, agents=agents)
                if any(_overlap(count, other) for other in found):
                    wrong.append(
                        Slip(at, f"{quantities.WEEKDAYS[weekday]} {hours} overlaps another stretch", on_key=True)
                    )
                found.append(count)
    if wrong:
        raise slips(*dict.fromkeys(wrong))
    return tuple(sorted(found, key=lambda count: (count.weekday, count.begins)))


def _overlap(one: HeadCount, other: HeadCount) -> bool:
    """Whether two stretches of the week, seen as a circle, share time."""
    week = quantities.WEEK
    first, second = (c.weekday * quantities.DAY + c.begins.hour * 3600.0 + c.begins.minute * 60 for c in (one, other))
    return (second - first) % week < seconds_between(one.begins, one.ends) or (first - second) % week < seconds_between(
        other.begins, other.ends
    )
