"""The answer on a terminal: a sentence and a table of steps for each contact type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.explanation.sentences import NOTHING, sentence, times
from ccsim.explanation.steps import ERLANG_C
from ccsim.report.numbers import MISSING, percent, points
from ccsim.report.printing import cell, say, show, table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from ccsim.explanation.decomposition import Charge, Gap
    from ccsim.explanation.explanation import Explanation

ABOUT = (
    "Service level is the share of offered contacts answered within the threshold. Points are added by a step on the "
    "same contacts, with 95 % intervals, each for itself: where one holds 0, the step is not distinguishable from "
    "none. Steps that change nothing are left out."
)


def terminal(explanation: Explanation, console: Console) -> None:
    """Print sentences first, then the steps of every contact type."""
    say(console, explanation.title, style="bold")
    say(console, about(explanation), style="dim")
    for scenario in explanation.scenarios:
        console.print()
        say(console, scenario, style="bold")
        own = [gap for gap in explanation.gaps if gap.scenario == scenario]
        for gap in own:
            say(console, f"  {gap.contact_type}: {sentence(gap)}")
        if not own:
            say(console, f"  {NOTHING}")
    for gap in explanation.gaps:
        show(console, f"{gap.scenario}, {gap.contact_type}", steps(gap, console))


def about(explanation: Explanation) -> str:
    """How sure this is."""
    if not explanation.gaps:
        return "Nothing was simulated."
    early = "" if explanation.complete else " (interrupted)"
    return f"{times(explanation.replications)}{early}, seed {explanation.manifest['seed']}. {ABOUT}"


def steps(gap: Gap, console: Console) -> Table:
    """Erlang C, every step, and what they come to."""
    result = table(console, "step", "service level", "points", "in reverse order")
    result.add_row(cell(ERLANG_C.name), cell(percent(gap.erlang_c)), cell(""), cell(""))
    for charge, reverse in told(gap):
        result.add_row(
            cell(charge.step.name),
            cell(percent(charge.level)),
            *(cell(charged(one), "" if one.is_real else "dim") for one in (charge, reverse)),
        )
    total = f"{points(gap.total.mean)}{between(gap.total.low, gap.total.high)}"
    result.add_row(cell("the floor", "bold"), cell(percent(gap.floor.mean), "bold"), cell(total, "bold"), cell(""))
    return result


def told(gap: Gap) -> list[tuple[Charge, Charge]]:
    """Steps that change anything in either order, with both of their charges."""
    reverse = {charge.step: charge for charge in gap.backward}
    both = [(charge, reverse[charge.step]) for charge in gap.forward]
    return [(charge, other) for charge, other in both if charge.applies or other.applies]


def charged(charge: Charge) -> str:
    """``-9.1 (-10.2 to -8.0)``"""
    return f"{points(charge.points.mean)}{between(charge.points.low, charge.points.high)}"


def between(low: float, high: float) -> str:
    """`` (-10.2 to -8.0)``, empty without an interval."""
    return "" if points(low) == MISSING else f" ({points(low)} to {points(high)})"
