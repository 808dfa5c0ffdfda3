"""Sentences and tables as a terminal shows them; plain ASCII where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.report.numbers import span

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ccsim.report.facts import Estimate

RULED = "    \n    \n -- \n    \n    \n    \n    \n    \n"
"""A line of hyphens under the names of the columns, nothing else."""


def show(console: Console, title: str, shown: Table) -> None:
    """A table under its title."""
    console.print()
    say(console, title, style="bold")
    console.print(shown)


def say(console: Console, sentence: str, style: str = "") -> None:
    """A sentence as it is: names from the file are never markup."""
    console.print(sentence, style=style or None, highlight=False, markup=False, emoji=False)


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


def limits(found: Estimate) -> str:
    """`` (77.5 to 79.1)``: the interval without its unit, which stands beside it; empty where there is none."""
    text = span(found.low, found.high, found.unit).rpartition(" ")[0]
    return f" ({text})" if text else ""
