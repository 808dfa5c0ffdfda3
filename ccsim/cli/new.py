"""``ccsim new``: a small commented experiment to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ccsim.cli.sentences import Code, sentences, stop


def new(
    file: Annotated[Path, typer.Argument(metavar="[FILE]", help="Where to write it.")] = Path("experiment.yaml"),
) -> None:
    """Write a small commented experiment."""
    with sentences():
        from ccsim import config

        text = config.new_experiment()
        try:
            with file.open("x", encoding="utf-8", newline="\n") as opened:
                opened.write(text)
        except FileExistsError:
            raise stop(
                f"{file}: exists already; name another file, as in: ccsim new my_center.yaml", Code.USAGE
            ) from None
        except OSError as error:
            raise stop(f"{file}: cannot be written ({(error.strerror or str(error)).lower()})", Code.USAGE) from None
        typer.echo(f"Written: {file}. Next: ccsim check {file}, then ccsim run {file}")
