"""One complete center (a scenario), and the experiment that compares several."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from ccsim.model.base import Frozen, Name, Positive, Seconds, Share, Zone
from ccsim.model.contact_type import ContactType
from ccsim.model.pool import Pool
from ccsim.model.routing import Route
from ccsim.model.site import Site


class Calendar(Frozen):
    """The counted period: ``weeks`` or ``days`` from local midnight of ``start`` in ``timezone``. The warm-up is simulated before it."""

    start: date
    weeks: Annotated[int, Field(ge=1, le=520)] | None = None
    days: Annotated[int, Field(ge=1, le=3650)] | None = None
    warm_up: Seconds = 0.0
    timezone: Zone
    interval: Seconds = 1800.0
    """Planning interval: 5, 10, 15, 20, 30 or 60 min."""
    run_on: Seconds | None = None
    """After the counted period; the longest response target plus 2 days if not given."""


class LineGroup(Frozen):
    """``limit`` lines shared by ``types``: waiting plus talking contacts."""

    types: tuple[Name, ...]
    limit: Annotated[int, Field(ge=1, le=1_000_000)]


class Judged(Frozen):
    """Thresholds of measures."""

    minimum_agents: Annotated[int, Field(ge=1)] = 2
    occupancy_ceiling: Share = 0.85


class Center(Frozen):
    """One scenario, whole: everything that a Plan is made of, but for the calendar."""

    description: str = ""
    contact_types: dict[Name, ContactType]
    lines: dict[Name, LineGroup] = {}
    sites: dict[Name, Site]
    pools: dict[Name, Pool]
    """Only the pools that the scenario selects."""
    routing: dict[Name, Route] = {}
    """By contact type; steps to pools that exist in the file but not in the scenario are still here and struck by planning."""


class Precision(Frozen):
    """Replications until every declared service level is known to ``precision`` (half-width of its interval), at most ``at_most``."""

    precision: Share
    at_most: Annotated[int, Field(ge=10, le=10_000)]


class Currency(Frozen):
    """Written ``{report: USD, PHP: 0.0175}``: value of one unit in the reporting currency."""

    report: str = "USD"
    rates: dict[str, Positive] = {}


class Experiment(Frozen):
    """Scenarios compared in one run, each resolved and whole."""

    title: str
    description: str = ""
    file: str = ""
    """As the user named it."""
    calendar: Calendar
    replications: Annotated[int, Field(ge=1, le=10_000)] | Precision = 20
    seed: Annotated[int, Field(ge=0)] = 1
    currency: Currency = Currency()
    judged: Judged = Judged()
    all_pools: tuple[Name, ...]
    """Names of all pools in the file, in its order."""
    scenarios: dict[Name, Center]
    compare: tuple[Name, ...] = ("service_level", "abandonment_rate", "labor_cost")
    """Measures whose differences between scenarios are judged together."""
