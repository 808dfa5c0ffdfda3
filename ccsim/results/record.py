"""The numbers of a run before anything is estimated: plans, and the sums of every finished replication."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ccsim.measures.catalog import CATALOG
from ccsim.measures.tally import CONTACT_TYPE, POOL, SCOPES, SITE, Key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccsim.log import Log
    from ccsim.measures.tally import Tally
    from ccsim.plan import Floats, Ints, Plan

HOURS = ("paid_hours", "present_hours", "available_hours", "handling_hours", "overtime_hours")
"""Columns of agents' hours."""


@dataclass(frozen=True)
class Replication:
    """What one replication of one scenario sends home."""

    tally: Tally
    agent_hours: Floats
    """[N, 5] of every agent, columns as in ``HOURS``."""
    log: Log | None = None


@dataclass(frozen=True)
class Sums:
    """One scenario over R replications; keys in the order of the file, measures in that of the catalog."""

    plan: Plan
    finished: tuple[Replication, ...]

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        return self._ordered(self.finished[0].tally.keys)[0] if self.finished else ()

    @cached_property
    def period(self) -> tuple[Floats, Floats]:
        """Numerator and denominator for the counted period, [R, M]."""
        if not self.finished:
            return np.empty((0, 0)), np.empty((0, 0))
        order = self._ordered(self.finished[0].tally.keys)[1]
        tallies = [one.tally for one in self.finished]
        return (
            np.stack([tally.numerator[order] for tally in tallies]),
            np.stack([tally.denominator[order] for tally in tallies]),
        )

    @cached_property
    def interval_keys(self) -> tuple[Key, ...]:
        return self._ordered(self.finished[0].tally.interval_keys)[0] if self.finished else ()

    def of_interval_key(self, row: int) -> tuple[Floats, Floats]:
        """Numerator and denominator of one interval key, [R, I]."""
        place = self._ordered(self.finished[0].tally.interval_keys)[1][row]
        tallies = [one.tally for one in self.finished]
        return (
            np.stack([tally.interval_numerator[place] for tally in tallies]),
            np.stack([tally.interval_denominator[place] for tally in tallies]),
        )

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

    @cached_property
    def sums(self) -> dict[str, Sums]:
        return {name: Sums(plan, self.finished[name]) for name, plan in self.plans.items()}
