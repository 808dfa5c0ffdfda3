"""The answer on a terminal: a sentence and a table of steps for each contact type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.explanation.sentences import sentence
from ccsim.explanation.steps import ERLANG_C
from ccsim.report.numbers import MISSING, percent, points
from ccsim.report.terminal import cell, say, show, table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from ccsim.explanation.decomposition import Charge, Gap
    from ccsim.explanation.explaining import Explanation

ABOUT = (
    "Service level is the share of offered contacts answered within the threshold. Points are added by a step on the "
    "same contacts, with 95 % intervals; steps that change nothing here are left out."
)


def terminal(explanation: Explanation, console: Console) -> None:
    """Print sentences first, then the steps of every contact type."""
    say(console, explanation.title, style="bold")
    say(console, about(explanation), style="dim")
    for scenario in dict.fromkeys(gap.scenario for gap in explanation.gaps):
        console.print()
        say(console, scenario, style="bold")
        for gap in explanation.gaps:
            if gap.scenario == scenario:
                say(console, f"  {gap.contact_type}: {sentence(gap)}")
    if not explanation.gaps:
        say(console, "No live contact type has a service level: there is nothing for Erlang C to say.")
    for gap in explanation.gaps:
        show(console, f"{gap.scenario}, {gap.contact_type}", steps(gap, console))


def about(explanation: Explanation) -> str:
    """How sure this is."""
    count = len(explanation.manifest["replications"])
    return f"{count} replication{'s' if count != 1 else ''}, seed {explanation.manifest['seed']}. {ABOUT}"


def steps(gap: Gap, console: Console) -> Table:
    """Erlang C, every step, and what they come to."""
    result = table(console, "step", "service level", "points", "in reverse order")
    result.add_row(cell(ERLANG_C.name), cell(percent(gap.erlang_c)), cell(""), cell(""))
    reverse = {charge.step: charge for charge in gap.backward}
    for charge in gap.forward:
        if not charge.applies:
            continue
        result.add_row(
            cell(charge.step.name),
            cell(percent(charge.level)),
            cell(charged(charge), "" if charge.is_real else "dim"),
            cell(charged(reverse[charge.step]), "" if reverse[charge.step].is_real else "dim"),
        )
    total = f"{points(gap.total.mean)}{between(gap.total.low, gap.total.high)}"
    result.add_row(cell("the floor", "bold"), cell(percent(gap.floor.mean), "bold"), cell(total, "bold"), cell(""))
    return result


def charged(charge: Charge) -> str:
    """``-9.1 (-10.2 to -8.0)``"""
    return f"{points(charge.points.mean)}{between(charge.points.low, charge.points.high)}"


def between(low: float, high: float) -> str:
    """`` (-10.2 to -8.0)``, empty without an interval."""
    return "" if points(low) == MISSING else f" ({points(low)} to {points(high)})"
