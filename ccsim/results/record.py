"""The numbers of a run before anything is estimated: plans, and the sums of every finished replication."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.measures.catalog import CATALOG
from ccsim.measures.tally import CONTACT_TYPE, POOL, SCOPES, SITE, Key
from ccsim.results.stacked import Stacked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ccsim.business_case.cases import BusinessCase
    from ccsim.log import Log
    from ccsim.measures.tally import Tally
    from ccsim.model.selection import Selection
    from ccsim.money.books import Books
    from ccsim.plan import Floats, Ints, Plan

HOURS = ("paid_hours", "present_hours", "available_hours", "handling_hours", "overtime_hours")
"""Columns of agents' hours."""


@dataclass(frozen=True)
class Replication:
    """
    What one replication of one scenario sends home: its tally, as small as it can be without loss.

    Interval rows are mostly small counts; thousands of replications would not fit into memory as 8 bytes each.
    """

    keys: tuple[Key, ...]
    numerator: Floats
    denominator: Floats
    interval_keys: tuple[Key, ...]
    interval_numerator: tuple[NDArray[Any], ...]
    interval_denominator: tuple[NDArray[Any], ...]
    agent_hours: Floats
    """[N, 5] of every agent, columns as in ``HOURS``."""
    log: Log | None = None
    books: Books | None = None
    """None where there are neither costs nor contracts."""
    trace: bytes | None = None
    """The log, packed, if traces are kept."""

    @classmethod
    def of(cls, tally: Tally, agent_hours: Floats, books: Books | None) -> Replication:
        return cls(
            tally.keys,
            tally.numerator,
            tally.denominator,
            tally.interval_keys,
            tuple(narrowed(row) for row in tally.interval_numerator),
            tuple(narrowed(row) for row in tally.interval_denominator),
            agent_hours,
            books=books,
        )


SMALLER = ((np.uint8, 255.0), (np.uint16, 65_535.0), (np.float32, 1e38))
"""Types of fewer bytes, and the largest number for which each may be tried."""


def narrowed(numbers: Floats) -> NDArray[Any]:
    """The same numbers, to the last bit, in the smallest type that holds them."""
    low, high = numbers.min(initial=0), numbers.max(initial=0)
    for smaller, most in SMALLER:
        if low >= 0 and high <= most:
            fewer: NDArray[Any] = numbers.astype(smaller)
            if np.array_equal(fewer, numbers):
                return fewer
    return numbers


@dataclass(frozen=True)
class Sums:
    """One scenario over R replications; keys in the order of the file, measures in that of the catalog."""

    plan: Plan
    finished: tuple[Replication, ...]

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        return self._ordered(self.finished[0].keys)[0] if self.finished else ()

    @cached_property
    def period(self) -> tuple[Floats, Floats]:
        """Numerator and denominator for the counted period, [R, M]."""
        if not self.finished:
            return np.empty((0, 0)), np.empty((0, 0))
        order = self._ordered(self.finished[0].keys)[1]
        return (
            np.stack([one.numerator[order] for one in self.finished]),
            np.stack([one.denominator[order] for one in self.finished]),
        )

    @cached_property
    def interval_keys(self) -> tuple[Key, ...]:
        return self._interval_order[0]

    def of_interval_key(self, row: int) -> tuple[Floats, Floats]:
        """Numerator and denominator of one interval key, [R, I]."""
        place = self._interval_order[1][row]
        return (
            np.stack([one.interval_numerator[place] for one in self.finished]).astype(np.float64),
            np.stack([one.interval_denominator[place] for one in self.finished]).astype(np.float64),
        )

    def of_weeks(self, row: int) -> tuple[Floats, Floats]:
        """
        Numerator and denominator of one interval key, [R, W], over the whole weeks of the counted period.

        Numbers of contacts add up. All else is a quotient of sums, so that busy intervals count more; agents, of whom
        each interval has a number, are averaged over the intervals that have one.
        """
        day = self.plan.promises.interval_day
        weeks = (day[-1] + 1) // 7
        first = np.searchsorted(day, 7 * np.arange(weeks))
        whole = day < 7 * weeks
        numerator, denominator = (np.add.reduceat(part[:, whole], first, axis=1) for part in self.of_interval_key(row))
        if adds_up(self.interval_keys[row].measure):
            denominator = np.minimum(denominator, 1.0)
        return numerator, denominator

    @cached_property
    def _interval_order(self) -> tuple[tuple[Key, ...], Ints]:
        return self._ordered(self.finished[0].interval_keys if self.finished else ())

    @cached_property
    def books(self) -> Stacked | None:
        """Of all replications; None where there are none, or no replication is finished."""
        return Stacked.of([one.books for one in self.finished if one.books is not None])

    def of(self, key: Key) -> tuple[Floats, Floats]:
        """Numerator and denominator of one key, [R]."""
        column = self.keys.index(key)
        return self.period[0][:, column], self.period[1][:, column]

    def _ordered(self, keys: tuple[Key, ...]) -> tuple[tuple[Key, ...], Ints]:
        """The keys as people expect them, and where each stands in the tallies."""
        measures = list(CATALOG)
        shown = shown_names(self.plan)

        def place(row: int) -> tuple[int, int, int]:
            scope, name, measure = keys[row]
            return SCOPES.index(scope), shown[scope].index(name) if name else 0, measures.index(measure)

        order = sorted(range(len(keys)), key=place)
        return tuple(keys[row] for row in order), np.array(order, dtype=np.int64)


def adds_up(measure: str) -> bool:
    """Whether values of intervals add up to that of a longer time: numbers of contacts, but for averages over time."""
    return CATALOG[measure].unit == "contacts" and not measure.endswith("_mean")


def shown_names(plan: Plan) -> dict[str, list[str]]:
    """Contact types, pools and sites in the order of the file."""
    return {
        CONTACT_TYPE: [plan.types.name[row] for row in plan.names.types],
        POOL: [plan.pools.name[row] for row in plan.names.pools],
        SITE: [plan.sites.name[row] for row in plan.names.sites],
    }


@dataclass(frozen=True)
class Record:
    """
    All of a run. ``replications`` are the numbers of those finished, ascending; ``confidence`` that of every interval.
    """

    plans: Mapping[str, Plan]
    replications: tuple[int, ...]
    finished: Mapping[str, tuple[Replication, ...]]
    """By scenario, in the order of ``replications``."""
    confidence: float
    compare: tuple[str, ...]
    business_case: BusinessCase | None = None
    what_ifs: frozenset[str] = frozenset()
    """Scenarios that nobody can choose."""
    selection: Selection | None = None

    @cached_property
    def sums(self) -> dict[str, Sums]:
        return {name: Sums(plan, self.finished[name]) for name, plan in self.plans.items()}
