"""The command line: one file per command. Commands import their rooms when called: ``ccsim --help`` is quick."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from ccsim.cli import check, erlang, explain, new, price, run, schema, sensitivity

app = typer.Typer(
    name="ccsim",
    help="Simulate an outsourced contact center: who answers, how fast, at what cost, and how sure that is.",
    epilog="Exit codes: 0 fine; 1 --check and a target missed or undecided; 2 usage or file error; "
    "3 run failed or incomplete; 130 interrupted.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command(cls=run.RunCommand)(run.run)
app.command()(price.price)
app.command()(check.check)
app.command()(explain.explain)
app.command()(sensitivity.sensitivity)
app.add_typer(erlang.app, name="erlang")
app.command()(schema.schema)
app.command()(new.new)


def show_version(asked: bool) -> None:
    """Print the version and leave."""
    if asked:
        from importlib.metadata import version

        typer.echo(f"ccsim {version('ccsim')}")
        raise typer.Exit


@app.callback()
def ccsim(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Simulate an outsourced contact center: who answers, how fast, at what cost, and how sure that is."""


def main() -> None:
    """Entry point of the ``ccsim`` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A title may have letters that this terminal lacks; that is no reason to lose the answer.
            stream.reconfigure(errors="backslashreplace")
    app()
