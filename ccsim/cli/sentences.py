"""Whatever stops a command, told as a sentence with the exit code that belongs to it; never a traceback."""

from __future__ import annotations

import os
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING

import typer

from ccsim.errors import CcsimError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TRACEBACK = "CCSIM_TRACEBACK"
"""Environment variable that shows the traceback of an unforeseen error."""


class Code(IntEnum):
    """Exit codes of every command."""

    FINE = 0
    TARGET = 1
    USAGE = 2
    FAILED = 3
    INTERRUPTED = 130


def stop(message: str, code: Code) -> typer.Exit:
    """Tell ``message`` on stderr; the exception to raise."""
    typer.echo(message, err=True)
    return typer.Exit(int(code))


def existing(file: Path) -> Path:
    """The file, if there is one; else a sentence that names the nearest."""
    if file.is_file():
        return file
    if file.is_dir():
        raise stop(f"{file}: is a folder; name an experiment file in it", Code.USAGE)
    from difflib import get_close_matches

    beside = [str(other) for other in sorted(file.parent.glob("*.y*ml"))]
    near = get_close_matches(str(file), beside, n=1)
    hint = f"; did you mean {near[0]}?" if near else "; write one to start from with: ccsim new"
    raise stop(f"{file}: no such file{hint}", Code.USAGE)


@contextmanager
def sentences() -> Iterator[None]:
    """
    Turn what a command raises into a sentence on stderr and an exit code.

    The environment variable ``CCSIM_TRACEBACK`` lets unforeseen errors through, for whoever repairs ccsim.
    """
    try:
        yield
    except typer.Exit:
        raise
    except ConfigError as error:
        raise stop(str(error), Code.USAGE) from None
    except CcsimError as error:
        raise stop(f"The run failed: {error}", Code.FAILED) from None
    except KeyboardInterrupt:
        raise stop("Interrupted.", Code.INTERRUPTED) from None
    except BrokenPipeError:
        # Whoever read the output (a pager, head) has seen enough; nothing is left to say, and no place to say it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise typer.Exit(int(Code.FINE)) from None
    except OSError as error:
        raise stop(f"{error.filename or 'A file'}: {(error.strerror or str(error)).lower()}", Code.FAILED) from None
    except MemoryError:
        raise stop("The run failed: memory is exhausted; try fewer --workers or shorter weeks", Code.FAILED) from None
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        told = (
            f"The run failed on an error inside ccsim: {type(error).__name__}: {error} (set {TRACEBACK}=1 to see where)"
        )
        raise stop(told, Code.FAILED) from None
