"""How customers come again, and how contacts go on: retrials, recontacts and transfers in numbers (rule 13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.clock import ticks
from ccsim.log import Outcome
from ccsim.model.journey import Retrials
from ccsim.plan import Cause, Moves
from ccsim.planning.laws import canonical
from ccsim.planning.rows import ints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.model.contact_type import ContactType
    from ccsim.model.experiment import Center
    from ccsim.model.journey import Return, Transfer
    from ccsim.model.pool import Pool
    from ccsim.plan import Floats, Law
    from ccsim.planning.rows import Rows

NO_OUTCOME = -1


@dataclass(frozen=True)
class Move:
    """One row of ``plan.Moves``; ``chances`` by the visit before, the last one goes on."""

    from_type: int
    cause: Cause
    outcome: int
    to_type: int
    warm: bool = False
    hold_limit: int = 0
    keeps_clock: bool = False
    chances: tuple[float, ...] = ()
    delay: Law | None = None
    in_opening_hours: bool = False

    @property
    def place(self) -> tuple[int, ...]:
        """Where it stands: by what it is, never by the order of the file."""
        kind = (self.from_type, self.cause, self.outcome, self.to_type)
        return (*kind, self.warm, self.hold_limit, self.keeps_clock)

    def probability(self, at_most: int) -> list[float]:
        """After each of the customer's visits but the last one possible; NaN for transfers."""
        if self.cause == Cause.TRANSFER:
            return [np.nan] * at_most
        return [self.chances[min(visit, len(self.chances) - 1)] for visit in range(at_most)]


def moves(center: Center, rows: Rows) -> Moves | None:
    """
    All moves of the scenario, without those that never happen; None if nobody comes again or goes on and every agent
    resolves everything.
    """
    at_most = center.customers.at_most
    passed_on = _transfers(rows) if at_most else {}
    returns = list(_returns(rows)) if at_most else []
    found = sorted([*returns, *passed_on], key=lambda move: move.place)
    resolves = _resolution(rows)
    if not found and not np.any(resolves < 1) and not _somebody_learns_to_resolve(rows):
        return None
    return Moves(
        from_type=ints(move.from_type for move in found),
        to_type=ints(move.to_type for move in found),
        cause=ints(move.cause for move in found),
        outcome=ints(move.outcome for move in found),
        probability=np.array([move.probability(at_most) for move in found]).reshape(len(found), at_most),
        delay_law=tuple(move.delay for move in found),
        in_opening_hours=np.array([move.in_opening_hours for move in found], dtype=np.bool_),
        warm=np.array([move.warm for move in found], dtype=np.bool_),
        hold_limit=ints(move.hold_limit for move in found),
        keeps_clock=np.array([move.keeps_clock for move in found], dtype=np.bool_),
        at_most=at_most,
        resolves=resolves,
        transfers=_conditional(found, passed_on, len(rows.pools)),
    )


def mean_delays(center: Center) -> Iterator[tuple[float, ContactType | None]]:
    """Of all retrials and recontacts that may happen, each with the type in whose opening hours it runs, if any. [s]"""
    for name, kind in center.contact_types.items() if center.customers.at_most else ():
        for _, coming, _ in _written(kind):
            in_hours_of = center.contact_types[coming.to or name] if coming.in_opening_hours else None
            yield canonical(coming.delay).mean, in_hours_of


def _written(kind: ContactType) -> Iterator[tuple[int, Return, tuple[float, ...]]]:
    """Retrials of a type by outcome, then its recontact, each with its chances; without those that never happen."""
    for name in Retrials.model_fields if kind.retrial is not None else ():
        retrial = getattr(kind.retrial, name)
        if retrial is not None and any(retrial.probability):
            yield Outcome[name.upper()], retrial, retrial.probability
    if kind.recontact is not None and kind.recontact.probability:
        yield NO_OUTCOME, kind.recontact, (kind.recontact.probability,)


def _returns(rows: Rows) -> Iterator[Move]:
    for row, kind in enumerate(rows.types.values()):
        for outcome, coming, chances in _written(kind):
            yield Move(
                from_type=row,
                cause=Cause.RECONTACT if outcome == NO_OUTCOME else Cause.RETRIAL,
                outcome=outcome,
                to_type=row if coming.to is None else rows.type(coming.to),
                chances=chances,
                delay=canonical(coming.delay),
                in_opening_hours=coming.in_opening_hours,
            )


def _transfers(rows: Rows) -> dict[Move, dict[int, float]]:
    """Each transfer with its probability by pool; one that several pools write alike is one."""
    found: dict[Move, dict[int, float]] = {}
    for row, pool in enumerate(rows.pools.values()):
        for name, handles in pool.handles.items():
            shares = _shares(pool, rows.types[name], handles.transfer)
            for transfer, share in zip(handles.transfer, shares, strict=True):
                if share > 0:
                    found.setdefault(_transfer(rows, name, transfer), {})[row] = share
    return found


def _transfer(rows: Rows, from_name: str, transfer: Transfer) -> Move:
    return Move(
        from_type=rows.type(from_name),
        cause=Cause.TRANSFER,
        outcome=NO_OUTCOME,
        to_type=rows.type(transfer.to),
        warm=transfer.warm,
        hold_limit=ticks(transfer.hold_limit) if transfer.warm else 0,
        keeps_clock=transfer.keeps_clock,
    )


def _shares(pool: Pool, kind: ContactType, transfers: tuple[Transfer, ...]) -> list[float]:
    """Probability of each transfer, the language included; scaled down where together they pass 1."""
    shares = [transfer.probability * pool.proficiency_in(kind.language).transfers for transfer in transfers]
    return [share / max(1.0, sum(shares)) for share in shares]


def _conditional(found: list[Move], passed_on: dict[Move, dict[int, float]], pools: int) -> Floats:
    """
    [P, M] probability of each transfer given that no earlier one of the type took the contact: p_k / (1 - p_1 - ... -
    p_k-1).
    """
    transfers = np.zeros((pools, len(found)))
    left: dict[tuple[int, int], float] = {}
    for column, move in enumerate(found):
        for pool, share in passed_on.get(move, {}).items():
            remaining = left.get((pool, move.from_type), 1.0)
            transfers[pool, column] = min(1.0, share / remaining) if remaining > 0 else 0.0
            left[pool, move.from_type] = remaining - share
    return transfers


def _resolution(rows: Rows) -> Floats:
    """[P, T] first-contact resolution, the language included, at most 1; NaN where a pool does not handle a type."""
    resolves = np.full((len(rows.pools), len(rows.types)), np.nan)
    for row, pool in enumerate(rows.pools.values()):
        for name, handles in pool.handles.items():
            factor = pool.proficiency_in(rows.types[name].language).resolves
            resolves[row, rows.type(name)] = min(1.0, handles.resolves * factor)
    return resolves


def _somebody_learns_to_resolve(rows: Rows) -> bool:
    return any(pool.learning is not None and pool.learning.resolves < 1 for pool in rows.pools.values())
