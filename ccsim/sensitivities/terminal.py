"""The answer on a terminal: a table of bars for each case, break-evens, and a paragraph for each case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.analysis.estimates import FEWEST
from ccsim.business_case.groups import DIFFERENCE
from ccsim.report.printing import cell, say, show, table
from ccsim.sensitivities.looking import Verdict
from ccsim.sensitivities.sentences import sentences
from ccsim.sensitivities.words import amount, around, at, between, now, written

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from ccsim.sensitivities.bars import Now
    from ccsim.sensitivities.found import Sensitivity

ABOUT = (
    "Each number in turn, all else as it is, for the same customers; amounts as they are worth today. All "
    "intervals of the bars hold together with 95 %; those of break-evens hold each for itself."
)


def terminal(found: Sensitivity, console: Console) -> None:
    """Print the tables first, the answer last: it stays in sight."""
    say(console, found.title, style="bold")
    say(console, about(found), style="dim")
    for one in found.now:
        if one.outcome == DIFFERENCE and found.bars_of(one.case):
            show(console, heading(found, one), bars(found, one, console))
    if any(even.verdict != Verdict.NONE for even in found.evens):
        show(console, f"Would cost what {found.baseline} does at", evens(found, console))
    for sentence in sentences(found):
        console.print()
        say(console, sentence)


def about(found: Sensitivity) -> str:
    """How much was simulated, and how sure this is."""
    done, asked = len({bar.name for bar in found.bars}), len(found.ranges)
    where = f"after {done} of {asked} numbers" if done < asked else "while break-evens were looked for"
    early = "" if found.complete else f" (interrupted {where})"
    often = f"{found.replications} replication{'s' if found.replications != 1 else ''}"
    few = f" Fewer than {FEWEST} replications have no intervals." if found.replications < FEWEST else ""
    return f"{often}{early}, seed {found.manifest['seed']}. {ABOUT}{few}"


def heading(found: Sensitivity, one: Now) -> str:
    """The line from which all bars of a case begin."""
    unsure = " (* no effect can be told)" if any(bar.is_unsure for bar in found.bars_of(one.case)) else ""
    as_it_is = f"{amount(one.value.mean)}{between(one.value)}"
    return f"{one.case} less {found.baseline}, in {found.currency}; as it is {as_it_is}{unsure}"


def bars(found: Sensitivity, one: Now, console: Console) -> Table:
    """Largest swing first."""
    result = table(console, "number", "low", "costs", "high", "costs", "swing")
    for bar in found.bars_of(one.case):
        range_ = found.range(bar.name)
        swing = f"{amount(bar.swing.mean)}{between(bar.swing)}"
        result.add_row(
            cell(f"{bar.name}{' *' if bar.is_unsure else ''}"),
            cell(written(range_.low)),
            cell(amount(bar.at_low.mean)),
            cell(written(range_.high)),
            cell(amount(bar.at_high.mean)),
            cell(swing, "dim" if bar.is_unsure else ""),
        )
    return result


def evens(found: Sensitivity, console: Console) -> Table:
    """Only of numbers at whose ends the case is on both sides."""
    result = table(console, "", "now", "break-even", "95 % interval")
    for even in found.evens:
        range_ = found.range(even.name)
        if even.verdict == Verdict.FOUND:
            row = at(range_, even.value.mean), around(range_, even.value)
        elif even.verdict == Verdict.NOT_SOUGHT:
            row = str(even.verdict), "no numbers lie between"
        else:
            continue
        result.add_row(cell(f"{even.case}: {even.name}"), cell(now(range_)), *map(cell, row))
    return result
