"""Contact types to which nobody can come in a scenario: they promise nothing and are never open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.model.hours import WeeklyHours
from ccsim.model.journey import Retrials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.model.contact_type import ContactType
    from ccsim.model.experiment import Center
    from ccsim.model.journey import Return

NEVER = WeeklyHours.model_construct(timezone=None, stretches=(), closed_on=None)


def with_visited_types_only(center: Center) -> Center:
    """
    The scenario in which types without demand, to which no pool of it passes anybody on, have neither target nor hours.

    So a type that only some scenarios use (experts to whom only the provider passes on) is not found missing in others.
    """
    reached = visited(center)
    types = {
        name: kind if name in reached else kind.model_copy(update={"service_level": None, "opening_hours": NEVER})
        for name, kind in center.contact_types.items()
    }
    return center.model_copy(update={"contact_types": types})


def visited(center: Center) -> set[str]:
    """Names of the types that have demand or a backlog, or to which visitors of such types may come."""
    found = {name for name, kind in center.contact_types.items() if _has_own(kind)}
    while True:
        further = {to for name in found for to in _leads_to(name, center)} - found
        if not further:
            return found
        found |= further


def _has_own(kind: ContactType) -> bool:
    return kind.demand.rate != 0 or kind.opening_backlog is not None


def _leads_to(name: str, center: Center) -> Iterator[str]:
    """Types of the next visit after one of this type."""
    kind = center.contact_types[name]
    returns: list[Return | None] = [kind.recontact]
    if kind.retrial is not None:
        returns += [getattr(kind.retrial, outcome) for outcome in Retrials.model_fields]
    yield from (coming.to for coming in returns if coming is not None and coming.to is not None)
    for pool in center.pools.values():
        if name in pool.handles:
            yield from (transfer.to for transfer in pool.handles[name].transfer)
