"""One complete center (a scenario), and the experiment that compares several."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator as By
from pydantic import Field, Tag, model_validator

from ccsim import quantities
from ccsim.model.base import (
    Date,
    ExactNumber,
    ExactShare,
    Frozen,
    Name,
    Points,
    Seconds,
    Share,
    Slip,
    Text,
    Zone,
    slip,
    slips,
)
from ccsim.model.business_case import BusinessCase
from ccsim.model.contact_type import ContactType
from ccsim.model.contract import Contract
from ccsim.model.journey import Customers
from ccsim.model.outage import Outages
from ccsim.model.pool import Pool
from ccsim.model.routing import Route
from ccsim.model.selection import Selection
from ccsim.model.site import Site
from ccsim.model.strings import Strings

PLANNING_INTERVALS = (5, 10, 15, 20, 30, 60)


class Calendar(Frozen):
    """
    The counted period: ``weeks`` or ``days`` from local midnight of ``start`` in ``timezone``. The warm-up is
    simulated before it.
    """

    start: Date
    weeks: Annotated[int, Field(ge=1, le=520)] | None = None
    days: Annotated[int, Field(ge=1, le=3650)] | None = None
    warm_up: Seconds = 0.0
    timezone: Zone
    interval: Seconds = 1800.0
    """Planning interval: 5, 10, 15, 20, 30 or 60 min."""
    run_on: Seconds | None = None
    """After the counted period; the longest response target plus 2 days if not given."""

    @property
    def counted_days(self) -> int:
        """Length of the counted period in local dates."""
        return self.days if self.days is not None else 7 * (self.weeks or 0)

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if self.weeks is not None and self.days is not None:
            raise slips(Slip(("days",), "days does not go with weeks; give one or the other", True))
        if self.weeks is None and self.days is None:
            raise slips(Slip((), "weeks is missing; write weeks or days", True))
        if self.interval not in [60.0 * minutes for minutes in PLANNING_INTERVALS]:
            raise slip(
                f"a planning interval lasts {', '.join(map(str, PLANNING_INTERVALS[:-1]))} or 60 min", "interval"
            )
        if not 1900 <= self.start.year <= 2200:
            raise slip(f"{self.start} is out of range; years go from 1900 to 2200", "start")
        for key in ("warm_up", "run_on"):
            if (getattr(self, key) or 0) > 520 * quantities.WEEK:
                raise slip("it may last at most 520 weeks", key)
        return self


class LineGroup(Frozen):
    """``limit`` lines shared by ``types``: waiting plus talking contacts."""

    types: Annotated[tuple[Name, ...], Field(min_length=1)]
    limit: Annotated[int, Field(ge=1, le=1_000_000)]


class Judged(Frozen):
    """Thresholds of measures."""

    minimum_agents: Annotated[int, Field(ge=1)] = 2
    occupancy_ceiling: Share = 0.85


class Center(Frozen):
    """One scenario, whole: everything that a Plan is made of, but for the calendar."""

    description: Text = ""
    contact_types: Annotated[dict[Name, ContactType], Field(min_length=1)]
    lines: dict[Name, LineGroup] = Field(default_factory=dict)
    sites: Annotated[dict[Name, Site], Field(min_length=1)]
    pools: Annotated[dict[Name, Pool], Field(min_length=1)]
    """Only the pools that the scenario selects."""
    customers: Customers = Customers()
    outages: Outages
    contracts: dict[Name, Contract] = Field(default_factory=dict)
    """Those that the scenario selects; planning leaves out those whose provider has no pools in it."""
    strings: dict[Name, Strings] = Field(default_factory=dict)
    """By provider; those of providers without pools in the scenario cost nothing there."""
    what_if: Literal["yardstick", "right_forecast", "ignore_restrictions"] | None = None
    """
    Nobody can choose this scenario, the others are held to it. ``right_forecast``: what comes is what was forecast, to
    see what its errors cost; ``ignore_restrictions``: data classes and clearances are left aside, to see what they do.
    """
    routing: dict[Name, Route] = Field(default_factory=dict)
    """
    By contact type; steps to pools that exist in the file but not in the scenario are still here and struck by
    planning.
    """


class Precision(Frozen):
    """
    Replications until every declared service level is known to ``precision`` (half-width of its interval), at most
    ``at_most``.
    """

    precision: Points
    at_most: Annotated[int, Field(ge=10, le=10_000)]


class Worth(Frozen):
    """
    Value of one unit of a currency in the reporting one. Short form: the ``rate``. ``spread``: what changing money
    costs on top, of every amount that the client pays in it.
    """

    rate: Annotated[ExactNumber, Field(gt=0)]
    spread: ExactShare = Fraction(0)

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        return written if isinstance(written, Mapping) else {"rate": written}


class Currency(Frozen):
    """Written ``{report: USD, PHP: 0.0175, EUR: {rate: 1.09, spread: 1%}}``: value of one unit in the first."""

    report: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "USD"
    rates: dict[str, Worth] = Field(default_factory=dict)

    @classmethod
    def spell_out(cls, written: Any) -> Any:
        if isinstance(written, str):
            return {"report": written}
        fields = super().spell_out(written)
        if "rates" in fields:
            return fields
        rates = {key: value for key, value in fields.items() if key != "report"}
        wrong = [
            Slip((key,), "unknown key; write report, or the three capital letters of a currency", on_key=True)
            for key in rates
            if not (len(key) == 3 and key.isascii() and key.isupper())
        ]
        if (report := str(fields.get("report", "USD"))) in rates:
            wrong.append(
                Slip((report,), "all is told in this currency, of which one unit is worth 1; leave it out", on_key=True)
            )
        if wrong:
            raise slips(*wrong)
        return {**{key: fields[key] for key in ("report",) if key in fields}, "rates": rates}


class Limits(Frozen):
    """How large an experiment may be, so that a wrong unit is refused at once; raised by writing larger numbers."""

    contacts_per_replication: Annotated[float, Field(gt=0)] = 5e7
    """Expected contacts of one replication of one scenario."""
    contacts: Annotated[float, Field(gt=0)] = 1e9
    """Expected contacts over all replications and scenarios."""
    agent_days: Annotated[float, Field(gt=0)] = 1e8
    """Agents x days over all replications and scenarios."""


Replications = Annotated[
    Annotated[int, Field(ge=1, le=10_000), Tag("number")] | Annotated[Precision, Tag("map")],
    By(lambda written: "map" if isinstance(written, Mapping | Precision) else "number"),
]
Comparable = Literal[
    "service_level",
    "service_level_answered",
    "service_level_ignored",
    "service_level_positive",
    "abandonment_rate",
    "first_attempt_success",
    "eventual_success",
    "resolution_rate",
    "first_contact_resolution",
    "contacts_per_resolution",
    "total_wait_mean_s",
    "handle_time_per_resolution_s",
    "offered",
    "answered",
    "abandoned",
    "blocked",
    "lost_in_outage",
    "customers_lost_in_outage",
    "outage_queue_max",
    "outage_recovery_hours",
    "wait_mean_s",
    "speed_of_answer_s",
    "handle_time_mean_s",
    "response_mean_s",
    "queue_mean",
    "backlog_mean",
    "occupancy",
    "scheduled_hours",
    "paid_hours",
    "present_hours",
    "available_hours",
    "handling_hours",
    "overtime_hours",
    "labor_cost",
    "labor_cost_per_answered",
    "labor_cost_per_resolution",
    "total_cost",
    "total_cost_per_answered",
    "total_cost_per_handled_minute",
    "total_cost_per_resolution",
    "total_cost_per_productive_hour",
    "satisfaction_mean",
]
"""Measures whose differences between scenarios can be judged."""


class Experiment(Frozen):
    """Scenarios compared in one run, each resolved and whole."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    description: Text = ""
    file: str = ""
    """As the user named it."""
    changes: tuple[str, ...] = ()
    """``path.to.key=value``, applied to the file when it was loaded."""
    calendar: Calendar
    replications: Replications = 20
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 1
    currency: Currency = Currency()
    judged: Judged = Judged()
    limits: Limits = Limits()
    all_pools: tuple[Name, ...]
    """Names of all pools in the file, in its order."""
    scenarios: dict[str, Center]
    """By name, in the order of the file; a sweep's are named ``scenario | path=value``."""
    compare: tuple[Comparable, ...] | None = None
    """Measures whose differences between scenarios are judged together; see ``compared`` for those if not given."""
    business_case: BusinessCase | None = None
    """What it all costs over years."""
    selection: Selection | None = None
    """Which of the scenarios is the best bid, and by what."""

    @property
    def most_replications(self) -> int:
        """What a run takes at most."""
        wanted = self.replications
        return wanted.at_most if isinstance(wanted, Precision) else wanted

    @property
    def compared(self) -> tuple[Comparable, ...]:
        """
        ``compare``, or service, abandonment and cost; in addition who is served in the end where customers try again,
        what a resolution costs where matters stay unresolved, and who is lost where there are outages. Cost is what the
        client pays in all where there are costs beside wages or contracts, else that of labor.

        No more than that: each further measure makes the intervals of all others wider.
        """
        if self.compare is not None:
            return self.compare
        centers = self.scenarios.values()
        try_again = any(of.retrial is not None for center in centers for of in center.contact_types.values())
        unresolved = any(not pool.resolves_all for center in centers for pool in center.pools.values())
        cost: Literal["total_cost", "labor_cost"] = "total_cost" if self.has_books else "labor_cost"
        per: tuple[Comparable, ...] = (f"{cost}_per_answered", f"{cost}_per_resolution")  # type: ignore[assignment]
        return (
            "service_level",
            "abandonment_rate",
            *(("eventual_success",) if try_again else ()),
            *(("resolution_rate",) if unresolved else ()),
            *(("lost_in_outage",) if any(center.outages for center in centers) else ()),
            cost,
            *(per if unresolved else ()),
        )

    @property
    def has_books(self) -> bool:
        """Whether any scenario has costs beside wages, contracts, strings, or customers who cost something."""
        centers = self.scenarios.values()
        sites = any(site.costs is not None for center in centers for site in center.sites.values())
        pools = any(pool.wage or pool.seniority for center in centers for pool in center.pools.values())
        strings = any(center.strings or center.customers.abandoned or center.customers.churn for center in centers)
        return sites or pools or strings or any(center.contracts for center in centers)
