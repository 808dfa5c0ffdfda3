"""How far a run has come, for whoever sits at the terminal."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 2.0
"""A run shorter than this shows no bar. [s]"""


@contextmanager
def doing(words: str, *, wanted: bool) -> Iterator[None]:
    """Say on a terminal what goes on, for as long as it goes on."""
    from rich.console import Console

    console = Console(stderr=True)
    if not (wanted and console.is_terminal):
        yield
        return
    with console.status(words):
        yield


@contextmanager
def bar(*, wanted: bool) -> Iterator[Callable[[int, int], None] | None]:
    """
    Yield what a run calls with (simulated, in all): it moves a bar on stderr, shown once two seconds have passed.

    None where no bar is wanted or stderr is no terminal.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if not (wanted and console.is_terminal):
        yield None
        return
    columns = (
        TextColumn("Simulating"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("replications"),
        TimeRemainingColumn(),
    )
    progress = Progress(*columns, console=console, transient=True)
    task = progress.add_task("", total=None)
    start = threading.Timer(PATIENCE, progress.start)
    start.daemon = True
    start.start()
    try:
        yield lambda done, total: progress.update(task, completed=done, total=total)
    finally:
        start.cancel()
        progress.stop()
