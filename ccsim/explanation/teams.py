"""Who works together in a simpler world: pools cut into teams, and routing led to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ccsim.explanation.steps import Real
from ccsim.measures.contacts import is_deferred
from ccsim.measures.erlang_beside import agents_by_type, chat_load, routed_to
from ccsim.measures.planned import expected_agents
from ccsim.plan import UNITS_PER_TICK, Channel, Pools, Routing

if TYPE_CHECKING:
    from collections.abc import Collection

    from ccsim.plan import Bools, Floats, Ints, Plan

ALL = "all"
REST = "rest"
"""Agents of a pool whom no contact type of the hour claims; deferred work is theirs alone."""


@dataclass(frozen=True)
class Teams:
    """
    Parts of pools, C rows in the order of the pools; each is a pool of the simpler world.

    Deferred work that a pool handles is handled by all of its teams.
    """

    pool: Ints
    """The pool that the team is part of."""
    label: tuple[str, ...]
    """Whom it works for; teams with one label, out of several pools, stand beside each other as one."""
    handles: Bools
    """[C, T]"""
    agents: Floats
    """[C, G] expected agents of the team in each planning interval, a real number."""
    servers: Ints
    """Servers that each agent makes: 1, and of chats that are not held together as many as are held at a time."""


def teams(whole: Plan, real: Collection[Real]) -> Teams:
    """
    Cut pools into teams; ``whole`` is the Plan with planning intervals over the entire run.

    Without sharing each live type has its own team in every pool routed to; with it, calls that share
    agents have one, and chats; with blending besides, pools stay whole.
    """
    pools, deferred = range(len(whole.pools.name)), is_deferred(whole)
    handled, present = whole.pools.priority >= 0, expected_agents(whole)
    groups = groups_of(whole, real)
    split, routed = agents_by_type(whole), routed_to(whole)
    held = chat_load(whole)[0]
    rows: list[tuple[int, str, Bools, Floats, int]] = []
    for pool in pools:
        if len(groups) == 1 and Real.BLENDING in real and Real.SHARING in real:
            rows.extend((pool, label, types, present[pool], 1) for label, types in groups.items())
            continue
        left = present[pool].copy()
        for label, types in groups.items():
            own = types & routed[pool]
            if own.any():
                claimed = split[pool, own].sum(axis=0)
                left -= claimed
                rows.append((pool, label, own, claimed, 1 if Real.BLENDING in real else int(held[pool, own].max())))
        rows.append((pool, REST, deferred & ~deferred, np.maximum(left, 0.0), 1))
    of_pool, labels, own_types, agents, servers = (list(column) for column in zip(*rows, strict=True))
    return Teams(
        pool=np.array(of_pool),
        label=tuple(labels),
        handles=(np.array(own_types) | deferred) & handled[np.array(of_pool)],
        agents=np.array(agents),
        servers=np.array(servers),
    )


def groups_of(plan: Plan, real: Collection[Real]) -> dict[str, Bools]:
    """[T] live types that are served together, by the name of their team."""
    live, is_chat = ~is_deferred(plan), plan.types.channel == Channel.CHAT
    if Real.SHARING not in real:
        rows = np.arange(len(live))
        return {plan.types.stream[type_]: rows == type_ for type_ in np.flatnonzero(live).tolist()}
    if Real.BLENDING in real:
        return {ALL: live}
    routed = routed_to(plan)
    groups: dict[str, Bools] = {}
    for first in np.flatnonzero(live).tolist():
        if not any(group[first] for group in groups.values()):
            # Known by its first type, so that a type served alone is drawn as where nothing is shared.
            groups[plan.types.stream[first]] = connected(first, live & (is_chat == is_chat[first]), routed)
    return groups


def connected(first: int, kind: Bools, routed: Bools) -> Bools:
    """[T] types of one kind that share agents with the first, be it by way of others; ``routed`` is [P, T]."""
    group = np.zeros_like(kind)
    group[first] = True
    while True:
        pools = routed[:, group].any(axis=1)
        wider = kind & routed[pools].any(axis=0)
        if (wider == group).all():
            return group
        group = wider


def longer_work(whole: Plan, real: Collection[Real]) -> Floats | None:
    """
    [T, G] mean factor on the work of a type's contacts over the pools that take them, as Erlang's handle time has it.

    Without sharing nobody knows which site answers, so every contact takes that long; with it, pools have their own
    factors, and this is None. Chats one at a time take as long as at full load.
    """
    if Real.SHARING in real:
        return None
    split, (held, slowing) = agents_by_type(whole), chat_load(whole)
    routed = (routed_to(whole) & ~is_deferred(whole))[:, :, None]
    slots = np.where(split.sum(axis=0) > 0, split, routed) * held[:, :, None]
    factor = np.nan_to_num(whole.pools.factor) * (1.0 if Real.BLENDING in real else slowing)
    total = slots.sum(axis=0)
    mean: Floats = np.divide((slots * factor[:, :, None]).sum(axis=0), total, out=np.ones_like(total), where=total > 0)
    return mean


def team_pools(plan: Plan, made: Teams, real: Collection[Real]) -> Pools:
    """The teams as pools."""
    pools, pool = plan.pools, made.pool
    concurrency = pools.concurrency[pool] if Real.BLENDING in real else np.ones_like(pool)
    return Pools(
        name=tuple(f"{pools.name[p]}: {label}" for p, label in zip(pool, made.label, strict=True)),
        stream=tuple(f"{pools.stream[p]}: {label}" for p, label in zip(pool, made.label, strict=True)),
        site=pools.site[pool],
        concurrency=concurrency,
        mixes_calls=pools.mixes_calls[pool] & (Real.BLENDING in real),
        interruptible=pools.interruptible[pool],
        contact_choice=pools.contact_choice[pool],
        pooled_leavers=pools.pooled_leavers[pool] | (Real.ROSTER not in real),
        rate=team_rates(plan, made, real),
        priority=np.where(made.handles, pools.priority[pool], -1),
        factor=np.where(made.handles, pools.factor[pool], np.nan),
        speed=pools.speed[pool],
    )


def team_rates(plan: Plan, made: Teams, real: Collection[Real]) -> Ints:
    """[C, T, K] as in ``Pools.rate``, without what is not ``real``; see ``longer_work``."""
    pools, live = plan.pools, ~is_deferred(plan)
    rate = pools.rate[made.pool]
    is_chat = plan.types.channel == Channel.CHAT
    if Real.BLENDING not in real:
        full = np.take_along_axis(rate, pools.concurrency[made.pool][:, None, None] - 1, axis=2)
        rate = np.where(is_chat[None, :, None], full, rate)
    if Real.SHARING not in real:
        speed = pools.speed[made.pool] if Real.BLENDING in real else np.ones((len(made.pool), 1))
        alone = np.where(is_chat[None, :, None], np.nan_to_num(speed, nan=1.0)[:, None, :], 1.0)
        own = np.maximum(np.rint(UNITS_PER_TICK * alone), 1).astype(np.int64)
        rate = np.where(live[None, :, None], own, rate)
    return np.where(made.handles[:, :, None], rate, 0)


def team_routing(plan: Plan, made: Teams, real: Collection[Real]) -> Routing:
    """
    Steps led to the teams of their pools; without sharing a live type goes to all of its teams at once.

    Whether a pool is awake or asleep is seen from its team for the same contacts.
    """
    steps, live = plan.routing, ~is_deferred(plan)
    columns: dict[str, list[int]] = {
        name: [] for name in ("pool", "rank", "after", "window", "awake", "asleep", "keep_free", "lane")
    }
    offset = [0]
    for type_ in range(len(plan.types.name)):
        alone = live[type_] and Real.SHARING not in real
        for row in range(steps.offset[type_], steps.offset[type_ + 1]):
            for team in np.flatnonzero((made.pool == steps.pool[row]) & made.handles[:, type_]).tolist():
                if alone and team in columns["pool"][offset[-1] :]:
                    continue
                values = {
                    name: 0 if alone else int(getattr(steps, name)[row])
                    for name in ("rank", "after", "keep_free", "lane")
                }
                values["window"] = -1 if alone else int(steps.window[row])
                for name in ("awake", "asleep"):
                    values[name] = -1 if alone else team_seen(made, int(getattr(steps, name)[row]), type_)
                for name, value in (values | {"pool": team}).items():
                    columns[name].append(value)
        offset.append(len(columns["pool"]))
    return Routing(offset=np.array(offset), **{name: np.array(column, np.int64) for name, column in columns.items()})


def team_seen(made: Teams, pool: int, type_: int) -> int:
    """The team of a pool that handles a type, else its first; -1 stays -1."""
    if pool < 0:
        return -1
    own = made.pool == pool
    return int(np.argmax(own * (1 + made.handles[:, type_])))


def on_teams(plan: Plan, made: Teams, real: Collection[Real]) -> Plan:
    """The Plan with teams for pools; their agents are still to come."""
    return replace(plan, pools=team_pools(plan, made, real), routing=team_routing(plan, made, real))
