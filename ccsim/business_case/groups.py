"""What lines of the books are about: groups of a total, and items that are not paid by the hour or the contact."""

from __future__ import annotations

from ccsim.contracts import Per
from ccsim.money import customers, fees, own, strings

TOTAL, DIFFERENCE = "total", "difference"
LABOR = own.ITEMS[:5]
PEOPLE = own.ITEMS[5:11]
PLACE = own.ITEMS[11:16]
BEGIN = ("set-up", "knowledge transfer", "travel", "parallel run")
END = ("exit (expected)",)
RISKS = ("breach (expected)", "outage (expected)")
SERVICE = ("penalty", "bonus", "earn-back")
SPREAD = "spread"
GROUPS = {
    "labor": LABOR,
    "people": PEOPLE,
    "place": PLACE,
    "fees": tuple(fees.UNITS.values()),
    "clauses": fees.CLAUSES,
    "service": SERVICE,
    "transition": BEGIN,
    "governance": tuple(item for item in strings.ITEMS if item not in (*BEGIN, *END, *RISKS, SPREAD)),
    "risks": RISKS,
    "customers": customers.ITEMS,
    "exit": END,
    SPREAD: (SPREAD,),
}
"""Items by group, in the order of a report."""
OF_ITEM = {item: group for group, items in GROUPS.items() for item in items}
PER_MONTH = frozenset({
    "seats", "equipment", "licences", "telephone lines", fees.UNITS[Per.MONTH],
    "governance", "change requests", "security", "management",
})  # fmt: skip
"""Items that are paid by the calendar month, whatever its length; all others follow the days."""


def group_of(item: str) -> str:
    """``contacts, band 2`` are fees like contacts."""
    return OF_ITEM[item.partition(", band ")[0]]
