"""
Erlang C beside the simulation: what a planner's spreadsheet says of the same staffing (world rules, "Measures").

Every agent is counted once. The agents of a pool are split in each planning interval among the live types routed to it,
in proportion to their offered erlangs there; deferred types get none and no Erlang C. It knows the forecast, and so
first visits alone: neither customers who come again nor contacts passed on from another type.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.erlang import erlang_c
from ccsim.measures.contacts import is_live
from ccsim.measures.expected import expected
from ccsim.measures.planned import expected_agents
from ccsim.measures.tally import Ratio
from ccsim.plan import TICKS_PER_SECOND, Channel

if TYPE_CHECKING:
    from ccsim.plan import Bools, Floats, Plan


@dataclass(frozen=True)
class SimpleQueues:
    """Each live type alone in each planning interval, as Erlang C sees it; all [T, I], zeros for deferred types."""

    contacts: Floats
    agents: Floats
    """The type's part of the planned agents, a real number."""
    concurrency: Floats
    """Contacts that one of them holds: 1, of chat the pools' concurrency (mean, weighted with agents)."""
    handle_time: Floats
    """Mean over the pools, weighted with agents x concurrency; of a chat at full load, as planners reckon. [s]"""
    load: Floats
    """Contacts per second x handle time. [erlang]"""

    @property
    def servers(self) -> Floats:
        return self.agents * self.concurrency


def simple_queues(plan: Plan) -> SimpleQueues:
    """
    Split the planned agents among the live types.

    Where nobody is on duty, handle time and concurrency are those of all pools that may take the type.
    """
    forecast, live = expected(plan), is_live(plan)
    seconds = np.diff(plan.promises.edges) / TICKS_PER_SECOND
    work, agents = work_by_pool(plan), agents_by_type(plan)

    concurrency, slowing = (values[:, :, None] for values in chat_load(plan))
    weight = np.where(agents.sum(axis=0) > 0, agents, (routed_to(plan) & live)[:, :, None])
    slots = weight * concurrency
    contacts = forecast.contacts * live[:, None]
    handle_time = quotient((slots * work * slowing).sum(axis=0), slots.sum(axis=0))
    return SimpleQueues(
        contacts=contacts,
        agents=agents.sum(axis=0),
        concurrency=quotient(slots.sum(axis=0), weight.sum(axis=0)),
        handle_time=handle_time,
        load=contacts / seconds * handle_time,
    )


def agents_by_type(plan: Plan) -> Floats:
    """[P, T, I] planned agents of each pool, split among its live types; 0 where no contact is expected."""
    seconds = np.diff(plan.promises.edges) / TICKS_PER_SECOND
    routed = (routed_to(plan) & is_live(plan))[:, :, None]
    offered = routed * expected(plan).contacts * work_by_pool(plan) / seconds
    return expected_agents(plan)[:, None, :] * quotient(offered, offered.sum(axis=1, keepdims=True))


def work_by_pool(plan: Plan) -> Floats:
    """[P, T, I] mean time on a contact that is handled alone, 0 where the pool does not handle the type. [s]"""
    factor = np.nan_to_num(plan.pools.factor)[:, :, None]
    return mean_work(plan)[:, None] * expected(plan).handle_level * factor


def routed_to(plan: Plan) -> Bools:
    """[P, T] whether a routing step of the type leads to the pool."""
    routed = np.zeros((len(plan.pools.name), len(plan.types.name)), bool)
    routed[plan.routing.pool, np.repeat(np.arange(len(plan.types.name)), np.diff(plan.routing.offset))] = True
    return routed


def mean_work(plan: Plan) -> Floats:
    """[T] mean base work of a contact, wrap-up included. [s]"""
    laws = zip(plan.types.work_law, plan.types.wrap_law, strict=True)
    return np.array([work.mean + (wrap.mean if wrap else 0.0) for work, wrap in laws])


def chat_load(plan: Plan) -> tuple[Floats, Floats]:
    """[P, T] chats held at full load, and how much longer each takes then; 1 and 1 for other channels."""
    most = plan.pools.concurrency[:, None]
    full_speed = np.take_along_axis(plan.pools.speed, most - 1, axis=1)
    is_chat = plan.types.channel == Channel.CHAT
    return np.where(is_chat, most, 1).astype(np.float64), np.where(is_chat, 1 / full_speed, 1.0)


def service_level(plan: Plan, queues: SimpleQueues) -> Ratio:
    """[T, I] expected contacts in target and expected contacts; unstable and unstaffed intervals count as 0."""
    has_target = (plan.promises.threshold >= 0)[:, None]
    threshold = np.maximum(plan.promises.threshold, 0)[:, None] / TICKS_PER_SECOND
    served = queues.handle_time > 0
    waits = erlang_c(queues.load, queues.servers, np.where(served, queues.handle_time, 1.0))
    level = np.where(waits.stable, waits.service_level(threshold), 0.0)
    return Ratio(queues.contacts * level * has_target, queues.contacts * has_target)


def unstable(queues: SimpleQueues) -> Ratio:
    """[T, I] expected contacts in intervals in which the load is not below the servers, and expected contacts."""
    return Ratio(queues.contacts * (queues.load >= queues.servers), queues.contacts)


def required_agents(plan: Plan, queues: SimpleQueues) -> Floats:
    """[T, I] fewest agents with whom Erlang C meets the target, of chat whole slots / concurrency; or NaN."""
    has_target = (plan.promises.threshold >= 0) & ~np.isnan(plan.promises.share) & is_live(plan)
    needed = np.where(has_target[:, None], np.zeros_like(queues.load), np.nan)
    for type_ in np.flatnonzero(has_target):
        busy = queues.load[type_] > 0
        servers = smallest(
            queues.load[type_, busy],
            queues.handle_time[type_, busy],
            plan.promises.threshold[type_] / TICKS_PER_SECOND,
            plan.promises.share[type_],
        )
        needed[type_, busy] = servers / queues.concurrency[type_, busy]
    return needed


def smallest(load: Floats, handle_time: Floats, threshold: float, share: float) -> Floats:
    """Smallest whole number of servers with which at least this share is answered within the threshold. [s]"""
    low = np.floor(load)
    above = low + 1

    def meets(servers: Floats) -> Bools:
        return erlang_c(load, servers, handle_time).service_level(threshold) >= share

    while not (enough := meets(above)).all():
        low, above = np.where(enough, low, above), np.where(enough, above, 2 * above - np.floor(load))
    while (above - low > 1).any():
        middle = np.floor((low + above) / 2)
        enough = (middle > low) & meets(np.maximum(middle, np.floor(load) + 1))
        low, above = np.where(enough, low, middle), np.where(enough, middle, above)
    return above


def understaffed(plan: Plan, required: Floats, queues: SimpleQueues) -> Ratio:
    """[T, I] hours of agents missing to the requirement, surpluses not set against them, and days."""
    hours = np.diff(plan.promises.edges) / TICKS_PER_SECOND / 3600
    missing = np.nan_to_num(np.maximum(required - queues.agents, 0.0)) * hours
    return Ratio(missing, ~np.isnan(required) * hours / 24)


def quotient(numerator: Floats, denominator: Floats) -> Floats:
    """Numerator / denominator, 0 where the denominator is 0."""
    numerator, denominator = np.broadcast_arrays(numerator, denominator)
    return np.divide(numerator, denominator, out=np.zeros(numerator.shape), where=denominator > 0)
