"""
What is told only where a scenario uses it: customers who come again, callbacks, outages, hours beside the roster.

Each section is a table of measures; terminal and page draw it in their own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ccsim.measures.catalog import CATALOG
from ccsim.measures.tally import CONTACT_TYPE, POOL
from ccsim.report.numbers import difference, span, value, whole

if TYPE_CHECKING:
    from ccsim.report.facts import Estimate, Facts

OF_RESOLUTION = {
    "resolution_rate",
    "first_contact_resolution",
    "contacts_per_resolution",
    "handle_time_per_resolution_s",
    "resolved_share",
}
"""Trivial where every answered contact is resolved."""


class Column(NamedTuple):
    """A measure under the words of a planner, explained where it is shown if words alone do not tell."""

    heading: str
    measure: str
    explained: str = ""

    def shown(self, found: Estimate) -> str:
        """As text; what may be negative has a sign, and people who are missing are whole."""
        if CATALOG[self.measure].unit == "agents":
            return whole(found.mean)
        tell = difference if CATALOG[self.measure].kind == "plain" else value
        return tell(found.mean, found.unit)

    def interval(self, found: Estimate) -> str:
        """Of shares and means that vary, as text; empty for what is only counted, and for 0 and 100 %."""
        unit = CATALOG[self.measure].unit
        is_counted = unit in ("contacts", "hours", "agents")
        return "" if is_counted or (unit == "share" and found.mean in (0, 1)) else span(found.low, found.high, unit)

    def happened(self, found: Estimate) -> bool:
        """Whether there is anything to tell: no contacts, no hours, and nothing passed on are nothing."""
        measure = CATALOG[self.measure]
        is_number = measure.kind == "positive" and measure.unit in ("contacts", "hours")
        return found.exists and not (found.mean == 0 and (is_number or self.measure == "transfer_rate"))


@dataclass(frozen=True)
class Section:
    """
    A table by scenario, its rows contact types or pools. It is told if one of the measures in ``about`` happened.
    """

    title: str
    scope: str
    about: tuple[str, ...]
    columns: tuple[Column, ...]
    note: str = ""
    is_detail: bool = False
    """Told on the page, which has room, and not on a terminal."""
    is_inbound: bool = False
    """Not told of campaigns, whose customers neither come nor wait."""


class Row(NamedTuple):
    """One contact type or pool of one scenario."""

    name: str
    cells: list[Estimate]


@dataclass(frozen=True)
class Told:
    """A section as far as there is anything to tell: other columns, rows and scenarios are left out."""

    section: Section
    columns: list[Column]
    scenarios: dict[str, list[Row]]

    @property
    def note(self) -> str:
        """What the section says, and what its columns that are shown say."""
        return " ".join(filter(None, [self.section.note, *(column.explained for column in self.columns)]))


SECTIONS = (
    Section(
        "Customers",
        CONTACT_TYPE,
        ("customers", "satisfaction_mean"),
        (
            Column("customers", "customers"),
            Column("answered at first", "first_attempt_success"),
            Column("answered in the end", "eventual_success"),
            Column("resolved", "resolution_rate"),
            Column(
                "resolved at first",
                "first_contact_resolution",
                "Resolved at first: of those answered, who need not come again for it (first-contact resolution).",
            ),
            Column("visits each", "visits_per_customer"),
            Column("contacts per resolved", "contacts_per_resolution"),
            Column(
                "work per resolved",
                "handle_time_per_resolution_s",
                "Contacts and agents' work per resolved customer count the visits of all customers, also of those "
                "never resolved.",
            ),
            Column(
                "total wait",
                "total_wait_mean_s",
                "Total wait: of all visits of a customer, up to the offer of an accepted callback.",
            ),
            Column(
                "satisfied",
                "satisfaction_mean",
                "Satisfied: as the file declares it of waits, resolution and pools, not as anybody was asked.",
            ),
        ),
        "Customers belong to the type and time of their first visit, whatever becomes of them later.",
        is_inbound=True,
    ),
    Section(
        "What brings contacts, and where they go on",
        CONTACT_TYPE,
        ("retrials", "recontacts", "transfers_in"),
        (
            Column("first visits", "first_visits"),
            Column("not answered before", "retrials"),
            Column("not resolved before", "recontacts"),
            Column("passed on to this type", "transfers_in"),
            Column("passed on from here", "transferred"),
            Column("of answered", "transfer_rate"),
        ),
        "Customers who come again load the same queues as new ones: what is saved on a contact may come back as one.",
        is_detail=True,
    ),
    Section(
        "What pools resolve",
        POOL,
        ("resolved_share", "transfer_rate"),
        (
            Column("answered", "answered"),
            Column("resolved", "resolved_share"),
            Column("passed on", "transfer_rate"),
            Column("handle time", "handle_time_mean_s"),
        ),
        "Resolved: share of the answered contacts that were not passed on.",
        is_detail=True,
    ),
    Section(
        "Callbacks and campaigns",
        CONTACT_TYPE,
        ("callbacks_offered", "reached_share"),
        (
            Column("offered a callback", "callbacks_offered"),
            Column("accepted", "callbacks_accepted"),
            Column("reached", "reached_share", "Reached: of those called, in all attempts."),
            Column("in the window", "callback_in_window_share", "In the window: answered by its end."),
            Column("called back after", "callback_wait_mean_s"),
            Column("never reached", "unreached"),
            Column(
                "expected wait too long by",
                "wait_error_mean_s",
                "The expected wait decides who is offered a callback; it is held to the real wait of those answered "
                "without one: too long by so much on average (+) or too short (-), and off by so much either way.",
            ),
            Column("off by", "wait_error_absolute_s"),
        ),
    ),
    Section(
        "Outages",
        CONTACT_TYPE,
        ("lost_in_outage", "outage_queue_max"),
        (
            Column("lost meanwhile", "lost_in_outage"),
            Column(
                "customers lost",
                "customers_lost_in_outage",
                "Customers lost: of these, who were answered at no other visit either.",
            ),
            Column("most waiting", "outage_queue_max"),
            Column("hours until back in target", "outage_recovery_hours"),
            Column(
                "agents missing",
                "outage_headroom_agents",
                "Agents missing: to the number with which Erlang C meets the target, so the headroom that would have "
                "been needed, rounded up.",
            ),
        ),
        "Lost: ended unanswered while an outage was on. The other columns tell of the worst of all outages of a "
        "replication, averaged over replications.",
    ),
    Section(
        "Hours beside the roster",
        POOL,
        ("called_in_hours", "stand_in_hours", "sent_home_hours", "late_hours", "downtime_hours"),
        (
            Column("called in", "called_in_hours", "Called in: on-call agents at work."),
            Column("stand-ins", "stand_in_hours", "Stand-ins: bench and overtime for absent agents."),
            Column("sent home", "sent_home_hours", "Sent home: planned and unpaid."),
            Column("late", "late_hours"),
            Column("down in outages", "downtime_hours", "Down in outages: paid, with no work to do."),
        ),
    ),
)


def told(facts: Facts) -> list[Told]:
    """The sections of which this run has anything to tell."""
    found = [of_run(facts, section) for section in SECTIONS]
    return [one for one in found if {column.measure for column in one.columns} & {*one.section.about}]


def of_run(facts: Facts, section: Section) -> Told:
    """A section without the columns, rows and scenarios of which there is nothing to tell."""
    wanted = [one for one in section.columns if facts.leaves_unresolved or one.measure not in OF_RESOLUTION]
    every = {scenario: rows(facts, scenario, section, wanted) for scenario in facts.scenarios}
    columns = [
        column
        for place, column in enumerate(wanted)
        if any(column.happened(row.cells[place]) for of in every.values() for row in of)
    ]
    shown = {scenario: rows(facts, scenario, section, columns) for scenario in facts.scenarios}
    return Told(section, columns, {scenario: of for scenario, of in shown.items() if of})


def rows(facts: Facts, scenario: str, section: Section, columns: list[Column]) -> list[Row]:
    """Contact types or pools of a scenario of which there is anything to tell."""
    names = facts.types(scenario) if section.scope == CONTACT_TYPE else facts.pools(scenario)
    if section.is_inbound:
        names = [name for name in names if not facts.is_outbound(scenario, name)]
    found = [
        Row(name, [facts.get(scenario, section.scope, name, column.measure) for column in columns]) for name in names
    ]
    return [row for row in found if any(c.happened(cell) for c, cell in zip(columns, row.cells, strict=True))]
