"""``ccsim run``: simulate an experiment, tell the answer, write the folder."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperCommand

from ccsim.cli.folder import chosen_folder
from ccsim.cli.options import Changes, ExperimentFile, Json, Out, Quiet, Replications, Scenarios, Seed, Workers
from ccsim.cli.sentences import Code, existing, sentences, stop

if TYPE_CHECKING:
    from pathlib import Path

    from ccsim.model.experiment import Experiment
    from ccsim.results import Results


class KeepLog(StrEnum):
    """Of which replications the Log's tables are kept."""

    NONE = "none"
    FIRST = "first"
    ALL = "all"


class RunCommand(TyperCommand):
    """Lets ``--log`` stand alone (replication 1) or be followed by ``all``, which typer's options cannot say."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Give a lone ``--log`` its value."""
        if "--log" in args:
            place = args.index("--log")
            follows_all = args[place + 1 : place + 2] == ["all"]
            args = [*args[:place], f"--log={'all' if follows_all else 'first'}", *args[place + 1 + follows_all :]]
        return super().parse_args(ctx, args)


def run(
    file: ExperimentFile,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    scenarios: Scenarios = None,
    changes: Changes = None,
    out: Out = None,
    log: Annotated[
        KeepLog,
        typer.Option(metavar="[all]", help="Keep the Log's tables: of replication 1, or of all.", show_default=False),
    ] = KeepLog.NONE,
    traces: Annotated[
        bool, typer.Option("--traces", help="Keep every replication exactly, for ccsim price to price it again.")
    ] = False,
    json: Json = False,
    check: Annotated[bool, typer.Option("--check", help="Exit with 1 if a target is missed or undecided.")] = False,
    quiet: Quiet = False,
) -> None:
    """Simulate an experiment and tell the answer.

    Prints it, and writes tables, plots and a report into a folder.
    """
    with sentences():
        from ccsim import config

        experiment = config.load(
            existing(file),
            changes=changes or (),
            scenarios=scenarios or (),
            replications=replications,
            seed=seed,
        )
        folder = chosen_folder(out, experiment.title)
        results = simulated(experiment, workers, log, traces=traces, quiet=quiet)
        keep(results, folder, quiet=quiet)
        if not results.complete:
            raise interrupted(results, folder)
        tell(results, folder, json=json, quiet=quiet)
        if check:
            hold(results)


def simulated(experiment: Experiment, workers: int | None, log: KeepLog, *, traces: bool, quiet: bool) -> Results:
    """Run the experiment under a progress bar."""
    from ccsim import runner
    from ccsim.cli.progress import bar

    with bar(wanted=not quiet) as progress:
        return runner.run(experiment, workers=workers, keep_log=log.value, keep_traces=traces, progress=progress)


def keep(results: Results, folder: Path, *, quiet: bool) -> None:
    """Write the folder; of an interrupted run the tables alone, since somebody is waiting for the end."""
    from ccsim import report
    from ccsim.cli.progress import doing

    with doing("Writing tables, plots and report", wanted=not quiet):
        if results.complete:
            report.write(results, folder)
        else:
            results.save(folder)


def tell(results: Results, folder: Path, *, json: bool, quiet: bool) -> None:
    """The answer, for programs and for people."""
    from ccsim import report
    from ccsim.cli.console import paper

    if json:
        typer.echo(report.json_text(results))
    if not quiet:
        console = paper(stderr=json)
        report.terminal(results, console)
        console.print(f"\nReport, tables and plots: {folder}", highlight=False, markup=False, soft_wrap=True)


def interrupted(results: Results, folder: Path) -> typer.Exit:
    """How much was finished before Ctrl-C, and where it is."""
    if results.replications == 0:
        return stop("Interrupted before the first replication was finished.", Code.INTERRUPTED)
    finished = f"{results.replications} replication{'s' if results.replications != 1 else ''}"
    return stop(f"Interrupted after {finished} of every scenario; their tables are in {folder}.", Code.INTERRUPTED)


def hold(results: Results) -> None:
    """Leave with 1 if a declared target is missed or undecided, in a scenario that can be chosen."""
    targets = results.targets()
    open_ = targets[(targets["verdict"] != "met") & targets["scenario"].isin(results.choices)]
    if len(open_):
        told = "\n".join(f"  {row.scenario}: {row.contact_type} {row.verdict}" for row in open_.itertuples())
        raise stop(f"--check: not every target is met\n{told}", Code.TARGET)
