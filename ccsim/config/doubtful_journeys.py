"""Customers' journeys and outages that are allowed but may not be meant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ccsim.config.doubt import Doubt
from ccsim.config.journeys import beyond, resolution
from ccsim.model.journey import Retrials
from ccsim.quantities import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.model.contact_type import ContactType
    from ccsim.model.experiment import Calendar, Center
    from ccsim.model.law import Law
    from ccsim.model.outage import Outage
    from ccsim.model.pool import Pool

RARELY_BEYOND = 0.01
"""So few customers may be cut off by ``at_most``."""
ZONES_APART = timedelta(days=1)
"""More than any two zones."""


def doubts_of_journeys(center: Center) -> Iterator[Doubt]:
    for name, kind in center.contact_types.items():
        path = ("contact_types", name)
        yield from _of_resolution(center, path, name, kind)
        yield from _of_retrials(center, path, name, kind)
        if kind.callback is not None and not kind.callback.accepted:
            yield Doubt((*path, "callback", "accepted"), "nobody accepts the callback: it is never used", True)
    for name, share in beyond(center).items():
        if share > RARELY_BEYOND:
            at_most = center.customers.at_most
            message = (
                f"in the worst case {share * 100:.2g} % of its customers would come again more than {at_most} times, "
                "which customers.at_most rules out; raise it, or let the probabilities fall by the visit, as [60%, 30%]"
            )
            yield Doubt(("contact_types", name), message)
    for name, pool in center.pools.items():
        yield from _of_campaigns(center, ("pools", name), pool)
        yield from _of_languages(center, ("pools", name), pool)


def _of_resolution(center: Center, path: tuple[str, ...], name: str, kind: ContactType) -> Iterator[Doubt]:
    handling = [pool for pool in center.pools.values() if name in pool.handles]
    leaves_some = any(resolution(pool, kind, name) < 1 for pool in handling)
    learns = any(pool.learning is not None and pool.learning.resolves < 1 for pool in handling)
    if leaves_some and kind.recontact is None:
        yield Doubt(path, "its pools do not resolve every contact, but without a recontact nobody comes back")
    if kind.recontact is not None and not leaves_some and not learns:
        yield Doubt((*path, "recontact"), "its pools resolve every contact: write there how much they resolve", True)


def _of_retrials(center: Center, path: tuple[str, ...], name: str, kind: ContactType) -> Iterator[Doubt]:
    """Retrials after an outcome that never happens."""
    agents_out = [outage for outage in center.outages.values() if outage.channel is None]
    lost = any(outage.live == "lost" for outage in agents_out)
    blocking = any(outage.channel == kind.channel for outage in center.outages.values())
    limited = kind.max_waiting is not None or any(name in group.types for group in center.lines.values())
    never = {
        "abandoned": kind.patience == "endless" and "patience is endless",
        "balked": kind.balk == 0 and "balk is 0%",
        "blocked": not (limited or blocking) and "there are no lines, no max_waiting and no outage of the channel",
        "closed": kind.opening_hours is None and "it is always open",
        "disconnected": kind.at_close == "serve" and not lost and "nobody is disconnected at_close or by an outage",
    }
    for outcome in Retrials.model_fields:
        if kind.retrial is not None and getattr(kind.retrial, outcome) is not None and (why := never.get(outcome)):
            yield Doubt((*path, "retrial", outcome), f"it never happens: {why}", True)


def _of_campaigns(center: Center, path: tuple[str, ...], pool: Pool) -> Iterator[Doubt]:
    """Outbound contacts that take the last idle agent from those who call in."""
    kinds = {name: center.contact_types[name] for name in pool.handles}
    if all(kind.channel == "outbound" or kind.is_deferred for kind in kinds.values()):
        return
    reserved_from = pool.keep_free.below_priority if pool.keep_free is not None else 0
    for name, kind in kinds.items():
        written = pool.handles[name].priority
        priority = kind.default_priority if written is None else written
        if kind.channel == "outbound" and priority >= reserved_from:
            message = (
                f"its contacts are dialed even by the last idle agent; write keep_free: {{agents: 1, below_priority: "
                f"{priority + 1}}} in the pool"
            )
            yield Doubt((*path, "handles", name), message)


def _of_languages(center: Center, path: tuple[str, ...], pool: Pool) -> Iterator[Doubt]:
    spoken = {language for name in pool.handles if (language := center.contact_types[name].language) is not None}
    for language in pool.proficiency:
        if language not in spoken:
            hint = suggest(language, spoken) or f"; they have {', '.join(sorted(spoken)) or 'none'}"
            yield Doubt(
                (*path, "proficiency", language), f"no contact type that it handles has this language{hint}", True
            )


def recontact_delay(center: Center) -> float:
    """The longest mean delay of recontacts, of those written with their mean. [s]"""
    recontacts = [kind.recontact for kind in center.contact_types.values() if kind.recontact is not None]
    return max((_written_mean(recontact.delay) for recontact in recontacts), default=0.0)


def _written_mean(law: Law) -> float:
    given = [family for name in type(law).model_fields if (family := getattr(law, name)) is not None]
    return getattr(given[0], "mean", None) or 0.0


def doubts_of_outages(calendar: Calendar, center: Center) -> Iterator[Doubt]:
    for name, outage in center.outages.items():
        yield from _of_failover(center, ("outages", name), outage)
        yield from _of_time(calendar, ("outages", name), outage)


def _of_failover(center: Center, path: tuple[str, ...], outage: Outage) -> Iterator[Doubt]:
    out = {name for name, pool in center.pools.items() if _strikes(center, outage, pool)}
    if not out and outage.channel is None:
        yield Doubt(path, "no pool of a scenario is there: nothing happens", True)
    asked = {name: _pools_asked(center, name) for name in center.contact_types}
    stranded = [name for name, pools in asked.items() if pools and pools <= out]
    if stranded:
        yield Doubt(path, f"nobody takes over {', '.join(stranded)}: all pools that it is routed to are out")


def _strikes(center: Center, outage: Outage, pool: Pool) -> bool:
    site = center.sites[pool.site]
    places = {"site": pool.site, "provider": site.provider, "country": site.country}
    return any(getattr(outage, key) == value for key, value in places.items())


def _pools_asked(center: Center, name: str) -> set[str]:
    """Pools of the scenario that may get a contact type."""
    handling = {pool for pool, below in center.pools.items() if name in below.handles}
    route = center.routing.get(name)
    return handling if route is None else handling & {pool for rank in route.every_rank for pool in rank.pools}


def _of_time(calendar: Calendar, path: tuple[str, ...], outage: Outage) -> Iterator[Doubt]:
    if outage.from_ is None or not isinstance(outage.lasts, float):
        return
    midnight = datetime.combine(calendar.start, datetime.min.time())
    begins = midnight - timedelta(seconds=calendar.warm_up) - ZONES_APART
    ends = midnight + timedelta(days=calendar.counted_days) + ZONES_APART
    if outage.from_ > ends or outage.from_ + timedelta(seconds=outage.lasts) < begins:
        yield Doubt((*path, "from"), f"it lies outside of the simulated time, {begins:%Y-%m-%d} to {ends:%Y-%m-%d}")
