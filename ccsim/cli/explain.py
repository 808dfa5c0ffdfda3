"""``ccsim explain``: by how much Erlang C is wrong for each contact type, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ccsim.cli.folder import chosen_folder
from ccsim.cli.options import Changes, ExperimentFile, Json, OutIfAsked, Quiet, Scenarios, Seed, Workers
from ccsim.cli.sentences import Code, existing, sentences, stop

if TYPE_CHECKING:
    from pathlib import Path

    from ccsim.explanation import Explanation
    from ccsim.model.experiment import Experiment


def explain(
    file: ExperimentFile,
    replications: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="The file's, or fewer where that takes long, if not given."),
    ] = None,
    seed: Seed = None,
    workers: Workers = None,
    scenarios: Scenarios = None,
    changes: Changes = None,
    out: OutIfAsked = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say by how much Erlang C is wrong here, and why.

    Switches on what the formula leaves out, one thing after another on the same contacts, and charges each with its
    points of service level.
    """
    with sentences():
        from ccsim import config

        experiment = config.load(
            existing(file), changes=changes or (), scenarios=scenarios or (), replications=replications, seed=seed
        )
        folder = chosen_folder(out, experiment.title) if out is not None else None
        found = explained(experiment, replications, workers, quiet=quiet)
        if folder is not None and found.gaps:
            keep(found, folder, quiet=quiet)
        tell(found, folder, json=json, quiet=quiet)
        if not found.complete:
            raise stop(f"Interrupted after {found.replications} of every scenario's replications.", Code.INTERRUPTED)


def explained(experiment: Experiment, replications: int | None, workers: int | None, *, quiet: bool) -> Explanation:
    """Simulate all worlds under a progress bar."""
    from ccsim.cli.progress import bar
    from ccsim.explanation import explain

    try:
        with bar(wanted=not quiet) as progress:
            return explain(experiment, replications=replications, workers=workers, progress=progress)
    except KeyboardInterrupt:
        raise stop("Interrupted before the first replication was finished.", Code.INTERRUPTED) from None


def keep(found: Explanation, folder: Path, *, quiet: bool) -> None:
    """Write the folder."""
    from ccsim.cli.progress import doing
    from ccsim.explanation.folder import write

    with doing("Writing tables, plots and report", wanted=not quiet):
        write(found, folder)


def tell(found: Explanation, folder: Path | None, *, json: bool, quiet: bool) -> None:
    """The answer, for programs and for people."""
    from ccsim.cli.console import paper
    from ccsim.explanation.tables import json_text
    from ccsim.explanation.terminal import terminal

    if json:
        typer.echo(json_text(found))
    if quiet:
        return
    console = paper(stderr=json)
    terminal(found, console)
    if folder is not None and found.gaps:
        written = "Report, tables and plots" if found.complete else "Tables"
        console.print(f"\n{written}: {folder}", highlight=False, markup=False, soft_wrap=True)
