"""``ccsim explain``: by how much Erlang C is wrong for each contact type, and why."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  (typer reads annotations when it runs)
from typing import TYPE_CHECKING, Annotated

import typer

from ccsim.cli.folder import chosen_folder
from ccsim.cli.run import WIDTH
from ccsim.cli.sentences import existing, sentences

if TYPE_CHECKING:
    from ccsim.explanation import Explanation


def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Experiment file.", show_default=False)],
    replications: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="The file's, or fewer where that takes long, if not given."),
    ] = None,
    seed: Annotated[int | None, typer.Option(metavar="S", min=0, help="Instead of the file's.")] = None,
    workers: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Processes; one per core if not given.")
    ] = None,
    scenario: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this one; repeatable.")] = None,
    change: Annotated[
        list[str] | None, typer.Option("--set", metavar="PATH.TO.KEY=VALUE", help="Change a value; repeatable.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for tables, plots and a report.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout, all else on stderr.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No report and no progress bar; errors only.")] = False,
) -> None:
    """Say by how much Erlang C is wrong here, and why.

    Switches on what the formula leaves out, one thing after another on the same contacts, and charges each with its
    points of service level.
    """
    with sentences():
        from ccsim import config
        from ccsim.cli.progress import bar, doing
        from ccsim.explanation import explain as found_by
        from ccsim.explanation.folder import write

        experiment = config.load(
            existing(file), changes=change or (), scenarios=scenario or (), replications=replications, seed=seed
        )
        folder = chosen_folder(out, experiment.title) if out is not None else None
        with bar(wanted=not quiet) as progress:
            found = found_by(experiment, replications=replications, workers=workers, progress=progress)
        if folder is not None:
            with doing("Writing tables, plots and report", wanted=not quiet):
                write(found, folder)
        tell(found, folder, json=json, quiet=quiet)


def tell(found: Explanation, folder: Path | None, *, json: bool, quiet: bool) -> None:
    """The answer, for programs and for people."""
    from rich.console import Console

    from ccsim.explanation.tables import json_text
    from ccsim.explanation.terminal import terminal

    if json:
        typer.echo(json_text(found))
    if quiet:
        return
    console = Console(stderr=json)
    console = console if console.is_terminal else Console(stderr=json, width=WIDTH)
    terminal(found, console)
    if folder is not None:
        console.print(f"\nReport, tables and plots: {folder}", highlight=False, markup=False, soft_wrap=True)
