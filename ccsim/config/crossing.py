"""What only shows when the parts of an experiment are seen together."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from ccsim.config.amounts import problems_with_amounts
from ccsim.config.business_case import problems_with_business_case
from ccsim.config.clearances import uncleared
from ccsim.config.contracts import problems_with_contracts
from ccsim.config.forecasts import right_already
from ccsim.config.selection import problems_with_selection
from ccsim.config.strings import problems_with_strings
from ccsim.config.terms import problems_with_terms
from ccsim.model.hours import Holidays
from ccsim.quantities import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.config.tree import Node
    from ccsim.errors import Problem
    from ccsim.model.experiment import Center, Experiment

LEAST_FACTOR, MOST_FACTOR = 0.05, 20
"""Of handle time."""


def problems_across(experiment: Experiment, tree: Node, *, names_hold: bool) -> Iterator[Problem]:
    """Problems of an experiment whose parts are all valid; what follows names only where all of them hold."""
    for name, center in experiment.scenarios.items():
        node = tree.value["scenarios"].value[name]
        yield from _unknown_holidays(center, node)
        yield from problems_with_amounts(center, experiment.currency, node)
        if names_hold:
            yield from _extreme_factors(center, node)
            yield from uncleared(center, node)
            yield from problems_with_contracts(center, experiment.currency, node)
            yield from right_already(center, node)
            yield from problems_with_terms(center, node)
    if names_hold:
        yield from problems_with_strings(experiment, tree)
        yield from problems_with_business_case(experiment, tree)
        yield from problems_with_selection(experiment, tree)
    yield from _empty_everywhere(experiment, tree)


def _extreme_factors(center: Center, node: Node) -> Iterator[Problem]:
    """
    Factors with which the whole-number rates of work (rule 1) would be off by tenths of a percent or more: alone, or
    of a new agent in a foreign language.
    """
    reach = f"x{LEAST_FACTOR} to x{MOST_FACTOR}"
    for name, pool in center.pools.items():
        for handled, values in pool.handles.items():
            below = node.get("pools", name, "handles", handled) or node
            others = {
                "proficiency": pool.proficiency_in(center.contact_types[handled].language).handle_time,
                "learning": pool.learning.handle_time if pool.learning is not None else 1.0,
            }
            if not LEAST_FACTOR <= values.handle_time <= MOST_FACTOR:
                place = (below.get("handle_time") or below).place
                yield place.problem(f"x{values.handle_time:g} is out of range; a factor lies from {reach}")
            elif not LEAST_FACTOR <= (whole := values.handle_time * math.prod(others.values())) <= MOST_FACTOR:
                told = " and ".join(key for key, factor in others.items() if factor != 1)
                yield below.key.problem(f"with {told} its handle time is x{whole:g}; a factor lies from {reach}")


def _unknown_holidays(center: Center, node: Node) -> Iterator[Problem]:
    """Countries and subdivisions whose holidays nobody knows."""
    for name, site in center.sites.items():
        known = _subdivisions(site.country) if site.subdivision is not None else None
        if known and site.subdivision not in known:
            place = (node.get("sites", name, "subdivision") or node).place
            yield place.problem(_no_subdivision(site.country, str(site.subdivision), known))
    for path, holidays in _holidays(center):
        below = node.get(*path) or node
        if holidays.country is None:
            continue
        known = _subdivisions(holidays.country)
        if known is None:
            place = (below.get("country") or below).place
            yield place.problem(f"the holidays of {holidays.country} are not known; list them as dates")
        elif holidays.subdivision is not None and holidays.subdivision not in known:
            place = (below.get("subdivision") or below).place
            yield place.problem(_no_subdivision(holidays.country, holidays.subdivision, known))


def _no_subdivision(country: str, subdivision: str, known: frozenset[str]) -> str:
    hint = suggest(subdivision, known) or f"; there are {', '.join(sorted(known)) or 'none'}"
    return f"{country} has no subdivision {subdivision}{hint}"


def _holidays(center: Center) -> Iterator[tuple[tuple[str | int, ...], Holidays]]:
    """All holidays of a center and the keys that lead to them."""
    for name, site in center.sites.items():
        if site.holidays is not None:
            yield ("sites", name, "holidays"), site.holidays
        elif site.costs is not None and site.costs.holiday_pay is not None:
            yield ("sites", name, "costs", "holiday_pay"), Holidays(country=site.country)
    for name, contact_type in center.contact_types.items():
        if contact_type.demand.holidays is not None:
            yield ("contact_types", name, "demand", "holidays"), contact_type.demand.holidays
        hours = contact_type.opening_hours
        if hours is not None and hours.closed_on is not None:
            yield ("contact_types", name, "opening_hours", "closed_on"), hours.closed_on
        target = contact_type.service_level
        if target is not None and target.hours is not None and target.hours.closed_on is not None:
            yield ("contact_types", name, "service_level", "hours", "closed_on"), target.hours.closed_on
    for name, contract in center.contracts.items():
        for place, term in enumerate(contract.terms):
            if term.hours is not None and term.hours.closed_on is not None:
                yield ("contracts", name, "terms", place, "hours", "closed_on"), term.hours.closed_on
    for name, route in center.routing.items():
        for number, rank in enumerate(route.ranks):
            hours = rank.when.hours if rank.when is not None else None
            if hours is not None and hours.closed_on is not None:
                yield ("routing", name, str(number), "when", "hours", "closed_on"), hours.closed_on


@cache
def _subdivisions(country: str) -> frozenset[str] | None:
    """Subdivisions of a country whose holidays are known; None if its holidays are not."""
    import holidays

    found: dict[str, list[str]] = holidays.list_supported_countries(include_aliases=True)
    return frozenset(found[country]) if country in found else None


def _empty_everywhere(experiment: Experiment, tree: Node) -> Iterator[Problem]:
    """Shifts with no agents, and pools staffed by zero, in every scenario."""
    heads: dict[tuple[str, ...], int] = {}
    nodes: dict[tuple[str, ...], Node] = {}
    for name, center in experiment.scenarios.items():
        for pool, below in center.pools.items():
            for shift, values in (below.shifts or {}).items():
                path: tuple[str, ...] = ("pools", pool, "shifts", shift, "agents")
                heads[path] = heads.get(path, 0) + values.agents
                nodes[path] = tree.value["scenarios"].value[name].get(*path) or tree
            if below.staffing is not None and below.staffing.always is not None:
                path = ("pools", pool, "staffing")
                heads[path] = heads.get(path, 0) + below.staffing.always
                nodes[path] = tree.value["scenarios"].value[name].get(*path) or tree
    for path, number in heads.items():
        if number == 0:
            yield nodes[path].place.problem("nobody works here in any scenario; give it agents or remove it")
