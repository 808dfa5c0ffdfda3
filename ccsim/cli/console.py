"""Where a report is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 120
"""Of a report that is not shown in a terminal. [characters]"""


def paper(*, stderr: bool) -> Console:
    """As wide as its window; where there is none, lines are as long as a report wants them."""
    from rich.console import Console

    console = Console(stderr=stderr)
    return console if console.is_terminal else Console(stderr=stderr, width=WIDTH)
