"""Total cost of ownership: what a case costs over its months, by line, as it is paid and as it is worth today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.business_case.groups import GROUPS, group_of
from ccsim.business_case.running import When

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccsim.business_case.cases import Case
    from ccsim.business_case.running import Kind, Running
    from ccsim.plan import Floats


@dataclass(frozen=True)
class Entry:
    """A line of one phase: paid ``times[m]`` times in month m."""

    scenario: str
    kind: Kind
    times: Floats
    """[months]"""
    amount: Floats
    """[R] in the reporting currency."""


@dataclass(frozen=True)
class Costs:
    """Of one case over R replications, replication r being the same chance in every phase and case."""

    entries: tuple[Entry, ...]
    months: int
    replications: int

    def by_month(self) -> Floats:
        """[R, months]"""
        nothing = np.zeros((self.replications, self.months))
        return sum((np.outer(entry.amount, entry.times) for entry in self.entries), nothing)

    def by_group(self, worth: Floats) -> dict[str, Floats]:
        """[R] of each group of lines; ``worth`` [months] of one unit paid in each month."""
        found = {group: np.zeros(self.replications) for group in GROUPS}
        for entry in self.entries:
            found[group_of(entry.kind.item)] += entry.amount * (entry.times @ worth)
        there = {group_of(entry.kind.item) for entry in self.entries}
        return {group: amount for group, amount in found.items() if group in there}


def total_cost(case: Case, scenarios: Mapping[str, Running]) -> Costs:
    """
    What a case costs.

    Each month of a phase costs what a month of its scenario does. What comes once with a provider comes once in the
    case, however many phases have that provider: what begins in the first month of the first of them, what ends in the
    last month of the last.
    """
    length = sum(phase.months for phase in case)
    entries: dict[tuple[int, Kind], Entry] = {}
    begins = 0
    for number, phase in enumerate(case):
        ends = begins + phase.months
        for kind, amount in scenarios[phase.scenario].amounts.items():
            earlier = [key for key in entries if key[1] == kind]
            if kind.when == When.BEGIN and earlier:
                continue
            if kind.when == When.END and earlier:
                del entries[earlier[0]]
            times = np.zeros(length)
            first = ends - 1 if kind.when == When.END else begins
            last = begins if kind.when == When.BEGIN else ends - 1
            times[first : last + 1] = 1.0
            entries[number, kind] = Entry(phase.scenario, kind, times, amount)
        begins = ends
    replications = max((len(entry.amount) for entry in entries.values()), default=0)
    return Costs(tuple(entries.values()), length, replications)
