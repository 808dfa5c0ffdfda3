"""``ccsim sensitivity``: which numbers of a business case decide it, and where each would turn the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ccsim.cli.effort import counted, guess
from ccsim.cli.folder import chosen_folder
from ccsim.cli.options import Changes, ExperimentFile, Json, Out, Quiet, Replications, Seed, Workers
from ccsim.cli.sentences import Code, existing, sentences, stop

if TYPE_CHECKING:
    from pathlib import Path

    from ccsim.sensitivities import Sensitivity
    from ccsim.sensitivities.design import Design


def sensitivity(
    file: ExperimentFile,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    changes: Changes = None,
    out: Out = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say which numbers of a business case decide it.

    Each of its sensitivities takes its low and its high value, all else stays as it is and the same customers come.
    Prints the bars of a tornado and break-evens, and writes tables, the plot and a report into a folder.
    """
    with sentences():
        from ccsim.cli.progress import doing
        from ccsim.sensitivities.design import design

        with doing("Reading the file with every value", wanted=not quiet):
            asked = design(existing(file), replications=replications, seed=seed, changes=changes or ())
        folder = chosen_folder(out, f"{asked.experiment.title} sensitivity")
        if not quiet:
            typer.echo(size(asked, workers), err=True)
        found = played(asked, workers, quiet=quiet)
        keep(found, folder, quiet=quiet)
        tell(found, folder, json=json, quiet=quiet)
        if not found.complete:
            raise stop(f"Interrupted; what was finished until then is in {folder}.", Code.INTERRUPTED)


def size(asked: Design, workers: int | None) -> str:
    """How many replications will be simulated, and how long that may take."""
    plans, times = list(asked.plans.values()), asked.replications
    each = f"{counted(len(plans), 'scenario')} that differ, {counted(times, 'time')}"
    return (
        f"Simulating {counted(times * len(plans), 'replication')} ({each}), {guess(plans, times, workers)}. "
        "Looking for break-evens adds to it."
    )


def played(asked: Design, workers: int | None, *, quiet: bool) -> Sensitivity:
    """Simulate under a progress bar."""
    from ccsim.cli.progress import bar
    from ccsim.sensitivities.finding import play

    try:
        with bar(wanted=not quiet) as progress:
            return play(asked, workers=workers, progress=progress)
    except KeyboardInterrupt:
        raise stop("Interrupted before the experiment as it is was simulated.", Code.INTERRUPTED) from None


def keep(found: Sensitivity, folder: Path, *, quiet: bool) -> None:
    """Write the folder."""
    from ccsim.cli.progress import doing
    from ccsim.sensitivities.folder import write

    with doing("Writing tables, plot and report", wanted=not quiet):
        write(found, folder)


def tell(found: Sensitivity, folder: Path, *, json: bool, quiet: bool) -> None:
    """The answer, for programs and for people."""
    from ccsim.cli.console import paper
    from ccsim.sensitivities.tables import json_text
    from ccsim.sensitivities.terminal import terminal

    if json:
        typer.echo(json_text(found))
    if quiet:
        return
    console = paper(stderr=json)
    terminal(found, console)
    written = "Report, tables and plot" if found.complete else "Tables"
    console.print(f"\n{written}: {folder}", highlight=False, markup=False, soft_wrap=True)
