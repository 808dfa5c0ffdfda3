"""``ccsim price``: a stored run under other contracts, without simulating it again."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  (typer reads annotations when it runs)
from typing import TYPE_CHECKING, Annotated

import typer

from ccsim.cli.folder import chosen_folder
from ccsim.cli.options import Json, OutIfAsked, Quiet, Workers
from ccsim.cli.run import keep
from ccsim.cli.sentences import Code, existing, sentences, stop
from ccsim.errors import CcsimError, ConfigError, SimulationError

if TYPE_CHECKING:
    from ccsim.results import Results


def price(
    run: Annotated[Path, typer.Argument(metavar="RESULTS", help="Folder of a run with --traces.", show_default=False)],
    contracts: Annotated[
        Path,
        typer.Option(metavar="FILE", help="Other contracts, written as in an experiment file.", show_default=False),
    ],
    workers: Workers = None,
    out: OutIfAsked = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say what a stored run would have cost under other contracts.

    The same customers, agents and contacts, priced again without simulating them.
    """
    with sentences():
        if not run.is_dir():
            raise stop(f"{run}: no such folder; name one that ccsim run FILE --traces has written", Code.USAGE)
        folder = None if out is None else chosen_folder(out, run.name)
        results = priced(run, existing(contracts), workers, quiet=quiet)
        if folder is not None:
            keep(results, folder, quiet=quiet)
        tell(run, results, folder, json=json, quiet=quiet)


def priced(run: Path, contracts: Path, workers: int | None, *, quiet: bool) -> Results:
    """Price the run under a progress bar. A folder that cannot be priced is the wrong one, not a failure."""
    from ccsim import runner
    from ccsim.cli.progress import bar

    try:
        with bar(wanted=not quiet) as progress:
            return runner.price(run, contracts, workers=workers, progress=progress)
    except (ConfigError, SimulationError):
        raise
    except CcsimError as error:
        raise stop(str(error), Code.USAGE) from None


def tell(run: Path, results: Results, folder: Path | None, *, json: bool, quiet: bool) -> None:
    """What is paid now, for programs and for people."""
    from ccsim import report
    from ccsim.cli.console import paper
    from ccsim.results import Results

    if json:
        typer.echo(report.json_text(results))
    if not quiet:
        console = paper(stderr=json)
        report.prices(Results.load(run), results, console)
        if folder is not None:
            console.print(f"\nReport, tables and plots: {folder}", highlight=False, markup=False, soft_wrap=True)
