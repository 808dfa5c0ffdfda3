"""A small outsourced center: what its provider is paid, beside the Log it is paid for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ccsim.chance import draw
from ccsim.engine import simulate
from ccsim.measures.staff import StaffTime
from ccsim.money.fees import fees
from ccsim.money.ledger import Writer
from tests.small_center import PHONE, planned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.log import Log
    from ccsim.plan import Plan

CALENDAR = {"start": "2026-03-28", "days": 7, "timezone": "UTC"}
"""Four days of March and three of April."""
HERE = {"location": "in-house", "country": "US", "timezone": "UTC"}
MANILA = {"location": "offshore", "country": "PH", "timezone": "Asia/Manila", "provider": "acme"}
ROUND_THE_CLOCK = {"from": "00:00", "to": "24:00", "agents": 2}
FAR = {"site": "manila", "handles": {"calls": {}}, "shifts": {"day": ROUND_THE_CLOCK}}


@dataclass
class Settled:
    """One replication of a center with one contract, and the invoices that follow from it."""

    plan: Plan
    log: Log
    staff: StaffTime | None = None
    """Told from the Log if not given."""

    def __post_init__(self) -> None:
        self.writer = Writer(self.plan.currency)
        self.staff = self.staff or StaffTime.of(self.plan, self.log)
        (self.fees,) = fees(self.plan, self.log, self.staff, self.writer)

    @cached_property
    def lines(self) -> dict[tuple[str, str], list[int]]:
        """Cents of each month, by item and what it is about."""
        found: dict[tuple[str, str], list[int]] = {}
        for line, cents in zip(self.writer.lines, self.writer.invoiced, strict=True):
            assert line.month == len(found.setdefault((line.item, line.about), []))
            found[line.item, line.about].append(cents)
        return found

    def item(self, item: str) -> list[int]:
        """Cents of each month of an item, whatever it is about."""
        rows = [cents for (name, _), cents in self.lines.items() if name == item]
        assert rows, f"no line {item} among {sorted(self.lines)}"
        return [sum(column) for column in zip(*rows, strict=True)]

    @property
    def total(self) -> list[int]:
        return [sum(column) for column in zip(*self.lines.values(), strict=True)]

    # What the Log says, visit by visit.

    def month(self, tick: int) -> int:
        """-1 before the counted period."""
        edges = self.plan.months.edges.tolist()
        return -1 if not edges[0] <= tick < edges[-1] else sum(tick >= edge for edge in edges[1:-1])

    def visits(self) -> Iterator[tuple[int, int]]:
        """Row and month of every visit that arrived in the counted period."""
        for row, arrived in enumerate(self.log.visits.arrived.tolist()):
            if self.month(arrived) >= 0:
                yield row, self.month(arrived)

    def provider(self, pool: int) -> str:
        return self.plan.sites.provider[self.plan.pools.site[pool]]

    def type(self, row: int) -> str:
        return self.plan.types.name[self.log.visits.type[row]]


def center(contract: Any, **parts: Any) -> dict[str, Any]:
    """Parts of a center whose calls all go to acme in Manila, under one contract in dollars."""
    usual = {
        "calendar": CALENDAR,
        "contact_types": {"calls": PHONE},
        "sites": {"here": HERE, "manila": MANILA},
        "pools": {"far": FAR},
        "contracts": {"care": {"provider": "acme", "currency": "USD", **contract}},
    }
    return {**usual, **parts}


def settled(contract: Any, seed: int = 1, **parts: Any) -> Settled:
    """That center, simulated."""
    plan = planned(**center(contract, **parts))
    return Settled(plan, simulate(plan, draw(plan, seed, 0)))


def cents(amount: Fraction) -> int:
    """Rounded, halves away from zero."""
    whole = int(abs(amount) * 100 + Fraction(1, 2))
    return whole if amount >= 0 else -whole
