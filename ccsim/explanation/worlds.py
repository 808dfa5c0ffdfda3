"""Worlds between Erlang A and the floor: the same scenario with some of its assumptions made simpler."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ccsim.chance import draw
from ccsim.chance.attendance import spells
from ccsim.chance.contacts import visits
from ccsim.chance.streams import Streams
from ccsim.explanation.customers import (
    comes_as_forecast,
    exponential,
    has_steady_rates,
    is_endless,
    simpler_forecast,
    simpler_types,
)
from ccsim.explanation.staffing import sent_to_teams, with_average_agents
from ccsim.explanation.steps import BACKWARD, EVERYTHING, FORWARD, Real
from ccsim.explanation.teams import longer_work, on_teams, teams
from ccsim.measures.contacts import is_deferred
from ccsim.measures.erlang_beside import mean_work
from ccsim.plan import Channel, Plan
from ccsim.workload import Workload

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from ccsim.explanation.teams import Teams
    from ccsim.plan import Floats, Ints

World = frozenset[Real]
"""What is taken as it is; see ``Worlds.told_apart`` for those that are one and the same."""


@dataclass(frozen=True)
class Worlds:
    """All worlds of one scenario."""

    plan: Plan
    cut: dict[World, tuple[Teams, Floats | None]] = field(default_factory=dict)
    """Teams, and how much longer work takes in them, by what of sharing and blending is real."""

    @cached_property
    def grid(self) -> Ints:
        """Edges of the planning intervals, continued over warm-up and run-on. [ticks]"""
        edges, end = self.plan.promises.edges, self.plan.run_end
        length = int(edges[1] - edges[0])
        before = np.arange(int(edges[0]) - length, 0, -length)[::-1]
        after = np.arange(int(edges[-1]) + length, end, length)
        return np.unique(np.concatenate([[0], before, edges, after, [end]]))

    @cached_property
    def whole(self) -> Plan:
        """The Plan with planning intervals over the entire run, for what Erlang says of each."""
        promises = replace(self.plan.promises, edges=self.grid)
        return replace(self.plan, counted_from=0, counted_to=self.plan.run_end, promises=promises)

    @cached_property
    def simple(self) -> World:
        """What is so simple in this scenario that taking it as it is changes nothing."""
        plan = self.plan
        types, live = plan.types, np.flatnonzero(~is_deferred(plan)).tolist()
        never = {
            Real.PATIENCE: has_simple_patience(plan),
            Real.HANDLE_TIME: all(
                types.wrap_law[t] is None and types.work_law[t] == exponential(float(mean_work(plan)[t]))
                for t in range(len(types.name))
            ),
            Real.RATE: has_steady_rates(plan, self.grid),
            Real.DAYS: comes_as_forecast(plan, live),
            Real.SHARING: has_own_pools(plan),
            Real.BLENDING: not is_deferred(plan).any() and Channel.CHAT not in plan.types.channel,
            Real.ROSTER: has_steady_numbers(plan, self.grid),
        }
        return frozenset(real for real, changes_nothing in never.items() if changes_nothing)

    def told_apart(self, real: Collection[Real]) -> World:
        """Under one name all worlds that are the same."""
        return frozenset(real) | self.simple

    def world(self, real: World, seed: int, replication: int) -> tuple[Plan, Workload]:
        """
        Plan and Workload of a world; contacts are drawn from the same streams in all of them.

        With everything real it is the scenario itself, drawn as in any run.
        """
        if real == EVERYTHING:
            return self.plan, draw(self.plan, seed, replication)
        streams = Streams(seed, replication)
        made, longer = self.organized(real)
        plan = replace(
            self.plan,
            types=simpler_types(self.plan, real),
            forecast=simpler_forecast(self.plan, self.grid, real, longer),
        )
        if real >= {Real.SHARING, Real.BLENDING, Real.ROSTER}:
            return plan, Workload(visits(plan, streams), spells(plan, streams))
        plan = on_teams(plan, made, real)
        if Real.ROSTER in real and Real.ROSTER not in self.simple:
            planned = spells(self.plan, streams)
            plan, sent = sent_to_teams(plan, made, self.grid, planned, streams, self.plan.agents)
            return plan, Workload(visits(plan, streams), sent)
        plan = with_average_agents(plan, made, self.grid, streams)
        return plan, Workload(visits(plan, streams), spells(plan, streams))

    def organized(self, real: World) -> tuple[Teams, Floats | None]:
        """Who works with whom, and by how much longer on average than their work takes alone; see ``teams``."""
        together = real & {Real.SHARING, Real.BLENDING}
        if together not in self.cut:
            self.cut[together] = teams(self.whole, together), longer_work(self.whole, together)
        return self.cut[together]


def worlds_needed(told_apart: Callable[[Collection[Real]], World]) -> list[World]:
    """Every world on the way, forward and backward, once."""
    paths = (order[:k] for order in (FORWARD, BACKWARD) for k in range(len(order) + 1))
    return list(dict.fromkeys(told_apart(path) for path in paths))


def has_simple_patience(plan: Plan) -> bool:
    """Whether patience is exponential or endless, nobody balks, and neither lines nor waiting are limited."""
    types = plan.types
    return (
        all(is_endless(law) or law == exponential(law.mean) for law in types.patience_law if law is not None)
        and not types.balk.any()
        and bool((types.max_waiting < 0).all() and (types.line_group < 0).all())
    )


def has_own_pools(plan: Plan) -> bool:
    """Whether every live type has one pool, every pool one live type, and every contact goes there at once, always."""
    live, routing = ~is_deferred(plan), plan.routing
    type_ = np.repeat(np.arange(len(live)), np.diff(routing.offset))
    rows = live[type_]
    pools, types = routing.pool[rows], type_[rows]
    conditions = (routing.after, routing.window + 1, routing.awake + 1, routing.asleep + 1, routing.keep_free)
    return (
        len(set(pools.tolist())) == len(pools) == len(set(types.tolist())) == int(live.sum())
        and not any(condition[rows].any() for condition in conditions)
        and bool((plan.pools.factor[pools, types] == 1).all())
    )


def has_steady_numbers(plan: Plan, grid: Ints) -> bool:
    """Whether all agents are given as numbers that change only between intervals, and nothing is taken off them."""
    heads, shrinkage = plan.heads, plan.shrinkage
    return (
        bool((np.diff(heads.offset) > 0).all())
        and not (shrinkage.absence.any() or shrinkage.other.any())
        and bool(plan.pools.pooled_leavers.all() and np.isin(heads.begins, grid).all())
    )
