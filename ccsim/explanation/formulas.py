"""What Erlang C and Erlang A say of each live contact type in each planning interval, for the same staffing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.erlang import erlang_a
from ccsim.explanation.customers import averaged, edges_of, is_endless, pieces_of
from ccsim.measures import erlang_beside
from ccsim.measures.tally import Ratio
from ccsim.plan import TICKS_PER_SECOND

if TYPE_CHECKING:
    from ccsim.measures.erlang_beside import SimpleQueues
    from ccsim.plan import Floats, Plan


@dataclass(frozen=True)
class Formulas:
    """Expected contacts in target and expected contacts by each formula, [T, I]; what has no target stays 0 and 0."""

    queues: SimpleQueues
    erlang_c: Ratio
    erlang_a: Ratio
    unstable: Ratio

    @classmethod
    def of(cls, plan: Plan) -> Formulas:
        """Every agent is counted once; intervals that are unstable or without agents count as 0."""
        queues = erlang_beside.simple_queues(plan)
        by_c = erlang_beside.service_level(plan, queues)
        patience = mean_patience(plan)
        # Where nobody gives up, A is C, to the last digit.
        within = np.where(np.isinf(patience), by_c.numerator, queues.contacts * erlang_a_level(plan, queues, patience))
        return cls(queues, by_c, Ratio(within, by_c.denominator), erlang_beside.unstable(queues))


def erlang_a_level(plan: Plan, queues: SimpleQueues, patience: Floats) -> Floats:
    """
    [T, I] share of offered contacts answered within the threshold by Erlang A, 0 where there is no target.

    ``patience`` [T, I] is the mean of an exponential law. [s]
    """
    has_target = (plan.promises.threshold >= 0)[:, None]
    threshold = np.maximum(plan.promises.threshold, 0)[:, None] / TICKS_PER_SECOND
    served = (queues.handle_time > 0) & (queues.servers > 0) & (queues.load > 0)
    handle_time = np.where(served, queues.handle_time, 1.0)
    queue = erlang_a(
        np.where(served, queues.load / handle_time, 0.0),
        handle_time,
        patience,
        np.where(served, queues.servers, 1.0),
    )
    level = np.where(queue.stable, queue.service_level(np.broadcast_to(threshold, served.shape)), 0.0)
    return np.where(has_target & ((queues.servers > 0) | (queues.load == 0)), level, 0.0)


def mean_patience(plan: Plan) -> Floats:
    """[T, I] mean patience of those who arrive in an interval, inf where nobody gives up. [s]"""
    edges = plan.promises.edges
    patience = np.full((len(plan.types.name), len(edges) - 1), np.inf)
    for type_, law in enumerate(plan.types.patience_law):
        if law is None or is_endless(law):
            continue
        pieces = averaged(pieces_of(plan.forecast, type_), edges_of(plan, edges, type_))
        interval = np.searchsorted(edges, pieces.begins, side="right") - 1
        contacts, weighted = (
            np.bincount(interval, amounts, len(edges) - 1)
            for amounts in (pieces.contacts, pieces.contacts * pieces.patience_level)
        )
        level = np.divide(weighted, contacts, out=np.ones_like(contacts), where=contacts > 0)
        patience[type_] = law.mean * level
    return patience
