"""How far a customer's visits can go on, told from the file alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ccsim.model.journey import Retrials

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ccsim.model.contact_type import ContactType
    from ccsim.model.experiment import Center
    from ccsim.model.pool import Pool

Ways = list[tuple[str, tuple[float, ...]]]
"""
Types that a customer may go on to after a visit, each with its chance after the first visit, the second, ...; the
last one goes on.
"""


def visits(center: Center) -> dict[str, float]:
    """Expected visits of a customer by the type of the first one, at most: each visit ends as leads to most others."""
    return _back_to_the_first(center, center.customers.at_most, lambda later: 1.0 + later)


def beyond(center: Center) -> dict[str, float]:
    """Chance, at most, that a customer would come again after ``at_most`` further visits, by the type of the first."""
    return _back_to_the_first(center, center.customers.at_most + 1, lambda later: later)


def _back_to_the_first(center: Center, further: int, value: Callable[[float], float]) -> dict[str, float]:
    """A value of the first visit, from 1 of the last one backwards: each follows from the mean of the next one."""
    ways = {name: _ways(center, name) for name in center.contact_types}
    found = dict.fromkeys(ways, 1.0)
    for visit in reversed(range(further)):
        found = {
            name: value(max((_mean(each, visit, found) for each in ended), default=0.0)) for name, ended in ways.items()
        }
    return found


def _mean(ways: Ways, visit: int, later: dict[str, float]) -> float:
    return math.fsum(chances[min(visit, len(chances) - 1)] * later.get(to, 0.0) for to, chances in ways)


def _ways(center: Center, name: str) -> list[Ways]:
    """For everything that may end a visit, where the customer goes on: each outcome, and each pool that answers."""
    kind = center.contact_types[name]
    answered = [_answered(pool, kind, name) for pool in center.pools.values() if name in pool.handles]
    return [*_unanswered(kind, name), *answered]


def _unanswered(kind: ContactType, name: str) -> Iterator[Ways]:
    """After each outcome, whose share is at most what the file says of it; of most it says nothing."""
    # Closing times and outages disconnect few, and nobody time after time.
    share = {"balked": kind.balk, "disconnected": 0.0, "unreached": 0.0}
    if kind.callback is not None:
        share["unreached"] = kind.callback.accepted * (1.0 - kind.callback.reached) ** kind.callback.attempts
    if kind.campaign is not None:
        share["unreached"] = (1.0 - kind.campaign.right_party) ** kind.campaign.attempts
    for outcome in Retrials.model_fields if kind.retrial is not None else ():
        retrial = getattr(kind.retrial, outcome)
        if retrial is not None:
            most = share.get(outcome, 1.0)
            yield [(retrial.to or name, tuple(most * chance for chance in retrial.probability))]


def _answered(pool: Pool, kind: ContactType, name: str) -> Ways:
    """After a visit answered by a new agent of a pool: transfers, else the recontact of who was not helped."""
    fluency = pool.proficiency_in(kind.language)
    ways: Ways = [(each.to, (min(1.0, each.probability * fluency.transfers),)) for each in pool.handles[name].transfer]
    stays = max(0.0, 1.0 - math.fsum(chances[0] for _, chances in ways))
    if kind.recontact is not None:
        learned = pool.learning.resolves if pool.learning is not None else 1.0
        unresolved = 1.0 - resolution(pool, kind, name) * learned
        ways.append((kind.recontact.to or name, (stays * unresolved * kind.recontact.probability,)))
    return ways


def resolution(pool: Pool, kind: ContactType, name: str) -> float:
    """Probability that a contact is resolved by an experienced agent of a pool."""
    return min(1.0, pool.handles[name].resolves * pool.proficiency_in(kind.language).resolves)
