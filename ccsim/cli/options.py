"""Arguments and options that several commands have, each declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ExperimentFile = Annotated[Path, typer.Argument(metavar="FILE", help="Experiment file.", show_default=False)]
Replications = Annotated[int | None, typer.Option(metavar="N", min=1, help="Instead of the file's.")]
Seed = Annotated[int | None, typer.Option(metavar="S", min=0, help="Instead of the file's.")]
Workers = Annotated[int | None, typer.Option(metavar="N", min=1, help="Processes; one per core if not given.")]
Scenarios = Annotated[list[str] | None, typer.Option("--scenario", metavar="NAME", help="Only this one; repeatable.")]
Changes = Annotated[
    list[str] | None, typer.Option("--set", metavar="PATH.TO.KEY=VALUE", help="Change a value; repeatable.")
]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder; results/<title>-<time> if not given.")]
OutIfAsked = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder for tables, plots and a report.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, all else on stderr.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No report and no progress bar; errors only.")]
