"""The answer on one screen of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.quantities import all_of
from ccsim.report import answer, erlang_beside, sections
from ccsim.report.facts import MANY, Facts
from ccsim.report.money import changes
from ccsim.report.numbers import MISSING, count, money, percent, points, signed, value
from ccsim.report.printing import cell, limits, say, show, table
from ccsim.report.selection import Choice
from ccsim.report.terminal_money import changed, tell_business_case, tell_money, tell_selection

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ccsim.report.facts import Difference
    from ccsim.report.sections import Told
    from ccsim.results import Results

COLORS = {"met": "green", "missed": "red", "undecided": "yellow"}
SERVICE = "Service (level: answered within the threshold / offered, unless a formula is named{})"


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
