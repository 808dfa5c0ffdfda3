"""What is allowed but may not be meant: pointed out by ``ccsim check``."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from math import ceil, inf
from pathlib import Path
from typing import TYPE_CHECKING

from ccsim.config.doubt import Doubt
from ccsim.config.doubtful_contracts import doubts_of_contracts
from ccsim.config.doubtful_costs import doubts_of_costs
from ccsim.config.doubtful_journeys import doubts_of_journeys, doubts_of_outages, recontact_delay
from ccsim.config.doubtful_lives import doubts_of_lives
from ccsim.config.doubtful_selection import doubts_of_selection
from ccsim.config.doubtful_strings import doubts_of_strings
from ccsim.config.doubtful_terms import doubts_of_terms
from ccsim.config.scenarios import read_file
from ccsim.errors import ConfigError, Problem
from ccsim.model.allotment import pools_of
from ccsim.quantities import DAY, WEEK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.config.tree import Node
    from ccsim.model.experiment import Center, Experiment
    from ccsim.model.pool import Pool

FEWEST_REPLICATIONS = 5
"""With fewer there are no intervals and no verdicts."""
LONG_SHIFT = 12 * 3600.0
WORKING_DAYS = 5


def doubts(experiment: Experiment) -> list[Problem]:
    """Doubtful choices of an experiment, each told once however many scenarios share it, in the order of the file."""
    found = Counter([*_of_run(experiment), *doubts_of_selection(experiment)])
    for center in experiment.scenarios.values():
        found.update({*_of_types(center), *_of_sites(center), *_of_pools(center), *_of_routing(center)})
        found.update({*doubts_of_journeys(center), *doubts_of_lives(experiment.calendar, center)})
        found.update(doubts_of_costs(center))
        found.update({*doubts_of_outages(experiment.calendar, center), *doubts_of_contracts(center)})
        found.update({*doubts_of_terms(experiment.calendar, center), *doubts_of_strings(experiment, center)})
    kept = [doubt for doubt, times in found.items() if not doubt.is_idle or times == _scenarios_with(doubt, experiment)]
    file = _file(experiment)
    return sorted(_at(doubt, experiment.file, file) for doubt in kept)


def _scenarios_with(doubt: Doubt, experiment: Experiment) -> int:
    """Number of scenarios that have the type, pool, outage or contract that a doubt is about."""
    section, name = doubt.path[:2]
    return sum(name in getattr(center, section) for center in experiment.scenarios.values())


def _file(experiment: Experiment) -> Node | None:
    """The experiment as it is written, for lines and columns; None if its file is gone."""
    try:
        return read_file(experiment.file, Path(experiment.file))
    except ConfigError:
        return None


def _at(doubt: Doubt, name: str, file: Node | None) -> Problem:
    """The doubt at the deepest of its keys that stands in the file."""
    node, path = file, list(doubt.path)
    while node is not None and path and (below := node.child(path[0])) is not None:
        node = below
        path.pop(0)
    dotted = ".".join(doubt.path)
    if node is None or node is file:
        return Problem(name, 0, 0, dotted, doubt.message)
    return replace(node.key.problem(doubt.message), path=dotted)


def _of_run(experiment: Experiment) -> Iterator[Doubt]:
    given = experiment.most_replications
    if given < FEWEST_REPLICATIONS:
        message = f"with fewer than {FEWEST_REPLICATIONS} replications there are no intervals and no verdicts"
        yield Doubt(("replications",), message)
    needed = max((_warm_up_needed(center) for center in experiment.scenarios.values()), default=0.0)
    if experiment.calendar.warm_up < needed:
        message = (
            f"shorter than a week plus the longest response target ({needed / DAY:.3g} days): "
            "the counted period begins with less work waiting than usual"
        )
        yield Doubt(("calendar", "warm_up"), message)
    delay = max((recontact_delay(center) for center in experiment.scenarios.values()), default=0.0)
    if experiment.calendar.warm_up < delay:
        message = (
            f"shorter than the mean delay of recontacts ({delay / DAY:.3g} days): fewer customers come again in the "
            "counted period than usual"
        )
        yield Doubt(("calendar", "warm_up"), message)


def _warm_up_needed(center: Center) -> float:
    """A week plus the longest target where deferred work or weekly profiles carry over from day to day, else 0. [s]"""
    types = center.contact_types.values()
    deferred = [t for t in types if t.is_deferred and t.opening_backlog is None]
    longest = max((t.service_level.within for t in deferred if t.service_level is not None), default=0.0)
    return WEEK + longest if deferred or any(t.demand.weekly is not None for t in types) else 0.0


def _of_types(center: Center) -> Iterator[Doubt]:
    for name, contact_type in center.contact_types.items():
        path = ("contact_types", name)
        if contact_type.service_level is None and contact_type.channel != "outbound":
            yield Doubt(path, "without a service_level nothing is judged")
        if contact_type.at_close == "disconnect" and contact_type.opening_hours is None:
            yield Doubt((*path, "at_close"), "without opening_hours it never closes")
        if contact_type.is_deferred and contact_type.opening_hours is not None:
            yield Doubt((*path, "opening_hours"), "what arrives outside these hours is turned away, not kept")


def _of_sites(center: Center) -> Iterator[Doubt]:
    used = {pool.site for pool in center.pools.values()}
    paid = {center.pools[pool].site for contract in center.contracts.values() for pool in pools_of(center, contract)}
    for name, site in center.sites.items():
        if name in used - paid and site.wage is None:
            yield Doubt(("sites", name), "without a wage its work costs nothing and labor cost has no value")


def _of_pools(center: Center) -> Iterator[Doubt]:
    for name, pool in center.pools.items():
        path = ("pools", name)
        channels: set[str] = {center.contact_types[handled].channel for handled in pool.handles}
        yield from _of_chat(path, pool, channels)
        yield from _of_shifts(path, pool)
        deferred, live = channels & {"email", "back-office"}, channels & {"phone", "chat"}
        if pool.interruptible and not (deferred and live):
            yield Doubt((*path, "interruptible"), "it needs deferred work and live contacts in the same pool")
        if pool.shrinkage.absence == 0 and pool.shrinkage.other == 0:
            yield Doubt(path, "without shrinkage nobody is ever absent or off the phone")
        if pool.keep_free is not None and not _is_kept_from_anything(center, pool):
            message = "no contact type that it handles has a priority below below_priority"
            yield Doubt((*path, "keep_free"), message)
        elif pool.keep_free is not None and pool.keep_free.agents >= (most := _most_agents(pool)):
            message = f"the pool never has more than {most:g} agents: contacts of a lower priority are never started"
            yield Doubt((*path, "keep_free", "agents"), message)


def _is_kept_from_anything(center: Center, pool: Pool) -> bool:
    """Whether some contact type has a priority so low that agents are kept free from it."""
    lowest = min(
        handles.priority if handles.priority is not None else center.contact_types[name].default_priority
        for name, handles in pool.handles.items()
    )
    return pool.keep_free is not None and lowest < pool.keep_free.below_priority


def _most_agents(pool: Pool) -> float:
    """Agents of whom more are never on duty: all seats and all on call; the largest number, infinite of tables."""
    if pool.staffing is None:
        shifts = (pool.shifts or {}).values()
        seats = (ceil(shift.agents * (1 + (shift.flex.band if shift.flex else 0))) for shift in shifts)
        return sum(seats) + sum(line.agents for line in pool.on_call.values())
    if pool.staffing.table is not None:
        return inf
    return pool.staffing.always or max((count.agents for count in pool.staffing.weekly), default=0)


def _of_chat(path: tuple[str, ...], pool: Pool, channels: set[str]) -> Iterator[Doubt]:
    if pool.chat is None:
        if "chat" in channels:
            yield Doubt(path, "it handles chats without chat: {concurrency, speed}, one at a time")
        return
    if "chat" not in channels:
        yield Doubt((*path, "chat"), "it handles no chats")
    if pool.chat.mix_calls and "phone" not in channels:
        yield Doubt((*path, "chat", "mix_calls"), "it handles no calls")
    speed = pool.chat.speed[: pool.chat.concurrency]
    for number, (before, after) in enumerate(pairwise(speed), start=1):
        if after > before:
            message = f"each of {number + 1} chats goes faster than each of {number}"
            yield Doubt((*path, "chat", "speed"), message)
        if (number + 1) * after < number * before:
            message = f"{number + 1} chats at once get less done than {number}"
            yield Doubt((*path, "chat", "speed"), message)


def _of_shifts(path: tuple[str, ...], pool: Pool) -> Iterator[Doubt]:
    for name, shift in (pool.shifts or {}).items():
        if shift.rotation is None and len(shift.days) > WORKING_DAYS and shift.agents:
            message = f"the same people work {len(shift.days)} days a week; give it a rotation, for example 5 on 2 off"
            yield Doubt((*path, "shifts", name), message)
        if shift.length > LONG_SHIFT:
            yield Doubt((*path, "shifts", name), f"it lasts {shift.length / 3600:g} h")


def _of_routing(center: Center) -> Iterator[Doubt]:
    for name, route in center.routing.items():
        listed = [pool for rank in route.every_rank for pool in rank.pools]
        for pool, below in center.pools.items():
            if name in below.handles and pool not in listed:
                yield Doubt(
                    ("pools", pool, "handles", name), f"it stands in no list of routing.{name}: it never gets any"
                )
        for ranks in [route.ranks, *(lane.ranks for lane in route.lanes.values())]:
            always = [pool for rank in ranks if rank.when is None for pool in rank.pools]
            for pool in dict.fromkeys(always):
                if always.count(pool) > 1:
                    yield Doubt(("routing", name), f"{pool} stands in more than one rank without a condition")
