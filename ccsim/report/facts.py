"""What a report reads from Results, by name instead of by row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import isnan, nan
from typing import TYPE_CHECKING

from ccsim.plots.pages import FEWEST_WEEKS
from ccsim.report import gaps
from ccsim.report.names import shortened
from ccsim.report.numbers import MISSING, seconds

if TYPE_CHECKING:
    from ccsim.results import Results

MANY = 3
"""Pairs of scenarios that can be shown one by one."""
DEFERRED = ("email", "back-office")


@dataclass(frozen=True)
class Estimate:
    """One measure of one type, pool, site or scenario: NaN where there is no value or no interval."""

    mean: float = nan
    low: float = nan
    high: float = nan
    n: int = 0
    unit: str = ""
    method: str = ""

    @property
    def exists(self) -> bool:
        return not isnan(self.mean)


@dataclass(frozen=True)
class Target:
    """A declared service level and what became of it: ``met``, ``missed`` or ``undecided``."""

    scenario: str
    contact_type: str
    formula: str
    share: float
    threshold_s: float
    mean: float
    low: float
    high: float
    n: int
    verdict: str
    replications_needed: float


@dataclass(frozen=True)
class Difference:
    """A paired difference of ``b`` against ``a`` (b - a); ``verdict``: higher, lower, not distinguishable."""

    measure: str
    contact_type: str
    a: str
    b: str
    mean: float
    low: float
    high: float
    n: int
    verdict: str
    unit: str

    @property
    def exists(self) -> bool:
        return not isnan(self.mean)

    @property
    def is_real(self) -> bool:
        return self.verdict in ("higher", "lower")


@dataclass(frozen=True)
class Week:
    """The service level of a contact type in one week."""

    scenario: str
    name: str
    start: str
    """Local date."""
    mean: float
    low: float
    high: float


class Facts:
    """The frames of one run as values, in the order of the file."""

    def __init__(self, results: Results) -> None:
        results = shortened(results)
        self.results = results
        columns = ["scenario", "scope", "name", "measure", "mean", "low", "high", "n", "unit", "method"]
        summary = results.summary()[columns]
        self.scenarios = list(results.scenarios)
        self.estimates = {
            (scenario, scope, name, measure): Estimate(mean, low, high, n, self.unit(unit), method)
            for scenario, scope, name, measure, mean, low, high, n, unit, method in summary.itertuples(index=False)
        }
        units = {measure: found.unit for (*_, measure), found in self.estimates.items()}
        self.targets = [Target(*row) for row in results.targets().itertuples(index=False, name=None)]
        self.differences = [
            Difference(*(*row, units.get(row[0], "")))
            for row in results.comparisons().itertuples(index=False, name=None)
        ]

    @property
    def sure(self) -> str:
        """Confidence of every interval: ``95 %``, more where a run looked several times whether it knows enough."""
        return f"{100 * self.results.manifest['confidence']:.3g} %"

    def unit(self, unit: str) -> str:
        """Unit of a measure, a currency by its name."""
        return str(self.results.currency) if unit == "currency" else unit

    def get(self, scenario: str, scope: str, name: str, measure: str) -> Estimate:
        """The estimate, or one without a value."""
        return self.estimates.get((scenario, scope, name, measure), Estimate())

    def total(self, scenario: str, measure: str) -> Estimate:
        """A measure of the whole center."""
        return self.get(scenario, "total", "", measure)

    def of_type(self, scenario: str, name: str, measure: str) -> Estimate:
        """A measure of a contact type."""
        return self.get(scenario, "contact_type", name, measure)

    def center(self, scenario: str) -> dict[str, dict[str, dict[str, str]]]:
        """The scenario as the file says it, resolved."""
        found: dict[str, dict[str, dict[str, str]]] = self.results.experiment["scenarios"][scenario]
        return found

    def what_if(self, scenario: str) -> str:
        """What a scenario asks that nobody can choose: ``yardstick``, ``ignore_restrictions``; empty of a choice."""
        return str(self.center(scenario)["what_if"] or "")

    @property
    def choices(self) -> list[str]:
        """Scenarios that can be chosen; all, where none can."""
        return list(self.results.choices)

    def types(self, scenario: str) -> list[str]:
        """Contact types of a scenario, without those of whom nobody could come: no demand, nothing passed on."""
        names = list(self.center(scenario)["contact_types"])
        return [name for name in names if self.is_used(scenario, name)]

    def is_used(self, scenario: str, name: str) -> bool:
        """Whether contacts of a type came or were expected."""
        came, covered = (self.of_type(scenario, name, measure) for measure in ("arrived", "coverage"))
        return came.mean > 0 or covered.exists

    def pools(self, scenario: str) -> list[str]:
        """Pools of a scenario."""
        return list(self.center(scenario)["pools"])

    def target(self, scenario: str, name: str) -> Target | None:
        """The target of a contact type, None if it has none."""
        return next((t for t in self.targets if (t.scenario, t.contact_type) == (scenario, name)), None)

    def targets_of(self, scenario: str) -> list[Target]:
        """All targets of a scenario."""
        return [target for target in self.targets if target.scenario == scenario]

    def pairs(self) -> list[tuple[str, str]]:
        """Scenarios compared, (a, b): all, or with the first one alone where there are many."""
        found = list(dict.fromkeys((d.a, d.b) for d in self.differences))
        return found if len(found) <= MANY else [pair for pair in found if pair[0] == self.scenarios[0]]

    def in_business_hours(self, target: Target) -> bool:
        """Whether the threshold of a target counts business hours instead of the calendar's."""
        promised = self.results.experiment["scenarios"][target.scenario]["contact_types"][target.contact_type]
        return promised["service_level"]["hours"] is not None

    def is_deferred(self, scenario: str, name: str) -> bool:
        """Whether a contact type can wait for hours: email, back office."""
        return str(self.center(scenario)["contact_types"][name]["channel"]) in DEFERRED

    @cached_property
    def deferred(self) -> list[str]:
        """Channels of deferred work that some scenario has: email, back-office."""
        kinds = [
            self.center(scenario)["contact_types"][name] for scenario in self.scenarios for name in self.types(scenario)
        ]
        return [channel for channel in DEFERRED if any(kind["channel"] == channel for kind in kinds)]

    def is_outbound(self, scenario: str, name: str) -> bool:
        """Whether customers are called, instead of calling."""
        return str(self.center(scenario)["contact_types"][name]["channel"]) == "outbound"

    def service_level(self, scenario: str, name: str) -> Estimate:
        """Service level by the formula of the type's target, with the interval that its verdict rests on."""
        found = self.of_type(scenario, name, "service_level")
        target = self.target(scenario, name)
        return replace(found, low=target.low, high=target.high) if target else found

    def erlang_c_error(self, scenario: str, name: str) -> float:
        """What Erlang C predicts less what was simulated, both by the formula ``offered``; NaN if either is missing."""
        predicted = self.of_type(scenario, name, "erlang_c_service_level")
        return predicted.mean - self.of_type(scenario, name, "service_level_offered").mean

    def waiting(self, scenario: str, name: str) -> str:
        """
        Average speed of answer; of deferred types the oldest age; of unstable ones by how much they grow; none of
        campaigns, in which nobody waits.
        """
        method = self.of_type(scenario, name, "wait_mean_s").method
        if "grows" in method:
            return method.removeprefix("no value, ")
        if self.is_outbound(scenario, name):
            return MISSING
        if self.is_deferred(scenario, name):
            return f"{seconds(self.of_type(scenario, name, 'oldest_age_max_s').mean)} oldest"
        return seconds(self.of_type(scenario, name, "speed_of_answer_s").mean)

    def coverage(self, scenario: str) -> float:
        """Planned coverage of a scenario: that of its least covered live contact type (of any, if none is live)."""
        types = self.types(scenario)
        live = [name for name in types if not self.is_deferred(scenario, name)]
        shares = [self.of_type(scenario, name, "coverage").mean for name in live or types]
        return min((share for share in shares if not isnan(share)), default=nan)

    @cached_property
    def cost(self) -> str:
        """The measure by which scenarios are compared: all that the client pays, or that of labor without books."""
        return "total_cost" if any(self.total(name, "total_cost").exists for name in self.scenarios) else "labor_cost"

    @cached_property
    def weeks(self) -> list[Week]:
        """Service levels week by week, where there are enough weeks to speak of."""
        rows = self.results.weeks()
        if rows["week_start_local"].nunique() < FEWEST_WEEKS:
            return []
        rows = rows[rows["measure"] == "service_level"]
        columns = ["scenario", "name", "week_start_local", "mean", "low", "high"]
        return [Week(*row) for row in rows[columns].itertuples(index=False, name=None)]

    @cached_property
    def leaves_unresolved(self) -> bool:
        """Whether some pool resolves less than all that it answers; else nothing need be told of resolutions."""
        return any(found.mean < 1 for (*_, measure), found in self.estimates.items() if measure == "resolved_share")

    @cached_property
    def has_further_visits(self) -> bool:
        """Whether customers come again or are passed on."""
        further = ("retrials", "recontacts", "transfers_in")
        return any(self.total(scenario, measure).mean > 0 for scenario in self.scenarios for measure in further)

    @cached_property
    def has_outages(self) -> bool:
        """Whether a site or channel went dark in the counted period."""
        return any(self.total(scenario, "outage_hours").mean > 0 for scenario in self.scenarios)

    def zone(self, scenario: str, name: str) -> str:
        """Wall clock of the customers of a contact type."""
        demand: dict[str, str] = self.results.experiment["scenarios"][scenario]["contact_types"][name]["demand"]
        return demand["timezone"] or str(self.results.timezone)

    @cached_property
    def gaps(self) -> dict[str, list[tuple[str, str]]]:
        """When nobody is on duty, in local hours: the (scenario, contact type) that have these gaps."""
        found: dict[str, list[tuple[str, str]]] = {}
        rows = self.results.intervals()
        rows = rows[(rows["scope"] == "contact_type") & (rows["measure"] == "coverage")]
        length = round(self.results.experiment["calendar"]["interval"] / 60)
        for (scenario, name), coverage in rows.groupby(["scenario", "name"], sort=False):
            if (coverage["mean"] < 1).any():
                zone = self.zone(str(scenario), str(name))
                hours = gaps.told(gaps.stretches(gaps.week(coverage, zone), length))
                found.setdefault(f"{hours} ({zone})", []).append((str(scenario), str(name)))
        return found
