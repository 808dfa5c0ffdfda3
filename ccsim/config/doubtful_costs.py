"""Costs of sites that are allowed but may not be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.config.doubt import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.model.cost import Costs
    from ccsim.model.experiment import Center
    from ccsim.model.pool import Pool

BY_TELEPHONE = ("phone", "outbound")


def doubts_of_costs(center: Center) -> Iterator[Doubt]:
    for name, site in center.sites.items():
        pools = {own: pool for own, pool in center.pools.items() if pool.site == name}
        if site.costs is None or not pools:
            continue
        path = ("sites", name, "costs")
        if site.costs.holiday_pay is not None and site.holidays is not None:
            message = "no shift starts on its holidays: only what is worked into them is paid so"
            yield Doubt((*path, "holiday_pay"), message)
        yield from _of_hiring(path, site.costs, pools)
        channels = {center.contact_types[handled].channel for pool in pools.values() for handled in pool.handles}
        if site.costs.telecom is not None and not channels & {*BY_TELEPHONE}:
            yield Doubt((*path, "telecom"), "nobody here handles a type by telephone", True)
    yield from _lines_paid_twice(center)


def _lines_paid_twice(center: Center) -> Iterator[Doubt]:
    """Lines in front of several sites are paid by each that has a price for them."""
    for group, lines in center.lines.items():
        types = {name for name in lines.types if center.contact_types[name].channel in BY_TELEPHONE}
        reached = {pool.site for pool in center.pools.values() if types & {*pool.handles}}
        telecom = {name: site.costs.telecom for name, site in center.sites.items() if site.costs and name in reached}
        paying = [name for name, prices in telecom.items() if prices is not None and prices.line is not None]
        for name in paying[1:]:
            message = f"{paying[0]} pays for the lines of {group}, too; give line to one of the sites"
            yield Doubt(("sites", name, "costs", "telecom", "line"), message)


def _of_hiring(path: tuple[str, ...], costs: Costs, pools: dict[str, Pool]) -> Iterator[Doubt]:
    """Hires are those of the simulation, or those that turnover stands for; of neither there are none."""
    stay = [name for name, pool in pools.items() if pool.attrition is None and pool.tenure != "new"]
    if costs.turnover is not None and all(pool.attrition is not None for pool in pools.values()):
        yield Doubt((*path, "turnover"), "its pools have attrition, which decides on who is hired", True)
    for key in ("recruiting", "training"):
        if getattr(costs, key) is not None and costs.turnover is None and stay:
            message = f"nobody is ever hired for {stay[0]}; write turnover here, or attrition there"
            yield Doubt((*path, key), message)
