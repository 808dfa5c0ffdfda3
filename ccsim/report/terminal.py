"""The answer on one screen of a terminal; plain ASCII where there is none."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from ccsim.quantities import all_of
from ccsim.report import answer, erlang_beside, risk, scorecard, sections
from ccsim.report.business_case import Ownership
from ccsim.report.facts import MANY, Facts
from ccsim.report.money import PER, Money, changes
from ccsim.report.numbers import MISSING, count, money, percent, points, signed, span, value
from ccsim.report.penalties import Penalties
from ccsim.report.selection import Choice

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ccsim.report.facts import Difference, Estimate
    from ccsim.report.money import Change
    from ccsim.report.risk import Borne
    from ccsim.report.sections import Told
    from ccsim.results import Results

COLORS = {"met": "green", "missed": "red", "undecided": "yellow"}
SERVICE = "Service (level: answered within the threshold / offered, unless a formula is named{})"
RULED = "    \n    \n -- \n    \n    \n    \n    \n    \n"
"""A line of hyphens under the names of the columns, nothing else."""


def terminal(results: Results, console: Console) -> None:
    """Print what a planner wants to know first: the answer, service, staff and cost, gaps, differences."""
    facts = Facts(results)
    say(console, facts.results.title, style="bold")
    say(console, answer.run(facts), style="dim")
    console.print()
    say(console, answer.headline(facts), style="bold")
    if (choice := Choice(facts)).exists:
        say(console, choice.winner(), style="bold")
    for sentence in (*answer.shortcomings(facts), *answer.findings(facts)):
        say(console, sentence)
    say(console, answer.erlang_c(facts))
    show(console, SERVICE.format(in_time(facts)), service(facts, console))
    if legend := erlang_beside.legend(facts):
        say(console, legend, style="dim")
    for told in sections.told(facts):
        if told.section.is_detail:
            continue
        show(console, told.section.title, section(told, console))
    show(console, "Staff and cost", staff(facts, console))
    tell_money(facts, console)
    tell_business_case(facts, console)
    tell_selection(facts, console)
    for sentence in answer.gaps(facts):
        say(console, sentence)
    if facts.differences:
        tell_differences(facts, console)


def prices(before: Results, results: Results, console: Console) -> None:
    """
    Print what a run costs and which of its differences are real, also to what it cost ``before``; the rest is as when
    it was simulated.
    """
    facts, found = Facts(results), changes(before, results)
    say(console, facts.results.title, style="bold")
    say(console, answer.run(facts), style="dim")
    tell_money(facts, console)
    tell_business_case(facts, console)
    tell_selection(facts, console)
    if found:
        title = f"The client in all, under its contracts and under these (intervals hold together with {facts.sure})"
        show(console, title, changed(found, console))
    money_alone = [one for one in facts.differences if one.measure.startswith("total_cost")]
    if money_alone:
        facts.differences = money_alone
        tell_differences(facts, console)


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


def tell_differences(facts: Facts, console: Console) -> None:
    """All pairs as a table and sentences; of many scenarios sentences alone, each against the first one."""
    pairs = facts.pairs()
    if len(facts.scenarios) <= MANY:
        title = "Differences for the same customers, shares in points (* real: all intervals hold together with"
        show(console, f"{title} {facts.sure})", differences(facts, console))
    else:
        console.print()
        say(console, f"Against {facts.scenarios[0]}, for the same customers (all pairs: comparisons.csv)", style="bold")
    for a, b in pairs:
        say(console, answer.comparison(facts, a, b))


def show(console: Console, title: str, shown: Table) -> None:
    """A table under its title."""
    console.print()
    say(console, title, style="bold")
    console.print(shown)


def say(console: Console, sentence: str, style: str = "") -> None:
    """A sentence as it is: names from the file are never markup."""
    console.print(sentence, style=style or None, highlight=False, markup=False, emoji=False)


def service(facts: Facts, console: Console) -> Table:
    """Per scenario and contact type: service level against its target, waits, and Erlang C beside it."""
    columns = "contact type", "target", "verdict", f"service level ({facts.sure})", "offered", "abandoned"
    result = table(console, *columns, "answered in", "Erlang C (off)", left=3)
    for scenario in facts.scenarios:
        result.add_row(cell(scenario, "bold"))
        for name in facts.types(scenario):
            result.add_row(*service_row(facts, scenario, name))
    return result


def in_time(facts: Facts) -> str:
    """What the level of deferred work is, by its channels: ``; email: completed in time``; empty if there is none."""
    return f"; {all_of(facts.deferred)}: completed in time" if facts.deferred else ""


def service_row(facts: Facts, scenario: str, name: str) -> list[Text]:
    """One contact type; deferred types show the age of the oldest instead of the average speed of answer."""
    target = facts.target(scenario, name)
    level, predicted = facts.service_level(scenario, name), facts.of_type(scenario, name, "erlang_c_service_level")
    marks = f"{found} " if (found := erlang_beside.marks(facts, scenario, name)) else ""
    off = f" ({points(facts.erlang_c_error(scenario, name))})" if predicted.exists else ""
    verdict = target.verdict if target else ""
    return [
        cell(f"  {name}"),
        cell(answer.promise(facts, target) if target else "none"),
        cell(verdict, COLORS.get(verdict, "")),
        cell(f"{percent(level.mean)}{limits(level)}", COLORS.get(verdict, "")),
        cell(count(facts.of_type(scenario, name, "offered").mean)),
        cell(percent(facts.of_type(scenario, name, "abandonment_rate").mean)),
        cell(facts.waiting(scenario, name)),
        cell(f"{marks}{percent(predicted.mean)}{off}"),
    ]


def together(share: float) -> str:
    """``32%``: a whole percent that no line break tears apart."""
    return percent(share, 0).replace(" ", "")


def limits(found: Estimate) -> str:
    """`` (77.5 to 79.1)``: the interval without its unit, which stands beside it; empty where there is none."""
    text = span(found.low, found.high, found.unit).rpartition(" ")[0]
    return f" ({text})" if text else ""


def section(told: Told, console: Console) -> Table:
    """What only some runs have to tell, per scenario."""
    result = table(console, "", *(column.heading for column in told.columns))
    result.columns[0].no_wrap = True
    for scenario, rows in told.scenarios.items():
        result.add_row(cell(scenario, "bold"))
        for row in rows:
            shown = (column.shown(found) for column, found in zip(told.columns, row.cells, strict=True))
            result.add_row(cell(f"  {row.name}"), *map(cell, shown))
    return result


def staff(facts: Facts, console: Console) -> Table:
    """
    Per scenario: hours, cost, coverage, and the occupancy of each pool; cost per resolution, where that is another one
    than per answered contact, leaves no room for overtime.
    """
    per = {"per answered": "answered", "per resolved": "resolution"} if facts.leaves_unresolved else {}
    overtime = [] if per else ["overtime"]
    columns = "scenario", f"labor cost ({facts.sure})", *per, "paid hours", *overtime, "coverage"
    result = table(console, *columns, "occupancy by pool")
    result.columns[0].no_wrap = result.columns[1].no_wrap = True
    result.columns[-1].justify = "left"
    for scenario in facts.scenarios:
        cost = facts.total(scenario, "labor_cost")
        pools = (
            f"{pool} {together(facts.get(scenario, 'pool', pool, 'occupancy').mean)}" for pool in facts.pools(scenario)
        )
        result.add_row(
            cell(scenario, "bold"),
            cell(f"{value(cost.mean, cost.unit)}{limits(cost)}"),
            *(cell(money(facts.total(scenario, f"labor_cost_per_{of}").mean, cost.unit)) for of in per.values()),
            cell(count(facts.total(scenario, "paid_hours").mean)),
            *(cell(count(facts.total(scenario, f"{of}_hours").mean)) for of in overtime),
            cell(percent(facts.coverage(scenario))),
            cell(", ".join(pools)),
        )
    return result


def differences(facts: Facts, console: Console) -> Table:
    """Rows: measures; columns: pairs of scenarios; a star marks a difference that is real."""
    pairs = facts.pairs()
    result = table(console, "", *(f"{b} - {a}" for a, b in pairs))
    rows = {(d.measure, d.contact_type, d.a, d.b): d for d in facts.differences if d.exists}
    measures = dict.fromkeys(key[0] for key in rows)
    for measure in measures:
        names = dict.fromkeys(key[1] for key in rows if key[0] == measure)
        label = f"{answer.words(measure)}{in_unit(facts, measure)}"
        if any(names):
            result.add_row(cell(label))
        for name in names:
            found = (rows.get((measure, name, a, b)) for a, b in pairs)
            result.add_row(cell(f"  {name}" if name else label), *(difference_cell(row) for row in found))
    return result


def in_unit(facts: Facts, measure: str) -> str:
    """The unit of a measure in brackets; shares are told in points, as the title says."""
    unit = next(d.unit for d in facts.differences if d.measure == measure)
    return "" if unit == "share" else f" [{unit}]"


def difference_cell(row: Difference | None) -> Text:
    """``* +3.2 (+2.1 to +4.3)``"""
    if row is None:
        return cell(MISSING)
    mean, low, high = (signed(number, row.unit) for number in (row.mean, row.low, row.high))
    interval = "" if low == MISSING else f" ({low} to {high})"
    return cell(f"{'* ' if row.is_real else ''}{mean}{interval}", "" if row.is_real else "dim")


def table(console: Console, *columns: str, left: int = 1) -> Table:
    """An empty table whose first ``left`` columns are words and the others numbers."""
    from rich import box
    from rich.table import Table

    drawn = console.is_terminal and not console.no_color
    lines = box.SIMPLE_HEAD if drawn else box.Box(RULED, ascii=True)
    result = Table(
        box=lines,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for index, column in enumerate(columns):
        result.add_column(column, justify="left" if index < left else "right", overflow="fold")
    return result


def cell(text: str, style: str = "") -> Text:
    """Text as it is, never markup."""
    from rich.text import Text

    return Text(text, style=style)
