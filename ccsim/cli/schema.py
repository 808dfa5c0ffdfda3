"""``ccsim schema``: the JSON Schema of the experiment file, for editors."""

from __future__ import annotations

import typer

from ccsim.cli.sentences import sentences


def schema() -> None:
    """Print the JSON Schema of the experiment file.

    Editors complete and check with it.

    Save it with: ccsim schema > ccsim.schema.json
    """
    with sentences():
        import json

        from ccsim import config

        typer.echo(json.dumps(config.schema(), indent=2))
