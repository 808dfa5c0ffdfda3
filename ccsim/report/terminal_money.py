"""What a terminal shows of money: who pays whom, what a business case comes to, and which bid to choose."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from ccsim.report import risk, scorecard
from ccsim.report.business_case import Ownership
from ccsim.report.facts import MANY
from ccsim.report.money import PER, Money
from ccsim.report.numbers import money, signed
from ccsim.report.penalties import Penalties
from ccsim.report.printing import cell, limits, say, show, table
from ccsim.report.selection import Choice

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from ccsim.report.facts import Facts
    from ccsim.report.money import Change
    from ccsim.report.risk import Borne


def tell_money(facts: Facts, console: Console) -> None:
    """Who pays whom for what, how service-level terms were kept, and what is not counted; nothing without books."""
    found = Money(facts)
    if not found.exists:
        return
    sums = f"sums with {facts.sure} intervals; lines: costs.csv"
    if len(facts.scenarios) <= MANY:
        show(console, f"Who pays whom for what, in {facts.results.currency} ({sums})", costs(found, console))
    else:
        show(console, f"What the client pays in all, in {facts.results.currency} ({sums})", sums_alone(found, console))
    missing = Penalties(facts.results)
    if missing.exists:
        title = "Service-level terms of the contracts (worst tenth: at least so much in a tenth of the replications)"
        show(console, title, kept(missing, console))
    if rows := risk.borne(facts.results):
        show(console, "Who bears the risk (deviation between replications; what it comes with)", borne(rows, console))
    shifts = risk.shifted(facts.results)
    said = [*shifts, *missing.sentences(), *scorecard.sentences(facts.results), *found.sentences()]
    for sentence in said:
        say(console, sentence)


def tell_business_case(facts: Facts, console: Console) -> None:
    """What each case costs over its months, and where it breaks even; nothing where none is asked for."""
    found = Ownership(facts)
    if not found.exists:
        return
    is_wide = len(found.cases) <= MANY
    groups = [group for group in found.groups() if is_wide or group.is_sum]
    amounts = [[f"{money(one.mean, facts.results.currency)}{limits(one)}" for one in group.cells] for group in groups]
    if is_wide:
        shown = table(console, "", *found.cases)
        for group, row in zip(groups, amounts, strict=True):
            shown.add_row(cell(group.label, "bold" if group.is_sum else ""), *map(cell, row))
    else:
        shown = table(console, "case", *(group.label for group in groups))
        for case, column in zip(found.cases, zip(*amounts, strict=True), strict=True):
            shown.add_row(cell(case, "bold"), *map(cell, column))
    show(console, f"{found.title} ({facts.sure} intervals; lines: ownership.csv)", shown)
    if numbers := found.numbers():
        even = table(console, f"would cost what {found.baseline} does at", "now", "break-even", facts.sure)
        for one in numbers:
            even.add_row(cell(f"{one.case}: {one.of}"), *map(cell, one[2:]))
        show(console, "Break-even, all else as it is", even)
    for sentence in found.sentences():
        say(console, sentence)


def tell_selection(facts: Facts, console: Console) -> None:
    """Points of each bid, and what the choice hangs on; nothing where none is asked for."""
    found = Choice(facts)
    if not found.exists:
        return
    title = f"Which bid to choose, in points of 100 ({facts.sure} intervals; lines: selection.csv)"
    show(console, title, scored(found, console) if len(found.candidates) <= MANY else ranking(found, console))
    for sentence in found.sentences():
        say(console, sentence)


def scored(found: Choice, console: Console) -> Table:
    """A column for each bid, with what was measured."""
    result = table(console, "", "weight", "0 to all points", "a point is", *found.candidates)
    result.columns[0].no_wrap = True
    for line in found.lines():
        shown = (f"{one.points} ({one.measured})" for one in line.cells)
        result.add_row(*map(cell, (line.name, line.weight, line.anchors, line.point, *shown)))
    totals = (f"{one.points} ({one.measured})" if one.measured else one.points for one in found.in_all())
    result.add_row(cell("in all", "bold"), *[cell("")] * 3, *map(cell, totals))
    result.add_row(cell("rank", "bold"), *[cell("")] * 3, *map(cell, found.ranks()))
    return result


def ranking(found: Choice, console: Console) -> Table:
    """A row for each bid, since there are many."""
    lines = found.lines()
    result = table(console, "", "rank", "in all", *(f"{line.name} ({line.weight})" for line in lines))
    for place, (name, rank, total) in enumerate(zip(found.candidates, found.ranks(), found.in_all(), strict=True)):
        shown = f"{total.points} ({total.measured})" if total.measured else total.points
        result.add_row(cell(name, "bold"), *map(cell, (rank, shown, *(line.cells[place].points for line in lines))))
    return result


def costs(found: Money, console: Console) -> Table:
    """A column for each scenario, parts under each other."""
    result = table(console, "", *found.facts.scenarios)
    for part in found.parts():
        result.add_row(cell(part.title, "bold"))
        for row in part.rows:
            amounts = (cell(f"{money(one.mean, found.facts.results.currency)}{limits(one)}") for one in row.cells)
            result.add_row(cell(f"  {row.label}"), *amounts)
    return result


def changed(found: list[Change], console: Console) -> Table:
    """Before, now, and the difference on the same work, marked if it is real."""
    result = table(console, "scenario", "as run", "now", "difference")
    for one in found:
        gap = one.difference
        is_real = gap.low > 0 or gap.high < 0
        interval = "" if isnan(gap.low) else f" ({signed(gap.low, gap.unit)} to {signed(gap.high, gap.unit)})"
        result.add_row(
            cell(one.scenario, "bold"),
            cell(money(one.before.mean, gap.unit)),
            cell(money(one.now.mean, gap.unit)),
            cell(f"{'* ' if is_real else ''}{signed(gap.mean, gap.unit)}{interval}"),
        )
    return result


def sums_alone(found: Money, console: Console) -> Table:
    """A row for each scenario, since there are many."""
    result = table(console, "scenario", "in all", *PER.values())
    columns = [found.totals(measure) for measure in ("total_cost", *PER)]
    for row, scenario in enumerate(found.facts.scenarios):
        cells = [column[row] for column in columns]
        shown = (f"{money(one.mean, found.facts.results.currency)}{limits(one)}" for one in cells)
        result.add_row(cell(scenario, "bold"), *map(cell, shown))
    return result


def kept(missing: Penalties, console: Console) -> Table:
    """Service-level terms per scenario."""
    result = table(console, *missing.headings)
    for scenario, rows in missing.kept().items():
        result.add_row(cell(scenario, "bold"))
        for row in rows:
            result.add_row(cell(f"  {row.name}"), *map(cell, row[1 : len(missing.headings)]))
    return result


def borne(rows: dict[str, list[Borne]], console: Console) -> Table:
    """Invoices and margins per scenario."""
    result = table(console, "", *risk.HEADINGS)
    for scenario, found in rows.items():
        result.add_row(cell(scenario, "bold"))
        for row in found:
            result.add_row(cell(f"  {row.name}"), *map(cell, row[1:]))
    return result
